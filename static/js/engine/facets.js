/** Counts for the panel of facets, out of the tally's counters (publishing/summary.py). */
import { chosenEntries } from "./filters.js";

/** As many as fit a panel without scrolling; the search finds the others. */
const CHOICES_SHOWN = 12;

/** @returns {Object<string, number>} a count for every name */
export function named(names, counts) {
  return Object.fromEntries(names.all().map((name, code) => [name, counts[code]]));
}

/**
 * The chosen entries, even those that find nothing, then the most frequent.
 * @param {import("./texts.js").Texts} names
 * @param {number[]} pks @param {string[]} domains @param {Int32Array} counts
 * @param {string[]|null} asked as the query names them
 * @returns {import("./messages.js").Choice[]}
 */
export function choices(names, pks, domains, counts, asked) {
  const chosen = asked?.length ? chosenEntries(asked, names, pks, domains) : new Uint8Array(names.length);
  const choice = (code) => ({
    pk: pks[code],
    name: names.at(code),
    count: counts[code],
    chosen: chosen[code] === 1,
  });
  const codes = [...counts.keys()].filter((code) => counts[code] > 0 || chosen[code]);
  const compare = (one, other) =>
    chosen[other] - chosen[one] || counts[other] - counts[one] || (names.at(one) < names.at(other) ? -1 : 1);
  const shown = largest(codes, compare, CHOICES_SHOWN + chosen.reduce((sum, flag) => sum + flag, 0));
  const wanted = Math.max(CHOICES_SHOWN, shown.filter((code) => chosen[code]).length);
  const nobody = (asked ?? []).filter((value) => !chosenEntries([value], names, pks, domains).includes(1));
  return [...shown.slice(0, wanted).map(choice), ...nobody.map((name) => ({ pk: null, name, count: 0, chosen: true }))];
}

/** The first of a long list without sorting all of it. */
function largest(list, compare, length) {
  const kept = [];
  for (const entry of list) {
    if (kept.length === length && compare(entry, kept[length - 1]) >= 0) continue;
    let at = kept.length;
    while (at > 0 && compare(entry, kept[at - 1]) < 0) at--;
    kept.splice(at, 0, entry);
    if (kept.length > length) kept.pop();
  }
  return kept;
}
