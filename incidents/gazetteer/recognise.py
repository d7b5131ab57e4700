"""Which words of a document are place names: what the encoder finds, names the gazetteer holds, and their repeats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from incidents.gazetteer import words
from incidents.gazetteer.capitals import named_by_country
from incidents.gazetteer.names import fold
from incidents.gazetteer.reading import PERSON, PLACE_LABELS, Reading, Span, covered_by, is_capitalised, trim, within
from incidents.gazetteer.store import Match
from incidents.gazetteer.types import Level
from incidents.language.types import NameLabel

# From which probability on the encoder's word is enough: for words that the gazetteer holds, and for others, by what the
# parser takes them for. Chosen on articles that the encoder had not seen (docs/training.md): above most lines four in
# five were right, above the one for unknown persons half; of unknown organisations a third was at best, so they never count.
# Of the encoder of four layers a little more is asked of known names: end to end F1 on lgl .807 at the old .1 and .5, .811 here.
_ENOUGH_KNOWN = {"place": 0.3, "": 0.65, "other": 0.65, "organisation": 0.7, "person": 0.9}
_ENOUGH_UNKNOWN = {"place": 0.7, "": 0.9, "other": 0.9, "person": 0.98}
# "U.S. forces": the short form of a country is hardly anything else.
_ENOUGH_COUNTRY = 0.1
# "Near Ngouboua", "on La Guayacana": where somebody may be but no organisation or person is, the parser's guess counts less.
_ENOUGH_WHERE = {"organisation": 0.95, "person": 0.95}
# Where a name is sure elsewhere in the text, less is enough.
_ENOUGH_REPEATED = {"place": 0.2, "": 0.6, "other": 0.6, "organisation": 0.6}
# A common word ("Hope", "Street") or the last name of a person in the text is a place only when the encoder is as sure
# as this.
_ENOUGH_COMMON = 0.98
# "Fireworks in Nice".
_ENOUGH_COMMON_WHERE = {"place": 0.5}
_NEVER = 1.1
_LONGEST_NAME = 4
# "Islamic State West Africa Province" is no ground.
_BRANCH_OF = (("Islamic", "State"), ("IS",), ("ISIS",), ("ISIL",))


def recognise(reading: Reading, openers: Sequence[Span] = ()) -> list[Span]:
    """The place names of a document in order, none overlapping another, demonyms among them.

    `openers` are known to be places by where they stand.
    """
    spans = list(named_by_country(reading))
    covered = covered_by(spans)
    spans += [
        span
        for span in _choose(_named_by_our_lists(reading), reading)
        if covered.isdisjoint(range(span.first, span.last))
    ]
    covered = covered_by(spans)
    spans += [span for span in openers if covered.isdisjoint(range(span.first, span.last))]
    spans += _settlements(reading, covered_by(spans))
    spans += _choose(_named_by_encoder(reading, covered_by(spans)), reading)
    spans += _repeats(reading, spans)
    spans += _demonyms(reading, covered_by(spans))
    spans.sort(key=lambda span: span.first)
    return [_with_designator(reading, _in_name(reading, span)) for span in spans if not _is_seat(reading, span)]


def _is_seat(reading: Reading, span: Span) -> bool:
    """Whether it is a building that stands for those who sit in it, and not the ground outside it."""
    if fold(span.name) not in words.SEATS:
        return False
    before = span.first - 1
    while before > 0 and reading.tokens[before].text.lower() in words.ARTICLE:
        before -= 1
    return before < 0 or reading.tokens[before].text.lower() not in words.NEAR_WORDS | {"inside", "at"}


def _named_by_our_lists(reading: Reading) -> Iterator[Span]:
    """Names of several words of our own and the moderators' places, the longest first.

    They hold what no corpus teaches: "Ain al-Asad air base", "Tower 22".
    """
    for first, last in sorted(reading.known, key=lambda pair: (pair[0] - pair[1], pair[0])):
        span = Span(first, last, reading.text(first, last))
        named = reading.places(first, last) if last - first > 1 else []
        own = any(
            each.place.source == "atlas" or each.match is Match.LOCAL for each in named if each.match < Match.LOOSE
        )
        if own and (not _is_person(reading, range(first, last)) or _is_wider(reading, span)):
            yield span


def _is_wider(reading: Reading, span: Span) -> bool:
    """Whether every name that it touches is only a piece of it: "Ain al-Asad" in "Ain al-Asad air base"."""
    touched = [pair for pair in reading.entities if pair[0] < span.last and pair[1] > span.first]
    return all(
        span.first <= first and last <= span.last and last - first < span.last - span.first for first, last in touched
    )


def _is_person(reading: Reading, inside: range) -> bool:
    return any(reading.label.get(index) == PERSON for index in inside)


def _named_by_encoder(reading: Reading, covered: set[int]) -> Iterator[Span]:
    """What the encoder proposes and what else is known of the words speaks for, the likeliest first."""
    for name in sorted(reading.document.names, key=lambda name: -name.probability):
        first, last = _with_article(reading, *trim(reading.tokens, *within(reading.tokens, name)))
        span = Span(first, last, reading.text(first, last)) if first < last else None
        if span is None or not covered.isdisjoint(range(first, last)):
            continue
        # "U.S. troops" is written like the country, and counts as it; "Iraqi troops" is not.
        place = name.label is NameLabel.PLACE or bool(reading.places(first, last))
        if place and not reading.is_people(first, last) and _is_believed(reading, span):
            yield replace(span, belief=name.probability)


def _settlements(reading: Reading, covered: set[int]) -> Iterator[Span]:
    """ "The village of X": a place, whatever the encoder makes of X."""
    for index, token in enumerate(reading.tokens[1:], 1):
        if token.text.lower() != "of" or reading.tokens[index - 1].text.lower() not in words.SETTLEMENTS:
            continue
        first = last = index + 1
        while last < len(reading.tokens) and last - first < _LONGEST_NAME and _is_in_name(reading, first, last):
            last += 1
        if last > first and covered.isdisjoint(range(first, last)):
            yield Span(first, last, reading.text(first, last), belief=_belief(reading, range(first, last)))


def _is_in_name(reading: Reading, first: int, index: int) -> bool:
    """Whether a word goes on a name that began at `first`: a capital, or the hyphen and the word behind it."""
    text = reading.tokens[index].text
    after_dash = index > first and reading.tokens[index - 1].text in words.DASHES
    return is_capitalised(text) or (index > first and (text in words.DASHES or after_dash))


def _with_article(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """An article alone ("Al" of "Al-Hilla") with the word behind its hyphen; anything else as it is."""
    tokens = reading.tokens
    alone = last == first + 1 and tokens[first].text.lower() in words.ARTICLES
    if alone and last + 1 < len(tokens) and tokens[last].text in words.DASHES:
        return first, last + 2
    return first, last


def _is_believed(reading: Reading, span: Span) -> bool:
    inside = range(span.first, span.last)
    if _is_family(reading, span):
        return False
    known = reading.places(span.first, span.last)
    parsed = _parsed_as(reading, inside)
    enough = (_ENOUGH_KNOWN if known else _ENOUGH_UNKNOWN).get(parsed, _NEVER)
    if span.name.isupper() and any(named.place.level is Level.COUNTRY for named in known):
        enough = min(enough, _ENOUGH_COUNTRY)
    if not known and _is_told_where(reading, inside):
        enough = min(enough, _ENOUGH_WHERE.get(parsed, enough))
    common = words.NOT_ALONE | words.GROUND | reading.surnames
    if len(inside) == 1 and (span.name.islower() or fold(span.name) in common):
        capital = known and not span.name.islower() and _is_told_where(reading, inside)
        enough = max(enough, _ENOUGH_COMMON_WHERE.get(parsed, _ENOUGH_COMMON) if capital else _ENOUGH_COMMON)
    return _belief(reading, inside) >= enough


def _is_family(reading: Reading, span: Span) -> bool:
    """ "The Abu Samra family's home"."""
    before = reading.tokens[span.first - 1].text.lower() if span.first else ""
    after = reading.tokens[span.last].text.lower() if span.last < len(reading.tokens) else ""
    return before in words.ARTICLE and after == "family"


def _is_told_where(reading: Reading, inside: range) -> bool:
    """Whether a preposition of place stands before it."""
    return bool(inside.start) and reading.tokens[inside.start - 1].text.lower() in words.WHERE


def _parsed_as(reading: Reading, inside: range) -> str:
    labels = {reading.label.get(index, "") for index in inside}
    before = reading.tokens[inside.start - 1] if inside.start else None
    if before is not None and before.pos == "VERB" and before.lemma.lower() in words.DONE_TO_GROUND:
        return "place"
    after = [token.text.lower() for token in reading.tokens[inside.stop : inside.stop + 2]]
    if after in (["came", "under"], ["comes", "under"], ["come", "under"]):
        return "place"
    last = reading.tokens[inside.stop - 1].text.lower().rstrip(".")
    if labels & PLACE_LABELS or (len(inside) > 1 and last in words.GROUND):
        return "place"
    if PERSON in labels:
        return "person"
    return "organisation" if "ORG" in labels else "other" if any(labels) else ""


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
    # One known word of many is a part of an unknown name ("Baghdad Gate Hall", "Pont-Sonde"), two are a list.
    joined = words.POSSESSIVES | words.DASHES | {",", "/"}
    listed = any(token.text in joined for token in reading.tokens[span.first : span.last])
    listed = listed and not (len(pieces) == 1 and _is_hyphenated(reading, pieces[0], span))
    whole = len(covered_by(pieces)) == span.last - span.first and any(
        named.place.level is Level.COUNTRY for piece in pieces for named in reading.places(piece.first, piece.last)
    )
    return pieces if listed or whole else []


def _is_hyphenated(reading: Reading, piece: Span, span: Span) -> bool:
    """Whether a hyphen ties a piece of a span to the rest of it."""
    beside = [index for index in (piece.first - 1, piece.last) if span.first <= index < span.last]
    return any(reading.tokens[index].text in words.DASHES for index in beside)


def _repeats(reading: Reading, spans: Sequence[Span]) -> list[Span]:
    """The other places where a name of `spans` stands, unless the encoder rules it out there."""
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
            if not same or not covered.isdisjoint(inside) or reading.is_people(index, inside.stop):
                continue
            if _belief(reading, inside) < _ENOUGH_REPEATED.get(_parsed_as(reading, inside), _NEVER):
                continue
            found.append(replace(span, first=index, last=inside.stop))
            covered |= set(inside)
    return found


def _belief(reading: Reading, inside: range) -> float:
    return max(reading.belief.get(index, 0.0) for index in inside)


def _in_name(reading: Reading, span: Span) -> Span:
    """The span marked as a part where it stands in the longer name of an organisation or the like."""
    before = tuple(token.text for token in reading.tokens[max(0, span.first - 2) : span.first])
    named = span.last < len(reading.tokens) and reading.tokens[span.last].text == "Province"
    if before == _BRANCH_OF[0] or (named and before[-1:] in _BRANCH_OF):
        return replace(span, part=True)
    first, last = reading.longer_names.get(span.first, (span.first, span.last))
    inside = first <= span.first and span.last <= last and last - first > span.last - span.first
    described = reading.tokens[last - 1].text.lower() in words.LAST_WORDS
    return replace(span, part=True) if inside and not described and not reading.places(first, last) else span


def _demonyms(reading: Reading, covered: set[int]) -> Iterator[Span]:
    for first, last in reading.known:
        if not reading.is_people(first, last) or reading.tokens[first].text.lower() in words.ARTICLE:
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
