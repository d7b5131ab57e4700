"""A made-up world for benchmarks: real places and actors, wars that flare up and die down. The same in every run.

Drawn as news are: few places and actors have most of the incidents, a tenth of all have a point of their own, some days
have a hundred times as many as others.
"""

from __future__ import annotations

import csv
import random
import sqlite3
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Generic, TypeVar

from incidents.extraction.types import PlacePrecision

ROOT = Path(__file__).resolve().parent.parent
FIRST, LAST = date(2000, 1, 1), date(2024, 12, 31)
DAYS = (LAST - FIRST).days + 1
COUNTRIES = (
    "SY", "UA", "IQ", "YE", "AF", "NG", "PS", "SD", "SO", "PK", "MM", "ML", "CD", "ET", "LY", "BF", "LB", "IL", "MX", "IN",
    "CO", "TR", "RU", "EG", "PH", "NE", "CM", "MZ", "KE", "TD", "SS", "CF", "IR", "TH", "FR",
)  # fmt: skip
# Of each level and country the most populous; those of one country are drawn by Zipf's law.
_PLACES_OF_A_LEVEL = 120
_BURSTS = 90
_ACTORS, _SOURCES = 120, 60
_SITES = ("market", "bridge", "school", "hospital", "police station")
# What a gazetteer's level stands for; towns are also what sites lie in and what other places are near to.
_LEVELS = {
    PlacePrecision.FACILITY: ("facility",),
    PlacePrecision.NEIGHBOURHOOD: ("neighbourhood",),
    PlacePrecision.DISTRICT: ("district",),
    PlacePrecision.PROVINCE: ("province",),
    PlacePrecision.AREA: ("area", "sea"),
}
_PRECISIONS = {
    PlacePrecision.SITE: 6, PlacePrecision.FACILITY: 7, PlacePrecision.NEIGHBOURHOOD: 6, PlacePrecision.TOWN: 48,
    PlacePrecision.NEAR: 8, PlacePrecision.DISTRICT: 8, PlacePrecision.PROVINCE: 6, PlacePrecision.AREA: 4,
    PlacePrecision.COUNTRY: 5, PlacePrecision.UNKNOWN: 2,
}  # fmt: skip
_SITE_M, _NEAR_M = 50, 25_000
_OWN_POINT = 0.1
_T = TypeVar("_T")


class Zipf(Generic[_T]):
    """Draws the n-th of `items` with a weight of 1/n."""

    def __init__(self, items: Sequence[_T]) -> None:
        self.items = items
        self._sums = list(accumulate(1 / rank for rank in range(1, len(items) + 1)))

    def draw(self, chance: random.Random) -> _T:
        return self.items[bisect_left(self._sums, chance.random() * self._sums[-1])]


@dataclass(frozen=True, slots=True)
class Spot:
    """`point` is None for a country and for a place that nobody names."""

    name: str
    precision: PlacePrecision
    country: str
    province: str = ""
    point: tuple[float, float] | None = None
    radius_m: int | None = None


@dataclass(frozen=True, slots=True)
class Burst:
    country: str
    day: int
    width: float


class World:
    """Reads the gazetteer once."""

    def __init__(self, chance: random.Random, gazetteer: Path) -> None:
        self._chance = chance
        self._precisions = list(_PRECISIONS), list(accumulate(_PRECISIONS.values()))
        self._countries = Zipf(COUNTRIES)
        with sqlite3.connect(gazetteer) as database:
            self._spots = {country: _spots(database, country) for country in COUNTRIES}
        self.bursts = Zipf([self._burst() for _ in range(_BURSTS)])
        self.actors = _actors()
        self._actors_of = {
            country: Zipf([number for number, row in enumerate(self.actors) if row["country"] == country] or [0])
            for country in COUNTRIES
        }
        self._every_actor = Zipf(range(len(self.actors)))
        self.sources = Zipf(range(_SOURCES))

    def _burst(self) -> Burst:
        chance = self._chance
        return Burst(self._countries.draw(chance), chance.randrange(DAYS), chance.choice((2, 5, 12, 40, 120)))

    def when_and_where(self) -> tuple[date, str]:
        """A day and a country: three of five out of a burst."""
        chance = self._chance
        if chance.random() < 0.4:
            return FIRST + timedelta(days=chance.randrange(DAYS)), self._countries.draw(chance)
        burst = self.bursts.draw(chance)
        day = round(chance.gauss(burst.day, burst.width))
        return FIRST + timedelta(days=min(max(day, 0), DAYS - 1)), burst.country

    def spot(self, country: str) -> Spot:
        chance = self._chance
        precision = chance.choices(self._precisions[0], cum_weights=self._precisions[1])[0]
        known = self._spots[country].get(precision)
        spot = known.draw(chance) if known else self._spots[country][PlacePrecision.TOWN].draw(chance)
        if spot.point is None or chance.random() >= _OWN_POINT:
            return spot
        latitude, longitude = spot.point
        own = round(latitude + chance.gauss(0, 0.05), 4), round(longitude + chance.gauss(0, 0.06), 4)
        return Spot(spot.name, spot.precision, country, spot.province, own, spot.radius_m)

    def cast(self, country: str) -> list[int]:
        """One or two actors by their index, four of five at home in the country."""
        chance = self._chance
        drawn = {
            (self._actors_of[country] if chance.random() < 0.8 else self._every_actor).draw(chance)
            for _ in range(chance.choice((1, 2)))
        }
        return sorted(drawn)


def _spots(database: sqlite3.Connection, country: str) -> dict[PlacePrecision, Zipf[Spot]]:
    towns = _of_level(database, country, PlacePrecision.TOWN, ("town",))
    found = {
        PlacePrecision.TOWN: towns,
        PlacePrecision.SITE: [_site(town, number) for number in range(len(_SITES)) for town in towns[:40]],
        PlacePrecision.NEAR: [
            Spot(town.name, PlacePrecision.NEAR, country, town.province, town.point, _NEAR_M) for town in towns
        ],
        PlacePrecision.COUNTRY: [Spot(country, PlacePrecision.COUNTRY, country)],
        PlacePrecision.UNKNOWN: [Spot("", PlacePrecision.UNKNOWN, "")],
    }
    for precision, levels in _LEVELS.items():
        found[precision] = _of_level(database, country, precision, levels)
    return {precision: Zipf(spots) for precision, spots in found.items() if spots}


def _of_level(
    database: sqlite3.Connection, country: str, precision: PlacePrecision, levels: tuple[str, ...]
) -> list[Spot]:
    rows = database.execute(
        f"SELECT name, coalesce(province, ''), latitude, longitude, radius_m FROM place"  # noqa: S608 (marks only)
        f" WHERE country = ? AND level IN ({', '.join('?' * len(levels))}) ORDER BY population DESC, id LIMIT ?",
        (country, *levels, _PLACES_OF_A_LEVEL),
    )
    return [
        Spot(name, precision, country, province, (latitude, longitude), radius_m)
        for name, province, latitude, longitude, radius_m in rows
    ]


def _site(town: Spot, number: int) -> Spot:
    """The town's market, bridge ... always at the same point."""
    latitude, longitude = town.point or (0, 0)
    point = round(latitude + 0.004 * (number - 2), 5), round(longitude + 0.003 * (number % 3 - 1), 5)
    return Spot(f"{town.name} {_SITES[number]}", PlacePrecision.SITE, town.country, town.province, point, _SITE_M)


def _actors() -> list[dict[str, str]]:
    """Out of our own list: those at home in the world's countries come first."""
    with (ROOT / "incidents" / "extraction" / "data" / "actors.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    home = set(COUNTRIES)
    return sorted(rows, key=lambda row: (row["country"] not in home, row["name"]))[:_ACTORS]
