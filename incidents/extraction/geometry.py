"""Which places lie in one another, and which are too far apart to be one."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from incidents.extraction.types import PlaceName, PlacePrecision

_EARTH_DIAMETER_KM = 12742.0
# How much finer places are preferred over the larger ones that stand beside them ("in Heet, Anbar, Iraq").
FINENESS = {
    PlacePrecision.SITE: 0.7,
    PlacePrecision.FACILITY: 0.7,
    PlacePrecision.NEIGHBOURHOOD: 0.6,
    PlacePrecision.TOWN: 0.6,
    PlacePrecision.NEAR: 0.5,
    PlacePrecision.DISTRICT: 0.3,
    PlacePrecision.PROVINCE: 0.1,
    PlacePrecision.AREA: 0.0,
    PlacePrecision.COUNTRY: -0.3,
    PlacePrecision.UNKNOWN: 0.3,
}
POINTS = frozenset(
    [
        PlacePrecision.SITE,
        PlacePrecision.FACILITY,
        PlacePrecision.NEIGHBOURHOOD,
        PlacePrecision.TOWN,
        PlacePrecision.NEAR,
    ]
)
WIDE = frozenset([PlacePrecision.DISTRICT, PlacePrecision.PROVINCE, PlacePrecision.AREA, PlacePrecision.COUNTRY])


def contains(outer: PlaceName, inner: PlaceName) -> bool:
    """Whether one place is told to lie in the other, by country, by province or by name."""
    if outer.precision is PlacePrecision.COUNTRY:
        return inner.precision is not PlacePrecision.COUNTRY and outer.country == inner.country
    if outer.country and inner.country and outer.country != inner.country:
        return False
    if outer.precision in (PlacePrecision.PROVINCE, PlacePrecision.DISTRICT, PlacePrecision.AREA):
        if inner.precision is PlacePrecision.COUNTRY or outer.precision == inner.precision:
            return False
        if inner.province and outer.name.lower().startswith(inner.province.lower()[:5]):
            return True
        if outer.precision is PlacePrecision.PROVINCE and inner.province and inner.country == outer.country:
            return False
        gap = distance_km(outer, inner)
        # "Eastern Afghanistan" holds provinces, a province none.
        part = outer.precision is PlacePrecision.AREA and outer.country is not None and outer.country == inner.country
        return gap is not None and gap <= (outer.radius_m or 0) / 1000 and (part or inner.precision in POINTS)
    gap = distance_km(outer, inner)
    finer = FINENESS[inner.precision] > FINENESS[outer.precision]
    return finer and gap is not None and gap <= max((outer.radius_m or 0) / 1000, 5.0)


# Two names for one place lie as far apart as their radii reach; beyond these kilometres more, they are two places.
_SLACK_KM = 12.0


def are_apart(first: PlaceName, second: PlaceName) -> bool:
    """Whether these must be two places: neither in the other, and too far from one another."""
    if first.name.lower() == second.name.lower() or contains(first, second) or contains(second, first):
        return False
    if first.country and second.country and first.country != second.country:
        return True
    gap = distance_km(first, second)
    if gap is None:
        return first.precision not in (PlacePrecision.COUNTRY, PlacePrecision.UNKNOWN) and second.precision not in (
            PlacePrecision.COUNTRY,
            PlacePrecision.UNKNOWN,
        )
    return gap > ((first.radius_m or 0) + (second.radius_m or 0)) / 1000 + _SLACK_KM


def distance_km(first: PlaceName, second: PlaceName) -> float | None:
    """Great circle; None where one has no coordinates."""
    if None in (first.latitude, first.longitude, second.latitude, second.longitude):
        return None
    latitude, other = radians(first.latitude or 0.0), radians(second.latitude or 0.0)
    turn = radians((second.longitude or 0.0) - (first.longitude or 0.0))
    half = sin((other - latitude) / 2) ** 2 + cos(latitude) * cos(other) * sin(turn / 2) ** 2
    return _EARTH_DIAMETER_KM * asin(min(1.0, sqrt(half)))
