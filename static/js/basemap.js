/**
 * The bundled outline of the world (Natural Earth), drawn by us on one canvas: no network, no foreign host.
 * Needs Leaflet as the page's `L`. Colours come from the custom properties --map-land, --map-border and --map-label.
 */
import { readOutline } from "./outline.js";

const { L } = globalThis;

/** From this zoom on the coarse outline (1:110 million) shows its corners. */
const FINE_FROM_ZOOM = 3.5;
/** Points closer than this many pixels to the one before are not drawn. */
const TOLERANCE = 0.6;
const TILE = 256;
/** Pixels of a name's letter, about. */
const LETTER = 7;
/**
 * Drawn beyond each edge of the map: a drag shorter than that draws nothing anew. With .3 here and .2 for the incidents
 * (incident-layer.js) a page took 20 MB more.
 */
const MARGIN = 0.1;

/**
 * Adds the outline under everything else on the map and keeps it in step with dark and light.
 * @param {object} map a Leaflet map
 * @param {{coarse: string, fine: string, credit?: string, labels?: boolean}} options addresses of two outlines
 * @returns {{name: () => void}} `name` writes the countries' names although `labels` was false
 */
export function addBasemap(map, { coarse, fine, credit = "Natural Earth", labels = true }) {
  const pane = map.createPane("outline");
  pane.style.zIndex = "150";
  const layer = new OutlineCanvas({ pane: "outline", attribution: credit });
  layer.named = labels;
  layer.addTo(map);

  let loaded = "";
  const update = async () => {
    const wanted = map.getZoom() >= FINE_FROM_ZOOM ? fine : coarse;
    if (wanted === loaded) return;
    loaded = wanted;
    const outline = await load(wanted);
    if (loaded === wanted) layer.show(outline);
  };
  map.on("zoomend", update);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => layer.redraw());
  update();
  const name = () => {
    layer.named = true;
    layer.redraw();
  };
  return { name };
}

/**
 * An outline on one canvas, names and all; the world repeats to both sides. A tile or a name of its own would each be a
 * layer of the compositor, and every frame of the whole page would pay for them.
 */
class OutlineCanvas extends L.Layer {
  initialize(options) {
    L.setOptions(this, options);
  }

  getEvents() {
    return { move: this.followHand, moveend: this.follow, resize: this.redraw, zoomanim: this.animate };
  }

  onAdd() {
    this.canvas = L.DomUtil.create("canvas", "outline-canvas leaflet-zoom-animated", this.getPane());
    this.canvas.setAttribute("aria-hidden", "true");
  }

  onRemove() {
    this.canvas.remove();
  }

  /** @param {import("./outline.js").Outline} outline */
  show(outline) {
    this.outline = outline;
    this.redraw();
  }

  /** While the map is dragged; a zoom is drawn where it ends. */
  followHand() {
    if (this.drawn?.zoom === this._map.getZoom()) this.follow();
  }

  /** After a move: only what the canvas does not hold yet makes it draw. */
  follow() {
    const whole = this.drawn?.zoom === this._map.getZoom() && this.drawn.bounds.contains(this._map.getPixelBounds());
    if (!whole) this.redraw();
  }

  /** In the frame after the next: what the visitor came for is drawn first. */
  redraw() {
    if (this.waits) return;
    this.waits = true;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        this.waits = false;
        if (this._map && this.outline) this.draw();
      }),
    );
  }

  draw() {
    const map = this._map;
    const size = map.getSize();
    const corner = map.containerPointToLayerPoint(size.multiplyBy(-MARGIN).round());
    const full = size.multiplyBy(1 + 2 * MARGIN).round();
    const origin = map.getPixelOrigin().add(corner);
    this.drawn = { zoom: map.getZoom(), origin, bounds: L.bounds(origin, origin.add(full)) };
    const ratio = globalThis.devicePixelRatio || 1;
    [this.canvas.width, this.canvas.height] = [Math.round(full.x * ratio), Math.round(full.y * ratio)];
    [this.canvas.style.width, this.canvas.style.height] = [`${full.x}px`, `${full.y}px`];
    L.DomUtil.setPosition(this.canvas, corner);
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    const style = getComputedStyle(map.getContainer());
    const view = viewOf(origin, full, TILE * 2 ** map.getZoom());
    drawRings(context, style, this.outline.rings, view);
    if (this.named) drawNames(context, style, this.outline.labels, view);
  }

  animate({ zoom, center }) {
    if (!this.drawn) return;
    const map = this._map;
    const scale = map.getZoomScale(zoom, this.drawn.zoom);
    const moved = map._getNewPixelOrigin(center, zoom);
    L.DomUtil.setTransform(this.canvas, this.drawn.origin.multiplyBy(scale).subtract(moved), scale);
  }
}

/** What the canvas shows, in world units, and the pixels of the whole world. */
function viewOf({ x, y }, size, scale) {
  const [left, top] = [x / scale, y / scale];
  return { left, top, right: left + size.x / scale, bottom: top + size.y / scale, scale };
}

function drawRings(context, style, rings, { left, top, right, bottom, scale }) {
  context.fillStyle = style.getPropertyValue("--map-land");
  context.strokeStyle = style.getPropertyValue("--map-border");
  context.lineWidth = 0.8;
  context.lineJoin = "round";
  context.beginPath();
  for (const { points, frame } of rings) {
    const [west, north, east, south] = frame;
    if (north > bottom || south < top) continue;
    // A ring across the 180th meridian reaches beyond the edge of its world, hence every turn that it touches.
    for (let turn = Math.ceil(left - east); west + turn <= right; turn++)
      trace(context, points, left - turn, top, scale);
  }
  context.fill("evenodd");
  context.stroke();
}

function trace(context, points, left, top, scale) {
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  for (let index = 0; index < points.length; index += 2) {
    const x = (points[index] - left) * scale;
    const y = (points[index + 1] - top) * scale;
    if (Math.abs(x - lastX) < TOLERANCE && Math.abs(y - lastY) < TOLERANCE) continue;
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
    [lastX, lastY] = [x, y];
  }
  context.closePath();
}

/** Names of countries that are wide enough on the screen to carry them. */
function drawNames(context, style, labels, { left, top, right, bottom, scale }) {
  context.fillStyle = style.getPropertyValue("--map-label");
  context.font = `500 11px ${style.fontFamily}`;
  // Arabic letters are joined.
  context.letterSpacing = document.documentElement.lang.startsWith("ar") ? "0px" : "0.3px";
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { name, x, y, width } of labels) {
    if (width * scale < name.length * LETTER + 6 || y < top || y > bottom) continue;
    for (let turn = Math.ceil(left - x); x + turn <= right; turn++)
      context.fillText(name, (x + turn - left) * scale, (y - top) * scale);
  }
}

/** @type {Map<string, Promise<import("./outline.js").Outline>>} */
const outlines = new Map();

function load(url) {
  if (!outlines.has(url))
    outlines.set(
      url,
      fetch(url)
        .then((answer) => answer.arrayBuffer())
        .then(readOutline)
        .then(inTheLanguageOfThePage),
    );
  return outlines.get(url);
}

/** In the page's language; English is the outline's own, which has the shorter forms. */
function inTheLanguageOfThePage(outline) {
  const { lang } = document.documentElement;
  if (!lang || lang.startsWith("en")) return outline;
  const names = new Intl.DisplayNames(lang, { type: "region", style: "short" });
  const labels = outline.labels.map((label) => ({ ...label, name: label.code ? names.of(label.code) : label.name }));
  return { ...outline, labels };
}
