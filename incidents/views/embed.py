"""Maps for other people's pages: no header, no cookie, no form, framed by whom the operator allows."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from incidents.maps.folium_map import compose
from incidents.models import SavedMap
from incidents.publishing import summary
from incidents.publishing.columns.found import find
from incidents.query import Query
from incidents.views.explorer import map_config

# A minute: a correction shows soon, a story on a front page costs one page a minute.
MAX_AGE = 60
# An origin or scheme as Content-Security-Policy writes it; a word without a dot could be another directive's name.
_ANCESTOR = re.compile(
    r"\*|'self'|https?:|https?://[A-Za-z0-9.*-]+(?::\d{1,5})?|[A-Za-z0-9*-]+(?:\.[A-Za-z0-9-]+)+(?::\d{1,5})?", re.ASCII
)
_VIEW = re.compile(r"-?\d{1,2}(?:\.\d{1,8})?,-?\d{1,3}(?:\.\d{1,8})?,\d{1,2}(?:\.\d{1,2})?", re.ASCII)


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest) -> HttpResponse:
    query = Query.from_params(request.GET)
    return _framed(_page(request, query, title="", view=""), settings.EMBED_ANCESTORS)


@require_safe
@xframe_options_exempt
def embed_saved(request: HttpRequest, slug: str) -> HttpResponse:
    saved = get_object_or_404(SavedMap, slug=slug)
    query = Query.from_string(saved.query)
    page = _page(request, query, title=saved.title, view=saved.view)
    return _framed(page, saved.frame_ancestors.split() or settings.EMBED_ANCESTORS)


def _page(request: HttpRequest, query: Query, *, title: str, view: str) -> HttpResponse:
    archive = find(query)
    found = summary.summarise(query, archive)
    config = map_config(query) | {"view": view if _VIEW.fullmatch(view) else ""}
    context = {
        "query": query,
        "title": title,
        "sentence": query.sentence(),
        "summary": found,
        "legend": summary.legend(query, summary.kind_choices(query, archive)),
        "map": compose("embed", module="js/embed.js", engine=config["columns"] is not None, wheel_zoom=False),
        "map_config": config,
    }
    return render(request, "incidents/embed.html", context)


def _framed(response: HttpResponse, ancestors: list[str]) -> HttpResponse:
    """Lets `ancestors` frame the page, and any cache keep it."""
    allowed = [ancestor for ancestor in ancestors if _ANCESTOR.fullmatch(ancestor)] or ["'none'"]
    # What csp.decorators.csp_replace sets, for origins that are known only now.
    response._csp_replace = {"frame-ancestors": allowed}  # type: ignore[attr-defined]
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response
