"""Walking a parsed sentence: children, subjects, objects, noun phrases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from incidents.extraction.words import word_set
from incidents.language.types import Document, Token

_SUBJECTS = ("nsubj", "nsubjpass")
# What belongs to a noun's own phrase; a clause, an apposition or a prepositional phrase does not.
_INSIDE = word_set("det amod compound nummod poss nmod quantmod predet case advmod npadvmod neg punct nn acomp prt")
_CIRCUMSTANCE = frozenset(["in", "during", "from", "amid"])
_LONGEST_CHAIN = 12


class Tree:
    """One sentence of a document with the children of every token; built in one pass over the sentence."""

    def __init__(self, document: Document, sentence: int) -> None:
        self.document = document
        self.sentence = document.sentences[sentence]

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.document.tokens[self.sentence.first : self.sentence.last]

    def __getitem__(self, index: int) -> Token:
        return self.document.tokens[index]

    @cached_property
    def _children(self) -> dict[int, list[Token]]:
        children: dict[int, list[Token]] = {}
        for token in self.tokens:
            if token.head != token.index:
                children.setdefault(token.head, []).append(token)
        return children

    def children(self, token: Token, *deps: str) -> list[Token]:
        """The dependents of a token in their order, of the named relations where any is named."""
        below = self._children.get(token.index, [])
        return [child for child in below if child.dep in deps] if deps else below

    def child(self, token: Token, *deps: str) -> Token | None:
        return next(iter(self.children(token, *deps)), None)

    def parent(self, token: Token) -> Token | None:
        """None for the root."""
        return self[token.head] if token.head != token.index else None

    def next(self, token: Token) -> Token | None:
        return self[token.index + 1] if token.index + 1 < self.sentence.last else None

    def previous(self, token: Token) -> Token | None:
        return self[token.index - 1] if token.index > self.sentence.first else None

    def conjuncts(self, token: Token) -> Iterator[Token]:
        """The token and everything joined to it by "and", however the parser chained it."""
        waiting = [token]
        while waiting:
            current = waiting.pop(0)
            yield current
            waiting.extend(self.children(current, "conj"))

    def subtree(self, token: Token) -> tuple[int, int]:
        """First and last (exclusive) token below and with the token."""
        first = last = token.index
        waiting = [token]
        while waiting:
            current = waiting.pop()
            first, last = min(first, current.index), max(last, current.index)
            waiting.extend(self.children(current))
        return first, last + 1

    def phrase(self, noun: Token) -> tuple[int, int]:
        """First and last (exclusive) token of a noun's own phrase: up to the noun, without clauses after it."""
        first = noun.index
        for child in reversed(self.children(noun)):
            if child.index < noun.index and child.dep in _INSIDE:
                first = min(first, self.subtree(child)[0])
        while first < noun.index and self[first].pos == "PUNCT":
            first += 1
        return first, noun.index + 1

    def prepositional(self, token: Token, *words: str) -> Iterator[Token]:
        """The nouns that hang on the token by one of these prepositions."""
        for preposition in self.children(token, "prep", "agent", "dative"):
            if preposition.text.lower() in words:
                yield from self.children(preposition, "pobj")

    def is_passive(self, verb: Token) -> bool:
        """A passive with its auxiliary, or a participle that stands alone ("three killed in raid")."""
        if self.child(verb, "auxpass", "nsubjpass", "agent"):
            return True
        return verb.tag == "VBN" and not self.child(verb, "dobj", "aux")

    def subject(self, verb: Token) -> Token | None:
        """The subject, one's own or the one shared with the verb this one is joined to; a relative pronoun resolved."""
        current: Token | None = verb
        for _ in range(_LONGEST_CHAIN):
            if current is None:
                return None
            found = self.child(current, *_SUBJECTS)
            if found:
                return self.antecedent(found, current)
            if current.dep in ("acl", "relcl"):
                return self.parent(current)
            if current.dep not in ("conj", "xcomp", "advcl", "pcomp", "ccomp"):
                return None
            if current.dep == "pcomp":
                preposition = self.parent(current)
                # "Killed in shelling": the dead did not shell.
                if preposition is None or preposition.text.lower() in _CIRCUMSTANCE:
                    return None
                current = self.parent(preposition)
                # "Accused Russia of shelling", "praised the unit for striking": the object is who did it.
                if current is not None and preposition.text.lower() in ("of", "for"):
                    blamed = self.child(current, "dobj")
                    if blamed is not None:
                        return blamed
            elif current.dep == "ccomp" and self.child(current, "mark"):
                return None
            else:
                current = self.parent(current)
        return None

    def antecedent(self, noun: Token, verb: Token) -> Token:
        """The noun a relative pronoun stands for."""
        if noun.text.lower() in ("who", "that", "which", "whom") and verb.dep in ("relcl", "acl"):
            return self.parent(verb) or noun
        return noun

    def text(self, first: int, last: int) -> str:
        return self.document.text[self[first].start : self[last - 1].end]
