"""One click from a place on the review page to a local place: always read these words as this place."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from incidents.admin.place_form import ASKED_AT_ONCE
from incidents.gazetteer.names import fold
from incidents.gazetteer.types import Level
from incidents.models import Incident, Mention

# A place of this precision is of that level; "near" is of none.
_LEVEL_OF = {str(level): str(level) for level in Level}


def remember(request: HttpRequest, incident: Incident, mentions: list[Mention]) -> dict[str, str]:
    """The words for the place, and the form that makes them a name of the incident's place; none for who may not add one."""
    words = next(iter(_place_words(mentions)), incident.place_name)
    if not words or not request.user.has_perm("incidents.add_localplace"):
        return {}
    known = {"name": incident.place_name or words, "country": incident.country, "province": incident.province}
    if fold(words) != fold(known["name"]):
        known["aliases"] = words
    if incident.latitude is not None:
        known |= {"latitude": str(incident.latitude), "longitude": str(incident.longitude)}
    known |= {"radius_m": str(incident.radius_m or ""), "level": _LEVEL_OF.get(incident.place_precision, "")}
    filled = {name: value for name, value in known.items() if value} | {ASKED_AT_ONCE: "1"}
    return {"words": words, "url": f"{reverse('admin:incidents_localplace_add')}?{urlencode(filled)}"}


def _place_words(mentions: list[Mention]) -> Iterator[str]:
    """What the articles call the place; names have no line breaks."""
    for mention in mentions:
        yield from (" ".join(quote.text.split()) for quote in mention.quotes.all() if quote.field == "place")
