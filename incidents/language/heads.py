"""What the encoder's heads say of a text: names of places, words of violence, roles, and which place belongs to which word."""

from __future__ import annotations

from collections.abc import Iterator

from incidents.language.encoder import Floats, encode
from incidents.language.pieces import Window, windows
from incidents.language.signals import Signals, signals
from incidents.language.types import Name, NameLabel

_OUTSIDE, _FIRST, _FURTHER = 0, (1, 3), (2, 4)
# A run of words is proposed from this probability on; who asks decides what is enough. It was set, not measured.
_LEAST = 0.1
_SURE = 0.5


def listen(text: str) -> tuple[tuple[Name, ...], Signals | None]:
    """The names of a text in order, none overlapping another, also the improbable ones (from 0.1 on), and what the
    other heads say; None of a text without words.

    One pass of the encoder: some 75 ms for an article of 820 words on one core, linear in the length.
    """
    parts = list(windows(text))
    read = list(encode(parts))
    found = tuple(name for window, one in zip(parts, read, strict=True) for name in _names(text, window, one.names))
    return found, signals(parts, read) if parts else None


def _names(text: str, window: Window, shares: Floats) -> Iterator[Name]:
    """Runs of pieces that may be inside a name, cut where another one begins."""
    # Lists, for they are looked at one by one.
    inside: list[float] = (1.0 - shares[:, _OUTSIDE]).tolist()
    begins: list[bool] = (shares[:, _FIRST].sum(axis=1) > shares[:, _FURTHER].sum(axis=1)).tolist()
    first = 0
    for index in range(len(inside) + 1):
        if index < len(inside) and index > first and _is_one_word(text, window, index):
            continue
        further = index < len(inside) and index > first and inside[index] >= _LEAST
        if further and (not begins[index] or _is_initial(text, window, first, index)):
            # A doubtful word beside a sure one is no part of it, and no name goes over a line.
            alike = (inside[index] >= _SURE) == (inside[index - 1] >= _SURE)
            if alike and "\n" not in text[window.ends[index - 1] : window.starts[index]]:
                continue
        if index > first and max(inside[first:index]) >= _LEAST:
            yield _name(window, shares, first, index)
        first = index


def _is_initial(text: str, window: Window, first: int, index: int) -> bool:
    """Whether all that has been read of a name is one letter with its point: "S. Sudan"."""
    begun = text[window.starts[first] : window.ends[index - 1]]
    return len(begun) == 2 and begun[0].isupper() and begun[1] == "."


def _is_one_word(text: str, window: Window, index: int) -> bool:
    start = window.starts[index]
    return start == window.ends[index - 1] and text[start].isalnum() and text[start - 1].isalnum()


def _name(window: Window, shares: Floats, first: int, last: int) -> Name:
    part = shares[first:last]
    label = NameLabel.PLACE if part[:, 1:3].sum() >= part[:, 3:5].sum() else NameLabel.DEMONYM
    return Name(label, window.starts[first], window.ends[last - 1], round(float(1 - part[:, _OUTSIDE].mean()), 4))
