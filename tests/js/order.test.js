import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine } from "../../static/js/engine/engine.js";
import { columnsOf, FAMILIES, FAMILY_COUNT, incidents } from "./archive.js";
import { found, randomQuery } from "./naive.js";

const ROWS = incidents(1200, 5, 300);

/** Falling, unknown last, then by id. */
const falling = (name) => (one, other) => (other[name] ?? -1) - (one[name] ?? -1) || other.id - one.id;
const SORTS = {
  newest: falling("start"),
  oldest: (one, other) => (one.start ?? 1e9) - (other.start ?? 1e9) || one.id - other.id,
  killed: falling("killed"),
  added: falling("added"),
};

test("pages of every order are those of sorting everything", async () => {
  const engine = new Engine(columnsOf(ROWS), { families: FAMILIES, familyCount: FAMILY_COUNT, matches: null });
  for (let seed = 1; seed <= 60; seed++) {
    const query = randomQuery(seed);
    for (const [sort, compare] of Object.entries(SORTS)) {
      const rows = found(ROWS, query).sort(compare);
      const page = 1 + (seed % 4);
      const asked = { search: query.search, view: null, histogram: null, facets: false, aim: false };
      const { list } = await engine.ask({ ...asked, list: { sort, page, size: 30 } });
      assert.equal(list.pages, Math.max(1, Math.ceil(rows.length / 30)));
      assert.equal(list.page, Math.min(page, list.pages));
      const expected = rows.slice((list.page - 1) * 30, list.page * 30);
      assert.deepEqual(
        list.codes,
        expected.map(({ code }) => code),
        `${sort} ${query.search}`,
      );
      assert.deepEqual(
        [...list.ids],
        expected.map(({ id }) => id),
      );
    }
  }
});

test("a page beyond the end is the last, one that is no number the first", async () => {
  const engine = new Engine(columnsOf(ROWS), { families: FAMILIES, familyCount: FAMILY_COUNT, matches: null });
  const page = (number) => engine.order.page({ sort: "newest", page: number, size: 50 }, ROWS.length).page;
  assert.deepEqual([page(1e9), page(0), page(-3), page(Number.NaN), page(2.7)], [24, 1, 1, 1, 2]);
});
