/** What a screen reader is told of a map: Leaflet names it not at all and its buttons in English. */

/**
 * @param {object} map a Leaflet map
 * @param {{map: string, zoomIn: string, zoomOut: string}} labels
 * @param {string} [keys] what the keys do while the map has the focus, beyond moving it
 */
export function nameMap(map, labels, keys = "") {
  const container = map.getContainer();
  // An application's keys are its own: a screen reader passes the arrows on instead of reading with them.
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", labels.map);
  for (const [name, label] of [
    ["in", labels.zoomIn],
    ["out", labels.zoomOut],
  ]) {
    const button = container.querySelector(`.leaflet-control-zoom-${name}`);
    button?.setAttribute("aria-label", label);
    button?.setAttribute("title", label);
  }
  if (!keys) return;
  const words = document.createElement("p");
  words.id = `${container.id}-keys`;
  words.hidden = true;
  words.textContent = keys;
  container.after(words);
  container.setAttribute("aria-describedby", words.id);
}
