"""Texts with what they tell of violence: our own corpus, and three public sets that say less.

A mark's label is `head.class`, of the heads and classes in incidents/language/classes.py; `status.violent` leaves open
whether the incident is new, old, counted or denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from incidents.language.heads import listen
from incidents.language.types import NameLabel
from training import corpus
from training.gold import PLACE, Labelled, Span, rows

# The words of the corpus for what the role head tells apart.
_ROLES = {
    "attacker": "attacker",
    "claimed": "attacker",
    "alleged": "attacker",
    "target": "target",
    "victim": "victim",
    "weapon": "weapon",
    "date": "date",
    "killed": "killed",
    "wounded": "wounded",
}
# RAMS and WikiEvents: types of events that are violence against people or things.
_VIOLENT = (
    "conflict.attack",
    "life.die.deathcausedbyviolentevents",
    "life.injure.injurycausedbyviolentevents",
)
_UNCLEAR = ("life.", "conflict.", "disaster.", "artifactexistence.damage")
_RAMS_ROLES = {
    "attacker": "attacker",
    "killer": "attacker",
    "injurer": "attacker",
    "victim": "victim",
    "target": "target",
    "instrument": "weapon",
}
# Labels of words that copies may have others for (training/exchange.py) begin with this.
SWAP = "swap."
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b")
_NUMBER = re.compile(r"(?<![\w.,])[1-9]\d{0,2}(?![\w,%]|\.\d)")


def passages() -> list[Labelled]:
    """Our own corpus, with everything marked."""
    return [_passage(passage) for passage in corpus.read(corpus.FOLDER)]


def _passage(passage: corpus.Passage) -> Labelled:
    labels = {**dict.fromkeys(corpus.TOPONYMS, PLACE), "demonym": "DEMONYM"}
    marks: list[Span] = []
    for mark in passage.marks:
        if mark.name == "trigger":
            _, kind, modality = mark.label.split(".")
            marks += [(mark.start, mark.end, f"status.{modality}"), (mark.start, mark.end, f"kind.{kind}")]
        elif mark.name in _ROLES:
            marks.append((mark.start, mark.end, f"role.{_ROLES[mark.name]}"))
    return Labelled(
        passage.id,
        passage.text,
        tuple((mark.start, mark.end, labels[mark.name]) for mark in passage.marks if mark.name in labels),
        marks=tuple(marks),
        links=tuple(_links(passage)),
        swaps=tuple(_swaps(passage)),
    )


def _swaps(passage: corpus.Passage) -> Iterator[Span]:
    """Weekdays, figures of people, and persons and organisations whose name holds no other mark."""
    yield from ((found.start(), found.end(), SWAP + "day") for found in _DAY.finditer(passage.text))
    for mark in passage.marks:
        inner = [other for other in passage.marks if other is not mark and mark.start <= other.start < mark.end]
        if mark.name in ("person", "org") and not inner:
            yield mark.start, mark.end, SWAP + mark.name
        elif mark.name in ("killed", "wounded"):
            for found in _NUMBER.finditer(passage.text, mark.start, mark.end):
                yield found.start(), found.end(), SWAP + "number"


def _links(passage: corpus.Passage) -> Iterator[tuple[int, int, bool]]:
    """Every event with a place of its own to that, and to none of the others' or of other names."""
    placed = {mark.event for mark in passage.marks if mark.name == "place"}
    for number, trigger in enumerate(passage.events, 1):
        if number not in placed:
            # It may have happened where another did.
            continue
        for mark in passage.marks:
            if mark.name in ("place", "loc", "metonym", "dateline"):
                yield trigger.start, mark.start, mark.name == "place" and mark.event == number


def verb_places(gold: Path) -> Iterator[Labelled]:
    """Sentences with a verb and the places where it happened; the other places are those that the encoder names."""
    for row in rows(gold / "roles" / "verb_place.jsonl"):
        start = row["verb"]["start"]
        right = [(place["start"], place["end"]) for place in row["places"]]
        yield Labelled(
            row["id"],
            row["text"],
            tuple((first, last, PLACE) for first, last in right),
            partial=True,
            links=tuple(_judged(start, right, _named(row["text"]))),
            unmarked=frozenset(["status", "roles"]),
        )


def rams(gold: Path) -> Iterator[Labelled]:
    """Passages of five sentences, of which one trigger and its roles are marked, whatever it tells of."""
    for row in rows(gold / "roles" / "rams.jsonl"):
        status = _status(row["type"])
        if status is None:
            continue
        trigger = row["trigger"]
        marks: list[Span] = [(trigger["start"], trigger["end"], f"status.{status}")]
        right = [(role["start"], role["end"]) for role in row["roles"] if role["role"] == "place"]
        if status == "violent":
            marks += [
                (role["start"], role["end"], f"role.{_RAMS_ROLES[role['role']]}")
                for role in row["roles"]
                if role["role"] in _RAMS_ROLES
            ]
        yield Labelled(
            row["id"],
            row["text"],
            (),
            partial=True,
            marks=tuple(marks),
            links=tuple(_judged(trigger["start"], right, _named(row["text"]))) if right else (),
            unmarked=frozenset(["names", "status", "roles"]),
        )


def wikievents(gold: Path) -> Iterator[Labelled]:
    """Articles of which every event is marked; what is no violence is outside."""
    for row in rows(gold / "roles" / "wikievents.jsonl"):
        spans = list(_tokens(row["text"], row["tokens"]))
        marks: list[Span] = []
        for event in row["events"]:
            status = _status(event["type"].lower())
            trigger = event["trigger"]
            if status:
                marks.append((spans[trigger["start"]][0], spans[trigger["end"] - 1][1], f"status.{status}"))
        yield Labelled(
            row["id"],
            row["text"],
            (),
            partial=True,
            marks=tuple(marks),
            unmarked=frozenset(["names", "roles"]),
        )


def _status(event_type: str) -> str | None:
    """What a type of event says of its trigger; None where it leaves open whether it is violence."""
    if event_type.startswith(_VIOLENT):
        return None if "selfdirected" in event_type or "stealrob" in event_type else "violent"
    return None if event_type.startswith(_UNCLEAR) else "none"


def _named(text: str) -> list[tuple[int, int]]:
    return [(n.start, n.end) for n in listen(text)[0] if n.label is NameLabel.PLACE and n.probability > 0.5]


def _judged(
    trigger: int, right: Iterable[tuple[int, int]], named: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int, bool]]:
    right = list(right)
    for start, _ in right:
        yield trigger, start, True
    for start, end in named:
        if not any(start < last and end > first for first, last in right):
            yield trigger, start, False


def _tokens(text: str, tokens: list[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for token in tokens:
        start = text.find(token, at)
        if start < 0 or start > at + 40:
            yield at, at
            continue
        at = start + len(token)
        yield start, at
