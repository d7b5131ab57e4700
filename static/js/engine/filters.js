/**
 * Which rows pass which filter. A row has one bit for each filter that it fails, so it is found when no bit is set, and
 * a facet that respects the other filters counts the rows that fail nothing but its own. Only filters that have changed
 * are evaluated anew.
 */
import { inBox, inCircle, inOutline } from "./geometry.js";
import { UNPLACED } from "./reading.js";

export const KIND = 1;
export const PEOPLE = 2;
export const SOURCE = 4;
export const TIME = 8;
export const PRECISION = 16;
export const TEXT = 32;
const TIME_PRECISION = 64;
const BOX = 128;
const NEAR = 256;
const OUTLINE = 512;
const KILLED = 1024;
const CREDIBILITY = 2048;
const ADDED = 4096;

/**
 * For each filter its bit, the keys of the question that it reads, and how it fills `passes` with 1 for the rows that
 * pass. It is called only when one of its keys is asked.
 */
const FILTERS = [
  [KIND, ["kind"], ({ kind }, { columns }, passes) => byCode(columns.kind, kind, passes)],
  [PEOPLE, ["actor", "role"], byPeople],
  [SOURCE, ["source"], bySource],
  [TIME, ["from", "to"], byTime],
  [
    TIME_PRECISION,
    ["time_precision"],
    (asked, { columns }, passes) => byCode(columns.time_precision, asked.time_precision, passes),
  ],
  [PRECISION, ["precision"], byPrecision],
  [BOX, ["bbox"], ({ bbox }, set, passes) => bySite(inBox(bbox), set, passes)],
  [NEAR, ["near"], ({ near }, set, passes) => bySite(inCircle(near), set, passes)],
  [OUTLINE, ["area"], ({ area }, set, passes) => bySite(inOutline(area), set, passes)],
  [KILLED, ["killed_min"], ({ killed_min }, { columns }, passes) => atLeast(columns.killed, killed_min, passes)],
  [CREDIBILITY, ["credibility"], byCredibility],
  [ADDED, ["added_since"], ({ added_since }, { columns }, passes) => atLeast(columns.added, added_since, passes)],
  [TEXT, ["text"], (_asked, { matching }, passes) => passes.set(matching)],
];

export class Filters {
  /** @param {import("./columns.js").Columns} columns @param {import("./sites.js").Sites} sites */
  constructor(columns, sites) {
    this.set = { columns, sites, matching: null };
    this.failed = new Uint16Array(columns.count);
    /** Rows whose bit was turned by the last filter that changed; one more, as each row is written before it counts. */
    this.turned = new Uint32Array(columns.count + 1);
    this.passes = new Uint8Array(columns.count);
    this.asked = new Map();
  }

  /**
   * @param {import("./reading.js").Question} question
   * @param {Uint8Array|null} matching 1 for the rows that match the question's text
   * @returns {{bit: number, turned: number}[]} the filters that have changed, with how many rows they turned. After the
   *   last of several, `turned` holds the rows of that one only.
   */
  apply(question, matching) {
    this.set.matching = matching;
    const changes = [];
    for (const [bit, keys, evaluate] of FILTERS) {
      const asked = keys.map((key) => question[key]);
      const spelling = JSON.stringify(asked);
      const active = asked.some((value) => value !== null && value !== "");
      if (spelling === this.asked.get(bit) || (!active && !this.asked.has(bit))) continue;
      if (active) evaluate(question, this.set, this.passes);
      else this.passes.fill(1);
      if (active) this.asked.set(bit, spelling);
      else this.asked.delete(bit);
      changes.push({ bit, turned: this.turn(bit) });
    }
    return changes;
  }

  /** Without a branch: processors guess wrong at every third row, and a million rows take 17 ms instead of 4. */
  turn(bit) {
    const { failed, turned, passes } = this;
    const shift = 31 - Math.clz32(bit);
    let count = 0;
    for (let row = 0; row < failed.length; row++) {
      const change = (failed[row] ^ (passes[row] - 1)) & bit;
      failed[row] ^= change;
      turned[count] = row;
      count += change >> shift;
    }
    return count;
  }
}

function byCode({ codes, names }, values, passes) {
  const allowed = flags(names.length, (code) => values.includes(names.at(code)));
  for (let row = 0; row < codes.length; row++) passes[row] = allowed[codes[row]];
}

function byPrecision({ precision }, { columns }, passes) {
  byCode(columns.place_precision, precision, passes);
  if (!precision.includes(UNPLACED)) return;
  const { latitude } = columns;
  for (let row = 0; row < latitude.length; row++) if (Number.isNaN(latitude[row])) passes[row] = 1;
}

function byCredibility({ credibility }, { columns }, passes) {
  const allowed = flags(256, (value) => credibility.includes(String(value)));
  for (let row = 0; row < columns.count; row++) passes[row] = allowed[columns.credibility[row]];
}

/** Some day of the range may lie in the range asked; a row without a day fails both comparisons. */
function byTime(question, { columns: { start, end } }, passes) {
  const from = question.from ?? -0x7fffffff;
  const to = question.to ?? 0x7ffffffe;
  for (let row = 0; row < start.length; row++) passes[row] = (end[row] >= from) & (start[row] <= to);
}

/** Null is less than any limit. */
function atLeast(values, limit, passes) {
  for (let row = 0; row < values.length; row++) passes[row] = values[row] >= limit ? 1 : 0;
}

/** An actor and a role are those of one and the same part in the incident. */
function byPeople({ actor, role }, { columns }, passes) {
  const { offsets, codes, names } = columns.actors;
  const roles = columns.roles;
  const wanted = actor ? chosenEntries(actor, names, columns.atlas.actors) : flags(names.length, () => true);
  const parts = flags(roles.names.length, (code) => !role || role.includes(roles.names.at(code)));
  for (let row = 0; row < columns.count; row++) {
    passes[row] = 0;
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      if (wanted[codes[at]] && parts[roles.codes[at]]) passes[row] = 1;
    }
  }
}

function bySource({ source }, { columns }, passes) {
  const { offsets, codes, names } = columns.sources;
  const [pks, domains] = [columns.atlas.sources.map(([pk]) => pk), columns.atlas.sources.map(([, domain]) => domain)];
  const wanted = chosenEntries(source, names, pks, domains);
  for (let row = 0; row < columns.count; row++) {
    passes[row] = 0;
    for (let at = offsets[row]; at < offsets[row + 1]; at++) if (wanted[codes[at]]) passes[row] = 1;
  }
}

/**
 * Entries of a dictionary by number, by name or by domain, whatever the case.
 * @returns {Uint8Array} 1 for each that is meant
 */
export function chosenEntries(values, names, pks, domains = []) {
  const numbers = new Set(values.filter((value) => /^\d{1,18}$/.test(value)).map((value) => String(BigInt(value))));
  const words = new Set(values.map((value) => value.toLowerCase()));
  return flags(
    names.length,
    (code) =>
      numbers.has(String(pks[code])) ||
      words.has(names.at(code).toLowerCase()) ||
      (domains[code] !== undefined && words.has(domains[code].toLowerCase())),
  );
}

/** Once for each site instead of each incident. */
function bySite(isInside, { columns, sites }, passes) {
  const { latitude, longitude } = columns;
  const inside = flags(sites.count, (site) => isInside(latitude[sites.row[site]], longitude[sites.row[site]]));
  for (let row = 0; row < passes.length; row++) passes[row] = inside[sites.of[row]];
}

function flags(length, test) {
  const array = new Uint8Array(length);
  for (let index = 0; index < length; index++) array[index] = test(index) ? 1 : 0;
  return array;
}
