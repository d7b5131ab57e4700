"""A provider of geopy, asked politely and never trusted: paced, retried, remembered, and let alone while it fails."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Mapping
from threading import Lock
from time import monotonic
from typing import Any, Protocol

from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderServiceError,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from incidents.gazetteer.adapter import BoundedAdapter, TooSlow
from incidents.gazetteer.answers import MOST_ANSWERS, places_of
from incidents.gazetteer.names import fold
from incidents.gazetteer.types import Place

logger = logging.getLogger(__name__)

# Names that are asked for; what is longer is no name but a sentence.
MOST_CHARACTERS = 200
# So many names in a row without an answer, and nothing is asked for a while.
FAILURES_IN_A_ROW = 3
PAUSE_SECONDS = 300.0
# Of a provider that says itself how long (Retry-After), no longer than this.
LONGEST_PAUSE_SECONDS = 86_400.0
_RETRIES = 1
# What geopy waits after an error before the one retry.
_WAIT_SECONDS = 2.0
# Another try makes these worse.
_FINAL = (
    GeocoderQuotaExceeded,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQueryError,
    TooSlow,
)
# Used only where the provider's `geocode` takes them.
_WISHES = {"limit": MOST_ANSWERS, "addressdetails": True, "language": "en"}


class AnswerCache(Protocol):
    """Where answers are kept, under folded names: a provider is asked once for each."""

    def get(self, query: str) -> tuple[Place, ...] | None:
        """What was answered, () for "no such place"; None when it is not known or too old."""

    def set(self, query: str, places: tuple[Place, ...]) -> None: ...


class MemoryCache:
    """Answers of this process, for notebooks and tests."""

    def __init__(self) -> None:
        self._answers: dict[str, tuple[Place, ...]] = {}

    def get(self, query: str) -> tuple[Place, ...] | None:
        return self._answers.get(query)

    def set(self, query: str, places: tuple[Place, ...]) -> None:
        self._answers[query] = places


class _Final(Exception):  # noqa: N818 - not an error of ours but how geopy's passes its RateLimiter
    """Carries an error that must not be tried again past geopy's RateLimiter."""


class Breaker:
    """Says whether to ask: not for a while after failures in a row, or after one that says so itself. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._closed_until = 0.0

    def allows(self) -> bool:
        with self._lock:
            return self._clock() >= self._closed_until

    def failed(self, pause: float | None = None) -> bool:
        """Count a failure; `pause` (seconds) begins at once. True for the first of an outage."""
        with self._lock:
            self._failures += 1
            if pause is not None or self._failures >= FAILURES_IN_A_ROW:
                self._closed_until = self._clock() + (PAUSE_SECONDS if pause is None else pause)
            return self._failures == 1

    def succeeded(self) -> bool:
        """True where an outage ends."""
        with self._lock:
            was_failing, self._failures = self._failures > 0, 0
            return was_failing


class Provider:
    """Places from one of geopy's geocoders. `places` never raises for anything that the provider does.

    At most one call in `min_delay_seconds` is made by this object, whatever the threads; keep one in a process.
    """

    def __init__(
        self,
        geocoder: Geocoder,
        name: str,
        *,
        cache: AnswerCache,
        min_delay_seconds: float = 1.0,
        wait_seconds: float = _WAIT_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.name = name
        # Why there was no answer the last time, "" after one.
        self.trouble = ""
        self._cache = cache
        self._breaker = Breaker(clock)
        self._geocode = geocoder.geocode
        self._wishes = _accepted(geocoder.geocode, _WISHES)
        self._ask = RateLimiter(
            self._once,
            min_delay_seconds=min_delay_seconds,
            max_retries=_RETRIES,
            error_wait_seconds=max(wait_seconds, min_delay_seconds),
            swallow_exceptions=False,
        )

    def places(self, name: str) -> tuple[Place, ...]:
        """What the provider knows under `name`, its best first; () when it knows nothing or gives no usable answer.

        A name not asked before costs the pace of the provider and, where it hangs, two timeouts: to connect, to answer.
        """
        key = fold(name)
        if not key or max(len(key), len(name)) > MOST_CHARACTERS:
            return ()
        known = self._cache.get(key)
        if known is not None:
            return known
        if not self._breaker.allows():
            return ()
        found = self._answer(name)
        if found is not None:
            self._cache.set(key, found)
        return found or ()

    def knows(self, name: str) -> bool:
        """Whether `places` answers at once, without asking anybody."""
        return self._cache.get(fold(name)) is not None

    def _answer(self, name: str) -> tuple[Place, ...] | None:
        try:
            locations: list[Location] = self._ask(name.encode("utf-8", "ignore").decode()) or []
            found = places_of(locations, self.name)
            if locations and not found:
                logger.info("%s: no usable answer for %r", self.name, name)
        # geopy's parsers raise whatever a wrong answer makes them stumble over.
        except Exception as error:
            self._failed((isinstance(error, _Final) and error.__cause__) or error)
            return None
        self.trouble = ""
        if self._breaker.succeeded():
            logger.warning("%s answers again", self.name)
        return found

    def _once(self, name: str) -> Any:
        try:
            return self._geocode(name, exactly_one=False, **self._wishes)
        except _FINAL as error:
            raise _Final from error

    def _failed(self, error: BaseException) -> None:
        """Said once for each outage, not once for each name."""
        self.trouble = _reason(error)
        if self._breaker.failed(_pause(error)):
            logger.warning("%s gives no answer (%s); the places it would add are left out", self.name, self.trouble)


def geopy_geocoder(
    service: str,
    *,
    user_agent: str,
    timeout: float,
    domain: str = "",
    scheme: str = "",
    options: Mapping[str, Any] | None = None,
) -> Geocoder:
    """geopy's geocoder for a service such as "nominatim" or "photon"; makes no call.

    `options` are further arguments of its class, such as `api_key`. Raises geopy's ConfigurationError or
    GeocoderNotFound, with what is wrong.
    """
    if not user_agent.strip():
        raise ConfigurationError("A provider must be told who asks: give a user agent with an address to write to.")
    maker = get_geocoder_for_service(service)
    given = {"domain": domain, "scheme": scheme}
    arguments = {
        **(options or {}),
        **{name: value for name, value in given.items() if value},
        "user_agent": user_agent,
        "timeout": timeout,
        "adapter_factory": BoundedAdapter,
    }
    try:
        return maker(**arguments)
    except TypeError as error:
        raise ConfigurationError(f"geopy's {maker.__name__} cannot be made of these options: {error}") from error


def _accepted(function: Callable[..., Any], arguments: Mapping[str, Any]) -> dict[str, Any]:
    taken = inspect.signature(function).parameters
    return {name: value for name, value in arguments.items() if name in taken}


def _pause(error: BaseException) -> float | None:
    """How long to ask nothing at once; None for what may pass."""
    if isinstance(error, GeocoderQuotaExceeded):
        said = getattr(error, "retry_after", None)
        return min(max(float(said or PAUSE_SECONDS), 1.0), LONGEST_PAUSE_SECONDS)
    if isinstance(error, GeocoderAuthenticationFailure | GeocoderInsufficientPrivileges):
        return PAUSE_SECONDS
    return None


def _reason(error: BaseException) -> str:
    if isinstance(error, GeopyError):
        kind = "" if type(error) is GeocoderServiceError else f"{type(error).__name__.removeprefix('Geocoder')}: "
        return f"{kind}{str(error)[:300]}"
    return f"a wrong answer: {type(error).__name__}"
