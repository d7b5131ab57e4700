"""From a query to rows of the archive: the semantics of query/filters.py on arrays, one mask for each field in use."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Q

from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole, PlacePrecision, TimePrecision
from incidents.models import Actor, Source
from incidents.publishing.columns.archive import NONE, Archive, Lists
from incidents.query import Query, search
from incidents.query.filters import EARTH_KM, is_number
from incidents.query.holders import holders
from incidents.query.reading import UNPLACED, Box, Circle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

EPOCH = date(1970, 1, 1).toordinal()


def masks(archive: Archive, query: Query) -> dict[str, Mask]:
    """By field of the query. At most three queries: the texts, the actors' and the sources' names."""
    found = {}
    if wanted := search.wanted(q=query.q, weapon=query.weapon, place=query.place):
        found["text"] = _told_of(archive, wanted)
    if query.kind:
        found["kind"] = _among(archive.kind, Kind, query.kind)
    if query.since:
        found["since"] = archive.end >= day_number(query.since)
    if query.until:
        found["until"] = (archive.start <= day_number(query.until)) & (archive.start != NONE)
    if query.time_precision:
        found["time_precision"] = _among(archive.time_precision, TimePrecision, query.time_precision)
    if query.precision:
        found["precision"] = _precise(archive, query.precision)
    if query.bbox:
        found["bbox"] = _in_box(archive, query.bbox)
    if query.near:
        found["near"] = _in_circle(archive, query.near)
    if query.area:
        found["area"] = _in_outline(archive, query.area)
    if query.killed_min is not None:
        found["killed_min"] = archive.killed >= query.killed_min
    if query.credibility:
        found["credibility"] = np.isin(archive.credibility, query.credibility)
    if query.added_since:
        found["added_since"] = archive.added >= day_number(query.added_since)
    if query.actor or query.role:
        found["actor"] = _rows(archive, archive.actors, _took_part(archive, query))
    if query.source:
        keys = Source.objects.filter(_named(query.source, "domain")).values_list("pk", flat=True)
        found["source"] = _rows(archive, archive.sources, _is_one_of(archive.sources, keys))
    return found


def roles_asked(archive: Archive, query: Query) -> Mask | None:
    """Which items of `archive.actors` have a role that is asked for; None when none is."""
    return _among(archive.roles, ActorRole, query.role) if query.role else None


def day_number(day: date) -> int:
    return day.toordinal() - EPOCH


def _told_of(archive: Archive, wanted: search.Wanted) -> Mask:
    """What the database's index of words finds."""
    mask: Mask = holders(wanted, int(archive.id.max(initial=0)) + 1)[archive.id]
    return mask


def _took_part(archive: Archive, query: Query) -> Mask:
    asked = roles_asked(archive, query)
    found = np.ones(len(archive.roles), bool) if asked is None else asked
    if query.actor:
        keys = Actor.objects.filter(_named(query.actor)).values_list("pk", flat=True)
        found = found & _is_one_of(archive.actors, keys)
    return found


def _named(names: Sequence[str], also: str = "") -> Q:
    """By number, by name or by the field `also`."""
    found = Q(pk__in=[int(name) for name in names if is_number(name)])
    for name in names:
        found |= Q(name__iexact=name)
        if also:
            found |= Q(**{f"{also}__iexact": name})
    return found


def _is_one_of(lists: Lists, keys: Iterable[int]) -> Mask:
    chosen = np.isin(np.array(lists.keys, np.int64), list(keys))
    return chosen[lists.entry] if len(chosen) else np.zeros(len(lists.entry), bool)


def _rows(archive: Archive, lists: Lists, items: Mask) -> Mask:
    found = np.zeros(len(archive), bool)
    found[lists.row[items]] = True
    return found


def _among(column: NDArray[np.uint8], words: type[StrEnum], asked: Iterable[str]) -> Mask:
    allowed = np.zeros(len(words), bool)
    allowed[[list(words).index(words(word)) for word in asked]] = True
    return allowed[column]


def _precise(archive: Archive, asked: Sequence[str]) -> Mask:
    levels = _among(archive.place_precision, PlacePrecision, [level for level in asked if level != UNPLACED])
    return levels | np.isnan(archive.latitude) if UNPLACED in asked else levels


def _in_box(archive: Archive, box: Box) -> Mask:
    """The edges as single precision too: a point on an edge is inside, as it is in SQL."""
    west, south, east, north = (np.float32(edge) for edge in (box.west, box.south, box.east, box.north))
    band = (archive.latitude >= south) & (archive.latitude <= north)
    to_the_east, to_the_west = archive.longitude >= west, archive.longitude <= east
    return band & ((to_the_east & to_the_west) if box.west <= box.east else (to_the_east | to_the_west))


def _in_circle(archive: Archive, circle: Circle) -> Mask:
    latitude, longitude = np.radians(archive.latitude.astype(float)), np.radians(archive.longitude.astype(float))
    here, there = math.radians(circle.latitude), math.radians(circle.longitude)
    haversine = np.sin((latitude - here) / 2) ** 2
    haversine += np.cos(latitude) * math.cos(here) * np.sin((longitude - there) / 2) ** 2
    inside: Mask = haversine <= math.sin(circle.km / EARTH_KM / 2) ** 2
    return inside


def _in_outline(archive: Archive, outline: Sequence[tuple[float, float]]) -> Mask:
    """Even-odd rule on the plane of degrees."""
    inside = np.zeros(len(archive), bool)
    corners = [(float(np.float32(latitude)), float(np.float32(longitude))) for latitude, longitude in outline]
    for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
        (low, low_longitude), (high, high_longitude) = sorted((start, end))
        if low == high:
            continue
        edge = low_longitude + (archive.latitude.astype(float) - low) * (high_longitude - low_longitude) / (high - low)
        inside ^= (archive.latitude >= low) & (archive.latitude < high) & (archive.longitude > edge)
    return inside
