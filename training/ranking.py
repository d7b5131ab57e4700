"""Fits the ranking's two small networks to articles whose names have positions, and calibrates its scores."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from geopy.distance import great_circle
from torch import Tensor, nn

from incidents.gazetteer.board import ALONE, VOTES, Board, Floats
from incidents.gazetteer.ranking import Network

# A candidate is right within this distance of the gold (Gritta et al. 2018); the nearer ones are preferred where there are any.
RIGHT_KM = 161.0
_SAME_KM = 30.0
_HIDDEN = 24
_STEPS = 400
_LEARNING_RATE = 0.02
_DECAY = 3e-3
_CALIBRATION_DECAY = 1e-3


@dataclass(frozen=True)
class Lesson:
    """A board, whether each of its rows is right, and how much each row's name counts (0: the gold does not say)."""

    board: Board
    right: np.ndarray
    weight: np.ndarray


def lesson(board: Board, positions: dict[str, list[tuple[float, float]]]) -> Lesson:
    """`positions` are the gold's latitudes and longitudes of each key of the board."""
    right = np.zeros(len(board.places), dtype=bool)
    weight = np.zeros(len(board.places))
    for asked, part in board.parts():
        gold = positions.get(asked.key, [])
        for limit in (_SAME_KM, RIGHT_KM) if gold else ():
            right[part] = [_agrees(place, gold, limit) for place in board.places[part]]
            if right[part].any():
                weight[part] = math.sqrt(len(gold))
                break
    return Lesson(board, right, weight)


def _agrees(place: object, gold: list[tuple[float, float]], limit: float) -> bool:
    near = sum(great_circle((place.latitude, place.longitude), point).km <= limit for point in gold)  # type: ignore[attr-defined]
    return near > len(gold) / 2


class _Net(nn.Module):
    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.linear = nn.Linear(inputs, 1, bias=False)
        self.hidden = nn.Linear(inputs, _HIDDEN)
        self.output = nn.Linear(_HIDDEN, 1, bias=False)

    def forward(self, inputs: Tensor) -> Tensor:
        return (self.linear(inputs) + self.output(torch.tanh(self.hidden(inputs)))).squeeze(-1)

    def network(self) -> Network:
        def numbers(tensor: Tensor) -> Floats:
            return np.round(tensor.detach().double().numpy(), 4)

        return Network(
            numbers(self.linear.weight[0]),
            numbers(self.hidden.weight.T),
            numbers(self.hidden.bias),
            numbers(self.output.weight[0]),
        )


def fit(lessons: Sequence[Lesson], seed: int = 1) -> tuple[Network, Network]:
    """The networks `alone` and `together`; some 20 s for 800 articles on one core."""
    torch.manual_seed(seed)
    alone = _fit(lessons, [lesson.board.alone for lesson in lessons])
    first = [together(lesson.board, alone(lesson.board.alone)) for lesson in lessons]
    joint = _fit(lessons, first)
    # The second round's votes come from the network itself.
    second = [together(lesson.board, joint(rows)) for lesson, rows in zip(lessons, first, strict=True)]
    return alone, _fit([*lessons, *lessons], [*first, *second])


def together(board: Board, scores: Floats) -> Floats:
    """The rows of the second network: what is known of each candidate, and the votes that `scores` give."""
    return np.column_stack([board.alone, board.votes(board.shares(scores))])


def _fit(lessons: Sequence[Lesson], rows: Sequence[Floats]) -> Network:
    inputs = torch.tensor(np.concatenate(rows), dtype=torch.float32)
    right = torch.tensor(np.concatenate([lesson.right for lesson in lessons]))
    starts = np.cumsum([0, *(len(lesson.board.starts) for lesson in lessons[:-1])])
    owner = torch.tensor(
        np.concatenate([lesson.board.owner + start for lesson, start in zip(lessons, starts, strict=True)])
    )
    weight = torch.tensor(
        np.concatenate([lesson.weight[lesson.board.starts] for lesson in lessons]), dtype=torch.float32
    )
    net = _Net(inputs.shape[1])
    optimizer = torch.optim.AdamW(net.parameters(), lr=_LEARNING_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, _STEPS)
    for _ in range(_STEPS):
        scores = net(inputs)
        lost = _log_sum(scores, owner, len(weight)) - _log_sum(scores[right], owner[right], len(weight))
        loss = (lost[weight > 0] * weight[weight > 0]).sum() / weight.sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return net.network()


def _log_sum(scores: Tensor, owner: Tensor, owners: int) -> Tensor:
    """The logarithm of the sum of exp(scores) of each owner; very low where it has none."""
    top = torch.full((owners,), -1e9).scatter_reduce(0, owner, scores.detach(), "amax")
    sums = torch.zeros(owners).index_add(0, owner, torch.exp(scores - top[owner]))
    return torch.log(sums.clamp_min(1e-30)) + top


def calibrate(evidence: Sequence[Floats], right: Sequence[bool]) -> Floats:
    """Weights that turn evidence into the log odds of being right (Platt 1999, with more than one input)."""
    inputs = torch.tensor(np.array(evidence), dtype=torch.float64)
    wanted = torch.tensor(right, dtype=torch.float64)
    fitted = torch.zeros(inputs.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([fitted], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        value = nn.functional.binary_cross_entropy_with_logits(inputs @ fitted, wanted)
        value = value + _CALIBRATION_DECAY * (fitted**2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    return np.round(fitted.detach().numpy(), 4)


def save(path: Path, alone: Network, together: Network, calibration: Floats) -> None:
    path.parent.mkdir(exist_ok=True)
    written = {
        name: {part: getattr(network, part).tolist() for part in ("linear", "hidden", "bias", "output")}
        for name, network in (("alone", alone), ("together", together))
    }
    columns = {"alone": list(ALONE), "votes": list(VOTES)}
    text = json.dumps({"columns": columns, "calibration": calibration.tolist(), **written})
    path.write_text(text + "\n", encoding="utf-8")
