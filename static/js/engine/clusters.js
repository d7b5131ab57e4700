/**
 * What stands where on the map: single symbols, rings for several, areas.
 *
 * A symbol stands exactly on its point. A ring stands in the middle of the incidents it counts and is never a symbol.
 * A district, province or area is drawn as itself and counted in a ring only while it is smaller than a ring. Whole
 * cells are counted, also where the canvas cuts one: a ring's number does not change while the map is dragged.
 */
import { AREA, MARKED, SOLID, TOGETHER } from "./messages.js";

/** Rings of neighbours closer than this become one; a third more than the largest finger. */
const CELL = 64;
/** From this zoom on a town is wider than a ring: only incidents at one and the same point still share one. */
const APART_FROM_ZOOM = 9;
export const SYMBOL_RADIUS = 9;
/** Half of the 24 pixels that a target measures at least. */
const RIM = 12;
/** The Admiralty scale: up to 2 an incident is held to be true. */
const BELIEVED = 2;

export class Clusters {
  /**
   * @param {import("./columns.js").Columns} columns
   * @param {import("./sites.js").Sites} sites
   * @param {import("./tally.js").SiteCounts} counts
   */
  constructor(columns, sites, counts) {
    Object.assign(this, { columns, sites, counts, number: 0, items: [] });
    /** The group that each site was put into, -1 for none; and the item that became of each group. */
    this.groupOf = new Int32Array(sites.count);
    this.itemOf = new Int32Array(0);
  }

  /**
   * @param {import("./messages.js").View} view
   * @param {number[]} marked rows found that are marked or selected
   * @returns {import("./messages.js").Items}
   */
  arrange(view, marked) {
    const { areas, points, groups } = this.group(view);
    const rings = view.zoom >= APART_FROM_ZOOM ? points : joined(points);
    this.items = [...areas.sort((one, other) => other.radius - one.radius), ...rings.sort(byNumber)];
    this.itemOf = new Int32Array(groups);
    this.items.forEach((item, index) => {
      for (const group of item.groups) this.itemOf[group] = index;
    });
    const markedItems = new Set(marked.map((row) => this.itemOfRow(row)));
    this.number++;
    return this.packed(view, markedItems);
  }

  /** @returns {number} index of the item that counts the row; -1 when it lies outside the canvas */
  itemOfRow(row) {
    const group = this.groupOf[this.sites.of[row]];
    return group < 0 ? -1 : this.itemOf[group];
  }

  group(view) {
    const { sites, counts, groupOf } = this;
    const world = 256 * 2 ** view.zoom;
    const center = (view.centerLongitude + 180) / 360;
    const frame = frameOf(view);
    const areas = [];
    const points = [];
    let groups = 0;
    for (let site = 0; site < sites.count; site++) {
      groupOf[site] = -1;
      if (counts.totals[site] === 0 || Number.isNaN(sites.x[site])) continue;
      const x = (sites.x[site] + Math.round(center - sites.x[site])) * world;
      const y = sites.y[site] * world;
      const reach = sites.reach[site] * world;
      const isArea = sites.spread[site] === 1 && reach > CELL / 2;
      if (!frame.holds(x, y, isArea ? reach : 0)) continue;
      const spot = isArea ? -1 : frame.cellOf(x, y, site, sites);
      const item = isArea ? undefined : frame.groups.get(spot);
      if (item === undefined) {
        const made = this.itemAt(site, x, y, reach, isArea, groups++);
        if (isArea) areas.push(made);
        else frame.groups.set(spot, made);
        if (!isArea) points.push(made);
        groupOf[site] = made.groups[0];
      } else {
        this.join(item, site, x, y, reach);
        groupOf[site] = item.groups[0];
      }
    }
    return { areas, points, groups };
  }

  itemAt(site, x, y, reach, isArea, group) {
    const count = this.counts.totals[site];
    const radius = isArea ? reach : ringRadius(count);
    return {
      x,
      y,
      reach,
      isArea,
      count,
      radius,
      site,
      together: true,
      row: this.counts.rows[site],
      sites: [site],
      groups: [group],
    };
  }

  join(item, site, x, y, reach) {
    const { totals, rows } = this.counts;
    const { sites } = this;
    const count = item.count + totals[site];
    item.x += ((x - item.x) * totals[site]) / count;
    item.y += ((y - item.y) * totals[site]) / count;
    item.count = count;
    item.row ^= rows[site];
    item.sites.push(site);
    item.together &&= sites.x[site] === sites.x[item.site] && sites.y[site] === sites.y[item.site];
    item.radius = ringRadius(count);
    if (reach > item.reach) [item.reach, item.site] = [reach, site];
  }

  packed(view, marked) {
    const { items, counts, columns, sites } = this;
    const families = counts.familyCount;
    const result = {
      number: this.number,
      x: Float32Array.from(items, ({ x }) => x - view.x),
      y: Float32Array.from(items, ({ y }) => y - view.y),
      radius: Float32Array.from(items, ({ radius }) => radius),
      count: Uint32Array.from(items, ({ count }) => count),
      families: new Uint32Array(items.length * families),
      row: Int32Array.from(items, ({ count, row }) => (count === 1 ? row : -1)),
      flags: new Uint8Array(items.length),
      reach: Float32Array.from(items, ({ reach }) => reach),
      precision: Uint8Array.from(items, ({ site }) => columns.place_precision.codes[sites.row[site]]),
      place: items.map((item) =>
        item.together ? columns.place.names.at(columns.place.codes[sites.row[item.site]]) : "",
      ),
    };
    items.forEach((item, index) => {
      for (const site of item.sites) {
        for (let family = 0; family < families; family++) {
          result.families[index * families + family] += counts.byFamily[site * families + family];
        }
      }
      const solid = item.count === 1 && columns.credibility[item.row] <= BELIEVED;
      result.flags[index] =
        (item.isArea ? AREA : 0) |
        (item.together ? TOGETHER : 0) |
        (solid ? SOLID : 0) |
        (marked.has(index) ? MARKED : 0);
    });
    return result;
  }
}

/** What of the world is arranged for a view, and what shares a ring there. */
function frameOf({ zoom, x: left, y: top, width, height }) {
  const [right, bottom] = [left + width, top + height];
  const groups = new Map();
  if (zoom >= APART_FROM_ZOOM) {
    return {
      groups,
      holds: (x, y, reach) => near(x, left, right, reach || RIM) && near(y, top, bottom, reach || RIM),
      cellOf: (_x, _y, site, sites) => `${sites.x[site]},${sites.y[site]}`,
    };
  }
  const cell = (pixel) => Math.floor(pixel / CELL);
  const [west, north, east, south] = [left, top, right, bottom].map((edge) => cell(edge) * CELL);
  const columns = cell(east - west) + 1;
  return {
    groups,
    holds: (x, y, reach) =>
      reach
        ? near(x, left, right, reach) && near(y, top, bottom, reach)
        : x >= west && x < east + CELL && y >= north && y < south + CELL,
    cellOf: (x, y) => cell(y - north) * columns + cell(x - west),
  };
}

function near(value, low, high, rim) {
  return value > low - rim && value < high + rim;
}

/** Rings that would overlap become one, the larger taking in the smaller. */
function joined(items) {
  const kept = [];
  for (const item of items.sort(byNumber)) {
    const into = kept.find((other) => {
      const [x, y, apart] = [other.x - item.x, other.y - item.y, other.radius + item.radius];
      return x * x + y * y < apart * apart;
    });
    if (!into) {
      kept.push(item);
      continue;
    }
    const count = into.count + item.count;
    into.x += ((item.x - into.x) * item.count) / count;
    into.y += ((item.y - into.y) * item.count) / count;
    into.count = count;
    into.row ^= item.row;
    into.together = false;
    if (item.reach > into.reach) [into.reach, into.site] = [item.reach, item.site];
    into.radius = ringRadius(count);
    for (const site of item.sites) into.sites.push(site);
    into.groups.push(...item.groups);
  }
  return kept;
}

function byNumber(one, other) {
  return other.count - one.count;
}

/** Grows with the number's logarithm: 10 incidents 16 pixels, 1,000 incidents 25. */
function ringRadius(number) {
  return number === 1 ? SYMBOL_RADIUS : 11 + 4.8 * Math.log10(number);
}
