/**
 * The brush over the histogram: drag to choose days, drag its edges or its middle to change them, arrow keys too.
 * Days are chosen by whole bars.
 */

import { dayNumber, dayRange } from "./days.js";

/** A drag shorter than this many pixels is a click, which chooses one bar. */
const CLICK = 4;
/** Arrow keys come in series: only where they rest is written into the address. */
const REST_MS = 500;

/**
 * @param {HTMLElement} chart with data-since and data-until, and a `.bin` with data-first and data-last for each bar
 * @param {{from: string, to: string}} labels names of the two edges
 * @param {(since: string, until: string) => void} onChange days as YYYY-MM-DD, both empty for all
 * @param {(since: string, until: string) => void} [onMove] the same while the brush is being moved
 */
export function mountBrush(chart, labels, onChange, onMove = () => {}) {
  // An edge that is being worked by keys keeps the focus: its successor gets it.
  const held = [...chart.querySelectorAll(".brush [role=slider]")].indexOf(document.activeElement);
  chart.querySelector(".brush")?.remove();
  chart.unmountBrush?.();
  const mounted = new AbortController();
  chart.unmountBrush = () => mounted.abort();
  const bins = [...chart.querySelectorAll(".bin")].map(({ dataset }) => ({
    first: dataset.first,
    last: dataset.last,
    x: Number(dataset.x),
    end: Number(dataset.x) + Number(dataset.width),
    label: dataset.label,
  }));
  if (!bins.length) return;

  const brush = element("div", "brush");
  const edges = [handle(labels.from), handle(labels.to)];
  brush.append(...edges);
  chart.append(brush);
  edges[held]?.focus({ preventScroll: true });
  let range = rangeOf(bins, chart.dataset.since, chart.dataset.until);
  let pending = 0;
  show();

  function show() {
    const [low, high] = range ?? [0, bins.length - 1];
    brush.classList.toggle("whole", range === null);
    brush.style.left = `${bins[low].x}%`;
    brush.style.width = `${bins[high].end - bins[low].x}%`;
    say(edges[0], 0, low, high, bins[low].first);
    say(edges[1], low, high, bins.length - 1, bins[high].last);
  }

  function days() {
    return range ? [bins[range[0]].first, bins[range[1]].last] : ["", ""];
  }

  function settle() {
    onChange(...days());
  }

  function indexAt(clientX) {
    const box = chart.getBoundingClientRect();
    const at = (100 * (clientX - box.left)) / box.width;
    const index = bins.findIndex(({ end }) => at < end);
    return index < 0 ? bins.length - 1 : index;
  }

  chart.addEventListener("pointerdown", press, { signal: mounted.signal });

  function press(event) {
    if (event.button) return;
    event.preventDefault();
    const began = indexAt(event.clientX);
    const [low, high] = range ?? [0, bins.length - 1];
    // A brush over everything cannot be moved: a drag in it chooses anew.
    const drag = dragOf(event.target, brush, edges, [low, high], began, low === 0 && high === bins.length - 1);
    const startX = event.clientX;
    let moved = false;
    const before = range;
    chart.setPointerCapture(event.pointerId);
    if (event.target.focus) event.target.focus({ preventScroll: true });

    const move = (now) => {
      moved ||= Math.abs(now.clientX - startX) >= CLICK;
      if (!moved) return;
      const next = drag(indexAt(now.clientX), bins.length);
      if (String(next) === String(range)) return;
      range = next;
      show();
      onMove(...days());
    };
    const end = (now) => {
      chart.removeEventListener("pointermove", move);
      chart.removeEventListener("pointerup", end);
      chart.removeEventListener("pointercancel", end);
      if (now.type === "pointercancel") {
        range = before;
        onMove(...days());
      } else if (!moved && !edges.includes(event.target)) range = [began, began];
      show();
      if (String(range) !== String(before)) settle();
    };
    chart.addEventListener("pointermove", move);
    chart.addEventListener("pointerup", end);
    chart.addEventListener("pointercancel", end);
  }

  edges.forEach((edge, side) => {
    edge.addEventListener("keydown", (event) => {
      const steps = {
        ArrowLeft: -1,
        ArrowDown: -1,
        ArrowRight: 1,
        ArrowUp: 1,
        PageDown: -5,
        PageUp: 5,
        Home: -1e6,
        End: 1e6,
      };
      const step = steps[event.key];
      if (!step) return;
      event.preventDefault();
      const next = [...(range ?? [0, bins.length - 1])];
      const [least, most] = side === 0 ? [0, next[1]] : [next[0], bins.length - 1];
      next[side] = Math.max(least, Math.min(most, next[side] + step));
      range = next;
      show();
      onMove(...days());
      clearTimeout(pending);
      pending = setTimeout(settle, REST_MS);
    });
  });
}

/** What a drag that began at `target` makes of the range as the pointer moves. */
function dragOf(target, brush, edges, [low, high], began, whole) {
  const side = edges.indexOf(target);
  if (side === 0) return (index) => [Math.min(index, high), high];
  if (side === 1) return (index) => [low, Math.max(index, low)];
  if (target === brush && !whole) {
    return (index, length) => {
      const shift = Math.max(-low, Math.min(length - 1 - high, index - began));
      return [low + shift, high + shift];
    };
  }
  return (index) => [Math.min(index, began), Math.max(index, began)];
}

/** The bars that the days touch; null for all of them. */
function rangeOf(bins, since, until) {
  if (!since && !until) return null;
  const low = since ? bins.findIndex(({ last }) => last >= since) : 0;
  const high = until ? bins.findLastIndex(({ first }) => first <= until) : bins.length - 1;
  return low < 0 || high < low ? null : [low, high];
}

function handle(label) {
  const edge = element("span", "edge");
  edge.tabIndex = 0;
  edge.setAttribute("role", "slider");
  edge.setAttribute("aria-label", label);
  return edge;
}

/** Where an edge stands between which bars, in numbers and in words. */
function say(edge, least, index, most, day) {
  edge.setAttribute("aria-valuemin", String(least));
  edge.setAttribute("aria-valuemax", String(most));
  edge.setAttribute("aria-valuenow", String(index));
  edge.setAttribute("aria-valuetext", dayRange(dayNumber(day), null));
}

function element(tag, className) {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}
