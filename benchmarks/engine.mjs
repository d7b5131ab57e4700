/**
 * The explorer's engine on a columns file, in one process and without a browser: `node benchmarks/engine.mjs FILE`.
 * Prints for each step, of 15 runs, the median milliseconds of work and the least by the clock (on a busy machine the
 * two part), and the memory of its arrays.
 */
import { readFileSync } from "node:fs";
import { readColumns } from "../static/js/engine/columns.js";
import { Engine } from "../static/js/engine/engine.js";

const RUNS = 15;
const FAMILIES = 7;
const [file] = process.argv.slice(2);
const bytes = readFileSync(file);
const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);

let began = performance.now();
const columns = await readColumns(buffer);
const read = performance.now() - began;
const families = Object.fromEntries(columns.kind.names.all().map((kind, code) => [kind, code % FAMILIES]));
const engine = new Engine(columns, { families, familyCount: FAMILIES, matches: null });
const opened = performance.now() - began;
const { arrayBuffers } = process.memoryUsage();
print("rows", columns.count);
print("sites", engine.sites.count);
print("read, ms", read);
print("open (read, sites, counters), ms", opened);
print("arrays besides the file, MB", (arrayBuffers - buffer.byteLength - bytes.byteLength) / 1e6);

const world = { zoom: 2, x: -500, y: -200, width: 2016, height: 1260, centerLongitude: 20, marked: [] };
const near = { zoom: 6, x: 9000, y: 5800, width: 2016, height: 1260, centerLongitude: 40, marked: [] };
const town = { zoom: 11, x: 318_000, y: 209_000, width: 2016, height: 1260, centerLongitude: 44, marked: [] };
const everything = {
  view: world,
  histogram: { domain: null },
  list: { sort: "newest", page: 1, size: 50 },
  facets: true,
  aim: false,
};
const [first, last] = [engine.firstDay(() => true), engine.lastDay(() => true)];
const days = (share) => new Date(Math.round(first + share * (last - first)) * 86_400_000).toISOString().slice(0, 10);
const [kind, other] = columns.kind.names.all();
const actor = columns.atlas.actors[0];

await measure("no filter again", () => "");
await measure(
  "brush: drag of a year-long window",
  (run) => `from=${days(0.3 + run / 100)}&to=${days(0.34 + run / 100)}`,
);
await measure("brush: drag of one edge of half the span", (run) => `from=${days(0.3)}&to=${days(0.8 + run / 100)}`);
await measure("kind on and off", (run) => (run % 2 ? "" : `kind=${kind}`));
await measure("one kind to another", (run) => `kind=${run % 2 ? kind : other}`);
await measure("actor on and off", (run) => (run % 2 ? "" : `actor=${actor}`));
await measure("bbox dragged", (run) => `bbox=${30 + run},10,${60 + run},45`);
await measure("circle dragged", (run) => `near=33,${40 + run},800`);
await measure("killed_min on and off", (run) => (run % 2 ? "" : "killed_min=5"));
await measure("days and kind and box at once, on and off", (run) =>
  run % 2 ? "" : `kind=${kind}&bbox=10,10,60,45&from=${days(0.2)}&to=${days(0.7)}`,
);
await engine.ask({ ...everything, search: "" });
for (const [name, view] of Object.entries({ world, near, town })) time(`view: ${name}`, () => engine.items(view));
for (const sort of ["newest", "oldest", "killed", "added"]) {
  began = performance.now();
  engine.order.page({ sort, page: 1, size: 50 }, columns.count);
  print(`list by ${sort}, first time`, performance.now() - began);
  time(`list by ${sort}, page 10,000`, () => engine.order.page({ sort, page: 10_000, size: 50 }, columns.count));
}

async function measure(name, search) {
  await engine.ask({ ...everything, search: "" });
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const stop = start();
    await engine.ask({ ...everything, search: search(run) });
    runs.push(stop());
  }
  report(name, runs);
}

function time(name, work) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const stop = start();
    work();
    runs.push(stop());
  }
  report(name, runs);
}

function start() {
  const before = process.cpuUsage();
  const clock = performance.now();
  return () => ({ clock: performance.now() - clock, work: process.cpuUsage(before).user / 1000 });
}

function report(name, runs) {
  const work = runs.map((run) => run.work).sort((one, other) => one - other)[RUNS >> 1];
  print(name, work, `  (clock ${Math.min(...runs.map(({ clock }) => clock)).toFixed(1)})`);
}

function print(name, value, more = "") {
  process.stdout.write(`${name.padEnd(48)} ${value.toFixed(1).padStart(10)}${more}\n`);
}
