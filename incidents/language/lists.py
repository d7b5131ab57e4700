"""The lists of a document: lines with bullets or numbers, lines that open with a place, parts between semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, pairwise

from incidents.language.types import Document, Sentence, Token

BULLET = re.compile(r"(?:[-\u2013—*•·▪●◦|]|\(?(?:\d{1,2}|[a-z])[.)])(?=\s)")
_BULLET_BEFORE = re.compile(rf"(?:^|\n)\s*{BULLET.pattern}\s*$")
# A bullet and the spaces round it are looked for in so many characters before a sentence.
_BEFORE = 12
# Words that open a line with where it happened: "Near X, ...", "North of X, ...".
NEARNESS = frozenset(["near", "outside", "around", "of", "beyond", "off"])
_WHERE = NEARNESS | {"in", "at", "over", "inside", "across"}
_SIDES = frozenset(
    ["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "just", "farther", "further"]
)
# The small words inside the name of a place and those that say what kind of place it is.
_IN_NAMES = frozenset(
    ["al", "el", "ar", "as", "ash", "at", "ad", "an", "az", "ez", "ul", "of", "the", "de", "del", "la", "le", "las",
     "los", "da", "do", "das", "dos", "di", "du", "and", "-", "\u2013", "/", "\u2019", "'", ".", "'s", "(", ")", "in",
     "province", "governorate", "oblast", "region", "district", "county", "city", "town", "village", "raion",
     "municipality", "state", "area", "sector", "subdistrict", "neighborhood", "neighbourhood", "direction", "front",
     "camp", "port"]
)  # fmt: skip
_COMMAS = frozenset([",", ":", "\u2013", "\u2014", "--", "-"])
_DASHES = frozenset(["\u2013", "\u2014", "--", "-"])
# Labels of what a line is, and not of where.
NO_PLACE = frozenset(
    [
        "update",
        "updates",
        "updated",
        "correction",
        "corrected",
        "clarification",
        "note",
        "notes",
        "background",
        "summary",
        "casualties",
        "victims",
        "killed",
        "wounded",
        "injured",
        "total",
        "totals",
        "source",
        "sources",
        "comment",
        "analysis",
        "location",
        "time",
        "date",
        "incident",
        "details",
        "outlook",
        "overview",
        "weather",
        "photo",
        "watch",
        "read",
        "also",
        "elsewhere",
        "meanwhile",
        "breaking",
        "live",
        "editor's",
        "related",
        "running",
        "key",
        "what",
        "why",
        "how",
        "who",
    ]
)
# The longest opening of a line, in tokens.
_LONGEST_OPENER = 12
_MOST_HEADERS = 3
# A line with so many semicolons lists things, if each of them is said in so many words at least.
_LEAST_SEMICOLONS = 2
_LEAST_WORDS = 2
_SEMICOLON = re.compile(r";\s+")
# What parts the cells of a table that was pasted as text.
_CELLS = re.compile(r"(?<=\S) *[\t|][ \t|]*")
# What stands over them: "In the east: two shells hit X; ..."
_LEAD = re.compile(r"[^:;]{2,120}:\s+")


class Style(Enum):
    """What makes a line a line of a list."""

    BULLET = "bullet"
    PLACE = "place"
    LABEL = "label"
    PART = "part"


# How many lines in a row make a list where nothing announces one: paragraphs of prose open with "In Mosul, ..." as well.
_LEAST = {Style.BULLET: 2, Style.PLACE: 3, Style.LABEL: 2, Style.PART: 2}


def parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch of text, cut into cells if it is a row of a table, behind its semicolons and its lead if it is a list of
    clauses. Cost: linear."""
    cells = [match.end() for match in _CELLS.finditer(text, start, end)]
    if cells:
        yield from pairwise([start, *cells, end])
        return
    cuts = [match.end() for match in _SEMICOLON.finditer(text, start, end)]
    if len(cuts) >= _LEAST_SEMICOLONS:
        lead = _LEAD.match(text, start, cuts[0])
        edges = [start, *([lead.end()] if lead else []), *cuts, end]
        pieces = list(pairwise(edges))
        if all(len(text[first:last].split()) >= _LEAST_WORDS for first, last in pieces):
            yield from pieces
            return
    yield start, end


@dataclass(frozen=True, slots=True)
class Item:
    """One line: sentences `first` to `last` (exclusive) of the document.

    `opener` are the tokens it names its place with, as far as its form tells ("X" in "Near X, two strikes ..." and in
    "X: three shellings"); it may be the name of anything. `headers` are the sentences that stand over its list, the
    nearest first. Lines of one list have the same `group`.
    """

    group: int
    style: Style
    first: int
    last: int
    opener: tuple[int, int] | None
    headers: tuple[int, ...]


def find_items(document: Document) -> tuple[Item, ...]:
    """The lines of all lists in text order. Cost: linear."""
    units = [_described(document, unit) for unit in _units(document)]
    found: list[Item] = []
    own: list[_Unit] = []
    intro: tuple[int, ...] | None = None
    group = 0
    for (style, _), run in groupby(units, key=lambda unit: (unit.style, unit.mark)):
        lines = list(run)
        if style is None or not _is_list(document, style, lines, own):
            own += lines
            continue
        nearest = _headers(own)
        # What stands over the first list of a text ("On Monday, jets ...:") holds for the later ones too.
        headers = nearest + (intro or ())
        intro = nearest if intro is None else intro
        found += [Item(group, style, unit.first, unit.last, unit.opener, headers) for unit in lines]
        group += 1
        own = []
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A line, or a part of one between semicolons; `style` is None where it cannot be a line of a list."""

    first: int
    last: int
    style: Style | None = None
    opener: tuple[int, int] | None = None
    mark: str = ""
    """What stands behind a label; the lines of one list have the same."""


def _units(document: Document) -> Iterator[tuple[int, int]]:
    first = 0
    for sentence in document.sentences[1:]:
        if _starts_line(document, sentence) or _ends(document, sentence.index - 1, ";", ":"):
            yield first, sentence.index
            first = sentence.index
    if document.sentences:
        yield first, len(document.sentences)


def _starts_line(document: Document, sentence: Sentence) -> bool:
    if sentence.index == 0:
        return True
    return "\n" in document.text[document.sentences[sentence.index - 1].end : sentence.start]


def _ends(document: Document, sentence: int, *marks: str) -> bool:
    return document.text[document.sentences[sentence].start : document.sentences[sentence].end].endswith(marks)


def _described(document: Document, unit: tuple[int, int]) -> _Unit:
    first, last = unit
    sentence = document.sentences[first]
    if _ends(document, last - 1, ":"):
        return _Unit(first, last)
    opener, style = _opener(document, sentence)
    if _BULLET_BEFORE.search(document.text[max(sentence.start - _BEFORE, 0) : sentence.start]):
        return _Unit(first, last, Style.BULLET, opener)
    if _starts_line(document, sentence):
        mark = _mark_behind(document, opener) if opener and style is Style.LABEL else ""
        style = style or (Style.PART if _ends(document, last - 1, ";") else None)
        return _Unit(first, last, style, opener, mark)
    part = _ends(document, first - 1, ";") or _ends(document, last - 1, ";")
    return _Unit(first, last, Style.PART if part else None, opener if part else None)


def _opener(document: Document, sentence: Sentence) -> tuple[tuple[int, int] | None, Style | None]:
    """The name a line opens with, after "near" and the like or before a colon, a dash or a tab."""
    tokens = document.tokens[sentence.first : min(sentence.last, sentence.first + _LONGEST_OPENER)]
    start = 0
    while start < len(tokens) and tokens[start].text.lower() in _SIDES:
        start += 1
    where = start < len(tokens) and tokens[start].text.lower() in _WHERE
    start = start + 1 if where else 0
    end = _end_of_name(document, tokens, start)
    if end is None or not _names_something(tokens[start:end]):
        return None, None
    span = (sentence.first + start, sentence.first + end)
    if where:
        return span, Style.PLACE
    labelled = tokens[end].text not in (",",) if end < len(tokens) else False
    return (span, Style.LABEL) if labelled or _tab_follows(document, tokens[end - 1]) else (None, None)


def _mark_behind(document: Document, opener: tuple[int, int]) -> str:
    """ "Sudan: shells hit a market" over "PORT SUDAN - Artillery ..." is a headline over a dateline."""
    mark = document.tokens[opener[1]].text if opener[1] < len(document.tokens) else ""
    return "-" if mark in _DASHES else mark if mark == ":" else ""


def _end_of_name(document: Document, tokens: Sequence[Token], start: int) -> int | None:
    """Where the name ends, if a comma, a colon, a dash with spaces or a tab follows it."""
    for position in range(start, len(tokens)):
        token = tokens[position]
        if position > start and token.text in _COMMAS and not _is_hyphen(document, token):
            return position
        if not (token.text[:1].isupper() or token.text.lower() in _IN_NAMES):
            return None
        if _tab_follows(document, token):
            return position + 1
    return None


def _is_hyphen(document: Document, token: Token) -> bool:
    """The dash inside "Deir ez-Zor", which has no spaces round it."""
    return token.text in _DASHES and document.text[token.end : token.end + 1] not in (" ", "\t")


def _tab_follows(document: Document, token: Token) -> bool:
    return _CELLS.match(document.text, token.end) is not None


def _names_something(tokens: Sequence[Token]) -> bool:
    """ "In March," names a time, and so does "On Monday:"."""
    named = any(token.text[:1].isupper() and token.text.lower() not in NO_PLACE for token in tokens)
    return named and not any(token.entity in ("DATE", "TIME") or token.pos in ("VERB", "AUX") for token in tokens)


def _is_list(document: Document, style: Style, lines: Sequence[_Unit], above: Sequence[_Unit]) -> bool:
    announced = bool(above) and _ends(document, above[-1].last - 1, ":")
    return announced or len(lines) >= _LEAST[style]


def _headers(above: Sequence[_Unit]) -> tuple[int, ...]:
    sentences = [sentence for unit in above for sentence in range(unit.first, unit.last)]
    return tuple(reversed(sentences[-_MOST_HEADERS:]))
