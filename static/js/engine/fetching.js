/** The engine's three requests: the columns, their changes, and which rows match a text. */
import { readColumns } from "./columns.js";
import { merged } from "./merge.js";
import { Trouble } from "./trouble.js";

const KEPT_MATCHES = 8;

/**
 * @param {import("./messages.js").Open} open
 * @returns {Promise<{columns: import("./columns.js").Columns, stale: boolean}>} stale: the changes could not be had
 */
export async function fetchColumns({ columns, changes }) {
  // Both at once: the changes are small and would otherwise come after the whole file.
  const [base, later] = await Promise.all([fetchBuffer(columns), changes ? fetchChanges(changes) : null]);
  const read = await readColumns(base);
  if (later === "stale") return { columns: read, stale: true };
  return { columns: later ? merged(read, later) : read, stale: false };
}

/** @returns {Promise<import("./columns.js").Columns|"stale"|null>} null for no changes */
async function fetchChanges(url) {
  try {
    const buffer = await fetchBuffer(url);
    return buffer.byteLength ? await readColumns(buffer) : null;
  } catch (error) {
    if (error instanceof Trouble) return "stale";
    throw error;
  }
}

/** Which rows match the words that only the server can look for. */
export class Matches {
  /** @param {string|null} url @param {import("./columns.js").Columns} columns */
  constructor(url, columns) {
    Object.assign(this, { url, columns, known: new Map() });
  }

  /**
   * @param {string} text q, weapon and place as a query string; "" for none
   * @returns {Promise<Uint8Array|null>} 1 for each row that matches; null when nothing is asked
   */
  async of(text) {
    if (!text) return null;
    if (!this.known.has(text)) {
      if (!this.url) throw new Trouble("missing", "matches");
      const answer = await ask(`${this.url}${this.url.includes("?") ? "&" : "?"}${text}`);
      const changed = (answer.headers.get("X-Matches-Changed") ?? "").split(",").filter(Boolean).map(Number);
      this.known.set(text, { bits: new Uint8Array(await bodyOf(answer)), changed: new Set(changed) });
      if (this.known.size > KEPT_MATCHES) this.known.delete(this.known.keys().next().value);
    }
    if (this.last?.text !== text) this.last = { text, rows: spread(this.known.get(text), this.columns) };
    return this.last.rows;
  }
}

/** Bits are those of the server's file, the least significant first; changed rows are named by id. */
function spread({ bits, changed }, { count, id, origin }) {
  const matching = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const at = origin ? origin[row] : row;
    matching[row] = at < 0 ? (changed.has(id[row]) ? 1 : 0) : (bits[at >> 3] >> (at & 7)) & 1;
  }
  return matching;
}

async function fetchBuffer(url) {
  return bodyOf(await ask(url));
}

async function ask(url) {
  let answer;
  try {
    answer = await fetch(url);
  } catch (error) {
    throw new Trouble("offline", String(error));
  }
  if (!answer.ok) throw new Trouble("missing", `${answer.status} ${url}`);
  return answer;
}

async function bodyOf(answer) {
  try {
    return await answer.arrayBuffer();
  } catch (error) {
    throw new Trouble("cut-off", String(error));
  }
}
