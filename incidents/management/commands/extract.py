from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

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
    Where,
)
from incidents.gazetteer.countries import country_name
from incidents.gazetteer.errors import GazetteerError
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Role, Toponym
from incidents.ingestion.languages import detect_language, is_english
from incidents.ingestion.text import clean
from incidents.ingestion.types import CleanText

_DOERS = (ActorRole.PERPETRATOR, ActorRole.ALLEGED, ActorRole.CLAIMED_BY)
_WIDE = (PlacePrecision.PROVINCE, PlacePrecision.AREA)
_TITLE_GAP = "\n\n"
# The types that the evaluator of incidents knows; everything else is its "other".
EVALUATED_AS = {
    Kind.AIR_STRIKE: "air_strike",
    Kind.DRONE_STRIKE: "drone_strike",
    Kind.MISSILE_ROCKET: "missile_rocket",
    Kind.SHELLING: "shelling",
    Kind.BOMBING: "bombing",
    Kind.SUICIDE_BOMBING: "bombing",
    Kind.LANDMINE: "bombing",
    Kind.ARMED_ATTACK: "armed_attack",
    Kind.ARMED_CLASH: "armed_clash",
    Kind.ASSASSINATION: "assassination",
    Kind.ABDUCTION: "kidnapping",
    Kind.STABBING_VEHICLE: "armed_attack",
    Kind.ARSON: "arson",
    Kind.SHIP_ATTACK: "naval_attack",
    Kind.CHEMICAL_ATTACK: "chemical",
}
# What is found in an article that is not read: in another language than English.
NOTHING = pipeline.Extraction((), (), ())
# A name that stands for a government still names its place; an adjective ("Iraqi") names none.
_NAMES = (Role.EVENT, Role.DATELINE, Role.METONYM, Role.OTHER)


class Command(BaseCommand):
    help = "Read articles (one JSON object a line) and write their places and incidents. The database is not touched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jsonl", nargs=2, type=Path, required=True, metavar=("IN", "OUT"))
        parser.add_argument(
            "--format",
            choices=["full", "places", "incidents"],
            default="full",
            help="places and incidents are what the two evaluators read (default: full)",
        )

    def handle(self, *args: Any, jsonl: tuple[Path, Path], **options: Any) -> None:
        source, target = jsonl
        write = {"full": _full, "places": _places, "incidents": _incidents}[options["format"]]
        failed = 0
        try:
            with (
                Gazetteer(settings.GAZETTEER_PATH) as gazetteer,
                source.open(encoding="utf-8") as lines,
                target.open("w", encoding="utf-8") as out,
            ):
                for result in _results(lines, gazetteer, write):
                    failed += result.get("error") is not None
                    out.write(json.dumps(result, ensure_ascii=False) + "\n")
        except (OSError, UnicodeDecodeError, GazetteerError) as error:
            raise CommandError(str(error)) from error
        if failed:
            raise CommandError(f"{failed} lines failed; their error is in {target}")


class _Article:
    """One line of the input, read: its extraction, and where its words stand in the text that came in."""

    def __init__(self, line: dict[str, Any], gazetteer: Gazetteer) -> None:
        raw = line["text"]
        if not isinstance(raw, str):
            raise TypeError("text must be a string")
        given = str(line.get("title") or "")
        page = clean(raw, title=given)
        self.text = _with_title(raw, page.title, page.clean)
        title = "" if self.text.text != page.clean.text else given or page.title
        published = _day(line.get("published")) or (page.published.date() if page.published else None)
        self.language = detect_language(f"{title}\n{self.text.text}")
        self.found = NOTHING
        if is_english(self.language):
            self.found = pipeline.read(self.text.text, published=published, gazetteer=gazetteer, title=title)

    def span(self, start: int, end: int) -> dict[str, int]:
        first, last = self.text.to_raw(start, end)
        return {"start": first, "end": last}


def _results(
    lines: Iterator[str], gazetteer: Gazetteer, write: Callable[[_Article], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for text in lines:
        if not text.strip():
            continue
        identifier = None
        try:
            line = json.loads(text)
            identifier = line.get("id")
            yield {"id": identifier, **write(_Article(line, gazetteer))}
        # One line never stops the others, whatever is wrong with it or with us.
        except Exception as error:
            yield {"id": identifier, "error": f"{type(error).__name__}: {error}"}


def _with_title(raw: str, title: str, body: CleanText) -> CleanText:
    """The title in front of the body again, where the raw text has it there, so that its places count."""
    start = raw.find(title) if title else -1
    first = body.pieces[0][1] if body.pieces else 0
    if start < 0 or start + len(title) > first:
        return body
    shift = len(title) + len(_TITLE_GAP)
    pieces = [(0, start, len(title)), *((clean + shift, place, length) for clean, place, length in body.pieces)]
    return CleanText(title + _TITLE_GAP + body.text, tuple(pieces))


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def _full(article: _Article) -> dict[str, Any]:
    return {
        "language": article.language or None,
        "places": [_place(article, toponym) for toponym in article.found.toponyms],
        "incidents": [_incident(article, incident) for incident in article.found.incidents],
        "aggregates": [_aggregate(article, aggregate) for aggregate in article.found.aggregates],
        "error": None,
    }


def _place(article: _Article, toponym: Toponym) -> dict[str, Any]:
    span = article.span(toponym.start, toponym.end)
    best = toponym.best
    place = best.place if best else None
    latitude = toponym.latitude if toponym.latitude is not None else place.latitude if place else None
    longitude = toponym.longitude if toponym.longitude is not None else place.longitude if place else None
    return {
        **span,
        "text": toponym.text,
        "latitude": latitude,
        "longitude": longitude,
        "level": (toponym.level or place.level).value if place else None,
        "radius_m": toponym.radius_m if toponym.radius_m is not None else place.radius_m if place else None,
        "score": round(best.score, 3) if best else None,
        "geonames_id": place.geonames_id if place else None,
        "role": toponym.role.value,
    }


def _incident(article: _Article, incident: Incident) -> dict[str, Any]:
    where = incident.where
    return {
        "kind": incident.kind.label,
        "date_start": _iso(incident.when.start),
        "date_end": _iso(incident.when.end),
        "time_precision": incident.when.precision.value,
        "place": where.name or None,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "place_precision": where.precision.value,
        "radius_m": where.radius_m,
        "country": where.country,
        "actors": [{"name": actor.name, "role": actor.role.value} for actor in incident.actors],
        "weapon": incident.weapon or None,
        "killed": _count(incident.killed),
        "wounded": _count(incident.wounded),
        "confidence": incident.confidence,
        "stance": incident.stance.value,
        "reasons": list(incident.reasons),
        "quotes": [_quote(article, quote) for quote in incident.quotes],
    }


def _aggregate(article: _Article, aggregate: Aggregate) -> dict[str, Any]:
    return {
        "kind": aggregate.kind.label,
        "date_start": _iso(aggregate.when.start),
        "date_end": _iso(aggregate.when.end),
        "time_precision": aggregate.when.precision.value,
        "place": aggregate.where.name or None,
        "country": aggregate.where.country,
        "actors": [{"name": actor.name, "role": actor.role.value} for actor in aggregate.actors],
        "killed": _count(aggregate.count),
        "reason": aggregate.reason,
        "quotes": [_quote(article, quote) for quote in aggregate.quotes],
    }


def _quote(article: _Article, quote: Quote) -> dict[str, Any]:
    return {"field": quote.field, **article.span(quote.start, quote.end)}


def _count(count: Count | None) -> dict[str, int | None] | None:
    return None if count is None else {"low": count.low, "high": count.high}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _places(article: _Article) -> dict[str, Any]:
    """The names with the points of their own places, whatever "south of" before them makes of it."""
    return {"toponyms": [_name(article, each) for each in article.found.toponyms if each.role in _NAMES]}


def _name(article: _Article, toponym: Toponym) -> dict[str, Any]:
    place = toponym.best.place if toponym.best else None
    return {
        **article.span(toponym.start, toponym.end),
        "text": toponym.text,
        "lat": place.latitude if place else None,
        "lon": place.longitude if place else None,
    }


def _incidents(article: _Article) -> dict[str, Any]:
    return {"events": [_event(article, incident) for incident in article.found.incidents]}


def _event(article: _Article, incident: Incident) -> dict[str, Any]:
    where = incident.where
    placed = not _lies_somewhere_in(article, where)
    event: dict[str, Any] = {
        "type": EVALUATED_AS.get(incident.kind, "other"),
        "date_low": _iso(incident.when.start),
        "date_high": _iso(incident.when.end),
        "place": where.name or None,
        "country": country_name(where.country),
        "lat": where.latitude if placed else None,
        "lon": where.longitude if placed else None,
        "actors": [_known_and_said(article, actor) for actor in incident.actors if actor.role in _DOERS],
        "target": [actor.name for actor in incident.actors if actor.role not in _DOERS],
        "confidence": incident.confidence,
    }
    for name, count in (("killed", incident.killed), ("wounded", incident.wounded)):
        if count is not None:
            # An open end ("at least two") is scored by its lower bound.
            event |= {f"{name}_low": count.low, f"{name}_high": count.low if count.high is None else count.high}
    return event


def _lies_somewhere_in(article: _Article, where: Where) -> bool:
    """Whether the place is in no gazetteer and only a province or wider round it is known: its centre is not its point."""
    named = article.found.toponyms[where.toponym] if where.toponym is not None else None
    return named is not None and named.best is None and where.precision in _WIDE


def _known_and_said(article: _Article, actor: ActorMention) -> str:
    """The name that the actor is known by and, where the text has none of its words, the text's: "... Pakistan (TTP)"."""
    said = article.text.text[actor.quote.start : actor.quote.end] if actor.quote else ""
    known = set(actor.name.lower().split())
    return f"{actor.name} ({said})" if said and known.isdisjoint(said.lower().split()) else actor.name
