"""The weapon that a word of violence names among its arguments, and the kind of incident that it makes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from incidents.extraction import lexicon
from incidents.extraction.kinds import Kind
from incidents.extraction.lexicon import PRECEDENCE
from incidents.extraction.syntax import Tree
from incidents.language.types import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
OBJECTS = ("dobj", "obj", "dative", "oprd", "attr")
_BY_MEANS_OF = frozenset(["by", "with", "using", "in", "from", "of", "via", "through", "involving", "when", "after"])

_OF_STATES = ("NORP", "GPE", "PRODUCT")
# "B-52 bombers".
_AIRCRAFT = re.compile(r"[A-Z][a-z]{0,2}-\d{1,3}\w?s?$")
_LONGEST_MODEL = 3
_FLYING = frozenset(
    [
        "strategic",
        "stealth",
        "heavy",
        "range",
        "long-range",
        "tactical",
        "fighter",
        "force",
        "army",
        "regime",
        "government",
        "dive",
    ]
)


def arguments(tree: Tree, word: Token) -> list[Token]:
    """Subjects, agents, objects and what follows "with", "by", "in" of a verb or noun, conjuncts included."""
    found = tree.children(word, *SUBJECTS, *OBJECTS)
    found.extend(of for noun in list(found) for of in told_of(tree, noun))
    # "A charge launched from a drone fell on the camp".
    clauses = [clause for noun in list(found) for clause in tree.children(noun, "acl")]
    found.extend(loads_of(tree, found))
    sent = [clause for clause in clauses if clause.lemma.lower() in lexicon.VERBS_THAT_SEND]
    found.extend(sender for clause in sent for sender in tree.prepositional(clause, "from", "by"))
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
    kinds = {kind for token in tokens for word in (token, *tree.modifiers(token)) if (kind := _kind(tree, word))}
    return min(kinds, key=PRECEDENCE.index) if kinds else None


def _kind(tree: Tree, word: Token) -> Kind | None:
    """ "Bombers struck in Jolo" carried their bombs; those of a state or an air force fly."""
    if word.lemma.lower() == "bomber":
        before = tree.modifiers(word)
        named = _AIRCRAFT.search(tree.text(max(0, word.index - _LONGEST_MODEL), word.index))
        if named or any(each.entity in _OF_STATES or each.lemma.lower() in _FLYING for each in before):
            return Kind.AIR_STRIKE
    if word.lemma.lower() == "chemical" and not _is_chemical_weapon(tree, word):
        return None
    # The lemma of "guided bombs" is "guide".
    return lexicon.INSTRUMENTS.get(word.lemma.lower()) or lexicon.INSTRUMENTS.get(word.text.lower())


def loads_of(tree: Tree, nouns: Iterable[Token]) -> list[Token]:
    """ "A car packed with explosives": the explosives."""
    clauses = [clause for noun in nouns for clause in tree.children(noun, "acl", "amod")]
    filled = [clause for clause in clauses if clause.lemma.lower() in lexicon.FILLED_WITH]
    return [load for clause in filled for load in tree.prepositional(clause, "with")]


def _is_chemical_weapon(tree: Tree, word: Token) -> bool:
    """ "Chemicals" that are thrown, and "a chemical attack"; no "chemical tanker"."""
    head = tree[word.head]
    return word.dep not in ("amod", "compound", "nmod") or head.lemma.lower() in lexicon.CHEMICAL_WEAPONS


def told_of(tree: Tree, noun: Token) -> list[Token]:
    """ "Two waves of missiles": the missiles."""
    if noun.lemma.lower() not in lexicon.MEASURES:
        return []
    return [thing for of in tree.children(noun, "prep") if of.lemma == "of" for thing in tree.children(of, "pobj")]
