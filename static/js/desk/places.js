/** Local places and the packaged gazetteer on one map, each place also a line of the list beside it. */

import { addBasemap } from "../basemap.js";
import { boxOf, onRest, writeNames } from "./around.js";

const { L } = globalThis;

/**
 * @typedef {object} Place as incidents/admin/place_find.py gives it
 * @property {string} name
 * @property {string[]} names
 * @property {number} latitude
 * @property {number} longitude
 * @property {string | null} level
 * @property {string} country
 * @property {string} province
 * @property {number | null} population null for not known
 * @property {number | null} radius_m
 * @property {string} source
 * @property {number | null} score
 * @property {boolean} local
 * @property {string} url empty for who may not go there
 * @property {string} action
 */

/** Decimals of a position: about a metre. */
const DECIMALS = 5;
const FARTHEST_ZOOM = 11;

const element = document.getElementById("places-map");
const status = document.getElementById("places-status");
/** @type {{outlines: object, tiles: {url: string, attribution: string} | null, find: string}} */
const config = JSON.parse(document.getElementById("places-config").textContent);
const number = new Intl.NumberFormat("en");

const map = L.map(element, { scrollWheelZoom: false, worldCopyJump: true }).setView([25, 30], 2);
addBasemap(map, { ...config.outlines, labels: !config.tiles });
if (config.tiles) L.tileLayer(config.tiles.url, { attribution: config.tiles.attribution, maxZoom: 19 }).addTo(map);
L.control.scale({ imperial: false }).addTo(map);
const extent = L.circle([0, 0], { radius: 1, className: "places-extent", interactive: false });
const layers = { box: L.layerGroup().addTo(map), found: L.layerGroup().addTo(map) };
const names = L.layerGroup().addTo(map);

/** @param {number} metres @returns {string} */
function inWords(metres) {
  return metres < 1000 ? `${metres} m` : `${Number((metres / 1000).toPrecision(3))} km`;
}

/** @param {Place} place @returns {string} */
function facts(place) {
  const said = [
    place.level,
    place.province,
    place.country,
    place.population === null ? "" : `${number.format(place.population)} people`,
    place.radius_m === null ? "" : `± ${inWords(place.radius_m)}`,
    place.score === null ? "" : `${Math.round(100 * place.score)} %`,
    place.names.length ? `also ${place.names.join(", ")}` : "",
    place.source,
  ];
  return said.filter(Boolean).join(" · ");
}

/** @param {string} query @returns {Promise<{places: Place[], more: boolean, wide?: boolean, error?: string}>} */
async function ask(query, signal) {
  const answer = await fetch(`${config.find}?${new URLSearchParams(query)}`, { signal });
  if (answer.ok || answer.status === 400 || answer.status === 503) return answer.json();
  throw new Error(`${answer.status} ${answer.statusText}`);
}

/** One place keeps its key while the map moves and its line is drawn anew. @param {Place} place @returns {string} */
const keyOf = (place) => JSON.stringify([place.name, place.latitude, place.longitude, place.source]);
let chosen = "";

/** @param {Place} place */
function select(place) {
  chosen = keyOf(place);
  markChosen();
  extent
    .setLatLng([place.latitude, place.longitude])
    .setRadius(place.radius_m ?? 1)
    .addTo(map);
}

function markChosen() {
  for (const row of document.querySelectorAll("#places [data-key]")) {
    if (row.dataset.key === chosen) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

/** @param {Place} place @param {number} [rank] @returns {{row: HTMLElement, marker: object}} */
function drawn(place, rank) {
  const row = document.getElementById("place-row").content.firstElementChild.cloneNode(true);
  row.dataset.key = keyOf(place);
  row.querySelector(".place-name").textContent = place.name;
  row.querySelector(".place-facts").textContent = facts(place);
  const link = row.querySelector(".place-act");
  if (place.url) {
    link.href = place.url;
    link.textContent = place.action;
    link.setAttribute("aria-label", `${place.action}: ${place.name}`);
  } else link.remove();
  if (place.local) row.classList.add("place-local");
  const kind = place.local ? "places-own" : "places-known";
  // No scale in the style sheet: it would move the dot, which Leaflet puts in its place by a transform.
  const size = rank ? 22 : place.local ? 12 : 9;
  const icon = L.divIcon({
    className: rank ? "desk-choice" : kind,
    html: rank ? String(rank) : "",
    iconSize: [size, size],
  });
  // The list has every place for the keyboard: markers stay out of the tab order.
  const marker = L.marker([place.latitude, place.longitude], { icon, title: place.name, keyboard: false });
  marker.on("click", () => {
    select(place);
    row.scrollIntoView({ block: "nearest" });
    row.querySelector("button").focus({ preventScroll: true });
  });
  row.querySelector("button").addEventListener("click", () => {
    select(place);
    const at = L.latLng(place.latitude, place.longitude);
    map.fitBounds(at.toBounds(Math.max(3 * (place.radius_m ?? 0), 20_000)), { maxZoom: FARTHEST_ZOOM });
  });
  return { row, marker };
}

/** @param {"box" | "found"} where @param {Place[]} places @param {boolean} numbered */
function show(where, places, numbered) {
  const all = places.map((place, index) => drawn(place, numbered ? index + 1 : undefined));
  const list = document.getElementById(`places-${where}`);
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const [key, tag] = [focused?.closest("[data-key]").dataset.key, focused?.tagName];
  list.replaceChildren(...all.map(({ row }) => row));
  const again = key && all.find(({ row }) => row.dataset.key === key);
  if (again) again.row.querySelector(tag)?.focus({ preventScroll: true });
  else if (focused) list.closest(".places-lists").focus({ preventScroll: true });
  markChosen();
  document.getElementById(`places-${where}-part`).hidden = !all.length;
  layers[where].clearLayers();
  for (const { marker } of all) layers[where].addLayer(marker);
}

function fit(places) {
  const bounds = L.latLngBounds(places.map((place) => [place.latitude, place.longitude]));
  map.fitBounds(bounds.pad(0.3), { maxZoom: 8 });
}

/** The map's part and the search are asked apart; the newer question of each ends the older. */
const requests = { box: new AbortController(), found: new AbortController() };
const messages = { found: "", box: "" };

/** What one has to say stays while the other answers. @param {"box" | "found"} where @param {string} words */
function say(where, words) {
  messages[where] = words;
  status.textContent = [messages.found, messages.box].filter(Boolean).join(" ");
}

/** @param {"box" | "found"} where @param {object} query @param {string} failure @returns {Promise<object | null>} */
async function askAnew(where, query, failure) {
  requests[where].abort();
  requests[where] = new AbortController();
  try {
    return await ask(query, requests[where].signal);
  } catch (error) {
    if (error.name !== "AbortError") say(where, failure);
    return null;
  }
}

async function showBox() {
  const answer = await askAnew("box", { box: boxOf(map) }, "The places of this part could not be loaded.");
  if (!answer) return [];
  show("box", answer.places, false);
  writeNames(map, names, answer.places);
  if (answer.error) say("box", answer.error);
  else if (answer.wide) say("box", "Zoom in to see what the packaged gazetteer has.");
  else if (answer.more)
    say("box", "There are more places in this part: the largest are shown. Zoom in for the others.");
  else say("box", "");
  return answer.places;
}

async function find(query) {
  const answer = await askAnew("found", { q: query }, "The search did not answer: try again.");
  if (!answer) return;
  show("found", answer.places, true);
  if (answer.places.length) fit(answer.places);
  say("found", answer.error ?? (answer.places.length ? "" : `No place is called “${query}”.`));
}

document.getElementById("places-search").addEventListener("submit", (event) => {
  event.preventDefault();
  find(document.getElementById("places-query").value.trim());
});
onRest(map, showBox);
map.on("click", ({ latlng }) => {
  const { lat, lng } = latlng.wrap();
  find(`${lat.toFixed(DECIMALS)}, ${lng.toFixed(DECIMALS)}`);
});
showBox().then((places) => {
  const local = places.filter((place) => place.local);
  if (local.length) fit(local);
});
