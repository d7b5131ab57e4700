/**
 * Incidents that stand at one point with one radius and one precision are one site: nine of ten share theirs with
 * another, so the map works on sites. Incidents without a point are one site for each name of a place.
 *
 * @typedef {object} Sites
 * @property {number} count
 * @property {Int32Array} of site of each row
 * @property {Int32Array} row the first row of each site
 * @property {Float64Array} x of the world's width (geometry.js); NaN without a point
 * @property {Float64Array} y
 * @property {Float32Array} reach radius of the uncertainty as a share of the world's width
 * @property {Uint8Array} spread 1 for a district, province or area
 */
import { mercatorMetre, mercatorX, mercatorY } from "./geometry.js";

const AREAS = ["district", "province", "area"];

/** @param {import("./columns.js").Columns} columns @returns {Sites} */
export function sitesOf(columns) {
  const { of, first, count } = grouped(columns);
  const { latitude, longitude, radius_m, place_precision } = columns;
  const spreads = place_precision.names.all().map((name) => AREAS.includes(name));
  const sites = {
    count,
    of,
    row: first.slice(0, count),
    x: new Float64Array(count),
    y: new Float64Array(count),
    reach: new Float32Array(count),
    spread: new Uint8Array(count),
  };
  for (let site = 0; site < count; site++) {
    const row = first[site];
    sites.x[site] = mercatorX(longitude[row]);
    sites.y[site] = mercatorY(latitude[row]);
    sites.reach[site] = Math.max(0, radius_m[row]) * mercatorMetre(latitude[row]);
    sites.spread[site] = spreads[place_precision.codes[row]] ? 1 : 0;
  }
  return sites;
}

/** Rows with equal keys get one number, by a table with open addressing that grows with the sites. */
function grouped({ count, latitude, longitude, radius_m, place_precision, place }) {
  const bits = (floats) => new Int32Array(floats.buffer, floats.byteOffset, count);
  const [lat, lon] = [bits(latitude), bits(longitude)];
  const precision = place_precision.codes;
  const names = place.codes;
  const unplaced = (row) => Number.isNaN(latitude[row]);
  const hash = (row) => {
    let h = Math.imul(lat[row], 0x9e3779b1) ^ Math.imul(lon[row], 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35) ^ Math.imul(radius_m[row], 0x27d4eb2f);
    return Math.imul(h ^ (h >>> 13) ^ precision[row], 0x165667b1) ^ (h >>> 16);
  };
  const same = (row, other) =>
    unplaced(row)
      ? unplaced(other) && names[row] === names[other]
      : lat[row] === lat[other] &&
        lon[row] === lon[other] &&
        radius_m[row] === radius_m[other] &&
        precision[row] === precision[other];

  const of = new Int32Array(count);
  let first = new Int32Array(1 << 12);
  let table = new Int32Array(1 << 14).fill(-1);
  let sites = 0;
  const slotOf = (row) => {
    const mask = table.length - 1;
    let slot = (unplaced(row) ? Math.imul(names[row] + 1, 0x9e3779b1) : hash(row)) & mask;
    while (table[slot] >= 0 && !same(first[table[slot]], row)) slot = (slot + 1) & mask;
    return slot;
  };
  const grow = () => {
    const larger = new Int32Array(first.length * 2);
    larger.set(first);
    first = larger;
    table = new Int32Array(table.length * 2).fill(-1);
    for (let site = 0; site < sites; site++) table[slotOf(first[site])] = site;
  };
  for (let row = 0; row < count; row++) {
    let slot = slotOf(row);
    if (table[slot] < 0) {
      if (sites === first.length) {
        grow();
        slot = slotOf(row);
      }
      first[sites] = row;
      table[slot] = sites++;
    }
    of[row] = table[slot];
  }
  return { of, first, count: sites };
}
