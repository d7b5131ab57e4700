"""What the public may know of a place: the cap that protects people is applied before anything is written.

A capped position is snapped to the middle of a grid cell about as wide as the capped precision, so that neither one
release nor several of them give the exact point back.
"""

from __future__ import annotations

from dataclasses import dataclass

import quadbin

from incidents.extraction.types import PlacePrecision

# From the finest to the coarsest.
ORDER = tuple(PlacePrecision)
# Quadbin level whose cell is about as wide as the precision is uncertain (40,075 km / 2^level at the equator).
_SNAP_LEVEL = {
    PlacePrecision.FACILITY: 16,  # 0.6 km
    PlacePrecision.NEIGHBOURHOOD: 13,  # 4.9 km
    PlacePrecision.TOWN: 11,  # 20 km
    PlacePrecision.NEAR: 10,  # 39 km
    PlacePrecision.DISTRICT: 9,  # 78 km
    PlacePrecision.PROVINCE: 8,  # 157 km
    PlacePrecision.AREA: 7,  # 313 km
}
_EQUATOR_M = 40_075_000


@dataclass(frozen=True, slots=True)
class PublicPlace:
    name: str
    precision: str
    latitude: float | None
    longitude: float | None
    radius_m: int | None


def capped(place: PublicPlace, cap: str, *, province: str, country: str) -> PublicPlace:
    """`place` no finer than `cap` (a PlacePrecision, "" for no cap). A capped name is that of the province or the country, or none."""
    if not cap or ORDER.index(PlacePrecision(place.precision)) >= ORDER.index(PlacePrecision(cap)):
        return place
    precision = PlacePrecision(cap)
    name = {PlacePrecision.UNKNOWN: "", PlacePrecision.COUNTRY: country, PlacePrecision.AREA: country}.get(
        precision, province or country
    )
    level = _SNAP_LEVEL.get(precision)
    if level is None or place.latitude is None or place.longitude is None:
        return PublicPlace(name, cap, None, None, None)
    longitude, latitude = quadbin.cell_to_point(quadbin.point_to_cell(place.longitude, place.latitude, level))
    return PublicPlace(name, cap, round(latitude, 5), round(longitude, 5), _EQUATOR_M // 2**level)
