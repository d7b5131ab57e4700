/**
 * A made-up archive: plain incidents, and the Arrow file the server would write of them. `random(seed)` gives the same
 * numbers in every run.
 */
import "../../static/vendor/@uwdata/flechette/flechette.min.js";
import { readArrow } from "../../static/js/engine/arrow.js";

const { fl } = globalThis;
export const KINDS = ["air-strike", "drone-strike", "bombing", "armed-clash", "other"];
export const FAMILIES = { "air-strike": 0, "drone-strike": 0, bombing: 1, "armed-clash": 2, other: 2 };
export const FAMILY_COUNT = 3;
export const PRECISIONS = ["site", "town", "near", "district", "province", "area", "country", "unknown"];
export const TIMES = ["day", "week", "month", "longer", "unknown"];
export const ROLES = ["perpetrator", "claimed-by", "target"];
export const ACTORS = ["Army", "Militia, the", "Ünit 5", "Rebels", "Police", "Navy"];
export const SOURCES = [
  [11, "example.org", "Example Times"],
  [12, "news.example", "The News"],
  [13, "daily.example", "Daily Example"],
];
const SPOTS = [
  [33.3152, 44.3661],
  [33.3, 44.4],
  [36.2, 37.16],
  [-17.8, 179.9],
  [-17.7, -179.8],
  [0, 0],
  [89.9, 10],
  [50.45, 30.52],
];
const DAY_MS = 86_400_000;

/** @returns {{(): number, below: (limit: number) => number, of: (list: any[]) => any}} mulberry32 */
export function random(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  next.below = (limit) => Math.floor(next() * limit);
  next.of = (list) => list[next.below(list.length)];
  return next;
}

/** Incidents in the order of the file; `days` is the length of the span. */
export function incidents(count, seed = 1, days = 4000) {
  const draw = random(seed);
  return Array.from({ length: count }, (_, index) => incident(draw, index + 1, days)).sort(inFile);
}

export function inFile(one, other) {
  const start = (row) => row.start ?? Number.POSITIVE_INFINITY;
  if (start(one) !== start(other)) return start(one) - start(other);
  return (one.end ?? 0) - (other.end ?? 0) || one.id - other.id;
}

export function incident(draw, id, days = 4000) {
  const precision = draw.of(PRECISIONS);
  const placed = !["country", "unknown"].includes(precision) && draw() < 0.95;
  const spot = draw() < 0.7 ? draw.of(SPOTS) : [draw() * 160 - 80, draw() * 360 - 180];
  const [latitude, longitude] = spot.map(Math.fround);
  const time_precision = draw.of(TIMES);
  const start = time_precision === "unknown" ? null : 12_000 + draw.below(days);
  const length = { day: 1, week: 7, month: 30, longer: 400 }[time_precision];
  const parts = Array.from({ length: draw.below(4) }, () => [draw.of(ACTORS), draw.of(ROLES)]);
  return {
    id,
    code: `C${String(id).padStart(7, "0")}`,
    latitude: placed ? latitude : null,
    longitude: placed ? longitude : null,
    radius_m: placed ? draw.of([300, 5000, 90_000]) : null,
    start,
    end: start === null ? null : start + draw.below(length),
    time_precision,
    place_precision: precision,
    kind: draw.of(KINDS),
    credibility: 1 + draw.below(6),
    place: draw.of(["Baghdad", "حلب", "", "Suva"]),
    killed: draw() < 0.3 ? null : draw.below(20),
    wounded: draw() < 0.5 ? null : draw.below(20),
    added: draw() < 0.1 ? null : 16_000 + draw.below(1000),
    actors: parts.map(([name]) => name),
    roles: parts.map(([, role]) => role),
    sources: [...new Set(Array.from({ length: draw.below(3) }, () => draw.of(SOURCES)[2]))],
  };
}

/** @returns {ArrayBuffer} the file, with the metadata the server writes */
export function arrowFile(rows, { removed = [], skip = "" } = {}) {
  const of = (name) => rows.map((row) => row[name]);
  const date = (name) => rows.map((row) => (row[name] === null ? null : new Date(row[name] * DAY_MS)));
  const names = (index) => fl.dictionary(fl.utf8(), index);
  const types = {
    id: fl.uint32(),
    code: fl.utf8(),
    latitude: fl.float32(),
    longitude: fl.float32(),
    radius_m: fl.uint32(),
    start: fl.dateDay(),
    end: fl.dateDay(),
    time_precision: names(fl.uint8()),
    place_precision: names(fl.uint8()),
    kind: names(fl.uint8()),
    credibility: fl.uint8(),
    place: names(fl.int32()),
    killed: fl.uint32(),
    wounded: fl.uint32(),
    added: fl.dateDay(),
    actors: fl.list(names(fl.int32())),
    roles: fl.list(names(fl.uint8())),
    sources: fl.list(names(fl.int32())),
  };
  delete types[skip];
  const columns = Object.entries(types).map(([name, type]) => [
    name,
    fl.columnFromArray(type.typeId === fl.Type.Date ? date(name) : of(name), type),
  ]);
  const table = fl.tableFromColumns(columns);
  const dictionary = (name) => [...(table.getChild(name)?.data[0]?.children[0].dictionary ?? [])];
  const atlas = {
    version: "v1",
    built: "2026-01-01T00:00:00Z",
    newest: "2026-01-01",
    count: rows.length,
    actors: dictionary("actors").map((name) => ACTORS.indexOf(name) + 1),
    sources: dictionary("sources").map((name) => SOURCES.find(([, , known]) => known === name).slice(0, 2)),
    removed,
  };
  table.schema.metadata = new Map([["atlas", JSON.stringify(atlas)]]);
  const bytes = fl.tableToIPC(table, { format: "file" });
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

export function columnsOf(rows, more) {
  return readArrow(arrowFile(rows, more));
}
