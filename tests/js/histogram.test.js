import assert from "node:assert/strict";
import { test } from "node:test";
import { binsOf } from "../../static/js/engine/calendar.js";
import { Engine } from "../../static/js/engine/engine.js";
import { daysFrom } from "../../static/js/engine/reading.js";
import { columnsOf, FAMILIES, FAMILY_COUNT, incidents } from "./archive.js";
import { found, randomQuery } from "./naive.js";

const NEAR = 1e-6;

/** Day by day: each incident gives each of its days the same part. */
function naive(rows, { starts, ends }) {
  const bars = Array.from(starts, () => ({ certain: [0, 0, 0], guessed: [0, 0, 0] }));
  for (const { start, end, kind } of rows) {
    if (start === null) continue;
    const days = Array.from({ length: end - start + 1 }, (_, index) => start + index);
    bars.forEach((bar, bin) => {
      const inBin = days.filter((day) => day >= starts[bin] && day <= ends[bin]).length;
      bar[inBin === days.length ? "certain" : "guessed"][FAMILIES[kind]] += inBin / days.length;
    });
  }
  return bars;
}

function close(actual, expected, where) {
  assert.equal(actual.length, expected.length, where);
  expected.forEach((value, index) => {
    assert.ok(Math.abs(actual[index] - value) < NEAR, `${where}: ${actual[index]} is not ${value} at ${index}`);
  });
}

async function check(engine, rows, query, domain, where) {
  const asked = { search: query.search, view: null, histogram: { domain }, list: null, facets: false, aim: false };
  const { histogram } = await engine.ask(asked);
  const others = found(rows, query, "time");
  if (!others.some(({ start }) => start !== null)) return assert.equal(histogram, null);
  const bars = naive(found(rows, query), histogram);
  close(
    histogram.certain,
    bars.flatMap(({ certain }) => certain),
    where,
  );
  close(
    histogram.guessed,
    bars.flatMap(({ guessed }) => guessed),
    where,
  );
  const all = naive(others, histogram).map(({ certain, guessed }) =>
    [...certain, ...guessed].reduce((sum, value) => sum + value, 0),
  );
  close(histogram.ghost, all, where);
  assert.ok(Math.abs(histogram.peak - (Math.max(...all) || 1)) < NEAR);
}

for (const days of [20, 400, 4000]) {
  test(`bars of ${days} days are those of counting day by day`, async () => {
    const rows = incidents(400, days, days);
    const engine = new Engine(columnsOf(rows), { families: FAMILIES, familyCount: FAMILY_COUNT, matches: null });
    for (let seed = 1; seed <= 25; seed++) {
      await check(engine, rows, randomQuery(seed), null, `seed ${seed}`);
      await check(engine, rows, randomQuery(seed), [12_010, 12_010 + 11 * seed], `domain, seed ${seed}`);
    }
  });
}

test("parts that come and go leave exactly nothing", async () => {
  const rows = incidents(500);
  const engine = new Engine(columnsOf(rows), { families: FAMILIES, familyCount: FAMILY_COUNT, matches: null });
  const asked = { view: null, histogram: { domain: null }, list: null, facets: false, aim: false };
  const first = await engine.ask({ ...asked, search: "" });
  for (let year = 2003; year < 2010; year++) await engine.ask({ ...asked, search: `from=${year}&to=${year + 1}` });
  assert.deepEqual(await engine.ask({ ...asked, search: "" }), first);
});

test("the unit is the finest of which no more than 96 fit", () => {
  const monday = daysFrom(2024, 1, 1);
  const unit = (first, last) => binsOf(first, last).unit;
  assert.equal(unit(monday, monday), "day");
  assert.equal(unit(monday, monday + 95), "day");
  assert.equal(unit(monday, monday + 96), "week");
  assert.equal(unit(monday, monday + 96 * 7 - 1), "week");
  assert.equal(unit(monday, monday + 96 * 7), "month");
  assert.equal(unit(daysFrom(2000, 1, 31), daysFrom(2007, 12, 31)), "month");
  assert.equal(unit(daysFrom(2000, 1, 31), daysFrom(2008, 1, 1)), "year");
  assert.equal(binsOf(daysFrom(1, 1, 1), daysFrom(9998, 12, 31)).starts.length, 9998);
});

test("bins follow each other without gaps, weeks from Monday", () => {
  for (const [first, last] of [
    [-800, -300],
    [daysFrom(1969, 12, 30), daysFrom(1971, 2, 3)],
    [-40_000, 40_000],
  ]) {
    const { starts, ends, unit } = binsOf(first, last);
    assert.ok(starts[0] <= first && ends.at(-1) >= last);
    for (let bin = 1; bin < starts.length; bin++) assert.equal(starts[bin], ends[bin - 1] + 1);
    if (unit === "week") for (const start of starts) assert.equal(new Date(start * 86_400_000).getUTCDay(), 1);
  }
});
