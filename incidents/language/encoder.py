"""Runs the fine-tuned encoder: one pass over a text whose states every head shares. The only module that knows onnxruntime.

The weights are all-MiniLM-L6-v2 (Apache-2.0) with an embedding of letter case, fine-tuned by `make train` and quantised
to int8 (docs/training.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from incidents.language.pieces import WEIGHTS, Window

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = NDArray[np.float32]

# [CLS] and [SEP] of the vocabulary, before and after every window.
_CLS, _SEP = 101, 102


def encode(windows: Iterable[Window]) -> Iterator[Floats]:
    """The probability of each tag (heads.TAGS) for each piece: one array (pieces, tags) a window, in order.

    Some 11,000 pieces a second on one core; memory does not grow with the number of windows. One window at a time: several at
    once, padded to one length, took a third longer.
    """
    for window in windows:
        ids = np.array([[_CLS, *window.ids, _SEP]], dtype=np.int64)
        cases = np.array([[0, *window.cases, 0]], dtype=np.int64)
        (scores,) = _session().run(None, {"ids": ids, "cases": cases})
        odds = np.exp(scores[0, 1:-1] - scores[0, 1:-1].max(axis=-1, keepdims=True))
        yield odds / odds.sum(axis=-1, keepdims=True)


@lru_cache(maxsize=1)
def _session() -> InferenceSession:
    """The weights, loaded once; only readers wait for the import of onnxruntime."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    # A site reads articles in several processes; threads inside one would only fight over the cores.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # onnxruntime joins the sum and the norm behind it to an operator that takes three times as long as the two.
    slower = ["SkipLayerNormFusion"]
    return InferenceSession(
        str(WEIGHTS / "encoder.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=slower
    )
