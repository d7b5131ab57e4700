"""Which words of a document are place names: the parser's entities, names the gazetteer holds, and their repeats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from incidents.gazetteer import words
from incidents.gazetteer.names import fold
from incidents.gazetteer.store import Gazetteer, Match, Named
from incidents.gazetteer.types import Level
from incidents.language.types import Document, Entity, Token

PLACE_LABELS = frozenset(["GPE", "LOC", "FAC"])
_PERSON = "PERSON"
_GROUP = "NORP"
# Labels over which a single word of a large place is no place ("Washington Post", "Boston Celtics").
_OTHER_NAMES = frozenset(["ORG", "PERSON", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "LANGUAGE"])
# Labels of names that hold the names of places, which then stand for no ground.
_ORGANISATIONS = frozenset(["ORG", "EVENT", "FAC"])
# The longest name looked up, in tokens ("Ain al-Asad air base" has six).
_LONGEST = 7
# A lone word that the parser calls no name at all is a place only when so many people live there.
_LARGE_TOWN = 100_000
# A town of so many people may speak for its country; a smaller one that speaks is a person of that name.
_FAMOUS_TOWN = 500_000
# What the parser calls a person (True) or an organisation, or what is a place's other name, must be so large a town.
_PEOPLED = {True: 10_000, False: 5_000}
# A comma and "and".
_LINKS = 2
_FAR = 10
# Acronyms have at most so many letters; a dateline's capitals are mostly longer.
_ACRONYM = 4
_CAPITALISED = re.compile(r"[^\W\d_a-z]")
_KNOWN_LEVELS = frozenset([Level.COUNTRY, Level.SEA, Level.AREA, Level.PROVINCE])
_ARTICLES = frozenset(["the", "a", "an"])


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


class Reading:
    """The names of a document, looked up at once: one query for all runs of words that could be a name."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self.document = document
        self.tokens = document.tokens
        self.label = _labels(document)
        runs = {(first, last): self.text(first, last) for first, last in self._runs()}
        for entity in document.entities:
            if entity.label in PLACE_LABELS or entity.label == _GROUP:
                first, last = trimmed(self.tokens, entity)
                if first < last:
                    runs[first, last] = self.text(first, last)
        found = gazetteer.find(set(runs.values()))
        self.known: dict[tuple[int, int], Sequence[Named]] = {
            span: found[name] for span, name in runs.items() if found[name]
        }
        self.surnames = _surnames(document)
        self.entities = {trimmed(document.tokens, entity) for entity in document.entities}

    def text(self, first: int, last: int) -> str:
        return self.document.text[self.tokens[first].start : self.tokens[last - 1].end]

    def places(self, first: int, last: int) -> list[Named]:
        """What a run of tokens may mean as the name of a place, as it is written there."""
        named = [each for each in self.known.get((first, last), ()) if each.match is not Match.DEMONYM]
        if not named:
            return []
        text = self.text(first, last)
        if not self._is_short_form(first, text):
            named = [each for each in named if each.match is not Match.ABBREVIATION]
        if _is_acronym(text):
            # "SOS" is a town in Spain; written in capitals it is not.
            named = [each for each in named if _may_be_acronym(each)]
        return named

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
            if _is_capitalised(word.text) or word.text.isdigit() or last_word:
                yield first, last
            elif word.text.lower() not in words.INNER_WORDS and word.text != ".":
                return

    def _can_begin(self, index: int) -> bool:
        word = self.tokens[index]
        if _is_capitalised(word.text):
            return True
        following = self.tokens[index + 1].text if index + 1 < len(self.tokens) else ""
        if word.text in {"al", "el"}:
            return following == "-" or _is_capitalised(following)
        return word.text in words.ARTICLES and following == "-"


def recognise(reading: Reading) -> list[Span]:
    """The place names of a document in order, none overlapping another, demonyms among them."""
    spans = _choose(_named_by_parser(reading), reading)
    spans += _choose(_named_by_gazetteer(reading, _covered(spans)), reading)
    spans += _enumerated(reading, spans)
    people = _speakers(reading, spans)
    spans = [span for span in spans if fold(span.name) not in people]
    spans += _repeats(reading, spans, people)
    spans += _inside_organisations(reading, _covered(spans))
    spans += _demonyms(reading, _covered(spans))
    spans.sort(key=lambda span: span.first)
    return [_with_designator(reading, span) for span in spans]


def trimmed(tokens: Sequence[Token], entity: Entity) -> tuple[int, int]:
    """An entity's tokens without "the" before and "'s" or a full stop behind."""
    first, last = entity.first, entity.last
    while first < last and tokens[first].text.lower() in _ARTICLES | words.DIRECTIONS and first + 1 < last:
        first += 1
    while last > first and tokens[last - 1].text in words.POSSESSIVES | words.DASHES | {".", ",", "("}:
        last -= 1
    return first, last


def _named_by_parser(reading: Reading) -> Iterator[Span]:
    for entity in reading.document.entities:
        if entity.label not in PLACE_LABELS:
            continue
        first, last = trimmed(reading.tokens, entity)
        if first >= last or not _is_capitalised(reading.text(first, last)):
            continue
        whole = reading.places(first, last)
        demonym = not whole and (first, last) in reading.known
        if whole or demonym or _is_unknown_name(reading, first, last):
            yield Span(first, last, reading.text(first, last), demonym=demonym)


def _is_unknown_name(reading: Reading, first: int, last: int) -> bool:
    """Whether words that the gazetteer does not hold are still a place name: said of a place, and no person's."""
    text = reading.text(first, last)
    if any(character.isdigit() for character in text) or fold(text) in reading.surnames:
        return False
    return _is_located(reading, first, last)


def _choose(spans: Iterable[Span], reading: Reading) -> list[Span]:
    """The longest known name round or in each span: "Ain al-Asad air base" where the parser saw "Ain al-Asad"."""
    chosen: list[Span] = []
    taken: set[int] = set()
    for span in spans:
        best = _widened(reading, span) or _split(reading, span) or [span]
        for piece in best:
            inside = set(range(piece.first, piece.last))
            if not inside & taken:
                chosen.append(piece)
                taken |= inside
    return chosen


def _widened(reading: Reading, span: Span) -> list[Span]:
    wider = [
        (first, last)
        for first in range(max(0, span.first - 3), span.first + 1)
        for last in range(span.last, span.last + 4)
        if reading.places(first, last) and not _crosses(reading, first, last, span)
    ]
    if not wider:
        return []
    first, last = max(wider, key=lambda pair: pair[1] - pair[0])
    return [replace(span, first=first, last=last, name=reading.text(first, last))]


def _crosses(reading: Reading, first: int, last: int, span: Span) -> bool:
    """Whether the added words are part of a person or of another sentence."""
    added = [*range(first, span.first), *range(span.last, last)]
    return any(reading.label.get(index) == _PERSON for index in added)


def _split(reading: Reading, span: Span) -> list[Span]:
    """The known names in an entity that is no name as a whole ("Mosul, Iraq"; "Iraq's Basra"; "Nigeria Jos")."""
    if (span.first, span.last) in reading.known or span.last - span.first < 2:
        return []
    pieces: list[Span] = []
    first = span.first
    while first < span.last:
        last = next((last for last in range(span.last, first, -1) if reading.places(first, last)), 0)
        if last and reading.text(first, last).lower() not in words.NOT_ALONE:
            pieces.append(replace(span, first=first, last=last, name=reading.text(first, last)))
            first = last
        else:
            first += 1
    # One known word of many is a part of an unknown name ("Baghdad Gate Hall"), two are a list.
    joined = words.POSSESSIVES | words.DASHES | {",", "/"}
    listed = any(token.text in joined for token in reading.tokens[span.first : span.last])
    whole = len(_covered(pieces)) == span.last - span.first and any(
        named.place.level is Level.COUNTRY for piece in pieces for named in reading.places(piece.first, piece.last)
    )
    return pieces if listed or whole else []


def _named_by_gazetteer(reading: Reading, covered: set[int]) -> Iterator[Span]:
    for first, last in sorted(reading.known, key=lambda pair: (pair[0] - pair[1], pair[0])):
        if covered.isdisjoint(range(first, last)):
            span = Span(first, last, reading.text(first, last))
            if _is_name(reading, span):
                yield span


def _is_name(reading: Reading, span: Span) -> bool:
    """Whether words that the gazetteer holds, but the parser calls no place, name one here."""
    exact = [named for named in reading.places(span.first, span.last) if named.match is not Match.LOOSE]
    inside = range(span.first, span.last)
    labels = {reading.label.get(index, "") for index in inside} & _OTHER_NAMES
    if span.name.isupper() and any(_is_large(named) for named in exact) and _opens_report(reading, span.last):
        return True
    if not exact or (labels and (span.first, span.last) not in reading.entities):
        return False
    lone = len(inside) == 1
    if lone and not _may_stand_alone(reading, span, exact):
        return False
    own = any(named.place.source == "atlas" or named.match is Match.LOCAL for named in exact)
    located = _is_located(reading, span.first, span.last)
    if not all(_proper(reading.tokens[index]) for index in inside):
        return own and not lone
    large = own or any(_is_large(named) for named in exact)
    if labels:
        return located and (large or _most_people(exact) >= _PEOPLED[_PERSON in labels])
    return large or (located and _is_peopled(exact))


def _is_peopled(exact: Sequence[Named]) -> bool:
    """Whether a name in the right surroundings is a place: its own name of any place, another one of a larger one."""
    return any(named.match is Match.PRIMARY for named in exact) or _most_people(exact) >= _PEOPLED[False]


def _most_people(exact: Sequence[Named]) -> int:
    return max(named.place.population for named in exact)


def _opens_report(reading: Reading, index: int) -> bool:
    """ "BEIRUT:" and "BEIRUT (" head a report, whatever the parser thinks of capitals."""
    return index < len(reading.tokens) and reading.tokens[index].text in words.DASHES | {":", "(", ",", "/"}


def _is_large(named: Named) -> bool:
    """Whether a name is so well known that it needs no other sign; foreign names of towns are not."""
    place = named.place
    if place.level in _KNOWN_LEVELS or place.source == "atlas":
        return True
    return place.population >= (_LARGE_TOWN if named.match is Match.PRIMARY else _FAMOUS_TOWN)


def _may_stand_alone(reading: Reading, span: Span, exact: Sequence[Named]) -> bool:
    key = fold(span.name)
    if key in words.NOT_ALONE or key in reading.surnames:
        return False
    return len(span.name) > 2 or any(named.place.level is Level.COUNTRY for named in exact)


def _is_located(reading: Reading, first: int, last: int) -> bool:
    """Whether the words round a name treat it as ground: "in X", "X, Texas", "X province"."""
    tokens = reading.tokens
    before = first
    while before > 0 and tokens[before - 1].text.lower() in _ARTICLES | words.DIRECTIONS:
        before -= 1
    if before > 0 and tokens[before - 1].text.lower() in words.PLACE_PREPOSITIONS | words.STRIKING:
        return True
    if last < len(tokens) and tokens[last].text.lower() in words.DESIGNATORS:
        return True
    if last + 1 < len(tokens) and tokens[last].text == ",":
        return any(_is_container(reading, last + 1, end) for end in (last + 2, last + 3))
    return False


def _is_container(reading: Reading, first: int, last: int) -> bool:
    return any(named.place.level in {Level.COUNTRY, Level.PROVINCE} for named in reading.places(first, last))


def _proper(token: Token) -> bool:
    return (
        token.pos in {"PROPN", "PUNCT", "ADP", "DET", "CCONJ", "NUM", "PART"} or token.text.lower() in words.LAST_WORDS
    )


def _enumerated(reading: Reading, spans: Sequence[Span]) -> list[Span]:
    """Names that stand in a list with places: "Kherson, Bakhmut and Nyala" where one of them is known as one."""
    covered = _covered(spans)
    queue = sorted(reading.known, key=lambda pair: (pair[0] - pair[1], pair[0]))
    fitting = [pair for pair in queue if covered.isdisjoint(range(*pair)) and _may_be_listed(reading, *pair)]
    by_start: dict[int, tuple[int, int]] = {}
    by_end: dict[int, tuple[int, int]] = {}
    for pair in fitting:
        by_start.setdefault(pair[0], pair)
        by_end.setdefault(pair[1], pair)
    found: list[Span] = []
    waiting = [(span.first, span.last) for span in spans if not span.demonym]
    while waiting:
        first, last = waiting.pop()
        beside = by_start.get(_skip(reading, last, 1)), by_end.get(_skip(reading, first - 1, -1) + 1)
        for other in beside:
            if other is not None and covered.isdisjoint(range(*other)):
                found.append(Span(*other, reading.text(*other)))
                covered |= set(range(*other))
                waiting.append(other)
    return found


def _may_be_listed(reading: Reading, first: int, last: int) -> bool:
    exact = [named for named in reading.places(first, last) if named.match is not Match.LOOSE]
    if not exact or not _is_capitalised(reading.tokens[last - 1].text):
        return False
    if last - first == 1 and not _may_stand_alone(reading, Span(first, last, reading.text(first, last)), exact):
        return False
    labels = {reading.label.get(index, "") for index in range(first, last)} & _OTHER_NAMES
    if labels and (first, last) not in reading.entities:
        return False
    person = _PERSON in labels
    return _most_people(exact) >= _PEOPLED[person and last - first > 1] or any(_is_large(named) for named in exact)


def _skip(reading: Reading, index: int, step: int) -> int:
    """The token behind the comma or "and" at `index`; an impossible one where there is none."""
    start = index
    while 0 <= index < len(reading.tokens) and reading.tokens[index].text.lower() in {",", "and", "or", "/"}:
        index += step
    return index if 0 < abs(index - start) <= _LINKS and 0 <= index < len(reading.tokens) else -_FAR


def _speakers(reading: Reading, spans: Sequence[Span]) -> frozenset[str]:
    """Keys of lone words that speak and are nowhere treated as ground: persons whom the parser took for towns."""
    spoken: set[str] = set()
    located: set[str] = set()
    for span in spans:
        key = fold(span.name)
        token = reading.tokens[span.last - 1]
        verb = reading.tokens[token.head]
        known = any(_is_famous(named) for named in reading.places(span.first, span.last))
        speaks = token.dep == "nsubj" and verb.lemma.lower() in words.SPEAKING
        if span.last - span.first == 1 and (key in reading.surnames or (speaks and not known)):
            spoken.add(key)
        if _is_located(reading, span.first, span.last):
            located.add(key)
    return frozenset(spoken - located)


def _is_famous(named: Named) -> bool:
    """Whether a name means a place even where it speaks: "Tehran said"."""
    place = named.place
    return (
        place.level in {Level.COUNTRY, Level.SEA, Level.AREA}
        or place.source == "atlas"
        or (place.population >= _FAMOUS_TOWN and named.match <= Match.ALIAS)
    )


def _repeats(reading: Reading, spans: Sequence[Span], people: frozenset[str]) -> list[Span]:
    """The other places where a name of `spans` stands, unless it is part of a person's name there."""
    names = {span.name: span for span in spans if len(span.name) > 2 and not span.demonym}
    covered = _covered(spans)
    by_word: dict[str, list[tuple[list[str], Span]]] = {}
    for span in names.values():
        wanted = [token.text for token in reading.tokens[span.first : span.last]]
        by_word.setdefault(wanted[0], []).append((wanted, span))
    found: list[Span] = []
    for index, token in enumerate(reading.tokens):
        for wanted, span in by_word.get(token.text, ()):
            inside = range(index, index + len(wanted))
            same = [other.text for other in reading.tokens[index : inside.stop]] == wanted
            if not same or not covered.isdisjoint(inside) or _is_person(reading, inside, people):
                continue
            part = any(reading.label.get(each) in _OTHER_NAMES for each in inside)
            found.append(replace(span, first=index, last=inside.stop, part=part))
            covered |= set(inside)
    return found


def _is_person(reading: Reading, inside: range, people: frozenset[str]) -> bool:
    key = fold(reading.text(inside.start, inside.stop))
    return key in people or any(reading.label.get(index) == _PERSON for index in inside)


def _inside_organisations(reading: Reading, covered: set[int]) -> Iterator[Span]:
    """Large places in the names of organisations: "Mosul Police", "University of Mosul"."""
    for entity in reading.document.entities:
        if entity.label not in _ORGANISATIONS:
            continue
        first, last = trimmed(reading.tokens, entity)
        for start in range(first, last):
            if start > first and reading.tokens[start - 1].text.lower() not in words.INSIDE_NAMES | _ARTICLES:
                continue
            span = _large_name(reading, start, last)
            if span and covered.isdisjoint(range(span.first, span.last)):
                yield span
                break


def _large_name(reading: Reading, first: int, end: int) -> Span | None:
    for last in range(end, first, -1):
        exact = [named for named in reading.places(first, last) if named.match is not Match.LOOSE]
        span = Span(first, last, reading.text(first, last), part=True)
        if any(_is_large(named) for named in exact) and (last - first > 1 or _may_stand_alone(reading, span, exact)):
            return span
    return None


def _demonyms(reading: Reading, covered: set[int]) -> Iterator[Span]:
    for (first, last), named in reading.known.items():
        if not all(each.match is Match.DEMONYM for each in named) or reading.tokens[first].text.lower() in _ARTICLES:
            continue
        if covered.isdisjoint(range(first, last)):
            yield Span(first, last, reading.text(first, last), demonym=True)


def _with_designator(reading: Reading, span: Span) -> Span:
    """The span with the levels that "province" behind it or "city of" before it asks for."""
    tokens = reading.tokens
    after = tokens[span.last].text.lower() if span.last < len(tokens) else ""
    last_word = tokens[span.last - 1].text.lower()
    levels: frozenset[Level] = frozenset()
    if after in words.DESIGNATORS:
        levels = words.DESIGNATORS[after]
    elif span.last - span.first > 1 and last_word in words.DESIGNATORS:
        levels = words.DESIGNATORS[last_word]
        if not reading.places(span.first, span.last):
            bare = reading.text(span.first, span.last - 1)
            return replace(span, name=bare, levels=levels)
    elif (
        span.first >= 2
        and tokens[span.first - 1].text == "of"
        and tokens[span.first - 2].text.lower() in words.BEFORE_OF
    ):
        levels = words.DESIGNATORS.get(tokens[span.first - 2].text.lower(), frozenset())
    return replace(span, levels=levels)


def _covered(spans: Iterable[Span]) -> set[int]:
    return {index for span in spans for index in range(span.first, span.last)}


def _labels(document: Document) -> Mapping[int, str]:
    """The entity label of each token that has one; "Bakhmut, Avdiivka and Kherson" in one entity is no name."""
    return {
        index: entity.label
        for entity in document.entities
        if entity.label in PLACE_LABELS or "," not in entity.text
        for index in range(entity.first, entity.last)
    }


def _surnames(document: Document) -> frozenset[str]:
    """The last names of persons that the text calls by first and last name: "Jordan" after "Michael Jordan"."""
    found = set()
    for entity in document.entities:
        first, last = trimmed(document.tokens, entity)
        if entity.label == _PERSON and last - first >= 2:
            found.add(fold(document.tokens[last - 1].text))
    return frozenset(found)


def _is_capitalised(text: str) -> bool:
    return bool(text) and bool(_CAPITALISED.match(text)) and text[0].isalpha() and not text[0].islower()


def _is_acronym(text: str) -> bool:
    return text.isupper() and text.isalpha() and len(text) <= _ACRONYM


def _may_be_acronym(named: Named) -> bool:
    return (
        named.place.level is Level.COUNTRY
        or named.place.source == "atlas"
        or named.match in {Match.ABBREVIATION, Match.LOCAL}
        or (named.match is Match.PRIMARY and named.place.population >= _FAMOUS_TOWN)
    )
