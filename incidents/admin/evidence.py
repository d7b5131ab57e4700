"""What stands beside the form: the articles with their quotes marked, what each says, and where its place may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.utils.safestring import SafeString

from incidents.admin.spans import Span, highlighted, legend
from incidents.extraction.types import PlacePrecision
from incidents.gazetteer.types import Level
from incidents.models import Article, Incident, Mention, Quote

# One for each of the keys 1 to 9.
PLACE_CHOICES = 9
_PRECISION_OF = {Level.SEA: PlacePrecision.AREA}


@dataclass(frozen=True, slots=True)
class ArticleEvidence:
    """One article behind an incident. `elsewhere` are its mentions of other incidents."""

    article: Article
    mentions: list[Mention]
    html: SafeString
    legend: list[tuple[str, str]]
    elsewhere: list[Mention] = field(default_factory=list)


def evidence(incident: Incident) -> list[ArticleEvidence]:
    """Originals before syndicated copies, the most confident first. Three queries whatever the number of articles."""
    mentions = list(
        incident.mentions.select_related("article__source")
        .prefetch_related(
            "quotes",
            Prefetch(
                "article__mentions",
                Mention.objects.exclude(incident=incident).filter(is_aggregate=False).select_related("incident"),
                to_attr="told_elsewhere",
            ),
        )
        .order_by("article_id", "pk")
    )
    found = [_of_article(list(group)) for _pk, group in groupby(mentions, key=lambda mention: mention.article_id)]
    return sorted(found, key=lambda each: (each.article.copy_of_id is not None, -_best(each.mentions)))


def article_evidence(article: Article) -> ArticleEvidence:
    """The article with the quotes of all its mentions."""
    mentions = list(article.mentions.select_related("incident").prefetch_related("quotes").order_by("pk"))
    spans = list(_spans(mentions))
    return ArticleEvidence(article, mentions, highlighted(article.text, spans), legend(spans))


def _of_article(mentions: list[Mention]) -> ArticleEvidence:
    article = mentions[0].article
    spans = list(_spans(mentions))
    return ArticleEvidence(
        article, mentions, highlighted(article.text, spans), legend(spans), getattr(article, "told_elsewhere", [])
    )


def _spans(mentions: Iterable[Mention]) -> Iterable[Span]:
    for mention in mentions:
        quote: Quote
        for quote in mention.quotes.all():
            yield Span(quote.field, quote.start, quote.end)


def _best(mentions: Sequence[Mention]) -> float:
    return max(mention.confidence for mention in mentions)


def place_choices(mentions: Iterable[Mention]) -> list[dict[str, Any]]:
    """What the place may be, best first, for the map: name, latitude, longitude, radius_m, precision, country, score."""
    found: dict[tuple[float, float], dict[str, Any]] = {}
    for mention in mentions:
        for candidate in mention.place_candidates:
            choice = _choice(candidate)
            if choice is None:
                continue
            position = (choice["latitude"], choice["longitude"])
            if position not in found or found[position]["score"] < choice["score"]:
                found[position] = choice
    return sorted(found.values(), key=lambda choice: -choice["score"])[:PLACE_CHOICES]


def _choice(candidate: Any) -> dict[str, Any] | None:
    """A stored candidate as the map needs it; None when it has no position (or is none at all)."""
    try:
        latitude, longitude = float(candidate["latitude"]), float(candidate["longitude"])
        score, radius = float(candidate.get("score") or 0), int(candidate.get("radius_m") or 0)
        level = Level(candidate.get("level") or Level.SITE)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return {
        "name": str(candidate.get("name") or ""),
        "latitude": latitude,
        "longitude": longitude,
        "radius_m": radius or None,
        "precision": str(_PRECISION_OF.get(level) or PlacePrecision(level)),
        "country": str(candidate.get("country") or ""),
        "province": str(candidate.get("province") or ""),
        "score": round(score, 3),
    }
