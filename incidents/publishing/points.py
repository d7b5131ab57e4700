"""The published set as columns for the browser: arrays of equal length, one entry an incident."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from incidents.extraction.kinds import Family, Kind
from incidents.extraction.types import PlacePrecision
from incidents.query.countries import country_name

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from incidents.models import Incident

_EPOCH = date(1970, 1, 1).toordinal()
_KINDS = {str(kind): number for number, kind in enumerate(Kind)}
_PRECISIONS = {str(precision): number for number, precision in enumerate(PlacePrecision)}
_FIELDS = (
    "code", "title", "public_latitude", "public_longitude", "public_radius_m", "public_place_name",
    "public_place_precision", "kind", "credibility", "date_start", "date_end", "killed_low", "killed_best", "wounded_low", "wounded_best",
)  # fmt: skip


def points(incidents: QuerySet[Incident]) -> dict[str, Any]:
    """Every incident, those without a point with null positions; days count from 1970-01-01. One query.

    `kind` and `precision` are indexes into `kinds` and `precisions`; `families` has the family of each kind.
    """
    columns: dict[str, list[Any]] = {
        name: []
        for name in (
            "code", "title", "latitude", "longitude", "radius_m", "place", "precision", "kind", "credibility",
            "start", "end", "killed", "wounded",
        )
    }  # fmt: skip
    for row in incidents.order_by("-date_start", "-pk").values_list(*_FIELDS, named=True).iterator():
        for column, value in zip(columns.values(), _row(row), strict=True):
            column.append(value)
    families = list(Family)
    return {
        "count": len(columns["code"]),
        "kinds": [str(kind) for kind in Kind],
        "families": [families.index(kind.family) for kind in Kind],
        "precisions": [str(precision) for precision in PlacePrecision],
        "columns": columns,
    }


def _row(row: Any) -> tuple[Any, ...]:
    """In the order of the columns. Five decimals are a metre."""
    return (
        row.code,
        row.title,
        None if row.public_latitude is None else round(row.public_latitude, 5),
        None if row.public_longitude is None else round(row.public_longitude, 5),
        row.public_radius_m,
        country_name(row.public_place_name),
        _PRECISIONS[row.public_place_precision],
        _KINDS[row.kind],
        row.credibility,
        _day(row.date_start or row.date_end),
        _day(row.date_end or row.date_start),
        row.killed_low if row.killed_best is None else row.killed_best,
        row.wounded_low if row.wounded_best is None else row.wounded_best,
    )


def _day(value: date | None) -> int | None:
    return None if value is None else value.toordinal() - _EPOCH
