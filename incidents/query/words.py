"""A query in words, for captions, alternative texts and the heads of exports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from incidents.models import Actor, Incident, Source
from incidents.query import labels
from incidents.query.filters import is_number
from incidents.query.reading import UNPLACED, short

if TYPE_CHECKING:
    from incidents.query.query import Query


def sentence(query: Query) -> str:
    """Such as "Incidents: air strike or drone strike; Houthis as perpetrator; 1 March to 30 April 2024."."""
    found = [part for _key, part in phrases(query)]
    return _("All incidents.") if not found else _("Incidents: %(filter)s.") % {"filter": "; ".join(found)}


def phrases(query: Query) -> list[tuple[str, str]]:
    """The query's fields in use, each with its words; from and to are one phrase under "since"."""
    found = {
        "q": _("“%(words)s”") % {"words": query.q} if query.q else "",
        "kind": _either(labels.kind(kind) for kind in query.kind),
        "actor": _people(query),
        "weapon": _("with “%(weapon)s”") % {"weapon": query.weapon} if query.weapon else "",
        "source": _("told by %(sources)s") % {"sources": _either(source_names(query))} if query.source else "",
        "since": days(query.since, query.until),
        "time_precision": _dated(query),
        "place": _("in “%(place)s”") % {"place": query.place} if query.place else "",
        "precision": _placed(query),
        "bbox": _("within the part of the map shown") if query.bbox else "",
        "near": _near(query),
        "area": _("within an outline drawn on the map") if query.area else "",
        "killed_min": _("%(number)d killed or more") % {"number": query.killed_min}
        if query.killed_min is not None
        else "",
        "credibility": _credibility(query),
        "added_since": _("added since %(day)s") % {"day": day(query.added_since)} if query.added_since else "",
    }
    return [(key, words) for key, words in found.items() if words]


def day(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def days(first: date | None, last: date | None) -> str:
    """A range of days as people write it: "1 to 12 March 2024", "since 1 March 2024"."""
    if first is None and last is None:
        return ""
    if first is None:
        return _("until %(day)s") % {"day": day(last)} if last else ""
    if last is None:
        return _("since %(day)s") % {"day": day(first)}
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        shown = date_format(first, "j")
    else:
        shown = date_format(first, "MONTH_DAY_FORMAT" if first.year == last.year else "DATE_FORMAT")
    return _("%(first)s to %(last)s") % {"first": shown, "last": day(last)}


def actor_names(query: Query) -> list[str]:
    """The names behind numbers; a number that no published incident has is shown as it is."""
    public = Actor.objects.filter(Exists(Incident.objects.published().filter(roles__actor=OuterRef("pk"))))
    known = dict(public.filter(pk__in=_numbers(query.actor)).values_list("pk", "name"))
    return _known(query.actor, known)


def source_names(query: Query) -> list[str]:
    known = dict(Source.objects.public().filter(pk__in=_numbers(query.source)).values_list("pk", "name"))
    return _known(query.source, known)


def _numbers(names: tuple[str, ...]) -> list[int]:
    return [int(name) for name in names if is_number(name)]


def _known(names: tuple[str, ...], known: dict[int, str]) -> list[str]:
    return [known.get(int(name), f"#{name}") if is_number(name) else name for name in names]


def _people(query: Query) -> str:
    roles = _either(labels.word(role) for role in query.role)
    if not query.actor:
        return _("with a known %(roles)s") % {"roles": roles} if roles else ""
    names = _either(actor_names(query))
    return _("%(actors)s as %(roles)s") % {"actors": names, "roles": roles} if roles else names


def _near(query: Query) -> str:
    if query.near is None:
        return ""
    return _("within %(km)s km of %(latitude)s, %(longitude)s") % {
        "km": short(query.near.km),
        "latitude": short(query.near.latitude),
        "longitude": short(query.near.longitude),
    }


def _dated(query: Query) -> str:
    exact = _either(labels.word(precision) for precision in query.time_precision)
    return _("date known to the %(precision)s") % {"precision": exact} if exact else ""


def _placed(query: Query) -> str:
    levels = _either(
        _("without a place on the map") if level == UNPLACED else labels.word(level) for level in query.precision
    )
    return _("place known as: %(levels)s") % {"levels": levels} if levels else ""


def _credibility(query: Query) -> str:
    grades = _either(labels.credibility(value) for value in query.credibility)
    return _("credibility: %(labels)s") % {"labels": grades} if grades else ""


def _either(parts: Iterable[str]) -> str:
    return get_text_list([str(part) for part in parts], _("or"))
