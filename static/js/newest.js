/** The columns that the server has now: a page may be kept, or be open, longer than those it names. */
import { openEngine } from "./engine-client.js";

/** @param {string} address of this site @param {AbortSignal} [signal] @returns {Promise<Document>} */
export async function fetchPage(address, signal) {
  const answer = await fetch(address, { signal, cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/**
 * @param {Promise<object>} opening of the columns that the page names
 * @param {object} config the page's JSON; its columns become the newest
 * @returns {Promise<object>} an engine, stale only where the server has no newer columns either
 */
export async function openedOrNewest(opening, config) {
  const newest = () =>
    fetchPage(location.pathname + location.search)
      .then((page) => openNewest(config, page))
      .catch(() => null);
  try {
    const engine = await opening;
    const newer = engine.stale ? await newest() : null;
    if (newer) engine.close();
    return newer ?? engine;
  } catch (error) {
    const engine = error.reason === "missing" ? await newest() : null;
    if (!engine) throw error;
    return engine;
  }
}

/**
 * @param {object} config the page's JSON; its columns become the newest
 * @param {Document} page the same page, fetched now
 * @returns {Promise<object|null>} an engine; null where the server has no other columns than the page names
 */
export async function openNewest(config, page) {
  const { columns } = JSON.parse(page.getElementById("explorer-config").textContent);
  if (!columns || columns.version === config.columns?.version) return null;
  const engine = await openEngine({ ...config, columns });
  config.columns = columns;
  return engine;
}
