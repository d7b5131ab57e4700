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
/** Between two rings: the halo around each is a pixel and a half wide. */
const GAP = 3;
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
    for (const ring of rings) ring.radius = ringRadius(ring.count);
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

  /** @returns {number[]} a row of each of the item's sites */
  rowsOf(item) {
    const rows = [];
    this.groupOf.forEach((group, site) => {
      if (group >= 0 && this.itemOf[group] === item) rows.push(this.sites.row[site]);
    });
    return rows;
  }

  group(view) {
    const { sites, counts, groupOf } = this;
    const { x: xs, y: ys, reach: reaches, spread } = sites;
    const totals = counts.total();
    const world = 256 * 2 ** view.zoom;
    const center = (view.centerLongitude + 180) / 360;
    const frame = frameOf(view);
    const areas = [];
    const points = [];
    let groups = 0;
    groupOf.fill(-1);
    for (let site = 0; site < sites.count; site++) {
      if (totals[site] === 0) continue;
      const x = (xs[site] + Math.round(center - xs[site])) * world;
      const y = ys[site] * world;
      const reach = reaches[site] * world;
      if (spread[site] === 1 && reach > CELL / 2) {
        if (!near(x, view.x, view.x + view.width, reach) || !near(y, view.y, view.y + view.height, reach)) continue;
        areas.push(this.itemAt(site, x, y, reach, true, groups));
        groupOf[site] = groups++;
      } else if (x >= frame.west && x < frame.east && y >= frame.north && y < frame.south) {
        const item = frame.find(x, y);
        if (item) {
          this.join(item, site, x, y, reach);
          groupOf[site] = item.groups[0];
        } else {
          points.push(frame.keep(x, y, this.itemAt(site, x, y, reach, false, groups)));
          groupOf[site] = groups++;
        }
      }
    }
    return { areas, points, groups };
  }

  itemAt(site, x, y, reach, isArea, group) {
    const count = this.counts.totals[site];
    const families = new Uint32Array(this.counts.familyCount);
    const item = {
      x,
      y,
      reach,
      isArea,
      count,
      site,
      families,
      together: true,
      row: this.counts.row(site),
      groups: [group],
    };
    this.addFamilies(item, site);
    return Object.assign(item, { radius: isArea ? reach : ringRadius(count) });
  }

  join(item, site, x, y, reach) {
    const { sites, counts } = this;
    const added = counts.totals[site];
    item.count += added;
    item.x += ((x - item.x) * added) / item.count;
    item.y += ((y - item.y) * added) / item.count;
    item.row ^= counts.row(site);
    item.together &&= sites.x[site] === sites.x[item.site] && sites.y[site] === sites.y[item.site];
    if (reach > item.reach) {
      item.reach = reach;
      item.site = site;
    }
    this.addFamilies(item, site);
  }

  addFamilies(item, site) {
    const { cells, stride, familyCount } = this.counts;
    for (let family = 0, at = site * stride; family < familyCount; family++, at++) item.families[family] += cells[at];
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
      result.families.set(item.families, index * families);
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

/**
 * What of the world is arranged for a view, in pixels, and what shares a ring there: from APART_FROM_ZOOM on what is at
 * one point, before that what is in one cell.
 */
function frameOf({ zoom, x, y, width, height }) {
  if (zoom >= APART_FROM_ZOOM) {
    const items = new Map();
    return {
      west: x - RIM,
      north: y - RIM,
      east: x + width + RIM,
      south: y + height + RIM,
      find: (left, top) => items.get(`${left},${top}`),
      keep: (left, top, item) => items.set(`${left},${top}`, item) && item,
    };
  }
  const before = (edge) => Math.floor(edge / CELL) * CELL;
  const [west, north, east, south] = [before(x), before(y), before(x + width) + CELL, before(y + height) + CELL];
  const columns = (east - west) / CELL;
  const cells = new Array(columns * ((south - north) / CELL)).fill(null);
  const cell = (left, top) => Math.floor((top - north) / CELL) * columns + Math.floor((left - west) / CELL);
  return {
    west,
    north,
    east,
    south,
    find: (left, top) => cells[cell(left, top)],
    keep: (left, top, item) => {
      cells[cell(left, top)] = item;
      return item;
    },
  };
}

function near(value, low, high, rim) {
  return value > low - rim && value < high + rim;
}

/** Rings that would touch become one; one that has grown or moved so may touch others, until none does. */
function joined(items) {
  for (const item of items) item.radius = ringRadius(item.count);
  for (let before = Infinity; items.length < before; ) {
    before = items.length;
    items = joinedOnce(items);
  }
  return items;
}

/** The larger takes in the smaller. */
function joinedOnce(items) {
  const kept = [];
  for (const item of items.sort(byNumber)) {
    const into = kept.find((other) => {
      const [x, y, apart] = [other.x - item.x, other.y - item.y, other.radius + item.radius + GAP];
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
    item.families.forEach((number, family) => {
      into.families[family] += number;
    });
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
