"""Lists of people that the parser breaks up: "six soldiers, a nurse, her son and two of the drivers"."""

from __future__ import annotations

from incidents.extraction.people import may_be_people
from incidents.extraction.syntax import Tree
from incidents.extraction.words import word_set
from incidents.language.types import Token

_OPENING = word_set("a an his her their its another one")
# What may stand in a noun phrase before its noun.
_BEFORE_NOUN = frozenset(["ADJ", "NUM", "NOUN", "PROPN", "PART", "DET", "PRON"])
_MOST_ITEMS = 12
_LONGEST_ITEM = 10


def enumerated(tree: Tree, noun: Token) -> list[Token]:
    """The nouns of a list that goes on after a noun, one that ends with "and"; none for an apposition.

    Each begins with a number, an article or a possessive, so that "the mayor, a doctor" stays one person.
    """
    end = tree.sentence_of(noun).last
    position = noun.index + 1
    found: list[Token] = []
    for length in range(_MOST_ITEMS):
        position, comma = _skip(tree, position, end, ",")
        position, last = _skip(tree, position, end, "and")
        item = _item(tree, position, end) if comma or last else None
        if item is None:
            return []
        named = found[-1] if found else noun
        # "John Smith, a doctor": the doctor is he.
        if last or named.entity != "PERSON" or not _has_article(tree, position):
            found.append(item)
        if last:
            return found if length else []
        position = _after(tree, item, end)
    return []


def _has_article(tree: Tree, position: int) -> bool:
    return tree[position].text.lower() in ("a", "an")


def _skip(tree: Tree, position: int, end: int, word: str) -> tuple[int, bool]:
    if position < end and tree[position].text.lower() == word:
        return position + 1, True
    return position, False


def _item(tree: Tree, position: int, end: int) -> Token | None:
    if position >= end or not _opens(tree[position]):
        return None
    last = position
    while last + 1 < min(end, position + _LONGEST_ITEM) and tree[last + 1].pos in _BEFORE_NOUN:
        last += 1
    noun = tree[last]
    return noun if noun.pos in ("NOUN", "PROPN") and may_be_people(noun, counted=True) else None


def _opens(token: Token) -> bool:
    return token.pos == "NUM" or token.text.lower() in _OPENING or token.entity == "PERSON"


def _after(tree: Tree, item: Token, end: int) -> int:
    """Past an "of" phrase that belongs to an item ("two members of the guard")."""
    position = item.index + 1
    if position < end and tree[position].text.lower() in ("of", "from"):
        position += 1
        while position < min(end, item.index + _LONGEST_ITEM) and tree[position].pos in _BEFORE_NOUN:
            position += 1
    return position
