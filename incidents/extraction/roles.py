"""Every role around a violent verb or noun: who does it, who says who did, what was attacked and whom it harmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from incidents.extraction.claims import Role, accused, claims, is_suspected, taken_for
from incidents.extraction.doers import (
    AIMED,
    CARRYING_OUT,
    HARMING,
    HARMS,
    MEANS,
    UNDERGOING,
    VICTIM_NOUNS,
    find_doers,
    may_act,
)
from incidents.extraction.people import may_be_people
from incidents.extraction.syntax import Tree
from incidents.extraction.types import ActorRole
from incidents.extraction.words import word_set
from incidents.language.types import Token

_HITTING = word_set(
    "hit target strike attack bomb shell destroy damage ram storm raid pound ambush pummel bombard blast"
)
# "Kidnapped on the outskirts" tells where; "fired on the crowd" tells at whom.
_AIMED_BY_ANY_VERB = ("against", "toward", "towards")
_FIRING = word_set("fire open launch drop shoot carry conduct turn throw hurl lob rain unleash stage mount aim")
_OF_NOUNS = word_set(
    """bombing shelling bombardment killing assassination murder kidnapping abduction execution slaying beheading
    massacre shooting stabbing destruction seizure targeting lynching ambush siege burning"""
)


def find_roles(tree: Tree, trigger: Token) -> Iterator[Role]:
    """Every role around a violent verb or noun, the surest first; a noun may come twice."""
    yield from claims(tree, trigger.sentence)
    blamed = list(accused(tree, trigger))
    yield from blamed
    yield from taken_for(tree, trigger.sentence)
    accusers = {role.says.index for role in blamed if role.says is not None}
    for doer in find_doers(tree, trigger):
        if doer.index in accusers:
            continue
        role = ActorRole.ALLEGED if is_suspected(tree, doer) else ActorRole.PERPETRATOR
        yield Role(role, doer)
        # "Gunmen (suspected separatists)".
        for beside in tree.children(doer, "appos"):
            if is_suspected(tree, beside) and may_act(tree, beside):
                yield Role(ActorRole.ALLEGED, beside)
    harmed = list(_harmed(tree, trigger))
    for noun in harmed:
        yield Role(ActorRole.VICTIM, noun)
    known = {noun.index for noun in harmed}
    for noun in _aims(tree, trigger):
        if noun.index not in known:
            yield Role(ActorRole.TARGET, noun)


# Targets and victims


def _harmed(tree: Tree, trigger: Token) -> Iterator[Token]:
    """Nouns for those killed, wounded, kidnapped: of the trigger, or of a clause of harm right under it."""
    lemma = trigger.lemma.lower()
    if trigger.pos in ("VERB", "AUX"):
        if lemma in HARMING | UNDERGOING:
            yield from _people(tree, _object(tree, trigger))
        for clause in tree.children(trigger, "advcl", "conj", "xcomp"):
            if clause.lemma.lower() in HARMING and not tree.child(clause, "nsubj", "nsubjpass"):
                yield from _people(tree, _object(tree, clause))
        return
    if lemma in VICTIM_NOUNS:
        told = list(tree.prepositional(trigger, "of"))
        for noun in told or tree.children(trigger, "poss"):
            yield from _people(tree, noun)
    verbs = tree.children(trigger, "relcl", "acl")
    parent = tree.parent(trigger)
    if trigger.dep == "nsubj" and parent is not None:
        verbs = [*verbs, parent]
    for verb in verbs:
        if verb.lemma.lower() in HARMING and tree.child(verb, "dobj"):
            yield from _people(tree, tree.child(verb, "dobj"))


def _object(tree: Tree, verb: Token) -> Token | None:
    """What the verb is done to."""
    if verb.lemma.lower() in UNDERGOING:
        return tree.subject(verb)
    if verb.lemma.lower() in HARMING and verb.tag == "VBD" and not tree.child(verb, "dobj", "nsubjpass", "conj"):
        return tree.child(verb, "nsubj")
    found = tree.child(verb, "dobj") or tree.child(verb, "nsubjpass")
    if found is not None:
        return tree.antecedent(found, verb)
    if tree.is_passive(verb) and verb.dep in ("acl", "conj"):
        return tree.subject(verb)
    return None


def _people(tree: Tree, noun: Token | None) -> Iterator[Token]:
    if noun is None:
        return
    for conjunct in tree.conjuncts(noun):
        if conjunct.pos not in ("PRON", "NUM", "VERB") and may_be_people(conjunct):
            yield conjunct


def _aims(tree: Tree, trigger: Token) -> Iterator[Token]:
    """What was attacked: objects of hitting verbs, "on" and "against" after nouns and verbs, "of" after a bombing."""
    nouns: list[Token] = []
    if trigger.pos in ("VERB", "AUX"):
        if trigger.lemma.lower() not in HARMING | UNDERGOING and trigger.lemma.lower() not in CARRYING_OUT - {"launch"}:
            found = _object(tree, trigger)
            if found is not None and found.lemma.lower() not in HARMS:
                nouns.append(found)
        aimed = AIMED if trigger.lemma.lower() in _FIRING else _AIMED_BY_ANY_VERB
        nouns.extend(tree.prepositional(trigger, *aimed))
        nouns.extend(_targeted(tree, tree.children(trigger, "advcl", "xcomp")))
    else:
        nouns.extend(tree.prepositional(trigger, *AIMED))
        if trigger.lemma.lower() in _OF_NOUNS - VICTIM_NOUNS:
            nouns.extend(tree.prepositional(trigger, "of"))
        parent = tree.parent(trigger)
        nouns.extend(_targeted(tree, tree.children(trigger, "acl", "relcl")))
        if parent is not None and trigger.dep == "nsubj":
            nouns.extend(_targeted(tree, [parent]))
        if parent is not None and trigger.dep == "dobj" and parent.lemma.lower() in CARRYING_OUT:
            nouns.extend(tree.prepositional(parent, "on", "against"))
            # "Carried out strikes in Iraq against three sites": the parser may hang "against" on the place.
            nouns.extend(_second_phrase(tree, parent))
        nouns.extend(_second_phrase(tree, trigger))
    for noun in nouns:
        for conjunct in tree.conjuncts(noun):
            if _may_be_aim(conjunct):
                yield conjunct


def _second_phrase(tree: Tree, token: Token) -> Iterator[Token]:
    for place in tree.prepositional(token, "in", "near", "inside", "across"):
        yield from tree.prepositional(place, "against", "on")


def _targeted(tree: Tree, verbs: Iterable[Token]) -> Iterator[Token]:
    for verb in verbs:
        if verb.lemma.lower() in _HITTING:
            found = tree.child(verb, "dobj")
            if found is not None:
                yield found


_VEHICLES = word_set("vehicle car truck vessel boat warship motorcycle tank helicopter aircraft plane jet")


_NO_THING = word_set("DATE TIME GPE LOC ORDINAL MONEY PERCENT")
_NO_AIM = word_set(
    """moment time dawn dusk night day hour morning evening capital area way part place end mouth face head heart request
    order behalf outskirts side edge country nation region province district city town issue basis account charge suspicion hand purpose"""
)


def _may_be_aim(noun: Token) -> bool:
    """A thing or people. A town or country that was struck is the place and goes without a role; so does a day."""
    if noun.pos not in ("NOUN", "PROPN") or noun.lemma.lower() in MEANS - {
        "vehicle",
        "car",
        "truck",
        "vessel",
        "boat",
        "warship",
    }:
        return False
    no_thing = noun.lemma.lower() in _NO_AIM or noun.entity in _NO_THING
    return not no_thing
