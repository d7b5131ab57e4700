"""From text to a Document.

A text is read in blocks: paragraphs, their lines where a line break ends a sentence, and an agency's dateline apart
from the sentence glued to it. The blocks go to the parser in small batches, so that memory stays bounded and time is
linear in the length.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from incidents.language.casing import is_upper, true_case
from incidents.language.english import Parsed, english, is_common
from incidents.language.heads import listen
from incidents.language.lists import BULLET, NO_PLACE, parts
from incidents.language.types import Document, Entity, Sentence, Token

# News articles have 2,000 to 20,000 characters. What follows this many is kept in `Document.text` but not parsed,
# so that a text of any size returns within some ten seconds (measured: 6,000 tokens a second on a busy core).
MOST_CHARACTERS = 100_000
# The parser's memory grows with the longest block; real paragraphs are shorter.
_BLOCK_CHARACTERS = 5_000
# The tokenizer peels affixes off one at a time, quadratic in the length of a word, and makes each mark a token;
# no English word is this long, no prose has this many marks in a row.
_LONG_WORD = re.compile(r"\S{100,}|[^\w\s]{12,}")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
# It begins where the blanks before it begin, so that blanks without a line break are looked at once.
_NEWLINE = re.compile(r"(?<![^\S\n])[^\S\n]*\n[^\S\n]*")
_SENTENCE_END = re.compile(r"[.!?:;][\"'\u201d\u2019)\]]*$")
# A lost line break: "in the town.The governor said"; or headlines in one line: "Three killed in X;Blast kills three".
_GLUED = re.compile(
    r"(?<=[a-z\d)%][a-z\d)%])[.!?][\"'\u201d\u2019)]{0,2}(?=[\"\u201c\u2018(]?[A-Z])"
    r"|(?<=[\w.)\"'\u201d\u2019]);(?=[\"\u201c\u2018(#]?[A-Z\d])"
)
# A headline's clauses are sentences of their own: "Two policemen shot dead in X; grenade wounds five in Y".
_CLAUSES = re.compile(rf"{_GLUED.pattern}|;(?=\s)")
_LONG_HEADLINE = 200
_BLANKS = re.compile(r"\s*")
# A hard-wrapped line is about as long as its neighbours; a heading or a list line is shorter than this.
_WRAPPED_LINE = 45
_AGENCY = r"\((?:dpa|[A-Z][\w.&\u2019']{1,20}(?:[ /,-]{1,3}[\w.&\u2019']{1,20}){0,4})\)"
_NAME = r"[A-Z][\w.\u2019'-]{1,20}(?: [A-Z][\w.\u2019'-]{1,20}){0,2}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATELINE = re.compile(
    rf"\s*[^\W\d_][^\n()]{{2,70}}{_AGENCY}\s{{0,3}}(?:[-\u2013—]{{1,3}}|\s(?=[A-Z]))\s{{0,3}}(?:\[[A-Z ]{{3,20}}\]\s{{0,3}})?"
    rf"|\s*{_AGENCY}\s{{0,3}}[-\u2013—]{{1,3}}\s{{0,3}}"
    # "PORT-AU-PRINCE, Haiti - ", "GAZA/JERUSALEM - "
    r"|\s*[A-Z][A-Z.\u2019' /-]{2,30}(?:,[^\n—\u2013-]{2,40})?\s(?:—|\u2013|--)\s{0,3}"
    r"|\s*[A-Z][A-Z.\u2019' /-]{2,30}(?:,[^\n—\u2013-]{2,40})?\s-\s(?=[A-Z])"
    # "SIDON, Lebanon: An officer", "RAIPUR: Five"
    r"|\s*[A-Z][A-Z.\u2019' /-]{2,30}(?:, [A-Z][\w.]{2,20})?:\s{1,3}(?=[\"\u201c]?(?:[A-Z][a-z]|A\s))"
    # "Lashkar Gah, 15 March: At least four", "Kabul, 2 May - Gunmen", "Goma, Congo, May 2, 2022 — Rebels"
    # "Raipur, Nov 13 (Dakshin News): Three jawans"
    rf"|\s*{_NAME}(?:, {_NAME})?, (?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?(?:\s?{_AGENCY})?"
    r"(?::|\s?[-\u2013—]{1,2})\s{1,3}(?=[\"\u201cA-Z])"
)
_PLACED = rf"{_NAME}(?:(?: (?:de|del|la|las|los|el|al|do|da|du|of))+ {_NAME})?"
# A note's "Yemen, Shabwah: Fighters ambushed ..." and "Jasim, Daraa governorate - masked men shot ...", which the parser
# takes for the subject; a list's labels stay with their lines.
_LABEL = re.compile(
    rf"(?:\d{{1,2}} {_MONTH}(?: \d{{4}})?, )?{_PLACED}(?:,? \({_PLACED}[^()\n]{{0,20}}\))?(?:, {_PLACED}(?: [a-z]{{4,12}})?){{0,2}}(?::|\s[-\u2013\u2014])\s{{1,3}}(?=[\"\u201cA-Za-z\d])"
)
# What a piece was cut off behind: a label, or a headline's clause.
_CUT_BEFORE = re.compile(r"(?:;|:\s{1,3}|\s[-\u2013\u2014]\s{1,3})$")
_CUT_CHARACTERS = 6


def parse(text: str) -> Document:
    """Tokens, sentences and entities of an English text; the empty Document for a text without words.

    Sentences never cross a blank line. Whitespace is no token. Upper-case text is parsed on a true-cased copy:
    `Token.text` is what the text has, `lemma` and `pos` come from the copy. Only the first MOST_CHARACTERS are parsed.
    """
    blocks = list(_blocks(text[:MOST_CHARACTERS]))
    reading = _Reading(text)
    for block, parsed in zip(blocks, english().parse(block.copy for block in blocks), strict=True):
        reading.add(parsed, block)
    return reading.document()


class _Block(NamedTuple):
    """A piece of text to be parsed alone; `copy` has the length of the piece that starts at `start`."""

    start: int
    copy: str
    paragraph: int


class _Reading:
    """What has been read so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.sentences: list[Sentence] = []
        self.entities: list[Entity] = []

    def document(self) -> Document:
        names, signals = listen(self.text[:MOST_CHARACTERS])
        return Document(self.text, tuple(self.tokens), tuple(self.sentences), tuple(self.entities), names, signals)

    def add(self, parsed: Parsed, block: _Block) -> None:
        first = len(self.tokens)
        labels = [""] * len(parsed.starts)
        for found in parsed.entities:
            labels[found.first : found.last] = [found.label] * (found.last - found.first)
        words = zip(
            range(len(labels)), parsed.starts, parsed.ends, parsed.lemmas, parsed.parts_of_speech, parsed.tags,
            parsed.dependencies, parsed.heads, labels, parsed.sentences, strict=True,
        )  # fmt: skip
        for _, sentence in itertools.groupby(words, key=lambda word: word[-1]):
            index = len(self.sentences)
            begin = len(self.tokens)
            for number, start, end, lemma, pos, tag, dep, head, label, _ in sentence:
                start, end = block.start + start, block.start + end
                self.tokens.append(
                    Token(
                        first + number, start, end, self.text[start:end], lemma, pos, tag, dep,
                        first + head, label, index,
                    )
                )  # fmt: skip
            self.sentences.append(
                Sentence(index, begin, len(self.tokens), self.tokens[begin].start, self.tokens[-1].end, block.paragraph)
            )
        for found in parsed.entities:
            self._add_entity(found.label, first + found.first, first + found.last)

    def _add_entity(self, label: str, first: int, last: int) -> None:
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        self.entities.append(Entity(label, first, last, start, end, self.text[start:end]))


def _blocks(text: str) -> Iterator[_Block]:
    for paragraph, (start, end) in enumerate(_spans(text, 0, len(text), _BLANK_LINE)):
        upper = is_upper(text[start:end])
        for piece_start, piece_end in _pieces(text, start, end):
            copy = _plain(text[piece_start:piece_end])
            if _CUT_BEFORE.search(text, max(0, piece_start - _CUT_CHARACTERS), piece_start):
                copy = _capitalised(copy)
            if copy.strip():
                yield _Block(
                    piece_start,
                    true_case(copy, is_common) if upper else copy,
                    paragraph,
                )


def _capitalised(clause: str) -> str:
    """A headline's clause as a headline of its own: the parser takes "Blast wounds five" for a sentence, "blast wounds" for a noun."""
    first = len(clause) - len(clause.lstrip())
    letter = clause[first : first + 1].upper()
    return clause[:first] + letter + clause[first + 1 :] if len(letter) == 1 else clause


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph in parts that are parsed alone: its dateline, its lines (wrapped ones joined), at most a block long."""
    dateline = _DATELINE.match(text, start, end)
    if dateline is None and not start and "\n" not in text:
        label = _LABEL.match(text, start, end)
        dateline = label if label and label.group().split()[0].rstrip(":").lower() not in NO_PLACE else None
    if dateline and dateline.end() < end:
        yield start, dateline.end()
        start = dateline.end()
    for line_start, line_end in _lines(text, start, end):
        cuts = _CLAUSES if _is_headline(text, line_start, line_end) else _GLUED
        for glued in cuts.finditer(text, line_start, line_end):
            yield from _listed(text, line_start, glued.end())
            line_start = glued.end()
        yield from _listed(text, line_start, line_end)


def _is_headline(text: str, start: int, end: int) -> bool:
    """Whether a line opens the text, is short and ends without a full stop."""
    opens = _BLANKS.fullmatch(text, 0, min(start, _LONG_HEADLINE)) is not None and start <= _LONG_HEADLINE
    return opens and end - start < _LONG_HEADLINE and not _SENTENCE_END.search(text[max(start, end - 8) : end])


def _listed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for part_start, part_end in parts(text, start, end):
        yield from _short(text, part_start, part_end)


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch in parts of at most a block, cut at spaces where there are any."""
    while end - start > _BLOCK_CHARACTERS:
        cut = text.rfind(" ", start + 1, start + _BLOCK_CHARACTERS)
        cut = cut if cut > start else start + _BLOCK_CHARACTERS
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    # A line keeps its length also where its dateline was cut off, or it would look like a short one.
    margin = start - (text.rfind("\n", 0, start) + 1)
    first = start
    spans = list(_spans(text, start, end, _NEWLINE))
    for (line_start, line_end), (next_start, next_end) in itertools.pairwise(spans):
        if _ends_sentence(text[line_start - margin : line_end], text[next_start:next_end]):
            yield first, line_end
            first = next_start
        margin = 0
    if spans:
        yield first, spans[-1][1]


def _ends_sentence(line: str, following: str) -> bool:
    if _SENTENCE_END.search(line[-8:]) or BULLET.match(following):
        return True
    return len(line) < _WRAPPED_LINE and not following[:1].islower()


def _spans(text: str, start: int, end: int, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The stretches between separators, empty ones left out."""
    for match in separator.finditer(text, start, end):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if end > start:
        yield start, end


def _plain(piece: str) -> str:
    """An equally long copy without line breaks, list bullets and words that cost the tokenizer quadratic time."""
    piece = re.sub(r"\s", " ", piece)
    bullet = BULLET.match(piece)
    if bullet:
        piece = " " * bullet.end() + piece[bullet.end() :]
    return _LONG_WORD.sub(lambda match: "x" * len(match.group()), piece)
