/** `node same.mjs ARROW PACKED`: ends with an error unless both files give the engine the same columns. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readColumns } from "../../static/js/engine/columns.js";

const [arrow, packed] = await Promise.all(
  process.argv.slice(2).map((file) => {
    const bytes = readFileSync(file);
    return readColumns(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  }),
);
const names = ({ codes, names: texts }) => [...codes].map((code) => texts.at(code));
const coded = ["time_precision", "place_precision", "kind", "place", "actors", "roles", "sources"];
for (const name of Object.keys(arrow)) {
  if (name === "code") assert.deepEqual(packed.code.all(), arrow.code.all());
  else if (!coded.includes(name)) assert.deepEqual(packed[name], arrow[name], name);
  else {
    assert.equal(packed[name].codes.constructor, arrow[name].codes.constructor, name);
    assert.deepEqual(packed[name].offsets, arrow[name].offsets, name);
    assert.deepEqual(names(packed[name]), names(arrow[name]), name);
  }
}
assert.deepEqual(Object.keys(packed).sort(), Object.keys(arrow).sort());
