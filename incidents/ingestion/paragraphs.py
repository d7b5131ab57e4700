"""From raw text to paragraphs and back to one text, every character still knowing where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from incidents.ingestion.types import CleanText

# Wires and mails are broken at 60 to 80 characters; a longer line is a paragraph of its own.
WRAP_WIDTH = 100
# A shorter line than this is a heading or an item even where the next one starts in lower case.
WRAP_SHORTEST = 40
# A text is hard-wrapped where this share of its line breaks stand where a greedy wrapper would have put them.
WRAPPED_SHARE = 0.8
# How full a line must be: old wires and mails of several hands are wrapped at several widths (63 to 76 in one report).
WRAP_FILL = 0.85
# Fewer breaks than this prove nothing about a text as a whole.
WRAPPED_BREAKS = 3

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?:[-*•·▪‣◦\u2013—]+|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s")
_TERMINAL = (".", "!", "?", "…", ":", ";")
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
        return _is_closed(self.text)

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
    def is_closed(self) -> bool:
        return _is_closed(self.text)

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
            glue = "\n\n" if paragraph.gap or _are_apart(before, paragraph) else "\n"
            parts.append(glue)
            length += len(glue)
        for start, raw, size in paragraph.pieces:
            _extend(pieces, (length + start, raw, size))
        parts.append(paragraph.text)
        length += len(paragraph.text)
        before = paragraph
    return CleanText("".join(parts), tuple(pieces) or ((0, 0, 0),))


def _are_apart(before: Paragraph, after: Paragraph) -> bool:
    """Whether a single line break ends a paragraph, and is not one within a list or between a list and its heading."""
    if after.is_bullet and (before.is_bullet or before.text.endswith(":")):
        return False
    return before.is_closed or max(len(before.text), len(after.text)) > WRAP_WIDTH


def _is_closed(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_TERMINAL)


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
    width = max((line.width for line in lines if line.width <= WRAP_WIDTH), default=0)
    possible = [False] + [_may_join(before, line) for before, line in pairwise(lines)]
    fills = [False] + [_fills(before, line, width) for before, line in pairwise(lines)]
    wrapped = _is_wrapped(lines, possible, fills)
    return [
        possible[index] and ((wrapped and fills[index]) or _carries_on(lines[index - 1], lines[index]))
        for index in range(len(lines))
    ]


def _may_join(before: _Line, line: _Line) -> bool:
    if line.gap or line.indent > before.indent:
        return False
    return max(before.width, line.width) <= WRAP_WIDTH and _BULLET.match(line.text) is None


def _fills(before: _Line, line: _Line, width: int) -> bool:
    """Whether the first word of the line would hardly have fitted into the line before."""
    return before.width + 1 + len(line.text.split(maxsplit=1)[0]) > WRAP_FILL * width


def _is_wrapped(lines: list[_Line], possible: list[bool], fills: list[bool]) -> bool:
    """Whether the text is hard-wrapped: lines are full, sentences run over their ends, and blocks end with sentences.

    Lists of headlines have full lines too, but no full stops; short paragraphs a line each end with theirs.
    """
    breaks = [index for index, joins in enumerate(possible) if joins]
    if len(breaks) < WRAPPED_BREAKS or sum(fills[index] for index in breaks) < WRAPPED_SHARE * len(breaks):
        return False
    ends = [line for line, following in zip(lines, [*possible[1:], False], strict=True) if not following]
    open_breaks = sum(not lines[index - 1].is_closed for index in breaks)
    return 2 * open_breaks >= len(breaks) and 2 * sum(line.is_closed for line in ends) >= len(ends)


def _carries_on(before: _Line, line: _Line) -> bool:
    if len(before.text) < WRAP_SHORTEST or before.is_closed:
        return False
    return line.text[0].islower() or (before.text.isupper() and line.text.isupper())


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
