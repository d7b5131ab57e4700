/**
 * The bars of the histogram, redrawn from the engine's counts: the same drawing as templates/incidents/_timeline.html.
 * Elements are made once, and only heights that have changed are written: the brush costs the few bars under its edge,
 * another filter no new element.
 */
import { dayRange, isoDay, tick } from "./days.js";
import { written } from "./numbers.js";

const SVG = "http://www.w3.org/2000/svg";
const TICKS = 6;

export class HistogramChart {
  /** @param {HTMLElement} chart with the server's drawing in it @param {string[]} families in their order */
  constructor(chart, families) {
    this.families = families;
    this.svg = chart.querySelector("svg.bars");
    this.ticks = chart.parentElement.querySelector("svg.ticks");
    this.chart = chart;
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
    for (const [bin, bar] of this.bars.entries()) bar.draw(histogram, bin);
    return fresh;
  }

  layOut({ unit, starts, ends }) {
    const whole = ends.at(-1) - starts[0] + 1;
    const percent = (days) => (100 * days) / whole;
    const groups = Array.from(starts, (start, bin) => {
      const group = made("g", { class: "bin" });
      const [first, last] = [isoDay(start), isoDay(ends[bin])];
      const width = percent(ends[bin] - start + 1);
      Object.assign(group.dataset, { first, last, x: percent(start - starts[0]), width });
      return group;
    });
    this.bars = groups.map((group, bin) => new Bar(group, dayRange(starts[bin], ends[bin]), this.families));
    for (const group of this.svg.querySelectorAll("g.bin")) group.remove();
    this.svg.append(...groups);
    const step = Math.max(1, Math.ceil(starts.length / TICKS));
    this.ticks.replaceChildren(
      ...Array.from(starts, (start, bin) => ({ start, bin, x: percent(start - starts[0]) }))
        .filter(({ bin }) => bin % step === 0)
        .map(({ start, x }) => tickText(x, tick(start, unit))),
    );
  }
}

class Bar {
  /** @param {SVGGElement} group of its bin @param {string} days in words @param {string[]} families */
  constructor(group, days, families) {
    Object.assign(this, { group, days, families });
    const { x, width } = group.dataset;
    this.svg = made("svg", { y: 0, height: "100%", x: `${x}%`, width: `${width}%`, overflow: "visible" });
    this.content = made("g", { class: "bar" });
    this.title = made("title");
    this.content.append(this.title, made("rect", { class: "reach", width: "100%", height: "100%" }));
    this.ghost = this.part({ class: "ghost" });
    this.certain = [];
    this.guessed = [];
    this.svg.append(this.content);
  }

  /** @param {import("./engine/messages.js").Histogram} histogram @param {number} bin */
  draw({ ghost, certain, guessed, peak }, bin) {
    if (!ghost[bin]) {
      this.svg.remove();
      return;
    }
    const scale = 100 / peak;
    const from = bin * this.families.length;
    stand(this.ghost, 100 - ghost[bin] * scale, ghost[bin] * scale);
    let total = 0;
    for (const [parts, values, hatched] of [
      [this.certain, certain, false],
      [this.guessed, guessed, true],
    ]) {
      for (let family = 0; family < this.families.length; family++) {
        const value = values[from + family];
        total += value;
        if (value) parts[family] ??= this.segment(this.families[family], hatched);
        if (parts[family]) stand(parts[family], 100 - total * scale, value * scale);
      }
    }
    const text = `${this.days}: ${written(Math.round(total))}`;
    if (this.title.textContent !== text) this.title.textContent = text;
    if (!this.svg.parentNode) this.group.append(this.svg);
  }

  segment(family, hatched) {
    return this.part({ class: `family-${family}`, ...(hatched && { fill: `url(#hatch-${family})` }) });
  }

  part(attributes) {
    const rect = made("rect", { ...attributes, width: "100%" });
    this.content.append(rect);
    return { rect, y: "", height: "" };
  }
}

/** Puts a part of a bar to its place, in percent; what stands there already costs nothing. */
function stand(part, y, height) {
  const place = { y: `${y.toFixed(2)}%`, height: `${height.toFixed(2)}%` };
  for (const [name, value] of Object.entries(place)) {
    if (part[name] === value) continue;
    part[name] = value;
    part.rect.setAttribute(name, value);
  }
}

function tickText(x, label) {
  const text = made("text", { x: `${x > 90 ? 100 : x}%`, y: "12", ...(x > 90 && { "text-anchor": "end" }) });
  text.textContent = label;
  return text;
}

function made(tag, attributes = {}) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
