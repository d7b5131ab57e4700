"""From raw text to paragraphs and back to one text, every character still knowing where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from incidents.ingestion.types import CleanText

# Wires and mails are broken at 60 to 80 characters; a longer line is a paragraph of its own.
WRAP_WIDTH = 100
# A shorter line than this is a heading or an item even where the next one starts in lower case.
WRAP_SHORTEST = 40
# A text is hard-wrapped where this share of its line breaks stand where a greedy wrapper would have put them.
WRAPPED_SHARE = 0.8
# Fewer breaks than this prove nothing about a text as a whole.
WRAPPED_BREAKS = 3

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?:[-*•·▪‣◦\u2013—]+|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s")
_TERMINAL = ".!?…:;"
_CLOSING = "'\"”\u2019»)]"

Piece = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `pieces` are as in `CleanText`, `gap` tells of a blank line (or an indent) before it."""

    text: str
    pieces: tuple[Piece, ...]
    gap: bool

    @property
    def is_bullet(self) -> bool:
        return _BULLET.match(self.text) is not None

    @property
    def is_closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.text.rstrip(_CLOSING).endswith(tuple(_TERMINAL))

    def upto(self, end: int) -> Paragraph:
        """The paragraph as far as character `end`, without the white space before it."""
        text = self.text[:end].rstrip()
        pieces = ((start, raw, min(length, len(text) - start)) for start, raw, length in self.pieces)
        return replace(self, text=text, pieces=tuple(piece for piece in pieces if piece[2] > 0))


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int
    indent: int
    gap: bool

    @property
    def width(self) -> int:
        return self.indent + len(self.text)


def paragraphs(raw: str) -> list[Paragraph]:
    """The paragraphs of a text: blocks between blank lines, lines put together where a wrapper broke a sentence."""
    lines = _lines(raw)
    joins = _joins(lines)
    found: list[Paragraph] = []
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or not joins[index]:
            found.append(_paragraph(lines[first:index]))
            first = index
    return found


def assemble(kept: Iterable[Paragraph]) -> CleanText:
    """One text of the paragraphs, a blank line between them; items of one list stay on lines of their own."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    before: Paragraph | None = None
    for paragraph in kept:
        if before is not None:
            glue = "\n\n" if paragraph.gap or (before.is_closed and not paragraph.is_bullet) else "\n"
            parts.append(glue)
            length += len(glue)
        for start, raw, size in paragraph.pieces:
            _extend(pieces, (length + start, raw, size))
        parts.append(paragraph.text)
        length += len(paragraph.text)
        before = paragraph
    return CleanText("".join(parts), tuple(pieces) or ((0, 0, 0),))


def _lines(raw: str) -> list[_Line]:
    lines: list[_Line] = []
    end = 0
    for match in _LINE.finditer(raw):
        text = match[0].strip()
        if not text:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        indent = start - match.start()
        between = raw[end:start]
        breaks = between.replace("\r\n", "\n")
        lines.append(_Line(text, start, indent, len(_LINE.sub("", breaks)) > 1))
        end = start + len(text)
    return lines


def _joins(lines: list[_Line]) -> list[bool]:
    """For each line whether it carries on the sentence of the line before."""
    fills = [False] * len(lines)
    possible = [False] * len(lines)
    narrow = [line.width for line in lines if line.width <= WRAP_WIDTH]
    width = max(narrow, default=0)
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        if line.gap or before.width > WRAP_WIDTH or line.width > WRAP_WIDTH or _BULLET.match(line.text):
            continue
        possible[index] = True
        word = line.text.split(maxsplit=1)[0]
        fills[index] = line.indent <= before.indent and before.width + 1 + len(word) > min(width, WRAP_WIDTH)
    breaks = sum(possible)
    wrapped = breaks >= WRAPPED_BREAKS and sum(fills) >= WRAPPED_SHARE * breaks
    return [
        possible[index] and ((wrapped and fills[index]) or _carries_on(lines[index - 1], lines[index]))
        for index in range(len(lines))
    ]


def _carries_on(before: _Line, line: _Line) -> bool:
    closed = before.text.rstrip(_CLOSING).endswith(tuple(_TERMINAL))
    return len(before.text) >= WRAP_SHORTEST and not closed and line.text[0].islower()


def _paragraph(lines: list[_Line]) -> Paragraph:
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for index, line in enumerate(lines):
        if index:
            glue = "" if _is_hyphenated(lines[index - 1].text, line.text) else " "
            parts.append(glue)
            length += len(glue)
        _extend(pieces, (length, line.start, len(line.text)))
        parts.append(line.text)
        length += len(line.text)
    return Paragraph("".join(parts), tuple(pieces), lines[0].gap)


def _is_hyphenated(before: str, after: str) -> bool:
    return len(before) > 1 and before[-1] == "-" and before[-2].isalpha() and after[0].isalpha()


def _extend(pieces: list[Piece], piece: Piece) -> None:
    """Add a piece, or lengthen the last one where the gap is as wide in both texts."""
    if pieces:
        start, raw, length = pieces[-1]
        gap = piece[0] - (start + length)
        if piece[1] - (raw + length) == gap:
            pieces[-1] = (start, raw, length + gap + piece[2])
            return
    pieces.append(piece)
