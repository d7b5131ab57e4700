"""The map page and the list page: three linked views of one query, whole without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, OrderBy, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from incidents.extraction.kinds import Kind
from incidents.extraction.types import PlacePrecision, TimePrecision
from incidents.maps import basemap
from incidents.maps.folium_map import compose
from incidents.maps.modules import ENGINE
from incidents.maps.symbols import SHAPES
from incidents.models import Incident
from incidents.publishing import summary
from incidents.publishing.columns.found import Found, find
from incidents.publishing.tables import with_sources
from incidents.publishing.timeline import timeline
from incidents.query import Query
from incidents.query.reading import UNPLACED
from incidents.query.words import phrases
from incidents.views import columns

# Four screens of the panel. With 50 the server took 13 ms more for the page, a third (10,000 incidents).
PAGE_SIZE = 30
SORTS: dict[str, tuple[Any, tuple[OrderBy, ...]]] = {
    "newest": (gettext_lazy("newest"), (F("date_start").desc(nulls_last=True), F("pk").desc())),
    "oldest": (gettext_lazy("oldest"), (F("date_start").asc(nulls_last=True), F("pk").asc())),
    "killed": (
        gettext_lazy("most killed"),
        (Coalesce("killed_best", "killed_low").desc(nulls_last=True), F("pk").desc()),
    ),
    "added": (gettext_lazy("last added"), (F("published_at").desc(nulls_last=True), F("pk").desc())),
}
_PRESETS = ((7, gettext_lazy("7 days")), (30, gettext_lazy("30 days")), (365, gettext_lazy("12 months")))
# What the switch "only dates known to the day" asks for.
EXACT_DATES = (TimePrecision.HOUR, TimePrecision.DAY)
# Keys with a control in the form; the others travel along in hidden fields.
_CONTROLS = {"q", "kind", "actor", "source", "from", "to", "place", "precision", "killed_min"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use: its words, and the query without it."""

    words: str
    remove: str


@require_safe
def explorer(request: HttpRequest) -> HttpResponse:
    query = Query.from_params(request.GET)
    archive = find(query)
    found = summary.summarise(query, archive)
    # What finds nothing now may find something while the brush is dragged.
    with_empty = found.total > 0
    kinds = summary.kind_choices(query, archive, with_empty=with_empty)
    config = map_config(query)
    context = {
        "query": query,
        "summary": found,
        "kinds": kinds,
        "legend": _legend_links(query, kinds),
        "precisions": summary.precision_choices(query, archive, with_empty=with_empty),
        "sources": summary.source_choices(query, archive),
        "actors": summary.actor_choices(query, archive),
        "section": "map",
        "unplaced": summary.unplaced(query, archive) if found.unplaced else [],
        "timeline": timeline(query, archive),
        "presets": _presets(query, found.newest),
        "page": _page(request.GET, query, found.shown, archive),
        "map": compose("explorer", module="js/explorer.js", engine=config["columns"] is not None),
        "map_config": config,
        **_filters(request.GET, query),
    }
    return render(request, "incidents/explorer.html", context)


@require_safe
def incident_list(request: HttpRequest) -> HttpResponse:
    """The same query as a table: for screen readers, for print, for browsers without scripts."""
    query = Query.from_params(request.GET)
    archive = find(query)
    found = summary.summarise(query, archive)
    context = {
        "section": "list",
        "query": query,
        "summary": found,
        "kinds": summary.kind_choices(query, archive),
        "precisions": summary.precision_choices(query, archive),
        "sources": summary.source_choices(query, archive),
        "actors": summary.actor_choices(query, archive),
        "presets": _presets(query, found.newest),
        "page": _page(request.GET, query, found.shown, archive),
        **_filters(request.GET, query),
    }
    return render(request, "incidents/list.html", context)


def map_config(query: Query, *, with_columns: bool = True) -> dict[str, Any]:
    """What the browser's map module needs to know; a map of one incident needs no columns."""
    return {
        "titles": reverse("incidents:titles"),
        "worker": static(ENGINE),
        "columns": _opening() if with_columns else None,
        "query": query.to_params(),
        "highlight": list(query.highlight),
        "incident": reverse("incidents:incident", args=["CODE"]),
        "outlines": basemap.outlines(),
        "credit": basemap.OUTLINE_CREDIT,
        "shapes": {str(family): path for family, path in SHAPES.items()},
        "precisions": [str(precision) for precision in PlacePrecision],
        "labels": map_labels(),
    }


def _opening() -> dict[str, Any] | None:
    """What the engine opens (static/js/engine/messages.js: Open), with the version; None where there is no file."""
    config, families = columns.config(), list(SHAPES)
    if config is None:
        return None
    numbers = {str(kind): families.index(kind.family) for kind in Kind}
    return {**config, "families": numbers, "familyCount": len(families)}


def map_labels() -> dict[str, str]:
    """Texts that the map's modules show, in the visitor's language; {n} is a number."""
    return {
        "map": _("Map of the incidents"),
        "keys": _(
            "Arrow keys go from incident to incident: up and down along the list, left to earlier and right to later "
            "ones. Enter opens the incident, Esc leads to the list. Shift with an arrow moves the map, + and - zoom."
        ),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "incidents": _("{n} incidents"),
        "here": _("{n} incidents at this point"),
        "more": _("{n} more: zoom in or narrow the filters."),
        "searchArea": _("Search this area"),
        "undated": _("date not stated"),
        "failed": _("The map could not be updated. Check the connection and try again."),
        "noColumns": _("The map's data is not ready yet. The list and the chart show the same incidents."),
        "cutOff": _("The map's data came incomplete. Load the page again; the list and the chart are whole."),
        "stale": _("The map is some minutes behind the list: new data is being prepared. Load the page again soon."),
        "noEngine": _("This browser cannot draw the map. The list and the chart show the same incidents."),
        "areaTools": _("Filter by area"),
        "areaRectangle": _("Rectangle"),
        "areaRectangleHint": _("Drag from corner to corner. Esc cancels."),
        "areaCircle": _("Circle"),
        "areaCircleHint": _("Press at the centre and drag outwards. Esc cancels."),
        "areaPolygon": _("Outline"),
        "areaPolygonHint": _(
            "Click corner after corner; click the first one again, double-click or press Enter to close. "
            "Backspace takes the last one back, Esc cancels."
        ),
        "areaFull": _("{n} corners are the most: press Enter or click the first one."),
        "areaKeysHint": _("Arrow keys move it, + and - change its size, Enter takes it, Esc cancels."),
        "areaRadius": _("Radius {n} km, centre {place}"),
        "areaSize": _("{width} by {height} km, centre {place}"),
        "areaClear": _("Remove the area"),
        "from": _("First day"),
        "to": _("Last day"),
        "range": _("{first} to {last}"),
        "by-day": _("Incidents by day"),
        "by-week": _("Incidents by week"),
        "by-month": _("Incidents by month"),
        "by-year": _("Incidents by year"),
        "spanChosen": _("Zoom to these days"),
        "spanAll": _("Whole timeline"),
        "play": _("Play"),
        "stop": _("Stop"),
    }


class KnownCountPaginator(Paginator):  # type: ignore[type-arg]  # at run time it takes none
    """The count is known already; a second one would cost as much as the page."""

    def __init__(self, incidents: QuerySet[Incident] | _Listed, count: int) -> None:
        super().__init__(incidents, PAGE_SIZE)  # type: ignore[arg-type]  # slices are all it takes
        self._known = count

    @cached_property
    def count(self) -> int:
        return self._known


class _Listed:
    """The list in the order that an archive found, fetched by the page."""

    def __init__(self, found: Found, sort: str) -> None:
        self._found, self._sort = found, sort

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, wanted: slice) -> list[Incident]:
        keys = self._found.keys(self._sort, wanted.start, wanted.stop)
        incidents = with_sources(Incident.objects.published().filter(pk__in=keys)).in_bulk()
        return [incidents[key] for key in keys if key in incidents]


def _page(params: QueryDict, query: Query, count: int, found: Found | None = None) -> Page[Incident]:
    sort = _sort(params)
    if found is not None:
        return KnownCountPaginator(_Listed(found, sort), count).get_page(params.get("page"))
    incidents = query.apply(Incident.objects.published()).order_by(*SORTS[sort][1])
    return KnownCountPaginator(with_sources(incidents), count).get_page(params.get("page"))


def _sort(params: QueryDict) -> str:
    asked = params.get("sort", "")
    return asked if asked in SORTS else "newest"


def _filters(params: QueryDict, query: Query) -> dict[str, Any]:
    """What both pages' form shows besides the choices."""
    exact_dates = query.time_precision == EXACT_DATES
    controls = _CONTROLS | {"time_precision"} if exact_dates else _CONTROLS
    return {
        "unplaced_only": (UNPLACED,),
        "exact_dates": exact_dates,
        "exact_dates_value": ",".join(EXACT_DATES),
        "sort": _sort(params),
        "sorts": [(name, label) for name, (label, _order) in SORTS.items()],
        "chips": _chips(query),
        "carried": [(key, value) for key, value in QueryDict(query.to_params()).items() if key not in controls],
    }


def _chips(query: Query) -> list[Chip]:
    empty = {item.name: item.default for item in fields(Query)}
    together = {"since": ("since", "until"), "actor": ("actor", "role")}
    chips = []
    for name, words in phrases(query):
        removed = {field: empty[field] for field in together.get(name, (name,))}
        chips.append(Chip(words, query.changed(**removed).to_params()))
    return chips


def _legend_links(query: Query, kinds: list[summary.Choice]) -> list[dict[str, Any]]:
    """Each family with the query that its line leads to: the first click shows it alone, further ones add or remove."""
    lines = []
    for line in summary.legend(query, kinds):
        on = bool(query.kind) and line.chosen
        left = tuple(kind for kind in query.kind if kind not in line.kinds) if on else (*query.kind, *line.kinds)
        lines.append({"line": line, "on": on, "query": query.changed(kind=left).to_params()})
    return lines


def _presets(query: Query, newest: date | None) -> list[dict[str, Any]]:
    """Ranges that end with the newest incident, not with today: the newest data is never out of sight."""
    if newest is None:
        return []
    presets = []
    for length, label in _PRESETS:
        since = newest - timedelta(days=length - 1)
        on = (query.since, query.until) == (since, newest)
        presets.append({"label": label, "on": on, "query": query.changed(since=since, until=newest).to_params()})
    everything = query.changed(since=None, until=None)
    presets.append({"label": _("all"), "on": everything == query, "query": everything.to_params()})
    return presets
