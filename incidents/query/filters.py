"""From a query to conditions in SQL, the same for SQLite and PostgreSQL, all of them lazy.

Of a place only what the public may know is asked (`public_*`, `cell`): otherwise a search would give away by its count
what the cap hides.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, F, FloatField, IntegerField, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Cos, Power, Radians, Sin
from django.db.models.lookups import Exact, LessThanOrEqual

from incidents.extraction.types import PlacePrecision
from incidents.models import IncidentActor, Mention
from incidents.models.public_place import ORDER
from incidents.query import search
from incidents.query.reading import UNPLACED

if TYPE_CHECKING:
    from incidents.query.query import Query
    from incidents.query.reading import Box, Circle

# IUGG mean radius; against the ellipsoid distances err by at most 0.5 %.
EARTH_KM = 6371.0088
# An identifier of more digits fits no column.
_ID_DIGITS = 18
# A capped place may still name its province or country; which of the two is public follows from its precision.
PROVINCE_SHOWN = tuple(str(precision) for precision in ORDER[: ORDER.index(PlacePrecision.PROVINCE) + 1])
COUNTRY_SHOWN = tuple(str(precision) for precision in ORDER if precision is not PlacePrecision.UNKNOWN)

Condition = Q | Exists | Exact | LessThanOrEqual


def conditions(query: Query) -> list[Condition]:
    """One condition or more for each field in use; all of them must hold."""
    found: list[Condition] = [*_time(query), *_place(query), *_people(query)]
    if wanted := search.wanted(q=query.q, weapon=query.weapon, place=query.place):
        found.append(search.matching(wanted))
    if query.kind:
        found.append(Q(kind__in=query.kind))
    if query.killed_min is not None:
        found.append(LessThanOrEqual(Value(query.killed_min), Coalesce("killed_best", "killed_low")))
    if query.credibility:
        found.append(Q(credibility__in=query.credibility))
    return found


def _time(query: Query) -> list[Condition]:
    """An incident matches when some day of its range may lie in the range asked; undated ones match no range."""
    found: list[Condition] = []
    if query.since:
        found.append(Q(date_end__gte=query.since) | Q(date_end=None, date_start__gte=query.since))
    if query.until:
        found.append(Q(date_start__lte=query.until) | Q(date_start=None, date_end__lte=query.until))
    if query.time_precision:
        found.append(Q(time_precision__in=query.time_precision))
    if query.added_since:
        found.append(Q(published_at__date__gte=query.added_since))
    return found


def _place(query: Query) -> list[Condition]:
    found: list[Condition] = []
    if query.precision:
        levels = Q(public_place_precision__in=[level for level in query.precision if level != UNPLACED])
        found.append(levels | Q(cell=None) if UNPLACED in query.precision else levels)
    if query.bbox:
        found.append(_in_box(query.bbox))
    if query.near:
        found += _in_circle(query.near)
    if query.area:
        found += _in_outline(query.area)
    return found


def _people(query: Query) -> list[Condition]:
    found: list[Condition] = []
    if query.actor or query.role:
        roles = IncidentActor.objects.filter(incident=OuterRef("pk"))
        if query.actor:
            roles = roles.filter(_named("actor", query.actor))
        if query.role:
            roles = roles.filter(role__in=query.role)
        found.append(Exists(roles))
    if query.source:
        mentions = Mention.objects.filter(incident=OuterRef("pk"))
        found.append(Exists(mentions.filter(_named("article__source", query.source, also="domain"))))
    return found


def _named(relation: str, names: tuple[str, ...], *, also: str = "") -> Q:
    """Rows of `relation` by number, by name or by the field `also`."""
    numbers = [int(name) for name in names if is_number(name)]
    found = Q(**{f"{relation}__in": numbers})
    for name in names:
        found |= Q(**{f"{relation}__name__iexact": name})
        if also:
            found |= Q(**{f"{relation}__{also}__iexact": name})
    return found


def is_number(name: str) -> bool:
    """Whether an actor or a source is given by its number."""
    return name.isascii() and name.isdigit() and len(name) <= _ID_DIGITS


def _in_box(box: Box) -> Q:
    latitudes = Q(public_latitude__range=(box.south, box.north))
    if box.west <= box.east:
        return latitudes & Q(public_longitude__range=(box.west, box.east))
    return latitudes & (Q(public_longitude__gte=box.west) | Q(public_longitude__lte=box.east))


def _in_circle(circle: Circle) -> list[Condition]:
    """A band of latitudes, which an index can serve, and the haversine: exact across the poles and the 180th meridian."""
    angle = circle.km / EARTH_KM
    band = math.degrees(angle)
    latitude, longitude = math.radians(circle.latitude), math.radians(circle.longitude)
    across = Power(Sin(_half(Radians("public_longitude"), longitude)), 2)
    haversine = (
        Power(Sin(_half(Radians("public_latitude"), latitude)), 2)
        + Cos(Radians("public_latitude")) * Value(math.cos(latitude)) * across
    )
    return [
        Q(public_latitude__range=(circle.latitude - band, circle.latitude + band)),
        LessThanOrEqual(haversine, Value(math.sin(angle / 2) ** 2)),
    ]


def _half(angle: Combinable, other: float) -> Any:
    return (angle - Value(other)) / Value(2.0)


def _in_outline(outline: tuple[tuple[float, float], ...]) -> list[Condition]:
    """Even-odd rule: a point is inside when a line from it to the west crosses the outline an odd number of times.

    On the plane of degrees, as every drawing tool means it; an outline across the 180th meridian is not understood.
    """
    latitudes, longitudes = zip(*outline, strict=True)
    edges = zip(outline, (*outline[1:], outline[0]), strict=True)
    crossings = [_crossing(start, end) for start, end in edges if start[0] != end[0]]
    frame = Q(
        public_latitude__range=(min(latitudes), max(latitudes)),
        public_longitude__range=(min(longitudes), max(longitudes)),
    )
    if not crossings:
        return [Q(pk__in=[])]
    return [frame, Exact(_total(crossings) % Value(2), Value(1))]


def _total(terms: list[Combinable]) -> Combinable:
    """Their sum by halves: one after the other, a hundred terms nest deeper than SQLite's parser reads."""
    middle = len(terms) // 2
    return terms[0] if len(terms) == 1 else _total(terms[:middle]) + _total(terms[middle:])


def _crossing(start: tuple[float, float], end: tuple[float, float]) -> Combinable:
    """1 where the edge lies west of the point at the point's latitude, else 0."""
    (low, low_longitude), (high, high_longitude) = sorted((start, end))
    slope = (high_longitude - low_longitude) / (high - low)
    edge = Value(low_longitude, FloatField()) + (F("public_latitude") - Value(low)) * Value(slope)
    passed = Q(public_latitude__gte=low, public_latitude__lt=high, public_longitude__gt=edge)
    return Case(When(passed, then=Value(1)), default=Value(0), output_field=IntegerField())
