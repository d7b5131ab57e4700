"""From a noun to a figure: how many people a noun phrase of one sentence stands for, and whether they fight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from incidents.extraction.calendar_words import MONTHS
from incidents.extraction.enumeration import enumerated
from incidents.extraction.numbers import Quantity
from incidents.extraction.people import COLLECTIVE, group_of, may_be_people
from incidents.extraction.syntax import Tree
from incidents.extraction.words import word_set
from incidents.language.types import Token

STATE_WORDS = word_set("dead wounded injured hurt")
ANYONE = word_set("anyone anybody any")
_ONE = word_set("him her he she someone somebody another one")
_NOBODY = word_set(
    "we us you i me they them those these himself herself themselves itself it which what myself ourselves yourself"
)
_ANY_PEOPLE = word_set("people person civilian victim other individual citizen resident casualty member human")
_ANOTHER_ONE = word_set("old other second third fourth fifth")
_UNITS = word_set("year day hour month week percent % time")
_MONTHS = word_set("january february march april june july august september october november december sept").union(
    MONTHS
)
_BODIES = word_set("body corpse remains")
# Between a figure and the participle that counts it stand a noun, its adjectives and an auxiliary or two.
_BESIDE_REACH = 7


class Part(NamedTuple):
    """People of one noun phrase: tokens `first` to `last` (exclusive); `high` None is an open end."""

    first: int
    last: int
    low: int
    high: int | None
    group: str

    @property
    def is_nobody(self) -> bool:
        return self.high == 0


_OF_ONE = ("an", "i")


class Victims:
    """The people of one sentence and the figures before them."""

    def __init__(self, tree: Tree, quantities: Sequence[Quantity]) -> None:
        self.tree = tree
        self.quantities = quantities
        self.covering = {token: quantity for quantity in quantities for token in range(quantity.first, quantity.last)}

    def parts(self, noun: Token | None) -> list[Part]:
        """The figures of a noun and of those joined to it by "and"; an enumeration in a headline joins by commas."""
        if noun is None:
            return []
        above = self.tree.parent(noun)
        if noun.lemma.lower() in _BODIES:
            noun = next(self.tree.prepositional(noun, "of"), noun)
        listed = noun.dep == "appos" and above is not None and self._has_figure(above) and self._has_figure(noun)
        found = self._joined(above) if listed and above is not None else []
        return self._without_breakdown(found + self._joined(noun), noun)

    def _without_breakdown(self, parts: list[Part], noun: Token) -> list[Part]:
        """ "Three reporters, two of them foreigners and a local": who they were does not make them more.

        A list that says so is closed by a comma, or opens with people of any kind; one that runs into its verb, or that
        the parser joins by "and" all along, tells of more.
        """
        total, rest = parts[:1], parts[1:]
        if rest and self._are_among(rest[-1]):
            return total
        if len(rest) < 2 or not total[0].high == total[0].low == sum(part.low for part in rest):
            return parts
        words = {self.tree[index].text.lower() for index in range(rest[0].first, rest[0].last + 2)}
        told = noun.lemma.lower() in _ANY_PEOPLE or noun.dep == "appos" or not words.isdisjoint(("them", "whom"))
        after = self.tree.next(self.tree[rest[-1].last - 1])
        runs_on = after is not None and after.pos in ("AUX", "VERB")
        closed = after is not None and after.text == ","
        return parts if not told and not closed and (runs_on or self._are_conjuncts(noun, rest)) else total

    def _are_among(self, last: Part) -> bool:
        """ "Three people, a father and his son among them"."""
        after = [token.text.lower() for token in self.tree.tokens[last.last : last.last + 2]]
        return after in (["among", "them"], ["among", "those"])

    def _are_conjuncts(self, noun: Token, parts: list[Part]) -> bool:
        joined = {conjunct.index for conjunct in self.tree.conjuncts(noun)}
        return all(joined.intersection(range(part.first, part.last)) for part in parts)

    def _joined(self, noun: Token) -> list[Part]:
        parts: list[Part] = []
        joined = [*self.tree.conjuncts(noun), *self._joined_below(noun)]
        known = {conjunct.index for conjunct in joined}
        joined += [item for item in enumerated(self.tree, noun) if item.index not in known]
        for conjunct in joined:
            if conjunct is noun or not self._starts_another(conjunct):
                part = self._part(conjunct)
                if part is not None and not (parts and self._shares_figure(noun, conjunct)):
                    parts.append(part)
        return parts

    def _joined_below(self, noun: Token) -> list[Token]:
        """ "The driver of the bus and two soldiers": people whom the parser joins to the bus."""
        things = [thing for thing in self.tree.prepositional(noun, "of") if not may_be_people(thing)]
        below = [other for thing in things for other in self.tree.conjuncts(thing) if other is not thing]
        return [other for other in below if self._has_figure(other) and may_be_people(other)]

    def _shares_figure(self, first: Token, conjunct: Token) -> bool:
        """ "12 men and women", "70 patients and their companions": one figure for both."""
        begin, end = self.tree.phrase(conjunct)
        many = conjunct.tag in ("NNS", "NNPS") or conjunct.lemma.lower() in COLLECTIVE
        alone = end - begin - (self.tree.child(conjunct, "poss") is not None) == 1
        return self._has_figure(first) and alone and many

    def _has_figure(self, noun: Token) -> bool:
        return self.quantity(self.tree.phrase(noun)[0], noun) is not None

    def _starts_another(self, conjunct: Token) -> bool:
        """ "Killed 12 people and 5 wounded": the five are counted by the word after them."""
        after = self.tree.next(conjunct)
        return conjunct.pos == "VERB" or (after is not None and after.text.lower() in STATE_WORDS)

    def _part(self, noun: Token) -> Part | None:
        first, last = self.tree.phrase(noun)
        quantity = self.quantity(first, noun)
        if not may_be_people(noun, counted=quantity is not None):
            return None
        if quantity is None and noun.lemma.lower() in COLLECTIVE:
            for of in self.tree.prepositional(noun, "of"):
                quantity = self.quantity(self.tree.phrase(of)[0], of)
                last = max(last, of.index + 1)
        group = self._group(noun)
        if quantity is not None:
            return Part(min(first, quantity.first), max(last, quantity.last), quantity.low, quantity.high, group)
        figure = self._unwritten_figure(noun)
        return Part(first, last, *figure, group) if figure else None

    def _unwritten_figure(self, noun: Token) -> tuple[int, int | None] | None:
        """One for a singular, two for "both", more than one for a plural; None for what counts nobody."""
        word = noun.text.lower()
        # "A 17-year-old"; "a third was wounded", "the other injured".
        if noun.entity == "ORDINAL" or word in _ANOTHER_ONE:
            return 1, 1
        if word in _NOBODY or word in ANYONE:
            return None
        if word == "both" or any(child.text.lower() == "both" for child in self.tree.children(noun, "det", "predet")):
            return 2, 2
        # "Palestinian shot dead": a headline's adjective of one person; "the British" are many.
        national = noun.pos == "ADJ" and noun.entity == "NORP" and word.endswith(_OF_ONE)
        if (
            word in _ONE
            or (national and self.tree.child(noun, "det") is None)
            or noun.entity == "PERSON"
            or (noun.tag in ("NN", "NNP") and noun.lemma.lower() not in COLLECTIVE)
        ):
            return 1, 1
        return 2, None

    def _group(self, noun: Token) -> str:
        words = [self.tree[index].lemma.lower() for index in range(*self.tree.phrase(noun))]
        below = [of.lemma.lower() for of in self.tree.prepositional(noun, "of")]
        return group_of(noun.lemma.lower(), words + below)

    def quantity(self, first: int, noun: Token) -> Quantity | None:
        """The last quantity between a token and the noun; ages and units ("a 23-year-old") are none."""
        found = None
        for quantity in self.quantities:
            if quantity.first > noun.index:
                break
            if quantity.last > first and quantity.number <= noun.index and self.is_count(quantity):
                found = quantity
        return found

    def _word_after(self, quantity: Quantity) -> Token | None:
        return self.tree.next(self.tree[quantity.last - 1])

    def is_count(self, quantity: Quantity) -> bool:
        after = self._word_after(quantity)
        if after is None:
            return True
        glued = after.text in ("-", "\u2013", "%") and after.start == self.tree[quantity.last - 1].end
        dated = after.pos == "PROPN" and after.text.rstrip(".").lower() in _MONTHS  # "22 Aug."
        return not glued and not dated and after.lemma.lower() not in _UNITS

    def bare(self, quantity: Quantity) -> Part:
        """A quantity without a noun, or with one that the parse does not tie to it."""
        after = self._word_after(quantity)
        if after is not None and after.pos in ("NOUN", "PROPN") and may_be_people(after, counted=True):
            return Part(quantity.first, after.index + 1, quantity.low, quantity.high, self._group(after))
        return Part(quantity.first, quantity.last, quantity.low, quantity.high, "")

    def someone(self, noun: Token) -> Part:
        """One person, of whom nothing is known but this noun."""
        return Part(*self.tree.phrase(noun), 1, 1, self._group(noun))

    def before(self, token: Token, barred: frozenset[str] = frozenset()) -> list[Part]:
        """The figure that stands before a participle where the parse is of no help ("4 Others Wounded").

        Words of `barred` and punctuation end the search: what is before them is told by another word.
        """
        current = self.tree.previous(token)
        for _ in range(_BESIDE_REACH):
            if current is None or (current.pos == "PUNCT" and current.text != "-") or current.text.lower() in barred:
                break
            quantity = self.covering.get(current.index)
            if quantity is not None:
                noun = self.tree[quantity.last] if quantity.last < token.index else None
                people = noun is None or noun.pos not in ("NOUN", "PROPN") or may_be_people(noun, counted=True)
                return [self.bare(quantity)] if people and self.is_count(quantity) else []
            if current.pos in ("ADP", "SCONJ", "CCONJ"):
                break
            current = self.tree.previous(current)
        return []

    def after(self, token: Token) -> list[Part]:
        """The figure, or the noun without one, right after an active verb ("Blast Kills 5", "kills woman, two children")."""
        following = self.tree.next(token)
        quantity = self.covering.get(following.index) if following is not None else None
        if quantity is not None:
            noun = self._word_after(quantity)
            people = noun is None or noun.pos != "NOUN" or may_be_people(noun, counted=True)
            return [self.bare(quantity)] if people and self.is_count(quantity) else []
        if following is not None and following.dep == "det" and following.head > following.index:
            noun = self.tree[following.head]
            return self.parts(noun) if noun.tag == "NN" and may_be_people(noun) else []
        noun = following
        while noun is not None and noun.dep == "compound" and noun.index < noun.head:
            noun = self.tree[noun.head]
        one = noun is not None and noun.tag == "NN" and noun.lemma.lower() not in COLLECTIVE and may_be_people(noun)
        return [self.someone(noun)] if noun is not None and one else []
