"""What speaks for a name of the gazetteer being a place where it stands: its size and the words round it."""

from __future__ import annotations

from collections.abc import Sequence

from incidents.gazetteer import words
from incidents.gazetteer.names import fold
from incidents.gazetteer.reading import FAMOUS_TOWN, Reading, Span
from incidents.gazetteer.store import Match, Named
from incidents.gazetteer.types import Level
from incidents.language.types import Token

# A lone word that the parser calls no name at all is a place only when so many people live there.
_LARGE_TOWN = 100_000
# What the parser calls a person (True) or an organisation, or what is a place's other name, must be so large a town.
PEOPLED = {True: 10_000, False: 5_000}
_KNOWN_LEVELS = frozenset([Level.COUNTRY, Level.SEA, Level.AREA, Level.PROVINCE])


def is_located(reading: Reading, first: int, last: int) -> bool:
    """Whether the words round a name treat it as ground: "in X", "X, Texas", "X province"."""
    tokens = reading.tokens
    before = first
    while before > 0 and tokens[before - 1].text.lower() in words.ARTICLE | words.DIRECTIONS:
        before -= 1
    if before > 0 and tokens[before - 1].text.lower() in words.PLACE_PREPOSITIONS | words.STRIKING:
        return True
    if last < len(tokens) and tokens[last].text.lower() in words.DESIGNATORS:
        return True
    return has_container(reading, last)


def has_container(reading: Reading, index: int) -> bool:
    """Whether a comma and a country or province stand at `index`: ", Texas"."""
    if index + 1 >= len(reading.tokens) or reading.tokens[index].text != ",":
        return False
    return any(_is_container(reading, index + 1, end) for end in (index + 2, index + 3))


def _is_container(reading: Reading, first: int, last: int) -> bool:
    return any(named.place.level in {Level.COUNTRY, Level.PROVINCE} for named in reading.places(first, last))


def may_stand_alone(reading: Reading, span: Span, exact: Sequence[Named]) -> bool:
    key = fold(span.name)
    if key in words.NOT_ALONE or key in reading.surnames:
        return False
    return len(span.name) > 2 or any(named.place.level is Level.COUNTRY for named in exact)


def is_large(named: Named) -> bool:
    """Whether a name is so well known that it needs no other sign; foreign names of towns are not."""
    place = named.place
    if place.level in _KNOWN_LEVELS or place.source == "atlas":
        return True
    return place.population >= (_LARGE_TOWN if named.match is Match.PRIMARY else FAMOUS_TOWN)


def is_famous(named: Named) -> bool:
    """Whether a name means a place even where it speaks: "Tehran said"."""
    place = named.place
    return (
        place.level in {Level.COUNTRY, Level.SEA, Level.AREA}
        or place.source == "atlas"
        or (place.population >= FAMOUS_TOWN and named.match <= Match.ALIAS)
    )


def is_peopled(exact: Sequence[Named]) -> bool:
    """Whether a name in the right surroundings is a place: its own name of any place, another one of a larger one."""
    return any(named.match is Match.PRIMARY for named in exact) or most_people(exact) >= PEOPLED[False]


def most_people(exact: Sequence[Named]) -> int:
    return max(named.place.population for named in exact)


def opens_report(reading: Reading, index: int) -> bool:
    """ "BEIRUT:" and "BEIRUT (" head a report, whatever the parser thinks of capitals."""
    return index < len(reading.tokens) and reading.tokens[index].text in words.DASHES | {":", "(", ",", "/"}


def may_be_in_a_name(token: Token) -> bool:
    return (
        token.pos in {"PROPN", "PUNCT", "ADP", "DET", "CCONJ", "NUM", "PART"} or token.text.lower() in words.LAST_WORDS
    )
