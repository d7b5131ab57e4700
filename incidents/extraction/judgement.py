"""How sure an incident and each of its fields is: logistic regressions over the evidence, fitted by `make train`.

The probabilities are calibrated on reports and passages that the encoder had not seen (docs/training.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from incidents.extraction.regression import Regression

WEIGHTS = Path(__file__).parent / "weights" / "judgement.json"
# What is asked: whether it is an incident at all, whether a coder would take it as it stands (kind, day and place),
# and whether each field that is filled is right.
INCIDENT, RIGHT = "incident", "right"
FIELDS = ("kind", "date", "place", "killed", "wounded", "doer", "sufferer")
QUESTIONS = (INCIDENT, RIGHT, *FIELDS)


def judge(evidence: Mapping[str, float]) -> dict[str, float]:
    """The probability of each of QUESTIONS."""
    return _fitted()(evidence)


def speaks(evidence: Mapping[str, float]) -> list[tuple[str, float]]:
    """What speaks for (above 0) and against its being an incident, in log-odds, the strongest first."""
    return _fitted().moves(evidence, INCIDENT)


@lru_cache(maxsize=1)
def _fitted() -> Regression:
    return Regression.load(WEIGHTS)
