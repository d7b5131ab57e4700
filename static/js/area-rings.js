/** The outlines that draw the shapes of the area filter: a circle is one on the globe, as the query means it. */
import { EARTH_KM } from "./engine/geometry.js";

/** @typedef {import("./area-shapes.js").Shape} Shape @typedef {import("./area-shapes.js").Position} Position */

/** Corners that draw a circle: at 400 pixels of radius the outline is off by half a pixel at most. */
const CIRCLE_CORNERS = 72;
const radians = (degrees) => (degrees * Math.PI) / 180;
const degrees = (angle) => (angle * 180) / Math.PI;

/** @param {Shape} shape @returns {Position[][]} an outer ring, and a hole in it where there is one */
export function ringsOf(shape) {
  if (shape.kind === "polygon") return [shape.corners];
  if (shape.kind === "circle") return circleRings(shape);
  const { west, south, east, north } = shape;
  return [band(west, east, south, north)];
}

function circleRings({ latitude, longitude, km }) {
  const reach = degrees(km / EARTH_KM);
  const holdsNorth = latitude + reach > 90;
  const holdsSouth = latitude - reach < -90;
  if (holdsNorth && holdsSouth) {
    // All but a circle on the other side of the earth.
    const rest = { latitude: -latitude, longitude: longitude + 180, km: Math.PI * EARTH_KM - km };
    return [band(longitude, longitude + 360, -90, 90), ...(rest.km > 0 ? circleRings(rest) : [])];
  }
  const ring = Array.from({ length: CIRCLE_CORNERS }, (_, index) =>
    reached([latitude, longitude], radians(reach), (2 * Math.PI * index) / CIRCLE_CORNERS),
  );
  if (!holdsNorth && !holdsSouth) return [ring];
  // Round a pole the circle's edge goes once round the world, and what it holds ends at the map's rim.
  const pole = holdsNorth ? 90 : -90;
  const far = 2 * pole - latitude - (holdsNorth ? reach : -reach);
  const [west, east] = [longitude - 180, longitude + 180];
  const edge = ring.filter((position) => Math.abs(position[1] - longitude) < 179.9).sort((a, b) => a[1] - b[1]);
  return [[[pole, west], [far, west], ...edge, [far, east], [pole, east]]];
}

function band(west, east, south, north) {
  return [
    [south, west],
    [north, west],
    [north, east],
    [south, east],
  ];
}

/** Where a great circle from a position leads, at so many radians on. */
function reached([latitude, longitude], angle, bearing) {
  const from = radians(latitude);
  const sine = Math.sin(from) * Math.cos(angle) + Math.cos(from) * Math.sin(angle) * Math.cos(bearing);
  const aside = Math.atan2(
    Math.sin(bearing) * Math.sin(angle) * Math.cos(from),
    Math.cos(angle) - Math.sin(from) * sine,
  );
  return [degrees(Math.asin(Math.max(-1, Math.min(1, sine)))), longitude + degrees(aside)];
}
