"""The texts that are learned from, with their place names."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from incidents.gazetteer.build import DATA
from training import corpus

PLACE = "PLACE"
DEMONYM = "DEMONYM"
FOLDS = 3


@dataclass(frozen=True)
class Labelled:
    """A text with the character spans of its names. `partial`: other words of it may be names too."""

    id: str
    text: str
    names: tuple[tuple[int, int, str], ...]
    partial: bool = False
    positions: tuple[tuple[int, int, float, float], ...] = ()
    """Start, end, latitude and longitude of the names whose place is known."""


def corpora(gold: Path) -> dict[str, list[Labelled]]:
    """The two corpora whose place names are all marked. LGL counts demonyms as place names, GeoVirus does not mark them."""
    return {name: list(_articles(gold / "places" / f"{name}.jsonl")) for name in ("lgl", "geovirus")}


def verb_places(gold: Path) -> list[Labelled]:
    """Sentences of which only the places of one verb are marked."""
    return [
        Labelled(row["id"], row["text"], tuple((p["start"], p["end"], PLACE) for p in row["places"]), partial=True)
        for row in _rows(gold / "roles" / "verb_place.jsonl")
    ]


def passages() -> list[Labelled]:
    """Our own corpus. Every place name is marked, also those that stand for a government or in another name."""
    labels = {**dict.fromkeys(corpus.TOPONYMS, PLACE), "demonym": DEMONYM}
    return [
        Labelled(
            passage.id,
            passage.text,
            tuple((mark.start, mark.end, labels[mark.name]) for mark in passage.marks if mark.name in labels),
        )
        for passage in corpus.read(corpus.FOLDER)
    ]


def held_out(articles: list[Labelled], fold: int) -> tuple[list[Labelled], list[Labelled]]:
    """The articles to learn from and those to be measured on: consecutive thirds, as a corpus lists a paper's articles together."""
    size = -(-len(articles) // FOLDS)
    first, last = fold * size, (fold + 1) * size
    return articles[:first] + articles[last:], articles[first:last]


def _articles(path: Path) -> Iterator[Labelled]:
    peoples = demonyms()
    for row in _rows(path):
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


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
