"""What the encoder says of words of violence: which incident they tell of, of what kind, and where that happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incidents.language.classes import ROLE_TAGS
from incidents.language.encoder import Floats, Read
from incidents.language.pieces import Window


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """Arrays over the word pieces of a text, in order: their first and last (exclusive) characters, the probability of
    each class of a head (pieces, classes), and query and key of links (pieces, width)."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    status: Floats
    kinds: Floats
    roles: Floats
    queries: Floats
    keys: Floats

    def pieces(self, start: int, end: int) -> slice:
        """The pieces that hold characters `start` to `end`; empty where nothing was read."""
        return slice(int(np.searchsorted(self.ends, start, "right")), int(np.searchsorted(self.starts, end, "left")))

    def status_of(self, start: int, end: int) -> Floats | None:
        """The probability of each of classes.STATUSES for a word, the mean of its pieces."""
        return _mean(self.status[self.pieces(start, end)])

    def kind_of(self, start: int, end: int) -> Floats | None:
        """The probability of each of classes.KINDS for a word of violence."""
        return _mean(self.kinds[self.pieces(start, end)])

    def role_of(self, start: int, end: int, roles: Sequence[str]) -> float:
        """The probability that a word of a stretch has one of these of classes.ROLES, the mean of its pieces."""
        part = self.roles[self.pieces(start, end)]
        columns = [index for index, tag in enumerate(ROLE_TAGS) if tag[2:] in roles]
        return float(part[:, columns].sum(axis=1).mean()) if len(part) else 0.0

    def link(self, trigger: int, place: int) -> float | None:
        """Log-odds that what the word at one character tells of happened at the place named at the other."""
        first, second = self.pieces(trigger, trigger + 1), self.pieces(place, place + 1)
        if first.start >= first.stop or second.start >= second.stop:
            return None
        return float(self.queries[first.start] @ self.keys[second.start])


def _mean(part: Floats) -> Floats | None:
    """The mean of the rows; most words are one piece, which needs no reckoning."""
    if len(part) == 1:
        one: Floats = part[0]
        return one
    return part.mean(axis=0) if len(part) else None


def signals(windows: Sequence[Window], read: Sequence[Read]) -> Signals:
    """One for the whole text, of its windows and what the encoder read in each."""
    starts = np.array([start for window in windows for start in window.starts], dtype=np.int64)
    ends = np.array([end for window in windows for end in window.ends], dtype=np.int64)
    links = np.concatenate([one.links for one in read])
    width = links.shape[1] // 2
    return Signals(
        starts,
        ends,
        np.concatenate([one.status for one in read]),
        np.concatenate([one.kinds for one in read]),
        np.concatenate([one.roles for one in read]),
        links[:, :width],
        links[:, width:],
    )
