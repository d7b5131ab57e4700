"""Reports beside one another: what each says in figures, what two incidents say, and what they would say as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from incidents.admin.sureness import Sureness
from incidents.admin.words import UNKNOWN, days, figures
from incidents.models import Incident, Mention
from incidents.workflows.duplicates import PossibleDuplicate
from incidents.workflows.rollup import roll_up

# Which fields' sureness stands at the head of which part of the form, by a class or the first field of the part.
_PARTS = {
    "kind": ("kind",),
    "date_start": ("date",),
    "place_name": ("place",),
    "killed_low": ("killed", "wounded", "actors"),
}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Report:
    """One article's figures. `changes` are those that differ from the report before it."""

    mention: Mention
    killed: str
    wounded: str
    changes: frozenset[str]


def figures_told(mentions: Iterable[Mention]) -> list[Report]:
    """The reports that state a figure, the oldest first; none where fewer than two do."""
    stating = [mention for mention in mentions if mention.killed_low is not None or mention.wounded_low is not None]
    if len(stating) < 2:
        return []
    found: list[Report] = []
    before: dict[str, str] = {}
    for mention in sorted(stating, key=_told_at):
        now = {name: figures(mention, name) for name in ("killed", "wounded")}
        changed = {name for name, words in now.items() if words not in (UNKNOWN, before.get(name, words))}
        found.append(Report(mention, now["killed"], now["wounded"], frozenset(changed)))
        before |= {name: words for name, words in now.items() if words != UNKNOWN}
    return found


def _told_at(mention: Mention) -> tuple[datetime, int]:
    return mention.article.published_at or mention.article.fetched_at or _LONG_AGO, mention.pk


def dress(adminform: Any, sureness: dict[str, Sureness], told: Sequence[Report]) -> None:
    """Put how sure its fields are, and with the casualties what each report states, at the head of each part."""
    dressed = []
    for title, options in adminform.fieldsets:
        first = next(
            (name for row in options["fields"] for name in ([row] if isinstance(row, str) else row) if name in _PARTS),
            "",
        )
        shown = [sureness[name] for name in _PARTS.get(first, ())]
        if shown:
            context = {
                "sureness": shown,
                "told": told if first == "killed_low" else [],
                "words": options.get("description", ""),
            }
            options = {**options, "description": render_to_string("admin/incidents/incident/_sureness.html", context)}
        dressed.append((title, options))
    adminform.fieldsets = dressed


@dataclass(frozen=True, slots=True)
class Difference:
    """`together` is what both would say as one; "" where that is this one's or that one's."""

    name: Any
    ours: str
    theirs: str
    together: str = ""

    @property
    def differs(self) -> bool:
        return self.ours != self.theirs


def compared(
    incident: Incident, mentions: Sequence[Mention], duplicates: Sequence[PossibleDuplicate]
) -> list[tuple[PossibleDuplicate, list[Difference]]]:
    """Each proposal with what a moderator compares before merging. Three queries for all."""
    articles = Mention.objects.select_related("article__source").defer("article__text", "article__raw_headers")
    others = Incident.objects.in_bulk([each.incident.pk for each in duplicates])
    prefetch_related_objects(list(others.values()), Prefetch("mentions", articles, to_attr="told"))
    return [
        (each, differences(incident, mentions, each.incident, getattr(others[each.incident.pk], "told", [])))
        for each in duplicates
    ]


def differences(
    ours: Incident, our_mentions: Sequence[Mention], theirs: Incident, their_mentions: Sequence[Mention]
) -> list[Difference]:
    """Equal or not."""
    together = Incident(casualties_pinned=theirs.casualties_pinned)
    roll_up(together, [*their_mentions, *our_mentions])
    rolled = theirs if theirs.casualties_pinned else together
    return [
        Difference(_("reported"), _reported(our_mentions), _reported(their_mentions)),
        Difference(_("kind"), ours.get_kind_display(), theirs.get_kind_display()),
        Difference(_("when"), days(ours), days(theirs)),
        Difference(_("where"), _where(ours), _where(theirs)),
        *(
            Difference(_(name), figures(ours, name), figures(theirs, name), figures(rolled, name))
            for name in ("killed", "wounded")
        ),
        Difference(_("weapon"), ours.weapon or UNKNOWN, theirs.weapon or UNKNOWN),
    ]


def _reported(mentions: Sequence[Mention]) -> str:
    """By whom first, on which day, and how many others."""
    told = sorted((mention for mention in mentions if mention.article.copy_of_id is None), key=_told_at)
    if not told:
        return UNKNOWN
    first = told[0].article
    day = date_format(first.published_at, "j M Y") if first.published_at else UNKNOWN
    words = f"{first.source or _('pasted text')}, {day}"
    return f"{words} +{len(told) - 1}" if len(told) > 1 else words


def _where(incident: Incident) -> str:
    return f"{incident.place_name or UNKNOWN} ({incident.get_place_precision_display()})"
