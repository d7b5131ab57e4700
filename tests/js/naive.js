/** Every query key and every count again, by plain objects and as simply as can be: what the engine is held against. */
import { ACTORS, KINDS, PRECISIONS, ROLES, random, SOURCES, TIMES } from "./archive.js";

const DAY_MS = 86_400_000;
const iso = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
const some = (draw, list) => [...new Set(Array.from({ length: 1 + draw.below(3) }, () => draw.of(list)))];

/** For each key: draws `[query pairs, predicate]`. */
export const KEYS = {
  kind(draw) {
    const kinds = some(draw, KINDS);
    return [[["kind", kinds.join(",")]], (row) => kinds.includes(row.kind)];
  },
  people(draw) {
    const actors = draw() < 0.7 ? some(draw, ACTORS) : [];
    const roles = draw() < 0.6 || !actors.length ? some(draw, ROLES) : [];
    const written = (name) => draw.of([name, name.toUpperCase(), String(ACTORS.indexOf(name) + 1)]);
    const pairs = actors.map((name) => ["actor", written(name)]);
    if (roles.length) pairs.push(["role", roles.join(",")]);
    const isPart = (name, role) => (!actors.length || actors.includes(name)) && (!roles.length || roles.includes(role));
    return [pairs, (row) => row.actors.some((name, index) => isPart(name, row.roles[index])), { actors, roles }];
  },
  source(draw) {
    const sources = some(draw, SOURCES);
    const pairs = sources.map(([pk, domain, name]) => ["source", draw.of([String(pk), domain.toUpperCase(), name])]);
    return [pairs, (row) => sources.some(([, , name]) => row.sources.includes(name))];
  },
  time(draw) {
    const [from, length] = [11_900 + draw.below(4200), draw.below(900)];
    const ends = draw.of([["from"], ["to"], ["from", "to"]]);
    const pairs = ends.map((key) => [key, iso(key === "from" ? from : from + length)]);
    return [
      pairs,
      (row) =>
        row.start !== null &&
        (!ends.includes("from") || row.end >= from) &&
        (!ends.includes("to") || row.start <= from + length),
    ];
  },
  timePrecision(draw) {
    const levels = some(draw, TIMES);
    return [[["time_precision", levels.join(",")]], (row) => levels.includes(row.time_precision)];
  },
  precision(draw) {
    const levels = some(draw, [...PRECISIONS, "unplaced"]);
    return [
      [["precision", levels.join(",")]],
      (row) => levels.includes(row.place_precision) || (levels.includes("unplaced") && row.latitude === null),
    ];
  },
  bbox(draw) {
    const [west, east] = draw.of([
      [-30, 60],
      [170, -170],
      [44.3661, 44.4],
      [-180, 180],
    ]);
    const [south, north] = draw.of([
      [-90, 90],
      [-20, 33.3152],
      [33.3, 36.2],
    ]);
    const inside = ({ longitude: x }) =>
      west <= east
        ? x >= Math.fround(west) && x <= Math.fround(east)
        : x >= Math.fround(west) || x <= Math.fround(east);
    return [
      [["bbox", [west, south, east, north].join(",")]],
      (row) =>
        row.latitude !== null &&
        row.latitude >= Math.fround(south) &&
        row.latitude <= Math.fround(north) &&
        inside(row),
    ];
  },
  near(draw) {
    const [latitude, longitude, km] = draw.of([
      [33, 44, 200],
      [-17.7, 180, 100],
      [89, -170, 300],
      [0, 0, 12_000],
    ]);
    return [
      [["near", [latitude, longitude, km].join(",")]],
      (row) => row.latitude !== null && kilometres(row, { latitude, longitude }) <= km,
    ];
  },
  area(draw) {
    const corners = draw.of([
      [
        [30, 40],
        [30, 50],
        [40, 45],
      ],
      [
        [-60, -100],
        [60, -100],
        [60, 100],
        [0, 0],
        [-60, 100],
      ],
      [
        [33.3, 44],
        [33.3, 44.4],
        [36.2, 44.4],
        [36.2, 37],
      ],
    ]);
    return [[["area", corners.join(";")]], (row) => row.latitude !== null && inside(corners, row)];
  },
  killed(draw) {
    const least = draw.below(15);
    return [[["killed_min", String(least)]], (row) => row.killed !== null && row.killed >= least];
  },
  credibility(draw) {
    const levels = some(draw, [1, 2, 3, 4, 5, 6]);
    return [[["credibility", levels.join(",")]], (row) => levels.includes(row.credibility)];
  },
  added(draw) {
    const since = 16_000 + draw.below(1000);
    return [[["added_since", iso(since)]], (row) => row.added !== null && row.added >= since];
  },
};

/** @returns {{search: string, tests: Object<string, (row: object) => boolean>, people: object|undefined}} of up to four keys */
export function randomQuery(seed) {
  const draw = random(seed);
  const names = Array.from({ length: draw.below(5) }, () => draw.of(Object.keys(KEYS)));
  const query = { search: "", tests: {}, people: undefined };
  const params = new URLSearchParams([
    ["highlight", "C0000001"],
    ["unheard", "of"],
  ]);
  for (const name of new Set(names)) {
    const [pairs, test, more] = KEYS[name](draw);
    for (const pair of pairs) params.append(...pair);
    query.tests[name] = test;
    if (more) query.people = more;
  }
  query.search = params.toString();
  return query;
}

/** @param {string} [without] a key that does not matter */
export function found(rows, { tests }, without) {
  const wanted = Object.entries(tests).filter(([name]) => name !== without);
  return rows.filter((row) => wanted.every(([, test]) => test(row)));
}

export function counted(values) {
  const counts = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** By the chord through the earth, not by the haversine. */
function kilometres(one, other) {
  const vector = ({ latitude, longitude }) => {
    const [lat, lon] = [latitude, longitude].map((degrees) => (degrees * Math.PI) / 180);
    return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
  };
  const [a, b] = [vector(one), vector(other)];
  return 2 * 6371.0088 * Math.asin(Math.min(1, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) / 2));
}

/** By the winding of the textbook's ray to the east. */
function inside(corners, { latitude, longitude }) {
  const at = corners.map(([lat, lon]) => [Math.fround(lat), Math.fround(lon)]);
  let odd = false;
  at.forEach(([lat, lon], index) => {
    const [lat2, lon2] = at[(index + 1) % at.length];
    if (lat > latitude === lat2 > latitude) return;
    const crossing = Math.fround(lon + ((latitude - lat) * (lon2 - lon)) / (lat2 - lat));
    if (longitude > crossing) odd = !odd;
  });
  return odd && longitude <= Math.max(...at.map(([, lon]) => lon)) && latitude <= Math.max(...at.map(([lat]) => lat));
}
