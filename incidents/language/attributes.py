"""Part of speech and lemma of a word by its tag and dependency: spaCy's rules, asked once a word.

The rules look at single words, a few at two in a row ("there is", "gonna"); applying them token by token to every text
took longer than the tagger that they complete.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# Answers that are kept, some 0.3 kB each; then all are forgotten.
_MOST_ANSWERS = 30_000
# The words that begin and end the rules for two words in a row; the rule for "there is" begins with a dependency.
_BEFORE = frozenset(["ai", "gon", "got", "let", "c'm", "y", "y'"])
_BEHIND = frozenset(["n't", "nt", "na", "ta", "'s", "on", "all"])
_EXPLETIVE = "expl"
_ALONE = ("-", "HYPH", "punct")


class Word(NamedTuple):
    text: str
    tag: str
    dep: str


class Attributes:
    """`rules` are applied in turn to a document of words with tags and dependencies."""

    def __init__(self, vocab: Vocab, rules: Sequence[Callable[[Doc], Doc]]) -> None:
        self._vocab = vocab
        self._rules = rules
        self._answers: dict[tuple[Word, Word | None, Word | None], tuple[str, str]] = {}

    def of(self, words: Sequence[Word]) -> list[tuple[str, str]]:
        """Part of speech and lemma of each word of a text."""
        asked = [
            (word, _before(before, word), _behind(word, behind))
            for before, word, behind in zip((None, *words), words, (*words[1:], None), strict=False)
        ]
        new = {key for key in asked if key not in self._answers}
        if len(self._answers) + len(new) > _MOST_ANSWERS:
            self._answers.clear()
            new = set(asked)
        if new:
            self._ask(list(new))
        return [self._answers[key] for key in asked]

    def _ask(self, asked: Sequence[tuple[Word, Word | None, Word | None]]) -> None:
        """Each word between its neighbours, or between two words that no rule is about."""
        from spacy.tokens import Doc

        neutral = Word(*_ALONE)
        words = [part for word, before, behind in asked for part in (before or neutral, word, behind or neutral)]
        doc = Doc(
            self._vocab,
            words=[word.text for word in words],
            tags=[word.tag for word in words],
            deps=[word.dep for word in words],
            heads=list(range(len(words))),
        )
        for rule in self._rules:
            doc = rule(doc)
        for index, key in enumerate(asked):
            token = doc[3 * index + 1]
            self._answers[key] = (token.pos_, token.lemma_)


def _before(before: Word | None, word: Word) -> Word | None:
    if before and (before.dep == _EXPLETIVE or before.text.lower() in _BEFORE):
        return before
    return None


def _behind(word: Word, behind: Word | None) -> Word | None:
    return behind if behind and word.text.lower() in _BEFORE and behind.text.lower() in _BEHIND else None
