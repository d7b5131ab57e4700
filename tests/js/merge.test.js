import assert from "node:assert/strict";
import { test } from "node:test";
import { merged } from "../../static/js/engine/merge.js";
import { columnsOf, incident, incidents, inFile, random } from "./archive.js";

const ROWS = incidents(400);

function listed(columns) {
  const of = ({ offsets, codes, names }, row) =>
    [...codes.subarray(offsets[row], offsets[row + 1])].map((code) => names.at(code));
  return Array.from(columns.id, (id, row) => ({
    id,
    code: columns.code.at(row),
    latitude: columns.latitude[row],
    start: columns.start[row],
    killed: columns.killed[row],
    kind: columns.kind.names.at(columns.kind.codes[row]),
    place: columns.place.names.at(columns.place.codes[row]),
    actors: of(columns.actors, row),
    roles: of(columns.roles, row),
    sources: of(columns.sources, row),
  }));
}

test("columns with their changes are the columns of the changed set", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const draw = random(seed);
    const removed = ROWS.filter(() => draw() < 0.03).map(({ id }) => id);
    const changed = ROWS.filter(({ id }) => !removed.includes(id) && draw() < 0.05).map(({ id }) => incident(draw, id));
    const added = Array.from({ length: draw.below(20) }, (_, index) => ({
      ...incident(draw, 1000 + index),
      place: "New",
    }));
    const fresh = [...changed, ...added];
    const gone = new Set([...removed, ...changed.map(({ id }) => id)]);
    const expected = [...ROWS.filter(({ id }) => !gone.has(id)), ...fresh].sort(inFile);
    const result = merged(columnsOf(ROWS), columnsOf(fresh.toSorted(inFile), { removed }));
    assert.equal(result.count, expected.length);
    assert.deepEqual(listed(result), listed(columnsOf(expected)));
    const row = (id) => ROWS.findIndex((other) => other.id === id);
    const origins = expected.map(({ id }) => (fresh.some((other) => other.id === id) ? -1 : row(id)));
    assert.deepEqual([...result.origin], origins);
  }
});

test("actors and sources keep their numbers", () => {
  const base = columnsOf(ROWS.slice(0, 5));
  const result = merged(base, columnsOf(ROWS.slice(5, 100)));
  const numbers = (columns) =>
    new Map(columns.actors.names.all().map((name, code) => [name, columns.atlas.actors[code]]));
  const expected = numbers(columnsOf(ROWS.slice(0, 100)));
  assert.deepEqual(new Map([...numbers(result)].sort()), new Map([...expected].sort()));
  assert.equal(result.atlas.sources.length, result.sources.names.length);
});

test("without a change the columns are the same", () => {
  const base = columnsOf(ROWS);
  assert.equal(merged(base, columnsOf([])), base);
});
