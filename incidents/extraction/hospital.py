"""The wounded as hospitals tell of them: "six are recuperating", "two others were taken to hospital"."""

from __future__ import annotations

from incidents.extraction import harm
from incidents.extraction.syntax import Tree
from incidents.extraction.victims import Part, Victims
from incidents.extraction.words import word_set
from incidents.language.types import Token

_HOSPITALS = word_set("hospital clinic infirmary ward")
_TREATING = word_set("treat hospitalize hospitalise")
_RECOVERING = word_set("recuperate recover convalesce")
_RECEIVING = word_set("receive undergo")
_CARE = word_set("treatment surgery care operation")
_MOVING = word_set("take rush bring shift transport evacuate airlift admit move ferry transfer carry fly drive send")
_INSIDE = ("in", "at", "to", "into")
_NO_WOUNDED = word_set("body corpse remains dead patient")


def wounded_in_hospital(victims: Victims, verb: Token) -> list[Part]:
    """Those counted by a number whom a verb brings to a hospital, or keeps there; nobody for any other verb."""
    tree = victims.tree
    if not is_in_hospital(tree, verb) or harm.is_unreal(tree, verb) or tree.child(verb, "neg"):
        return []
    subject = tree.child(verb, "nsubjpass") or tree.child(verb, "nsubj")
    if subject is None or subject.lemma.lower() in _NO_WOUNDED:
        return []
    return [
        part
        for part in victims.parts(subject)
        if any(index in victims.covering for index in range(part.first, part.last))
    ]


def is_in_hospital(tree: Tree, verb: Token) -> bool:
    """Whether a verb tells of people in a hospital or on their way to one: treated, recovering, brought there."""
    lemma = verb.lemma.lower()
    if verb.pos not in ("VERB", "ADJ"):
        return False
    if lemma in _TREATING:
        return tree.is_passive(verb) or verb.dep in ("acomp", "xcomp")
    if lemma in _RECEIVING:
        return any(word.lemma.lower() in _CARE for word in tree.children(verb, "dobj"))
    inside = any(noun.lemma.lower() in _HOSPITALS for noun in tree.prepositional(verb, *_INSIDE))
    return inside and (lemma in _RECOVERING or (lemma in _MOVING and tree.is_passive(verb)))
