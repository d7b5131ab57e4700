"""Capitals that a text names by their country: "the Afghan capital", "Afghanistan's capital", "the capital of Afghanistan"."""

from __future__ import annotations

from collections.abc import Iterator

from incidents.gazetteer import words
from incidents.gazetteer.countries import capital_name
from incidents.gazetteer.names import fold
from incidents.gazetteer.reading import Reading, Span
from incidents.gazetteer.store import Match
from incidents.gazetteer.types import Level

_CAPITAL = "capital"
# The names of countries and peoples have at most so many words.
_LONGEST = 4
# "The Afghan capital, Kabul" names it itself.
_NAMED_WITHIN = 3


def named_by_country(reading: Reading) -> Iterator[Span]:
    """The word "capital" as a name of the town, and before it the people whose it is, which is no place of its own."""
    tokens = reading.tokens
    for index, token in enumerate(tokens):
        if token.text.lower() != _CAPITAL:
            continue
        for first, last in _beside(reading, index):
            country = _country(reading, first, last)
            capital = capital_name(country)
            if capital and not _is_named(reading, index, capital):
                yield Span(index, index + 1, capital)
                if last == index and _people(reading, first, last):
                    yield Span(first, last, reading.text(first, last), demonym=True)
                break


def _beside(reading: Reading, index: int) -> Iterator[tuple[int, int]]:
    """The words that may name the country: those before the capital, longest first, or those after "of"."""
    tokens = reading.tokens
    end = index - 1 if index and tokens[index - 1].text in words.POSSESSIVES else index
    yield from ((first, end) for first in range(max(0, end - _LONGEST), end))
    if index + 1 < len(tokens) and tokens[index + 1].text == "of":
        start = index + 2
        start += start < len(tokens) and tokens[start].text.lower() in words.ARTICLE
        yield from ((start, last) for last in range(min(start + _LONGEST, len(tokens)), start, -1))


def _country(reading: Reading, first: int, last: int) -> str | None:
    if people := _people(reading, first, last):
        return people
    named = (each.place for each in reading.places(first, last))
    return next((place.country for place in named if place.level is Level.COUNTRY), None)


def _people(reading: Reading, first: int, last: int) -> str | None:
    """The country of a demonym, whatever else is called so: "Somali" is a region of Ethiopia as well."""
    known = reading.known.get((first, last), ())
    return next((each.place.country for each in known if each.match is Match.DEMONYM), None)


def _is_named(reading: Reading, index: int, capital: str) -> bool:
    after = reading.tokens[index + 1 : index + 1 + _NAMED_WITHIN]
    first_word = fold(capital).split()[0]
    return any(fold(token.text) == first_word for token in after)
