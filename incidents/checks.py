"""What `manage.py check` and every start say is missing, each with the command that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured


@register()
def gazetteer_is_built(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if Path(settings.GAZETTEER_PATH).is_file():
        return []
    return [
        Warning(
            f"There is no gazetteer at {settings.GAZETTEER_PATH}: no article can be read.",
            hint="Type `python manage.py load_gazetteer` (under two minutes, no network).",
            id="incidents.W001",
        )
    ]


@register()
def browser_libraries_are_there(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if (Path(settings.BASE_DIR) / "static" / "vendor" / "leaflet").is_dir():
        return []
    return [
        Warning(
            "static/vendor holds no browser libraries: the map will not be drawn.",
            hint="Type `make vendor` (it needs npm), or `npm ci && npm run vendor`.",
            id="incidents.W002",
        )
    ]


@register()
def geocoder_can_be_used(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.GEOCODER_PROVIDER:
        return []
    from incidents.workflows.geocoding import provider  # models are not loaded when checks are registered

    try:
        provider()
    except ImproperlyConfigured as error:
        return [
            Error(
                str(error),
                hint="docs/settings.md explains each GEOCODER_ setting; leave GEOCODER_PROVIDER empty to ask nobody.",
                id="incidents.E001",
            )
        ]
    return []
