/**
 * What a pointer draws, on a pane of glass over the map: neither the map nor its incidents hear of it, so nothing is
 * dragged, zoomed by a double click or opened meanwhile. The wheel still zooms.
 */
import { circle, polygon, rectangle } from "./area-shapes.js";
import { CORNERS_LIMIT } from "./engine/reading.js";

const { L } = globalThis;

/** A drag shorter than this many pixels is a click, which draws nothing. */
const CLICK = 4;
/** Half of the 24 pixels that a target measures at least. */
const TARGET_RADIUS = 12;
const DRAGGED = { rectangle, circle };
const KEPT = ["pointerdown", "mousedown", "mousemove", "touchstart", "touchmove", "click", "dblclick", "contextmenu"];

/**
 * @typedef {object} Hand
 * @property {(shape: import("./area-shapes.js").Shape | null, corners?: number) => void} onDraft the shape as it would
 *   be now; of a polygon also how many corners are set
 * @property {(shape: import("./area-shapes.js").Shape) => void} onDone
 */

/**
 * @param {object} map a Leaflet map
 * @param {"rectangle" | "circle" | "polygon"} kind
 * @param {Hand} hand
 * @returns {{close: () => void, back: () => void, remove: () => void}} `close` ends a polygon and `back` takes its last
 *   corner away
 */
export function drawOnGlass(map, kind, hand) {
  const glass = L.DomUtil.create("div", "area-glass", map.getContainer());
  for (const type of KEPT) glass.addEventListener(type, (event) => event.stopPropagation());
  // A press would take the focus, and with it the keys, from the button.
  glass.addEventListener("mousedown", (event) => event.preventDefault());
  const positionOf = (event) => {
    const { lat, lng } = map.mouseEventToLatLng(event);
    return [lat, lng];
  };
  const pen = kind === "polygon" ? setCorners : drag;
  // The click that ends a drag is still to come, and must not fall on what is below.
  const remove = () => setTimeout(() => glass.remove());
  return { close() {}, back() {}, ...pen(glass, positionOf, hand, { map, make: DRAGGED[kind] }), remove };
}

function drag(glass, positionOf, hand, { make }) {
  let start = null;
  const end = (event) => {
    if (!start || event.pointerId !== start.id) return;
    const { position } = start;
    const isDrag = event.type === "pointerup" && isFar(event, start);
    start = null;
    if (isDrag) hand.onDone(make(position, positionOf(event)));
    else hand.onDraft(null);
  };
  glass.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button) return;
    glass.setPointerCapture(event.pointerId);
    start = { id: event.pointerId, x: event.clientX, y: event.clientY, position: positionOf(event) };
  });
  glass.addEventListener("pointermove", (event) => {
    if (event.pointerId === start?.id && isFar(event, start)) hand.onDraft(make(start.position, positionOf(event)));
  });
  glass.addEventListener("pointerup", end);
  glass.addEventListener("pointercancel", end);
}

function isFar(event, { x, y }) {
  return Math.hypot(event.clientX - x, event.clientY - y) >= CLICK;
}

function setCorners(glass, positionOf, hand, { map }) {
  let corners = [];
  const draft = (...more) => {
    const all = [...corners, ...more];
    hand.onDraft(all.length ? polygon(all) : null, corners.length);
  };
  const close = () => {
    if (corners.length >= 3) hand.onDone(polygon(corners));
  };
  const isAt = (event, corner, radius) =>
    corner && map.mouseEventToContainerPoint(event).distanceTo(map.latLngToContainerPoint(corner)) <= radius;

  glass.addEventListener("click", (event) => {
    // The second click of a double click is on the corner that the first one has set.
    if (isAt(event, corners[0], TARGET_RADIUS) || isAt(event, corners.at(-1), CLICK)) close();
    else if (corners.length < CORNERS_LIMIT) {
      ({ corners } = polygon([...corners, positionOf(event)]));
      draft();
    }
  });
  glass.addEventListener("pointermove", (event) => {
    if (event.isPrimary && corners.length && corners.length < CORNERS_LIMIT) draft(positionOf(event));
  });
  const back = () => {
    corners = corners.slice(0, -1);
    draft();
  };
  return { close, back };
}
