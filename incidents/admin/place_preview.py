"""What a local place would change, as the form shows it: one line an incident, and the articles that name it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from geopy.distance import great_circle

from incidents.admin.positions import nearest_town
from incidents.admin.words import UNKNOWN
from incidents.extraction.types import PlacePrecision
from incidents.models import Incident, LocalPlace
from incidents.workflows.naming_articles import articles_naming
from incidents.workflows.place_changes import Changes, Move


@dataclass(frozen=True, slots=True)
class Row:
    """`tick` is what the box sends: the incident and the version that is shown."""

    move: Move
    now: str
    then: str
    moved: str
    tick: str
    ticked: bool


def shown(place: LocalPlace, changes: Changes, ticked: Collection[str]) -> dict[str, Any]:
    """Context for admin/incidents/localplace/_changes.html. One query and a look through the newest articles."""
    return {
        "changes": changes,
        "waiting": list(_rows(changes.waiting, ticked)),
        "published": list(_rows(changes.published, ticked)),
        "kept_name": "" if place.name in changes.names else place.name,
        "nearest": _nearest(place),
        "naming": articles_naming(changes.names),
    }


def _rows(moves: Iterable[Move], ticked: Collection[str]) -> Iterable[Row]:
    for move in moves:
        incident = move.incident
        now = _where(incident.place_name, incident.place_precision)
        then = _where(
            move.then.get("place_name", incident.place_name),
            move.then.get("place_precision", incident.place_precision),
        )
        tick = f"{incident.pk}-{incident.version}"
        yield Row(move, now, then, _moved(incident, move), tick, tick in ticked)


def _where(name: str, precision: str) -> str:
    labels = dict(Incident._meta.get_field("place_precision").flatchoices)
    return f"{name or UNKNOWN} ({labels.get(precision, PlacePrecision(precision))})"


def _moved(incident: Incident, move: Move) -> str:
    if move.distance_km is not None:
        return _km(move.distance_km)
    loses = "latitude" in move.then and move.then["latitude"] is None
    if loses:
        return _("loses its point")
    return _("gets a point") if incident.latitude is None and move.then.get("latitude") is not None else _("stays")


def _km(distance: float) -> str:
    if distance < 0.005:
        return _("stays")
    return f"{distance:,.1f} km" if distance < 100 else f"{distance:,.0f} km"


def _nearest(place: LocalPlace) -> str:
    """The town a position lies near to: a slip of the hand shows."""
    town = nearest_town(place.latitude, place.longitude)
    if town is None:
        return _("no town within 100 km")
    distance = great_circle((place.latitude, place.longitude), (town.latitude, town.longitude)).km
    where = ", ".join(part for part in (town.name, town.province, town.country) if part)
    return _("%(distance)s km from %(town)s") % {"distance": f"{distance:,.0f}", "town": where}
