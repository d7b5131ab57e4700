"""Which words of a document are place names: the parser's entities, names the gazetteer holds, and their repeats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from incidents.gazetteer import words
from incidents.gazetteer.evidence import (
    PEOPLED,
    has_container,
    is_famous,
    is_large,
    is_located,
    is_peopled,
    may_be_in_a_name,
    may_stand_alone,
    most_people,
    opens_report,
)
from incidents.gazetteer.names import fold
from incidents.gazetteer.reading import (
    OTHER_NAMES,
    PERSON,
    PLACE_LABELS,
    Reading,
    Span,
    covered_by,
    is_capitalised,
    trimmed,
)
from incidents.gazetteer.store import Match
from incidents.gazetteer.types import Level

# Labels of names that hold the names of places, which then stand for no ground.
_ORGANISATIONS = frozenset(["ORG", "EVENT", "FAC"])
# A town of so many people may have the name of a common word ("Reading", "Nice").
_KNOWN_TOWN = 50_000
# A comma and "and".
_LINKS = 2
_FAR = 10


def recognise(reading: Reading) -> list[Span]:
    """The place names of a document in order, none overlapping another, demonyms among them."""
    spans = _choose(_named_by_parser(reading), reading)
    spans += _choose(_named_by_gazetteer(reading, covered_by(spans)), reading)
    spans += _enumerated(reading, spans)
    people = _speakers(reading, spans)
    spans = [span for span in spans if fold(span.name) not in people]
    spans += _repeats(reading, spans, people)
    spans += _inside_organisations(reading, covered_by(spans))
    spans += _demonyms(reading, covered_by(spans))
    spans.sort(key=lambda span: span.first)
    return [_with_designator(reading, span) for span in spans if not _is_seat(reading, span)]


def _is_seat(reading: Reading, span: Span) -> bool:
    """Whether it is a building that stands for those who sit in it, and not the ground outside it."""
    if fold(span.name) not in words.SEATS:
        return False
    before = span.first - 1
    while before > 0 and reading.tokens[before].text.lower() in words.ARTICLE:
        before -= 1
    return before < 0 or reading.tokens[before].text.lower() not in words.NEAR_WORDS | {"inside", "at"}


def _named_by_parser(reading: Reading) -> Iterator[Span]:
    for entity in reading.document.entities:
        if entity.label not in PLACE_LABELS:
            continue
        first, last = trimmed(reading.tokens, entity)
        if first >= last or not is_capitalised(reading.text(first, last)):
            continue
        whole = reading.places(first, last)
        demonym = not whole and (first, last) in reading.known
        if whole and last - first == 1 and _is_common_word(reading, first):
            continue
        if whole or demonym or _is_unknown_name(reading, first, last):
            yield Span(first, last, reading.text(first, last), demonym=demonym)


def _is_common_word(reading: Reading, index: int) -> bool:
    """Whether the parser may have taken a common word for a small town of that name ("Christmas", "Hope")."""
    named = reading.places(index, index + 1)
    text = reading.tokens[index].text
    large = any(each.match is Match.PRIMARY and each.place.population >= _KNOWN_TOWN for each in named)
    country = any(is_large(each) for each in named)
    return fold(text) in words.NOT_ALONE and not (large or country or has_container(reading, index + 1))


def _is_unknown_name(reading: Reading, first: int, last: int) -> bool:
    """Whether words that the gazetteer does not hold are still a place name: said of a place, and no person's."""
    text = reading.text(first, last)
    if any(character.isdigit() for character in text) or fold(text) in reading.surnames:
        return False
    return is_located(reading, first, last)


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
    return any(reading.label.get(index) == PERSON for index in added)


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
    whole = len(covered_by(pieces)) == span.last - span.first and any(
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
    own = any(named.place.source == "atlas" or named.match is Match.LOCAL for named in exact)
    labels = {reading.label.get(index, "") for index in inside} & OTHER_NAMES
    if own and (_is_wider(reading, span) or (len(inside) > 1 and PERSON not in labels)):
        labels = set()
    if span.name.isupper() and any(is_large(named) for named in exact) and opens_report(reading, span.last):
        return True
    if not exact or (labels and (span.first, span.last) not in reading.entities):
        return False
    lone = len(inside) == 1
    if lone and not may_stand_alone(reading, span, exact):
        return False
    located = is_located(reading, span.first, span.last)
    if not all(may_be_in_a_name(reading.tokens[index]) for index in inside):
        return own and not lone
    large = own or any(is_large(named) for named in exact)
    if labels:
        return located and (large or most_people(exact) >= PEOPLED[PERSON in labels])
    return large or (located and is_peopled(exact))


def _is_wider(reading: Reading, span: Span) -> bool:
    """Whether every other name that it touches is only a piece of it: "Ain al-Asad" in "Ain al-Asad air base"."""
    touched = [(first, last) for first, last in reading.entities if first < span.last and last > span.first]
    return all(
        span.first <= first and last <= span.last and last - first < span.last - span.first for first, last in touched
    )


def _enumerated(reading: Reading, spans: Sequence[Span]) -> list[Span]:
    """Names that stand in a list with places: "Kherson, Bakhmut and Nyala" where one of them is known as one."""
    covered = covered_by(spans)
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
    if not exact or not is_capitalised(reading.tokens[last - 1].text):
        return False
    if last - first == 1 and not may_stand_alone(reading, Span(first, last, reading.text(first, last)), exact):
        return False
    labels = {reading.label.get(index, "") for index in range(first, last)} & OTHER_NAMES
    if labels and (first, last) not in reading.entities:
        return False
    person = PERSON in labels
    return most_people(exact) >= PEOPLED[person and last - first > 1] or any(is_large(named) for named in exact)


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
        known = any(is_famous(named) for named in reading.places(span.first, span.last))
        speaks = token.dep == "nsubj" and verb.lemma.lower() in words.SPEAKING
        if span.last - span.first == 1 and (key in reading.surnames or (speaks and not known)):
            spoken.add(key)
        if is_located(reading, span.first, span.last):
            located.add(key)
    return frozenset(spoken - located)


def _repeats(reading: Reading, spans: Sequence[Span], people: frozenset[str]) -> list[Span]:
    """The other places where a name of `spans` stands, unless it is part of a person's name there."""
    names = {span.name: span for span in spans if len(span.name) > 2 and not span.demonym}
    covered = covered_by(spans)
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
            part = any(reading.label.get(each) in OTHER_NAMES for each in inside)
            found.append(replace(span, first=index, last=inside.stop, part=part))
            covered |= set(inside)
    return found


def _is_person(reading: Reading, inside: range, people: frozenset[str]) -> bool:
    key = fold(reading.text(inside.start, inside.stop))
    return key in people or any(reading.label.get(index) == PERSON for index in inside)


def _inside_organisations(reading: Reading, covered: set[int]) -> Iterator[Span]:
    """Large places in the names of organisations: "Mosul Police", "University of Mosul"."""
    for entity in reading.document.entities:
        if entity.label not in _ORGANISATIONS:
            continue
        first, last = trimmed(reading.tokens, entity)
        for start in range(first, last):
            if start > first and reading.tokens[start - 1].text.lower() not in words.INSIDE_NAMES | words.ARTICLE:
                continue
            span = _large_name(reading, start, last)
            if span and covered.isdisjoint(range(span.first, span.last)):
                yield span
                break


def _large_name(reading: Reading, first: int, end: int) -> Span | None:
    for last in range(end, first, -1):
        exact = [named for named in reading.places(first, last) if named.match is not Match.LOOSE]
        span = Span(first, last, reading.text(first, last), part=True)
        if any(is_large(named) for named in exact) and (last - first > 1 or may_stand_alone(reading, span, exact)):
            return span
    return None


def _demonyms(reading: Reading, covered: set[int]) -> Iterator[Span]:
    for (first, last), named in reading.known.items():
        if (
            not all(each.match is Match.DEMONYM for each in named)
            or reading.tokens[first].text.lower() in words.ARTICLE
        ):
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
