/** The small map of one incident: its point and how far it may lie from it. */
import { addIncidents } from "./map-page.js";

const { L } = globalThis;

/** Countries around a town are what tells where it is. */
const NEAREST = 6;

/** @param {object} map a Leaflet map @param {object} config the page's JSON, with `data` as points.json gives it */
export function start(map, config) {
  const layer = addIncidents(map, config);
  layer.show(config.data);
  const [incident] = layer.incidents;
  const centre = L.latLng(incident.latitude, incident.longitude);
  const around = centre.toBounds(Math.max(incident.radius ?? 0, 1000) * 6);
  map.setView(centre, Math.min(NEAREST, map.getBoundsZoom(around)), { animate: false });
  layer.select(incident.code);
}
