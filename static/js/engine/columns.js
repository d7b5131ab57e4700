/**
 * The published set as the server's Arrow file holds it: one record batch, rows sorted by first day, last day and id,
 * those without a day last. Arrays are views of the file's own bytes, nothing is copied.
 *
 * Null is written into the arrays, once, as a value that fails every comparison it should fail: NaN for a position,
 * -1 for a number, NO_START (later than any day) and NO_END (earlier than any day).
 *
 * @typedef {object} Coded one value a row, as an index into `names`
 * @property {Uint8Array|Int32Array} codes
 * @property {Texts} names
 *
 * @typedef {object} Lists several values a row: those of row i are codes[offsets[i]] to codes[offsets[i + 1] - 1]
 * @property {Int32Array} offsets
 * @property {Uint8Array|Int32Array} codes
 * @property {Texts} names
 *
 * @typedef {object} Columns
 * @property {number} count
 * @property {object} atlas the file's metadata (docs: version, built, newest, actors, sources, removed)
 * @property {Uint32Array} id
 * @property {Texts} code
 * @property {Float32Array} latitude
 * @property {Float32Array} longitude
 * @property {Int32Array} radius_m
 * @property {Int32Array} start
 * @property {Int32Array} end
 * @property {Coded} time_precision
 * @property {Coded} place_precision
 * @property {Coded} kind
 * @property {Coded} place
 * @property {Uint8Array} credibility
 * @property {Int32Array} killed
 * @property {Int32Array} wounded
 * @property {Int32Array} added
 * @property {Lists} actors
 * @property {Lists} roles parallel to the actors
 * @property {Lists} sources
 * @property {Int32Array|null} origin row of each in the server's file, -1 for a changed one; null where they are equal
 */
import "../../vendor/@uwdata/flechette/flechette.min.js";
import { NO_END, NO_START } from "./nulls.js";
import { Texts } from "./texts.js";
import { Trouble } from "./trouble.js";
import { isPacked, unpack } from "./unpack.js";

export { NO_END, NO_START };

const MAGIC = "ARROW1";
/** Magic, two bytes of padding, the footer's length and magic again. */
const SMALLEST = 18;

const NUMBERS = {
  id: [Uint32Array, 0],
  latitude: [Float32Array, Number.NaN],
  longitude: [Float32Array, Number.NaN],
  radius_m: [Int32Array, -1],
  start: [Int32Array, NO_START],
  end: [Int32Array, NO_END],
  credibility: [Uint8Array, 0],
  killed: [Int32Array, -1],
  wounded: [Int32Array, -1],
  added: [Int32Array, NO_END],
};
const CODED = { time_precision: Uint8Array, place_precision: Uint8Array, kind: Uint8Array, place: Int32Array };
const LISTS = { actors: Int32Array, roles: Uint8Array, sources: Int32Array };

/**
 * @param {ArrayBuffer} buffer an Arrow file, which is written to (null becomes a value of the array), or a packed one
 * @returns {Columns} @throws {Trouble} cut-off or unreadable
 */
export function readColumns(buffer) {
  const packed = isPacked(new Uint8Array(buffer));
  if (!packed) checkEnds(new Uint8Array(buffer));
  try {
    return packed ? unpack(buffer) : columnsOf(globalThis.fl.tableFromIPC(buffer));
  } catch (error) {
    throw error instanceof Trouble ? error : new Trouble("unreadable", String(error));
  }
}

/** An Arrow file begins and ends with its magic: one without the second has been cut off. */
function checkEnds(bytes) {
  const text = (from, to) => String.fromCharCode(...bytes.subarray(from, to));
  if (!MAGIC.startsWith(text(0, MAGIC.length))) throw new Trouble("unreadable", "no Arrow file");
  if (bytes.length < SMALLEST || text(bytes.length - MAGIC.length, bytes.length) !== MAGIC)
    throw new Trouble("cut-off");
}

function columnsOf(table) {
  const count = table.numRows;
  const batch = (name) => {
    const column = table.getChild(name);
    if (!column || column.data.length > 1) throw new Trouble("unreadable", `column ${name}`);
    return { type: column.type, batch: column.data[0] ?? null };
  };
  const columns = { count, atlas: JSON.parse(table.schema.metadata.get("atlas")), origin: null };
  for (const [name, [Type, none]] of Object.entries(NUMBERS)) columns[name] = numbers(batch(name), name, Type, none);
  for (const [name, Type] of Object.entries(CODED)) columns[name] = coded(batch(name), name, Type);
  for (const [name, Type] of Object.entries(LISTS)) columns[name] = lists(batch(name), name, Type);
  columns.code = texts(batch("code").batch, "code");
  for (const name of [...Object.keys(NUMBERS), "code"]) check(columns[name].length === count, name);
  check(columns.roles.codes.length === columns.actors.codes.length, "roles");
  return /** @type {Columns} */ (columns);
}

function numbers({ batch }, name, Type, none) {
  if (!batch) return new Type(0);
  const { values, validity, nullCount, length } = batch;
  check(values.BYTES_PER_ELEMENT === Type.BYTES_PER_ELEMENT, name);
  const array = new Type(values.buffer, values.byteOffset, length);
  if (nullCount) {
    for (let row = 0; row < length; row++) if (!((validity[row >> 3] >> (row & 7)) & 1)) array[row] = none;
  }
  return array;
}

function coded({ batch }, name, Type) {
  if (!batch) return { codes: new Type(0), names: Texts.of([]) };
  check(batch.values instanceof Type, name);
  return { codes: batch.values.subarray(0, batch.length), names: dictionary(batch, name) };
}

function lists({ batch }, name, Type) {
  if (!batch) return { offsets: new Int32Array(1), codes: new Type(0), names: Texts.of([]) };
  const { offsets } = batch;
  check(offsets instanceof Int32Array, name);
  // Of no rows a writer may leave out the offsets altogether.
  if (!offsets.length) return { offsets: new Int32Array(1), ...coded({ batch: batch.children[0] }, name, Type) };
  return { offsets, ...coded({ batch: batch.children[0] }, name, Type) };
}

function dictionary({ dictionary: column }, name) {
  check(column, name);
  if (column.data.length !== 1) return Texts.of(Array.from(column));
  return texts(column.data[0], name);
}

function texts(batch, name) {
  if (!batch?.length) return Texts.of([]);
  check(batch.offsets instanceof Int32Array && batch.values instanceof Uint8Array, name);
  return new Texts(batch.offsets.subarray(0, batch.length + 1), batch.values);
}

function check(holds, name) {
  if (!holds) throw new Trouble("unreadable", `column ${name}`);
}
