"""What happened around an incident: near in time and space, and just before and after it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from incidents.models import Incident
from incidents.query.filters import EARTH_KM

# What a reader would call "the same days" and "the same area".
DAYS = 14
KM = 100
SHOWN = 6
_DEGREE_KM = 2 * math.pi * EARTH_KM / 360


@dataclass(frozen=True, slots=True)
class Neighbour:
    incident: Incident
    km: float


def around(incident: Incident) -> list[Neighbour]:
    """The SHOWN nearest of the days around it, days and kilometres counting alike; none without a date or a point.

    Two queries: places and days alone of all that the index by day finds, then the few that are shown.
    """
    first, last = incident.date_start, incident.date_end or incident.date_start
    latitude, longitude = incident.public_latitude, incident.public_longitude
    if first is None or last is None or latitude is None or longitude is None:
        return []
    days = (first - timedelta(days=DAYS), last + timedelta(days=DAYS))
    band = KM / _DEGREE_KM
    found = Incident.objects.published().exclude(pk=incident.pk).order_by()
    found = found.filter(date_start__range=days, public_latitude__range=(latitude - band, latitude + band))
    ranked = []
    rows: Iterable[Any] = found.values_list("pk", "date_start", "public_latitude", "public_longitude").iterator()
    for pk, start, *point in rows:
        km = distance((latitude, longitude), tuple(point))
        if km <= KM:
            ranked.append((km / KM + _apart(start, first, last) / DAYS, pk, km))
    nearest = {pk: km for _far, pk, km in sorted(ranked)[:SHOWN]}
    known = Incident.objects.in_bulk(nearest)
    return [Neighbour(known[pk], km) for pk, km in nearest.items() if pk in known]


def before_and_after(incident: Incident) -> tuple[Incident | None, Incident | None]:
    """The published incidents next to it in the order of days; none for one without a day. Two queries."""
    if incident.date_start is None:
        return None, None
    published = Incident.objects.published()
    earlier = published.filter(date_start__lte=incident.date_start)
    later = published.filter(date_start__gte=incident.date_start)
    return (
        earlier.exclude(date_start=incident.date_start, pk__gte=incident.pk).order_by("-date_start", "-pk").first(),
        later.exclude(date_start=incident.date_start, pk__lte=incident.pk).order_by("date_start", "pk").first(),
    )


def distance(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Kilometres between two (latitude, longitude), on the sphere."""
    (latitude, longitude), (to_latitude, to_longitude) = (tuple(map(math.radians, point)) for point in (one, other))
    across = math.sin((to_longitude - longitude) / 2) ** 2 * math.cos(latitude) * math.cos(to_latitude)
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, math.sin((to_latitude - latitude) / 2) ** 2 + across)))


def _apart(day: date, first: date, last: date) -> int:
    return max((first - day).days, (day - last).days, 0)
