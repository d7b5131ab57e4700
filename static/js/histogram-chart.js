/**
 * The bars of the histogram, redrawn from the engine's counts; before that, and without scripts, the server's drawing
 * stands (templates/incidents/_timeline.html). What looks alike is one path: a filter moves every bar of every family,
 * and the style of a rectangle that changes is computed anew, of a thousand of them for 5 ms (100,000 incidents).
 */
import { dayRange, isoDay, tick } from "./days.js";
import { written } from "./numbers.js";

const SVG = "http://www.w3.org/2000/svg";
const TICKS = 6;

export class HistogramChart {
  /** @param {HTMLElement} chart with the server's drawing in it @param {string[]} families in their order */
  constructor(chart, families) {
    this.svg = chart.querySelector("svg.bars");
    this.ticks = chart.parentElement.querySelector("svg.ticks");
    this.chart = chart;
    this.bins = "";
    this.ghost = made("path", { class: "ghost" });
    this.certain = families.map((family) => made("path", { class: `family-${family}` }));
    this.guessed = families.map((family) => made("path", { class: `family-${family}`, fill: `url(#hatch-${family})` }));
    this.drawing = made("svg", { class: "bar", preserveAspectRatio: "none" });
    this.drawing.append(this.ghost, ...this.certain, ...this.guessed);
    // The brush lies over the bins: none of them hears of the pointer.
    chart.addEventListener("pointermove", ({ clientX, buttons }) => {
      if (this.shown && !buttons) this.name(clientX);
    });
    this.resize(chart.clientWidth, chart.clientHeight);
    new ResizeObserver(([{ contentRect }]) => {
      this.resize(contentRect.width, contentRect.height);
      if (this.shown) this.drawBars(this.shown);
    }).observe(chart);
  }

  /** The drawing is in pixels, as its hatching would be stretched else; on paper it is. */
  resize(width, height) {
    this.size = [width, height];
    this.drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
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
    this.shown = histogram;
    // It told of other counts; the pointer's next move says it anew.
    this.chart.removeAttribute("title");
    this.drawBars(histogram);
    return fresh;
  }

  /** The bins, transparent, over paths that are still empty; and the ticks. */
  layOut({ unit, starts, ends }) {
    const whole = ends.at(-1) - starts[0] + 1;
    const percent = (days) => (100 * days) / whole;
    const bins = Array.from(starts, (start, bin) => {
      const [x, width] = [percent(start - starts[0]), percent(ends[bin] - start + 1)];
      const group = made("g", { class: "bin" });
      Object.assign(group.dataset, { first: isoDay(start), last: isoDay(ends[bin]), x, width });
      group.append(made("rect", { class: "reach", x: `${x}%`, width: `${width}%`, height: "100%" }));
      return { group, share: [x / 100, (x + width) / 100] };
    });
    this.shares = bins.map(({ share }) => share);
    for (const drawn of this.svg.querySelectorAll(".bar, .bin")) drawn.remove();
    this.svg.append(this.drawing, ...bins.map(({ group }) => group));
    const step = Math.max(1, Math.ceil(starts.length / TICKS));
    this.ticks.replaceChildren(
      ...Array.from(starts, (start, bin) => ({ start, bin, x: percent(start - starts[0]) }))
        .filter(({ bin }) => bin % step === 0)
        .map(({ start, x }) => tickText(x, tick(start, unit))),
    );
  }

  drawBars({ ghost, certain, guessed, peak }) {
    const [width, height] = this.size;
    const families = this.certain.length;
    const paths = { ghost: "", certain: new Array(families).fill(""), guessed: new Array(families).fill("") };
    this.shares.forEach((share, bin) => {
      const [left, right] = share.map((part) => rounded(part * width));
      const box = (low, high) =>
        `M${left},${rounded(height - (low * height) / peak)}H${right}V${rounded(height - (high * height) / peak)}H${left}Z`;
      if (ghost[bin]) paths.ghost += box(0, ghost[bin]);
      let total = 0;
      for (const [parts, values] of [
        [paths.certain, certain],
        [paths.guessed, guessed],
      ]) {
        for (let family = 0; family < families; family++) {
          const value = values[bin * families + family];
          if (value) parts[family] += box(total, total + value);
          total += value;
        }
      }
    });
    put(this.ghost, paths.ghost);
    for (let family = 0; family < families; family++) {
      put(this.certain[family], paths.certain[family]);
      put(this.guessed[family], paths.guessed[family]);
    }
  }

  /** Says what the bin under the pointer counts; of one where nothing ever was, nothing. */
  name(clientX) {
    const { left, width } = this.chart.getBoundingClientRect();
    const bin = this.shares.findIndex(([, end]) => clientX - left < end * width);
    if (bin < 0) return;
    const { starts, ends, ghost, certain, guessed } = this.shown;
    const own = [bin * this.certain.length, (bin + 1) * this.certain.length];
    const sum = (values) => values.slice(...own).reduce((total, value) => total + value, 0);
    const count = written(Math.round(sum(certain) + sum(guessed)));
    const title = ghost[bin] ? `${dayRange(starts[bin], ends[bin])}: ${count}` : "";
    if (this.chart.title !== title) this.chart.title = title;
  }
}

function put(path, d) {
  if (path.getAttribute("d") !== d) path.setAttribute("d", d);
}

/** A tenth of a pixel is seen; more only makes the text longer. */
function rounded(pixels) {
  return Math.round(pixels * 10) / 10;
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
