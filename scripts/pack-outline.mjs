/**
 * Writes an outline of the world as the map reads it (static/js/outline.js), so that a page gets numbers to draw and no
 * topology to take apart. All numbers are little-endian:
 *
 *   3 x uint32   rings, steps in all, bytes of the labels
 *   int32[]      of each ring: x and y of its first point, and how many steps follow
 *   int16[]      steps from point to point, x and y
 *   JSON         labels: name, x and y of its middle, width of the country's largest ring, its ISO 3166 code or null
 *
 * x and y are Web Mercator, in UNITS to the world's width: 0 at 180° W and at the upper edge. A ring across the 180th
 * meridian goes on beyond the edge of its world.
 */
import { feature } from "topojson-client";

/** Finer than the data's own grid, which has 100,000 lines. */
const UNITS = 2 ** 18;
const MAX_LATITUDE = 85.05;
/** What 16 bits hold. A longer step is written as several on one line. */
const LONGEST = 32_767;

/** @param {object} topology of world-atlas @returns {Uint8Array} */
export function packed(topology) {
  const countries = feature(topology, topology.objects.countries).features.map(({ geometry, id, properties }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return { name: properties.name, code: codeOf(id), rings: polygons.flat().map(projected) };
  });
  const rings = countries.flatMap((country) => country.rings).map(stepsOf);
  const steps = rings.flatMap((ring) => ring.steps);
  const labels = new TextEncoder().encode(JSON.stringify(countries.map(label)));
  const parts = [
    Uint32Array.of(rings.length, steps.length / 2, labels.length),
    Int32Array.from(rings.flatMap(({ start, steps }) => [...start, steps.length / 2])),
    Int16Array.from(steps),
    labels,
  ];
  return Buffer.concat(parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
}

/** @param {[number, number][]} coordinates GeoJSON: longitude first @returns {[number, number][]} in units */
function projected(coordinates) {
  const points = [];
  let before = 0.5;
  for (const [longitude, latitude] of coordinates) {
    const sine = Math.sin((Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, latitude)) * Math.PI) / 180);
    const x = longitude / 360 + 0.5;
    // A step of more than half the world is one across the 180th meridian: go on beyond it.
    before = x + (points.length ? Math.round(before - x) : 0);
    points.push([before, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)]);
  }
  // Antarctica goes once round the pole: close it along the lower edge.
  if (Math.abs(before - points[0][0]) > 0.5) points.push([before, 1], [points[0][0], 1]);
  return points.map((point) => point.map((share) => Math.round(share * UNITS)));
}

function stepsOf([start, ...points]) {
  const steps = [];
  let [x, y] = start;
  for (const [toX, toY] of points) {
    const [fromX, fromY] = [x, y];
    const parts = Math.ceil(Math.max(Math.abs(toX - x), Math.abs(toY - y)) / LONGEST);
    for (let part = 1; part <= parts; part++) {
      const [nextX, nextY] = [fromX + ((toX - fromX) * part) / parts, fromY + ((toY - fromY) * part) / parts];
      steps.push(Math.round(nextX) - x, Math.round(nextY) - y);
      [x, y] = [Math.round(nextX), Math.round(nextY)];
    }
  }
  return { start, steps };
}

/** The name goes to the centre of gravity of the country's largest ring. */
function label({ name, code, rings }) {
  const [largest] = rings.map((ring) => ({ ring, ...extent(ring) })).sort((one, other) => other.area - one.area);
  const [x, y] = centre(largest.ring);
  return [name, Math.round(x), Math.round(y), largest.width, code];
}

/** "IQ" for "368": Unicode's canonical form of a region's number. @returns {string | null} */
function codeOf(number) {
  return number ? new Intl.Locale(`und-${number}`).region : null;
}

function extent(ring) {
  const [width, height] = [0, 1].map((axis) => {
    const numbers = ring.map((point) => point[axis]);
    return numbers.reduce((a, b) => Math.max(a, b)) - numbers.reduce((a, b) => Math.min(a, b));
  });
  return { width, area: width * height };
}

function centre(ring) {
  let [area, x, y] = [0, 0, 0];
  for (let index = 0; index < ring.length - 1; index++) {
    const [[x0, y0], [x1, y1]] = [ring[index], ring[index + 1]];
    const cross = x0 * y1 - x1 * y0;
    area += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  }
  return area ? [x / (3 * area), y / (3 * area)] : ring[0];
}
