/** What explorer, embed and incident page have in common: outline, layer, and a view that stays where it was put. */
import { addBasemap } from "./basemap.js";
import { EngineError } from "./engine-client.js";
import { IncidentLayer } from "./incident-layer.js";
import { nameMap } from "./map-names.js";
import { titlesOf } from "./titles.js";

const { L } = globalThis;

/** A town and its surroundings: nearer than this a single incident would look more exact than it is. */
const NEAREST_FIT = 7;
/** At 1.5 the world is 724 pixels wide: below this the larger half of all incidents is one ring. */
const WHOLE_WORLD = 1.5;
/** Width of the zoom buttons with their margin. */
const CONTROLS = 44;
/** Room for half a ring at the edge. */
const RIM = 36;
const VIEW = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?),(\d+(?:\.\d+)?)$/;

/**
 * @param {object} map a Leaflet map without layers of ours
 * @param {object} config the page's JSON (views/explorer.py: map_config)
 * @param {{onSelect?: (code: string) => void, isIdle?: () => boolean, target?: string,
 *   keys?: string}} [more] `keys` says what they do on the map
 */
export function addIncidents(map, config, { keys, ...more } = {}) {
  nameMap(map, config.labels, keys);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) calm(map);
  const tiles = [];
  map.eachLayer((layer) => {
    if (layer instanceof L.TileLayer) tiles.push(layer);
  });
  map.attributionControl.setPrefix(false);
  // Leaflet measures its frame once, before the rest of the page has come and taken its share of the window.
  // At once: an end of the move that came later would be taken for the visitor's, and stand in the address.
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  L.control.scale({ imperial: false }).addTo(map);
  const basemap = addBasemap(map, { ...config.outlines, credit: config.credit, labels: tiles.length === 0 });
  // Tiles bring names of their own; where they fail, the outline below them takes over.
  for (const layer of tiles) layer.once("tileerror", basemap.name);
  const address = (code) => config.incident.replace("CODE", encodeURIComponent(code));
  const { shapes, precisions, labels } = config;
  const titles = (codes) => titlesOf(config.titles, codes);
  const layer = new IncidentLayer({ shapes, precisions, labels, address, titles, ...more });
  layer.addTo(map);
  layer.mark(config.highlight);
  return layer;
}

/** The map jumps instead of gliding: Leaflet asks nobody whether they want motion. */
function calm(map) {
  map._zoomAnimated = false;
  map.options.inertia = false;
  map.panBy = (offset, options) => L.Map.prototype.panBy.call(map, offset, { ...options, animate: false });
}

/** @param {object} labels @param {Error} error @returns {string} a sentence that says what is wrong */
export function troubleOf(labels, error) {
  // A fault of ours is no matter of the browser's: it is told where developers and tests look.
  if (!(error instanceof EngineError)) console.error(error);
  const sentences = { missing: labels.noColumns, "cut-off": labels.cutOff, offline: labels.failed };
  return sentences[error.reason] ?? labels.noEngine;
}

/**
 * Shows all incidents, once; never nearer than their places are known.
 * @param {[number, number, number, number]|null} box west, south, east, north
 * @param {number} [covered] pixels at the left edge that something else lies on
 */
export function fit(map, box, covered = 0) {
  if (!box) return;
  const [west, south, east, north] = box;
  const bounds = [
    [south, west],
    [north, east],
  ];
  map.invalidateSize({ animate: false });
  map.fitBounds(bounds, {
    paddingTopLeft: [RIM + covered, RIM],
    paddingBottomRight: [RIM + CONTROLS, RIM],
    maxZoom: NEAREST_FIT,
    animate: false,
  });
}

/**
 * Shows where most incidents are, on a screen so small that the whole world would be a single ring.
 * @param {IncidentLayer} layer
 * @param {import("./engine-client.js").EngineClient} engine
 */
export async function narrow(map, layer, engine) {
  if (map.getZoom() >= WHOLE_WORLD) return;
  const view = layer.view();
  const items = (await engine.view(view))?.items;
  if (!items?.x.length) return;
  const most = items.count.indexOf(Math.max(...items.count));
  const centre = map.unproject(L.point(view.x + items.x[most], view.y + items.y[most]), view.zoom);
  map.setView(centre, WHOLE_WORLD, { animate: false });
}

/**
 * @param {object} map
 * @param {string} view "latitude,longitude,zoom"
 * @returns {boolean} whether the text was a view
 */
export function setView(map, view) {
  const parts = VIEW.exec(view);
  if (!parts) return false;
  const [latitude, longitude, zoom] = parts.slice(1).map(Number);
  map.setView([latitude, longitude], zoom, { animate: false });
  return true;
}

/** @returns {string} the map's view as `setView` reads it */
export function viewOf(map) {
  const { lat, lng } = map.getCenter().wrap();
  return `${lat.toFixed(4)},${lng.toFixed(4)},${map.getZoom()}`;
}
