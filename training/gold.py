"""The texts that are learned from, with their place names."""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incidents.gazetteer.build import DATA

PLACE = "PLACE"
DEMONYM = "DEMONYM"
FOLDS = 3

# First and last (exclusive) character, and a label.
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Labelled:
    """A text with the character spans of its names. `partial`: other words of it may be names too."""

    id: str
    text: str
    names: tuple[Span, ...]
    partial: bool = False
    positions: tuple[tuple[int, int, float, float], ...] = ()
    """Start, end, latitude and longitude of the names whose place is known."""
    marks: tuple[Span, ...] = ()
    """What training/events.py tells of triggers and roles."""
    links: tuple[tuple[int, int, bool], ...] = ()
    """First characters of a trigger and of a place name, and whether it happened there."""
    swaps: tuple[Span, ...] = ()
    """Other words that copies may have others for (training/exchange.py)."""
    unmarked: frozenset[str] = frozenset()
    """The heads for which words without a mark are unknown, and not outside."""


def corpora(gold: Path) -> dict[str, list[Labelled]]:
    """The two corpora whose place names are all marked. LGL counts demonyms as place names, GeoVirus does not mark them."""
    return {name: list(_articles(gold / "places" / f"{name}.jsonl")) for name in ("lgl", "geovirus")}


def held_out(articles: list[Labelled], fold: int) -> tuple[list[Labelled], list[Labelled]]:
    """The articles to learn from and those to be measured on: consecutive thirds, as a corpus lists a paper's articles together."""
    size = -(-len(articles) // FOLDS)
    first, last = fold * size, (fold + 1) * size
    return articles[:first] + articles[last:], articles[first:last]


def is_held(identifier: str) -> bool:
    """Whether a passage is one of the quarter that is not learned from at first; the same on every machine."""
    return zlib.crc32(identifier.encode()) % 4 == 0


def _articles(path: Path) -> Iterator[Labelled]:
    peoples = demonyms()
    for row in rows(path):
        toponyms = row["toponyms"]
        labels = [DEMONYM if toponym["text"].lower() in peoples else PLACE for toponym in toponyms]
        yield Labelled(
            f"{path.stem}:{row['id']}",
            row["text"],
            tuple((each["start"], each["end"], label) for each, label in zip(toponyms, labels, strict=True)),
            positions=tuple(
                (each["start"], each["end"], each["lat"], each["lon"]) for each in toponyms if each["lat"] is not None
            ),
        )


def demonyms() -> frozenset[str]:
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as lines:
        return frozenset(name.lower() for row in csv.DictReader(lines) for name in row["demonyms"].split("|") if name)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
