"""One pure function from clean text and its date to places and incidents. Workflows store what it gives, `extract`
prints it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from incidents.extraction.incidents import find_incidents
from incidents.extraction.types import ActorMention, Aggregate, Count, Incident, PlaceName, PlacePrecision, Quote, Where
from incidents.gazetteer.geoparse import geoparse
from incidents.gazetteer.providers import Provider
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Home, Level, Toponym
from incidents.language.parse import parse
from incidents.language.types import Document

# Stored with what was extracted. Raise it when the same text would give another result.
EXTRACTOR_VERSION = "encoder-10"

_PRECISION = {
    Level.SITE: PlacePrecision.SITE,
    Level.FACILITY: PlacePrecision.FACILITY,
    Level.NEIGHBOURHOOD: PlacePrecision.NEIGHBOURHOOD,
    Level.TOWN: PlacePrecision.TOWN,
    Level.DISTRICT: PlacePrecision.DISTRICT,
    Level.PROVINCE: PlacePrecision.PROVINCE,
    Level.AREA: PlacePrecision.AREA,
    Level.SEA: PlacePrecision.AREA,
    Level.COUNTRY: PlacePrecision.COUNTRY,
}


# Halves of pairs that broken software leaves in a text: no library below can encode them.
_SURROGATE = re.compile("[\ud800-\udfff]")
# Between a title and its text, where they are read together.
_TITLE_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article gave. `Incident.where.toponym` counts into `toponyms`."""

    toponyms: tuple[Toponym, ...]
    incidents: tuple[Incident, ...]
    aggregates: tuple[Aggregate, ...]
    version: str = EXTRACTOR_VERSION


def read(
    text: str,
    *,
    published: date | None,
    gazetteer: Gazetteer,
    title: str = "",
    home: Home | None = None,
    geocoder: Provider | None = None,
) -> Extraction:
    """Places and incidents of a clean text; never raises on any text. Offsets are characters into `text`.

    `published` anchors "on Tuesday"; None leaves such days unknown. `home` is that of the source,
    whose own country goes without saying. A `title` that `text` does not begin with is read before it; what only the title says has no quote
    and no toponym. Some 0.2 s for a long article. A `geocoder` is asked for places of events that the gazetteer lacks.
    """
    title, text = (_SURROGATE.sub("\ufffd", each) for each in (title, text))
    if title and not text.lstrip().startswith(title):
        whole = _read(title + _TITLE_GAP + text, published, gazetteer, home, geocoder)
        return _without_first(whole, len(title) + len(_TITLE_GAP))
    return _read(text, published, gazetteer, home, geocoder)


def _read(
    text: str, published: date | None, gazetteer: Gazetteer, home: Home | None, geocoder: Provider | None
) -> Extraction:
    document = parse(text)
    toponyms = geoparse(document, gazetteer, home=home, geocoder=geocoder)
    incidents, aggregates = find_incidents(document, _place_names(toponyms), published=published)
    return Extraction(toponyms, incidents, aggregates)


def named(text: str, gazetteer: Gazetteer) -> tuple[Document, list[PlaceName]]:
    """A text as extraction wants it, for those who train it."""
    document = parse(text)
    return document, _place_names(geoparse(document, gazetteer))


def _place_names(toponyms: Sequence[Toponym]) -> list[PlaceName]:
    return [_Named(toponym) for toponym in toponyms]


def _without_first(found: Extraction, length: int) -> Extraction:
    """The same, with offsets that leave out the first `length` characters and what stands in them."""
    kept = [index for index, toponym in enumerate(found.toponyms) if toponym.start >= length]
    renumbered = {index: position for position, index in enumerate(kept)}
    toponyms = tuple(
        replace(
            found.toponyms[index], start=found.toponyms[index].start - length, end=found.toponyms[index].end - length
        )
        for index in kept
    )

    def quote(old: Quote | None) -> Quote | None:
        return replace(old, start=old.start - length, end=old.end - length) if old and old.start >= length else None

    def quotes(old: tuple[Quote, ...]) -> tuple[Quote, ...]:
        return tuple(moved for moved in map(quote, old) if moved)

    def count(old: Count | None) -> Count | None:
        return replace(old, quote=quote(old.quote)) if old else None

    def where(old: Where) -> Where:
        toponym = renumbered.get(old.toponym) if old.toponym is not None else None
        return replace(old, toponym=toponym, quote=quote(old.quote))

    def actors(old: tuple[ActorMention, ...]) -> tuple[ActorMention, ...]:
        return tuple(replace(actor, quote=quote(actor.quote)) for actor in old)

    incidents = tuple(
        replace(
            incident,
            when=replace(incident.when, quote=quote(incident.when.quote)),
            where=where(incident.where),
            actors=actors(incident.actors),
            killed=count(incident.killed),
            wounded=count(incident.wounded),
            groups=tuple((effect, replace(part, quote=quote(part.quote))) for effect, part in incident.groups),
            quotes=quotes(incident.quotes),
        )
        for incident in found.incidents
    )
    aggregates = tuple(
        replace(
            aggregate,
            when=replace(aggregate.when, quote=quote(aggregate.when.quote)),
            where=where(aggregate.where),
            actors=actors(aggregate.actors),
            count=count(aggregate.count),
            quotes=quotes(aggregate.quotes),
        )
        for aggregate in found.aggregates
    )
    return Extraction(toponyms, incidents, aggregates, found.version)


class _Named:
    """A toponym as extraction wants it: the `PlaceName` protocol."""

    def __init__(self, toponym: Toponym) -> None:
        best = toponym.best
        place = best.place if best else None
        self.start = toponym.start
        self.end = toponym.end
        self.role = toponym.role.value
        self.name = place.name if place else toponym.text
        self.latitude = toponym.latitude if toponym.latitude is not None else place.latitude if place else None
        self.longitude = toponym.longitude if toponym.longitude is not None else place.longitude if place else None
        self.radius_m = toponym.radius_m if toponym.radius_m is not None else place.radius_m if place else None
        self.country = place.country if place else None
        self.province = place.province if place else None
        self.score = best.score if best else 0.0
        self.precision = _precision(toponym)


def _precision(toponym: Toponym) -> PlacePrecision:
    best = toponym.best
    if best is None:
        return PlacePrecision.UNKNOWN
    precision = _PRECISION[toponym.level or best.place.level]
    return PlacePrecision.NEAR if toponym.near and precision is not PlacePrecision.COUNTRY else precision
