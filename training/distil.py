"""A smaller encoder learns to say what the full one says (Hinton et al. 2015, Distilling the Knowledge in a Neural Network).

It begins as the teacher with fewer layers, each half as wide inside. The teacher's answers are soft, so every text serves,
whatever is marked in it, and the probabilities that the site's thresholds were set on stay what they were.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path

import torch
from torch import Tensor, nn

from incidents.language import encoder
from incidents.language.classes import CLASSES
from incidents.language.pieces import Window
from training.tagger import Tagger, batched, optimizer_of, padded

# Layers of the teacher's six that the student begins with: the first reads words, the last ones what the heads need.
_KEPT = (0, 2, 3, 5)
# Of the 1,536 units inside a layer, where two thirds of its time go, so many are kept.
_UNITS = 768
# Windows on which it is seen which units do the most.
_LOOKED_AT = 200
# These were set, not compared with others.
_RATE = 3e-4
# How much each head's difference counts, and a piece that the teacher marks against one that it does not.
_WEIGHTS = {"names": 1.0, "status": 1.5, "kinds": 0.5, "roles": 0.8}
_MARKED = {"names": 5.0, "status": 10.0, "kinds": 1.0, "roles": 4.0}
# A word that tells of nothing has no kind; it should not have any more than the teacher gives it, though.
_KINDLESS = 0.02
_LINKS = 0.02
_LEAST = 1e-6


def distil(file: Path, teacher: Tagger, epochs: Sequence[Sequence[Window]], *, seed: int = 1) -> Tagger:
    """A student of the teacher after one list of windows an epoch, each answered by the teacher's file as it comes.

    Some 4,000 pieces a second on two CPU cores. `encoder.use` is left at the file.
    """
    torch.manual_seed(seed)
    encoder.use(file)
    order = random.Random(seed)
    student = _student(teacher, order.sample(epochs[0], _LOOKED_AT))
    steps = sum(len(batched(epoch, random.Random(0), _itself)) for epoch in epochs)
    optimizer, schedule = optimizer_of(student, _RATE, steps)
    student.train()
    for number, epoch in enumerate(epochs, 1):
        started, losses = time.monotonic(), []
        for batch in batched(epoch, order, _itself):
            # A third faster where the processor has it, and the same where it has not.
            with torch.autocast("cpu", torch.bfloat16):
                loss = _difference(student, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(
            f"distilled, epoch {number}: {sum(losses) / len(losses):.4f}, {time.monotonic() - started:.0f} s",
            flush=True,
        )
    return student.eval()


def _student(teacher: Tagger, looked_at: Sequence[Window]) -> Tagger:
    """A copy with the layers and units that are kept, and without dropout: soft answers are hard to learn by heart."""
    student = deepcopy(teacher)
    worth = _worth_of_units(student.eval(), looked_at)
    student.encoder.encoder.layer = nn.ModuleList([student.encoder.encoder.layer[number] for number in _KEPT])
    student.encoder.config.num_hidden_layers = len(_KEPT)
    for layer, units in zip(student.encoder.encoder.layer, (worth[number] for number in _KEPT), strict=True):
        kept = units.topk(_UNITS).indices.sort().values
        layer.intermediate.dense = _linear(layer.intermediate.dense.weight[kept], layer.intermediate.dense.bias[kept])
        layer.output.dense = _linear(layer.output.dense.weight[:, kept], layer.output.dense.bias)
    for module in student.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    return student


@torch.no_grad()
def _worth_of_units(tagger: Tagger, looked_at: Sequence[Window]) -> list[Tensor]:
    """By layer, how much each unit adds to what the layer gives: the mean square of its value times its weights'."""
    squares: list[list[Tensor]] = [[] for _ in tagger.encoder.encoder.layer]
    hooks = [
        layer.output.dense.register_forward_pre_hook(
            lambda _, values, found=found: found.append(values[0].square().sum(dim=(0, 1)))
        )
        for layer, found in zip(tagger.encoder.encoder.layer, squares, strict=True)
    ]
    for window in looked_at:
        tagger(*padded([window]))
    for hook in hooks:
        hook.remove()
    return [
        torch.stack(found).sum(dim=0) * layer.output.dense.weight.square().sum(dim=0)
        for layer, found in zip(tagger.encoder.encoder.layer, squares, strict=True)
    ]


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    linear = nn.Linear(weight.shape[1], weight.shape[0])
    linear.weight, linear.bias = nn.Parameter(weight.detach().clone()), nn.Parameter(bias.detach().clone())
    return linear


def _difference(student: Tagger, batch: Sequence[Window]) -> Tensor:
    """The divergence of each head, and of queries and keys, between teacher and student; a mean over the pieces."""
    *scores, links = student(*padded(batch))
    rows = [slice(1, 1 + len(window.ids)) for window in batch]
    with ThreadPoolExecutor(torch.get_num_threads()) as readers:
        read = list(readers.map(_taught, batch))
    losses = []
    status = torch.cat([torch.from_numpy(one.status[:, 0]) for one in read])
    for name, score in zip(CLASSES, scores, strict=True):
        said = torch.cat([score[index, row] for index, row in enumerate(rows)]).log_softmax(dim=-1)
        taught = torch.cat([torch.from_numpy(getattr(one, name)) for one in read])
        differences = (taught * (taught.clamp_min(_LEAST).log() - said)).sum(dim=-1)
        outside = status if name == "kinds" else taught[:, 0]
        weights = _KINDLESS * outside + (1 - outside) if name == "kinds" else outside + _MARKED[name] * (1 - outside)
        losses.append(_WEIGHTS[name] * (differences * weights).sum() / weights.sum())
    said = torch.cat([links[index, row] for index, row in enumerate(rows)])
    taught = torch.cat([torch.from_numpy(one.links) for one in read])
    losses.append(_LINKS * (said - taught).square().mean())
    return torch.stack(losses).sum()


def _taught(window: Window) -> encoder.Read:
    """The teacher's answer; its session keeps to one thread."""
    return next(encoder.encode([window]))


def _itself(window: Window) -> Window:
    return window
