/** Bins of days, weeks (from Monday), months or years: the finest unit that fits, as publishing/timeline.py has it. */
import { daysFrom } from "./reading.js";

export const UNITS = ["day", "week", "month", "year"];
/** A bar and its gap need some 8 pixels. */
export const BINS_LIMIT = 96;
/** As on the server, whose calendar ends with 9999. */
export const LAST_DAY = daysFrom(9998, 12, 31);
const FIRST_DAY = daysFrom(1, 1, 1);

/**
 * @param {number} first day @param {number} last day
 * @returns {{unit: string, starts: Int32Array, ends: Int32Array}}
 */
export function binsOf(first, last) {
  const from = Math.max(FIRST_DAY, Math.min(first, last));
  const to = Math.min(LAST_DAY, Math.max(first, last));
  for (const unit of UNITS) {
    const limit = unit === "year" ? Number.POSITIVE_INFINITY : BINS_LIMIT;
    const starts = [floor(from, unit)];
    let following = next(starts[0], unit);
    while (following <= to && starts.length <= limit) {
      starts.push(following);
      following = next(following, unit);
    }
    if (starts.length > limit) continue;
    const ends = [...starts.slice(1), following].map((day) => day - 1);
    return { unit, starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
  }
  throw new RangeError(`${first} to ${last}`);
}

function floor(day, unit) {
  if (unit === "day") return day;
  // 1970-01-01 was a Thursday.
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7);
  const { year, month } = partsOf(day);
  return daysFrom(year, unit === "year" ? 1 : month, 1);
}

function next(day, unit) {
  if (unit === "day") return day + 1;
  if (unit === "week") return day + 7;
  const { year, month } = partsOf(day);
  return unit === "year" ? daysFrom(year + 1, 1, 1) : daysFrom(year, month + 1, 1);
}

function partsOf(day) {
  const date = new Date(day * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
}
