/**
 * Reads the columns as the server packs them for the explorer (incidents/publishing/columns/pack.py): planes of bytes,
 * days as differences, each place with its point once. Gives what columns.js gives for the Arrow file of the same rows.
 */
import { NO_END, NO_START } from "./nulls.js";
import { Texts } from "./texts.js";
import { Trouble } from "./trouble.js";

const MAGIC = "ATLASPK1";
const PREFIX = 16;
const ARRAYS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

/** @param {Uint8Array} bytes */
export function isPacked(bytes) {
  return String.fromCharCode(...bytes.subarray(0, MAGIC.length)) === MAGIC;
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {Columns} as columns.js has them; @throws {Trouble} cut-off
 */
export function unpack(buffer) {
  const [headerLength, whole] = buffer.byteLength < PREFIX ? [0, Infinity] : new Uint32Array(buffer, 8, 2);
  if (buffer.byteLength !== whole) throw new Trouble("cut-off");
  const bytes = new Uint8Array(buffer);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(PREFIX, PREFIX + headerLength)));
  const arrays = readArrays(bytes, PREFIX + headerLength, header.arrays);
  const { count, names } = header;
  const actors = lists(arrays, "actors", names);
  return {
    count,
    atlas: header.atlas,
    origin: null,
    id: Uint32Array.from(arrays.id),
    code: new Texts(offsetsOf(arrays.code_lengths), arrays.code),
    credibility: arrays.credibility,
    time_precision: { codes: arrays.time_precision, names: Texts.of(names.time_precision) },
    kind: { codes: arrays.kind, names: Texts.of(names.kind) },
    killed: lessOne(arrays.killed),
    wounded: lessOne(arrays.wounded),
    actors,
    roles: { offsets: actors.offsets, codes: arrays.roles, names: Texts.of(names.roles) },
    sources: lists(arrays, "sources", names),
    ...places(arrays, count, names),
    ...days(arrays, count, header.base),
  };
}

function readArrays(bytes, start, shapes) {
  const arrays = {};
  let at = start;
  for (const [name, width, length] of shapes) {
    arrays[name] = joined(bytes, at, width, length);
    at += width * length;
  }
  return arrays;
}

/** The planes of an array together again, the lowest byte first. */
function joined(bytes, at, width, length) {
  // A copy, so that the planes of all others can be forgotten.
  if (width === 1) return bytes.slice(at, at + length);
  const array = new ARRAYS[width](length);
  for (let plane = 0; plane < width; plane++) {
    const from = at + plane * length;
    const shift = 8 * plane;
    for (let index = 0; index < length; index++) array[index] |= bytes[from + index] << shift;
  }
  return array;
}

function places(arrays, count, names) {
  const { site } = arrays;
  const floats = (bits) => new Float32Array(Uint32Array.from(bits).buffer);
  const [latitudes, longitudes] = [floats(arrays.site_latitude), floats(arrays.site_longitude)];
  const radii = lessOne(arrays.site_radius);
  const found = {
    latitude: new Float32Array(count),
    longitude: new Float32Array(count),
    radius_m: new Int32Array(count),
    place: { codes: new Int32Array(count), names: Texts.of(names.place) },
    place_precision: { codes: new Uint8Array(count), names: Texts.of(names.place_precision) },
  };
  for (let row = 0; row < count; row++) {
    const at = site[row];
    found.latitude[row] = latitudes[at];
    found.longitude[row] = longitudes[at];
    found.radius_m[row] = radii[at];
    found.place.codes[row] = arrays.site_place[at];
    found.place_precision.codes[row] = arrays.site_precision[at];
  }
  return found;
}

/** Rows with a day come first. */
function days(arrays, count, base) {
  const dated = arrays.start.length;
  const start = new Int32Array(count).fill(NO_START, dated);
  const end = new Int32Array(count).fill(NO_END, dated);
  const added = new Int32Array(count);
  let day = base;
  for (let row = 0; row < count; row++) {
    if (row < dated) {
      day += arrays.start[row];
      start[row] = day;
      end[row] = day + arrays.days[row];
    }
    const after = arrays.added[row] - 1;
    added[row] = after < 0 ? NO_END : ((after >>> 1) ^ -(after & 1)) + (row < dated ? day : 0);
  }
  return { start, end, added };
}

function lists(arrays, name, names) {
  return {
    offsets: offsetsOf(arrays[`${name}_lengths`]),
    codes: Int32Array.from(arrays[name]),
    names: Texts.of(names[name]),
  };
}

function offsetsOf(lengths) {
  const offsets = new Int32Array(lengths.length + 1);
  for (let index = 0; index < lengths.length; index++) offsets[index + 1] = offsets[index] + lengths[index];
  return offsets;
}

/** Null is 0 in the file and -1 in the columns. */
function lessOne(numbers) {
  const found = new Int32Array(numbers.length);
  for (let index = 0; index < numbers.length; index++) found[index] = numbers[index] - 1;
  return found;
}
