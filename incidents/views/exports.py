"""The same query as files: streamed, with an error that names the key for a query that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.models import Incident
from incidents.publishing import geo, tables
from incidents.query import Query, QueryError

# Keys of the page that an export has no use for and a copied address may hold.
_OF_THE_PAGE = ("page", "sort")


def _asked(view: Callable[[HttpRequest, Query], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Hands the view its query; a query that cannot be read is a 400 that says which key and why."""

    @wraps(view)
    def asked(request: HttpRequest) -> HttpResponseBase:
        try:
            query = Query.strict(request.GET, besides=_OF_THE_PAGE)
        except QueryError as error:
            return JsonResponse({"error": str(error), "key": error.key}, status=400)
        return view(request, query)

    return asked


@require_safe
@_asked
def export_csv(request: HttpRequest, query: Query) -> StreamingHttpResponse:
    lines = tables.csv_lines(tables.rows(query.apply(Incident.objects.published())), request.build_absolute_uri)
    # Without the mark Excel reads the file in the encoding of the country it is opened in.
    return _file(_marked(lines), "text/csv; charset=utf-8", "csv")


@require_safe
@_asked
def export_geojson(request: HttpRequest, query: Query) -> StreamingHttpResponse:
    rows = tables.rows(query.apply(Incident.objects.published()))
    pieces = geo.feature_collection(
        rows, request.build_absolute_uri, attribution=settings.SITE_NAME, query=query.to_params()
    )
    response = _file(pieces, geo.MEDIA_TYPE, "geojson")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _marked(lines: Iterator[str]) -> Iterator[str]:
    yield "\ufeff"
    yield from lines


def _file(pieces: Iterator[str], media_type: str, ending: str) -> StreamingHttpResponse:
    name = f"incidents-{timezone.now():%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "public, no-cache"}
    return StreamingHttpResponse(pieces, content_type=media_type, headers=headers)
