"""Verbs that no list has and the encoder reads as violence: "their cart drove over a bomb", "a boat blew a hole in its
hull". Its status head finds them, its kind head names them where nothing said with them does."""

from __future__ import annotations

from collections.abc import Container, Iterator

from incidents.extraction import lexicon
from incidents.extraction.instruments import OBJECTS, SUBJECTS, instrument, loads_of
from incidents.extraction.kinds import READ_AS, Kind
from incidents.extraction.lexicon import Strength
from incidents.extraction.people import may_be_people
from incidents.extraction.syntax import Tree
from incidents.extraction.triggers import SURELY, Trigger, doers_of, share_that_happened, strikes_a_ship, subjects_of
from incidents.language.classes import KINDS
from incidents.language.types import Token

# The share of the status head from which a verb alone is one; beside a word of harm or a weapon it is SURELY. Of 17 articles
# that nobody had tuned to, strict F1 was .65 at 0.9, .63 at 0.8 and .62 at 0.7 (docs/training.md: A).
_CERTAINLY = 0.9
# From this share of the kind head its kind is taken; below, it is an attack of some kind.
_OF_A_KIND = 0.35
_KINDS = {names[0]: kind for kind, names in READ_AS.items()}
# Beside these "set": fire that is not told by the lists is set to what is one's own.
_LISTED = lexicon.HARM_VERBS | lexicon.ARRESTS | lexicon.TAKING | {"set"}


def read_triggers(tree: Tree, known: Container[int]) -> Iterator[Trigger]:
    """Those beside the tokens in `known`, in text order. A sentence of drills and films has none."""
    for sentence in tree.sentences:
        tokens = tree.sentence_tokens(sentence.index)
        words = {word for token in tokens for word in (token.lemma.lower(), token.text.lower())}
        if not words.isdisjoint(lexicon.STAGED):
            continue
        harm = not words.isdisjoint(lexicon.HARM_VERBS)
        for token in tokens:
            if token.pos != "VERB" or token.index in known:
                continue
            if token.lemma.lower() in _LISTED and not _takes_people(tree, token):
                continue
            if trigger := _trigger(tree, token, beside_harm=harm):
                yield trigger


def _takes_people(tree: Tree, verb: Token) -> bool:
    """ "Seven aid workers were seized", and not a town or weapons."""
    taken = tree.children(verb, "dobj", "nsubjpass")
    return verb.lemma.lower() in lexicon.TAKING and any(noun.pos == "NOUN" and may_be_people(noun) for noun in taken)


def _trigger(tree: Tree, verb: Token, *, beside_harm: bool) -> Trigger | None:
    share = share_that_happened(tree, verb)
    if share < SURELY or _is_told_by_a_noun(tree, verb):
        return None
    # By what it was done, and not to what: strikes destroy bombs.
    loads = loads_of(tree, tree.children(verb, *SUBJECTS, *OBJECTS))
    means = instrument(tree, [*doers_of(tree, verb), *tree.prepositional(verb, "by", "with", "from"), *loads])
    if means is Kind.AIR_STRIKE and verb.lemma.lower() == "crash":
        return None
    if share < _CERTAINLY and not (means or beside_harm):
        return None
    kind = Kind.SHIP_ATTACK if strikes_a_ship(tree, verb) else means or _kind(tree, verb)
    return Trigger(verb.index, kind, Strength.PLAIN, verb=True)


def _is_told_by_a_noun(tree: Tree, verb: Token) -> bool:
    """ "A strike destroyed", "caused no deaths"."""
    told = {word.lemma.lower() for word in subjects_of(tree, verb)} & lexicon.NOUNS.keys()
    return bool(told) or any(word.lemma.lower() in lexicon.HARM_NOUNS for word in tree.children(verb, *OBJECTS))


def _kind(tree: Tree, verb: Token) -> Kind:
    signals = tree.document.signals
    shares = signals.kind_of(verb.start, verb.end) if signals is not None else None
    if shares is None or float(shares.max()) < _OF_A_KIND:
        return Kind.ARMED_ATTACK
    return _KINDS[KINDS[int(shares.argmax())]]
