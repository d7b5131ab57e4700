/**
 * Counts that follow the filters. Each counter counts the rows that fail nothing, or nothing but its own filter (`bit`,
 * 0 for none). Of three ways the one that touches the fewest rows is taken: add and take away the rows that one filter
 * turned; count the rows found; take the rows not found away from the counts of all.
 *
 * @typedef {object} Counter
 * @property {number} bit
 * @property {boolean} [alone] whether it counts only the rows that fail its own filter, not those found
 * @property {() => void} clear
 * @property {() => void} [save] keeps the counts of all rows
 * @property {() => boolean} [restore] sets the counts of all rows; false where they are not known
 * @property {(rows: Uint32Array, length: number, sign: 1|-1) => void} add
 */

/** What the counters of single numbers have in common. */
class Counts {
  constructor(size, bit) {
    Object.assign(this, { bit, counts: new Int32Array(size), whole: null });
  }

  clear() {
    this.counts.fill(0);
  }

  save() {
    this.whole = this.counts.slice();
  }

  restore() {
    if (this.whole) this.counts.set(this.whole);
    return this.whole !== null;
  }
}

/** Counts rows by a code of theirs. @implements {Counter} */
export class Codes extends Counts {
  constructor(codes, size, bit) {
    super(size, bit);
    this.codes = codes;
  }

  add(rows, length, sign) {
    const { codes, counts } = this;
    for (let index = 0; index < length; index++) counts[codes[rows[index]]] += sign;
  }
}

/** Counts rows by each entry of a list of theirs. @implements {Counter} */
export class Entries extends Counts {
  /** @param {import("./columns.js").Lists} lists each entry at most once a row @param {number} bit */
  constructor({ offsets, codes, names }, bit) {
    super(names.length, bit);
    Object.assign(this, { offsets, codes });
  }

  add(rows, length, sign) {
    const { offsets, codes, counts } = this;
    for (let index = 0; index < length; index++) {
      const to = offsets[rows[index] + 1];
      for (let at = offsets[rows[index]]; at < to; at++) counts[codes[at]] += sign;
    }
  }
}

/** Counts rows by actor, once where one has several parts, and only in the roles asked for. @implements {Counter} */
export class Actors extends Entries {
  /** @param {import("./columns.js").Lists} lists @param {import("./columns.js").Lists} roles parallel @param {number} bit */
  constructor(lists, roles, bit) {
    super(lists, bit);
    Object.assign(this, { roles: roles.codes, allowed: new Uint8Array(roles.names.length).fill(1) });
  }

  restore() {
    return this.allowed.every((flag) => flag === 1) && super.restore();
  }

  add(rows, length, sign) {
    const { offsets, codes, counts, roles, allowed } = this;
    for (let index = 0; index < length; index++) {
      const from = offsets[rows[index]];
      const to = offsets[rows[index] + 1];
      for (let at = from; at < to; at++) {
        if (allowed[roles[at]] === 0) continue;
        let before = from;
        while (before < at && (codes[before] !== codes[at] || allowed[roles[before]] === 0)) before++;
        if (before === at) counts[codes[at]] += sign;
      }
    }
  }
}

/** Counts rows by site and family, and knows which row a site's only one is. @implements {Counter} */
export class SiteCounts {
  /** @param {import("./columns.js").Columns} columns @param {import("./sites.js").Sites} sites */
  constructor(columns, sites, families, familyCount) {
    Object.assign(this, { of: sites.of, kinds: columns.kind.codes, families, familyCount, bit: 0 });
    /**
     * For each site its rows by family and then all of them by exclusive or: of one row it is that row. All that a row
     * touches lies together, as nearly every access is a miss of the cache.
     */
    this.stride = familyCount + 1;
    this.cells = new Int32Array(sites.count * this.stride);
    this.totals = new Int32Array(sites.count);
    this.whole = null;
    this.summed = false;
  }

  clear() {
    this.cells.fill(0);
    this.summed = false;
  }

  save() {
    this.whole = this.cells.slice();
  }

  restore() {
    if (this.whole) this.cells.set(this.whole);
    this.summed = false;
    return this.whole !== null;
  }

  add(list, length, sign) {
    const { of, kinds, families, familyCount, stride, cells } = this;
    // Before the loop: what V8 has compiled of it while it ran knows nothing of what comes after, and gives up there.
    this.summed = false;
    for (let index = 0; index < length; index++) {
      const row = list[index];
      const at = of[row] * stride;
      cells[at + families[kinds[row]]] += sign;
      cells[at + familyCount] ^= row;
    }
  }

  /** @returns {Int32Array} rows found at each site */
  total() {
    if (this.summed) return this.totals;
    const { cells, totals, familyCount, stride } = this;
    this.summed = true;
    for (let site = 0, at = 0; site < totals.length; site++, at += stride) {
      let sum = 0;
      for (let family = 0; family < familyCount; family++) sum += cells[at + family];
      totals[site] = sum;
    }
    return totals;
  }

  /** @returns {number} the only row found at the site; of several their exclusive or */
  row(site) {
    return this.cells[site * this.stride + this.familyCount];
  }
}

export class Tally {
  /** @param {Uint16Array} failed (filters.js) @param {Counter[]} counters */
  constructor(failed, counters) {
    Object.assign(this, { failed, counters, count: 0 });
    // One more: the loops below write each row before they know whether it counts, which is faster than a branch.
    this.selected = new Uint32Array(failed.length + 1);
  }

  /**
   * @param {{bit: number, turned: number}[]} changes filters that have changed
   * @param {Uint32Array} turned the rows that the last of them turned
   * @param {number} active all bits that some row may fail
   */
  follow(changes, turned, active) {
    if (!changes.length) return;
    const [{ bit, turned: length }] = changes;
    if (changes.length > 1) this.recount(active);
    else {
      const rows = turned.subarray(0, length);
      if (length > this.costOfRecount(bit, rows)) this.recount(active, bit);
      else this.move(bit, rows, active);
    }
  }

  /** In rows that all counters would have to add. */
  costOfRecount(bit, turned) {
    const found = this.count + this.pickAmong(turned, 0) - this.pickAmong(turned, bit);
    const others = this.failed.length - found;
    const alone = this.counters.filter((counter) => counter.alone && counter.bit === bit).length;
    return Math.min(found, others) + (others * alone) / this.counters.length;
  }

  /** Of all rows, before any filter. */
  start() {
    this.recount(0);
    for (const counter of this.counters) counter.save?.();
  }

  /**
   * Counts everything anew.
   * @param {number} active
   * @param {number} [changed] the only filter that has: what respects all others stays as it is
   */
  recount(active, changed = 0) {
    this.count = this.pick(0);
    const most = this.count > this.failed.length / 2;
    const touched = this.counters.filter((counter) => !changed || counter.alone || counter.bit !== changed);
    const restored = new Set(touched.filter((counter) => most && counter.restore?.()));
    for (const counter of touched) {
      if (restored.has(counter)) continue;
      counter.clear();
      if (!counter.alone) counter.add(this.selected, this.count, 1);
    }
    if (restored.size) {
      const others = this.pickOthers();
      for (const counter of restored) counter.add(this.selected, others, -1);
    }
    for (const [bit, counters] of this.ownBits()) {
      this.recountOwn(
        bit & active,
        counters.filter((counter) => touched.includes(counter)),
      );
    }
  }

  /** One counter anew, as when its bins have changed. */
  recountOne(counter) {
    counter.clear();
    if (!counter.alone) counter.add(this.selected, this.pick(0), 1);
    if (counter.bit) counter.add(this.selected, this.pick(counter.bit), 1);
  }

  recountOwn(bit, counters) {
    if (!bit || !counters.length) return;
    const length = this.pick(bit);
    for (const counter of counters) counter.add(this.selected, length, 1);
  }

  move(bit, turned, active) {
    for (const sign of /** @type {(1|-1)[]} */ ([1, -1])) {
      const now = sign === 1 ? 0 : bit;
      const length = this.pickAmong(turned, now);
      // Never -1 * 0: -0 makes a float of the count, and V8 throws away all that it has compiled for whole numbers.
      if (sign === 1) this.count += length;
      else this.count -= length;
      for (const counter of this.counters) {
        if (counter.bit !== bit && !counter.alone) counter.add(this.selected, length, sign);
        // The rows that are found now failed this filter alone before, and the other way round.
        if (counter.bit === bit && counter.alone) counter.add(this.selected, length, /** @type {1|-1} */ (-sign));
      }
      for (const [own, counters] of this.ownBits()) {
        if (own === bit || !(own & active)) continue;
        const alone = this.pickAmong(turned, now | own);
        for (const counter of counters) counter.add(this.selected, alone, sign);
      }
    }
  }

  ownBits() {
    const counters = this.counters.filter(({ bit }) => bit);
    return new Map(counters.map(({ bit }) => [bit, counters.filter((counter) => counter.bit === bit)]));
  }

  /** Selects the rows that fail exactly this. */
  pick(pattern) {
    const { failed, selected } = this;
    let length = 0;
    for (let row = 0; row < failed.length; row++) {
      selected[length] = row;
      length += failed[row] === pattern ? 1 : 0;
    }
    return length;
  }

  /** Selects the rows that fail something. */
  pickOthers() {
    const { failed, selected } = this;
    let length = 0;
    for (let row = 0; row < failed.length; row++) {
      selected[length] = row;
      length += failed[row] !== 0 ? 1 : 0;
    }
    return length;
  }

  pickAmong(rows, pattern) {
    const { failed, selected } = this;
    let length = 0;
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index];
      selected[length] = row;
      length += failed[row] === pattern ? 1 : 0;
    }
    return length;
  }
}
