/**
 * Counts that follow the filters. Each counter counts the rows that fail nothing, or nothing but its own filter (`bit`,
 * 0 for none). When one filter turns some rows, the counters add and take away these rows alone, unless counting
 * everything found is less work.
 *
 * @typedef {object} Counter
 * @property {number} bit
 * @property {() => void} clear
 * @property {(rows: Uint32Array, length: number, sign: 1|-1) => void} add
 */

/** Counts rows by a code of theirs. @implements {Counter} */
export class Codes {
  constructor(codes, size, bit) {
    Object.assign(this, { codes, bit, counts: new Int32Array(size) });
  }

  clear() {
    this.counts.fill(0);
  }

  add(rows, length, sign) {
    const { codes, counts } = this;
    for (let index = 0; index < length; index++) counts[codes[rows[index]]] += sign;
  }
}

/** Counts rows by each entry of a list of theirs, once if it is there twice. @implements {Counter} */
export class Entries {
  /** @param {import("./columns.js").Lists} lists @param {number} bit */
  constructor({ offsets, codes, names }, bit) {
    Object.assign(this, { offsets, codes, bit, counts: new Int32Array(names.length) });
    this.restrict(null, null);
  }

  /** Counts only entries whose `parts` (parallel to the codes) are among those allowed; null for all. */
  restrict(parts, allowed) {
    Object.assign(this, { parts, allowed });
  }

  clear() {
    this.counts.fill(0);
  }

  add(rows, length, sign) {
    const { offsets, codes, counts, parts, allowed } = this;
    const counted = (at) => allowed === null || allowed[parts[at]] === 1;
    for (let index = 0; index < length; index++) {
      const from = offsets[rows[index]];
      const to = offsets[rows[index] + 1];
      for (let at = from; at < to; at++) {
        if (!counted(at)) continue;
        let before = from;
        while (before < at && (codes[before] !== codes[at] || !counted(before))) before++;
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
    this.totals = new Int32Array(sites.count);
    this.byFamily = new Int32Array(sites.count * familyCount);
    /** All rows found at the site, by exclusive or: of one row it is that row. */
    this.rows = new Int32Array(sites.count);
  }

  clear() {
    this.totals.fill(0);
    this.byFamily.fill(0);
    this.rows.fill(0);
  }

  add(list, length, sign) {
    const { of, kinds, families, familyCount, totals, byFamily, rows } = this;
    for (let index = 0; index < length; index++) {
      const row = list[index];
      const site = of[row];
      totals[site] += sign;
      byFamily[site * familyCount + families[kinds[row]]] += sign;
      rows[site] ^= row;
    }
  }
}

export class Tally {
  /** @param {Uint16Array} failed (filters.js) @param {Counter[]} counters */
  constructor(failed, counters) {
    Object.assign(this, { failed, counters, count: 0 });
    this.selected = new Uint32Array(failed.length);
  }

  /**
   * @param {{bit: number, turned: number}[]} changes filters that have changed
   * @param {Uint32Array} turned the rows that the last of them turned
   * @param {number} active all bits that some row may fail
   */
  follow(changes, turned, active) {
    if (!changes.length) return;
    const [{ bit, turned: length }] = changes;
    if (changes.length > 1 || length > this.failed.length / 2) this.recount(active);
    else this.move(bit, turned.subarray(0, length), active);
  }

  /** Counts everything anew. */
  recount(active) {
    for (const counter of this.counters) counter.clear();
    this.count = this.pick(0);
    for (const counter of this.counters) counter.add(this.selected, this.count, 1);
    for (const [bit, counters] of this.ownBits()) this.recountOwn(bit & active, counters);
  }

  /** One counter anew, as when its bins have changed. */
  recountOne(counter) {
    counter.clear();
    counter.add(this.selected, this.pick(0), 1);
    if (counter.bit) counter.add(this.selected, this.pick(counter.bit), 1);
  }

  recountOwn(bit, counters) {
    if (!bit) return;
    const length = this.pick(bit);
    for (const counter of counters) counter.add(this.selected, length, 1);
  }

  move(bit, turned, active) {
    for (const sign of /** @type {(1|-1)[]} */ ([1, -1])) {
      const now = sign === 1 ? 0 : bit;
      const length = this.pickAmong(turned, now);
      this.count += sign * length;
      for (const counter of this.counters) if (counter.bit !== bit) counter.add(this.selected, length, sign);
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

  pickAmong(rows, pattern) {
    const { failed, selected } = this;
    let length = 0;
    for (let index = 0; index < rows.length; index++) {
      if (failed[rows[index]] === pattern) selected[length++] = rows[index];
    }
    return length;
  }
}
