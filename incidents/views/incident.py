"""The page of one incident: what is known, who says so in which words, and what they disagree on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from incidents.extraction.types import ActorRole
from incidents.maps import basemap, picture
from incidents.maps.folium_map import compose
from incidents.maps.outline import OutlineMissingError
from incidents.maps.picture import Spot
from incidents.maps.symbols import SHAPES
from incidents.models import Article, Incident, Mention
from incidents.publishing import citation, neighbours, public, schema_org, wording
from incidents.publishing.disagreements import disagreements
from incidents.publishing.passages import passages, unquoted
from incidents.query import labels
from incidents.views import freshness

# Networks fetch it once a link is shared; a correction shows within an hour.
_PICTURE_AGE = 3600


@require_safe
def incident_detail(request: HttpRequest, code: str) -> HttpResponse:
    incident = _published(code)
    url = _address(request, incident)
    mentions = _in_order(incident)
    words_shown = public.shows_words(incident)
    earlier, later = neighbours.before_and_after(incident)
    context = {
        "incident": incident,
        "url": url,
        "roles": _roles(incident),
        "accounts": accounts(incident),
        "words_shown": words_shown,
        "unquoted": unquoted(incident) if words_shown else frozenset(),
        "disagreements": disagreements(mentions) if words_shown else [],
        "groups": _groups(incident),
        "corrections": _corrections(incident),
        "neighbours": neighbours.around(incident),
        "earlier": earlier,
        "later": later,
        "citation": citation.text(incident, url),
        "picture": _picture(request, incident) if incident.placed else None,
        "structured": schema_org.event(incident, url),
        "map": compose("place", module="js/place.js", wheel_zoom=False) if incident.placed else None,
        "map_config": _place_config(incident) if incident.placed else None,
    }
    return render(request, "incidents/incident.html", context)


@require_safe
@condition(etag_func=lambda request, code: freshness.etag(request))
def incident_picture(request: HttpRequest, code: str) -> HttpResponse:
    """The map of the place as shared links show it; 404 where the public map has no place to draw."""
    spot = _spot(_published(code))
    if not spot:
        raise Http404("The sources name no place closer than a country.")
    try:
        content = picture.png(spot)
    except OutlineMissingError as error:
        raise Http404(str(error)) from error
    headers = {"Cache-Control": f"public, max-age={_PICTURE_AGE}"}
    return HttpResponse(content, content_type=picture.MEDIA_TYPE, headers=headers)


@require_safe
def cite_bibtex(request: HttpRequest, code: str) -> HttpResponse:
    incident = _published(code)
    return _file(citation.bibtex(incident, _address(request, incident)), "application/x-bibtex", incident, "bib")


@require_safe
def cite_ris(request: HttpRequest, code: str) -> HttpResponse:
    incident = _published(code)
    words = citation.ris(incident, _address(request, incident))
    return _file(words, "application/x-research-info-systems", incident, "ris")


def accounts(incident: Incident) -> list[dict[str, Any]]:
    """What each article says, the first to report first, each with its quoted sentences."""
    shown = public.shows_words(incident)
    return [
        {"mention": m, "article": m.article, "passages": passages(m.article.text, m.quotes.all()) if shown else []}
        for m in _in_order(incident)
    ]


def _published(code: str) -> Incident:
    return get_object_or_404(Incident.objects.published().with_evidence(), code=code.upper())


def _address(request: HttpRequest, incident: Incident) -> str:
    return request.build_absolute_uri(incident.get_absolute_url())


def _picture(request: HttpRequest, incident: Incident) -> dict[str, Any]:
    address = request.build_absolute_uri(reverse("incidents:picture", args=[incident.code]))
    return {"url": address, "width": picture.WIDTH, "height": picture.HEIGHT}


def _file(words: str, media_type: str, incident: Incident, ending: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="incident-{incident.code}.{ending}"'}
    return HttpResponse(words, content_type=f"{media_type}; charset=utf-8", headers=headers)


def _roles(incident: Incident) -> list[dict[str, Any]]:
    """Those who did it first, those who were hit last."""
    order = list(ActorRole)
    roles = sorted(incident.roles.all(), key=lambda role: (order.index(ActorRole(role.role)), role.pk))
    return [{"actor": role.actor, "role": labels.word(role.role), "says": role.says} for role in roles]


def _groups(incident: Incident) -> list[tuple[str, str, str]]:
    """Casualties by group: name, killed, wounded. Anything of another form in the JSON is left out."""
    rows = []
    groups = incident.casualties_by_group
    for name, figures in groups.items() if isinstance(groups, dict) else ():
        if name and isinstance(figures, dict):
            killed, wounded = (_range(figures.get(key)) for key in ("killed", "wounded"))
            words = (wording.count(killed[0], None, killed[1]), wording.count(wounded[0], None, wounded[1]))
            rows.append((labels.word(name), *words))
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


def _spot(incident: Incident) -> Spot | None:
    if incident.public_latitude is None or incident.public_longitude is None:
        return None
    return Spot(
        latitude=incident.public_latitude,
        longitude=incident.public_longitude,
        radius_m=incident.public_radius_m,
        precision=incident.public_place_precision,
        family=incident.kind_enum.family,
        hollow=_is_hollow(incident),
    )


def _is_hollow(incident: Incident) -> bool:
    return incident.credibility > Incident.Credibility.PROBABLE


def _place_config(incident: Incident) -> dict[str, Any]:
    """What static/js/place.js draws: the public position and how far from it the incident may lie."""
    family = str(incident.kind_enum.family)
    return {
        "latitude": incident.public_latitude,
        "longitude": incident.public_longitude,
        "radius": incident.public_radius_m,
        "precision": incident.public_place_precision,
        "family": family,
        "shape": SHAPES[incident.kind_enum.family],
        "hollow": _is_hollow(incident),
        "outlines": basemap.outlines(),
        "credit": basemap.OUTLINE_CREDIT,
        "labels": {"map": _("Map of the place"), "zoomIn": _("Zoom in"), "zoomOut": _("Zoom out")},
    }


def _in_order(incident: Incident) -> list[Mention]:
    """The first article first; undated ones last."""
    return sorted(incident.mentions.all(), key=lambda mention: (_time(mention.article), mention.pk))


def _time(article: Article) -> float:
    """Seconds since 1970."""
    return article.published_at.timestamp() if article.published_at else float("inf")
