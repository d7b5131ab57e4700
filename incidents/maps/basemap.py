"""What lies under the incidents: the bundled outline, and the operator's tiles over it when there are any."""

from __future__ import annotations

from django.conf import settings
from django.templatetags.static import static

# Natural Earth is in the public domain; it asks for no credit and gets one.
OUTLINE_CREDIT = "Natural Earth"


def outlines() -> dict[str, str]:
    """Addresses of the bundled outlines, coarse for far and fine for near."""
    return {
        "coarse": static("vendor/world-atlas/countries-110m.bin"),
        "fine": static("vendor/world-atlas/countries-50m.bin"),
    }


def tiles() -> tuple[str, str] | None:
    """Address template and attribution of the operator's tile layer."""
    return (settings.TILE_URL, settings.TILE_ATTRIBUTION) if settings.TILE_URL else None
