"""How sure each field of an incident is, in a word, a share and sentences: the reader's parts, the sources that agree,
and what a moderator set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from incidents.admin.words import UNKNOWN, days, figures, percent
from incidents.models import Incident, Mention

# What a share is called. From .8 on the reader must be right four times in five (docs/extraction.md has how often it is).
SURE, FAIRLY_SURE, UNSURE = 0.8, 0.6, 0.4
_WORDS = (
    (SURE, gettext_lazy("sure")),
    (FAIRLY_SURE, gettext_lazy("fairly sure")),
    (UNSURE, gettext_lazy("unsure")),
    (0.0, gettext_lazy("a guess")),
)
# The fields in the order of the form, each the name of a part and of quotes.
FIELDS = {
    "kind": gettext_lazy("kind"),
    "date": gettext_lazy("date"),
    "place": gettext_lazy("place"),
    "killed": gettext_lazy("killed"),
    "wounded": gettext_lazy("wounded"),
    "actors": gettext_lazy("actors"),
}
# Which field a sentence of the reader is about: "date: taken from the headline" says it, else its words do.
_NAMED = re.compile(r"(\w+): ")
_ABOUT = {
    "date": re.compile(r"\b(date|dated|day|days|weekday)\b"),
    "place": re.compile(r"\b(place|places|placed|gazetteer|town|country)\b"),
    "killed": re.compile(r"\b(killed|dead|deaths|toll)\b"),
    "wounded": re.compile(r"\b(wounded|injured)\b"),
    "kind": re.compile(r"\b(kind|means|weapon)\b"),
    "actors": re.compile(r"\b(actor|actors|perpetrator|who)\b"),
}
_QUOTED_WORDS = 60


@dataclass(frozen=True, slots=True)
class Sureness:
    """`share` is 0 to 1, None where the reader gives none: `word` says what is known all the same."""

    name: str
    label: str
    share: float | None
    word: str
    reasons: tuple[str, ...]

    @property
    def percent(self) -> str:
        return "" if self.share is None else percent(self.share)


def word_for(share: float) -> str:
    return str(next(word for least, word in _WORDS if share >= least or least == 0))


def whole(incident: Incident, mentions: Sequence[Mention]) -> Sureness:
    """Of the incident itself: what speaks for it and against it that is about no single field."""
    sources = {mention.article.source_id or -mention.article_id for mention in _independent(mentions)}
    reasons = [ngettext("%(n)s source", "%(n)s sources", len(sources)) % {"n": len(sources)}] if sources else []
    reasons += _told(mentions, None)
    return Sureness("incident", _("incident"), incident.confidence, word_for(incident.confidence), _once(reasons))


def by_field(incident: Incident, mentions: Sequence[Mention]) -> dict[str, Sureness]:
    """One for each of FIELDS. No query, where articles and quotes are fetched."""
    independent = _independent(mentions)
    return {name: _of_field(name, incident, independent) for name in FIELDS}


def _of_field(name: str, incident: Incident, mentions: list[Mention]) -> Sureness:
    label, now = str(FIELDS[name]), _value(name, incident)
    agreeing = [mention for mention in mentions if _value(name, mention) == now]
    if now is None or now == "":
        nothing = [mention.confidence_parts.get(name) for mention in agreeing]
        return Sureness(
            name, label, _most(nothing) if name in _ALWAYS else None, _("not stated"), _told(agreeing, name)
        )
    if mentions and not agreeing and name not in _ROLLED_UP:
        said = _once(_said(name, mention) for mention in mentions)
        return Sureness(name, label, None, _("set by a moderator"), (_("the articles say %s") % " / ".join(said),))
    behind = agreeing or mentions
    share = _most(mention.confidence_parts.get(name) for mention in behind)
    word = word_for(share) if share is not None else _("not rated")
    reasons = [*_agreement(name, mentions, agreeing), *_told(behind, name), *_quoted(name, behind)]
    return Sureness(name, label, share, word, _once(reasons))


_ALWAYS = ("kind", "date", "place")
_ROLLED_UP = ("killed", "wounded", "actors")


def _independent(mentions: Iterable[Mention]) -> list[Mention]:
    """Five prints of one agency's story are one source."""
    return [mention for mention in mentions if mention.article.copy_of_id is None]


def _value(name: str, record: Incident | Mention) -> Any:
    """What two records must share to agree; None for silence."""
    if name == "date":
        return (record.date_start, record.date_end) if record.date_start or record.date_end else None
    if name == "place":
        return record.place_name or None
    if name in {"killed", "wounded"}:
        return getattr(record, f"{name}_low")
    if name == "actors":
        # A mention's own list and the incident's rows are kept apart: whoever is named is enough.
        return True
    return record.kind


def _said(name: str, mention: Mention) -> str:
    if name == "date":
        return days(mention)
    if name in {"killed", "wounded"}:
        return figures(mention, name)
    return mention.place_name or UNKNOWN if name == "place" else mention.get_kind_display()


def _agreement(name: str, mentions: list[Mention], agreeing: list[Mention]) -> Iterator[str]:
    if name == "actors":
        return
    stating = [mention for mention in mentions if _value(name, mention) is not None]
    if len(stating) < 2:
        return
    if len(agreeing) == len(stating):
        yield _("all %(n)s reports agree") % {"n": len(stating)}
    else:
        yield _("reports differ: %s") % " / ".join(_once(_said(name, mention) for mention in stating))


def _told(mentions: Iterable[Mention], name: str | None) -> tuple[str, ...]:
    """The reader's own sentences about the field; about none of them for None."""
    found = (reason for mention in mentions for reason in mention.reasons if about(reason) == name)
    return _once(_NAMED.sub("", reason, count=1) if _NAMED.match(reason) else reason for reason in found)


def about(reason: str) -> str | None:
    """The field that a sentence of the reader is about, None for the incident as a whole."""
    named = _NAMED.match(reason)
    if named and named[1] in FIELDS:
        return named[1]
    return next((name for name, pattern in _ABOUT.items() if pattern.search(reason)), None)


def _quoted(name: str, mentions: Iterable[Mention]) -> Iterator[str]:
    """The words behind it, once each."""
    fields = {"actors": {"perpetrator", "alleged-perpetrator", "claimed-by", "target", "victim"}}.get(name, {name})
    for mention in mentions:
        for quote in mention.quotes.all():
            if quote.field in fields:
                text = " ".join(quote.text.split())
                yield f"“{text[:_QUOTED_WORDS]}{'…' if len(text) > _QUOTED_WORDS else ''}”"


def _most(parts: Iterable[Any]) -> float | None:
    """The surest report's; parts that are no share are left out."""
    return max((float(part) for part in parts if isinstance(part, (int, float)) and 0 <= part <= 1), default=None)


def _once(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentences))
