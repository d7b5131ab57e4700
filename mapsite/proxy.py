"""Who asks, when a proxy stands in front."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's IP address, by which failed logins are counted.

    Behind a proxy it is the last entry of X-Forwarded-For, the one our own proxy wrote; earlier entries are the visitor's to invent.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.BEHIND_PROXY:
        return direct
    return request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() or direct
