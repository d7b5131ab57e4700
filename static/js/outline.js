/**
 * Reads an outline of the world as scripts/pack-outline.mjs writes it.
 *
 * @typedef {object} Ring
 * @property {Float32Array} points x, y, x, y ... in world units: 0 to 1, x eastward from 180° W, y southward
 * @property {number[]} frame west, north, east, south in the same units
 *
 * @typedef {object} Outline
 * @property {Ring[]} rings
 * @property {{name: string, x: number, y: number, width: number, code: string | null}[]} labels in the same units; the
 *   country's ISO 3166 code
 */

const UNITS = 2 ** 18;
const HEAD = 3;
const OF_A_RING = 3;

/** @param {ArrayBuffer} buffer @returns {Outline} */
export function readOutline(buffer) {
  const [ringCount, stepCount, labelBytes] = new Uint32Array(buffer, 0, HEAD);
  const heads = new Int32Array(buffer, 4 * HEAD, OF_A_RING * ringCount);
  const steps = new Int16Array(buffer, heads.byteOffset + heads.byteLength, 2 * stepCount);
  const labels = new Uint8Array(buffer, steps.byteOffset + steps.byteLength, labelBytes);
  const points = new Float32Array(2 * (ringCount + stepCount));
  const rings = [];
  let [at, read] = [0, 0];
  for (let head = 0; head < heads.length; head += OF_A_RING) {
    const [x, y, length] = heads.subarray(head, head + OF_A_RING);
    const ring = points.subarray(at, at + 2 * (length + 1));
    rings.push({ points: ring, frame: walk(ring, x, y, steps.subarray(read, read + 2 * length)) });
    at += ring.length;
    read += 2 * length;
  }
  const named = JSON.parse(new TextDecoder().decode(labels));
  return {
    rings,
    labels: named.map(([name, x, y, width, code]) => ({
      name,
      x: x / UNITS,
      y: y / UNITS,
      width: width / UNITS,
      code,
    })),
  };
}

/** Writes a ring's points. @returns {number[]} its frame */
function walk(points, x, y, steps) {
  let [west, north, east, south] = [x, y, x, y];
  points[0] = x / UNITS;
  points[1] = y / UNITS;
  for (let index = 0; index < steps.length; index += 2) {
    x += steps[index];
    y += steps[index + 1];
    points[index + 2] = x / UNITS;
    points[index + 3] = y / UNITS;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < north) north = y;
    if (y > south) south = y;
  }
  return [west / UNITS, north / UNITS, east / UNITS, south / UNITS];
}
