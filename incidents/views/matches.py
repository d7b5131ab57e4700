"""Which rows of the columns match a text: the one part of a query that a browser cannot answer from its columns."""

from __future__ import annotations

import gzip
from hashlib import sha256

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from incidents.publishing.columns import files
from incidents.publishing.columns.changes import TooManyError
from incidents.publishing.columns.matches import matches as matches_of
from incidents.query import Query, QueryError, search
from incidents.views.negotiation import content_coding
from incidents.workflows.publish import published_version

KEYS = ("q", "weapon", "place")
CHANGED = "X-Matches-Changed"
# Proxies give the head of an answer 4 KB (nginx by default); a key has up to nine digits.
MOST_CHANGED = 300
_FASTEST = 1


@require_safe
def matches(request: HttpRequest, version: str) -> HttpResponseBase:
    """Bits in the order of the file's rows. 410 when too much changed since: then the newest file is due."""
    file = files.path(version)
    if file is None:
        return _error("there is no such version; columns/latest.json names the newest", 404)
    try:
        wanted = _wanted(request)
    except QueryError as error:
        return _error(str(error), 400, key=error.key)
    coding = content_coding(request.headers.get("Accept-Encoding"), ("gzip",))
    tag = _etag(version, search.expression(wanted, connection.vendor), coding)
    if (unchanged := get_conditional_response(request, etag=tag)) is not None:
        return _public(unchanged, tag)
    try:
        found = matches_of(file, wanted)
    except TooManyError:
        found = None
    if found is None or len(found.changed) > MOST_CHANGED:
        return _error("too much changed since this version; columns/latest.json names the newest", 410)
    content = gzip.compress(found.bits, _FASTEST, mtime=0) if coding else found.bits
    response = HttpResponse(content, content_type="application/octet-stream")
    if coding:
        response["Content-Encoding"] = coding
    if found.changed:
        response[CHANGED] = ",".join(map(str, found.changed))
    return _public(response, tag)


def _wanted(request: HttpRequest) -> search.Wanted:
    for key in request.GET:
        if key not in KEYS:
            raise QueryError(key, f"only {', '.join(KEYS)} are answered here")
    query = Query.strict(request.GET)
    return search.wanted(q=query.q, weapon=query.weapon, place=query.place)


def _etag(version: str, expression: str, coding: str) -> str:
    """Of what is looked for, not of how it was written: a new name of a place makes another answer."""
    stamp = f"{version}|{published_version()}|{expression}|{coding}"
    return f'"{sha256(stamp.encode()).hexdigest()[:32]}"'


def _error(problem: str, status: int, **about: str) -> HttpResponseBase:
    return _public(JsonResponse({"error": problem, **about}, status=status))


def _public(response: HttpResponseBase, tag: str = "") -> HttpResponseBase:
    """The same for everybody."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = CHANGED
    response["Cache-Control"] = "public, no-cache"
    response["Vary"] = "Accept-Encoding"
    if tag:
        response["ETag"] = tag
    return response
