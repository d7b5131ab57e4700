/** Beside the histogram: closer to the chosen days and back, and play, which moves the chosen days along. */
import { dayNumber, isoDay } from "./days.js";

/** Slow enough to see each bar, fast enough for a hundred of them. */
const STEP_MS = 140;
/** What plays where no days are chosen: a tenth of the bars. */
const WINDOW = 0.1;

export class TimelineTools {
  /**
   * @param {HTMLElement} place empty
   * @param {Object<string, string>} labels
   * @param {{days: () => [string, string], onSpan: (span: string) => void,
   *   onDays: (since: string, until: string) => Promise<unknown>, onRest: () => void}} page `days` are the chosen ones;
   *   `onDays` while it plays, `onRest` when it has ended
   */
  constructor(place, labels, page) {
    this.page = page;
    this.labels = labels;
    this.closer = button(labels.spanChosen, () => this.page.onSpan(this.page.days().join(",")));
    this.back = button(labels.spanAll, () => this.page.onSpan(""));
    this.player = button(labels.play, () => (this.playing ? this.stop() : this.play()));
    this.player.classList.add("play");
    place.append(this.closer, this.back);
    // Who asks for less motion is not offered a film.
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) place.append(this.player);
    place.hidden = false;
    this.show("");
  }

  /** @param {string} span that the histogram shows */
  show(span) {
    const [since, until] = this.page.days();
    this.closer.hidden = !since || !until || `${since},${until}` === span;
    this.back.hidden = !span;
  }

  async play() {
    this.playing = true;
    this.player.textContent = this.labels.stop;
    const bins = [...document.querySelectorAll("#chart .bin")].map(({ dataset }) => [dataset.first, dataset.last]);
    const [since, until] = this.page.days();
    let first = since
      ? Math.max(
          0,
          bins.findIndex(([, last]) => last >= since),
        )
      : 0;
    let last = until ? bins.findLastIndex(([start]) => start <= until) : -1;
    if (last < first || last === bins.length - 1) {
      const length = last < first ? Math.max(1, Math.round(bins.length * WINDOW)) : last - first + 1;
      [first, last] = [0, Math.min(bins.length, length) - 1];
    }
    while (this.playing && last < bins.length) {
      const shown = this.page.onDays(bins[first][0], bins[last][1]);
      await Promise.all([shown, new Promise((resolve) => setTimeout(resolve, STEP_MS))]);
      first += 1;
      last += 1;
    }
    this.stop();
  }

  stop() {
    if (!this.playing) return;
    this.playing = false;
    this.player.textContent = this.labels.play;
    this.page.onRest();
  }
}

/**
 * @param {string} span "first,last" as an address has it
 * @param {string} since chosen days, "" for open
 * @param {string} until
 * @returns {[number, number]|null} days of the timeline's ends; null for all: no span, or one without the chosen days
 */
export function domainOf(span, since, until) {
  const [first, last] = span.split(",").map(dayNumber);
  if (!Number.isFinite(first) || !Number.isFinite(last) || first > last) return null;
  const outside = (since && since > isoDay(last)) || (until && until < isoDay(first));
  return outside ? null : [first, last];
}

function button(label, onPress) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", onPress);
  return made;
}
