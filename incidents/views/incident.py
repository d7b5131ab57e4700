"""The page of one incident: what is known, who says so in which words, and what they disagree on."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from incidents.extraction.types import ActorRole
from incidents.maps.folium_map import compose
from incidents.models import Article, Incident, Mention
from incidents.publishing import points, public, schema_org, wording
from incidents.publishing.passages import passages
from incidents.query import Circle, Query
from incidents.views.explorer import map_config

# What a reader would call "the same days" and "the same area".
NEIGHBOUR_DAYS = 14
NEIGHBOUR_KM = 100
NEIGHBOURS_SHOWN = 6


@require_safe
def incident_detail(request: HttpRequest, code: str) -> HttpResponse:
    incident = get_object_or_404(Incident.objects.published().with_evidence(), code=code.upper())
    url = request.build_absolute_uri(incident.get_absolute_url())
    context = {
        "incident": incident,
        "url": url,
        "roles": _roles(incident),
        "accounts": accounts(incident),
        "words_shown": public.shows_words(incident),
        "disagreements": disagreements(incident),
        "groups": _groups(incident),
        "corrections": _corrections(incident),
        "neighbours": _neighbours(incident),
        "structured": schema_org.event(incident, url),
        "map": compose("place", module="js/place.js", wheel_zoom=False) if incident.placed else None,
        "map_config": _place_config(incident) if incident.placed else None,
    }
    return render(request, "incidents/incident.html", context)


def accounts(incident: Incident) -> list[dict[str, Any]]:
    """What each article says, the first to report first, each with its quoted sentences."""
    mentions = _in_order(incident)
    shown = public.shows_words(incident)
    return [
        {"mention": m, "article": m.article, "passages": passages(m.article.text, m.quotes.all()) if shown else []}
        for m in mentions
    ]


def disagreements(incident: Incident) -> list[dict[str, Any]]:
    """Fields on which articles differ, each with who says what; silence is no disagreement."""
    if not public.shows_words(incident):
        return []
    told: dict[str, list[tuple[Mention, str]]] = defaultdict(list)
    for mention in _in_order(incident):
        for name, value in _statements(mention).items():
            told[name].append((mention, value))
    return [
        {"field": name, "says": [{"article": mention.article, "value": value} for mention, value in says]}
        for name, says in told.items()
        if len({value for _mention, value in says}) > 1
    ]


def _statements(mention: Mention) -> dict[str, str]:
    said = {
        _("kind"): "" if mention.kind == "unknown" else mention.get_kind_display(),
        _("date"): wording.when(mention) if mention.date_start or mention.date_end else "",
        _("place"): mention.place_name,
        _("killed"): _figure(mention.killed_low, mention.killed_high),
        _("wounded"): _figure(mention.wounded_low, mention.wounded_high),
        _("stance"): _("denies it") if mention.stance == Mention.Stance.DENIES else _("reports it"),
    }
    return {name: value for name, value in said.items() if value}


def _figure(low: int | None, high: int | None) -> str:
    return "" if low is None and high is None else wording.count(low, None, high)


def _roles(incident: Incident) -> list[dict[str, Any]]:
    """Those who did it first, those who were hit last."""
    order = list(ActorRole)
    roles = sorted(incident.roles.all(), key=lambda role: (order.index(ActorRole(role.role)), role.pk))
    return [{"actor": role.actor, "role": role.get_role_display(), "says": role.says} for role in roles]


def _groups(incident: Incident) -> list[tuple[str, str, str]]:
    """Casualties by group: name, killed, wounded. Anything of another form in the JSON is left out."""
    rows = []
    groups = incident.casualties_by_group
    for name, figures in groups.items() if isinstance(groups, dict) else ():
        if isinstance(figures, dict):
            killed, wounded = (_range(figures.get(key)) for key in ("killed", "wounded"))
            rows.append(
                (str(name), wording.count(killed[0], None, killed[1]), wording.count(wounded[0], None, wounded[1]))
            )
    return rows


def _range(value: object) -> tuple[int | None, int | None]:
    match value:
        case [int() | None as low, int() | None as high]:
            return low, high
    return None, None


def _corrections(incident: Incident) -> list[tuple[datetime, str]]:
    """Public notes and when each was first written, the newest first; of a capped place only the present one.

    An earlier note may name the place that the cap protects.
    """
    noted = incident.history.filter(status=Incident.Status.PUBLISHED).order_by("history_date", "history_id")
    found: list[tuple[datetime, str]] = []
    before = ""
    for moment, note in noted.values_list("history_date", "public_note"):
        if note and note != before:
            found.append((moment, note))
        before = note
    if not public.shows_words(incident):
        found = [(moment, note) for moment, note in found if note == incident.public_note]
    return found[::-1]


def _neighbours(incident: Incident) -> list[Incident]:
    """Incidents of the same fortnight within a hundred kilometres; none for an incident without date or point."""
    first, last = incident.date_start, incident.date_end or incident.date_start
    latitude, longitude = incident.public_latitude, incident.public_longitude
    if first is None or last is None or latitude is None or longitude is None:
        return []
    near = Query(
        near=Circle(latitude, longitude, NEIGHBOUR_KM),
        since=first - timedelta(days=NEIGHBOUR_DAYS),
        until=last + timedelta(days=NEIGHBOUR_DAYS),
    )
    return list(near.apply(Incident.objects.published()).exclude(pk=incident.pk)[:NEIGHBOURS_SHOWN])


def _place_config(incident: Incident) -> dict[str, Any]:
    return map_config(Query(), with_columns=False) | {"data": points.points(Incident.objects.filter(pk=incident.pk))}


def _in_order(incident: Incident) -> list[Mention]:
    """The first article first; undated ones last."""
    return sorted(incident.mentions.all(), key=lambda mention: (_time(mention.article), mention.pk))


def _time(article: Article) -> float:
    """Seconds since 1970."""
    return article.published_at.timestamp() if article.published_at else float("inf")
