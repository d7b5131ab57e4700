/** The list's order, as views/explorer.py: SORTS has it; the page that is asked is walked to, nothing is sorted twice. */
import { NO_START } from "./columns.js";

const RADIX_BITS = 11;

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
  const byId = radix(Uint32Array.from(columns.id.keys()), (row) => columns.id[row]);
  // Signed values in unsigned order: null is below every other.
  return radix(byId, (row) => (values[row] ^ 0x80000000) >>> 0).reverse();
}

/** Rows by key, in the order given where keys are equal. */
function radix(rows, key) {
  let [from, to] = [rows, new Uint32Array(rows.length)];
  for (let shift = 0; shift < 32; shift += RADIX_BITS) {
    const digit = (row) => (key(row) >>> shift) & ((1 << RADIX_BITS) - 1);
    const ends = new Uint32Array(1 << RADIX_BITS);
    for (const row of from) ends[digit(row)]++;
    let sum = 0;
    for (let value = 0; value < ends.length; value++) {
      const count = ends[value];
      ends[value] = sum;
      sum += count;
    }
    for (const row of from) to[ends[digit(row)]++] = row;
    [from, to] = [to, from];
  }
  return from;
}
