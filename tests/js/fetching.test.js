import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { Engine } from "../../static/js/engine/engine.js";
import { fetchColumns } from "../../static/js/engine/fetching.js";
import { arrowFile, FAMILIES, FAMILY_COUNT, incident, incidents, inFile, random } from "./archive.js";

const ROWS = incidents(300);
const FILE = Buffer.from(arrowFile(ROWS));
const CHANGED = [incident(random(9), 7), incident(random(8), 900)].sort(inFile);
const ASKED = { view: null, histogram: null, list: null, facets: false, aim: false };

let requests = [];
const ANSWERS = {
  "/v1.arrow": (response) => response.end(FILE),
  "/page.arrow": (response) => response.end("<!doctype html>"),
  "/half.arrow": (response) => response.end(FILE.subarray(0, FILE.length / 2)),
  "/broken.arrow": (response) => {
    response.writeHead(200, { "Content-Length": FILE.length });
    response.write(FILE.subarray(0, FILE.length / 2), () => response.destroy());
  },
  "/same.arrow": (response) => response.writeHead(204).end(),
  "/old.arrow": (response) => response.writeHead(410).end(),
  "/changes.arrow": (response) => response.end(Buffer.from(arrowFile(CHANGED, { removed: [3] }))),
  "/matches": (response, url) => {
    const wanted = url.searchParams.get("q");
    const bits = Buffer.alloc(Math.ceil(ROWS.length / 8));
    ROWS.forEach(({ place }, row) => {
      if (place === wanted) bits[row >> 3] |= 1 << (row & 7);
    });
    const changed = CHANGED.filter(({ place }) => place === wanted).map(({ id }) => id);
    response.writeHead(200, { "X-Matches-Changed": changed.join(",") }).end(bits);
  },
};
const server = createServer((request, response) => {
  const url = new URL(request.url, "http://localhost");
  requests.push(request.url);
  if (ANSWERS[url.pathname]) ANSWERS[url.pathname](response, url);
  else response.writeHead(404).end("{}");
});
let root = "";
before(async () => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  root = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

const open = (columns, changes = null) => fetchColumns({ columns: root + columns, changes: changes && root + changes });

for (const [path, reason] of [
  ["/nothing.arrow", "missing"],
  ["/half.arrow", "cut-off"],
  ["/broken.arrow", "cut-off"],
  ["/page.arrow", "unreadable"],
]) {
  test(`${path} fails as ${reason}`, async () => {
    await assert.rejects(open(path), (error) => error.reason === reason);
  });
}

test("a server that does not answer is offline", async () => {
  const columns = "http://127.0.0.1:9/v1.arrow";
  await assert.rejects(fetchColumns({ columns, changes: null }), (error) => error.reason === "offline");
});

test("changes are merged; without any the file is what there is", async () => {
  assert.equal((await open("/v1.arrow", "/same.arrow")).columns.count, ROWS.length);
  const { columns, stale } = await open("/v1.arrow", "/changes.arrow");
  assert.deepEqual([columns.count, stale], [ROWS.length, false]);
  assert.ok(columns.id.includes(900));
  assert.ok(!columns.id.includes(3));
});

test("changes that cannot be had leave the file, and say so", async () => {
  for (const changes of ["/old.arrow", "/nothing.arrow", "/broken.arrow"]) {
    const { columns, stale } = await open("/v1.arrow", changes);
    assert.deepEqual([columns.count, stale], [ROWS.length, true]);
  }
});

test("words are looked for by the server, once, and everything else here", async () => {
  for (const changes of [null, "/changes.arrow"]) {
    const { columns } = await open("/v1.arrow", changes);
    const engine = new Engine(columns, { families: FAMILIES, familyCount: FAMILY_COUNT, matches: `${root}/matches` });
    const gone = new Set(changes ? [3, ...CHANGED.map(({ id }) => id)] : []);
    const rows = [...ROWS.filter(({ id }) => !gone.has(id)), ...(changes ? CHANGED : [])];
    const count = async (search) => (await engine.ask({ ...ASKED, search })).count;
    const here = rows.filter(({ place }) => place === "Suva");
    requests = [];
    assert.equal(await count("q=Suva"), here.length);
    assert.equal(await count("q=Suva&kind=bombing"), here.filter(({ kind }) => kind === "bombing").length);
    assert.equal(await count("kind=bombing"), rows.filter(({ kind }) => kind === "bombing").length);
    assert.equal(await count("q=+Suva"), here.length);
    assert.deepEqual(requests, ["/matches?q=Suva"]);
  }
});

test("words that cannot be looked for fail, and what was asked before stays", async () => {
  const { columns } = await open("/v1.arrow");
  const engine = new Engine(columns, { families: FAMILIES, familyCount: FAMILY_COUNT, matches: `${root}/nothing` });
  await engine.ask({ ...ASKED, search: "kind=bombing" });
  await assert.rejects(engine.ask({ ...ASKED, search: "q=Suva" }), (error) => error.reason === "missing");
  assert.equal((await engine.ask({ ...ASKED, search: "" })).count, ROWS.length);
});
