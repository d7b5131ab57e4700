/**
 * Columns with the changes since they were written: removed incidents are left out, changed ones replaced, new ones
 * stand where their day belongs. Only a page that has changes pays for it, by a copy of the columns.
 */
import { Texts } from "./texts.js";

const CODED = ["time_precision", "place_precision", "kind", "place"];
const PLAIN = ["id", "latitude", "longitude", "radius_m", "start", "end", "credibility", "killed", "wounded", "added"];

/**
 * @param {import("./columns.js").Columns} base
 * @param {import("./columns.js").Columns} changes its metadata's `removed` holds the ids of those no longer public
 * @returns {import("./columns.js").Columns}
 */
export function merged(base, changes) {
  const removed = changes.atlas.removed ?? [];
  if (!changes.count && !removed.length) return base;
  const order = orderOf(base, changes, new Set([...removed, ...changes.id]));
  const split = base.count;
  const result = { count: order.length, origin: order.map((row) => (row < split ? row : -1)) };
  for (const name of PLAIN) result[name] = taken(base[name], changes[name], order);
  for (const name of CODED) {
    const { names, codes } = joined(base, changes, name);
    result[name] = { names, codes: taken(base[name].codes, codes, order) };
  }
  result.code = texts(base.code, changes.code, order);
  for (const name of ["actors", "roles", "sources"]) result[name] = lists(base, changes, name, order);
  result.atlas = { ...base.atlas, newest: later(base.atlas.newest, changes.atlas.newest) };
  for (const name of ["actors", "sources"]) {
    const added = joined(base, changes, name).added.map((code) => changes.atlas[name][code]);
    result.atlas[name] = [...base.atlas[name], ...added];
  }
  return result;
}

/** Rows of both in the order of the file: by first day, last day, id. Those of the changes count from base.count. */
function orderOf(base, changes, gone) {
  const compare = (one, row, other, with_) =>
    one.start[row] - other.start[with_] || one.end[row] - other.end[with_] || one.id[row] - other.id[with_];
  const fresh = Array.from(changes.id.keys()).sort((row, with_) => compare(changes, row, changes, with_));
  const order = new Int32Array(base.count + fresh.length);
  let length = 0;
  let next = 0;
  for (let row = 0; row < base.count; row++) {
    if (gone.has(base.id[row])) continue;
    while (next < fresh.length && compare(changes, fresh[next], base, row) < 0)
      order[length++] = base.count + fresh[next++];
    order[length++] = row;
  }
  while (next < fresh.length) order[length++] = base.count + fresh[next++];
  return order.slice(0, length);
}

function taken(base, changes, order) {
  const split = base.length;
  const result = new base.constructor(order.length);
  for (let row = 0; row < order.length; row++) {
    const from = order[row];
    result[row] = from < split ? base[from] : changes[from - split];
  }
  return result;
}

/** Codes of the changes in the base's dictionary, which grows by the entries it lacks (`added`: codes in the changes). */
function joined(base, changes, name) {
  const known = new Map(keys(base, name).map((key, code) => [key, code]));
  const [old, fresh] = [base[name].names, changes[name].names];
  const wanted = keys(changes, name);
  const added = wanted.flatMap((key, code) => (known.has(key) ? [] : [code]));
  added.forEach((code, index) => {
    known.set(wanted[code], old.length + index);
  });
  return {
    added,
    names: added.length ? Texts.of([...old.all(), ...added.map((code) => fresh.at(code))]) : old,
    codes: changes[name].codes.map((code) => known.get(wanted[code])),
  };
}

/** What an entry of a dictionary is known by: two actors may have one name. */
function keys(columns, name) {
  if (name === "actors") return columns.atlas.actors;
  if (name === "sources") return columns.atlas.sources.map(([pk]) => pk);
  return columns[name].names.all();
}

function lists(base, changes, name, order) {
  const { names, codes } = joined(base, changes, name);
  const [old, fresh] = [base[name], changes[name].offsets];
  const source = (row) =>
    row < base.count
      ? [old.codes, old.offsets[row], old.offsets[row + 1]]
      : [codes, fresh[row - base.count], fresh[row - base.count + 1]];
  return { names, ...packed(order, source, old.codes.constructor) };
}

function texts(base, changes, order) {
  const source = (row) =>
    row < base.length
      ? [base.bytes, base.offsets[row], base.offsets[row + 1]]
      : [changes.bytes, changes.offsets[row - base.length], changes.offsets[row - base.length + 1]];
  const { offsets, codes } = packed(order, source, Uint8Array);
  return new Texts(offsets, codes);
}

/** Pieces of different lengths one after the other. */
function packed(order, source, Type) {
  const offsets = new Int32Array(order.length + 1);
  for (let row = 0; row < order.length; row++) {
    const [, from, to] = source(order[row]);
    offsets[row + 1] = offsets[row] + to - from;
  }
  const codes = new Type(offsets[order.length]);
  for (let row = 0; row < order.length; row++) {
    const [values, from, to] = source(order[row]);
    for (let at = from, into = offsets[row]; at < to; at++, into++) codes[into] = values[at];
  }
  return { offsets, codes };
}

function later(one, other) {
  return (one ?? "") > (other ?? "") ? one : (other ?? one);
}
