/** The published set in columns, and the answers to what the page asks of it. One engine for one set. */
import { binsOf, LAST_DAY } from "./calendar.js";
import { Clusters } from "./clusters.js";
import { NO_END, NO_START } from "./columns.js";
import { choices, named } from "./facets.js";
import { Matches } from "./fetching.js";
import { Filters, KIND, PEOPLE, PRECISION, SOURCE, TIME } from "./filters.js";
import { Bars } from "./histogram.js";
import { firstUndated, Order } from "./order.js";
import { readSearch } from "./reading.js";
import { sitesOf } from "./sites.js";
import { Actors, Codes, Entries, SiteCounts, Tally } from "./tally.js";
import { Trouble } from "./trouble.js";

/** The scale of credibility, and 0. */
const CREDIBILITIES = 7;
/** Rows of which the last day is known together, so that the last of all is found without reading them. */
const BLOCK = 1024;

export class Engine {
  /**
   * @param {import("./columns.js").Columns} columns
   * @param {{families: Object<string, number>, familyCount: number, matches: string|null}} config (messages.js: Open)
   */
  constructor(columns, { families, familyCount, matches }) {
    this.columns = columns;
    this.familyCount = familyCount;
    this.families = Uint8Array.from(columns.kind.names.all(), (kind) => families[kind] ?? familyCount - 1);
    this.known = {
      kinds: columns.kind.names.all(),
      timePrecisions: columns.time_precision.names.all(),
      precisions: columns.place_precision.names.all(),
    };
    this.sites = sitesOf(columns);
    this.unplacedSites = [...this.sites.x.keys()].filter((site) => Number.isNaN(this.sites.x[site]));
    this.filters = new Filters(columns, this.sites);
    this.matches = new Matches(matches, columns);
    this.order = new Order(columns, this.filters.failed);
    this.undatedFrom = firstUndated(columns.start);
    this.lastOfBlock = lastDays(columns.end, this.undatedFrom);
    this.question = this.read("");
    // Every field from the beginning on: V8 compiles for one order of them, that of the rehearsal (rehearsal.js).
    this.active = 0;
    this.span = /** @type {[number, number]|null} */ (null);
    this.bins = /** @type {ReturnType<typeof binsOf>|null} */ (null);
    this.rowOf = new Map();
    this.makeCounters();
  }

  makeCounters() {
    const { columns, families, familyCount } = this;
    const together = new Uint8Array(families.length);
    this.counters = {
      kinds: new Codes(columns.kind.codes, columns.kind.names.length, KIND),
      precisions: new Codes(columns.place_precision.codes, columns.place_precision.names.length, PRECISION),
      credibility: new Codes(columns.credibility, CREDIBILITIES, 0),
      actors: new Actors(columns.actors, columns.roles, PEOPLE),
      sources: new Entries(columns.sources, SOURCE),
      sites: new SiteCounts(columns, this.sites, families, familyCount),
      found: new Bars(columns, families, familyCount, 0),
      outside: new Bars(columns, together, 1, TIME),
    };
    this.tally = new Tally(this.filters.failed, Object.values(this.counters));
    this.tally.start();
    this.clusters = new Clusters(columns, this.sites, this.counters.sites);
  }

  /** @returns {import("./messages.js").Opened} */
  opened(stale) {
    const { atlas, count } = this.columns;
    const newest = this.lastDay(() => true);
    return { count, newest, built: atlas.built, version: atlas.version, stale };
  }

  read(search) {
    return readSearch(search, this.known);
  }

  /**
   * @param {import("./messages.js").Ask} asked
   * @returns {Promise<import("./messages.js").Answer>} @throws {Trouble}
   */
  async ask(asked) {
    const question = this.read(asked.search);
    this.filter(question, await this.matches.of(question.text));
    return this.answer(asked);
  }

  /** From here on the engine's counts are those of the question. */
  filter(question, matching) {
    const { filters, counters, columns } = this;
    const roles = String(question.role) !== String(this.question.role);
    this.question = question;
    const changes = filters.apply(question, matching);
    this.active = [...filters.asked.keys()].reduce((bits, bit) => bits | bit, 0);
    if (roles) {
      const isCounted = (name) => !question.role || question.role.includes(name);
      counters.actors.allowed = Uint8Array.from(columns.roles.names.all(), (name) => (isCounted(name) ? 1 : 0));
      this.tally.recount(this.active);
    } else this.tally.follow(changes, filters.turned, this.active);
  }

  answer({ view, histogram, list, facets, aim }) {
    const { failed } = this.filters;
    const isFound = (row) => failed[row] === 0;
    return {
      count: this.tally.count,
      total: this.columns.count,
      unplaced: this.unplaced(),
      undated: this.undated(),
      first: this.firstDay(isFound),
      last: this.lastDay(isFound),
      histogram: histogram ? this.histogram(histogram.domain) : null,
      facets: facets ? this.facets() : null,
      items: view ? this.items(view) : null,
      list: list ? this.order.page(list, this.tally.count) : null,
      bounds: aim ? this.bounds() : null,
    };
  }

  unplaced() {
    const totals = this.counters.sites.total();
    return this.unplacedSites.reduce((sum, site) => sum + totals[site], 0);
  }

  undated() {
    const { failed } = this.filters;
    let sum = 0;
    for (let row = this.undatedFrom; row < failed.length; row++) sum += failed[row] === 0 ? 1 : 0;
    return sum;
  }

  firstDay(isMeant) {
    for (let row = 0; row < this.undatedFrom; row++) if (isMeant(row)) return this.columns.start[row];
    return null;
  }

  lastDay(isMeant) {
    const { end } = this.columns;
    let last = NO_END;
    for (let block = this.lastOfBlock.length - 1; block >= 0; block--) {
      if (this.lastOfBlock[block] <= last) continue;
      const to = Math.min(this.undatedFrom, (block + 1) * BLOCK);
      for (let row = block * BLOCK; row < to; row++) if (end[row] > last && isMeant(row)) last = end[row];
    }
    return last === NO_END ? null : last;
  }

  histogram(domain) {
    const { failed } = this.filters;
    const { end } = this.columns;
    const { found, outside } = this.counters;
    const isGhost = (row) => (failed[row] & ~TIME) === 0 && end[row] <= LAST_DAY;
    const [first, last] = [this.firstDay(isGhost), this.lastDay(isGhost)];
    if (first === null || last === null) return null;
    const span = /** @type {[number, number]} */ (domain ?? [first, last]);
    if (String(span) !== String(this.span)) this.setSpan(span);
    const guessed = found.guessed();
    const outsideGuessed = outside.guessed();
    const heights = outside.certain.map((certain, bin) => certain + outsideGuessed[bin]);
    for (let at = 0; at < guessed.length; at++) {
      heights[Math.floor(at / this.familyCount)] += found.certain[at] + guessed[at];
    }
    return {
      ...this.bins,
      starts: this.bins.starts.slice(),
      ends: this.bins.ends.slice(),
      ghost: heights,
      certain: found.certain.slice(),
      guessed,
      peak: heights.reduce((most, height) => Math.max(most, height), 0) || 1,
      domain: span,
    };
  }

  /** Other days often make the same bins. */
  setSpan(span) {
    const bins = binsOf(span[0], span[1]);
    this.span = span;
    if (this.bins?.unit === bins.unit && String(this.bins.starts) === String(bins.starts)) return;
    this.bins = bins;
    for (const bars of [this.counters.found, this.counters.outside]) {
      bars.setBins(bins);
      this.tally.recountOne(bars);
    }
  }

  facets() {
    const { columns, counters, question, families, familyCount } = this;
    const { atlas } = columns;
    const byFamily = new Array(familyCount).fill(0);
    counters.kinds.counts.forEach((count, code) => {
      byFamily[families[code]] += count;
    });
    const [pks, domains] = [atlas.sources.map(([pk]) => pk), atlas.sources.map(([, domain]) => domain)];
    return {
      kinds: named(columns.kind.names, counters.kinds.counts),
      families: byFamily,
      precisions: named(columns.place_precision.names, counters.precisions.counts),
      credibility: Object.fromEntries([...counters.credibility.counts].map((count, value) => [value, count]).slice(1)),
      actors: choices(columns.actors.names, atlas.actors, [], counters.actors.counts, question.actor),
      sources: choices(columns.sources.names, pks, domains, counters.sources.counts, question.source),
    };
  }

  /** @param {import("./messages.js").View} view */
  items(view) {
    const { failed } = this.filters;
    const codes = [...(view.marked ?? []), view.selected].filter(Boolean);
    return this.clusters.arrange(
      view,
      [...this.rowsOf(codes).values()].filter((row) => failed[row] === 0),
    );
  }

  bounds() {
    const { sites, columns, counters } = this;
    const totals = counters.sites.total();
    const rows = [];
    for (let site = 0; site < sites.count; site++) if (totals[site]) rows.push(sites.row[site]);
    return boundsOf(rows, columns);
  }

  /** @param {import("./messages.js").MembersMessage} asked @returns {import("./messages.js").Members} */
  members({ number, item, limit }) {
    const { clusters, columns } = this;
    if (number !== clusters.number || !clusters.items[item]) throw new Trouble("superseded");
    const { count } = clusters.items[item];
    const members = [];
    const { failed } = this.filters;
    for (let row = columns.count - 1; row >= 0 && members.length < Math.min(limit, count); row--) {
      if (failed[row] === 0 && clusters.itemOfRow(row) === item) members.push(this.incident(row));
    }
    return {
      total: count,
      members,
      bounds: boundsOf(clusters.rowsOf(item), columns),
    };
  }

  /** @param {string[]} codes @returns {(import("./messages.js").Incident|null)[]} */
  rows(codes) {
    const rows = this.rowsOf(codes);
    return codes.map((code) => (rows.has(code) ? this.incident(rows.get(code)) : null));
  }

  /** Codes of incidents are looked for in all rows, so those of the last views are kept. */
  rowsOf(codes) {
    const unknown = codes.filter((code) => !this.rowOf.has(code));
    if (this.rowOf.size > 1000) this.rowOf.clear();
    if (unknown.length) {
      const found = this.columns.code.find(unknown);
      for (const code of unknown) this.rowOf.set(code, found.get(code) ?? -1);
    }
    return new Map(codes.map((code) => [code, this.rowOf.get(code) ?? -1]).filter(([, row]) => row >= 0));
  }

  /** @returns {import("./messages.js").Incident} */
  incident(row) {
    const { columns, families, sites } = this;
    const known = (value, none) => (value === none || Number.isNaN(value) ? null : value);
    const name = (column) => column.names.at(column.codes[row]);
    return {
      id: columns.id[row],
      code: columns.code.at(row),
      latitude: known(columns.latitude[row]),
      longitude: known(columns.longitude[row]),
      radius: known(columns.radius_m[row], -1),
      place: name(columns.place),
      precision: name(columns.place_precision),
      isArea: sites.spread[sites.of[row]] === 1,
      kind: name(columns.kind),
      family: families[columns.kind.codes[row]],
      credibility: columns.credibility[row],
      solid: columns.credibility[row] <= 2,
      start: known(columns.start[row], NO_START),
      end: known(columns.end[row], NO_END),
      killed: known(columns.killed[row], -1),
      wounded: known(columns.wounded[row], -1),
      found: this.filters.failed[row] === 0,
    };
  }
}

/** The last day of each block of rows. */
function lastDays(end, count) {
  const blocks = new Int32Array(Math.ceil(count / BLOCK)).fill(NO_END);
  for (let row = 0; row < count; row++) {
    const block = Math.floor(row / BLOCK);
    if (end[row] > blocks[block]) blocks[block] = end[row];
  }
  return blocks;
}

/** @returns {[number, number, number, number]|null} west, south, east, north; null where no row has a point */
function boundsOf(rows, { latitude, longitude }) {
  const bounds = /** @type {[number, number, number, number]} */ ([Infinity, Infinity, -Infinity, -Infinity]);
  for (const row of rows) {
    if (Number.isNaN(latitude[row])) continue;
    bounds[0] = Math.min(bounds[0], longitude[row]);
    bounds[1] = Math.min(bounds[1], latitude[row]);
    bounds[2] = Math.max(bounds[2], longitude[row]);
    bounds[3] = Math.max(bounds[3], latitude[row]);
  }
  return bounds[0] === Infinity ? null : bounds;
}
