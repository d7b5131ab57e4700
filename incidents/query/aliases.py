"""Other names of places: whoever asks for Halab, Alep or حلب means what is written Aleppo."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from incidents.gazetteer.errors import GazetteerMissing
from incidents.gazetteer.names import fold
from incidents.gazetteer.store import Gazetteer, Match
from incidents.models import LocalPlace
from incidents.query.countries import country_code, country_name
from incidents.query.tokens import asked

# A name may be that of many small places; the largest are meant.
MOST_MEANT = 3
# "us" and "is" are words before they are names.
_LEAST_LETTERS = 3
# Pakistan's longest provinces have four.
MOST_WORDS = 4
# Degrees between the middle of a place and a position in it: 50 km.
_NEAR = 0.5


def meant(names: Iterable[str]) -> dict[str, list[str]]:
    """For each name the names that the gazetteer and the moderators write for it, without itself. One query.

    Without a gazetteer it knows the countries and the moderators' places only: a search then goes by the words.
    """
    asked_for = [name for name in names if len(name) >= _LEAST_LETTERS or not name.isascii()]
    if not asked_for:
        return {}
    local = _local_names()
    packaged = _gazetteer()
    found = packaged.find(asked_for) if packaged else {}
    answers: dict[str, list[str]] = {}
    for name in asked_for:
        places = [each.place.name for each in found.get(name, ()) if each.match is not Match.DEMONYM]
        others = [*local.get(fold(name), ()), country_name(country_code(name)), *places[:MOST_MEANT]]
        answers[name] = [other for other in dict.fromkeys(others) if asked(other) not in ([], asked(name))]
    return answers


@lru_cache(maxsize=50_000)
def written(name: str, country: str, latitude: float | None, longitude: float | None) -> tuple[str, ...]:
    """What the packaged gazetteer writes for the place of this name there: Kyiv for Kiev in Ukraine."""
    packaged = _gazetteer()
    if packaged is None or not name:
        return ()
    return tuple(
        dict.fromkeys(
            place.name
            for place in packaged.lookup(name)[:MOST_MEANT]
            if (place.country or "") == country
            and (
                latitude is None
                or longitude is None
                or (abs(place.latitude - latitude) < _NEAR and abs(place.longitude - longitude) < _NEAR)
            )
        )
    )


def _local_names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, aliases in LocalPlace.objects.exclude(aliases=[]).order_by("pk").values_list("name", "aliases"):
        for alias in aliases if isinstance(aliases, list) else ():
            if isinstance(alias, str):
                found.setdefault(fold(alias), []).append(name)
    return found


def _gazetteer() -> Gazetteer | None:
    path = Path(settings.GAZETTEER_PATH)
    try:
        return _opened(path, path.stat().st_mtime_ns)
    except (OSError, GazetteerMissing):
        return None


@lru_cache(maxsize=1)
def _opened(path: Path, _changed: int) -> Gazetteer:
    return Gazetteer(path)
