/**
 * The published set as columns, as points.json gives it: one array a column, one entry an incident.
 *
 * @typedef {object} Points
 * @property {number} count
 * @property {string[]} kinds
 * @property {number[]} families index into FAMILIES for each kind
 * @property {string[]} precisions
 * @property {{code: string[], title: string[], latitude: (number|null)[], longitude: (number|null)[],
 *   radius_m: (number|null)[], place: string[], precision: number[], kind: number[], credibility: number[],
 *   start: (number|null)[], end: (number|null)[], killed: (number|null)[], wounded: (number|null)[]}} columns
 */

const DAY = 86_400_000;
const AREAS = new Set(["district", "province", "area"]);
/** The Admiralty scale: up to 2 an incident is held to be true and drawn solid. */
const BELIEVED = 2;

/** @returns {Promise<Points>} */
export async function fetchPoints(url, query, signal) {
  const answer = await fetch(query ? `${url}?${query}` : url, { signal });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return answer.json();
}

/** One incident as the map needs it. */
export function incidentAt(points, families, index) {
  const column = points.columns;
  const kind = column.kind[index];
  const precision = points.precisions[column.precision[index]];
  return {
    index,
    code: column.code[index],
    title: column.title[index],
    latitude: column.latitude[index],
    longitude: column.longitude[index],
    radius: column.radius_m[index],
    place: column.place[index],
    family: families[points.families[kind]],
    solid: column.credibility[index] <= BELIEVED,
    precision,
    isArea: AREAS.has(precision),
    days: dayRange(column.start[index], column.end[index]),
  };
}

/** @returns {string} the days in the visitor's way of writing, "" for none */
function dayRange(start, end) {
  if (start === null) return "";
  const format = new Intl.DateTimeFormat(locale(), {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  return format.formatRange(new Date(start * DAY), new Date((end ?? start) * DAY));
}

/** Dates as the pages write them: in English the day comes first. */
function locale() {
  const language = document.documentElement.lang || "en";
  return language === "en" ? "en-GB" : language;
}
