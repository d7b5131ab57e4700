import numpy as np

from incidents.language import encoder
from incidents.language.pieces import windows

TEXT = (
    "Two rockets hit a police station in Tikrit on Monday, wounding five officers, and drones were seen over Kirkuk. "
    * 8
)


def answers():
    encoder._session.cache_clear()
    return [np.concatenate(read, axis=1) for read in encoder.encode(windows(TEXT))]


def test_the_chosen_product_answers_as_the_exact_one(monkeypatch):
    chosen = answers()
    monkeypatch.setattr(encoder, "is_quick_product_exact", lambda: False)
    exact = answers()
    encoder._session.cache_clear()
    assert len(chosen) == len(exact)
    assert all(np.array_equal(one, other) for one, other in zip(chosen, exact, strict=True))


def test_a_product_that_loses_is_noticed(monkeypatch):
    class Lossy:
        def run(self, _, given):
            left, right = (given[name].astype(np.int32) for name in ("left", "right"))
            pairs = left[:, 0::2, None] * right[0::2] + left[:, 1::2, None] * right[1::2]
            return [np.clip(pairs, -(2**15), 2**15 - 1).sum(axis=1)]

    monkeypatch.setattr(encoder, "_load", lambda *_, **__: Lossy())
    assert encoder.is_quick_product_exact() is False
