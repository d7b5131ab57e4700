/**
 * Columns out of an Arrow file. Arrays are views of the file's own bytes, nothing is copied. A page needs it only for
 * what changed since its packed file was written.
 */
import "../../vendor/@uwdata/flechette/flechette.min.js";
import { NO_END, NO_START } from "./nulls.js";
import { Texts } from "./texts.js";
import { Trouble } from "./trouble.js";

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
 * @param {ArrayBuffer} buffer is written to: null becomes a value of the array
 * @returns {Columns} as columns.js has them; @throws {Trouble|Error} cut-off, unreadable, or what the library says
 */
export function readArrow(buffer) {
  checkEnds(new Uint8Array(buffer));
  return columnsOf(globalThis.fl.tableFromIPC(buffer));
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
  return columns;
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
