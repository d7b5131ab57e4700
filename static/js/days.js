/** Days as the engine counts them, since 1970-01-01, and as addresses and readers write them. */

const DAY = 86_400_000;

/** @param {number} day @returns {string} such as 2024-03-01 */
export function isoDay(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** @param {string} text such as 2024-03-01 @returns {number} NaN for anything else */
export function dayNumber(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) / DAY : Number.NaN;
}

/** @returns {string} one day or a range in the visitor's way of writing, "" for none */
export function dayRange(start, end) {
  if (start === null) return "";
  return longDay.formatRange(new Date(start * DAY), new Date((end ?? start) * DAY));
}

/** @returns {string} a tick under the histogram */
export function tick(day, unit) {
  return (ticks[unit] ?? longDay).format(new Date(day * DAY));
}

const longDay = format({ day: "numeric", month: "short", year: "numeric" });
const ticks = { month: format({ month: "short", year: "numeric" }), year: format({ year: "numeric" }) };

/** In English the day comes first, as the pages write it. */
function format(parts) {
  const language = globalThis.document?.documentElement.lang || "en";
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { ...parts, timeZone: "UTC" });
}
