"""spaCy's word vectors, computed with numpy: the same numbers to some millionths, in a third of the time.

A Tok2Vec embeds each token by features of its word alone and mixes neighbours in four layers. The embedding of a word is
kept for its next occurrence; the layers are matrix products, for which numpy's BLAS is twice as fast as the one
that spaCy brings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc

Floats = NDArray[np.float32]
Features = NDArray[np.uint64]

# Words whose embedding is kept, 0.8 kB each; then all are forgotten. An article has some 400 words.
_MOST_WORDS = 10_000
_TINY = 1e-8


class _Layer(NamedTuple):
    """Maxout over three neighbouring tokens, then normalised; `weight` has the three pieces side by side."""

    weight: Floats
    bias: Floats
    gain: Floats
    shift: Floats


class Vectors:
    """Vectors of several Tok2Vec models over the same documents."""

    def __init__(self, models: Sequence[Any]) -> None:
        self._embeddings = [model.layers[0] for model in models]
        self._columns: list[int | str] = list(
            dict.fromkeys(name for each in self._embeddings for name in _columns(each))
        )
        self._encoders = [_layers(model.layers[1]) for model in models]
        self._pad: int = max(model.layers[1].attrs["pad"] for model in models)
        self._known = np.zeros((_MOST_WORDS, models[0].get_dim("nO") * len(models)), dtype=np.float32)
        self._row: dict[bytes, int] = {}

    def of(self, docs: Sequence[Doc]) -> list[Floats]:
        """For each model the vectors of all tokens of all documents, one row a token."""
        features = np.concatenate([doc.to_array(self._columns) for doc in docs])
        # Documents lie apart, so that none is mixed with its neighbour.
        lengths = np.array([len(doc) for doc in docs])
        places = np.arange(len(features)) + self._pad * np.repeat(np.arange(1, len(docs) + 1), lengths)
        apart = np.zeros((len(features) + self._pad * (len(docs) + 1), self._known.shape[1]), dtype=np.float32)
        apart[places] = self._embedded(features)
        parts = np.split(apart, len(self._encoders), axis=1)
        return [_encode(part, layers)[places] for part, layers in zip(parts, self._encoders, strict=True)]

    def _embedded(self, features: Features) -> Floats:
        """What the words alone say, kept for the next text that holds them."""
        keys: list[bytes] = np.ascontiguousarray(features).view(f"V{features[0].nbytes}").ravel().tolist()
        new = {key: position for position, key in enumerate(keys) if key not in self._row}
        if len(self._row) + len(new) > _MOST_WORDS:
            self._row.clear()
            new = {key: position for position, key in enumerate(keys)}
        if len(new) > _MOST_WORDS:
            return self._embed(features)
        if new:
            first = len(self._row)
            self._known[first : first + len(new)] = self._embed(features[list(new.values())])
            self._row.update((key, first + index) for index, key in enumerate(new))
        embedded: Floats = self._known[[self._row[key] for key in keys]]
        return embedded

    def _embed(self, features: Features) -> Floats:
        parts = []
        for embedding in self._embeddings:
            mine = np.ascontiguousarray(features[:, [self._columns.index(name) for name in _columns(embedding)]])
            tables, mix = embedding.layers[2].layers[0], embedding.layers[3].layers[0]
            parts.append(mix.predict(tables.predict(mine)))
        return np.concatenate(parts, axis=1)


def _columns(embedding: Any) -> list[str]:
    columns: list[str] = embedding.layers[0].attrs["columns"]
    return columns


def _layers(encoder: Any) -> list[_Layer]:
    layers = []
    for residual in encoder.layers[0].layers:
        nodes = {node.name: node for node in residual.walk()}
        weight, bias = nodes["maxout"].get_param("W"), nodes["maxout"].get_param("b")
        norm = nodes["layernorm"]
        outputs, pieces, inputs = weight.shape
        side_by_side = np.ascontiguousarray(weight.transpose(2, 1, 0).reshape(inputs, pieces * outputs))
        layers.append(
            _Layer(side_by_side, bias.T.reshape(-1).copy(), norm.get_param("G").copy(), norm.get_param("b").copy())
        )
    return layers


def _encode(vectors: Floats, layers: Sequence[_Layer]) -> Floats:
    width = vectors.shape[1]
    for layer in layers:
        window = np.zeros((len(vectors), 3 * width), dtype=np.float32)
        window[1:, :width] = vectors[:-1]
        window[:, width : 2 * width] = vectors
        window[:-1, 2 * width :] = vectors[1:]
        pieces = window @ layer.weight
        pieces += layer.bias
        best = np.maximum(pieces[:, :width], pieces[:, width : 2 * width])
        np.maximum(best, pieces[:, 2 * width :], out=best)
        best -= best.mean(axis=1, keepdims=True)
        best /= np.sqrt(np.einsum("ij,ij->i", best, best)[:, None] / width + np.float32(_TINY))
        best *= layer.gain
        best += layer.shift
        vectors = vectors + best
    return vectors
