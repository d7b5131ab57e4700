/**
 * What stands where on the map: single symbols, rings for several, areas. Pure geometry in pixels, no drawing.
 *
 * A symbol stands exactly on its point. A ring stands in the middle of the incidents it counts and is never a symbol.
 * A district, province or area is drawn as itself and counted in a ring only while it is smaller than a ring.
 *
 * @typedef {object} Item
 * @property {number} x
 * @property {number} y
 * @property {number} radius in pixels
 * @property {object[]} members incidents
 * @property {boolean} together whether all members share one point
 * @property {boolean} isArea
 */

/** Rings of neighbours closer than this become one; a third more than the largest finger. */
const CELL = 64;
/** From this zoom on a town is wider than a ring: only incidents at one and the same point still share one. */
const APART_FROM_ZOOM = 9;
export const SYMBOL_RADIUS = 9;

/**
 * @param {object[]} incidents with a position each
 * @param {(incident: object) => {x: number, y: number}} project to pixels that do not move with the view
 * @param {(incident: object) => number} reach radius of the incident's uncertainty in pixels
 * @param {number} zoom
 * @returns {Item[]} areas first, then by number, the fewest last (so that they are drawn on top)
 */
export function arrange(incidents, project, reach, zoom) {
  const areas = new Map();
  const cells = new Map();
  for (const incident of incidents) {
    const { x, y } = project(incident);
    const pixels = reach(incident);
    const spread = incident.isArea && pixels > CELL / 2;
    const spot = `${incident.latitude},${incident.longitude}`;
    const key = spread
      ? `${spot},${incident.radius},${incident.precision}`
      : zoom >= APART_FROM_ZOOM
        ? spot
        : `${Math.floor(x / CELL)},${Math.floor(y / CELL)}`;
    const into = spread ? areas : cells;
    const item = into.get(key) ?? { x: 0, y: 0, members: [], spots: new Set(), isArea: spread, radius: pixels };
    const before = item.members.length;
    item.x = (item.x * before + x) / (before + 1);
    item.y = (item.y * before + y) / (before + 1);
    item.members.push(incident);
    item.spots.add(spot);
    into.set(key, item);
  }
  const points = zoom >= APART_FROM_ZOOM ? [...cells.values()] : joined([...cells.values()]);
  return [...areas.values(), ...points].map(finished);
}

/** Rings that would overlap become one, the larger taking in the smaller. */
function joined(items) {
  const kept = [];
  for (const item of items.sort((one, other) => other.members.length - one.members.length)) {
    const near = kept.find(
      (other) =>
        Math.hypot(other.x - item.x, other.y - item.y) <
        ringRadius(other.members.length) + ringRadius(item.members.length),
    );
    if (!near) {
      kept.push(item);
      continue;
    }
    const [many, few] = [near.members.length, item.members.length];
    near.x = (near.x * many + item.x * few) / (many + few);
    near.y = (near.y * many + item.y * few) / (many + few);
    near.members.push(...item.members);
    for (const spot of item.spots) near.spots.add(spot);
  }
  return kept;
}

/** @returns {Item} */
function finished({ x, y, members, spots, isArea, radius }) {
  return { x, y, members, together: spots.size === 1, isArea, radius: isArea ? radius : ringRadius(members.length) };
}

/** Grows with the number's logarithm: 10 incidents 16 pixels, 1,000 incidents 25. */
function ringRadius(number) {
  return number === 1 ? SYMBOL_RADIUS : 11 + 4.8 * Math.log10(number);
}
