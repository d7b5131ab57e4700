"""What the small map of the place is drawn from: the bundled outline, the operator's tiles, the candidates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from incidents.maps import basemap


def map_config(request: HttpRequest, choices: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """For the page, as JSON; static/js/desk/place-map.js and places.js read it.

    `find` answers what lies in the map's box; "" for who may not look at local places.
    """
    may_look = request.user.has_perm("incidents.view_localplace")
    return {
        "outlines": basemap.outlines(),
        "tiles": {"url": settings.TILE_URL, "attribution": settings.TILE_ATTRIBUTION} if settings.TILE_URL else None,
        "choices": list(choices),
        "find": reverse("admin:incidents_localplace_find") if may_look else "",
    }
