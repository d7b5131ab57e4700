/**
 * The published set in arrays: rows sorted by first day, last day and id, those without a day last.
 *
 * Null is written into the arrays, once, as a value that fails every comparison it should fail: NaN for a position,
 * -1 for a number, NO_START (later than any day) and NO_END (earlier than any day).
 *
 * @typedef {object} Coded one value a row, as an index into `names`
 * @property {Uint8Array|Int32Array} codes
 * @property {Texts} names
 *
 * @typedef {object} Lists several values a row: those of row i are codes[offsets[i]] to codes[offsets[i + 1] - 1]
 * @property {Int32Array} offsets
 * @property {Uint8Array|Int32Array} codes
 * @property {Texts} names
 *
 * @typedef {object} Columns
 * @property {number} count
 * @property {object} atlas the file's metadata (docs: version, built, newest, actors, sources, removed)
 * @property {Uint32Array} id
 * @property {Texts} code
 * @property {Float32Array} latitude
 * @property {Float32Array} longitude
 * @property {Int32Array} radius_m
 * @property {Int32Array} start
 * @property {Int32Array} end
 * @property {Coded} time_precision
 * @property {Coded} place_precision
 * @property {Coded} kind
 * @property {Coded} place
 * @property {Uint8Array} credibility
 * @property {Int32Array} killed
 * @property {Int32Array} wounded
 * @property {Int32Array} added
 * @property {Lists} actors
 * @property {Lists} roles parallel to the actors
 * @property {Lists} sources
 * @property {Int32Array|null} origin row of each in the server's file, -1 for a changed one; null where they are equal
 */
import { NO_END, NO_START } from "./nulls.js";
import { Trouble } from "./trouble.js";
import { isPacked, unpack } from "./unpack.js";

export { NO_END, NO_START };

/**
 * @param {ArrayBuffer} buffer a packed file, or an Arrow file, which is written to and needs a library
 * @returns {Promise<Columns>} @throws {Trouble} cut-off or unreadable
 */
export async function readColumns(buffer) {
  try {
    if (isPacked(new Uint8Array(buffer))) return unpack(buffer);
    const { readArrow } = await import("./arrow.js");
    return readArrow(buffer);
  } catch (error) {
    throw error instanceof Trouble ? error : new Trouble("unreadable", String(error));
  }
}
