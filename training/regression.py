"""Fits the logistic regressions that incidents/extraction/regression.py reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from incidents.extraction.regression import Floats

_STEPS = 60
# Evidence that hardly varies must not be blown up.
_LEAST_SCALE = 0.05


@dataclass(frozen=True)
class Lesson:
    """The evidence of one case, the answers that are known of it, and where it comes from."""

    evidence: Mapping[str, float]
    answers: Mapping[str, bool]
    source: str = ""


def fit(lessons: Sequence[Lesson], questions: Sequence[str], decay: float) -> dict[str, object]:
    """What the file holds; evidence that a case lacks counts as the mean."""
    names = sorted({name for lesson in lessons for name in lesson.evidence})
    read = np.array([[lesson.evidence.get(name, np.nan) for name in names] for lesson in lessons])
    mean = np.nanmean(read, axis=0)
    scale = np.maximum(np.nanstd(read, axis=0), _LEAST_SCALE)
    inputs = (np.where(np.isnan(read), mean, read) - mean) / scale
    weights, bias = [], []
    for question in questions:
        known = np.array([question in lesson.answers for lesson in lessons])
        right = np.array([bool(lesson.answers.get(question)) for lesson in lessons])
        fitted = logistic(
            inputs[known], right[known], decay, _weights([one for one in lessons if question in one.answers])
        )
        weights.append(_rounded(fitted[:-1]))
        bias.append(round(float(fitted[-1]), 4))
    return {
        "questions": list(questions),
        "names": names,
        "mean": _rounded(mean),
        "scale": _rounded(scale),
        "weights": weights,
        "bias": bias,
    }


def _weights(lessons: Sequence[Lesson]) -> Floats:
    """One on average; the sources count alike, however many lessons each has."""
    counts = Counter(lesson.source for lesson in lessons)
    return np.array([len(lessons) / len(counts) / counts[lesson.source] for lesson in lessons])


def logistic(inputs: Floats, right: np.ndarray, decay: float, weights: Floats | None = None) -> Floats:
    """Newton's method; `decay` (of the squared coefficients) spares the last one, which is the bias."""
    counted = np.ones(len(inputs)) if weights is None else weights
    rows = np.column_stack([inputs, np.ones(len(inputs))])
    penalty = np.full(rows.shape[1], decay)
    penalty[-1] = 1e-3
    fitted = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-np.clip(rows @ fitted, -30, 30)))
        slope = rows.T @ (counted * (share - right)) + penalty * fitted
        curve = (rows * (counted * share * (1 - share))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        fitted -= step
        if np.abs(step).max() < 1e-6:
            break
    return fitted


def _rounded(values: Floats) -> list[float]:
    return [round(value, 4) for value in values.tolist()]


def save(fitted: dict[str, object], path: Path) -> None:
    path.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
