"""The gazetteer: one SQLite file, opened read-only, that answers "which places have this name?" in microseconds."""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

from geopy.distance import great_circle

from incidents.gazetteer.errors import GazetteerMissing
from incidents.gazetteer.names import fold, loosen
from incidents.gazetteer.types import Level, LocalPlace, Place

# Raised when the tables change; a file with another number is rebuilt, never migrated.
FORMAT = 2
_COLUMNS = "p.id, p.name, p.latitude, p.longitude, p.level, p.radius_m, p.country, p.province, p.population, p.geonames_id, p.source"
# Which rows the index of areas holds.
AREAS = "level IN ('province', 'district')"
_BY_KEY = f"SELECT n.key, n.match, {_COLUMNS} FROM name n JOIN place p ON p.id = n.place WHERE n.key IN (%s)"  # noqa: S608
# Names and places in the answers that are kept: those of some articles, and some five megabytes.
_MOST_KEPT = 10_000
# SQLite takes 999 parameters in every build.
_KEYS_A_QUERY = 900
# "Nearest" means a point, not the middle of a province.
_POINT_LEVELS = frozenset([Level.SITE, Level.FACILITY, Level.NEIGHBOURHOOD, Level.TOWN])
_KM_A_DEGREE = 111.2
# A box on a map that holds more one-degree squares is too wide to show single places in.
MOST_TILES = 100
_LEVELS = {level.value: level for level in Level}


class Match(IntEnum):
    """How a place came to have a name, best first."""

    LOCAL = 0
    PRIMARY = 1
    ALIAS = 2
    ABBREVIATION = 3
    LOOSE = 4
    DEMONYM = 5


_MATCHES = tuple(Match)


@dataclass(frozen=True, slots=True)
class Named:
    """A place found under a name, and by which kind of name."""

    place: Place
    match: Match


def tile(latitude: float, longitude: float) -> int:
    """The number of the one-degree square that holds a position."""
    return (math.floor(latitude) + 90) * 360 + (math.floor(longitude) + 180) % 360


class Gazetteer:
    """Look-ups in a built file; safe to share between threads. Close it, or use it as a context manager.

    `local_places` are the moderators': where one has the name asked for, only local places are answered.
    Raises GazetteerMissing when there is no usable file.
    """

    def __init__(self, path: Path, local_places: Sequence[LocalPlace] = ()) -> None:
        self.path = path
        self._lock = Lock()
        self._connection = _open(path)
        self._answers: dict[str, list[Named]] = {}
        self._kept = 0
        self._local: dict[str, list[Place]] = defaultdict(list)
        self._local_by_id: dict[int, Place] = {}
        for local in local_places:
            self._local_by_id[local.place.id] = local.place
            for key in {fold(name) for name in local.names}:
                self._local[key].append(local.place)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def lookup(self, name: str) -> list[Place]:
        """The places that `name` may mean, however it is spelled: exact names first, then the most people.

        Demonyms ("Iraqi") are no places, so they give an empty list.
        """
        found = self.find([name])[name]
        return [named.place for named in found if named.match is not Match.DEMONYM]

    def find(self, names: Iterable[str]) -> Mapping[str, list[Named]]:
        """`lookup` for many names at once, with the kind of each match and with demonyms."""
        keys = {name: fold(name) for name in names}
        answers = self._answered(set(keys.values()))
        return {name: list(answers[key]) for name, key in keys.items()}

    def place(self, place_id: int) -> Place | None:
        if place_id < 0:
            return self._local_by_id.get(place_id)
        rows = self._query(f"SELECT {_COLUMNS} FROM place p WHERE p.id = ?", [place_id])  # noqa: S608 - constant
        return _place(rows[0]) if rows else None

    def nearest(self, latitude: float, longitude: float, *, within_m: int = 100_000) -> Place | None:
        """The nearest point place (a site, facility, neighbourhood or town) not farther than `within_m` metres."""
        here = (latitude, longitude)
        places = [place for place in self.around(latitude, longitude, within_m) if place.level in _POINT_LEVELS]
        near = [(great_circle(here, (place.latitude, place.longitude)).m, place) for place in places]
        distance, place = min(near, key=lambda pair: pair[0], default=(math.inf, None))
        return place if distance <= within_m else None

    def around(self, latitude: float, longitude: float, within_m: int) -> list[Place]:
        """The places in the box of `within_m` metres to every side of a position, in no order."""
        tall = within_m / 1000 / _KM_A_DEGREE
        wide = min(180.0, tall / max(0.01, math.cos(math.radians(latitude))))
        south, north = max(-90.0, latitude - tall), min(89.999, latitude + tall)
        columns = range(math.floor(longitude - wide), math.floor(longitude + wide) + 1)
        tiles = {tile(row, column) for row in range(math.floor(south), math.floor(north) + 1) for column in columns}
        rows = self._in_chunks(f"SELECT {_COLUMNS} FROM place p WHERE p.tile IN (%s)", sorted(tiles))  # noqa: S608
        places = [_place(row) for row in rows] + list(self._local_by_id.values())
        return [
            place
            for place in places
            if south <= place.latitude <= north and abs((place.longitude - longitude + 180) % 360 - 180) <= wide
        ]

    def in_box(self, south: float, west: float, north: float, east: float, *, limit: int) -> list[Place] | None:
        """The packaged places between two latitudes and two longitudes (`west` > `east` crosses the 180th meridian).

        The most people first, `limit` at most; None for a box of more than MOST_TILES one-degree squares, which would
        read a large part of the file.
        """
        last = math.floor(east if west <= east else east + 360)
        columns = range(math.floor(west), last + 1)
        rows = range(math.floor(max(south, -90.0)), math.floor(min(north, 89.999)) + 1)
        if len(rows) * len(columns) > MOST_TILES:
            return None
        tiles = sorted({tile(row, column) for row in rows for column in columns})
        both_sides = "AND" if west <= east else "OR"
        sql = (
            f"SELECT {_COLUMNS} FROM place p WHERE p.tile IN ({','.join('?' * len(tiles))})"  # noqa: S608 - constants
            f" AND p.latitude BETWEEN ? AND ? AND (p.longitude >= ? {both_sides} p.longitude <= ?)"
            " ORDER BY p.population DESC, p.id LIMIT ?"
        )
        values = [*tiles, south, north, west, east, limit]
        return [_place(row) for row in self._query(sql, values)]

    def areas_in(self, place: Place) -> list[Place]:
        """The provinces of a country or the districts of a province; nothing for other places."""
        if place.level is Level.COUNTRY:
            asked, values = "", [place.country, Level.PROVINCE.value]
        elif place.level is Level.PROVINCE:
            asked, values = " AND p.province = ?", [place.country, Level.DISTRICT.value, place.province]
        else:
            return []
        # Said as the index says it, or it is not used.
        sql = f"SELECT {_COLUMNS} FROM place p WHERE {AREAS} AND p.country = ? AND p.level = ?{asked}"  # noqa: S608
        return [_place(row) for row in self._query(sql, values)]

    def sources(self) -> dict[str, str]:
        """What the file was built from: the name of each source and its version and count, as written by the build."""
        return {str(key): str(value) for key, value in self._query("SELECT key, value FROM meta ORDER BY key", [])}

    def _answered(self, keys: set[str]) -> dict[str, list[Named]]:
        """The answer for each key; the text of an article asks for the same few names again and again."""
        found = {key: answer for key in keys if (answer := self._answers.get(key)) is not None}
        missing = keys - found.keys()
        if missing:
            wanted = {key for key in missing if key and key not in self._local}
            rows = self._rows(wanted | {loosen(key) for key in wanted})
            fresh = {key: self._named(key, rows) for key in missing}
            self._keep(fresh)
            found.update(fresh)
        return found

    def _keep(self, fresh: Mapping[str, list[Named]]) -> None:
        size = len(fresh) + sum(map(len, fresh.values()))
        if size > _MOST_KEPT:
            return
        if self._kept + size > _MOST_KEPT:
            self._answers.clear()
            self._kept = 0
        self._answers.update(fresh)
        self._kept += size

    def _named(self, key: str, rows: Mapping[str, list[Named]]) -> list[Named]:
        if key in self._local:
            return [Named(place, Match.LOCAL) for place in self._local[key]]
        best = {named.place.id: named for named in rows.get(key, ())}
        loose = loosen(key)
        if loose != key:
            for named in rows.get(loose, ()):
                best.setdefault(named.place.id, Named(named.place, max(named.match, Match.LOOSE)))
        return sorted(best.values(), key=_order)

    def _rows(self, keys: set[str]) -> dict[str, list[Named]]:
        found: dict[str, list[Named]] = defaultdict(list)
        for key, match, *row in self._in_chunks(_BY_KEY, list(keys)):
            found[key].append(Named(_place(row), _MATCHES[match]))
        return found

    def _in_chunks(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        for first in range(0, len(values), _KEYS_A_QUERY):
            part = values[first : first + _KEYS_A_QUERY]
            rows += self._query(sql % ",".join("?" * len(part)), part)
        return rows

    def _query(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()


def _open(path: Path) -> sqlite3.Connection:
    fix = "run: python manage.py load_gazetteer"
    if not path.is_file():
        raise GazetteerMissing(f"There is no gazetteer at {path}; {fix}")
    # The file is replaced as a whole and never written to, so it needs no locks (`immutable`).
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
    try:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        raise GazetteerMissing(f"{path} is no gazetteer; {fix}") from error
    if found != FORMAT:
        connection.close()
        raise GazetteerMissing(f"The gazetteer at {path} has format {found}, not {FORMAT}; {fix}")
    return connection


def _order(named: Named) -> tuple[bool, int, int]:
    """Exact names before loose ones, then the most people: the United Kingdom before a village called Uk.

    The people of a province count a tenth, for its name mostly means the town that it is called after.
    """
    place = named.place
    people = place.population // 10 if place.level in {Level.PROVINCE, Level.DISTRICT} else place.population
    return named.match > Match.ALIAS, -people, place.id


def _place(row: Sequence[Any]) -> Place:
    number, name, latitude, longitude, level, *rest = row
    return Place(number, name, latitude, longitude, _LEVELS[level], *rest)
