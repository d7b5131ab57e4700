/**
 * What only the explorer's page knows, behind the # of its address: a copied link opens the same view.
 *
 *     #view=33.3,44.4,7&span=2023-01-01,2023-12-31&chosen=K7M2PQ4X
 *
 * @typedef {object} PageState
 * @property {string} view "latitude,longitude,zoom" of the map, "" for all incidents
 * @property {string} span "first,last" day of the part of the timeline that is shown, "" for all of it
 * @property {string} chosen code of the chosen incident, "" for none
 */

/** @param {string} hash with or without its # @returns {PageState} */
export function readPageState(hash) {
  const values = new URLSearchParams(hash.replace(/^#/, ""));
  return { view: values.get("view") ?? "", span: values.get("span") ?? "", chosen: values.get("chosen") ?? "" };
}

/** @param {PageState} state @returns {string} with its #, or "" */
export function writePageState({ view, span, chosen }) {
  const pairs = Object.entries({ view, span, chosen }).filter(([, value]) => value);
  return pairs.length
    ? `#${pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`.replaceAll("%2C", ",")
    : "";
}
