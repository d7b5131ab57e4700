"""Places that lie in a country of which the article says nothing else: most often another town of the same name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from incidents.extraction.geometry import POINTS, distance_km
from incidents.extraction.types import PlaceName, PlacePrecision
from incidents.extraction.words import without_accents

_PART_OF = re.compile(
    r"\s(?:neighbou?rhood|district|quarter|suburb|area|ward|section|sector|locality)\s(?:of|in)\s(?:the\s(?:city|town)\sof\s)?",
    re.IGNORECASE,
)
# No town is wider.
_PART_KM = 60.0
# A lower score is a doubtful namesake; of those listed on the development sets the right place was rare.
_LEAST_SCORE = 0.5
# From this score on a namesake by another name is believed, alone or not ("El Wadi" for Wädenswil had .63, "Batia" in
# Benin for Batī in Ethiopia .85).
_SURE_SCORE = 0.9


@dataclass(frozen=True, slots=True)
class _Place:
    """A place name of which a part is known better than the gazetteer knew it."""

    start: int
    end: int
    name: str
    role: str
    latitude: float | None
    longitude: float | None
    radius_m: int | None
    precision: PlacePrecision
    country: str | None
    province: str | None
    score: float


def without_strangers(text: str, places: Sequence[PlaceName]) -> list[PlaceName]:
    """The same places in the same order; a stranger keeps its words as its name, and has neither point nor country."""
    supporters: dict[str, set[str]] = {}
    for place in places:
        if place.country and place.score >= _LEAST_SCORE:
            supporters.setdefault(place.country, set()).add(place.name)
    parts = _parts_of_others(text, places)
    grounds = Counter(place.country for place in places if place.country)
    return [
        _unplaced(text, place)
        if number in parts or _is_stranger(place, supporters) or _is_far_fetched(text, place, grounds)
        else place
        for number, place in enumerate(places)
    ]


def _parts_of_others(text: str, places: Sequence[PlaceName]) -> set[int]:
    """ "The Karima neighbourhood of El Obeid" is no other town of the name of Karima."""
    found = set()
    for number, (part, whole) in enumerate(pairwise(places)):
        named = whole.precision in POINTS and _PART_OF.fullmatch(text, part.end, whole.start)
        gap = distance_km(part, whole) if named else None
        if gap is not None and gap > _PART_KM:
            found.add(number)
    return found


def _is_stranger(place: PlaceName, supporters: dict[str, set[str]]) -> bool:
    if place.country is None or place.score >= _LEAST_SCORE or place.precision is PlacePrecision.COUNTRY:
        return False
    return bool(supporters) and place.country not in supporters


def _is_far_fetched(text: str, place: PlaceName, grounds: Counter[str]) -> bool:
    """A town by another of its names, and nothing else of its country is named, in an article that names another
    one more than once: "the El Wadi district" of Nyala is no Wädenswil, Batia in Benin no Batī."""
    if place.country is None or place.score >= _SURE_SCORE or place.precision is PlacePrecision.COUNTRY:
        return False
    alone = grounds[place.country] == 1 and any(count > 1 for count in grounds.values())
    return alone and _letters(text[place.start : place.end]) not in _letters(place.name)


def _letters(name: str) -> str:
    """ "al-Qa'im" and "Al Qā’im" are one name."""
    return "".join(letter for letter in without_accents(name).lower() if letter.isalnum())


def _unplaced(text: str, place: PlaceName) -> PlaceName:
    return _Place(
        start=place.start,
        end=place.end,
        name=text[place.start : place.end],
        role=place.role,
        latitude=None,
        longitude=None,
        radius_m=None,
        precision=PlacePrecision.UNKNOWN,
        country=None,
        province=None,
        score=0.0,
    )
