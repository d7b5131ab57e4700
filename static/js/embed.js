/** The map in other people's pages: the wheel scrolls the page until the map is clicked. */
import { addIncidents, fit, setView } from "./map-page.js";
import { fetchPoints } from "./points.js";

/** @param {object} map a Leaflet map @param {object} config the page's JSON */
export async function start(map, config) {
  const layer = addIncidents(map, config, { target: "_blank" });
  map.on("mouseout", () => map.scrollWheelZoom.disable());
  map.on("click", () => map.scrollWheelZoom.enable());
  try {
    layer.show(await fetchPoints(config.points, config.query));
  } catch {
    document.getElementById("trouble").textContent = config.labels.failed;
    return;
  }
  if (!setView(map, config.view)) fit(map, layer);
}
