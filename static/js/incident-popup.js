/** What the map says of an item under the pointer. Texts of articles are hostile: only textContent is written. */
import { dayRange } from "./days.js";
import { written } from "./numbers.js";

/**
 * @param {import("./painter.js").Item} item
 * @param {import("./engine/messages.js").Incident} first a member
 * @param {Map<string, string>} titles by code
 * @returns {HTMLElement}
 */
export function caption({ count, together, isArea }, first, titles, labels) {
  const box = document.createElement("div");
  if (count === 1) {
    box.append(line("strong", titles.get(first.code) ?? first.code), line("span", facts(first, labels)));
    return box;
  }
  const form = together && !isArea ? labels.here : labels.incidents;
  box.append(line("strong", form.replace("{n}", written(count))));
  if (together || isArea) box.append(line("span", first.place));
  return box;
}

/**
 * @param {import("./engine/messages.js").Members} found
 * @param {Map<string, string>} titles by code
 * @param {{labels: object, address: (code: string) => string, target?: string}} config
 * @returns {HTMLElement}
 */
export function listing({ total, members }, titles, { labels, address, target }) {
  const box = document.createElement("div");
  if (total > 1) box.append(line("p", labels.incidents.replace("{n}", written(total)), "popup-count"));
  const list = document.createElement("ul");
  for (const incident of members) {
    const entry = document.createElement("li");
    const link = line("a", titles.get(incident.code) ?? incident.code);
    link.href = address(incident.code);
    if (target) {
      link.target = target;
      link.rel = "noopener";
    }
    entry.append(link, line("span", facts(incident, labels)));
    list.append(entry);
  }
  box.append(list);
  const left = total - members.length;
  if (left > 0) box.append(line("p", labels.more.replace("{n}", written(left)), "popup-count"));
  return box;
}

function facts({ start, end, place }, labels) {
  return [dayRange(start, end) || labels.undated, place].filter(Boolean).join(" · ");
}

function line(tag, text, className = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.dir = "auto";
  if (className) element.className = className;
  return element;
}
