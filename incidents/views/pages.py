"""Pages that do not depend on a query."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from incidents.extraction.kinds import Kind
from incidents.extraction.types import PlacePrecision, TimePrecision
from incidents.models import Incident
from incidents.publishing.codings import ACLED_PLACE, ACLED_TIME, UCDP_DATE, UCDP_PLACE
from incidents.publishing.tables import COLUMNS


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = {
        "section": "about",
        "columns": COLUMNS,
        "kinds": list(Kind),
        "credibility": Incident.Credibility.labels,
        "places": [(str(level), ACLED_PLACE.get(level), UCDP_PLACE.get(level)) for level in PlacePrecision],
        "times": [(str(level), ACLED_TIME.get(level), UCDP_DATE.get(level)) for level in TimePrecision],
    }
    return render(request, "incidents/about.html", context)


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """Pages may be read by robots; exports and the endless variety of filters need not be."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /export", "Disallow: /*?", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that ask before they have read the page."""
    return redirect(static("img/favicon.svg"))
