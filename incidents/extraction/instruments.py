"""The weapon that a word of violence names among its arguments, and the kind of incident that it makes."""

from __future__ import annotations

from collections.abc import Iterable

from incidents.extraction import lexicon
from incidents.extraction.kinds import Kind
from incidents.extraction.lexicon import PRECEDENCE
from incidents.extraction.syntax import Tree
from incidents.language.types import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
OBJECTS = ("dobj", "obj", "dative", "oprd", "attr")
_BY_MEANS_OF = frozenset(["by", "with", "using", "in", "from", "of", "via", "through", "involving", "when", "after"])


def arguments(tree: Tree, word: Token) -> list[Token]:
    """Subjects, agents, objects and what follows "with", "by", "in" of a verb or noun, conjuncts included."""
    found = tree.children(word, *SUBJECTS, *OBJECTS)
    found.extend(of for noun in list(found) for of in told_of(tree, noun))
    with_them = [child for subject in found for child in tree.children(subject, "prep") if child.lemma == "with"]
    for preposition in (*tree.children(word, "prep", "agent"), *with_them):
        if preposition.lemma in _BY_MEANS_OF:
            found.extend(tree.children(preposition, "pobj", "pcomp"))
    for use in [
        child for user in (word, *found) for child in tree.children(user, "advcl", "acl", "xcomp", "prep", "conj")
    ]:
        if use.text.lower() == "using":
            found.extend(tree.children(use, "dobj", "pobj"))
    for token in list(found):
        found.extend(tree.children(token, "conj"))
    return found


def instrument(tree: Tree, tokens: Iterable[Token]) -> Kind | None:
    """The most telling kind of weapon among these words and what stands before them."""
    kinds = {kind for token in tokens for word in (token, *tree.modifiers(token)) if (kind := _weapon(tree, word))}
    return min(kinds, key=PRECEDENCE.index) if kinds else None


def _weapon(tree: Tree, word: Token) -> Kind | None:
    lemma = word.lemma.lower()
    if lemma == lexicon.BOMBER and any(_makes_a_plane(before) for before in tree.modifiers(word)):
        return Kind.AIR_STRIKE
    return lexicon.INSTRUMENTS.get(lemma)


def _makes_a_plane(word: Token) -> bool:
    """ "B-52 bombers", "Russian bombers", "stealth bombers"."""
    named = word.entity in ("NORP", "GPE", "PRODUCT") or any(letter.isdigit() for letter in word.text)
    return named or word.lemma.lower() in lexicon.PLANES


def told_of(tree: Tree, noun: Token) -> list[Token]:
    """ "Two waves of missiles": the missiles."""
    if noun.lemma.lower() not in lexicon.MEASURES:
        return []
    return [thing for of in tree.children(noun, "prep") if of.lemma == "of" for thing in tree.children(of, "pobj")]
