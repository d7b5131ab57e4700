import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_END, NO_START, readColumns } from "../../static/js/engine/columns.js";
import { arrowFile, columnsOf, incidents } from "./archive.js";

const ROWS = incidents(200);
const reason = (expected) => (error) => error.reason === expected;

test("every value of the file is read, unknown ones as what fails comparisons", () => {
  const columns = columnsOf(ROWS);
  const none = (value, missing) => (value === null ? missing : value);
  ROWS.forEach((row, index) => {
    assert.equal(columns.id[index], row.id);
    assert.equal(columns.code.at(index), row.code);
    assert.equal(columns.latitude[index], none(row.latitude, Number.NaN));
    assert.equal(columns.longitude[index], none(row.longitude, Number.NaN));
    assert.equal(columns.radius_m[index], none(row.radius_m, -1));
    assert.equal(columns.start[index], none(row.start, NO_START));
    assert.equal(columns.end[index], none(row.end, NO_END));
    assert.equal(columns.killed[index], none(row.killed, -1));
    assert.equal(columns.added[index], none(row.added, NO_END));
    for (const name of ["kind", "place", "time_precision", "place_precision"]) {
      assert.equal(columns[name].names.at(columns[name].codes[index]), row[name]);
    }
    for (const name of ["actors", "roles", "sources"]) {
      const { offsets, codes, names } = columns[name];
      const list = [...codes.subarray(offsets[index], offsets[index + 1])].map((code) => names.at(code));
      assert.deepEqual(list, row[name]);
    }
  });
});

test("arrays are views of the file", async () => {
  const buffer = arrowFile(ROWS);
  const columns = await readColumns(buffer);
  for (const array of [columns.id, columns.latitude, columns.killed, columns.place.codes, columns.actors.codes]) {
    assert.equal(array.buffer, buffer);
  }
});

test("a file that ends early is cut off, wherever it ends", async () => {
  const buffer = arrowFile(ROWS);
  for (const length of [0, 1, 6, 17, 500, buffer.byteLength - 7, buffer.byteLength - 1]) {
    await assert.rejects(readColumns(buffer.slice(0, length)), reason("cut-off"), String(length));
  }
});

test("anything else than a columns file is unreadable", async () => {
  const page = new TextEncoder().encode("<!doctype html><title>Not found</title>").buffer;
  await assert.rejects(readColumns(page), reason("unreadable"));
  const garbage = new Uint8Array(arrowFile(ROWS));
  garbage.fill(7, garbage.length - 400, garbage.length - 10);
  await assert.rejects(readColumns(garbage.buffer), reason("unreadable"));
});

test("a file without one of the columns is unreadable", async () => {
  for (const skip of ["id", "kind", "actors", "killed", "code"]) {
    await assert.rejects(readColumns(arrowFile(ROWS, { skip })), reason("unreadable"), skip);
  }
});
