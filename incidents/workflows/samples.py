"""The sample articles through the ordinary ways: read by the pipeline, decided by the moderators' workflow."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from incidents.gazetteer.names import fold
from incidents.models import Article, Incident, Mention, Source
from incidents.workflows import review
from incidents.workflows.ingest import IngestResult, ingest_bytes
from incidents.workflows.moderators import SAMPLE_MODERATOR, machine_user

_SOURCE_FIELDS = ("name", "kind", "reliability", "country", "language", "home_place")


class SamplesError(Exception):
    """The folder holds no samples as they should be; the message says which file."""


@dataclass(slots=True)
class Loaded:
    """Counts of rows that are new. `unmatched` are decisions on something the pipeline did not find this way."""

    articles: int = 0
    published: int = 0
    rejected: int = 0
    waiting: int = 0
    unmatched: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def load(*, folder: Path, now: datetime, step: Callable[[str, int], None] | None = None) -> Loaded:
    """Read every article of index.json and apply decisions.json; a second time changes nothing.

    `step(what, of_how_many)` is called once for each article and decision. Raises SamplesError and GazetteerMissing.
    """
    index, decisions = _read(folder / "index.json"), _read(folder / "decisions.json")
    steps = len(index) + len(decisions)
    loaded, articles = Loaded(), dict[str, Article]()
    for entry in index:
        result = _ingest(folder, entry, now)
        loaded.articles += result.created
        if result.error:
            loaded.failed.append(f"{entry['file']}: {result.error}")
        elif result.article is not None:
            articles[entry["file"]] = result.article
        if step:
            step(entry["file"], steps)
    moderator = machine_user(SAMPLE_MODERATOR)
    taken: set[int] = set()
    for decision in decisions:
        _apply(decision, articles, moderator, taken, loaded)
        if step:
            step(decision["article"], steps)
    loaded.waiting = Incident.objects.waiting().filter(mentions__article__in=articles.values()).distinct().count()
    return loaded


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        return list(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise SamplesError(f"{file.name} of the samples can not be read: {error}") from error


def _ingest(folder: Path, entry: dict[str, Any], now: datetime) -> IngestResult:
    file = folder / entry["file"]
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SamplesError(f"index.json of the samples names {entry['file']}, which can not be read.") from error
    facts = entry["source"]
    given = {name: facts[name] for name in _SOURCE_FIELDS if name in facts}
    source, _ = Source.objects.get_or_create(domain=facts["domain"], defaults=given)
    return ingest_bytes(
        content=content,
        content_type=entry.get("content_type", ""),
        url=entry["url"],
        name=file.name,
        fetched_at=now,
        is_sample=True,
        source=source,
    )


@transaction.atomic
def _apply(
    decision: dict[str, Any], articles: dict[str, Article], moderator: User, taken: set[int], loaded: Loaded
) -> None:
    """One decision on the first mention that it describes and that no decision before it has taken."""
    article = articles.get(decision["article"])
    match = decision["match"]
    described = f"{decision['article']}: {match.get('kind', 'any kind')} on {match.get('date')} at {match.get('place')}"
    mention = next(_described(article, match, taken), None) if article else None
    if mention is None or mention.incident is None:
        loaded.unmatched.append(described)
        return
    taken.add(mention.incident.pk)
    incident = mention.incident
    if incident.status not in {Incident.Status.CANDIDATE, Incident.Status.IN_REVIEW}:
        return
    changes = dict(decision.get("corrections", {}))
    if title := decision.get("title"):
        changes["title"] = title
    reason = decision.get("reason", "")
    try:
        if decision["decision"] == "publish":
            review.publish(
                incident=incident,
                by=moderator,
                credibility=decision.get("credibility"),
                reason=reason,
                changes=changes,
            )
            loaded.published += 1
        else:
            review.reject(incident=incident, by=moderator, reason=reason)
            loaded.rejected += 1
    except review.ReviewError as error:
        loaded.failed.append(f"{described}: {error}")


def _described(article: Article, match: dict[str, Any], taken: set[int]) -> Iterator[Mention]:
    """The article's mentions with this kind, day and place, those with the narrowest range of days first.

    The mention keeps what was extracted, so that the second load finds the same ones whatever was corrected.
    """
    mentions = article.mentions.filter(is_aggregate=False).select_related("incident").prefetch_related("quotes")
    if kinds := match.get("kind"):
        mentions = mentions.filter(kind__in=kinds)
    if day := match.get("date"):
        mentions = mentions.filter(date_start__lte=date.fromisoformat(day), date_end__gte=date.fromisoformat(day))
    found = [mention for mention in mentions if mention.incident_id not in taken and _is_at(mention, match)]
    yield from sorted(found, key=lambda mention: (_days(mention), mention.pk))


def _is_at(mention: Mention, match: dict[str, Any]) -> bool:
    wanted = fold(match.get("place") or "")
    quoted = (quote.text for quote in mention.quotes.all() if quote.field == "place")
    names = [fold(name) for name in (mention.place_name, *quoted)]
    return any(name and (wanted in name or name in wanted) for name in names) or not wanted


def _days(mention: Mention) -> int:
    if mention.date_start is None or mention.date_end is None:
        return 0
    return (mention.date_end - mention.date_start).days
