"""Logistic regressions over named evidence, read from a file that `make train` wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Regression:
    """`weights` (questions, names) of evidence that was shifted by `mean` and divided by `scale`, and a `bias` a question."""

    questions: tuple[str, ...]
    names: tuple[str, ...]
    mean: Floats
    scale: Floats
    weights: Floats
    bias: Floats

    @classmethod
    def load(cls, path: Path) -> Regression:
        read = json.loads(path.read_text(encoding="utf-8"))
        columns = ("mean", "scale", "weights", "bias")
        return cls(tuple(read["questions"]), tuple(read["names"]), *(np.array(read[column]) for column in columns))

    def __call__(self, evidence: Mapping[str, float]) -> dict[str, float]:
        """The probability of each question. Evidence that is missing counts as its mean."""
        odds = self.weights @ self._scaled(evidence) + self.bias
        return dict(zip(self.questions, (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).tolist(), strict=True))

    def moves(self, evidence: Mapping[str, float], question: str) -> list[tuple[str, float]]:
        """What moves the answer, in log-odds from the average case, the strongest first."""
        moved = self.weights[self.questions.index(question)] * self._scaled(evidence)
        return sorted(zip(self.names, moved.tolist(), strict=True), key=lambda pair: -abs(pair[1]))

    def _scaled(self, evidence: Mapping[str, float]) -> Floats:
        given = np.array([evidence.get(name, mean) for name, mean in zip(self.names, self.mean, strict=True)])
        return np.asarray((given - self.mean) / self.scale)
