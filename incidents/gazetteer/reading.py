"""A document as recognition sees it: every run of words that could be a name, looked up at once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from incidents.gazetteer import words
from incidents.gazetteer.names import fold
from incidents.gazetteer.store import Gazetteer, Match, Named
from incidents.gazetteer.types import Level
from incidents.language.types import Document, Entity, Name, Token

PLACE_LABELS = frozenset(["GPE", "LOC", "FAC"])
PERSON = "PERSON"
_GROUP = "NORP"
# Labels over which a single word of a large place is no place ("Washington Post", "Boston Celtics").
OTHER_NAMES = frozenset(["ORG", "PERSON", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "LANGUAGE"])
# A town of so many people may speak for its country and be written like an acronym.
FAMOUS_TOWN = 500_000
_SETTLED = frozenset([Level.TOWN, Level.DISTRICT])
# The longest name looked up, in tokens ("Ain al-Asad air base" has six).
_LONGEST = 7
# Acronyms have at most so many letters; a dateline's capitals are mostly longer.
_ACRONYM = 4
_MIXED_ACRONYM = re.compile(r"[A-Z]+[a-z][A-Z]+")
_CAPITALISED = re.compile(r"[^\W\d_a-z]")


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens `first` to `last` (exclusive) that name a place; `name` is what to look up."""

    first: int
    last: int
    name: str
    levels: frozenset[Level] = frozenset()
    """The levels asked for by a word beside it: "province"."""
    demonym: bool = False
    part: bool = False
    """Whether it is a part of an organisation's name: "Mosul" in "University of Mosul"."""
    belief: float = 1.0
    """How sure it is that the words are a place name."""


class Reading:
    """The names of a document, looked up at once: one query for all runs of words that could be a name."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self.document = document
        self.tokens = document.tokens
        self.label = _labels(document)
        runs = {(first, last): self.text(first, last) for first, last in self._runs()}
        for first, last in self._found():
            if first < last:
                runs[first, last] = self.text(first, last)
        found = gazetteer.find(set(runs.values()))
        self.known: dict[tuple[int, int], Sequence[Named]] = {
            span: found[name] for span, name in runs.items() if found[name]
        }
        self._meant: dict[tuple[int, int], list[Named]] = {}
        self.surnames = _surnames(document)
        self.belief = _beliefs(document)
        self.entities = {trimmed(document.tokens, entity) for entity in document.entities}
        self.longer_names = _longer_names(document)

    def _found(self) -> Iterator[tuple[int, int]]:
        """What the parser or the encoder takes for a name of a place or a people."""
        for entity in self.document.entities:
            if entity.label in PLACE_LABELS or entity.label == _GROUP:
                yield trimmed(self.tokens, entity)
        for name in self.document.names:
            yield trim(self.tokens, *within(self.tokens, name))

    def text(self, first: int, last: int) -> str:
        return self.document.text[self.tokens[first].start : self.tokens[last - 1].end]

    def places(self, first: int, last: int) -> list[Named]:
        """What a run of tokens may mean as the name of a place, as it is written there."""
        if (first, last) not in self._meant:
            self._meant[first, last] = self._meaning(first, last)
        return self._meant[first, last]

    def is_people(self, first: int, last: int) -> bool:
        """Whether a run of tokens is the name of a people and, as it is written there, of no place."""
        known = self.known.get((first, last), ())
        return any(each.match is Match.DEMONYM for each in known) and not self.places(first, last)

    def _meaning(self, first: int, last: int) -> list[Named]:
        known = self.known.get((first, last), ())
        named = [each for each in known if each.match is not Match.DEMONYM]
        if not named or (len(named) < len(known) and self._is_of_a_people(first, last)):
            return []
        text = self.text(first, last)
        if not self._is_short_form(first, text):
            named = [each for each in named if each.match is not Match.ABBREVIATION]
        return fitting_buildings(text, fitting_capitals(text, named))

    def _is_of_a_people(self, first: int, last: int) -> bool:
        """ "The Kazakh city", "one Canadian and": regions and towns are called so too, but stand otherwise ("in Canadian,
        Texas", "the Somali region")."""
        before = self.tokens[first - 1].text.lower() if first else ""
        after = self.tokens[last].text if last < len(self.tokens) else ""
        ground = after in words.DESIGNATORS and Level.TOWN not in words.DESIGNATORS[after]
        return after.islower() and not ground and before not in words.WHERE

    def _is_short_form(self, first: int, text: str) -> bool:
        """ "Calif.", "NSW", and after a comma "TX"."""
        after_comma = first > 0 and self.tokens[first - 1].text == ","
        return "." in text or (text.isupper() and (len(text) > 2 or after_comma))

    def _runs(self) -> Iterator[tuple[int, int]]:
        for sentence in self.document.sentences:
            for first in range(sentence.first, sentence.last):
                if self._can_begin(first):
                    yield from self._runs_from(first, sentence.last)

    def _runs_from(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        for last in range(first + 1, min(first + _LONGEST, end) + 1):
            word = self.tokens[last - 1]
            last_word = last > first + 1 and word.text.lower() in words.LAST_WORDS
            if is_capitalised(word.text) or word.text.isdigit() or last_word:
                yield first, last
            elif word.text.lower() not in words.INNER_WORDS and word.text != ".":
                return

    def _can_begin(self, index: int) -> bool:
        word = self.tokens[index]
        if is_capitalised(word.text):
            return True
        following = self.tokens[index + 1].text if index + 1 < len(self.tokens) else ""
        if word.text in {"al", "el"}:
            return following == "-" or is_capitalised(following)
        return word.text in words.ARTICLES and following == "-"


def trimmed(tokens: Sequence[Token], entity: Entity) -> tuple[int, int]:
    """An entity's tokens without "the" before and "'s" or a full stop behind."""
    return trim(tokens, entity.first, entity.last)


def trim(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """`trimmed` for any run of tokens; never empty unless the run is nothing but such words."""
    while first + 1 < last and _says_only_which_part(tokens, first):
        first += 1
    while last > first and tokens[last - 1].text in words.POSSESSIVES | words.DASHES | {".", ",", "("}:
        last -= 1
    return first, last


def _says_only_which_part(tokens: Sequence[Token], index: int) -> bool:
    """ "The", "northern", "NW"; of "South-West Cameroon" the names of the parser and the encoder begin with "West"."""
    text = tokens[index].text
    compass = index > 1 and tokens[index - 1].text == "-" and tokens[index - 2].text.lower() in {"north", "south"}
    return (
        text.lower() in words.ARTICLE | words.DIRECTIONS
        or text in words.SHORT_DIRECTIONS
        or (compass and text.lower() in {"east", "west"})
    )


def within(tokens: Sequence[Token], name: Name) -> tuple[int, int]:
    """The tokens that share a character with a name of the encoder: first and last (exclusive)."""
    first = bisect_right(tokens, name.start, key=lambda token: token.end)
    return first, bisect_left(tokens, name.end, lo=first, key=lambda token: token.start)


def covered_by(spans: Iterable[Span]) -> set[int]:
    return {index for span in spans for index in range(span.first, span.last)}


def is_capitalised(text: str) -> bool:
    return bool(text) and bool(_CAPITALISED.match(text)) and text[0].isalpha() and not text[0].islower()


def _labels(document: Document) -> Mapping[int, str]:
    """The entity label of each token that has one; "Bakhmut, Avdiivka and Kherson" in one entity is no name."""
    return {
        index: entity.label
        for entity in document.entities
        if entity.label in PLACE_LABELS or "," not in entity.text
        for index in range(entity.first, entity.last)
    }


def _beliefs(document: Document) -> Mapping[int, float]:
    """How sure the encoder is that each token is in a name; tokens that it rules out are left out."""
    return {index: name.probability for name in document.names for index in range(*within(document.tokens, name))}


def _longer_names(document: Document) -> Mapping[int, tuple[int, int]]:
    """For each token the tokens of the organisation, law or work whose name it is in."""
    return {
        index: trimmed(document.tokens, entity)
        for entity in document.entities
        if entity.label in OTHER_NAMES - {PERSON}
        for index in range(entity.first, entity.last)
    }


def _surnames(document: Document) -> frozenset[str]:
    """The last names of persons that the text calls by first and last name: "Jordan" after "Michael Jordan"."""
    found = set()
    for entity in document.entities:
        first, last = trimmed(document.tokens, entity)
        if entity.label == PERSON and last - first >= 2:
            found.add(fold(document.tokens[last - 1].text))
    return frozenset(found)


def fitting_capitals(text: str, named: Sequence[Named]) -> list[Named]:
    """What an acronym may mean: "SOS" is a town in Spain, "MoD" another name of Maud in Oklahoma; not when written so."""
    acronym = text.isalpha() and len(text) <= _ACRONYM and (text.isupper() or _MIXED_ACRONYM.fullmatch(text))
    return [each for each in named if not acronym or _may_be_acronym(each)]


def fitting_buildings(text: str, named: Sequence[Named]) -> list[Named]:
    """Without the towns that have the name of a building as another name: "Union Station" is in any town."""
    *before, last = text.lower().split() or [""]
    if not before or last not in words.BUILDINGS:
        return list(named)
    return [each for each in named if each.match is Match.PRIMARY or each.place.level not in _SETTLED]


def _may_be_acronym(named: Named) -> bool:
    return (
        named.place.level is Level.COUNTRY
        or named.place.source == "atlas"
        or named.match in {Match.ABBREVIATION, Match.LOCAL}
        or (named.match is Match.PRIMARY and named.place.population >= FAMOUS_TOWN)
    )
