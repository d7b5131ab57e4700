/**
 * The shapes of the area filter, without a map: how a hand makes them, how keys move and resize them, how a query
 * writes them. area-rings.js gives their outlines.
 *
 * Positions are [latitude, longitude] in degrees. Longitudes go on round the world, as a map gives them after a turn:
 * a rectangle's east is never less than its west.
 *
 * @typedef {[number, number]} Position
 * @typedef {{kind: "rectangle", west: number, south: number, east: number, north: number}} Rectangle
 * @typedef {{kind: "circle", latitude: number, longitude: number, km: number}} Circle
 * @typedef {{kind: "polygon", corners: Position[], origin: number}} Polygon `origin` is the middle of its world
 * @typedef {Rectangle | Circle | Polygon} Shape
 */
import { EARTH_KM } from "./engine/geometry.js";
import { KM_LIMIT } from "./engine/reading.js";

/** Four decimals are 11 m: finer than a pixel at the map's nearest zoom without tiles. */
const DECIMALS = 4;
const LEAST_KM = 0.01;
/** From here on whole kilometres are three digits, which is what a hand can aim at. */
const WHOLE_KM = 100;
/** Share of a side that a regular octagon in a square leaves at either end. */
const OCTAGON_CUT = 1 - Math.SQRT1_2;

const radians = (degrees) => (degrees * Math.PI) / 180;
const between = (least, value, most) => Math.max(least, Math.min(most, value));
const rounded = (value) => Number(value.toFixed(DECIMALS)) + 0;
/** Python's remainder has the sign of the divisor; so has this. */
const turned = (longitude) => (Math.abs(longitude) <= 180 ? longitude : longitude - 360 * turns(longitude));
const turns = (longitude) => Math.floor((longitude + 180) / 360);

/** @param {Position} one @param {Position} other the corner across @returns {Rectangle} */
export function rectangle(one, other) {
  const [south, north] = [one[0], other[0]].sort((a, b) => a - b);
  const [west, east] = [one[1], other[1]].sort((a, b) => a - b);
  return { kind: "rectangle", west, south, east, north };
}

/** @param {Position} centre @param {Position} edge a position on the circle @returns {Circle} */
export function circle([latitude, longitude], edge) {
  return { kind: "circle", latitude, longitude, km: shortKm(kmBetween([latitude, longitude], edge)) };
}

/**
 * Its corners stay in one copy of the world, the first one's: a query's outline ends at the 180th meridian.
 * @param {Position[]} corners @param {number} [origin] longitude of that world's middle @returns {Polygon}
 */
export function polygon(corners, origin = 360 * turns(corners[0][1])) {
  const held = corners.map(([latitude, longitude]) => [
    between(-90, latitude, 90),
    between(origin - 180, longitude, origin + 180),
  ]);
  return { kind: "polygon", corners: held, origin };
}

/**
 * The shape that stands for a view, where nobody draws one.
 * @param {Shape["kind"]} kind
 * @param {{west: number, south: number, east: number, north: number, centre: Position, edge: Position}} view `edge` is
 *   on the circle
 * @returns {Shape}
 */
export function standFor(kind, { west, south, east, north, centre, edge }) {
  if (kind === "circle") return circle(centre, edge);
  if (kind === "rectangle") return rectangle([south, west], [north, east]);
  const [cutLatitude, cutLongitude] = [OCTAGON_CUT * (north - south), OCTAGON_CUT * (east - west)];
  const [low, high] = [south + cutLatitude, north - cutLatitude];
  const [left, right] = [west + cutLongitude, east - cutLongitude];
  const corners = [
    [north, left],
    [north, right],
    [high, east],
    [low, east],
    [south, right],
    [south, left],
    [low, west],
    [high, west],
  ];
  return polygon(corners, 360 * turns(centre[1]));
}

/** The shape, so many degrees further; at the edge of the world it stops whole. @returns {Shape} */
export function moved(shape, north, east) {
  if (shape.kind === "circle") {
    return { ...shape, latitude: between(-90, shape.latitude + north, 90), longitude: shape.longitude + east };
  }
  const frame = frameOf(shape);
  const up = between(-90 - frame.south, north, 90 - frame.north);
  if (shape.kind === "rectangle") {
    return rectangle([frame.south + up, frame.west + east], [frame.north + up, frame.east + east]);
  }
  const { corners, origin } = shape;
  const aside = between(origin - 180 - frame.west, east, origin + 180 - frame.east);
  return polygon(
    corners.map(([latitude, longitude]) => [latitude + up, longitude + aside]),
    origin,
  );
}

/** The shape, so many times as large, about its centre. @returns {Shape} */
export function resized(shape, times) {
  if (shape.kind === "circle") return { ...shape, km: shortKm(shape.km * times) };
  const [latitude, longitude] = centreOf(shape);
  const further = ([fromLatitude, fromLongitude]) => [
    between(-90, latitude + (fromLatitude - latitude) * times, 90),
    longitude + between(-180, (fromLongitude - longitude) * times, 180),
  ];
  if (shape.kind === "polygon") return polygon(shape.corners.map(further), shape.origin);
  return rectangle(further([shape.south, shape.west]), further([shape.north, shape.east]));
}

/**
 * The keys of a query (incidents/query/reading.py); null for a shape with nothing in it.
 * @param {Shape} shape
 * @returns {{bbox: string} | {near: string} | {area: string} | null}
 */
export function toParams(shape) {
  if (shape.kind === "rectangle") return boxParams(shape);
  if (shape.kind === "circle") {
    const { latitude, longitude, km } = shape;
    return { near: [rounded(latitude), rounded(turned(longitude)), km].join(",") };
  }
  const { origin } = shape;
  const corners = shape.corners.map(([latitude, longitude]) => `${rounded(latitude)},${rounded(longitude - origin)}`);
  const distinct = corners.filter((corner, index) => corner !== corners.at(index - 1));
  return new Set(distinct).size < 3 ? null : { area: distinct.join(";") };
}

function boxParams({ west, south, east, north }) {
  const edges = [west, between(-90, south, 90), east, between(-90, north, 90)].map(rounded);
  if (edges[0] === edges[2] || edges[1] === edges[3]) return null;
  const whole = edges[2] - edges[0] >= 360;
  const [left, right] = whole ? [-180, 180] : [rounded(turned(edges[0])), rounded(turned(edges[2]))];
  return { bbox: [left, edges[1], right, edges[3]].join(",") };
}

/** @param {import("./engine/reading.js").Question} question @returns {Shape[]} all areas that a query is limited to */
export function shapesOf({ bbox, near, area }) {
  const shapes = [];
  if (bbox) shapes.push({ kind: "rectangle", ...bbox, east: bbox.east + (bbox.west > bbox.east ? 360 : 0) });
  if (near) shapes.push({ kind: "circle", ...near });
  if (area) shapes.push(polygon(area, 0));
  return shapes;
}

/** @returns {number} degrees to add to a shape's longitudes to have it on the copy of the world next to `longitude` */
export function turnTo(shape, longitude) {
  return 360 * Math.round((longitude - centreOf(shape)[1]) / 360);
}

/** @param {Shape} shape @returns {{kind: Shape["kind"], centre: Position, km: number[]}} radius, or width and height */
export function measure(shape) {
  const [latitude, longitude] = centreOf(shape);
  const centre = [rounded(latitude), rounded(turned(longitude))];
  if (shape.kind === "circle") return { kind: shape.kind, centre, km: [shape.km] };
  const { west, south, east, north } = frameOf(shape);
  const width = radians(east - west) * EARTH_KM * Math.cos(radians(latitude));
  return { kind: shape.kind, centre, km: [shortKm(width), shortKm(radians(north - south) * EARTH_KM)] };
}

/** By the haversine. */
function kmBetween([fromLatitude, fromLongitude], [toLatitude, toLongitude]) {
  const [one, other] = [radians(fromLatitude), radians(toLatitude)];
  const across = Math.sin(radians(toLongitude - fromLongitude) / 2) ** 2;
  const haversine = Math.sin((other - one) / 2) ** 2 + Math.cos(one) * Math.cos(other) * across;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(Math.min(1, haversine)));
}

function shortKm(km) {
  return between(LEAST_KM, km < WHOLE_KM ? Number(km.toPrecision(3)) : Math.round(km), KM_LIMIT);
}

function centreOf(shape) {
  if (shape.kind === "circle") return [shape.latitude, shape.longitude];
  const { west, south, east, north } = frameOf(shape);
  return [(south + north) / 2, (west + east) / 2];
}

function frameOf(shape) {
  if (shape.kind === "rectangle") return shape;
  const latitudes = shape.corners.map(([latitude]) => latitude);
  const longitudes = shape.corners.map(([, longitude]) => longitude);
  return {
    west: Math.min(...longitudes),
    south: Math.min(...latitudes),
    east: Math.max(...longitudes),
    north: Math.max(...latitudes),
  };
}
