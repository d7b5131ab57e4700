import assert from "node:assert/strict";
import { test } from "node:test";
import { daysFrom, readSearch } from "../../static/js/engine/reading.js";
import { KINDS, PRECISIONS, TIMES } from "./archive.js";

const read = (search) => readSearch(search, { kinds: KINDS, timePrecisions: TIMES, precisions: PRECISIONS });
const EMPTY = read("");

function reads(search, expected) {
  assert.deepEqual(read(search), { ...EMPTY, ...expected }, search);
}

test("an unknown key, a blank value and a value that cannot be read ask nothing", () => {
  for (const search of [
    "?",
    "highlight=ABC",
    "nobody=knows",
    "kind=",
    "kind=%20",
    "kind=war",
    "kind=bombing,war",
    "killed_min=-1",
    "killed_min=1.5",
    "killed_min=99999999999",
    "killed_min=2147483648",
    "from=yesterday",
    "from=2024-13",
    "from=2023-02-29",
    "from=0000",
    "bbox=1,2,3",
    "bbox=1,5,3,2",
    "bbox=0,-91,1,0",
    "bbox=nan,1,2,3",
    "bbox=0x1,2,3,4",
    "near=91,0,5",
    "near=0,0,0",
    "near=0,0,20039",
    "area=1,1;2,2",
    "area=1,1;2,2;1,1",
    "area=0,0;0,200;5,5",
    "credibility=7",
    "role=boss",
    "asof=3",
    "precision=everywhere",
    "kind=,",
    `actor=${"a".repeat(201)}`,
    `kind=${Array(101).fill("bombing").join(",")}`,
    "q=",
    "q=%00",
  ]) {
    reads(search, {});
  }
});

test("lists are read from one value or several, each once", () => {
  reads("?kind=bombing,other&kind=bombing", { kind: ["bombing", "other"] });
  reads("precision=unplaced, site", { precision: ["unplaced", "site"] });
  reads("actor=Militia,+the&actor=%00&actor=7", { actor: ["Militia, the", "", "7"] });
});

test("a year and a month begin on their first day and end on their last", () => {
  reads("from=2024&to=2024", { from: daysFrom(2024, 1, 1), to: daysFrom(2024, 12, 31) });
  reads("from=2024-02&to=2024-02", { from: daysFrom(2024, 2, 1), to: daysFrom(2024, 2, 29) });
  reads("from=0031-05-02", { from: daysFrom(31, 5, 2) });
  reads("from=2024-03-02&to=2024-03-01", { from: daysFrom(2024, 3, 2) });
});

test("days are counted from 1970-01-01, also in the first century", () => {
  assert.equal(daysFrom(1970, 1, 1), 0);
  assert.equal(daysFrom(1, 1, 1), -719162);
  assert.equal(daysFrom(1969, 12, 31), -1);
});

test("a box is brought back to the globe", () => {
  reads("bbox=190,1,200,2", { bbox: { west: -170, south: 1, east: -160, north: 2 } });
  reads("bbox=-190,1,-170,2", { bbox: { west: 170, south: 1, east: -170, north: 2 } });
  reads("bbox=-200,1,200,2", { bbox: { west: -180, south: 1, east: 180, north: 2 } });
  reads("bbox=1e1,+1_0, .5e0 ,2.", {});
  reads("bbox=1e1,-1_0,2.5e1,2.", { bbox: { west: 10, south: -10, east: 25, north: 2 } });
});

test("an outline closes itself", () => {
  reads("area=0,0;0,5;5,5;0,0", {
    area: [
      [0, 0],
      [0, 5],
      [5, 5],
    ],
  });
});

test("words for the server are kept apart, in single spaces", () => {
  reads("q=%20two%20%20words%0A&kind=other&place=Suva", { kind: ["other"], text: "q=two+words&place=Suva" });
});
