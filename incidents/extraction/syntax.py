"""Walking the parse of a document: children, subjects, objects, noun phrases, ways from one word to another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from incidents.extraction.words import word_set
from incidents.language.types import Document, Sentence, Token

_SUBJECTS = ("nsubj", "nsubjpass")
# What belongs to a noun's own phrase; a clause, an apposition or a prepositional phrase does not.
_INSIDE = word_set("det amod compound nummod poss nmod quantmod predet case advmod npadvmod neg punct nn acomp prt")
_CIRCUMSTANCE = frozenset(["in", "during", "from", "amid"])
_LONGEST_CHAIN = 12
# Real parses are a dozen deep; the bound keeps a malformed one from costing more than it should.
_DEEPEST = 60
_UNRELATED = 99


class Tree:
    """The dependency tree of a document. The children of a sentence are gathered when one of its words is first asked.

    A word is a `Token` where its relatives are asked for, its index in the document where two places in the text are
    compared (`clause`, `distance`, `ways`).
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.sentences = document.sentences
        self._children: dict[int, dict[int, list[Token]]] = {}
        self._starts: list[int] = []

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    def sentence_of(self, token: Token) -> Sentence:
        return self.sentences[token.sentence]

    def sentence_tokens(self, sentence: int) -> tuple[Token, ...]:
        span = self.sentences[sentence]
        return self.tokens[span.first : span.last]

    def token_at(self, offset: int) -> int:
        """The token at or before a character."""
        if not self._starts:
            self._starts = [token.start for token in self.tokens]
        return max(bisect_right(self._starts, offset) - 1, 0)

    def children(self, token: Token, *deps: str) -> list[Token]:
        """The dependents of a token in their order, of the named relations where any is named."""
        if token.sentence not in self._children:
            self._children[token.sentence] = self._gather(token.sentence)
        below = self._children[token.sentence].get(token.index)
        if not below:
            return []
        return [child for child in below if child.dep in deps] if deps else list(below)

    def _gather(self, sentence: int) -> dict[int, list[Token]]:
        children: dict[int, list[Token]] = {}
        for token in self.sentence_tokens(sentence):
            if token.head != token.index:
                children.setdefault(token.head, []).append(token)
        return children

    def child(self, token: Token, *deps: str) -> Token | None:
        return next(iter(self.children(token, *deps)), None)

    def parent(self, token: Token) -> Token | None:
        """None for the root."""
        return self[token.head] if token.head != token.index else None

    def next(self, token: Token) -> Token | None:
        return self[token.index + 1] if token.index + 1 < self.sentence_of(token).last else None

    def previous(self, token: Token) -> Token | None:
        return self[token.index - 1] if token.index > self.sentence_of(token).first else None

    def conjuncts(self, token: Token) -> Iterator[Token]:
        """The token and everything joined to it by "and", however the parser chained it."""
        waiting = [token]
        while waiting:
            current = waiting.pop(0)
            yield current
            waiting.extend(self.children(current, "conj"))

    def below(self, token: Token, most: int = 400) -> list[Token]:
        """The token and all below it, nearest first, at most about `most`."""
        found = [token]
        for current in found:
            if len(found) >= most:
                break
            found.extend(self.children(current))
        return found

    def phrase(self, noun: Token) -> tuple[int, int]:
        """First and last (exclusive) token of a noun's own phrase: up to the noun, without clauses after it."""
        first = noun.index
        for child in reversed(self.children(noun)):
            if child.index < noun.index and child.dep in _INSIDE:
                first = min(first, *(token.index for token in self.below(child)))
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
            head = self.parent(verb)
            # "A rally for the president which killed 26": people are no "which".
            if noun.text.lower() == "which" and head is not None and head.entity == "PERSON":
                return noun
            return head or noun
        return noun

    def text(self, first: int, last: int) -> str:
        return self.document.text[self[first].start : self[last - 1].end]

    def modifiers(self, noun: Token) -> list[Token]:
        """What stands before a noun: compounds, adjectives, possessors and numbers, and theirs."""
        found: list[Token] = []
        for child in self.children(noun, "compound", "amod", "nmod", "poss", "nummod", "npadvmod"):
            found.append(child)
            found.extend(self.children(child, "compound", "amod", "npadvmod"))
        return found

    def ancestors(self, index: int) -> Iterator[Token]:
        """From the governor upwards."""
        for _ in range(_DEEPEST):
            head = self[index].head
            if head == index:
                return
            yield self[head]
            index = head

    def clause(self, index: int) -> int:
        """The token that heads the clause: the nearest verb upwards (or the root)."""
        if self[index].pos in ("VERB", "AUX"):
            return index
        for ancestor in self.ancestors(index):
            index = ancestor.index
            if ancestor.pos in ("VERB", "AUX"):
                break
        return index

    def distance(self, first: int, second: int) -> int:
        """Steps between two tokens through their nearest common governor; 99 if there is none."""
        above = {first: 0}
        for steps, ancestor in enumerate(self.ancestors(first), 1):
            above[ancestor.index] = steps
        if second in above:
            return above[second]
        for steps, ancestor in enumerate(self.ancestors(second), 1):
            if ancestor.index in above:
                return above[ancestor.index] + steps
        return _UNRELATED

    def ways(self, first: int, second: int) -> tuple[list[int], list[int]]:
        """What lies between each of two tokens and their nearest common governor, all ends left out."""
        way = [first, *(ancestor.index for ancestor in self.ancestors(first))]
        other = [second, *(ancestor.index for ancestor in self.ancestors(second))]
        position = {index: place for place, index in enumerate(way)}
        meeting = next((place for place, index in enumerate(other) if index in position), None)
        if meeting is None:
            return way[1:], other[1:]
        return way[1 : position[other[meeting]]], other[1:meeting]
