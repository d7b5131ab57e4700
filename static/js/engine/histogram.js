/**
 * Incidents by bin of days. One whose dates lie in one bin counts there; one that may have happened in several is shared
 * out among them by days. Of shares whole parts of SHARE are kept: sums stay exact however often rows come and go.
 */
import { LAST_DAY } from "./calendar.js";

/** A million incidents (2 ** 20) of 2 ** 32 parts are below 2 ** 53, where floats stop counting by ones. */
const SHARE = 2 ** 32;

export class Bars {
  /**
   * @param {import("./columns.js").Columns} columns
   * @param {Uint8Array} families of each kind; all 0 to count them together
   * @param {number} familyCount
   * @param {number} bit of the filter that the rows fail (filters.js); 0 for the rows found
   */
  constructor(columns, families, familyCount, bit) {
    Object.assign(this, { columns, families, familyCount, bit, alone: bit !== 0 });
    this.setBins({ starts: new Int32Array(0), ends: new Int32Array(0) });
  }

  /** @param {{starts: Int32Array, ends: Int32Array}} bins without gaps */
  setBins({ starts, ends }) {
    const count = starts.length;
    this.bins = { starts, ends };
    this.from = count ? starts[0] : 0;
    this.to = count ? ends[count - 1] : -1;
    this.binOf = new Uint16Array(this.to - this.from + 1);
    for (let bin = 0; bin < count; bin++) this.binOf.fill(bin, starts[bin] - this.from, ends[bin] + 1 - this.from);
    this.clear();
  }

  clear() {
    const size = this.bins.starts.length * this.familyCount;
    this.certain = new Float64Array(size);
    /** Parts of incidents that lie in a bin at their edge, and parts a day from this bin on (a difference array). */
    this.edges = new Float64Array(size);
    this.daily = new Float64Array(size + this.familyCount);
  }

  /** @param {Uint32Array} rows @param {number} length how many of them @param {1|-1} sign */
  add(rows, length, sign) {
    const { columns, families, familyCount, certain, binOf, from, to } = this;
    const { start, end } = columns;
    const kinds = columns.kind.codes;
    for (let index = 0; index < length; index++) {
      const row = rows[index];
      const first = start[row];
      const last = end[row];
      if (first > to || last < from || last > LAST_DAY) continue;
      const family = families[kinds[row]];
      if (first >= from && last <= to && binOf[first - from] === binOf[last - from]) {
        certain[binOf[first - from] * familyCount + family] += sign;
      } else this.share(first, last, family, sign);
    }
  }

  share(first, last, family, sign) {
    const { familyCount, edges, daily, binOf, from, to } = this;
    const { starts, ends } = this.bins;
    const part = sign * Math.round(SHARE / (last - first + 1));
    const begin = first < from ? from : first;
    const end = last > to ? to : last;
    const low = binOf[begin - from];
    const high = binOf[end - from];
    if (low === high) {
      edges[low * familyCount + family] += part * (end - begin + 1);
      return;
    }
    edges[low * familyCount + family] += part * (ends[low] - begin + 1);
    edges[high * familyCount + family] += part * (end - starts[high] + 1);
    daily[(low + 1) * familyCount + family] += part;
    daily[high * familyCount + family] -= part;
  }

  /** @returns {Float64Array} bins * families of incidents that may lie in another bin */
  guessed() {
    const { bins, familyCount, edges, daily } = this;
    const result = new Float64Array(edges.length);
    const running = new Float64Array(familyCount);
    for (let at = 0; at < result.length; at++) {
      const bin = Math.floor(at / familyCount);
      running[at % familyCount] += daily[at];
      const days = bins.ends[bin] - bins.starts[bin] + 1;
      result[at] = (edges[at] + running[at % familyCount] * days) / SHARE;
    }
    return result;
  }
}
