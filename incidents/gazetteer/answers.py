"""What a provider of geopy answered, as places: checked, with the level and radius that the answer itself gives.

Nominatim and Photon say what kind of thing each answer is; of any other provider only position and address are known.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geopy.distance import great_circle
from geopy.location import Location

from incidents.gazetteer.types import Level, Place

MOST_ANSWERS = 5
_NAME_LENGTH = 200
_AREA_KINDS = frozenset(["natural", "waterway", "landuse", "geological", "mountain_pass"])
_SITE_KINDS = frozenset(["building", "house"])
# Shops and clubs are named after the places of the news more often than they are meant.
_NOT_MEANT = frozenset(["shop", "craft", "office", "club", "advertising"])
_LEVELS = {
    Level.COUNTRY: ("country",),
    Level.PROVINCE: ("state", "province", "region"),
    Level.DISTRICT: ("county", "district", "state_district", "municipality"),
    Level.TOWN: ("city", "town", "village", "hamlet", "isolated_dwelling", "locality", "farm"),
    Level.NEIGHBOURHOOD: ("suburb", "neighbourhood", "quarter", "borough", "city_district", "city_block"),
    Level.SEA: ("sea", "ocean", "bay", "strait"),
    Level.AREA: ("continent", "archipelago", "island"),
    Level.SITE: tuple(_SITE_KINDS),
}
_LEVEL_OF = {word: level for level, words in _LEVELS.items() for word in words}
# Where an answer has no extent; metres, as in data-model: a base 2-3 km, a town 3-15 km.
_USUAL_RADIUS_M = {
    Level.SITE: 50,
    Level.FACILITY: 2_000,
    Level.NEIGHBOURHOOD: 2_000,
    Level.TOWN: 5_000,
    Level.DISTRICT: 30_000,
    Level.PROVINCE: 100_000,
    Level.AREA: 50_000,
    Level.SEA: 200_000,
    Level.COUNTRY: 500_000,
}
# What an extent says where the kind says nothing: a radius up to so many metres is of that level.
_LEVEL_BY_RADIUS = ((1_000, Level.FACILITY), (15_000, Level.TOWN), (50_000, Level.DISTRICT))
# A position may lie so many degrees outside of its own extent: providers round.
_ROUNDING_DEGREES = 0.01
_PROVINCE_KEYS = ("state", "province", "region")


@dataclass(frozen=True, slots=True)
class _Box:
    south: float
    north: float
    west: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        slack = _ROUNDING_DEGREES
        tall = self.south - slack <= latitude <= self.north + slack
        if self.west > self.east:  # across the antimeridian
            return tall and (longitude >= self.west - slack or longitude <= self.east + slack)
        return tall and self.west - slack <= longitude <= self.east + slack

    def radius_m(self) -> int:
        """Half of the diagonal."""
        return round(float(great_circle((self.south, self.west), (self.north, self.east)).m) / 2)


def places_of(locations: Iterable[Location], source: str) -> tuple[Place, ...]:
    """The usable answers in the provider's order; what has no position on the globe, or another than its own extent, is left out."""
    places = (_place(location, source) for location in list(locations)[:MOST_ANSWERS])
    return tuple(place for place in places if place is not None)


def _place(location: Location, source: str) -> Place | None:
    latitude, longitude = location.latitude, location.longitude
    raw = _mapping(location.raw)
    facts = {**raw, **_mapping(raw.get("properties"))}
    kinds = [str(facts.get(key) or "") for key in ("class", "category", "osm_key")]
    box = _box(facts)
    if not _is_position(latitude, longitude, raw) or (box and not box.holds(latitude, longitude)):
        return None
    if _NOT_MEANT.intersection(kinds):
        return None
    level = _level(facts, kinds, box)
    address = _mapping(facts.get("address"))
    country = str(address.get("country_code") or facts.get("countrycode") or "").upper()
    province = next((found for key in _PROVINCE_KEYS if (found := _line(address.get(key) or facts.get(key)))), None)
    return Place(
        id=0,
        name=_line(facts.get("name")) or _line(str(location.address or "").split(",")[0]),
        latitude=round(latitude, 6),
        longitude=round(longitude, 6),
        level=level,
        radius_m=max(_USUAL_RADIUS_M[Level.SITE], box.radius_m() if box else _USUAL_RADIUS_M[level]),
        country=country if len(country) == 2 and country.isascii() and country.isalpha() else None,
        province=province,
        source=source,
    )


def _is_position(latitude: float, longitude: float, raw: Mapping[str, Any]) -> bool:
    """geopy reads a missing coordinate as 0 and turns a longitude of 400 into 40."""
    if (latitude, longitude) == (0, 0):
        return False
    said = _number(raw.get("lon", longitude))
    return said is not None and abs(said) <= 180 and abs(latitude) <= 90


def _level(facts: Mapping[str, Any], kinds: list[str], box: _Box | None) -> Level:
    for key in ("addresstype", "osm_value", "type"):
        if level := _LEVEL_OF.get(str(facts.get(key) or "")):
            return level
    if _AREA_KINDS.intersection(kinds):
        return Level.AREA
    if _SITE_KINDS.intersection(kinds):
        return Level.SITE
    if box is None:
        # A thing with a kind of its own (military, aeroway, amenity ...), or a provider that says nothing.
        return Level.FACILITY if any(kinds) else Level.TOWN
    if any(kinds) and "boundary" not in kinds and box.radius_m() <= _LEVEL_BY_RADIUS[1][0]:
        return Level.FACILITY
    return next((level for most, level in _LEVEL_BY_RADIUS if box.radius_m() <= most), Level.PROVINCE)


def _box(facts: Mapping[str, Any]) -> _Box | None:
    """Nominatim's `boundingbox` (south, north, west, east) or Photon's `extent` (west, north, east, south)."""
    if numbers := _numbers(facts.get("boundingbox")):
        south, north, west, east = numbers
    elif numbers := _numbers(facts.get("extent")):
        west, north, east, south = numbers
    else:
        return None
    return _Box(south, north, west, east) if -90 <= south <= north <= 90 else None


def _numbers(value: object) -> list[float]:
    if not isinstance(value, list) or len(value) != 4:
        return []
    numbers = [number for number in map(_number, value) if number is not None]
    return numbers if len(numbers) == 4 else []


def _number(value: object) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _line(value: object) -> str:
    """A provider's text as one line without control characters, of a length that a column holds."""
    if not isinstance(value, str):
        return ""
    return "".join(letter for letter in " ".join(value.split()) if letter.isprintable())[:_NAME_LENGTH]
