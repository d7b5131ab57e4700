/** `node answers.mjs FILE [CHANGES]`: one answer, as a line of JSON, to each query string that stdin brings a line. */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { readColumns } from "../../static/js/engine/columns.js";
import { Engine } from "../../static/js/engine/engine.js";
import { merged } from "../../static/js/engine/merge.js";

const [base, changes] = await Promise.all(
  process.argv.slice(2).map((file) => {
    const bytes = readFileSync(file);
    return readColumns(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  }),
);
const columns = changes ? merged(base, changes) : base;
const engine = new Engine(columns, { families: {}, familyCount: 1, matches: null });
for await (const search of createInterface({ input: process.stdin })) {
  const sort = new URLSearchParams(search).get("sort") ?? "newest";
  const list = { sort, page: 1, size: 1_000_000 };
  const answer = await engine.ask({ search, view: null, histogram: { domain: null }, list, facets: true, aim: false });
  const plain = JSON.stringify(answer, (_, value) => (ArrayBuffer.isView(value) ? [...value] : value));
  process.stdout.write(`${plain}\n`);
}
