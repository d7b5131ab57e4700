/**
 * The area filter of a map: rectangle, circle and polygon, drawn by mouse and touch or placed by the keyboard.
 * Needs Leaflet as the page's `L`.
 */
import { drawOnGlass } from "./area-drawing.js";
import { ringsOf } from "./area-rings.js";
import { measure, moved, resized, shapesOf, standFor, toParams, turnTo } from "./area-shapes.js";
import { addToolbar } from "./area-toolbar.js";
import { CORNERS_LIMIT, readSearch } from "./engine/reading.js";

const { L } = globalThis;

/** An arrow key moves by this share of the view, + and - resize by so much. */
const STEP = 1 / 20;
const TIMES = 1.1;
/** The shape that stands for the view leaves this share of it at each side: an outline on the very edge is not seen. */
const RIM = 1 / 20;
const NO_NAMES = { kinds: [], timePrecisions: [], precisions: [] };
const HINTS = { rectangle: "areaRectangleHint", circle: "areaCircleHint", polygon: "areaPolygonHint" };
const MOVES = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
const SIZES = { "+": TIMES, "=": TIMES, "-": 1 / TIMES };

const drawing = new WeakSet();

/** @param {object} map @returns {boolean} whether an area is being drawn on the map */
export function isDrawing(map) {
  return drawing.has(map);
}

/**
 * @param {object} map a Leaflet map
 * @param {Object<string, string>} labels texts of names beginning with "area" (views/explorer.py: map_labels)
 * @param {{query?: string, onChoose: (params: {bbox?: string, near?: string, area?: string}) => void}} options `query`
 *   is shown at once; `onChoose` gets the one key of the new area, or none where the area is removed
 * @returns {{show: (search: string) => void, cancel: () => void}} `show` draws the areas of a query string instead of
 *   those shown before, `cancel` ends drawing
 */
export function mountAreaFilter(map, labels, { query = "", onChoose }) {
  const filter = new AreaFilter(map, labels, onChoose);
  filter.show(query);
  return { show: (search) => filter.show(search), cancel: () => filter.stop() };
}

class AreaFilter {
  constructor(map, labels, onChoose) {
    this.map = map;
    this.labels = labels;
    this.onChoose = onChoose;
    this.toolbar = addToolbar(map, labels, (name, event) => this.press(name, event));
    this.number = new Intl.NumberFormat(document.documentElement.lang || undefined, { maximumFractionDigits: 2 });
    this.shapes = [];
    this.shown = L.layerGroup().addTo(map);
    this.draft = L.layerGroup().addTo(map);
    this.onKey = (event) => this.key(event);
    map.on("moveend", () => this.turn());
  }

  show(search) {
    this.shapes = shapesOf(readSearch(search, NO_NAMES));
    this.turns = null;
    this.turn();
    const { clear, rectangle } = this.toolbar.buttons;
    const hadFocus = document.activeElement === clear;
    clear.hidden = !this.shapes.length;
    if (hadFocus && clear.hidden) rectangle.focus();
  }

  /** Draws the areas on the copy of the world that is in view. */
  turn() {
    const turns = this.shapes.map((shape) => turnTo(shape, this.map.getCenter().lng));
    if (String(turns) === String(this.turns)) return;
    this.turns = turns;
    this.shown.clearLayers();
    this.shapes.forEach((shape, index) => {
      outline(shape, "area-shown", turns[index]).addTo(this.shown);
    });
    hide(this.shown);
  }

  /** A button without a pointer proposes a shape, which a second press takes; with one it begins or ends drawing. */
  press(name, event) {
    const isPointer = event.detail > 0;
    if (name === "clear") {
      this.stop();
      this.onChoose({});
    } else if (this.kind !== name) this.start(name, !isPointer);
    else if (this.proposed && !isPointer) this.take(this.proposed);
    else this.stop();
  }

  start(kind, isByKeys) {
    this.stop();
    drawing.add(this.map);
    this.map.closePopup();
    this.kind = kind;
    this.toolbar.buttons[kind].setAttribute("aria-pressed", "true");
    this.toolbar.buttons[kind].focus();
    this.glass = drawOnGlass(this.map, kind, {
      onDraft: (shape, corners) => this.sketch(shape, corners),
      onDone: (shape) => this.take(shape),
    });
    document.addEventListener("keydown", this.onKey, true);
    if (isByKeys) this.propose(standFor(kind, this.view()));
    else this.say(this.labels[HINTS[kind]]);
  }

  stop() {
    if (!this.kind) return;
    this.toolbar.buttons[this.kind].setAttribute("aria-pressed", "false");
    this.glass.remove();
    document.removeEventListener("keydown", this.onKey, true);
    this.draft.clearLayers();
    this.say("");
    this.kind = this.glass = this.proposed = null;
    drawing.delete(this.map);
  }

  take(shape) {
    const params = toParams(shape);
    if (!params) return;
    this.stop();
    this.onChoose(params);
  }

  /** What the view is: its edges, and a circle of a third of its height. */
  view() {
    const { x, y } = this.map.getSize();
    const at = (...point) => {
      const { lat, lng } = this.map.containerPointToLatLng(point);
      return [lat, lng];
    };
    const [north, west] = at(x * RIM, y * RIM);
    const [south, east] = at(x * (1 - RIM), y * (1 - RIM));
    return { west, south, east, north, centre: at(x / 2, y / 2), edge: at(x / 2, y / 6) };
  }

  propose(shape) {
    this.sketch(shape);
    this.proposed = shape;
    this.say(this.labels.areaKeysHint, this.sizeOf(shape), true);
    const { lat, lng } = L.latLngBounds(ringsOf(shape)[0]).getCenter();
    if (!this.map.getBounds().contains([lat, lng])) this.map.panTo([lat, lng]);
  }

  key(event) {
    const control = event.target.closest?.("a, button, input, select, textarea, summary, [contenteditable]");
    const isOurs = !control || control === this.toolbar.buttons[this.kind];
    const action = event.key === "Escape" ? () => this.stop() : isOurs && this.actionOf(event);
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  actionOf({ key, repeat }) {
    const { proposed } = this;
    // The key that pressed the button may still be held down.
    if (key === "Enter") return () => repeat || (proposed ? this.take(proposed) : this.glass.close());
    if (key === "Backspace") return () => proposed || this.glass.back();
    if (!proposed) return null;
    if (key in SIZES) return () => this.propose(resized(proposed, SIZES[key]));
    if (!(key in MOVES)) return null;
    const { west, south, east, north } = this.view();
    const [up, aside] = MOVES[key];
    return () => this.propose(moved(proposed, up * STEP * (north - south), aside * STEP * (east - west)));
  }

  /** Draws the shape as it would be now. @param {number} [set] corners of a polygon that are set */
  sketch(shape, set = 0) {
    this.proposed = null;
    this.draft.clearLayers();
    if (shape) {
      outline(shape, "area-draft").addTo(this.draft);
      for (const [index, corner] of (shape.corners ?? []).slice(0, set).entries()) {
        const radius = index ? 3 : 6;
        L.circleMarker(corner, { radius, className: "area-corner", interactive: false }).addTo(this.draft);
      }
      hide(this.draft);
    }
    const isFull = set === CORNERS_LIMIT;
    const hint = isFull ? this.labels.areaFull.replace("{n}", CORNERS_LIMIT) : this.labels[HINTS[this.kind]];
    this.say(hint, shape && this.sizeOf(shape));
  }

  sizeOf(shape) {
    const { kind, centre, km } = measure(shape);
    const [first, second] = km.map((length) => this.number.format(length));
    const place = centre.map((degrees) => this.number.format(degrees)).join(" / ");
    const words = kind === "circle" ? this.labels.areaRadius : this.labels.areaSize;
    return words
      .replace("{n}", first)
      .replace("{width}", first)
      .replace("{height}", second ?? "")
      .replace("{place}", place);
  }

  /** A drag changes the size too often to read it out; keys do not. */
  say(hint, size, isByKeys = false) {
    const { toolbar } = this;
    if (toolbar.hint.textContent !== hint) toolbar.hint.textContent = hint;
    toolbar.size.setAttribute("aria-live", isByKeys ? "polite" : "off");
    toolbar.size.textContent = size || "";
  }
}

/** @param {number} [turn] degrees to add to its longitudes */
function outline(shape, className, turn = 0) {
  const rings = ringsOf(shape).map((ring) => ring.map(([latitude, longitude]) => [latitude, longitude + turn]));
  return L.polygon(rings, { className, interactive: false, smoothFactor: 0 });
}

/** From screen readers: the query's words and the hint say it. */
function hide(group) {
  group.eachLayer((layer) => layer.getElement()?.setAttribute("aria-hidden", "true"));
}
