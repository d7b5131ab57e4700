"""Places for the map of the desk: by name, and in the map's box; the moderators' own and the packaged gazetteer's."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from geopy.exc import GeopyError

from incidents.admin.positions import read_position
from incidents.gazetteer.errors import GazetteerMissing
from incidents.gazetteer.geocoder import GazetteerGeocoder
from incidents.gazetteer.names import fold
from incidents.gazetteer.types import Place
from incidents.models import LocalPlace
from incidents.workflows.places import packaged

# The list beside the map has them all, and nobody steps through more.
MOST_IN_BOX = 100
MOST_LOCAL = 500
# No name of a place is longer; the ranking of one takes a few milliseconds.
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Rights:
    """What the asking user may do: nothing leads to a form that would refuse them."""

    add: bool
    change: bool


def by_name(query: str, rights: Rights) -> dict[str, Any]:
    """What a name or a typed position means, best first. Raises ValueError with what is wrong, and GazetteerMissing."""
    query = " ".join(query.split())
    if not query:
        raise ValueError(_("Type the name of a place, or a position such as 33.34, 44.40."))
    if len(query) > LONGEST_QUERY:
        raise ValueError(_("This is longer than any name of a place."))
    if position := read_position(query):
        return {"places": [_position(*position, rights)], "more": False}
    try:
        candidates = GazetteerGeocoder(packaged()).candidates(query)
    except GeopyError as error:
        raise ValueError(str(error)) from error
    found = [_packaged(each.place, rights, score=each.score) for each in candidates]
    return {"places": [*_local_named(query, rights), *found], "more": False}


def in_box(text: str, rights: Rights) -> dict[str, Any]:
    """What lies in "south,west,north,east": all local places (MOST_LOCAL at most) and the largest others.

    `wide` says that the box is too wide to list what the packaged gazetteer has in it. ValueError for no box.
    """
    south, west, north, east = _box(text)
    places = LocalPlace.objects.filter(latitude__range=(south, north))
    inside = Q(longitude__range=(west, east)) if west <= east else Q(longitude__gte=west) | Q(longitude__lte=east)
    local = [_local(place, rights) for place in places.filter(inside).order_by("name", "pk")[: MOST_LOCAL + 1]]
    others, error = _packaged_in(south, west, north, east)
    found = [_packaged(place, rights) for place in (others or [])[:MOST_IN_BOX]]
    more = len(local) > MOST_LOCAL or len(others or []) > MOST_IN_BOX
    answer = {"places": [*local[:MOST_LOCAL], *found], "more": more, "wide": others is None}
    return {**answer, "error": error} if error else answer


def _packaged_in(south: float, west: float, north: float, east: float) -> tuple[list[Place] | None, str]:
    """And why there are none: a map of local places does without the gazetteer."""
    try:
        return packaged().in_box(south, west, north, east, limit=MOST_IN_BOX + 1), ""
    except GazetteerMissing as error:
        return None, str(error)


def _box(text: str) -> tuple[float, float, float, float]:
    try:
        south, west, north, east = (float(number) for number in text.split(","))
    except ValueError as error:
        raise ValueError(_("The box is south,west,north,east in degrees.")) from error
    if not all(map(math.isfinite, (south, west, north, east))) or south > north:
        raise ValueError(_("The box is south,west,north,east in degrees."))
    if east - west >= 360:
        return max(south, -90.0), -180.0, min(north, 90.0), 180.0
    return max(south, -90.0), _turned(west), min(north, 90.0), _turned(east)


def _turned(longitude: float) -> float:
    """A map goes round and round; -180 to 180."""
    return longitude if -180 <= longitude <= 180 else (longitude + 180) % 360 - 180


def _local_named(query: str, rights: Rights) -> Iterable[dict[str, Any]]:
    key = fold(query)
    for place in LocalPlace.objects.order_by("name", "pk"):
        if key in {fold(str(name)) for name in (place.name, *place.aliases)}:
            yield _local(place, rights)


def _local(place: LocalPlace, rights: Rights) -> dict[str, Any]:
    return {
        **_facts(place),
        "names": [str(alias) for alias in place.aliases],
        "population": None,
        "source": _("local place"),
        "score": None,
        "local": True,
        "url": reverse("admin:incidents_localplace_change", args=[place.pk]),
        "action": _("Change") if rights.change else _("Look at it"),
    }


def _packaged(place: Place, rights: Rights, *, score: float | None = None) -> dict[str, Any]:
    return {
        **_facts(place),
        "names": [],
        "population": place.population or None,
        "source": place.source,
        "score": None if score is None else round(score, 3),
        "local": False,
        "url": _add_url(place) if rights.add else "",
        "action": _("Add a name to this place"),
    }


def _facts(place: Place | LocalPlace) -> dict[str, Any]:
    return {
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "level": str(place.level),
        "country": place.country or "",
        "province": place.province or "",
        "radius_m": place.radius_m,
        "geonames_id": place.geonames_id,
    }


def _position(latitude: float, longitude: float, rights: Rights) -> dict[str, Any]:
    fields = {"latitude": f"{latitude:.5f}", "longitude": f"{longitude:.5f}"}
    return {
        **dict.fromkeys(("country", "province"), ""),
        **dict.fromkeys(("level", "radius_m", "geonames_id", "population", "score"), None),
        "name": f"{latitude:.5f}, {longitude:.5f}",
        "latitude": latitude,
        "longitude": longitude,
        "names": [],
        "source": "",
        "local": False,
        "url": f"{reverse('admin:incidents_localplace_add')}?{urlencode(fields)}" if rights.add else "",
        "action": _("Add a local place here"),
    }


def _add_url(place: Place) -> str:
    """The form for a local place that stands on this one."""
    origin = f"GeoNames {place.geonames_id}" if place.geonames_id else place.source
    fields = {name: value for name, value in _facts(place).items() if value not in (None, "")}
    fields["note"] = _("The packaged gazetteer (%(origin)s).") % {"origin": origin}
    return f"{reverse('admin:incidents_localplace_add')}?{urlencode(fields)}"
