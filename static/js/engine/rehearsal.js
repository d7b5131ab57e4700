/**
 * What a visitor may well ask first, asked of some thousand of the rows before anybody waits for it. V8 compiles a loop
 * when it has run for a while, and throws that away when something new comes by: without a rehearsal the first filters
 * by kind took 13 to 27 ms in the engine, later ones 5 (100,000 incidents). How long it takes does not depend on how
 * many incidents there are.
 */
import { Engine } from "./engine.js";
import { Texts } from "./texts.js";

const ROWS = 4000;
const ROUNDS = 6;
/** As the page asks (incident-layer.js, explorer.js): V8 compiles for objects with these fields in this order. */
const WORLD = { zoom: 2, x: 0, y: 0, width: 1024, height: 1024, centerLongitude: 0, marked: [], selected: "" };
const QUESTION = { search: "", view: WORLD, histogram: { domain: null }, facets: true, id: 0, type: "ask" };

/**
 * @param {import("./columns.js").Columns} columns
 * @param {{families: Object<string, number>, familyCount: number}} config (messages.js: Open)
 * @param {() => Promise<void>} pause called between two questions: who has something else to do does it then
 */
export async function rehearse(columns, { families, familyCount }, pause) {
  const engine = new Engine(firstRows(columns, ROWS), { families, familyCount, matches: null });
  for (let round = 0; round < ROUNDS; round++) {
    for (const search of questions(columns, round)) {
      await pause();
      await engine.ask(structuredClone({ ...QUESTION, search }));
    }
  }
}

function questions({ kind, start }, round) {
  const day = (share) => new Date(start[Math.floor(share * Math.min(ROWS, start.length - 1))] * 86_400_000);
  const [since, until] = [day(0.2 + round / 50), day(0.6 + round / 50)].map((date) => iso(date));
  const [one, other] = [kind.names.at(0), kind.names.at(kind.names.length - 1)];
  return [
    `kind=${one}`,
    "",
    `kind=${one},${other}`,
    `kind=${other}`,
    `kind=${other}&from=${since}&to=${until}`,
    `from=${since}&to=${until}`,
    `from=${since}`,
    "",
  ];
}

/** A file may have no dated rows at all. */
function iso(date) {
  return Number.isFinite(date.getTime()) ? date.toISOString().slice(0, 10) : "";
}

/** Views of the first rows: nothing is copied. @returns {import("./columns.js").Columns} */
export function firstRows(columns, most) {
  const count = Math.min(columns.count, most);
  const first = (value) => {
    if (ArrayBuffer.isView(value)) return /** @type {any} */ (value).subarray(0, count);
    if (value instanceof Texts) return new Texts(value.offsets.subarray(0, count + 1), value.bytes);
    if (value?.offsets) return { ...value, offsets: value.offsets.subarray(0, count + 1) };
    return value?.codes ? { ...value, codes: value.codes.subarray(0, count) } : value;
  };
  const rows = { ...columns, count };
  for (const name of Object.keys(columns)) rows[name] = first(rows[name]);
  return rows;
}
