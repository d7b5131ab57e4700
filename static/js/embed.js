/** The map in other people's pages: the wheel scrolls the page until the map is clicked. */
import { addIncidents, fit, narrow, setView, troubleOf } from "./map-page.js";
import { opening } from "./opening.js";

/** @param {object} map a Leaflet map @param {object} config the page's JSON */
export async function start(map, config) {
  const layer = addIncidents(map, config, { target: "_blank" });
  map.on("mouseout", () => map.scrollWheelZoom.disable());
  map.on("click", () => map.scrollWheelZoom.enable());
  try {
    const engine = await opening;
    const found = await engine.ask({ search: config.query, facets: false, aim: true });
    if (!setView(map, config.view)) {
      fit(map, found.bounds);
      await narrow(map, layer, engine);
    }
    layer.use(engine);
    await layer.refresh();
  } catch (error) {
    document.getElementById("trouble").textContent = troubleOf(config.labels, error);
  }
}
