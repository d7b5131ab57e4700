"""The pipeline on articles of our own words, coded by hand, against floors that only ever rise.

An incident is found when kind (or a kind often confused with it), day (give or take one) and place (within 50 km, or
the name where the gold has no point) agree; each of the coded incidents counts once, what is left over is a phantom.
Incidents marked optional are neither missed nor phantoms.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from geopy.distance import great_circle

from incidents import pipeline
from incidents.extraction.types import Incident
from incidents.gazetteer.store import Gazetteer
from incidents.management.commands.extract import EVALUATED_AS

ARTICLES = Path(__file__).with_name("articles.jsonl")
STRIKES = {"air_strike", "drone_strike", "missile_rocket", "shelling", "naval_attack"}
GROUND = {"armed_clash", "armed_attack", "assassination"}
BLASTS = {"bombing", "chemical"}
DAY = timedelta(days=1)


class Result(NamedTuple):
    right: int
    predicted: int
    coded: int
    empty: int
    left_empty: int
    killed_stated: int
    killed_right: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.predicted + self.coded)


@pytest.fixture(scope="module")
def result(gazetteer_path: Path) -> Iterator[Result]:
    with Gazetteer(gazetteer_path) as gazetteer:
        yield score([json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()], gazetteer)


def score(articles: list[dict[str, Any]], gazetteer: Gazetteer) -> Result:
    totals = [0] * 7
    for article in articles:
        published = date.fromisoformat(article["published"]) if article.get("published") else None
        found = pipeline.read(
            article["text"], published=published, gazetteer=gazetteer, title=article.get("title") or ""
        )
        pairs = match(article["events"], list(found.incidents))
        needed = [event for event in article["events"] if not event.get("optional")]
        free = sum(bool(event.get("optional")) for event, _ in pairs)
        stated = [(event, incident) for event, incident in pairs if event.get("killed_low") is not None]
        counts = [
            len(pairs) - free,
            len(found.incidents) - free,
            len(needed),
            not article["events"],
            not article["events"] and not found.incidents,
            len(stated),
            sum(bool(incident.killed and incident.killed.low == event["killed_low"]) for event, incident in stated),
        ]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
    return Result(*totals)


def match(events: list[dict[str, Any]], incidents: list[Incident]) -> list[tuple[dict[str, Any], Incident]]:
    """Each event with the first incident that is it; no incident twice, the events that must be found first."""
    pairs = []
    for event in sorted(events, key=lambda event: bool(event.get("optional"))):
        incident = next((incident for incident in incidents if is_same(event, incident)), None)
        if incident is not None:
            incidents.remove(incident)
            pairs.append((event, incident))
    return pairs


def is_same(event: dict[str, Any], incident: Incident) -> bool:
    return same_kind(event, incident) and same_day(event, incident) and same_place(event, incident)


def same_kind(event: dict[str, Any], incident: Incident) -> bool:
    wanted = set(event.get("type_ok") or [event["type"]])
    got = EVALUATED_AS.get(incident.kind, "other")
    return (
        wanted == {"*"}
        or got in wanted
        or any(got in family and wanted & family for family in (STRIKES, GROUND, BLASTS))
    )


def same_day(event: dict[str, Any], incident: Incident) -> bool:
    if not event.get("date"):
        return True
    if incident.when.start is None or incident.when.end is None:
        return False
    first = date.fromisoformat(event["date"])
    last = date.fromisoformat(event.get("date_high") or event["date"])
    width = incident.when.end - incident.when.start
    return incident.when.start <= last + DAY and first - DAY <= incident.when.end and width <= last - first + 3 * DAY


def same_place(event: dict[str, Any], incident: Incident) -> bool:
    where = incident.where
    if event.get("lat") is not None and where.latitude is not None:
        return great_circle((event["lat"], event["lon"]), (where.latitude, where.longitude)).km <= 50
    return not event.get("place") or bool(words(event["place"]) & words(where.name))


def words(name: str) -> set[str]:
    return set(name.lower().replace(",", " ").replace("-", " ").split()) - {"the", "of", "al", "near"}


def test_the_incidents_of_our_own_articles_are_found_without_phantoms(result):
    assert result.coded >= 20
    assert result.f1 >= 0.7, result


def test_articles_without_an_incident_stay_empty(result):
    assert result.empty >= 5
    assert result.left_empty / result.empty >= 0.9, result


def test_the_dead_are_counted_as_the_article_counts_them(result):
    assert result.killed_stated >= 8
    assert result.killed_right / result.killed_stated >= 0.8, result
