"""Which of the places of one name is meant: hand-weighted features, and the other names of the document.

Every name of the document is ranked once (one sense per name). Its candidates start from what is known of them alone:
how many people live there, what kind of place it is, how exactly the name matches. Then the names vote for one another,
twice: a candidate gains from likely candidates of other names in its country, in its province and close by.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from incidents.gazetteer.names import fold
from incidents.gazetteer.store import Match, Named
from incidents.gazetteer.types import Candidate, Level, Place

Floats = NDArray[np.float64]

# A moderator sees this many, the best first.
MOST_CANDIDATES = 9
# More namesakes than this are tail: villages far smaller than the ones kept.
_MOST_NAMESAKES = 40
# Names are compared with one another in groups of so many, and so many candidates in all: time stays linear and
# memory below 100 MB for a text that is a list of ten thousand places. Articles have 10 to 60 names.
_GROUP = 200
_MOST_COMPARED = 2_000
_ROUNDS = 2
# Candidates as close as this to the best one are the same place as far as a map can show.
_SAME_POINT_KM = 25.0
# Within this distance two places of a text support each other; it falls off by e at every step of it.
_NEAR_KM = 150.0

# Weights in units of log10(people), set by hand and then moved by hill climbing on half of the articles of two corpora
# (benchmarks say how well they do on the others): a country outranks a metropolis, a facility from our own list a large town.
_OF_LEVEL = {
    Level.COUNTRY: 10.0,
    Level.SEA: 7.0,
    Level.AREA: 7.0,
    Level.PROVINCE: 3.3,
    Level.DISTRICT: 1.3,
    Level.TOWN: 0.0,
    Level.NEIGHBOURHOOD: 5.5,
    Level.FACILITY: 3.0,
    Level.SITE: 4.0,
}
_OF_MATCH = {
    Match.LOCAL: 20.0,
    Match.PRIMARY: 2.5,
    Match.ALIAS: 0.0,
    Match.ABBREVIATION: -0.5,
    Match.LOOSE: -0.8,
    Match.DEMONYM: -5.0,
}
# Our own lists hold what the news names; a place of theirs is meant unless the text says otherwise.
_OWN_LIST = 3.0
# A tenfold population is worth so much; the people of a province or district say less of how often it is named.
_PEOPLE = 1.0
_AREA_PEOPLE = 0.75
# What a province or district loses to a town of the same name in it.
_SEAT = 3.0
_LEVEL_ASKED = 6.0
_CONTAINED = 6.0
_COUNTRY_VOTE = 2.5
_PROVINCE_VOTE = 1.5
_NEAR_VOTE = 2.5
_HOME = 1.5


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


def rank(names: Sequence[Asked], home_country: str | None = None) -> dict[str, tuple[Candidate, ...]]:
    """The candidates of each key, best first; a score is the probability that the name means that point."""
    ranked: dict[str, tuple[Candidate, ...]] = {}
    for first in range(0, len(names), _GROUP):
        ranked.update(_rank_together(names[first : first + _GROUP], home_country))
    return ranked


def _rank_together(names: Sequence[Asked], home_country: str | None) -> dict[str, tuple[Candidate, ...]]:
    namesakes = min(_MOST_NAMESAKES, _MOST_COMPARED // len(names))
    pools = [_pool(asked)[:namesakes] for asked in names]
    filled = [(asked, pool) for asked, pool in zip(names, pools, strict=True) if pool]
    if not filled:
        return {}
    board = _Board(filled)
    scores = board.alone + _HOME * np.array(
        [place.country == home_country and home_country is not None for place in board.places]
    )
    scores += _CONTAINED * board.contained()
    final = scores
    for _ in range(_ROUNDS):
        final = scores + board.votes(board.shares(final))
    shares = board.shares(final)
    return {asked.key: _best(board.places[part], final[part], shares[part]) for asked, part in board.parts()}


class _Board:
    """All candidates of all names in one row, so that they can be compared at once."""

    def __init__(self, filled: Sequence[tuple[Asked, Sequence[Named]]]) -> None:
        self.names = [asked for asked, _ in filled]
        self.places = np.array([named.place for _, pool in filled for named in pool], dtype=object)
        self.owner = np.repeat(np.arange(len(filled)), [len(pool) for _, pool in filled])
        self.alone = np.array([_alone(named, asked, pool) for asked, pool in filled for named in pool])
        self.starts = np.flatnonzero(np.r_[True, np.diff(self.owner) > 0])
        self._countries = _numbered([place.country for place in self.places])
        self._provinces = _numbered([place.province and f"{place.country}/{place.province}" for place in self.places])
        self._near = _nearness(self.places)
        # A name given ten times is no ten witnesses.
        self._weight = np.array([1 + math.log(asked.mentions) for asked in self.names])[self.owner]

    def parts(self) -> list[tuple[Asked, slice]]:
        ends = [*self.starts[1:], len(self.owner)]
        return [(name, slice(start, end)) for name, start, end in zip(self.names, self.starts, ends, strict=True)]

    def shares(self, scores: Floats) -> Floats:
        """The probability of each candidate among those of its name."""
        top = np.maximum.reduceat(scores, self.starts)[self.owner]
        weights = np.exp(scores - top)
        return np.asarray(weights / np.add.reduceat(weights, self.starts)[self.owner])

    def votes(self, shares: Floats) -> Floats:
        mass = shares * self._weight
        total = self._weight[self.starts].sum()
        votes = np.zeros(len(mass))
        for weight, group in ((_COUNTRY_VOTE, self._countries), (_PROVINCE_VOTE, self._provinces)):
            votes += weight * self._group_vote(mass, group, total)
        # The best candidate of each other name nearby; their sum, with less and less from each more.
        pull = self._near * mass[None, :]
        best = np.maximum.reduceat(pull, self.starts, axis=1)
        best[np.arange(len(mass)), self.owner] = 0
        return np.asarray(votes + _NEAR_VOTE * np.log1p(best.sum(axis=1)))

    def _group_vote(self, mass: Floats, group: NDArray[np.int64], total: float) -> Floats:
        """The share of all other names' mass in each candidate's group (0 where it has none)."""
        sums = np.bincount(group, weights=mass, minlength=int(group.max()) + 1)
        own = np.bincount(self.owner * len(sums) + group, weights=mass, minlength=len(sums) * len(self.names))
        others = sums[group] - own[self.owner * len(sums) + group]
        rest = np.maximum(total - self._weight, 1.0)
        return np.asarray(np.where(group > 0, np.sqrt(np.maximum(others, 0) / rest), 0.0))

    def contained(self) -> Floats:
        """1 for a candidate that lies in a candidate of a name the text gives as its container."""
        insides: dict[str, list[Place]] = {}
        for asked, part in self.parts():
            insides[asked.key] = list(self.places[part])
        found = np.zeros(len(self.places))
        for asked, part in self.parts():
            holders = [place for key in asked.containers for place in insides.get(key, ())]
            if _is_country(insides[asked.key]):
                # "Georgia, Iraq and Iran" lists countries, "Lebanon, Ohio" does not.
                holders = [holder for holder in holders if holder.level is not Level.COUNTRY]
            if not holders:
                continue
            for index in range(part.start, part.stop):
                found[index] = any(_holds(holder, self.places[index]) for holder in holders)
        self._spread(found)
        return found

    def _spread(self, found: Floats) -> None:
        """A container that holds one of the candidates is itself the likelier for it."""
        by_key = {asked.key: part for asked, part in self.parts()}
        for asked, part in self.parts():
            inside = [self.places[index] for index in range(part.start, part.stop) if found[index]]
            for key in asked.containers & by_key.keys():
                for index in range(by_key[key].start, by_key[key].stop):
                    if any(_holds(self.places[index], place) for place in inside):
                        found[index] = max(found[index], 0.5)


def _is_country(places: Sequence[Place]) -> bool:
    return any(place.level is Level.COUNTRY for place in places)


def _pool(asked: Asked) -> list[Named]:
    return sorted(asked.named, key=lambda named: -_of_itself(named))


def _of_itself(named: Named) -> float:
    place = named.place
    people = math.log10(place.population + 100) if place.level is not Level.COUNTRY else 0.0
    if place.level in {Level.PROVINCE, Level.DISTRICT}:
        people *= _AREA_PEOPLE
    own = _OWN_LIST if place.source == "atlas" else 0.0
    return _PEOPLE * people + _OF_LEVEL[place.level] + _OF_MATCH[named.match] + own


def _alone(named: Named, asked: Asked, pool: Sequence[Named]) -> float:
    score = _of_itself(named)
    place = named.place
    if asked.levels:
        return score + (_LEVEL_ASKED if place.level in asked.levels else 0.0)
    if place.level is not Level.COUNTRY and _is_namesake_of_its_country(place, pool):
        score -= _SEAT
    if place.level in {Level.DISTRICT, Level.PROVINCE} and _has_seat(place, pool):
        # "Mosul" is the town, not the district that is named after it.
        score -= _SEAT
    return score


def _is_namesake_of_its_country(place: Place, pool: Sequence[Named]) -> bool:
    """Kuwait, Luxembourg, Taiwan: the name alone means the country."""
    return any(
        named.place.level is Level.COUNTRY and named.place.country == place.country and named.match <= Match.PRIMARY
        for named in pool
    )


def _has_seat(area: Place, pool: Sequence[Named]) -> bool:
    """Whether a town of the same name, in it, is large enough to be what the name means (New York, not Oklahoma's)."""
    return any(
        named.place.level is Level.TOWN
        and named.place.country == area.country
        and (named.place.population >= 0.1 * area.population or named.place.population > 200_000)
        and named.match <= Match.LOOSE
        and _km(named.place, area) < 2 * area.radius_m / 1000 + 30
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
        return _km(holder, place) <= 1.2 * holder.radius_m / 1000
    return False


def _km(one: Place, other: Place) -> float:
    """Flat-earth distance, good to a few per cent below 500 km."""
    wide = math.cos(math.radians((one.latitude + other.latitude) / 2))
    east = (one.longitude - other.longitude + 180) % 360 - 180
    return 111.2 * math.hypot(one.latitude - other.latitude, east * wide)


def _numbered(values: Sequence[str | None]) -> NDArray[np.int64]:
    """A number for each value, 0 for none."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(fold(value), len(numbers) + 1) if value else 0 for value in values])


def _nearness(places: NDArray[np.object_]) -> Floats:
    """Between 1 (same point) and 0 for each pair; places larger than a district give and take nothing."""
    points = np.array([[math.radians(place.latitude), math.radians(place.longitude)] for place in places])
    latitude, longitude = points[:, 0], points[:, 1]
    half = (
        np.sin((latitude[:, None] - latitude) / 2) ** 2
        + np.cos(latitude[:, None]) * np.cos(latitude) * np.sin((longitude[:, None] - longitude) / 2) ** 2
    )
    distance = 2 * 6371.0 * np.arcsin(np.sqrt(np.minimum(1, half)))
    small = np.array([place.level not in {Level.COUNTRY, Level.SEA, Level.AREA} for place in places])
    return np.asarray(np.exp(-distance / _NEAR_KM) * small[:, None] * small)


def _best(places: NDArray[np.object_], scores: Floats, shares: Floats) -> tuple[Candidate, ...]:
    order = np.argsort(-scores, kind="stable")[:MOST_CANDIDATES]
    best = places[order[0]]
    # A town, its district and our own row for it are one answer: the score says how sure the point is.
    sure = sum(float(shares[index]) for index in order if _km(places[index], best) <= _SAME_POINT_KM)
    rest = [Candidate(places[index], round(float(shares[index]), 4)) for index in order[1:]]
    return Candidate(best, round(min(1.0, sure), 4)), *rest
