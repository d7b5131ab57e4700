import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine } from "../../static/js/engine/engine.js";
import { firstRows, rehearse } from "../../static/js/engine/rehearsal.js";
import { columnsOf, FAMILIES, FAMILY_COUNT, incidents } from "./archive.js";

const ROWS = incidents(500);
const CONFIG = { families: FAMILIES, familyCount: FAMILY_COUNT, matches: null };
const ASKED = {
  view: null,
  histogram: { domain: null },
  list: { sort: "oldest", page: 1, size: 500 },
  facets: true,
  aim: true,
};

test("the first rows answer as a file of them would", async () => {
  const columns = columnsOf(ROWS);
  const part = firstRows(columns, 60);
  const ids = new Set(part.id);
  const alone = columnsOf(ROWS.filter(({ id }) => ids.has(id)));
  assert.equal(ids.size, 60);
  for (const search of ["", "kind=bombing", "from=2020-06-01"]) {
    const [one, other] = await Promise.all(
      [part, alone].map((set) => new Engine(set, CONFIG).ask({ ...ASKED, search })),
    );
    assert.deepEqual(
      [one.count, one.list, one.bounds, one.histogram],
      [other.count, other.list, other.bounds, other.histogram],
    );
  }
});

test("the first rows and all of them have the same fields in the same order", () => {
  const columns = columnsOf(ROWS);
  assert.deepEqual(Object.keys(firstRows(columns, 60)), Object.keys(columns));
});

test("no question adds a field to the engine: V8 would compile it anew", async () => {
  const engine = new Engine(columnsOf(ROWS), CONFIG);
  const { counters, filters, tally, clusters } = engine;
  const shapes = () =>
    [engine, filters, tally, clusters, ...Object.values(counters)].map((part) => Object.keys(part).join(" "));
  const before = shapes();
  const view = { zoom: 2, x: 0, y: 0, width: 900, height: 900, centerLongitude: 0, marked: [], selected: "" };
  for (const search of ["", "kind=bombing", "from=2020-06-01"]) await engine.ask({ ...ASKED, view, search });
  assert.deepEqual(shapes(), before);
});

for (const [name, rows] of [
  ["many", ROWS],
  ["none", []],
  ["without a day", ROWS.filter(({ start }) => start === null)],
]) {
  test(`a rehearsal with ${name} lets others in and leaves the engine's columns as they are`, async () => {
    const columns = columnsOf(rows);
    const before = [columns.id.slice(), columns.kind.codes.slice(), columns.start.slice()];
    let pauses = 0;
    await rehearse(columns, CONFIG, async () => {
      pauses++;
    });
    assert.ok(pauses > 10);
    assert.deepEqual([columns.id, columns.kind.codes, columns.start], before);
  });
}
