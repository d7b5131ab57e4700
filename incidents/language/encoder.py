"""Runs the fine-tuned encoder: one pass over a text whose states every head shares. The only module that knows onnxruntime.

The weights are four of the six layers of all-MiniLM-L6-v2 (Apache-2.0), each half as wide inside, with an embedding of letter
case, fine-tuned by `make train`, taught by all six and quantised to int8 (docs/training.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from incidents.language.pieces import WEIGHTS, Window

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = NDArray[np.float32]

# [CLS] and [SEP] of the vocabulary, before and after every window.
_CLS, _SEP = 101, 102


class Read(NamedTuple):
    """What the heads say of a window: the probability of each class (pieces, classes), in the order of classes.CLASSES,
    and query and key of links side by side (pieces, 2 x classes.LINK_WIDTH)."""

    names: Floats
    status: Floats
    kinds: Floats
    roles: Floats
    links: Floats


def encode(windows: Iterable[Window]) -> Iterator[Read]:
    """One answer a window, in order.

    Some 17,000 pieces a second on one core; memory does not grow with the number of windows. One window at a time: several at
    once, padded to one length, took a third longer.
    """
    for window in windows:
        ids = np.array([[_CLS, *window.ids, _SEP]], dtype=np.int64)
        cases = np.array([[0, *window.cases, 0]], dtype=np.int64)
        *scores, links = (output[0, 1:-1] for output in _session().run(None, {"ids": ids, "cases": cases}))
        names, status, kinds, roles = map(_shares, scores)
        yield Read(names, status, kinds, roles, links)


def _shares(scores: Floats) -> Floats:
    odds: Floats = np.exp(scores - scores.max(axis=-1, keepdims=True))
    odds /= odds.sum(axis=-1, keepdims=True)
    return odds


_path = WEIGHTS / "encoder.onnx"


def use(path: Path) -> None:
    """Read with another file of weights from now on; training measures with one that has not seen everything."""
    global _path
    _path = path
    _session.cache_clear()


@lru_cache(maxsize=1)
def _session() -> InferenceSession:
    """The weights, loaded once."""
    # onnxruntime joins the sum and the norm behind it to an operator that takes three times as long as the two.
    return _load(_path, exact=not is_quick_product_exact(), without=["SkipLayerNormFusion"])


def is_quick_product_exact() -> bool:
    """Whether this processor sums products of bytes without a loss, asked by a product that would show it.

    Without VNNI the quick product keeps the sum of two products in 16 bits, and a processor would decide what is found:
    strict F1 of muc4_dev was .379 there and .399 elsewhere. The exact one takes a fifth longer where it is needed, and
    twice as long, to the same answers, where it is not (265 and 120 ms an article on a Xeon with VNNI).
    """
    rows, inner, columns = 8, 64, 64
    left, right = np.full((rows, inner), 255, np.uint8), np.full((inner, columns), 127, np.int8)
    (sums,) = _load(WEIGHTS / "product.onnx", exact=False).run(None, {"left": left, "right": right})
    return bool((sums == 255 * 127 * inner).all())


def _load(path: Path, *, exact: bool, without: list[str] | None = None) -> InferenceSession:
    """Only readers wait for the import of onnxruntime."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    # A site reads articles in several processes; threads inside one would only fight over the cores.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.x64quantprecision", "1" if exact else "0")
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=without or [])
