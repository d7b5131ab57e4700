"""The sample articles through the ordinary ways: read by the pipeline, decided by the moderators' workflow."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from math import inf
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from incidents.extraction.types import TimePrecision
from incidents.gazetteer.names import fold
from incidents.models import Article, Incident, Mention, Source
from incidents.workflows import review
from incidents.workflows.ingest import IngestResult, ingest_bytes
from incidents.workflows.moderators import SAMPLE_MODERATOR, machine_user

_SOURCE_FIELDS = ("name", "kind", "reliability", "country", "language", "home_place")

# "On Monday night" is the next day elsewhere, and an article's own day stands in where it names none.
_DAYS_OFF = 1


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
    for decision, mention in _matched(decisions, articles):
        if mention is None or mention.incident is None:
            loaded.unmatched.append(_described(decision))
        else:
            _apply(decision, mention, mention.incident, moderator, loaded)
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


def _matched(
    decisions: list[dict[str, Any]], articles: dict[str, Article]
) -> Iterator[tuple[dict[str, Any], Mention | None]]:
    """Each decision with the mention that it describes; no two take the same incident.

    Those that fit exactly are given first, then those that the moderator has to correct to what the decision says.
    Mentions keep what was extracted, so that a second load matches the same ones whatever was corrected.
    """
    told = {file: list(_mentions(article)) for file, article in articles.items()}
    taken: dict[int, Mention] = {}
    incidents: set[int | None] = {None}
    for fits in (_fits, _can_be_corrected):
        for number, decision in enumerate(decisions):
            free = [each for each in told.get(decision["article"], ()) if each.incident_id not in incidents]
            if number not in taken and (mention := next((each for each in free if fits(each, decision)), None)):
                taken[number] = mention
                incidents.add(mention.incident_id)
    for number, decision in enumerate(decisions):
        yield decision, taken.get(number)


def _mentions(article: Article) -> list[Mention]:
    """The narrowest range of days first."""
    mentions = article.mentions.filter(is_aggregate=False).select_related("incident").prefetch_related("quotes")
    return sorted(mentions, key=lambda mention: (_range(mention), mention.pk))


def _fits(mention: Mention, decision: dict[str, Any]) -> bool:
    match = decision["match"]
    kinds = match.get("kind")
    fits = (not kinds or mention.kind in kinds) and _days_off(mention, match) == 0 and _is_at(mention, match)
    return fits and _tells(mention, match)


def _can_be_corrected(mention: Mention, decision: dict[str, Any]) -> bool:
    """Whether the decision brings what it takes: a day beside, another kind or place that its corrections set."""
    match, corrections = decision["match"], decision.get("corrections", {})
    kinds = match.get("kind")
    right_kind = not kinds or mention.kind in kinds or "kind" in corrections
    right_place = _is_at(mention, match) or "latitude" in corrections
    return right_kind and right_place and _days_off(mention, match) <= _DAYS_OFF and _tells(mention, match)


def _days_off(mention: Mention, match: dict[str, Any]) -> float:
    """How many days the mention lies beside the day described; infinite without a date."""
    if "date" not in match:
        return 0
    if mention.date_start is None or mention.date_end is None:
        return inf
    day = date.fromisoformat(match["date"])
    return max((mention.date_start - day).days, (day - mention.date_end).days, 0)


def _is_at(mention: Mention, match: dict[str, Any]) -> bool:
    wanted = fold(match.get("place") or "")
    quoted = (quote.text for quote in mention.quotes.all() if quote.field == "place")
    names = [fold(name) for name in (mention.place_name, *quoted)]
    return not wanted or any(name and (wanted in name or name in wanted) for name in names)


def _tells(mention: Mention, match: dict[str, Any]) -> bool:
    """Whether a paragraph that the mention quotes for its kind holds one of the words that name this incident."""
    text = mention.article.text
    quotes = [quote for quote in mention.quotes.all() if quote.field == "kind"]
    paragraphs = [text[text.rfind("\n", 0, quote.start) + 1 :].partition("\n")[0] for quote in quotes]
    words = match.get("words", ())
    return not words or any(word in paragraph for word in words for paragraph in paragraphs)


def _range(mention: Mention) -> int:
    if mention.date_start is None or mention.date_end is None:
        return 0
    return (mention.date_end - mention.date_start).days


def _described(decision: dict[str, Any]) -> str:
    match = decision["match"]
    return f"{decision['article']}: {match.get('kind', 'any kind')} on {match.get('date')} at {match.get('place')}"


def _apply(decision: dict[str, Any], mention: Mention, incident: Incident, moderator: User, loaded: Loaded) -> None:
    """Decide as the moderator did, unless it is decided."""
    if incident.status not in {Incident.Status.CANDIDATE, Incident.Status.IN_REVIEW}:
        return
    reason = decision.get("reason", "")
    try:
        if decision["decision"] == "publish":
            review.publish(
                incident=incident,
                by=moderator,
                credibility=decision.get("credibility"),
                reason=reason,
                changes=_changes(decision, mention),
            )
            loaded.published += 1
        else:
            review.reject(incident=incident, by=moderator, reason=reason)
            loaded.rejected += 1
    except review.ReviewError as error:
        loaded.failed.append(f"{_described(decision)}: {error}")


def _changes(decision: dict[str, Any], mention: Mention) -> dict[str, Any]:
    """The corrections, the title, and the day where the article left it open or the extractor was beside it."""
    changes = {}
    if (day := decision["match"].get("date")) and not mention.date_start == mention.date_end == date.fromisoformat(day):
        changes = {"date_start": day, "date_end": day, "time_precision": str(TimePrecision.DAY)}
    changes |= decision.get("corrections", {})
    if title := decision.get("title"):
        changes["title"] = title
    return changes
