"""Lists of people that the parser breaks up: "six soldiers, a nurse, her son and two of the drivers"."""

from __future__ import annotations

from incidents.extraction.people import may_be_people
from incidents.extraction.syntax import Tree
from incidents.extraction.words import word_set
from incidents.language.types import Token

_OPENING = word_set("a an his her their its another one")
# What may stand in a noun phrase before its noun.
_BEFORE_NOUN = frozenset(["ADJ", "NUM", "NOUN", "PROPN", "PART", "DET", "PRON"])
# The parser takes many a surname for an organisation.
_NAMED = ("PERSON", "ORG", "")
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
        # "Omar Said, a friend and a great man": he is both.
        also_he = last and not comma and not found and noun.entity == "PERSON" and _has_article(tree, position)
        item = (
            _item(tree, position, end, named=noun.entity == "PERSON" or last)
            if (comma or last) and not also_he
            else None
        )
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


def first_listed(tree: Tree, noun: Token) -> Token:
    """The first of the list that a noun stands in: of "six nurses, a clerk and two guards were killed" the parser may
    give the verb no more than the clerk."""
    start = max(tree.sentence_of(noun).first, noun.index - _MOST_ITEMS * _LONGEST_ITEM)
    for candidate in tree.tokens[start : noun.index]:
        if candidate.pos in ("NOUN", "PROPN") and candidate.dep != "pobj" and noun in enumerated(tree, candidate):
            return candidate
    return noun


def _has_article(tree: Tree, position: int) -> bool:
    return position < len(tree.tokens) and tree[position].text.lower() in ("a", "an")


def _skip(tree: Tree, position: int, end: int, word: str) -> tuple[int, bool]:
    if position < end and tree[position].text.lower() == word:
        return position + 1, True
    return position, False


def _item(tree: Tree, position: int, end: int, *, named: bool) -> Token | None:
    """`named`: it may be a bare name, or the last with a title ("and candidate Luis Pardo")."""
    if position >= end:
        return None
    last = position
    while last + 1 < min(end, position + _LONGEST_ITEM) and tree[last + 1].pos in _BEFORE_NOUN:
        last += 1
    noun = tree[last]
    if not _opens(tree[position]) and not (named and noun.pos == "PROPN" and noun.entity in _NAMED):
        return None
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
