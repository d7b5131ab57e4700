/**
 * Copies the browser libraries that npm fetched into static/vendor (not committed), and the outline of the world as the
 * map reads it. Each line: what is copied, out of which package.
 */
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packed } from "./pack-outline.mjs";

const FILES = {
  "@uwdata/flechette": ["dist/flechette.min.js", "dist/flechette.min.js.map", "LICENSE"],
  leaflet: ["dist/leaflet.js", "dist/leaflet.js.map", "dist/leaflet.css", "dist/images", "LICENSE"],
  // The server draws its pictures from the topology itself (incidents/maps/outline.py).
  "world-atlas": ["countries-50m.json", "LICENSE"],
};
const OUTLINES = ["countries-110m", "countries-50m"];

const target = join("static", "vendor");
const fresh = `${target}.new`;
rmSync(fresh, { recursive: true, force: true });
for (const [name, files] of Object.entries(FILES)) {
  for (const file of files) {
    const to = join(fresh, name, file.replace(/^dist\//, ""));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join("node_modules", name, file), to, { recursive: true });
  }
}
for (const name of OUTLINES) {
  const topology = JSON.parse(readFileSync(join("node_modules", "world-atlas", `${name}.json`), "utf-8"));
  writeFileSync(join(fresh, "world-atlas", `${name}.bin`), packed(topology));
}
rmSync(target, { recursive: true, force: true });
renameSync(fresh, target);
process.stdout.write(`Copied ${Object.keys(FILES).length} libraries to ${target}.\n`);
