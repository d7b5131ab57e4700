import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine } from "../../static/js/engine/engine.js";
import { columnsOf, FAMILIES, FAMILY_COUNT, incidents, KINDS, PRECISIONS } from "./archive.js";
import { counted, found, randomQuery } from "./naive.js";

const ROWS = incidents(3000);
export const ASKED = {
  view: null,
  histogram: { domain: null },
  list: { sort: "newest", page: 1, size: 20 },
  facets: true,
  aim: true,
};

function engineOf(rows) {
  return new Engine(columnsOf(rows), { families: FAMILIES, familyCount: FAMILY_COUNT, matches: null });
}

/** As the server's list of choices counts: each incident once. */
function choiceCounts(rows, names) {
  return counted(rows.flatMap((row) => [...new Set(names(row))]));
}

function shown(choices) {
  return Object.fromEntries(choices.filter(({ count }) => count).map(({ name, count }) => [name, count]));
}

test("every count of random queries is the naive one, whatever was asked before", async () => {
  const engine = engineOf(ROWS);
  for (let seed = 1; seed <= 300; seed++) {
    const query = randomQuery(seed);
    const answer = await engine.ask({ ...ASKED, search: query.search });
    const rows = found(ROWS, query);
    const where = `${seed}: ${query.search}`;
    assert.equal(answer.count, rows.length, where);
    assert.equal(answer.total, ROWS.length);
    assert.equal(answer.unplaced, rows.filter(({ latitude }) => latitude === null).length, where);
    assert.equal(answer.undated, rows.filter(({ start }) => start === null).length, where);
    const days = rows.filter(({ start }) => start !== null);
    assert.equal(answer.first, days.length ? Math.min(...days.map(({ start }) => start)) : null, where);
    assert.equal(answer.last, days.length ? Math.max(...days.map(({ end }) => end)) : null, where);

    const { facets } = answer;
    const kinds = counted(found(ROWS, query, "kind").map(({ kind }) => kind));
    for (const kind of KINDS) assert.equal(facets.kinds[kind], kinds[kind] ?? 0, where);
    const families = counted(found(ROWS, query, "kind").map(({ kind }) => FAMILIES[kind]));
    assert.deepEqual(
      facets.families,
      [0, 1, 2].map((family) => families[family] ?? 0),
      where,
    );
    const precisions = counted(found(ROWS, query, "precision").map((row) => row.place_precision));
    for (const level of PRECISIONS) assert.equal(facets.precisions[level], precisions[level] ?? 0, where);
    const credibility = counted(rows.map((row) => row.credibility));
    for (const level of [1, 2, 3, 4, 5, 6]) assert.equal(facets.credibility[level], credibility[level] ?? 0, where);

    const { actors = [], roles = [] } = query.people ?? {};
    const isPart = (role) => !roles.length || roles.includes(role);
    const others = found(ROWS, query, "people");
    assert.deepEqual(
      shown(facets.actors),
      choiceCounts(others, (row) => row.actors.filter((_, index) => isPart(row.roles[index]))),
      where,
    );
    assert.deepEqual(
      facets.actors
        .filter(({ chosen }) => chosen)
        .map(({ name }) => name)
        .sort(),
      [...actors].sort(),
      where,
    );
    assert.deepEqual(
      shown(facets.sources),
      choiceCounts(found(ROWS, query, "source"), (row) => row.sources),
      where,
    );

    const points = rows.filter(({ latitude }) => latitude !== null);
    const bounds = [
      Math.min(...points.map(({ longitude }) => longitude)),
      Math.min(...points.map(({ latitude }) => latitude)),
      Math.max(...points.map(({ longitude }) => longitude)),
      Math.max(...points.map(({ latitude }) => latitude)),
    ];
    assert.deepEqual(answer.bounds, points.length ? bounds : null, where);
  }
});

test("a filter that is taken off leaves the counts of the whole", async () => {
  const engine = engineOf(ROWS);
  const whole = await engine.ask({ ...ASKED, search: "" });
  for (const search of ["kind=bombing", "role=target", "from=2004&to=2005", "killed_min=3&bbox=0,0,60,60"]) {
    await engine.ask({ ...ASKED, search });
    assert.deepEqual(await engine.ask({ ...ASKED, search: "" }), whole);
  }
});

test("an empty set has answers too", async () => {
  const answer = await engineOf([]).ask({ ...ASKED, search: "kind=bombing" });
  assert.deepEqual(
    [answer.count, answer.total, answer.first, answer.histogram, answer.bounds, answer.list.pages],
    [0, 0, null, null, null, 1],
  );
});

test("incidents without a day have no histogram", async () => {
  const undated = ROWS.filter(({ start }) => start === null);
  const answer = await engineOf(undated).ask({ ...ASKED, search: "" });
  assert.deepEqual([answer.count, answer.undated, answer.histogram], [undated.length, undated.length, null]);
});

test("a chosen actor that nobody knows is kept with no incident", async () => {
  const { facets, count } = await engineOf(ROWS).ask({ ...ASKED, search: "actor=Nobody" });
  assert.equal(count, 0);
  assert.deepEqual(facets.actors.at(-1), { pk: null, name: "Nobody", count: 0, chosen: true });
});

test("rows by code tell what is known and null for what is not", async () => {
  const engine = engineOf(ROWS);
  const wanted = ROWS.filter((_, index) => index % 500 === 3);
  const rows = engine.rows([...wanted.map(({ code }) => code), "NOBODY"]);
  assert.equal(rows.pop(), null);
  for (const [index, row] of wanted.entries()) {
    const { id, code, latitude, longitude, start, end, killed, wounded, kind, place, credibility } = row;
    const known = { id, code, latitude, longitude, start, end, killed, wounded, kind, place, credibility };
    assert.deepEqual({ ...rows[index], ...known }, rows[index]);
    assert.equal(rows[index].radius, row.radius_m);
  }
});
