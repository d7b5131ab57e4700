import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine } from "../../static/js/engine/engine.js";
import { AREA, MARKED, SOLID, TOGETHER } from "../../static/js/engine/messages.js";
import { columnsOf, FAMILIES, FAMILY_COUNT, incidents, inFile } from "./archive.js";
import { found, randomQuery } from "./naive.js";

const ROWS = incidents(2000);
const AREAS = ["district", "province", "area"];
const WHOLE = { zoom: 1, x: -600, y: -300, width: 1800, height: 1200, centerLongitude: 0 };

function engineOf(rows) {
  return new Engine(columnsOf(rows), { families: FAMILIES, familyCount: FAMILY_COUNT, matches: null });
}

async function itemsOf(engine, view, search = "") {
  const asked = { search, histogram: null, list: null, facets: false, aim: false };
  return (await engine.ask({ ...asked, view })).items;
}

/** World pixels as Leaflet projects them, on the copy of the world that is nearest to the centre. */
function project({ latitude, longitude }, { zoom, centerLongitude }) {
  const world = 256 * 2 ** zoom;
  const turned = longitude + 360 * Math.round((centerLongitude - longitude) / 360);
  const sine = Math.sin((Math.max(-85.0511287798, Math.min(85.0511287798, latitude)) * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return { x: ((turned + 180) / 360) * world, y: y * world };
}

function reachOf({ latitude, radius_m }, { zoom }) {
  return (radius_m * 256 * 2 ** zoom) / (40_075_016.7 * Math.cos((latitude * Math.PI) / 180));
}

const ringRadius = (count) => (count === 1 ? 9 : 11 + 4.8 * Math.log10(count));

/** What stands where, one incident after the other. */
function naive(rows, view) {
  const groups = new Map();
  for (const row of rows.filter(({ latitude }) => latitude !== null)) {
    const [{ x, y }, reach] = [project(row, view), reachOf(row, view)];
    const spread = AREAS.includes(row.place_precision) && reach > 32;
    const spot = `${row.latitude},${row.longitude}`;
    const cell = view.zoom >= 9 ? spot : `${Math.floor(x / 64)},${Math.floor(y / 64)}`;
    const key = spread ? `${spot},${row.radius_m},${row.place_precision}` : cell;
    const group = groups.get(key) ?? { members: [], spread, x: 0, y: 0 };
    group.members.push({ ...row, at: { x, y }, spot });
    groups.set(key, group);
  }
  return [...groups.values()].map(({ members, spread }) => ({
    spread,
    count: members.length,
    x: members.reduce((sum, { at }) => sum + at.x, 0) / members.length,
    y: members.reduce((sum, { at }) => sum + at.y, 0) / members.length,
    together: new Set(members.map(({ spot }) => spot)).size === 1,
    members,
  }));
}

test("every incident with a point stands somewhere once, whatever is asked", async () => {
  const engine = engineOf(ROWS);
  for (let seed = 1; seed <= 40; seed++) {
    const query = randomQuery(seed);
    for (const zoom of [0, 1, 2]) {
      const items = await itemsOf(
        engine,
        { ...WHOLE, zoom, centerLongitude: 20 * seed - 400, x: -4000, y: -900, width: 8000, height: 3000 },
        query.search,
      );
      const placed = found(ROWS, query).filter(({ latitude }) => latitude !== null);
      assert.equal(
        items.count.reduce((sum, count) => sum + count, 0),
        placed.length,
        query.search,
      );
      const families = [0, 0, 0];
      items.families.forEach((count, at) => {
        families[at % FAMILY_COUNT] += count;
      });
      assert.deepEqual(
        families,
        [0, 1, 2].map((family) => placed.filter(({ kind }) => FAMILIES[kind] === family).length),
      );
    }
  }
});

test("near, each point is one item, exactly on its place", async () => {
  const engine = engineOf(ROWS);
  for (const [zoom, longitude] of [
    [9, 44.38],
    [10, 44.38],
    [14, 44.3661],
    [9, 180],
    [9, -180],
  ]) {
    const center = project(
      { latitude: longitude > 100 || longitude < 0 ? -17.75 : 33.3, longitude },
      { zoom, centerLongitude: longitude },
    );
    const view = { zoom, x: center.x - 500, y: center.y - 400, width: 1000, height: 800, centerLongitude: longitude };
    const items = await itemsOf(engine, view);
    const inView = ({ x, y, spread, members }) => {
      const rim = spread ? reachOf(members[0], view) : 12;
      return x > view.x - rim && x < view.x + view.width + rim && y > view.y - rim && y < view.y + view.height + rim;
    };
    const expected = naive(ROWS, view).filter(inView);
    assert.ok(expected.length > 1);
    assert.equal(items.count.length, expected.length);
    for (const item of expected) {
      const widest = Math.max(...item.members.map((row) => reachOf(row, view)));
      const index = items.x.findIndex(
        (x, at) =>
          Math.abs(items.reach[at] - widest) < widest * 1e-5 &&
          Math.abs(x - (item.x - view.x)) < 0.05 &&
          Math.abs(items.y[at] - (item.y - view.y)) < 0.05 &&
          items.count[at] === item.count &&
          Boolean(items.flags[at] & AREA) === item.spread,
      );
      assert.ok(index >= 0, `${item.x - view.x},${item.y - view.y} with ${item.count}`);
      assert.ok(items.flags[index] & TOGETHER);
    }
  }
});

test("rings stand in the middle of what they count and grow with it", async () => {
  const engine = engineOf(ROWS);
  for (const zoom of [1, 2, 3, 5]) {
    const view = { ...WHOLE, zoom, x: 0, y: 0, width: 256 * 2 ** zoom, height: 256 * 2 ** zoom };
    const items = await itemsOf(engine, view);
    const rings = [...items.count.keys()].filter((index) => !(items.flags[index] & AREA));
    const members = new Map(
      rings.map((index) => [index, engine.members({ number: items.number, item: index, limit: 1e6 })]),
    );
    for (const index of rings) {
      const { total, members: list } = members.get(index);
      assert.equal(total, items.count[index]);
      assert.equal(list.length, total);
      const at = list.map((row) => project(row, view));
      assert.ok(Math.abs(at.reduce((sum, { x }) => sum + x, 0) / total - items.x[index]) < 0.01);
      assert.ok(Math.abs(at.reduce((sum, { y }) => sum + y, 0) / total - items.y[index]) < 0.01);
      assert.ok(Math.abs(items.radius[index] - ringRadius(total)) < 1e-4);
      assert.equal(items.place[index], items.flags[index] & TOGETHER ? items.place[index] : "");
    }
    for (const one of rings) {
      for (const other of rings.slice(rings.indexOf(one) + 1)) {
        const apart = Math.hypot(items.x[one] - items.x[other], items.y[one] - items.y[other]);
        assert.ok(apart >= items.radius[one] + items.radius[other], `rings ${one} and ${other} overlap`);
      }
    }
    const cells = naive(ROWS, view).filter(({ spread }) => !spread);
    assert.ok(rings.length <= cells.length);
  }
});

test("a ring keeps its number while the map is dragged", async () => {
  const engine = engineOf(ROWS);
  const view = { zoom: 4, x: 1000, y: 800, width: 1500, height: 1200, centerLongitude: 0 };
  const inside = (items, { x, y }) =>
    [...items.count.keys()]
      .map((at) => [Math.round(items.x[at] + x), Math.round(items.y[at] + y), items.count[at]])
      .filter(([left, top]) => left > 1300 && left < 2100 && top > 1100 && top < 1700)
      .map(String)
      .sort();
  const before = inside(await itemsOf(engine, view), view);
  assert.ok(before.length > 3);
  for (const [x, y] of [
    [7, 3],
    [40, 63],
    [-65, 20],
  ]) {
    const moved = { ...view, x: view.x + x, y: view.y + y };
    assert.deepEqual(inside(engine.items(moved), moved), before);
  }
});

test("a single incident is named by its row, solid when it is believed, marked when it is chosen", async () => {
  const rows = [
    { ...ROWS[0], id: 1, latitude: 10, longitude: 10, place_precision: "town", radius_m: 300, credibility: 2 },
    { ...ROWS[0], id: 2, latitude: -40, longitude: -90, place_precision: "town", radius_m: 300, credibility: 3 },
  ].map((row) => ({ ...row, code: `ONLY${row.id}` }));
  const engine = engineOf(rows.sort(inFile));
  const items = await itemsOf(engine, { ...WHOLE, marked: ["ONLY1"], selected: "NOBODY" });
  const at = (code) => [...items.row].findIndex((row) => rows[row].code === code);
  assert.equal(items.flags[at("ONLY1")], TOGETHER | SOLID | MARKED);
  assert.equal(items.flags[at("ONLY2")], TOGETHER);
  const { members } = engine.members({ number: items.number, item: at("ONLY2"), limit: 5 });
  assert.deepEqual(
    members.map(({ code }) => code),
    ["ONLY2"],
  );
});

test("members of an arrangement that is no longer shown are refused", async () => {
  const engine = engineOf(ROWS);
  const items = await itemsOf(engine, WHOLE);
  engine.items(WHOLE);
  assert.throws(
    () => engine.members({ number: items.number, item: 0, limit: 5 }),
    ({ reason }) => reason === "superseded",
  );
});
