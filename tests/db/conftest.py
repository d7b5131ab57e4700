"""A reader that understands one sentence, for tests of what is done with what a reader finds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from incidents import pipeline
from incidents.extraction.kinds import Kind
from incidents.extraction.types import (
    ActorMention,
    ActorRole,
    Aggregate,
    Count,
    Incident,
    PlacePrecision,
    Quote,
    TimePrecision,
    When,
    Where,
)
from incidents.gazetteer.types import Candidate, Level, Place, Role, Toponym
from incidents.pipeline import Extraction
from incidents.workflows import extract

NOW = datetime(2024, 1, 22, 12, 0, tzinfo=UTC)
_KINDS = {"drone": Kind.DRONE_STRIKE, "bomb": Kind.BOMBING, "shell": Kind.SHELLING}
_PLACES = {
    "Baghdad": (Place(1, "Baghdad", 33.3406, 44.4009, Level.TOWN, 12_000, "IQ", "Baghdad", 7_000_000),),
    "Erbil": (Place(2, "Erbil", 36.19, 44.01, Level.TOWN, 8_000, "IQ", "Erbil", 900_000),),
    "Tripoli": (
        Place(3, "Tripoli", 32.89, 13.19, Level.TOWN, 10_000, "LY", "Tripoli", 1_100_000),
        Place(4, "Tripoli", 34.44, 35.84, Level.TOWN, 6_000, "LB", "North", 230_000),
    ),
    "Iraq": (Place(5, "Iraq", 33.0, 44.0, Level.COUNTRY, 400_000, "IQ"),),
}
_TOLD = re.compile(
    r"(?:(?P<who>[A-Z]\w+ Brigade) said its )?(?P<kind>drone|bomb|shell) (?:hit|fell) (?:in )?(?P<place>[A-Z]\w+)"
    r"(?: on (?P<day>\d{4}-\d\d-\d\d))?(?:,? killing (?P<open>at least )?(?P<killed>\d+)(?P<civilians> civilians)?)?"
)
_SUMS = re.compile(r"(?P<kind>drone)s have hit (?P<place>[A-Z]\w+) (?P<count>\d+) times")


class OneSentenceReader:
    """Understands "a drone hit Baghdad on 2024-01-20, killing at least 2". `version` and `misread` may be set."""

    def __init__(self) -> None:
        self.version = pipeline.EXTRACTOR_VERSION
        self.misread: dict[Kind, Kind] = {}
        self.runs = 0

    def read(
        self,
        text: str,
        *,
        published: date | None,
        gazetteer: Any,
        title: str = "",
        home: Any = None,
        geocoder: Any = None,
    ) -> Extraction:
        self.runs += 1
        toponyms: list[Toponym] = []
        incidents = tuple(self._incident(match, toponyms) for match in _TOLD.finditer(text))
        sums = tuple(self._sum(match, toponyms) for match in _SUMS.finditer(text))
        return Extraction(tuple(toponyms), incidents, sums, self.version)

    def _incident(self, told: re.Match[str], toponyms: list[Toponym]) -> Incident:
        kind = _KINDS[told["kind"]]
        count = None
        if told["killed"]:
            low = int(told["killed"])
            group = "civilians" if told["civilians"] else ""
            count = Count(low, None if told["open"] else low, group, _quote("killed", told, "killed"))
        day = date.fromisoformat(told["day"]) if told["day"] else None
        when = (
            When(day, day, TimePrecision.DAY, _quote("date", told, "day"))
            if day
            else When(None, None, TimePrecision.UNKNOWN)
        )
        actors = (
            (ActorMention(told["who"], ActorRole.CLAIMED_BY, "rebel-group", "IQ", told["who"]),) if told["who"] else ()
        )
        return Incident(
            kind=self.misread.get(kind, kind),
            when=when,
            where=_where(told, toponyms),
            actors=actors,
            weapon=told["kind"],
            killed=count,
            wounded=None,
            confidence=0.75,
            quotes=(_quote("kind", told, "kind"),),
            groups=(("killed", count),) if count and count.group else (),
            parts={"kind": 0.9},
            reasons=("a plain sentence",),
        )

    def _sum(self, told: re.Match[str], toponyms: list[Toponym]) -> Aggregate:
        count = Count(int(told["count"]), None, "", _quote("count", told, "count"))
        when = When(None, None, TimePrecision.UNKNOWN)
        return Aggregate(
            Kind.DRONE_STRIKE, when, _where(told, toponyms), count, (_quote("kind", told, "kind"),), (), "a sum"
        )


def _where(told: re.Match[str], toponyms: list[Toponym]) -> Where:
    places = _PLACES[told["place"]]
    start, end = told.span("place")
    candidates = tuple(Candidate(place, 0.9 - 0.3 * rank) for rank, place in enumerate(places))
    toponyms.append(Toponym(start, end, told["place"], Role.EVENT, candidates))
    best = places[0]
    pinned = best.level is not Level.COUNTRY
    return Where(
        name=best.name,
        precision=PlacePrecision(best.level),
        latitude=best.latitude if pinned else None,
        longitude=best.longitude if pinned else None,
        radius_m=best.radius_m if pinned else None,
        country=best.country,
        province=best.province,
        toponym=len(toponyms) - 1,
        quote=Quote("place", start, end),
    )


def _quote(field: str, told: re.Match[str], group: str) -> Quote:
    return Quote(field, *told.span(group))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> OneSentenceReader:
    """In place of the pipeline."""
    fake = OneSentenceReader()
    monkeypatch.setattr(pipeline, "read", fake.read)
    monkeypatch.setattr(extract, "gazetteer", lambda: None)
    return fake
