"""The geocoding provider that the operator has configured, with its answers kept in the database."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from threading import Lock

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from geopy.exc import GeopyError

from incidents.gazetteer.providers import Provider, geopy_geocoder
from incidents.gazetteer.types import Level, Place
from incidents.models import GeocodeAnswer

_lock = Lock()
# What the open one was made from, and itself: the pace and the pauses are those of one object.
_open: tuple[object, Provider] | None = None


class DatabaseCache:
    """One provider's answers; those older than `days` are asked for again."""

    def __init__(self, provider: str, days: int) -> None:
        self.provider = provider
        self.days = days

    def get(self, query: str) -> tuple[Place, ...] | None:
        since = timezone.now() - timedelta(days=self.days)
        row = GeocodeAnswer.objects.filter(provider=self.provider, query=query, fetched_at__gte=since).first()
        if row is None:
            return None
        try:
            return tuple(Place(**{**place, "level": Level(place["level"])}) for place in row.answer or ())
        except (KeyError, TypeError, ValueError):  # another version's
            return None

    def set(self, query: str, places: tuple[Place, ...]) -> None:
        answer = [asdict(place) for place in places] or None
        GeocodeAnswer.objects.update_or_create(
            provider=self.provider, query=query, defaults={"answer": answer, "fetched_at": timezone.now()}
        )


def provider() -> Provider | None:
    """The one provider of this process; None unless the operator configured one. Asks nobody.

    Raises ImproperlyConfigured, whose message names the setting.
    """
    global _open
    if not settings.GEOCODER_PROVIDER:
        return None
    made_from = {name: getattr(settings, name) for name in dir(settings) if name.startswith("GEOCODER_")}
    with _lock:
        if _open is None or _open[0] != made_from:
            _open = (made_from, _made())
        return _open[1]


def _made() -> Provider:
    name = settings.GEOCODER_PROVIDER
    try:
        geocoder = geopy_geocoder(
            name,
            user_agent=settings.GEOCODER_USER_AGENT,
            timeout=settings.GEOCODER_TIMEOUT_SECONDS,
            domain=settings.GEOCODER_DOMAIN,
            scheme=settings.GEOCODER_SCHEME,
            options=settings.GEOCODER_OPTIONS,
        )
    except GeopyError as error:
        raise ImproperlyConfigured(
            f"GEOCODER_PROVIDER={name!r} cannot be used with GEOCODER_USER_AGENT and GEOCODER_OPTIONS as they are: {error}"
        ) from error
    # Another server under the same name has other answers.
    kept_as = f"{name} {settings.GEOCODER_DOMAIN}".strip()
    return Provider(
        geocoder,
        name,
        cache=DatabaseCache(kept_as, settings.GEOCODER_CACHE_DAYS),
        min_delay_seconds=settings.GEOCODER_MIN_DELAY_SECONDS,
    )
