"""From marked characters to what each head shall say of each piece of a window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incidents.language.classes import CLASSES, ROLE_TAGS, STATUSES, TAGS
from incidents.language.pieces import Case, Window, windows
from training.gold import Labelled

# What a label of training/events.py leaves open.
_OPEN_STATUS = {
    "violent": ("new", "again", "background", "aggregate", "threat", "denied", "hypothetical"),
    # A source of another purpose does not say whether a harmless word could seem to tell of violence.
    "none": ("outside", "none"),
}
_ALL = ("names", "status", "roles")


@dataclass(frozen=True, slots=True)
class Example:
    """A window, the classes that each piece may have by head (pieces, classes), and links of pieces within it."""

    window: Window
    allowed: dict[str, NDArray[np.bool_]]
    links: tuple[tuple[int, int, bool], ...] = ()


def examples(text: Labelled) -> Iterator[Example]:
    """Each window of a text."""
    for window in windows(text.text):
        allowed = {name: np.zeros((len(window.ids), len(classes)), dtype=bool) for name, classes in CLASSES.items()}
        for name in _ALL:
            if name not in text.unmarked:
                allowed[name][:, 0] = True
        _mark_names(allowed["names"], window, text)
        _mark_events(allowed, window, text)
        yield Example(window, allowed, tuple(_links(window, text)))


def _mark_names(allowed: NDArray[np.bool_], window: Window, text: Labelled) -> None:
    if text.partial and "names" not in text.unmarked:
        # Other words may be names too, if they begin with a capital.
        allowed[:, 0] = [case == Case.LOWER for case in window.cases]
    for start, end, label in text.names:
        for place, index in enumerate(_pieces(window, start, end)):
            allowed[index] = False
            allowed[index, TAGS.index(("I-" if place else "B-") + label)] = True


def _mark_events(allowed: dict[str, NDArray[np.bool_]], window: Window, text: Labelled) -> None:
    for start, end, label in text.marks:
        head, _, value = label.partition(".")
        for place, index in enumerate(_pieces(window, start, end)):
            if head == "status":
                allowed["status"][index] = [
                    name in _OPEN_STATUS.get(value, (value,)) and (value != "none" or name in _harmless(text))
                    for name in STATUSES
                ]
            elif head == "kind":
                allowed["kinds"][index, CLASSES["kinds"].index(value)] = True
            else:
                allowed["roles"][index] = False
                allowed["roles"][index, ROLE_TAGS.index(("I-" if place else "B-") + value)] = True


def _harmless(text: Labelled) -> tuple[str, ...]:
    return _OPEN_STATUS["none"] if text.unmarked else ("none",)


def _links(window: Window, text: Labelled) -> Iterator[tuple[int, int, bool]]:
    first = {start: index for index, start in reversed(list(enumerate(window.starts)))}
    for trigger, place, right in text.links:
        if trigger in first and place in first:
            yield first[trigger], first[place], right


def _pieces(window: Window, start: int, end: int) -> list[int]:
    return [
        index
        for index, (begin, stop) in enumerate(zip(window.starts, window.ends, strict=True))
        if begin < end and stop > start
    ]
