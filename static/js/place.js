/**
 * The small map of one incident: its symbol and how far from it the incident may lie, in metres.
 * A district, a province or an area is a tinted or hatched circle without a symbol: a pin would be a false statement.
 */
import { addBasemap } from "./basemap.js";
import { nameMap } from "./map-names.js";

const { L } = globalThis;

/** Countries around a town are what tells where it is. */
const NEAREST = 6;
/** Half the map's side in radii of the circle. */
const ROOM = 6;
const LEAST_RADIUS = 1000;
const AREAS = new Set(["district", "province", "area"]);
const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {object} Place the page's JSON (views/incident.py: _place_config)
 * @property {number} latitude
 * @property {number} longitude
 * @property {number|null} radius metres
 * @property {string} precision
 * @property {string} family
 * @property {string} shape a path around 0,0
 * @property {boolean} hollow
 * @property {{coarse: string, fine: string}} outlines
 * @property {string} credit
 * @property {{map: string, zoomIn: string, zoomOut: string}} labels
 */

/** @param {object} map a Leaflet map @param {Place} place */
export function start(map, place) {
  const centre = L.latLng(place.latitude, place.longitude);
  const radius = Math.max(place.radius ?? 0, LEAST_RADIUS);
  nameMap(map, place.labels);
  map.attributionControl.setPrefix(false);
  map.setView(centre, Math.min(NEAREST, map.getBoundsZoom(centre.toBounds(radius * ROOM))), { animate: false });
  L.control.scale({ imperial: false }).addTo(map);
  addOutline(map, place);
  if (place.radius) addReach(map, place, centre);
  if (!AREAS.has(place.precision)) map.addLayer(symbol(place, centre));
}

/** Tiles bring names of their own; where they fail, the outline below them takes over. */
function addOutline(map, { outlines, credit }) {
  const tiles = [];
  map.eachLayer((layer) => {
    if (layer instanceof L.TileLayer) tiles.push(layer);
  });
  const basemap = addBasemap(map, { ...outlines, credit, labels: tiles.length === 0 });
  for (const layer of tiles) layer.once("tileerror", basemap.name);
}

function addReach(map, { radius, precision, family }, centre) {
  const circle = L.circle(centre, { radius, interactive: false, className: `reach family-${family} ${precision}` });
  circle.addTo(map);
  // The words beside the map say the same.
  circle.getElement().ownerSVGElement.setAttribute("aria-hidden", "true");
  if (precision === "area") circle.getElement().ownerSVGElement.prepend(hatch(family));
}

/** What map.css fills the circle of a sea, a river or a region with. */
function hatch(family) {
  const pattern = document.createElementNS(SVG, "pattern");
  const facts = { id: "place-hatch", class: `family-${family}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" };
  for (const [name, value] of Object.entries(facts)) pattern.setAttribute(name, value);
  pattern.append(document.createElementNS(SVG, "path"));
  pattern.firstChild.setAttribute("d", "M-2,2 L2,-2 M0,8 L8,0 M6,10 L10,6");
  return pattern;
}

function symbol({ family, shape, hollow }, centre) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", `symbol family-${family}${hollow ? " hollow" : ""}`);
  picture.setAttribute("viewBox", "-11 -11 22 22");
  picture.setAttribute("aria-hidden", "true");
  picture.append(document.createElementNS(SVG, "path"));
  picture.firstChild.setAttribute("d", shape);
  const icon = L.divIcon({ className: "place-symbol", html: picture, iconSize: [20, 20] });
  return L.marker(centre, { icon, interactive: false, keyboard: false });
}
