"""Titles by code, for the map: a million of them are no part of the columns."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from incidents.models import Incident
from incidents.query import reading

# As many as a pop-up lists.
TITLES_LIMIT = 60
# A correction shows within a minute.
MAX_AGE = 60


@require_safe
def titles(request: HttpRequest) -> JsonResponse:
    """`{code: title}` of the published ones among `codes=`; a 400 that says why for a list that cannot be read."""
    try:
        codes = reading.codes([request.GET.get("codes", "")])[:TITLES_LIMIT]
    except ValueError as error:
        return JsonResponse({"error": f"codes: {error}", "key": "codes"}, status=400)
    found = Incident.objects.published().filter(code__in=codes).values_list("code", "title")
    response = JsonResponse(dict(found))
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response
