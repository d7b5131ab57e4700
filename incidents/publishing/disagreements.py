"""On what the articles of one incident differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from incidents.extraction.types import ActorRole
from incidents.publishing import wording
from incidents.query import labels

if TYPE_CHECKING:
    from incidents.models import Article, Mention

_DOERS = {ActorRole.PERPETRATOR, ActorRole.ALLEGED, ActorRole.CLAIMED_BY}


@dataclass(slots=True)
class Statement:
    """One version of a fact, and the articles that tell it so."""

    value: str
    articles: list[Article] = field(default_factory=list)


def disagreements(mentions: Iterable[Mention]) -> list[tuple[str, list[Statement]]]:
    """Fields of which there is more than one version, each version once; silence is no disagreement."""
    told: dict[str, dict[str, Statement]] = {}
    for mention in mentions:
        for name, value in _statements(mention).items():
            versions = told.setdefault(name, {})
            versions.setdefault(value.casefold(), Statement(value)).articles.append(mention.article)
    return [(name, list(versions.values())) for name, versions in told.items() if len(versions) > 1]


def _statements(mention: Mention) -> dict[str, str]:
    said = {
        _("kind"): "" if mention.kind == "unknown" else labels.kind(mention.kind),
        _("date"): wording.when(mention) if mention.date_start or mention.date_end else "",
        _("place"): mention.place_name,
        _("who did it"): _doers(mention),
        _("killed"): _figure(mention.killed_low, mention.killed_high),
        _("wounded"): _figure(mention.wounded_low, mention.wounded_high),
        _("stance"): _("denies it") if mention.stance == mention.Stance.DENIES else _("reports it"),
    }
    return {name: value for name, value in said.items() if value}


def _doers(mention: Mention) -> str:
    """Names in the order of the alphabet: the order of telling is no disagreement."""
    actors = mention.actors if isinstance(mention.actors, list) else []
    names = {str(actor.get("name", "")) for actor in actors if isinstance(actor, dict) and actor.get("role") in _DOERS}
    return ", ".join(sorted(name for name in names if name))


def _figure(low: int | None, high: int | None) -> str:
    return "" if low is None and high is None else wording.count(low, None, high)
