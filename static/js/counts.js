/** Writes the engine's counts into the places where the server has written its own, while a filter moves. */
import { dayRange } from "./days.js";
import { written } from "./numbers.js";

/** @param {import("./engine/messages.js").Answer} answer @param {string[]} families in their order @param {{range: string}} labels */
export function writeCounts({ count, first, last, facets }, families, labels) {
  write("#results .status strong", count);
  const days = document.querySelector("#results .status [data-days]");
  if (days && first !== null) {
    put(days, labels.range.replace("{first}", dayRange(first, first)).replace("{last}", dayRange(last, last)));
  }
  if (!facets) return;
  facets.families.forEach((number, family) => {
    write(`#legend-${families[family]} .number`, number);
  });
  for (const [kind, number] of Object.entries(facets.kinds)) writeChoice("kind", kind, number);
  for (const [precision, number] of Object.entries(facets.precisions)) writeChoice("precision", precision, number);
  for (const { pk, count: number } of facets.actors) writeChoice("actor", pk, number);
  for (const { pk, count: number } of facets.sources) writeChoice("source", pk, number);
}

function writeChoice(key, value, number) {
  const label = document.getElementById(`${key}-${value}`)?.parentElement;
  if (!label) return;
  put(label.querySelector(".number"), written(number));
  // A line that comes stays until the hand rests: lines that come and go would jump.
  if (number > 0) label.hidden = false;
}

function write(selector, number) {
  const element = document.querySelector(selector);
  if (element) put(element, written(number));
}

/** Most stay as they are, and cost no layout then; a text that is written over costs less than a new one. */
function put(element, text) {
  if (element.textContent === text) return;
  const [only, other] = element.childNodes;
  if (only instanceof Text && !other) only.data = text;
  else element.textContent = text;
}
