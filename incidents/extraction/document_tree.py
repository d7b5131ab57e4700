"""The dependency tree of a whole document: ways between tokens, clauses, subtrees."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from incidents.language.types import Document, Token

# Real parses are a dozen deep; the bound keeps a malformed one from costing more than it should.
_DEEPEST = 60
_UNRELATED = 99


class DocumentTree:
    """The tokens of a document with their dependents, computed once. Tokens go by their index in the document."""

    def __init__(self, document: Document) -> None:
        self.tokens = document.tokens
        self.sentences = document.sentences
        self._starts = [token.start for token in document.tokens]
        self._children: list[list[int]] = [[] for _ in document.tokens]
        for token in document.tokens:
            if token.head != token.index:
                self._children[token.head].append(token.index)

    def token_at(self, offset: int) -> int:
        """The token at or before a character."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def children(self, index: int, *deps: str) -> list[Token]:
        found = (self.tokens[child] for child in self._children[index])
        return [token for token in found if not deps or token.dep in deps]

    def subtree(self, index: int, most: int = 400) -> list[int]:
        """The token and all below it, nearest first, at most about `most`."""
        found = [index]
        for current in found:
            if len(found) >= most:
                break
            found.extend(self._children[current])
        return found

    def ancestors(self, index: int) -> Iterator[Token]:
        """From the governor upwards."""
        for _ in range(_DEEPEST):
            head = self.tokens[index].head
            if head == index:
                return
            yield self.tokens[head]
            index = head

    def clause(self, index: int) -> int:
        """The token that heads the clause: the nearest verb upwards (or the root)."""
        if self.tokens[index].pos in ("VERB", "AUX"):
            return index
        for ancestor in self.ancestors(index):
            index = ancestor.index
            if ancestor.pos in ("VERB", "AUX"):
                break
        return index

    def sentence_tokens(self, sentence: int) -> tuple[Token, ...]:
        span = self.sentences[sentence]
        return self.tokens[span.first : span.last]

    def modifiers(self, index: int) -> list[Token]:
        """What stands before a noun: compounds, adjectives, possessors and numbers, and theirs."""
        found: list[Token] = []
        for child in self.children(index, "compound", "amod", "nmod", "poss", "nummod", "npadvmod"):
            found.append(child)
            found.extend(self.children(child.index, "compound", "amod", "npadvmod"))
        return found

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
