/**
 * The bundled outline of the world (Natural Earth), drawn by us: no network, no foreign host. outline.css says how it
 * looks. Needs Leaflet as the page's `L`.
 */
import { readOutline } from "./outline.js";

const { L } = globalThis;

/** From this zoom on the coarse outline (1:110 million) shows its corners. */
const FINE_FROM_ZOOM = 3.5;
const TENTHS = 10;
/** Points closer than this many tenths of a pixel to the one before are not drawn. */
const TOLERANCE = 6;
const TILE = 256;
/** Pixels of a name's letter, about. */
const LETTER = 7;
/**
 * Drawn beyond each edge of the map: a drag shorter than that draws nothing anew, a longer one shows no empty rim. With
 * .3 here and .2 for the incidents, which have no margin now, a page took 20 MB more; with none here it takes 2 MB less.
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
  const layer = new OutlineLayer({ pane: "outline", attribution: credit });
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
  update();
  const name = () => {
    layer.named = true;
    layer.redraw();
  };
  return { name };
}

/**
 * An outline as one SVG, names and all; the world repeats to both sides. The browser paints it beside the page's own
 * thread, in dark and light by itself, and keeps it as one layer: a canvas of the same size took 14 MB more (an explorer
 * of 10,000 incidents over an empty page: 50 MB), and 25 ms of the main thread.
 */
class OutlineLayer extends L.Layer {
  initialize(options) {
    L.setOptions(this, options);
  }

  getEvents() {
    return { move: this.followHand, moveend: this.follow, resize: this.redraw, zoomanim: this.animate };
  }

  onAdd() {
    this.svg = L.SVG.create("svg");
    this.svg.setAttribute("class", "outline leaflet-zoom-animated");
    this.svg.setAttribute("aria-hidden", "true");
    this.land = this.svg.appendChild(L.SVG.create("path"));
    this.names = this.svg.appendChild(L.SVG.create("g"));
    this.getPane().append(this.svg);
  }

  onRemove() {
    this.svg.remove();
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

  /** After a move: only what the picture does not hold yet makes it draw. */
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
    L.DomUtil.setPosition(this.svg, corner);
    this.svg.setAttribute("width", full.x);
    this.svg.setAttribute("height", full.y);
    const view = viewOf(origin, full, TILE * 2 ** map.getZoom());
    this.land.setAttribute("d", shapeOf(this.outline.rings, view));
    this.names.replaceChildren(...(this.named ? namesOf(this.outline.labels, view) : []));
  }

  animate({ zoom, center }) {
    if (!this.drawn) return;
    const map = this._map;
    const scale = map.getZoomScale(zoom, this.drawn.zoom);
    const moved = map._getNewPixelOrigin(center, zoom);
    L.DomUtil.setTransform(this.svg, this.drawn.origin.multiplyBy(scale).subtract(moved), scale);
  }
}

/** What the picture shows, in world units, and the pixels of the whole world. */
function viewOf({ x, y }, size, scale) {
  const [left, top] = [x / scale, y / scale];
  return { left, top, right: left + size.x / scale, bottom: top + size.y / scale, scale };
}

/** @returns {string} the rings that touch the view, as path data */
function shapeOf(rings, { left, top, right, bottom, scale }) {
  let shape = "";
  for (const { points, frame } of rings) {
    const [west, north, east, south] = frame;
    if (north > bottom || south < top) continue;
    // A ring across the 180th meridian reaches beyond the edge of its world, hence every turn that it touches.
    for (let turn = Math.ceil(left - east); west + turn <= right; turn++)
      shape += traced(points, left - turn, top, scale);
  }
  return shape;
}

function traced(points, left, top, scale) {
  let shape = "";
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  for (let index = 0; index < points.length; index += 2) {
    // In tenths of a pixel: whole numbers are short to write and quick to read.
    const x = Math.round((points[index] - left) * scale * TENTHS);
    const y = Math.round((points[index + 1] - top) * scale * TENTHS);
    if (Math.abs(x - lastX) < TOLERANCE && Math.abs(y - lastY) < TOLERANCE) continue;
    shape += `${index === 0 ? "M" : "L"}${x} ${y}`;
    [lastX, lastY] = [x, y];
  }
  return `${shape}Z`;
}

/** Names of countries that are wide enough on the screen to carry them. */
function namesOf(labels, { left, top, right, bottom, scale }) {
  const names = [];
  for (const { name, x, y, width } of labels) {
    if (width * scale < name.length * LETTER + 6 || y < top || y > bottom) continue;
    for (let turn = Math.ceil(left - x); x + turn <= right; turn++) {
      const text = L.SVG.create("text");
      text.setAttribute("x", ((x + turn - left) * scale).toFixed(1));
      text.setAttribute("y", ((y - top) * scale).toFixed(1));
      text.textContent = name;
      names.push(text);
    }
  }
  return names;
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
