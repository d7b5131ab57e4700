"""spaCy's entity recogniser, decided with numpy: the same entities in a tenth of the time.

Its transitions begin, go on with, end or skip an entity, one token each. Outside an entity the scores depend on the token
alone, so they are computed for all tokens at once; only inside entities is one token decided after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from incidents.language.vectors import Floats

Flags = NDArray[np.bool_]


class Found(NamedTuple):
    """Tokens `first` to `last` (exclusive) under an OntoNotes label."""

    label: str
    first: int
    last: int


class Entities:
    def __init__(self, recogniser: Any) -> None:
        model = recogniser.model
        tokens, lower, upper = model.get_ref("tok2vec"), model.get_ref("lower"), model.get_ref("upper")
        self.tok2vec = tokens.layers[0]
        """The recogniser has word vectors of its own."""
        reduce = tokens.layers[-1]
        weight = lower.get_param("W")
        # Roles of a token (read now, first of the entity, last of the entity), hidden units, maxout pieces, inputs.
        self._roles, self._hidden, self._pieces, inputs = weight.shape
        # Two linear layers in a row are one.
        flat = weight.reshape(-1, inputs)
        self._weight: Floats = np.ascontiguousarray((flat @ reduce.get_param("W")).T)
        self._bias: Floats = flat @ reduce.get_param("b")
        self._unit_bias: Floats = lower.get_param("b")
        self._absent: Floats = lower.get_param("pad")[0]
        self._scores: Floats = np.ascontiguousarray(upper.get_param("W").T)
        self._score_bias: Floats = upper.get_param("b")
        # `recogniser.move_names` leaves one out.
        names = map(recogniser.moves.get_class_name, range(recogniser.moves.n_moves))
        moves = [name.partition("-") for name in names]
        self._label = [label for _, _, label in moves]
        self._begins = np.array([move == "B" for move, _, _ in moves])
        self._units = np.array([move == "U" and bool(label) for move, _, label in moves])
        self._outside = next(index for index, (move, _, _) in enumerate(moves) if move == "O")
        self._go_on = {label: index for index, (move, _, label) in enumerate(moves) if move == "I"}
        self._end = {label: index for index, (move, _, label) in enumerate(moves) if move == "L"}

    def find(self, vectors: Floats, *, closed: Flags, space: Flags) -> Iterator[Found]:
        """The entities in order. `closed` are the tokens behind which none may go on: the last of a sentence."""
        parts = (vectors @ self._weight + self._bias).reshape(-1, self._roles, self._hidden, self._pieces)
        alone = (parts[:, 0] + self._absent[1] + self._absent[2] + self._unit_bias).max(axis=2)
        scores = alone @ self._scores + self._score_bias
        allowed = np.zeros(scores.shape, dtype=bool)
        allowed[:, self._outside] = True
        allowed |= (~space)[:, None] & (self._units | (~closed[:, None] & self._begins))
        chosen = np.where(allowed, scores, -np.inf).argmax(axis=1)
        end = 0
        for first in np.flatnonzero(chosen != self._outside).tolist():
            if first < end:
                continue
            move = int(chosen[first])
            label, end = self._label[move], first + 1
            while self._begins[move] and not self._ends(parts, label, first, end, closed):
                end += 1
            end += int(self._begins[move])
            yield Found(label, first, end)

    def _ends(self, parts: Floats, label: str, first: int, index: int, closed: Flags) -> bool:
        """Whether the token `index` is the last of the entity that began at `first`."""
        if closed[index]:
            return True
        hidden = (parts[index, 0] + parts[first, 1] + parts[index - 1, 2] + self._unit_bias).max(axis=1)
        go_on, end = self._go_on[label], self._end[label]
        scores = hidden @ self._scores[:, [go_on, end]] + self._score_bias[[go_on, end]]
        return bool(scores[1] > scores[0]) if go_on < end else bool(scores[1] >= scores[0])
