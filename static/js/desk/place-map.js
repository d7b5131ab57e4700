/** The place on a small map: what it may be, where the moderator puts it, and how far off it may lie. */

import { addBasemap } from "../basemap.js";
import { showAround } from "./around.js";

const { L } = globalThis;

/**
 * @typedef {object} Choice
 * @property {string} name
 * @property {number} latitude
 * @property {number} longitude
 * @property {number | null} radius_m
 * @property {string} precision
 * @property {string} country
 * @property {string} province
 */

/** Metres at the ends of the radius slider; in between it is logarithmic. */
const NEAREST = 50;
const FARTHEST = 500_000;
/** Decimals of a position: about a metre. */
const DECIMALS = 5;
/** Precisions without a point. */
const UNPLACED = new Set(["country", "unknown"]);
/** What a position is called when a moderator sets it and nothing finer is said. */
const BY_HAND = "site";

/** @param {number} metres @returns {string} */
function inWords(metres) {
  return metres < 1000 ? `${metres} m` : `${Number((metres / 1000).toPrecision(3))} km`;
}

const toRadius = (step) => Number((NEAREST * (FARTHEST / NEAREST) ** (step / 100)).toPrecision(2));
const toStep = (metres) => Math.round((100 * Math.log(metres / NEAREST)) / Math.log(FARTHEST / NEAREST));

/** The form's fields of the place, by the name of each. */
class Fields {
  /** @param {string} prefix of the ids */
  constructor(prefix) {
    this.prefix = prefix;
  }

  /** @param {string} name @returns {HTMLInputElement | HTMLSelectElement | null} */
  of(name) {
    return document.getElementById(`${this.prefix}${name}`);
  }

  /** @param {string} name @returns {number | null} */
  number(name) {
    const text = this.of(name)?.value.trim() ?? "";
    const value = Number(text);
    return text === "" || !Number.isFinite(value) ? null : value;
  }

  /** @param {string} name @param {string | number | null} value */
  set(name, value) {
    const field = this.of(name);
    if (!field) return;
    field.value = value ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/**
 * Draws the map into #place-map, out of what the page says in #place-map-config.
 * @returns {{choose: (number: number) => void}}
 */
export function drawPlaceMap() {
  const element = document.getElementById("place-map");
  /** @type {{outlines: object, tiles: {url: string, attribution: string} | null, choices: Choice[], find: string}} */
  const { outlines, tiles, choices, find } = JSON.parse(document.getElementById("place-map-config").textContent);
  const fields = new Fields(element.dataset.prefix ?? "id_");
  const map = L.map(element, { scrollWheelZoom: false, worldCopyJump: true }).setView([25, 30], 2);
  addBasemap(map, { ...outlines, labels: !tiles });
  if (tiles) L.tileLayer(tiles.url, { attribution: tiles.attribution, maxZoom: 19 }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const slider = document.getElementById("place-radius");
  const radiusText = document.getElementById("place-radius-text");
  const marker = L.marker([0, 0], {
    draggable: true,
    keyboard: true,
    title: "Drag to move the place",
    icon: L.divIcon({ className: "desk-pin", html: "<span></span>", iconSize: [20, 24], iconAnchor: [10, 24] }),
    zIndexOffset: 1000,
  });
  const circle = L.circle([0, 0], { radius: 1, color: "#b3261e", weight: 2, fillOpacity: 0.12, interactive: false });

  function position() {
    const latitude = fields.number("latitude");
    const longitude = fields.number("longitude");
    return latitude === null || longitude === null ? null : L.latLng(latitude, longitude);
  }

  function draw() {
    const at = position();
    const radius = fields.number("radius_m");
    if (at) {
      marker.setLatLng(at).addTo(map);
      circle
        .setLatLng(at)
        .setRadius(radius ?? 1)
        .addTo(map);
    } else {
      marker.remove();
      circle.remove();
    }
    slider.disabled = !at;
    if (radius) slider.value = String(toStep(radius));
    radiusText.textContent = at && radius ? inWords(radius) : "–";
    markChosen(at);
  }

  function markChosen(at) {
    for (const button of document.querySelectorAll("[data-choice]")) {
      const choice = choices[Number(button.dataset.choice)];
      const same = at !== null && at.distanceTo([choice.latitude, choice.longitude]) < 1;
      button.setAttribute("aria-pressed", String(same));
    }
  }

  function fit() {
    const at = position();
    if (at) map.fitBounds(at.toBounds(Math.max(2.4 * (fields.number("radius_m") ?? 0), 20_000)));
    else if (choices.length)
      map.fitBounds(L.latLngBounds(choices.map((choice) => [choice.latitude, choice.longitude])).pad(0.4), {
        maxZoom: 7,
      });
  }

  /** @param {L.LatLng} at */
  function moveTo(at) {
    const { lat, lng } = at.wrap();
    fields.set("latitude", lat.toFixed(DECIMALS));
    fields.set("longitude", lng.toFixed(DECIMALS));
    if (fields.number("radius_m") === null) fields.set("radius_m", 1000);
    if (UNPLACED.has(fields.of("place_precision")?.value)) fields.set("place_precision", BY_HAND);
    draw();
  }

  /** @param {Choice | undefined} choice */
  function take(choice) {
    if (!choice) return;
    if (UNPLACED.has(choice.precision)) clear(choice.precision);
    else {
      fields.set("latitude", choice.latitude.toFixed(DECIMALS));
      fields.set("longitude", choice.longitude.toFixed(DECIMALS));
      fields.set("radius_m", choice.radius_m);
      fields.set("place_precision", choice.precision);
    }
    fields.set("place_name", choice.name);
    fields.set("country", choice.country);
    fields.set("province", choice.province);
    draw();
    fit();
  }

  /** @param {string} precision */
  function clear(precision) {
    for (const name of ["latitude", "longitude", "radius_m"]) fields.set(name, null);
    if (!UNPLACED.has(fields.of("place_precision")?.value)) fields.set("place_precision", precision);
    draw();
  }

  choices.forEach((choice, index) => {
    const icon = L.divIcon({ className: "desk-choice", html: String(index + 1), iconSize: [22, 22] });
    L.marker([choice.latitude, choice.longitude], { icon, title: choice.name })
      .on("click", () => take(choice))
      .addTo(map);
  });
  for (const button of document.querySelectorAll("[data-choice]")) {
    button.addEventListener("click", () => take(choices[Number(button.dataset.choice)]));
  }
  map.on("click", (event) => moveTo(event.latlng));
  marker.on("dragend", () => moveTo(marker.getLatLng()));
  slider.addEventListener("input", () => {
    fields.set("radius_m", toRadius(Number(slider.value)));
    draw();
  });
  document.getElementById("place-clear")?.addEventListener("click", () => clear("unknown"));
  for (const name of ["latitude", "longitude", "radius_m"]) {
    fields.of(name)?.addEventListener("change", () => {
      draw();
      fit();
    });
  }
  fields.of("place_precision")?.addEventListener("change", (event) => {
    if (UNPLACED.has(event.target.value)) clear(event.target.value);
  });
  draw();
  fit();
  // Tiles have names of their own.
  if (find && !tiles) showAround(map, find);
  return { choose: (number) => take(choices[number - 1]) };
}
