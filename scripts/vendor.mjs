/**
 * Copies the browser libraries that npm fetched into static/vendor (not committed).
 * Each line: what is copied, out of which package.
 */
import { cpSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

const FILES = {
  "@uwdata/flechette": ["dist/flechette.min.js", "dist/flechette.min.js.map", "LICENSE"],
  leaflet: ["dist/leaflet.js", "dist/leaflet.js.map", "dist/leaflet.css", "dist/images", "LICENSE"],
  "topojson-client": ["dist/topojson-client.min.js", "src", "LICENSE"],
  "world-atlas": ["countries-50m.json", "countries-110m.json", "land-50m.json", "land-110m.json", "LICENSE"],
};

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
rmSync(target, { recursive: true, force: true });
renameSync(fresh, target);
process.stdout.write(`Copied ${Object.keys(FILES).length} libraries to ${target}.\n`);
