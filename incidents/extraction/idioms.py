"""Deaths, wounds and their absence told by idioms: "did not survive", "lost a leg", "nobody was struck", "driver dead"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from incidents.extraction.harm import GRAVELY, KILLED, WOUNDED, Effect, is_unreal
from incidents.extraction.people import COLLECTIVE, PEOPLE, may_be_people
from incidents.extraction.syntax import Tree
from incidents.extraction.victims import Part, Victims
from incidents.extraction.words import word_set
from incidents.language.types import Token

_LIMBS = word_set("leg foot arm hand eye limb finger toe ear sight eyesight hearing")
# Where a bullet is no death.
_WHERE_HIT = _LIMBS | word_set("shoulder thigh knee hip ankle buttock elbow wrist calf")
_HITTING = word_set("hit shoot strike stab graze")
_MARTYRDOM = word_set("martyrdom shahadat shahada")
_EMBRACING = word_set("embrace attain achieve meet receive")
_BEFORE_A_CLAUSE = (",", ";", ":", ".", "-", "\u2013", "\u2014")
_NOBODY = re.compile(
    r"\b(?:nobody|no[ -]one|none(?: of them)?|no (?:person|people|civilians?|residents?))\s(?:(?:was|were|is|has been|had been|got)\s)?"
    r"(?:struck|hit|touched|affected|(?:suffered|came to|sustained)\s(?:any\s)?(?:harm|injury|injuries))\b"
    r"|\b(?:victims|casualties|losses|injuries|injured|hurt)\s?:\s?(?:none|nil|nobody|zero|0)\b"
    r"|\b(?:all|entire)\s(?:\d{1,3}\s)?(?:the\s)?(?:crew|passengers|staff|people on board)(?:\smembers)?\s"
    r"(?:(?:were|are|was|is)\s(?:reported\s|said to be\s)?)?safe\b"
    r"|\b(?:property|material)\sdamage\sonly\b|\bonly\s(?:material|property)\sdamage\b"
    r"|\bdamage\swas\s(?:only\s)?(?:material|limited\sto\sproperty)(?:\sonly)?\b",
    re.IGNORECASE,
)


def nobody_hurt(tree: Tree, sentence: int) -> Token | None:
    """The last word of a sentence's "nobody was struck", "victims: none", "property damage only"; None of any other."""
    span = tree.sentences[sentence]
    found = _NOBODY.search(tree.document.text, span.start, span.end)
    return tree[tree.token_at(found.end() - 1)] if found else None


def of_idiom(victims: Victims, verb: Token) -> Iterator[tuple[Effect, list[Part]]]:
    """What a verb without harm in it says with its object or its "not"."""
    tree = victims.tree
    lemma = verb.lemma.lower()
    subject = tree.child(verb, "nsubj")
    if verb.pos != "VERB" or subject is None or is_unreal(tree, verb):
        return
    objects = {noun.lemma.lower() for noun in tree.children(verb, "dobj")}
    negated = tree.child(verb, "neg") is not None
    if lemma == "survive" and negated and not objects:
        yield KILLED, victims.parts(tree.antecedent(subject, verb))
    elif lemma == "lose" and objects & _LIMBS and not negated:
        yield WOUNDED, victims.parts(tree.antecedent(subject, verb))
    elif lemma in _EMBRACING and objects & _MARTYRDOM and not negated:
        yield KILLED, victims.parts(tree.antecedent(subject, verb))


def hit_in_a_limb(victims: Victims, verb: Token) -> list[Part]:
    """ "A nurse was hit in the arm"; nobody for any other verb."""
    tree = victims.tree
    if verb.lemma.lower() not in _HITTING or verb.pos != "VERB" or is_unreal(tree, verb) or tree.child(verb, "neg"):
        return []
    limbs = {noun.lemma.lower() for noun in tree.prepositional(verb, "in")}
    hit = tree.child(verb, "nsubjpass", "dobj") if limbs & _WHERE_HIT else None
    if hit is None:
        return []
    noun = tree.antecedent(hit, verb)
    return victims.parts(noun) or ([victims.someone(noun)] if noun.tag in ("NN", "NNP") else [])


def of_person_before(victims: Victims, state: Token) -> list[Part]:
    """A headline's "driver dead", "a farmer lightly hurt", "one soldier and the attacker dead": whoever stands in front of the
    word, and those joined to that one."""
    tree = victims.tree
    noun = tree.previous(state)
    if noun is not None and noun.text.lower() in GRAVELY:
        noun = tree.previous(noun)
    if noun is None or noun.tag not in ("NN", "NNP") or noun.lemma.lower() in COLLECTIVE:
        return []
    named = noun.tag == "NNP" and noun.lemma.lower() not in PEOPLE
    of_another = state.dep == "amod" and state.head > state.index
    if named or of_another or not may_be_people(noun) or not _opens_clause(tree, noun):
        return []
    first = noun
    while first.dep == "conj" and tree[first.head].pos in ("NOUN", "PROPN"):
        first = tree[first.head]
    found = [] if first is noun else victims.parts(first)
    counted = any(part.first <= noun.index < part.last for part in found)
    return found if counted else [*found, victims.someone(noun)]


def _opens_clause(tree: Tree, noun: Token) -> bool:
    before = tree.previous(tree[tree.phrase(noun)[0]])
    return before is None or before.text in _BEFORE_A_CLAUSE or before.text.lower() in ("and", "with", "as")
