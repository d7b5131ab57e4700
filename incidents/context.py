"""What every template knows of the site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from mapsite import language


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "contact": settings.CONTACT,
        "language_tag": language.tag(),
        "languages": language.switch(request),
    }
