"""What a local place would change before it is saved, and saving it with the candidates that a moderator moves.

Saving alone changes what is read from then on. Published incidents stay where they are until somebody corrects them.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Prefetch
from geopy.distance import great_circle

from incidents.extraction.types import PlacePrecision
from incidents.gazetteer.errors import GazetteerMissing
from incidents.gazetteer.names import fold
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Level
from incidents.models import Incident, LocalPlace, Mention, Quote
from incidents.models.incident import UNPLACED
from incidents.workflows import review
from incidents.workflows.candidates import title_of
from incidents.workflows.places import names_of, packaged
from incidents.workflows.review import ReviewError

Status = Incident.Status
# Of the waiting and of the published alike: more are counted, not listed.
MOST_INCIDENTS = 100
_FOUND_BY = "local place"
# As the reader has it for "near X".
_NEAR_RADIUS_M = 25_000
# SQLite takes 999 parameters in every build.
_NAMES_A_QUERY = 900
# Two positions closer than this are one: they differ by rounding.
_SAME_KM = 0.005


@dataclass(frozen=True, slots=True)
class Move:
    """One incident whose words name the place: `then` are the fields that would be another, as review.correct takes them.

    `distance_km` is None where one of the two has no point. `follows`: its place is still what the reader took from
    these words, neither corrected nor taken from another article.
    """

    incident: Incident
    words: str
    then: dict[str, Any]
    distance_km: float | None
    follows: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """`waiting` and `published` are MOST_INCIDENTS at most, `more` counts the rest; `settled` are there already."""

    names: tuple[str, ...]
    waiting: list[Move] = field(default_factory=list)
    published: list[Move] = field(default_factory=list)
    more: int = 0
    settled: int = 0
    rivals: tuple[LocalPlace, ...] = ()

    @property
    def seen(self) -> str:
        """A word for what a moderator was shown of the published: another one when that differs."""
        shown = [
            [move.incident.pk, move.incident.version, sorted(map(str, move.then.items()))] for move in self.published
        ]
        return sha256(repr((self.names, shown, self.more)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Kept:
    """What saving a place did: candidates moved, and why others were not."""

    moved: list[Incident]
    refused: list[tuple[Incident, str]]


def preview(*, place: LocalPlace) -> Changes:
    """What saving `place` (not saved, or edited) would change. Writes nothing.

    Seven queries, two of which read the distinct place names of all mentions and quotes: linear in their number.
    """
    names = names_of(place, _known())
    keys = {fold(name) for name in names} - {""}
    waiting: list[Move] = []
    published: list[Move] = []
    more = settled = 0
    for incident, mention, words in _named(keys):
        move = _move(incident, mention, words, place)
        if not move.then:
            settled += 1
            continue
        group = published if incident.status == Status.PUBLISHED else waiting
        if len(group) < MOST_INCIDENTS:
            group.append(move)
        else:
            more += 1
    return Changes(names, waiting, published, more, settled, _rivals(place, keys))


@transaction.atomic
def keep_place(*, place: LocalPlace, by: User, move: Mapping[int, int] | None = None) -> Kept:
    """Save a local place, and take the candidates of `move` ({key: version the moderator saw}) to it.

    Each move is a correction in the incident's history that can be undone; one that was decided, changed or taken up by
    somebody else meanwhile is refused and stops none of the others. Raises nothing that `save` does not.
    """
    place.save()
    kept = Kept([], [])
    if not move:
        return kept
    moves = {each.incident.pk: each for each in preview(place=place).waiting}
    for incident in Incident.objects.filter(pk__in=move).order_by("pk"):
        if incident.pk not in moves:
            kept.refused.append((incident, "It no longer waits with this place name: look at it again."))
            continue
        try:
            with transaction.atomic():
                review.correct(
                    incident=incident,
                    by=by,
                    version=move[incident.pk],
                    changes=moves[incident.pk].then,
                    reason=f"local place: {place.name}",
                )
        except ReviewError as error:
            kept.refused.append((incident, str(error)))
        else:
            kept.moved.append(incident)
    return kept


def _known() -> Gazetteer | None:
    try:
        return packaged()
    except GazetteerMissing:
        return None


def _named(keys: set[str]) -> Iterable[tuple[Incident, Mention, str]]:
    """Waiting and published incidents whose words for the place fold to one of `keys`, each once, the newest first.

    A mention without quoted words (of a place taken from elsewhere) goes by its place name.
    """
    quotes = Quote.objects.filter(field="place")
    words = [text for text in quotes.values_list("text", flat=True).distinct() if fold(text) in keys]
    mentions = Mention.objects.exclude(incident=None)
    names = [name for name in mentions.values_list("place_name", flat=True).distinct() if fold(name) in keys]
    found: dict[int, tuple[int, str]] = {}
    for part in _parts(words):
        of_words = quotes.filter(text__in=part, mention__incident__isnull=False).order_by("mention")
        found |= {
            pk: (incident, text) for pk, incident, text in of_words.values_list("mention", "mention__incident", "text")
        }
    for part in _parts(names):
        unquoted = mentions.filter(place_name__in=part).exclude(quotes__in=quotes).order_by("pk")
        found |= {pk: (incident, name) for pk, incident, name in unquoted.values_list("pk", "incident", "place_name")}
    first = {incident: (pk, text) for pk, (incident, text) in sorted(found.items(), reverse=True)}
    yield from _loaded(first)


def _loaded(first: Mapping[int, tuple[int, str]]) -> Iterable[tuple[Incident, Mention, str]]:
    shown = [Status.CANDIDATE, Status.IN_REVIEW, Status.PUBLISHED]
    keys = sorted(first, reverse=True)
    for part in _parts(keys):
        named = Mention.objects.filter(pk__in=[first[key][0] for key in part])
        incidents = Incident.objects.filter(pk__in=part, status__in=shown).order_by("-pk")
        for incident in incidents.prefetch_related(Prefetch("mentions", named, to_attr="naming")):
            for mention in getattr(incident, "naming", []):
                yield incident, mention, first[incident.pk][1]


def _parts(values: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(values), _NAMES_A_QUERY):
        yield values[start : start + _NAMES_A_QUERY]


def _move(incident: Incident, mention: Mention, words: str, place: LocalPlace) -> Move:
    then = _fields(incident, mention, place)
    distance = _distance(incident, then)
    if distance is not None and distance < _SAME_KM:
        del then["latitude"], then["longitude"]
    then = {name: value for name, value in then.items() if getattr(incident, name) != value}
    if then:
        then["place_found_by"] = _FOUND_BY
        then |= _title(incident, then)
    taken = ("place_name", "latitude", "longitude", "place_precision")
    follows = all(getattr(incident, name) == getattr(mention, name) for name in taken)
    return Move(incident, words, then, distance, follows)


def _fields(incident: Incident, mention: Mention, place: LocalPlace) -> dict[str, Any]:
    """The place as the reader would take it from the same words."""
    precision = PlacePrecision.AREA if place.level == Level.SEA else PlacePrecision(place.level)
    fields: dict[str, Any] = {"place_name": place.name, "country": place.country, "province": place.province}
    if precision in UNPLACED:
        return {**fields, "latitude": None, "longitude": None, "radius_m": None, "place_precision": str(precision)}
    point: dict[str, Any] = {"latitude": place.latitude, "longitude": place.longitude}
    if incident.place_precision != PlacePrecision.NEAR:
        return {**fields, **point, "radius_m": place.radius_m, "place_precision": str(precision)}
    if (base := _measured_from(mention)) is None:
        return {**fields, **point, "radius_m": max(_NEAR_RADIUS_M, place.radius_m)}
    north, east = (mention.latitude or 0.0) - base[0], (mention.longitude or 0.0) - base[1]
    wider = math.cos(math.radians(base[0])) / max(0.01, math.cos(math.radians(place.latitude)))
    return {
        **fields,
        "latitude": round(min(90.0, max(-90.0, place.latitude + north)), 4),
        "longitude": round((place.longitude + east * wider + 180) % 360 - 180, 4),
    }


def _measured_from(mention: Mention) -> tuple[float, float] | None:
    """The place behind "20 km west of X": the namesake with the score of the place that was taken."""
    match mention.place_candidates:
        case [{"score": taken}, {"score": first, "latitude": float(latitude), "longitude": float(longitude)}, *_]:
            return (latitude, longitude) if taken == first and mention.latitude is not None else None
    return None


def _distance(incident: Incident, then: Mapping[str, Any]) -> float | None:
    if incident.latitude is None or incident.longitude is None or then.get("latitude") is None:
        return None
    here, there = (incident.latitude, incident.longitude), (then["latitude"], then["longitude"])
    return float(great_circle(here, there).km)


def _title(incident: Incident, then: Mapping[str, Any]) -> dict[str, str]:
    """Our own title names the place; one that a person wrote stays."""
    if incident.title != title_of(incident):
        return {}
    moved = copy.copy(incident)
    for name, value in then.items():
        setattr(moved, name, value)
    title = title_of(moved)
    return {} if title == incident.title else {"title": title}


def _rivals(place: LocalPlace, keys: set[str]) -> tuple[LocalPlace, ...]:
    """Other local places that answer to one of the names: which is meant is then for the words around it to say."""
    known = _known()
    others = LocalPlace.objects.exclude(pk=place.pk).order_by("pk")
    return tuple(other for other in others if keys & {fold(name) for name in names_of(other, known)})
