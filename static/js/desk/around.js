/** What lies around on a map of the desk: dots of the gazetteer's places, and names where there is room for them. */

const { L } = globalThis;

/** Milliseconds without a move before the box is asked for. */
const PAUSE = 250;
/** Decimals of a position: about a metre. */
const DECIMALS = 5;
/** Pixels of a letter and of a line, to see whether a name would lie on another. */
const LETTER = 6.5;
const LINE = 15;
/** Names on one map: more are a wall of words. */
const MOST_NAMES = 25;
/** Levels whose middle is no dot. */
const WIDE = new Set(["country", "province", "district", "area", "sea"]);

/** @typedef {{name: string, latitude: number, longitude: number, level: string | null, local: boolean}} Place */

/** @param {object} map a Leaflet map @returns {string} its box as incidents/admin/place_find.py reads it */
export function boxOf(map) {
  const bounds = map.getBounds();
  const box = [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()];
  return box.map((degrees) => degrees.toFixed(DECIMALS)).join(",");
}

/** Calls `show` after every move that has come to rest. @param {object} map @param {() => void} show */
export function onRest(map, show) {
  let waiting = 0;
  map.on("moveend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
}

/**
 * Writes the names of dots, the first ones first; one that would lie on another is left out.
 * @param {object} map @param {object} layer a layer group of its own @param {Place[]} places
 */
export function writeNames(map, layer, places) {
  layer.clearLayers();
  const written = [];
  for (const { name, latitude, longitude, level } of places) {
    if (WIDE.has(level) || written.length === MOST_NAMES) continue;
    const { x, y } = map.latLngToContainerPoint([latitude, longitude]);
    const width = name.length * LETTER + 10;
    const meets = (other) => Math.abs(other.y - y) < LINE && x < other.x + other.width && other.x < x + width;
    if (written.some(meets)) continue;
    written.push({ x, y, width });
    const text = document.createElement("span");
    text.textContent = name;
    const icon = L.divIcon({ className: "places-label", html: text, iconSize: [0, 0] });
    layer.addLayer(L.marker([latitude, longitude], { icon, interactive: false, keyboard: false }));
  }
}

/**
 * Grey dots and names under what the map is about, nothing to press.
 * @param {object} map @param {string} find the address that answers ?box=
 */
export function showAround(map, find) {
  const dots = L.layerGroup().addTo(map);
  const names = L.layerGroup().addTo(map);
  const pane = map.createPane("around");
  pane.style.zIndex = "350";
  const show = async () => {
    const answer = await fetch(`${find}?${new URLSearchParams({ box: boxOf(map) })}`).catch(() => null);
    if (!answer?.ok) return;
    /** @type {{places: Place[]}} */
    const { places } = await answer.json();
    dots.clearLayers();
    for (const place of places) {
      if (WIDE.has(place.level)) continue;
      const look = {
        radius: 2.5,
        className: place.local ? "around-own" : "around-dot",
        interactive: false,
        pane: "around",
      };
      dots.addLayer(L.circleMarker([place.latitude, place.longitude], look));
    }
    writeNames(map, names, places);
  };
  onRest(map, show);
  show();
}
