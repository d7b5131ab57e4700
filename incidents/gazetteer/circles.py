"""Circles on the map: a part of a place, a distance from it, the middle between two. Pure geometry, in degrees and metres."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from incidents.gazetteer.types import Level, Place

_KM_A_DEGREE = 111.2
# Without anything known of what lies inside, a part is a circle of this share of the whole, moved by that share of its radius.
_PART_RADIUS = 0.6
_PART_SHIFT = 0.5
# "Southern X" is those of its provinces most to the south that make a third of its ground; fewer than these say nothing of its shape.
_SHARE_OF_AREAS = 3
_FEWEST_AREAS = 4
# Areas so many times farther out than the median are islands far away ("northern Chile" without Easter Island).
_REMOTE = 3.0
# Two areas whose circles come so near to one another touch.
_TOUCHING_KM = 30.0
_BORDER_RADIUS_M = 50_000
_MOST_AREAS = 150
# What lies between two places is somewhere near the straight line; the road is never straight.
_BETWEEN_SLACK = 0.1
_LEAST_BETWEEN_M = 5_000
# "20 km west" is rounded by whoever says it: off by a quarter, in direction too.
_OFFSET_SLACK = 0.25
_LEAST_OFFSET_M = 2_000


@dataclass(frozen=True, slots=True)
class Circle:
    """Where something may have happened. `level` is None where it is that of the place the circle was made from.

    `near` says that it is round a place, and not a place itself.
    """

    latitude: float
    longitude: float
    radius_m: int
    level: Level | None = None
    near: bool = False


def part(place: Place, bearing: float | None, areas: Sequence[Place]) -> Circle:
    """The part of a place that lies at a bearing (degrees from north; None: the middle), judged by the areas in it."""
    level = Level.AREA if place.level in {Level.COUNTRY, Level.SEA} else place.level
    chosen = _third(place, bearing, areas)
    if not chosen:
        shift = place.radius_m * _PART_SHIFT if bearing is not None else 0.0
        latitude, longitude = moved(place.latitude, place.longitude, bearing or 0.0, shift)
        return Circle(latitude, longitude, _rounded(place.radius_m * _PART_RADIUS), level)
    weights = [each.radius_m**2 for each in chosen]
    latitude, longitude = _mean(place, [(each.latitude, each.longitude) for each in chosen], weights)
    # The circle whose points lie as far from its middle, in the mean of squares, as those of the areas' circles do.
    squares = (
        (_km(latitude, longitude, each.latitude, each.longitude) * 1000) ** 2 + each.radius_m**2 / 2 for each in chosen
    )
    moment = sum(square * weight for square, weight in zip(squares, weights, strict=True)) / sum(weights)
    return Circle(latitude, longitude, _rounded(math.sqrt(2 * moment)), level)


def offset(place: Place, km: float, bearing: float) -> Circle:
    """The point `km` kilometres from a place at a bearing."""
    latitude, longitude = moved(place.latitude, place.longitude, bearing, km * 1000)
    return Circle(latitude, longitude, max(_LEAST_OFFSET_M, round(km * _OFFSET_SLACK * 1000)), near=True)


def around(place: Place, radius_m: int) -> Circle:
    """A circle round a small place; of a large one only its edge moves out, for it stays the place that it was."""
    if place.level in {Level.PROVINCE, Level.DISTRICT, Level.AREA, Level.SEA}:
        return Circle(place.latitude, place.longitude, place.radius_m + radius_m, place.level)
    return Circle(place.latitude, place.longitude, max(place.radius_m, radius_m), near=True)


def between(one: Place, other: Place, level: Level | None) -> Circle:
    """The circle that has two places on its edge, with some slack; `level` None: near them."""
    km = distance_km(one, other)
    latitude, longitude = _mean(one, [(one.latitude, one.longitude), (other.latitude, other.longitude)])
    radius = max(_LEAST_BETWEEN_M, km * 1000 * (0.5 + _BETWEEN_SLACK))
    return Circle(latitude, longitude, _rounded(radius), level, near=level is None)


def border(one: Place, other: Place, mine: Sequence[Place], its: Sequence[Place]) -> Circle:
    """Where two places touch: the middle of the pairs of areas on both sides that do. Some ms for large countries."""
    touching = [
        ((first.latitude + second.latitude) / 2, (first.longitude + second.longitude) / 2)
        for first in mine[:_MOST_AREAS]
        for second in its[:_MOST_AREAS]
        if distance_km(first, second) <= (first.radius_m + second.radius_m) / 1000 + _TOUCHING_KM
        and abs(first.longitude - second.longitude) < 180
    ]
    if not touching:
        return between(one, other, Level.AREA)
    latitude, longitude = _mean(one, touching)
    reach = max(_km(latitude, longitude, *point) for point in touching)
    return Circle(latitude, longitude, _rounded(max(_BORDER_RADIUS_M, reach * 1000)), Level.AREA)


def distance_km(one: Place, other: Place) -> float:
    return _km(one.latitude, one.longitude, other.latitude, other.longitude)


def moved(latitude: float, longitude: float, bearing: float, metres: float) -> tuple[float, float]:
    """The point that lies so many metres away at a bearing, on a sphere."""
    arc = metres / 1000 / _KM_A_DEGREE
    turn, start, arc = math.radians(bearing), math.radians(latitude), math.radians(arc)
    sine = math.sin(start) * math.cos(arc) + math.cos(start) * math.sin(arc) * math.cos(turn)
    end = math.asin(max(-1.0, min(1.0, sine)))
    east = math.atan2(math.sin(turn) * math.sin(arc) * math.cos(start), math.cos(arc) - math.sin(start) * math.sin(end))
    return round(math.degrees(end), 4), round(_turned(longitude + math.degrees(east)), 4)


def _third(place: Place, bearing: float | None, areas: Sequence[Place]) -> list[Place]:
    away = [(each, *_plane(place, each.latitude, each.longitude)) for each in areas]
    if len(away) < _FEWEST_AREAS:
        return []
    middle = median(x for _, x, _ in away), median(y for _, _, y in away)
    usual = median(math.hypot(x - middle[0], y - middle[1]) for _, x, y in away)
    near = [row for row in away if math.hypot(row[1] - middle[0], row[2] - middle[1]) <= _REMOTE * usual] or away
    if bearing is None:
        near.sort(key=lambda row: math.hypot(row[1] - middle[0], row[2] - middle[1]))
    else:
        turn = math.radians(bearing)
        near.sort(key=lambda row: -(row[1] * math.sin(turn) + row[2] * math.cos(turn)))
    return _first_third([each for each, _, _ in near])


def _first_third(areas: Sequence[Place]) -> list[Place]:
    """The first areas that together make a third of the ground, at least one."""
    wanted = sum(each.radius_m**2 for each in areas) / _SHARE_OF_AREAS
    chosen: list[Place] = []
    covered = 0.0
    for each in areas:
        covered += each.radius_m**2 / 2
        if chosen and covered > wanted:
            break
        chosen.append(each)
        covered += each.radius_m**2 / 2
    return chosen


def _plane(place: Place, latitude: float, longitude: float) -> tuple[float, float]:
    """Kilometres east and north of a place, on a flat earth."""
    wide = math.cos(math.radians((latitude + place.latitude) / 2))
    return _KM_A_DEGREE * _turned(longitude - place.longitude) * wide, _KM_A_DEGREE * (latitude - place.latitude)


def _mean(
    place: Place, points: Sequence[tuple[float, float]], weights: Sequence[float] | None = None
) -> tuple[float, float]:
    """The middle of points, told from a place among them so that the date line does not tear them apart."""
    latitude = fmean((point[0] for point in points), weights)
    east = fmean((_turned(point[1] - place.longitude) for point in points), weights)
    return round(latitude, 4), round(_turned(place.longitude + east), 4)


def _km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Flat-earth distance, good to a few per cent below 500 km."""
    wide = math.cos(math.radians((latitude + other_latitude) / 2))
    return _KM_A_DEGREE * math.hypot(latitude - other_latitude, _turned(longitude - other_longitude) * wide)


def _turned(degrees: float) -> float:
    """A longitude, or a difference of two, between -180 and 180."""
    return (degrees + 180) % 360 - 180


def _rounded(metres: float) -> int:
    return 1000 * max(1, round(metres / 1000))
