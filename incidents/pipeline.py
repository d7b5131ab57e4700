"""One pure function from clean text and its date to places and incidents. Workflows store what it gives, `extract`
prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from incidents.extraction.incidents import find_incidents
from incidents.extraction.types import Aggregate, Incident, PlacePrecision
from incidents.gazetteer.geoparse import geoparse
from incidents.gazetteer.types import Level, Toponym
from incidents.language.parse import parse

# Stored with what was extracted. Raise it when the same text would give another result.
EXTRACTOR_VERSION = "rules-1"

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


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article gave. `Incident.where.toponym` counts into `toponyms`."""

    toponyms: tuple[Toponym, ...]
    incidents: tuple[Incident, ...]
    aggregates: tuple[Aggregate, ...]
    version: str = EXTRACTOR_VERSION


def read(
    text: str, *, published: date | None, gazetteer: Any, title: str = "", home_country: str | None = None
) -> Extraction:
    """Places and incidents of a clean text; never raises on any text. Offsets are characters into `text`.

    `published` anchors "on Tuesday"; None leaves such days unknown. `home_country` (alpha-2) is where the source
    leaves the country out. `title` helps only where `text` does not begin with it. About 0.2 s for a long article.
    """
    document = parse(text)
    toponyms = geoparse(document, gazetteer, home_country=home_country)
    incidents, aggregates = find_incidents(document, [_Named(toponym) for toponym in toponyms], published=published)
    return Extraction(toponyms, incidents, aggregates)


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
    precision = _PRECISION[best.place.level]
    return PlacePrecision.NEAR if toponym.near and precision is not PlacePrecision.COUNTRY else precision
