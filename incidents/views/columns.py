"""The published set as one file, by version, and what changed since: public, the same for everybody (docs/columns.md)."""

from __future__ import annotations

from typing import TypeVar

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import condition, require_safe

from incidents.publishing.columns import changes as columns_changes
from incidents.publishing.columns import files
from incidents.publishing.stamp import Stamp
from incidents.views.freshness import etag
from incidents.views.negotiation import content_coding
from incidents.workflows.columns import follow

MEDIA_TYPE = "application/vnd.apache.arrow.file"
_MEDIA_TYPES = {"arrow": MEDIA_TYPE, "pack": "application/octet-stream"}
_YEAR = 31_536_000

_Response = TypeVar("_Response", bound=HttpResponseBase)


def config() -> dict[str, str] | None:
    """A version and its addresses, as the engine is given them (static/js/engine/messages.js: Open).

    None when there is no file. One that is stale is written anew after a while.
    """
    newest = follow(files.latest(), Stamp.now())
    if newest is None:
        return None
    return {
        "version": newest.version,
        "columns": reverse("incidents:columns-packed", args=[newest.version]),
        "changes": reverse("incidents:columns-changes", args=[newest.version]),
        "matches": reverse("incidents:columns-matches", args=[newest.version]),
    }


@require_safe
def latest(request: HttpRequest) -> HttpResponseBase:
    newest = files.latest()
    if newest is None:
        return _error("no file of columns has been written yet", 404)
    facts = newest.to_dict()
    del facts["stamp"], facts["seconds"]
    facts["columns"] = reverse("incidents:columns", args=[newest.version])
    tag = f'"{newest.version}"'
    return _public(get_conditional_response(request, etag=tag) or JsonResponse(facts), tag)


@require_safe
def latest_file(request: HttpRequest) -> HttpResponseBase:
    """The address for programs: it leads to the newest version."""
    newest = files.latest()
    if newest is None:
        return _error("no file of columns has been written yet", 404)
    return _public(HttpResponseRedirect(reverse("incidents:columns", args=[newest.version])))


@require_safe
def version(request: HttpRequest, version: str, form: str = "arrow") -> HttpResponseBase:
    """The Arrow file, or what the explorer's engine fetches in its place."""
    encodings = files.FORMS[form]
    file = files.path(version, form)
    if file is None:
        return _error("there is no such version; columns/latest.json names the newest", 404)
    coding = content_coding(request.headers.get("Accept-Encoding"), tuple(encodings))
    tag = f'"{version}-{form}{f"-{coding}" if coding else ""}"'
    if (unchanged := get_conditional_response(request, etag=tag)) is not None:
        response: HttpResponseBase = unchanged
    else:
        try:
            packed = file.with_name(file.name + encodings.get(coding, "")).open("rb")
        except OSError:
            return _error("there is no such version; columns/latest.json names the newest", 404)
        response = FileResponse(packed, content_type=_MEDIA_TYPES[form])
        response["Content-Disposition"] = f'inline; filename="incidents-{version}.{form}"'
        if coding:
            response["Content-Encoding"] = coding
    response["Vary"] = "Accept-Encoding"
    response = _public(response, tag)
    response["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response


@require_safe
@condition(etag_func=lambda request, version: etag(request))
def changes(request: HttpRequest, version: str) -> HttpResponseBase:
    """204 when nothing changed since the version, 410 when it is gone or too much did: then the newest file is due."""
    file = files.path(version)
    try:
        if file is None:
            return _error("there is no such version; columns/latest.json names the newest", 410)
        found = columns_changes.since(file)
    except columns_changes.TooManyError:
        return _error("too much changed since this version; columns/latest.json names the newest", 410)
    if found is None:
        return _public(HttpResponse(status=204))
    content = files.to_bytes(found.table, found.about(version))
    return _public(HttpResponse(content, content_type=MEDIA_TYPE))


def _error(problem: str, status: int) -> HttpResponse:
    return _public(JsonResponse({"error": problem}, status=status))


def _public(response: _Response, tag: str = "") -> _Response:
    """Any page may read it: it is the same for everybody."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, no-cache"
    if tag:
        response["ETag"] = tag
    return response
