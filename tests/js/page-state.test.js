import assert from "node:assert/strict";
import test from "node:test";
import { readPageState, writePageState } from "../../static/js/page-state.js";
import { domainOf } from "../../static/js/timeline-tools.js";

const NONE = { view: "", span: "", chosen: "" };

test("what only the page knows survives its address", () => {
  const state = { view: "33.3,44.4,7.5", span: "2023-01-01,2023-12-31", chosen: "K7M2PQ4X" };
  assert.equal(writePageState(state), "#view=33.3,44.4,7.5&span=2023-01-01,2023-12-31&chosen=K7M2PQ4X");
  assert.deepEqual(readPageState(writePageState(state)), state);
  assert.equal(writePageState(NONE), "");
  assert.deepEqual(readPageState(""), NONE);
  assert.deepEqual(readPageState("#list"), NONE);
});

test("a hostile address is text like any other", () => {
  const chosen = `"><img src=x>&view=1,2,3#`;
  assert.deepEqual(readPageState(writePageState({ ...NONE, chosen })), { ...NONE, chosen });
});

test("a span counts as long as the chosen days are in it", () => {
  const first = Date.UTC(2024, 0, 1) / 86_400_000;
  const span = "2024-01-01,2024-01-31";
  assert.deepEqual(domainOf(span, "", ""), [first, first + 30]);
  assert.deepEqual(domainOf(span, "2024-01-31", "2025-01-01"), [first, first + 30]);
  assert.equal(domainOf(span, "2024-02-01", ""), null);
  assert.equal(domainOf(span, "", "2023-12-31"), null);
  for (const wrong of ["", "2024-01-01", "x,y", "2024-01-31,2024-01-01", "2024-13-01,2024-14-01"]) {
    assert.equal(domainOf(wrong, "", ""), null);
  }
});
