"""What the small map of the place is drawn from: the bundled outline, the operator's tiles, the candidates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.templatetags.static import static


def map_config(choices: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """For the page, as JSON; static/js/desk/place-map.js reads it."""
    return {
        "outlines": {
            "coarse": static("vendor/world-atlas/countries-110m.json"),
            "fine": static("vendor/world-atlas/countries-50m.json"),
        },
        "tiles": {"url": settings.TILE_URL, "attribution": settings.TILE_ATTRIBUTION} if settings.TILE_URL else None,
        "choices": list(choices),
    }
