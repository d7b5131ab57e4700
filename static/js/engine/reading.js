/**
 * Reads the query string as the server's pages do (incidents/query/reading.py): a key nobody knows is ignored, a value
 * that cannot be read is dropped with its whole key.
 *
 * @typedef {object} Question what is asked; null asks nothing
 * @property {string[]|null} kind
 * @property {string[]|null} actor
 * @property {string[]|null} role
 * @property {string[]|null} source
 * @property {number|null} from day
 * @property {number|null} to day
 * @property {string[]|null} time_precision
 * @property {string[]|null} precision may hold "unplaced"
 * @property {{west: number, south: number, east: number, north: number}|null} bbox
 * @property {{latitude: number, longitude: number, km: number}|null} near
 * @property {[number, number][]|null} area latitude and longitude of each corner
 * @property {number|null} killed_min
 * @property {string[]|null} credibility
 * @property {number|null} added_since day
 * @property {string} text q, weapon and place as a query string of their own: the server answers them; "" for none
 */

const TEXT_LIMIT = 200;
const VALUES_LIMIT = 100;
export const CORNERS_LIMIT = 100;
/** Half the way round the earth. */
export const KM_LIMIT = 20_038;
const NUMBER_LIMIT = 2_147_483_647;
export const UNPLACED = "unplaced";
const ROLES = ["perpetrator", "alleged-perpetrator", "claimed-by", "target", "victim"];
const CREDIBILITIES = ["1", "2", "3", "4", "5", "6"];
const TEXT_KEYS = ["q", "weapon", "place"];
const DAY_MS = 86_400_000;
/** A number as Python's float() reads it, without infinity. */
const NUMBER = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

class Unreadable extends Error {}

/**
 * @param {string} search
 * @param {{kinds: string[], timePrecisions: string[], precisions: string[]}} known the enums, as the columns hold them
 * @returns {Question}
 */
export function readSearch(search, known) {
  const params = new URLSearchParams(search);
  const read = (key, reader) => {
    const values = params.getAll(key).filter((value) => value.trim());
    if (!values.length) return null;
    try {
      return reader(values);
    } catch (error) {
      if (error instanceof Unreadable) return null;
      throw error;
    }
  };
  const question = {
    kind: read("kind", (values) => members(values, known.kinds)),
    actor: read("actor", (values) => each(values, text)),
    role: read("role", (values) => members(values, ROLES)),
    source: read("source", (values) => each(values, text)),
    from: read("from", (values) => day(values.at(-1), false)),
    to: read("to", (values) => day(values.at(-1), true)),
    time_precision: read("time_precision", (values) => members(values, known.timePrecisions)),
    precision: read("precision", (values) => members(values, [...known.precisions, UNPLACED])),
    bbox: read("bbox", box),
    near: read("near", circle),
    area: read("area", corners),
    killed_min: read("killed_min", number),
    credibility: read("credibility", (values) => members(values, CREDIBILITIES)),
    added_since: read("added_since", (values) => day(values.at(-1), false)),
    text: texts(read),
  };
  if (question.from !== null && question.to !== null && question.from > question.to) question.to = null;
  return question;
}

function texts(read) {
  const asked = new URLSearchParams();
  for (const key of TEXT_KEYS) {
    const words = read(key, (values) => text(values.at(-1)));
    if (words) asked.set(key, words);
  }
  return asked.toString();
}

/** Without control characters, with single spaces. */
function text(value) {
  const words = value.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
  if ([...words].length > TEXT_LIMIT) throw new Unreadable();
  return words;
}

function members(values, known) {
  return each(values.flatMap((value) => value.split(",").map((part) => part.trim())).filter(Boolean), (value) => {
    if (!known.includes(value)) throw new Unreadable();
    return value;
  });
}

/** Every value once; null for none, as from `kind=,`. */
function each(values, read) {
  if (values.length > VALUES_LIMIT) throw new Unreadable();
  return values.length ? [...new Set(values.map(read))] : null;
}

function number(values) {
  const value = values.at(-1).trim();
  if (!/^\d{1,10}$/.test(value) || Number(value) > NUMBER_LIMIT) throw new Unreadable();
  return Number(value);
}

function day(value, last) {
  const match = DATE.exec(value.trim());
  if (!match) throw new Unreadable();
  const [year, month, date] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  const wantedMonth = month ?? (last ? 12 : 1);
  const wantedDay = date ?? (last ? daysFrom(year, wantedMonth + 1, 0) - daysFrom(year, wantedMonth, 0) : 1);
  const found = daysFrom(year, wantedMonth, wantedDay);
  const inMonth = found >= daysFrom(year, wantedMonth, 1) && found < daysFrom(year, wantedMonth + 1, 1);
  if (!year || wantedMonth < 1 || wantedMonth > 12 || !inMonth) throw new Unreadable();
  return found;
}

/** Days since 1970-01-01; months from 1. Date.UTC takes years below 100 for those of the 20th century. */
export function daysFrom(year, month, date) {
  return new Date(0).setUTCFullYear(year, month - 1, date) / DAY_MS;
}

function box(values) {
  const [west, south, east, north] = numbers(values.at(-1), 4);
  if (!(-90 <= south && south <= north && north <= 90)) throw new Unreadable();
  if (Math.max(Math.abs(west), Math.abs(east)) > 3600) throw new Unreadable();
  if (east - west >= 360) return { west: -180, south, east: 180, north };
  return { west: turned(west), south, east: turned(east), north };
}

function circle(values) {
  const [latitude, longitude, km] = numbers(values.at(-1), 3);
  if (!onGlobe(latitude, longitude) || !(km > 0 && km <= KM_LIMIT)) throw new Unreadable();
  return { latitude, longitude, km };
}

function corners(values) {
  const pairs = values
    .at(-1)
    .split(";")
    .filter((pair) => pair.trim());
  if (pairs.length > CORNERS_LIMIT) throw new Unreadable();
  const outline = pairs.map((pair) => /** @type {[number, number]} */ (numbers(pair, 2)));
  if (!outline.every(([latitude, longitude]) => onGlobe(latitude, longitude))) throw new Unreadable();
  if (outline.length > 1 && String(outline[0]) === String(outline.at(-1))) outline.pop();
  if (new Set(outline.map(String)).size < 3) throw new Unreadable();
  return outline;
}

function numbers(value, count) {
  const parts = value
    .slice(0, TEXT_LIMIT)
    .split(",")
    .map((part) => part.trim());
  if (parts.length !== count || !parts.every((part) => NUMBER.test(part))) throw new Unreadable();
  const found = parts.map((part) => Number(part.replaceAll("_", "")) + 0);
  if (!found.every(Number.isFinite)) throw new Unreadable();
  return found;
}

function onGlobe(latitude, longitude) {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

/** Python's remainder has the sign of the divisor. */
function turned(longitude) {
  if (-180 <= longitude && longitude <= 180) return longitude;
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}
