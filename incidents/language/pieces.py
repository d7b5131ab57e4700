"""A text as the encoder reads it: word pieces with the case of their letters, in windows of whole sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from tokenizers import BertWordPieceTokenizer, Encoding

from incidents.language.casing import is_upper

WEIGHTS = Path(__file__).parent / "weights"
# Pieces in a window without its two marks. The cost of attention grows with the square of it. Training used the same.
WINDOW = 158
# A sentence may end here; abbreviations are cut too, which only moves the border of a window.
_SENTENCE = re.compile(r"\n+|(?<=[.!?\u2026][\"'\u201d\u2019)\]])\s+|(?<=[.!?\u2026])\s+")
# A longer stretch without such an end is no sentence (a table, a list of names); it is read in parts.
_LONGEST = 2_000
# The comma of the vocabulary.
_COMMA = 1010
_WORD = re.compile(r"[^\W_]+")
# Words whose case is kept, at most _LONGEST characters each. An article has some 400.
_MOST_WORDS = 4_000


class Case(IntEnum):
    """How the word of a piece is written; the vocabulary is uncased."""

    LOWER = 0
    CAPITALISED = 1
    UPPER = 2
    MIXED = 3
    SHOUTED = 4
    """Capitals in a window that is all capitals, where they say nothing."""


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive pieces of a text: vocabulary ids, cases, and the characters that each stands for."""

    ids: tuple[int, ...]
    cases: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def windows(text: str) -> Iterator[Window]:
    """The whole text in windows of at most WINDOW pieces, cut between sentences where there are any."""
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, encoding in _sentences(text):
        for part in _parts(encoding.ids):
            if ids and len(ids) + len(encoding.ids[part]) > WINDOW:
                yield _window(text, ids, starts, ends)
                ids, starts, ends = [], [], []
            ids += encoding.ids[part]
            starts += [start + offset[0] for offset in encoding.offsets[part]]
            ends += [start + offset[1] for offset in encoding.offsets[part]]
    if ids:
        yield _window(text, ids, starts, ends)


def _sentences(text: str) -> Iterator[tuple[int, Encoding]]:
    spans = list(_stretches(text))
    encodings = tokenizer().encode_batch([text[start:end] for start, end in spans], add_special_tokens=False)
    yield from ((start, encoding) for (start, _), encoding in zip(spans, encodings, strict=True))


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in (*_SENTENCE.finditer(text), None):
        end = match.start() if match else len(text)
        for first in range(start, end, _LONGEST):
            yield first, min(end, first + _LONGEST)
        start = match.end() if match else end


def _parts(ids: Sequence[int]) -> Iterator[slice]:
    """The pieces of one sentence in parts that fit a window, a longer one cut behind a comma where there is one."""
    first = 0
    while first < len(ids):
        last = min(first + WINDOW, len(ids))
        if last < len(ids):
            commas = [index for index in range(first + WINDOW // 2, last) if ids[index] == _COMMA]
            last = commas[-1] + 1 if commas else last
        yield slice(first, last)
        first = last


def _window(text: str, ids: list[int], starts: list[int], ends: list[int]) -> Window:
    return Window(tuple(ids), _cases(text, starts, ends), tuple(starts), tuple(ends))


def _cases(text: str, starts: Sequence[int], ends: Sequence[int]) -> tuple[int, ...]:
    """The case of the word that each piece is a part of."""
    upper = is_upper(text[starts[0] : ends[-1]])
    words = _WORD.finditer(text, starts[0], ends[-1])
    word = next(words, None)
    cases = []
    for start in starts:
        while word and word.end() <= start:
            word = next(words, None)
        inside = word is not None and word.start() <= start
        cases.append(_case(word.group(), upper) if word and inside else Case.LOWER)
    return tuple(int(case) for case in cases)


@lru_cache(maxsize=_MOST_WORDS)
def _case(word: str, upper: bool) -> Case:
    if word.islower() or not any(letter.isupper() for letter in word):
        return Case.LOWER
    if upper:
        return Case.SHOUTED
    if word.isupper() and len(word) > 1:
        return Case.UPPER
    return Case.CAPITALISED if (word[0].isupper() and word[1:].islower()) or len(word) == 1 else Case.MIXED


@lru_cache(maxsize=1)
def tokenizer() -> BertWordPieceTokenizer:
    """MiniLM's uncased word pieces, loaded once."""
    return BertWordPieceTokenizer(str(WEIGHTS / "vocab.txt"), lowercase=True)
