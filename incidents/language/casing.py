"""Upper-case wires and headlines, given back the case that the parser was trained on, character for character."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from importlib import resources

# Below this share of capitals a text is ordinary prose: names, initials and acronyms rarely exceed a fifth of it.
_UPPER_SHARE = 0.8
_FEWEST_LETTERS = 12
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_CALENDAR = frozenset(
    [
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
_ACRONYMS = frozenset(["us", "usa", "uk", "un", "eu", "nato", "uss", "fbi", "cia", "idf"])
# Particles inside Romance and Arabic names are lower-case, yet stand in no list of English words.
_PARTICLES = frozenset(
    ["de", "del", "la", "las", "los", "el", "y", "da", "dos", "do", "al", "bin", "ibn", "abu", "van", "von"]
)


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """Names that lists of English words hold in small letters: towns of 40,000 people and more, countries and
    peoples (GeoNames), without those that are first of all a word ("reading", "mission")."""
    return frozenset(resources.files("incidents.language").joinpath("names.txt").read_text("utf-8").split())


def is_upper(text: str) -> bool:
    """Whether nearly all letters are capitals (at least a dozen of them, so that "IRAQ" alone is not)."""
    upper = sum(map(str.isupper, text))
    return upper >= _FEWEST_LETTERS and upper >= _UPPER_SHARE * (upper + sum(map(str.islower, text)))


def true_case(text: str, is_common: Callable[[str], bool]) -> str:
    """A copy of the same length: common words in small letters, sentence starts and all other words capitalised."""
    pieces: list[str] = []
    position = 0
    at_start = True
    for match in _WORD.finditer(text):
        gap = text[position : match.start()]
        at_start = at_start or any(mark in gap for mark in ".!?")
        pieces.append(gap)
        pieces.append(_cased(match.group(), at_start, is_common))
        at_start = False
        position = match.end()
    pieces.append(text[position:])
    return "".join(pieces)


def _cased(word: str, at_start: bool, is_common: Callable[[str], bool]) -> str:
    small = _small(word)
    stem = re.sub(r"['\u2019]s$", "", small)
    if stem in _ACRONYMS and stem != "us":
        return word
    if stem in _PARTICLES or (stem not in _CALENDAR and stem not in _names() and is_common(stem)):
        return small[:1].upper() + small[1:] if at_start else small
    return word[:1] + small[1:]


def _small(word: str) -> str:
    """Lower case where that keeps the length ("İ" becomes two characters, so it stays)."""
    small = word.lower()
    return small if len(small) == len(word) else word
