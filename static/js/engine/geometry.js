/**
 * Positions on the globe: the map's projection, and the three shapes of a query with the rules of
 * incidents/query/filters.py. Positions of the columns are float32, so edges are rounded to float32 before they are
 * compared: a point on an edge is inside, as it is in SQL. A position that is unknown (NaN) is in no shape.
 */

/** IUGG mean radius, as the server's. */
export const EARTH_KM = 6371.0088;
const EQUATOR_M = 40_075_016.7;
/** Where the square world of Web Mercator ends. */
const MAX_LATITUDE = 85.0511287798;
const RADIANS = Math.PI / 180;
const { fround } = Math;

/** @returns {number} 0 at the 180th meridian in the west to 1 in the east */
export function mercatorX(longitude) {
  return (longitude + 180) / 360;
}

/** @returns {number} 0 in the north to 1 in the south */
export function mercatorY(latitude) {
  const sine = Math.sin(Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, latitude)) * RADIANS);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** @returns {number} the share of the world's width that a metre takes at the latitude */
export function mercatorMetre(latitude) {
  return 1 / (EQUATOR_M * Math.cos(latitude * RADIANS));
}

/** @returns {(latitude: number, longitude: number) => boolean} */
export function inBox({ west, south, east, north }) {
  const [left, low, right, high] = [west, south, east, north].map(fround);
  if (west <= east) return (lat, lon) => lat >= low && lat <= high && lon >= left && lon <= right;
  return (lat, lon) => lat >= low && lat <= high && (lon >= left || lon <= right);
}

/** @returns {(latitude: number, longitude: number) => boolean} by the haversine */
export function inCircle({ latitude, longitude, km }) {
  const angle = km / EARTH_KM;
  const band = angle / RADIANS;
  const [low, high] = [fround(latitude - band), fround(latitude + band)];
  const limit = Math.sin(angle / 2) ** 2;
  const across = Math.cos(latitude * RADIANS);
  return (lat, lon) => {
    if (!(lat >= low && lat <= high)) return false;
    const haversine =
      Math.sin(((lat - latitude) * RADIANS) / 2) ** 2 +
      Math.cos(lat * RADIANS) * across * Math.sin(((lon - longitude) * RADIANS) / 2) ** 2;
    return haversine <= limit;
  };
}

/**
 * Even-odd rule on the plane of degrees.
 * @param {[number, number][]} corners latitude and longitude
 * @returns {(latitude: number, longitude: number) => boolean}
 */
export function inOutline(corners) {
  const edges = corners
    .map((start, index) => [start, corners[(index + 1) % corners.length]])
    .filter(([start, end]) => start[0] !== end[0])
    .map(([start, end]) => (start[0] < end[0] ? [start, end] : [end, start]))
    .map(([[low, longitude], [high, other]]) => ({
      low,
      from: fround(low),
      to: fround(high),
      longitude,
      slope: (other - longitude) / (high - low),
    }));
  const bounds = (axis, choose) => fround(choose(...corners.map((corner) => corner[axis])));
  const [south, north] = [bounds(0, Math.min), bounds(0, Math.max)];
  const [west, east] = [bounds(1, Math.min), bounds(1, Math.max)];
  return (lat, lon) => {
    if (!(lat >= south && lat <= north && lon >= west && lon <= east)) return false;
    let inside = false;
    for (const { low, from, to, longitude, slope } of edges) {
      if (lat >= from && lat < to && lon > fround(longitude + (lat - low) * slope)) inside = !inside;
    }
    return inside;
  };
}
