import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { feature } from "topojson-client";
import { packed } from "../../scripts/pack-outline.mjs";
import { readOutline } from "../../static/js/outline.js";

/** Half a line of the grid, and what float32 loses. */
const NEAR = 2.1e-6;

const topology = JSON.parse(readFileSync("node_modules/world-atlas/countries-110m.json", "utf-8"));
const { buffer, byteOffset, byteLength } = packed(topology);
const outline = readOutline(buffer.slice(byteOffset, byteOffset + byteLength));

function country(name) {
  return feature(topology, topology.objects.countries).features.find(({ properties }) => properties.name === name);
}

function mercator([longitude, latitude]) {
  const angle = (latitude * Math.PI) / 180;
  return [longitude / 360 + 0.5, 0.5 - Math.log(Math.tan(Math.PI / 4 + angle / 2)) / (2 * Math.PI)];
}

function isOn(points, [x, y]) {
  for (let at = 0; at < points.length; at += 2)
    if (Math.abs(points[at] - x) < NEAR && Math.abs(points[at + 1] - y) < NEAR) return true;
  return false;
}

test("every corner of a country lies on one ring of the outline", () => {
  const [corners] = country("France").geometry.coordinates.map(([ring]) => ring);
  assert.ok(outline.rings.some(({ points }) => corners.every((corner) => isOn(points, mercator(corner)))));
});

test("a border too long for one step ends where it should", () => {
  // The 49th parallel: 27 degrees in one.
  const corners = country("Canada").geometry.coordinates[0][0];
  assert.ok(outline.rings.some(({ points }) => corners.every((corner) => isOn(points, mercator(corner)))));
});

test("a ring across the 180th meridian goes on beyond the edge, and none is torn", () => {
  assert.ok(outline.rings.some(({ frame }) => frame[2] > 1 || frame[0] < 0));
  for (const { points } of outline.rings)
    for (let at = 2; at < points.length; at += 2) assert.ok(Math.abs(points[at] - points[at - 2]) < 0.5);
});

test("a frame holds its ring", () => {
  for (const { points, frame } of outline.rings) {
    const [xs, ys] = [0, 1].map((axis) => Array.from(points).filter((_, index) => index % 2 === axis));
    const found = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    frame.forEach((edge, index) => {
      assert.ok(Math.abs(edge - found[index]) < 1e-6);
    });
  }
});

test("every country has its name within itself or near it", () => {
  assert.equal(outline.labels.length, topology.objects.countries.geometries.length);
  const { x, y, width, code } = outline.labels.find(({ name }) => name === "Mongolia");
  const [middleX, middleY] = mercator([103, 46.8]);
  assert.equal(code, "MN");
  assert.ok(Math.abs(x - middleX) < 0.003 && Math.abs(y - middleY) < 0.005 && Math.abs(width - 0.09) < 0.01);
});

test("only what no standard counts as a country is without a code", () => {
  const nameless = outline.labels.filter(({ code }) => !/^[A-Z]{2}$/.test(code ?? "")).map(({ name }) => name);
  assert.deepEqual(nameless.sort(), ["Kosovo", "N. Cyprus", "Somaliland"]);
});
