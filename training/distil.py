"""A shallower encoder learns to say what the full one says (Hinton et al. 2015, Distilling the Knowledge in a Neural Network).

The teacher's answers are soft, so every text serves, whatever is marked in it, and the probabilities that the site's
thresholds were set on stay what they were.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from incidents.language import encoder
from incidents.language.classes import CLASSES
from incidents.language.pieces import Window
from training.tagger import Tagger, batched, optimizer_of, padded

# Layers of the teacher's six that the student begins with: the first reads words, the last ones what the heads need.
KEPT = (0, 2, 3, 5)
# These were set, not compared with others.
_RATE = 2e-4
# How much each head's difference counts, and a piece that the teacher marks against one that it does not.
_WEIGHTS = {"names": 1.0, "status": 1.5, "kinds": 0.5, "roles": 0.8}
_MARKED = {"names": 5.0, "status": 10.0, "kinds": 1.0, "roles": 4.0}
# A word that tells of nothing has no kind; it should not have any more than the teacher gives it, though.
_KINDLESS = 0.02
_LINKS = 0.02
_LEAST = 1e-6


def distil(teacher: Path, student: Tagger, epochs: Sequence[Sequence[Window]], *, seed: int = 1) -> Tagger:
    """The student after one list of windows an epoch, each answered by the teacher's file of weights as it comes.

    Some 1,500 pieces a second on two CPU cores. `encoder.use` is left at the teacher.
    """
    torch.manual_seed(seed)
    encoder.use(teacher)
    steps = sum(len(batched(epoch, random.Random(0), _itself)) for epoch in epochs)
    optimizer, schedule = optimizer_of(student, _RATE, steps)
    order = random.Random(seed)
    for number, epoch in enumerate(epochs, 1):
        student.train()
        started, total = time.monotonic(), 0.0
        batches = batched(epoch, order, _itself)
        for done, batch in enumerate(batches, 1):
            # A third faster where the processor has it, and the same where it has not.
            with torch.autocast("cpu", torch.bfloat16):
                loss = _difference(student, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
            if done % 50 == 0:
                print(
                    f"epoch {number}, {done} of {len(batches)}: {total / done:.4f}, {time.monotonic() - started:.0f} s",
                    flush=True,
                )
    return student.eval()


def _difference(student: Tagger, batch: Sequence[Window]) -> Tensor:
    """The divergence of each head, and of queries and keys, between teacher and student; a mean over the pieces."""
    *scores, links = student(*padded(batch))
    rows = [slice(1, 1 + len(window.ids)) for window in batch]
    read = list(encoder.encode(batch))
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


def _itself(window: Window) -> Window:
    return window
