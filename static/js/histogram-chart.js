/**
 * The bars of the histogram, redrawn from the engine's counts: the same drawing as templates/incidents/_timeline.html.
 * A bar is written only when it has changed, so that the brush costs the few bars under its edge.
 */
import { dayRange, isoDay, tick } from "./days.js";

const SVG = "http://www.w3.org/2000/svg";
const TICKS = 6;

export class HistogramChart {
  /** @param {HTMLElement} chart with the server's drawing in it @param {string[]} families in their order */
  constructor(chart, families) {
    this.chart = chart;
    this.families = families;
    this.svg = chart.querySelector("svg.bars");
    this.ticks = chart.parentElement.querySelector("svg.ticks");
    this.written = [];
    this.bins = "";
  }

  /**
   * @param {import("./engine/messages.js").Histogram} histogram
   * @returns {boolean} whether the bins are others than before
   */
  draw(histogram) {
    const bins = `${histogram.unit} ${histogram.starts[0]} ${histogram.ends.at(-1)}`;
    const fresh = bins !== this.bins;
    if (fresh) this.layOut(histogram);
    this.bins = bins;
    for (let bin = 0; bin < this.groups.length; bin++) {
      const drawing = this.bar(histogram, bin);
      if (drawing === this.written[bin]) continue;
      this.written[bin] = drawing;
      this.groups[bin].innerHTML = drawing;
    }
    return fresh;
  }

  layOut({ unit, starts, ends }) {
    const whole = ends.at(-1) - starts[0] + 1;
    const percent = (days) => (100 * days) / whole;
    this.written = [];
    this.groups = Array.from(starts, (start, bin) => {
      const group = document.createElementNS(SVG, "g");
      group.setAttribute("class", "bin");
      const [first, last] = [isoDay(start), isoDay(ends[bin])];
      const width = percent(ends[bin] - start + 1);
      Object.assign(group.dataset, { first, last, x: percent(start - starts[0]), width });
      return group;
    });
    for (const group of this.svg.querySelectorAll("g.bin")) group.remove();
    this.svg.append(...this.groups);
    const step = Math.max(1, Math.ceil(starts.length / TICKS));
    this.ticks.replaceChildren(
      ...Array.from(starts, (start, bin) => ({ start, bin, x: percent(start - starts[0]) }))
        .filter(({ bin }) => bin % step === 0)
        .map(({ start, x }) => tickText(x, tick(start, unit))),
    );
  }

  /** Numbers and our own names only: safe as markup. */
  bar({ starts, ends, ghost, certain, guessed, peak }, bin) {
    if (!ghost[bin]) return "";
    const width = this.families.length;
    let top = 100;
    let total = 0;
    const segments = [];
    for (const [values, hatched] of [
      [certain, false],
      [guessed, true],
    ]) {
      for (let family = 0; family < width; family++) {
        const value = values[bin * width + family];
        if (!value) continue;
        const height = (100 * value) / peak;
        top -= height;
        total += value;
        const fill = hatched ? ` fill="url(#hatch-${this.families[family]})"` : "";
        segments.push(
          `<rect class="family-${this.families[family]}" y="${top.toFixed(2)}%" width="100%" height="${height.toFixed(2)}%"${fill}/>`,
        );
      }
    }
    const { x, width: across } = this.groups[bin].dataset;
    const tall = (100 * ghost[bin]) / peak;
    return (
      `<svg y="0" height="100%" x="${x}%" width="${across}%" overflow="visible"><g class="bar">` +
      `<title>${dayRange(starts[bin], ends[bin])}: ${Math.round(total).toLocaleString(document.documentElement.lang || "en")}</title>` +
      '<rect class="reach" width="100%" height="100%"/>' +
      `<rect class="ghost" y="${(100 - tall).toFixed(2)}%" width="100%" height="${tall.toFixed(2)}%"/>` +
      `${segments.join("")}</g></svg>`
    );
  }
}

function tickText(x, label) {
  const text = document.createElementNS(SVG, "text");
  text.setAttribute("x", `${x > 90 ? 100 : x}%`);
  text.setAttribute("y", "12");
  if (x > 90) text.setAttribute("text-anchor", "end");
  text.textContent = label;
  return text;
}
