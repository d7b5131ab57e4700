"""Subjects that the parser breaks up: of "the mayor (of the left) and two guards were killed" it keeps the guards."""

from __future__ import annotations

from collections.abc import Sequence

from incidents.extraction.syntax import Tree
from incidents.extraction.victims import STATE_WORDS, Part, Victims
from incidents.language.types import Token

_OPENS = {")": "(", "]": "["}
_DASHES = frozenset(["-", "--", "\u2013", "\u2014"])
_PLURAL = frozenset(["were", "are", "have"])
# What may stand after a noun and still belong to it.
_BELOW = frozenset(["appos", "conj", "compound", "nmod", "amod", "nummod", "poss", "dep", "pobj"])
_OPENING_CLAUSES = frozenset(["after", "before", "that", "when", "while", "and"])
_LONGEST_CHAIN = 20


def lost_before(victims: Victims, verb: Token, found: Sequence[Part]) -> list[Part]:
    """The people joined by "and" to the first of those found; where the verb is plural and none is seen, one more."""
    tree = victims.tree
    alone = len(found) == 1 and found[0].low == found[0].high == 1 and _is_plural(tree, verb)
    someone = [found[0]] if alone else []
    joint, start = min(part.first for part in found) - 1, tree.sentence_of(verb).first
    if joint < start:
        return []
    if tree[joint].text.lower() != "and":
        inside = {tree[index].text.lower() for part in found for index in range(part.first, part.last)}
        return someone if "and" in inside else []
    if joint == start:
        return someone
    noun = _governor(tree, tree[_skip_aside(tree, joint - 1, start)])
    parts = [part for part in victims.parts(noun) if part.last <= joint]
    between = {tree[index].text.lower() for part in parts for index in range(part.last, joint)}
    # "12 dead and 30 injured": the twelve are told of by a word of their own.
    return [] if not between.isdisjoint(STATE_WORDS | {"killed"}) else parts or someone


def _is_plural(tree: Tree, verb: Token) -> bool:
    own = tree.children(verb, "auxpass", "aux")
    shared = tree.children(tree[verb.head], "auxpass", "aux") if verb.dep == "conj" and not own else []
    return not _PLURAL.isdisjoint(child.text.lower() for child in own + shared)


def _skip_aside(tree: Tree, index: int, start: int) -> int:
    """From the last word before "and" leftwards past a comma, brackets, or what stands between dashes."""
    while index > start and tree[index].pos == "PUNCT":
        text = tree[index].text
        if text in _OPENS or text in _DASHES:
            opening = _OPENS.get(text, text)
            index = next((back for back in range(index - 1, start, -1) if tree[back].text == opening), index)
        index -= 1
    return max(index, start)


def _governor(tree: Tree, noun: Token) -> Token | None:
    """The first noun of what ends with this one: "Omar Said, head of the union" is about Omar Said."""
    for _ in range(_LONGEST_CHAIN):
        head = tree[noun.head]
        if noun.dep == "pobj":
            if head.text.lower() in _OPENING_CLAUSES:
                break
            above = tree[head.head]
            if above.index >= head.index or above.pos not in ("NOUN", "PROPN"):
                return None
            noun = above
        elif noun.dep in _BELOW and head.index < noun.index and head.pos in ("NOUN", "PROPN", "ADJ"):
            noun = head
        else:
            break
    return noun if noun.pos in ("NOUN", "PROPN", "ADJ") and noun.dep != "dobj" else None
