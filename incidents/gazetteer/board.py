"""All candidates of all names of a document in rows, and what speaks for each: the columns that the ranking weighs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from incidents.gazetteer.names import fold
from incidents.gazetteer.store import Match, Named
from incidents.gazetteer.types import Level, Place

Floats = NDArray[np.float64]

LEVELS = tuple(Level)
MATCHES = tuple(Match)
# What is known of a candidate without the rest of the document, and then what the other names say of it.
ALONE = (
    "people",
    "share of the people",
    "order by people",
    "from our own lists",
    *(f"level {level}" for level in LEVELS),
    *(f"match {match.name.lower()}" for match in MATCHES),
    "level asked for",
    "another level asked for",
    "called like its country",
    "called like its town",
    "few namesakes",
    "in its container",
    "not in its container",
    "its country is named",
    "its province is named",
)
VOTES = ("country", "province", "nearby", "best of the country", "best nearby")

# Within this distance two places of a text support each other; it falls off by e at every step of it.
_NEAR_KM = 150.0
_CLOSE_KM = 40.0
# Larger than this, a town is meant though a province or district has its name too ("New York").
_LARGE_SEAT = 200_000
_SEAT_SHARE = 0.1
_WIDE = frozenset([Level.COUNTRY, Level.SEA, Level.AREA])


@dataclass(slots=True)
class Asked:
    """A name of the document, what it may mean, and what the text says of it."""

    key: str
    named: Sequence[Named]
    mentions: int = 1
    levels: set[Level] = field(default_factory=set)
    """The levels that the words round it ask for: "province", "city of"."""
    containers: set[str] = field(default_factory=set)
    """Keys of the names that the text gives as where it lies: "Paris, Texas"."""
    belief: float = 1.0
    """How sure recognition is that the words are a place name at all."""


class Board:
    """The candidates of `filled` (a name and its pool, never empty) in one row each, compared all at once.

    Time and memory grow with the square of the number of candidates.
    """

    def __init__(self, filled: Sequence[tuple[Asked, Sequence[Named]]]) -> None:
        self.names = [asked for asked, _ in filled]
        self.places = np.array([named.place for _, pool in filled for named in pool], dtype=object)
        self.owner = np.repeat(np.arange(len(filled)), [len(pool) for _, pool in filled])
        self.starts = np.flatnonzero(np.r_[True, np.diff(self.owner) > 0])
        self._countries = _numbered([place.country for place in self.places])
        self._provinces = _numbered([place.province and f"{place.country}/{place.province}" for place in self.places])
        distance = _distances(self.places)
        self._near = np.exp(-distance / _NEAR_KM)
        self._close = np.exp(-distance / _CLOSE_KM)
        # A name given ten times is no ten witnesses.
        self._weight = np.array([1 + math.log(asked.mentions) for asked in self.names])[self.owner]
        own = [_of_itself(named, asked, pool) for asked, pool in filled for named in pool]
        self.alone: Floats = np.column_stack([np.array(own), self._contained(), *self._named_areas()])

    def parts(self) -> list[tuple[Asked, slice]]:
        ends = [*self.starts[1:], len(self.owner)]
        return [(name, slice(start, end)) for name, start, end in zip(self.names, self.starts, ends, strict=True)]

    def shares(self, scores: Floats) -> Floats:
        """The probability of each candidate among those of its name."""
        top = np.maximum.reduceat(scores, self.starts)[self.owner]
        weights = np.exp(scores - top)
        return np.asarray(weights / np.add.reduceat(weights, self.starts)[self.owner])

    def votes(self, shares: Floats) -> Floats:
        """What the other names, each as sure as its `shares`, say for each candidate: the columns of VOTES."""
        mass = shares * self._weight
        total = self._weight[self.starts].sum()
        country = self._group_vote(mass, self._countries, total)
        province = self._group_vote(mass, self._provinces, total)
        near, close = (self._pull(closeness, mass) for closeness in (self._near, self._close))
        top = np.maximum.reduceat(country, self.starts)[self.owner]
        most = np.maximum.reduceat(near, self.starts)[self.owner]
        return np.column_stack([country, province, np.log1p(close), country - top, np.log1p(near) - np.log1p(most)])

    def _pull(self, closeness: Floats, mass: Floats) -> Floats:
        """The best candidate of each other name nearby, summed."""
        best = np.maximum.reduceat(closeness * mass[None, :], self.starts, axis=1)
        best[np.arange(len(mass)), self.owner] = 0
        return np.asarray(best.sum(axis=1))

    def _group_vote(self, mass: Floats, group: NDArray[np.int64], total: float) -> Floats:
        """The share of all other names' mass in each candidate's group (0 where it has none)."""
        sums = np.bincount(group, weights=mass, minlength=int(group.max()) + 1)
        own = np.bincount(self.owner * len(sums) + group, weights=mass, minlength=len(sums) * len(self.names))
        others = sums[group] - own[self.owner * len(sums) + group]
        rest = np.maximum(total - self._weight, 1.0)
        return np.asarray(np.where(group > 0, np.sqrt(np.maximum(others, 0) / rest), 0.0))

    def _named_areas(self) -> tuple[Floats, Floats]:
        """Whether another name of the document may be each candidate's country, or its province."""
        countries: dict[str, set[int]] = {}
        provinces: dict[tuple[str, str], set[int]] = {}
        for place, owner in zip(self.places, self.owner, strict=True):
            if place.level is Level.COUNTRY and place.country:
                countries.setdefault(place.country, set()).add(int(owner))
            if place.level is Level.PROVINCE and place.country and place.province:
                provinces.setdefault((place.country, place.province), set()).add(int(owner))
        pairs = list(zip(self.places, self.owner, strict=True))
        country = [bool(countries.get(place.country, set()) - {int(owner)}) for place, owner in pairs]
        province = [
            bool(provinces.get((place.country, place.province), set()) - {int(owner)}) for place, owner in pairs
        ]
        return np.array(country, dtype=float), np.array(province, dtype=float)

    def _contained(self) -> Floats:
        """Two columns: whether a candidate lies in what the text gives as its container; whether only others do."""
        insides = {asked.key: list(self.places[part]) for asked, part in self.parts()}
        found = np.zeros(len(self.places))
        for asked, part in self.parts():
            holders = [place for key in asked.containers for place in insides.get(key, ())]
            if any(place.level is Level.COUNTRY for place in insides[asked.key]):
                # "Georgia, Iraq and Iran" lists countries, "Lebanon, Ohio" does not.
                holders = [holder for holder in holders if holder.level is not Level.COUNTRY]
            for index in range(part.start, part.stop) if holders else ():
                found[index] = any(_holds(holder, self.places[index]) for holder in holders)
        self._spread(found)
        top = np.maximum.reduceat(found, self.starts)[self.owner]
        return np.column_stack([found, top - found])

    def _spread(self, found: Floats) -> None:
        """A container that holds one of the candidates is itself the likelier for it."""
        by_key = {asked.key: part for asked, part in self.parts()}
        for asked, part in self.parts():
            inside = [self.places[index] for index in range(part.start, part.stop) if found[index]]
            for key in asked.containers & by_key.keys():
                for index in range(by_key[key].start, by_key[key].stop):
                    if any(_holds(self.places[index], place) for place in inside):
                        found[index] = max(found[index], 0.5)


def _of_itself(named: Named, asked: Asked, pool: Sequence[Named]) -> list[float]:
    place = named.place
    peopled = [other.place.population for other in pool if other.place.level is not Level.COUNTRY]
    people = math.log10(place.population + 100) - 2 if place.level is not Level.COUNTRY else 0.0
    larger = sum(other > place.population for other in peopled)
    fits = place.level in asked.levels
    return [
        people,
        place.population / max(1, sum(peopled)) if place.level is not Level.COUNTRY else 1.0,
        1.0 / (1 + larger),
        float(place.source == "atlas"),
        *(float(place.level is level) for level in LEVELS),
        *(float(named.match is match) for match in MATCHES),
        float(fits),
        float(bool(asked.levels) and not fits),
        float(not asked.levels and _is_namesake_of_its_country(place, pool)),
        float(not asked.levels and _has_seat(place, pool)),
        1.0 / len(pool),
    ]


def _is_namesake_of_its_country(place: Place, pool: Sequence[Named]) -> bool:
    """Kuwait, Luxembourg, Taiwan: the name alone means the country."""
    return place.level is not Level.COUNTRY and any(
        named.place.level is Level.COUNTRY and named.place.country == place.country and named.match <= Match.PRIMARY
        for named in pool
    )


def _has_seat(area: Place, pool: Sequence[Named]) -> bool:
    """Whether a town of an area's name, in it, is large enough to be what the name means (New York, not Oklahoma's)."""
    return area.level in {Level.DISTRICT, Level.PROVINCE} and any(
        named.place.level is Level.TOWN
        and named.place.country == area.country
        and (named.place.population >= _SEAT_SHARE * area.population or named.place.population > _LARGE_SEAT)
        and named.match <= Match.LOOSE
        and km_between(named.place, area) < 2 * area.radius_m / 1000 + 30
        for named in pool
    )


def _holds(holder: Place, place: Place) -> bool:
    if holder.id == place.id:
        return False
    if holder.level is Level.COUNTRY:
        return holder.country == place.country
    if holder.level is Level.PROVINCE:
        return holder.country == place.country and holder.province == place.province
    if holder.level in {Level.DISTRICT, Level.AREA, Level.SEA, Level.TOWN}:
        return km_between(holder, place) <= 1.2 * holder.radius_m / 1000
    return False


def km_between(one: Place, other: Place) -> float:
    """Flat-earth distance, good to a few per cent below 500 km."""
    wide = math.cos(math.radians((one.latitude + other.latitude) / 2))
    east = (one.longitude - other.longitude + 180) % 360 - 180
    return 111.2 * math.hypot(one.latitude - other.latitude, east * wide)


def _numbered(values: Sequence[str | None]) -> NDArray[np.int64]:
    """A number for each value, 0 for none."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(fold(value), len(numbers) + 1) if value else 0 for value in values])


def _distances(places: NDArray[np.object_]) -> Floats:
    """Kilometres between all pairs; places larger than a province are far from everything."""
    points = np.array([[math.radians(place.latitude), math.radians(place.longitude)] for place in places])
    latitude, longitude = points[:, 0], points[:, 1]
    half = (
        np.sin((latitude[:, None] - latitude) / 2) ** 2
        + np.cos(latitude[:, None]) * np.cos(latitude) * np.sin((longitude[:, None] - longitude) / 2) ** 2
    )
    distance = 2 * 6371.0 * np.arcsin(np.sqrt(np.minimum(1, half)))
    wide = np.array([place.level in _WIDE for place in places])
    distance[wide] = np.inf
    distance[:, wide] = np.inf
    return np.asarray(distance)
