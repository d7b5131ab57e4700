/** The list's order, as views/explorer.py: SORTS has it; the page that is asked is walked to, nothing is sorted twice. */
import { NO_START } from "./columns.js";

const RADIX_BITS = 11;
const RADIX_MASK = (1 << RADIX_BITS) - 1;

export class Order {
  /** @param {import("./columns.js").Columns} columns @param {Uint16Array} failed (filters.js) */
  constructor(columns, failed) {
    Object.assign(this, { columns, failed, sorted: { sort: "", rows: new Uint32Array(0) } });
  }

  /**
   * @param {{sort: string, page: number, size: number}} asked @param {number} count of rows found
   * @returns {import("./messages.js").Page}
   */
  page({ sort, page, size }, count) {
    const pages = Math.max(1, Math.ceil(count / size));
    const shown = Math.max(1, Math.min(pages, Math.floor(page) || 1));
    const [skip, length] = [(shown - 1) * size, Math.min(size, count - (shown - 1) * size)];
    const column = { killed: "killed", added: "added" }[sort];
    const rows = column ? this.byValue(column, skip, length) : this.byDay(sort === "oldest", skip, length);
    return {
      page: shown,
      pages,
      ids: Uint32Array.from(rows, (row) => this.columns.id[row]),
      codes: rows.map((row) => this.columns.code.at(row)),
    };
  }

  /** Rows lie by day; those of one day are put in order by id when they are shown. */
  byDay(ascending, skip, length) {
    const { failed, columns } = this;
    const { id, start } = columns;
    const rows = [];
    let passed = 0;
    const take = (from, to) => {
      let run = [];
      let found = 0;
      for (let row = from; row < to; row++) found += failed[row] === 0 ? 1 : 0;
      if (passed + found > skip && found) {
        for (let row = from; row < to; row++) if (failed[row] === 0) run.push(row);
        run.sort((one, other) => (ascending ? id[one] - id[other] : id[other] - id[one]));
        run = run.slice(Math.max(0, skip - passed), skip - passed + length);
        rows.push(...run.slice(0, length - rows.length));
      }
      passed += found;
    };
    const dated = firstUndated(start);
    if (ascending) {
      for (let from = 0, to = 0; from < dated && rows.length < length; from = to) {
        while (to < dated && start[to] === start[from]) to++;
        take(from, to);
      }
    } else {
      for (let to = dated, from = dated; to > 0 && rows.length < length; to = from) {
        while (from > 0 && start[from - 1] === start[to - 1]) from--;
        take(from, to);
      }
    }
    if (rows.length < length) take(dated, start.length);
    return rows;
  }

  byValue(column, skip, length) {
    if (this.sorted.sort !== column) this.sorted = { sort: column, rows: descending(this.columns, column) };
    const rows = [];
    let passed = 0;
    for (const row of this.sorted.rows) {
      if (rows.length >= length) break;
      if (this.failed[row] !== 0) continue;
      if (passed++ >= skip) rows.push(row);
    }
    return rows;
  }
}

/** @param {Int32Array} start sorted @returns {number} the first row without a day */
export function firstUndated(start) {
  let [low, high] = [0, start.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start[middle] === NO_START) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** All rows by value, the largest first and null last, then by id, the largest first. */
function descending(columns, column) {
  const values = columns[column];
  const byId = radix(Uint32Array.from(columns.id.keys()), columns.id.slice());
  // Neither people nor days of publication are negative: null, which is, becomes 0.
  return radix(
    byId,
    byId.map((row) => Math.max(-1, values[row]) + 1),
  ).reverse();
}

/**
 * Rows by key, in the order given where keys are equal. Keys move with their rows: to look each up in every pass would
 * miss the cache nearly every time.
 */
function radix(rows, keys) {
  let [from, fromKeys] = [rows, keys];
  let [to, toKeys] = [new Uint32Array(rows.length), new Uint32Array(rows.length)];
  for (let shift = 0; shift < 32; shift += RADIX_BITS) {
    const next = new Uint32Array(1 << RADIX_BITS);
    for (let at = 0; at < fromKeys.length; at++) next[(fromKeys[at] >>> shift) & RADIX_MASK]++;
    if (next.includes(rows.length)) continue;
    let sum = 0;
    for (let digit = 0; digit < next.length; digit++) {
      const count = next[digit];
      next[digit] = sum;
      sum += count;
    }
    for (let at = 0; at < from.length; at++) {
      const into = next[(fromKeys[at] >>> shift) & RADIX_MASK]++;
      to[into] = from[at];
      toKeys[into] = fromKeys[at];
    }
    [from, to, fromKeys, toKeys] = [to, from, toKeys, fromKeys];
  }
  return from;
}
