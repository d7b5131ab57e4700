"""Did it happen? What the words around a trigger say: asserted, told again, counted, threatened, denied, supposed."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from incidents.extraction import moods
from incidents.extraction.syntax import Tree
from incidents.extraction.triggers import Trigger
from incidents.extraction.words import word_set
from incidents.language.types import Token


class Status(StrEnum):
    """From the most to the least certain that this is one incident that happened."""

    NEW = "new"
    REMENTION = "re-mention"
    AGGREGATE = "aggregate"
    BACKGROUND = "background"
    DENIED = "denied"
    THREAT = "threat"
    HYPOTHETICAL = "hypothetical"


# One event that took place, told for the first time or again.
HAPPENED = (Status.NEW, Status.REMENTION)

HABIT = "the present tense tells a habit"


class Verdict(NamedTuple):
    status: Status
    reason: str = ""


UNCOUNTED_PLURAL = "an uncounted plural"
RANKED = "ranked among others"
_ASSERTED = Verdict(Status.NEW)


_DEFINITE = word_set("the this that these those such")
_INFINITIVE_LINKS = frozenset(["xcomp", "acl", "advcl", "ccomp", "relcl", "pcomp"])
_CLAUSE_LINKS = frozenset(["ccomp", "xcomp", "conj", "acl", "advcl", "pcomp", "csubj"])
_NOUN_LINKS = frozenset(["dobj", "nsubj", "nsubjpass", "pobj", "attr", "oprd", "obj", "ROOT", "appos", "conj", "dep"])


def judge(tree: Tree, trigger: Trigger, *, headline: bool = False) -> Verdict:
    """`headline`: the present tense tells news there, elsewhere it tells habits."""
    token = tree[trigger.token]
    if trigger.verb:
        return _verb(tree, token, headline=headline, harm=trigger.harm)
    return _noun(tree, token, headline=headline, plural=trigger.plural, harm=trigger.harm)


def is_definite(tree: Tree, trigger: Trigger) -> bool:
    """ "the strike", "Saturday's attack": something the reader knows already."""
    if trigger.verb:
        return False
    children = tree.children(tree[trigger.token])
    if any(child.dep == "det" and child.lemma.lower() in _DEFINITE for child in children):
        return True
    return any(child.dep == "poss" and (child.entity in ("DATE", "TIME") or child.pos == "PRON") for child in children)


def _verb(tree: Tree, token: Token, *, headline: bool, harm: bool) -> Verdict:
    children = tree.children(token)
    own = _own_mood(tree, token)
    if own:
        return own
    present = token.tag == "VBZ" or (token.tag == "VBP" and token.lemma.lower() not in moods.SAME_IN_PAST)
    if not headline and present and not any(child.dep in ("aux", "auxpass") for child in children):
        return Verdict(Status.AGGREGATE, HABIT)
    if _hits_thousands(tree, token):
        return Verdict(Status.AGGREGATE, "thousands of people")
    verdict = _above(tree, token)
    if verdict == _ASSERTED and token.tag == "VBG" and not harm and _hits_many(tree, token):
        return Verdict(Status.AGGREGATE, UNCOUNTED_PLURAL)
    return verdict


def _hits_thousands(tree: Tree, token: Token) -> bool:
    """ "The 40,000 who were kidnapped": more than one event does."""
    hit = tree.child(token, "nsubjpass", "dobj")
    if hit is None:
        return False
    noun = tree.antecedent(hit, token)
    numbers = [word.text.replace(",", "") for word in (noun, *tree.children(noun, "nummod"))]
    return any(number.isdecimal() and int(number[:9]) >= moods.THOUSANDS for number in numbers)


def _hits_many(tree: Tree, token: Token) -> bool:
    """ "... with forces hitting targets": a plural without number as object."""
    objects = tree.children(token, "dobj")
    return any(word.tag in ("NNS", "NNPS") and not _counted(tree, word) for word in objects)


def _own_mood(tree: Tree, token: Token) -> Verdict | None:
    children = tree.children(token)
    for child in children:
        word = child.lemma.lower()
        if child.dep == "neg":
            return Verdict(Status.DENIED, f"'{child.text}'")
        if child.dep in ("aux", "auxpass") and child.tag == "MD":
            status = Status.THREAT if word in moods.INTENT_MODALS else Status.HYPOTHETICAL
            return Verdict(status, f"'{child.text}'")
        if child.dep in ("nsubj", "nsubjpass") and word in moods.NOBODY:
            return Verdict(Status.DENIED, f"'{child.text}'")
        if child.dep == "mark" and word in moods.CONDITIONS:
            return Verdict(Status.HYPOTHETICAL, f"'{child.text}'")
        if child.dep == "advmod" and word in moods.HABITS:
            return Verdict(Status.AGGREGATE, f"'{child.text}'")
        if child.dep == "npadvmod" and word == "time":
            return Verdict(Status.AGGREGATE, "counted 'times'")
    auxiliaries = {child.text.lower() for child in children if child.dep == "aux"}
    auxiliaries = auxiliaries or _shared_auxiliaries(tree, token)
    if token.tag == "VBG" and auxiliaries & {"been", "have", "has"} and "been" in auxiliaries:
        return Verdict(Status.AGGREGATE, "going on for some time")
    if auxiliaries & {"have", "has", "'ve"} and _has_gone_on(tree, token):
        return Verdict(Status.AGGREGATE, "over a long time")
    return None


def _has_gone_on(tree: Tree, token: Token) -> bool:
    """ "Have clashed for years", "have been killed since the war began": with a perfect this counts, and tells of no day.

    Those who "have been held since Friday" were taken once."""
    if token.lemma.lower() == "hold":
        return False
    clauses = [verb for verb in tree.conjuncts(token) if verb.pos in ("VERB", "AUX")]
    for child in [child for clause in clauses for child in tree.children(clause, "prep", "mark", "advcl")]:
        if child.text.lower() == "since" or any(mark.text.lower() == "since" for mark in tree.children(child, "mark")):
            return True
        spans = tree.children(child, "pobj") if child.text.lower() in ("for", "over") else []
        if any(span.lemma.lower() in moods.LONG_SPANS and span.tag == "NNS" for span in spans):
            return True
    return False


def _shared_auxiliaries(tree: Tree, token: Token) -> set[str]:
    """ "Have been strafing and bombing": those of the verb it is joined to."""
    above = tree.parent(token)
    if token.dep != "conj" or above is None or tree.child(token, "nsubj", "nsubjpass"):
        return set()
    return {child.text.lower() for child in tree.children(above, "aux")}


def _above(tree: Tree, token: Token) -> Verdict:
    """What governs a clause decides about it: vows, plans, denials, conditions, courts."""
    infinitive = any(child.tag == "TO" for child in tree.children(token, "aux"))
    current = token
    for governor in tree.ancestors(token.index):
        if current.dep not in _CLAUSE_LINKS and current.dep not in ("relcl", "prep", "pobj", "dobj"):
            break
        word = governor.lemma.lower()
        if any(child.dep == "acomp" and child.lemma.lower() in moods.FALSE for child in tree.children(governor)):
            return Verdict(Status.DENIED, f"'{governor.text}' false")
        if current.dep in ("prep", "pcomp") and any(child.dep == "neg" for child in tree.children(governor)):
            return Verdict(Status.DENIED, f"'{governor.text}' not")
        if current.dep in ("ccomp", "xcomp", "acl", "pcomp", "dobj", "prep", "advcl"):
            verdict = _governed(tree, governor, current, word)
            if verdict:
                return verdict
        if infinitive and current.index == token.index and current.dep in _INFINITIVE_LINKS:
            realised = word in moods.REALISED and current.dep not in ("acl", "relcl")
            if not realised and not (word in moods.SAID_TO_HAVE and _is_perfect(tree, token)):
                return Verdict(Status.HYPOTHETICAL, f"'{governor.text} to'")
            infinitive = False
        if current.dep in ("relcl", "nsubj"):
            break
        current = governor
    return _ASSERTED


def _is_perfect(tree: Tree, verb: Token) -> bool:
    """ "Claimed to have killed three": told of what is past."""
    return any(child.text.lower() == "have" for child in tree.children(verb, "aux"))


def _governed(tree: Tree, governor: Token, current: Token, word: str) -> Verdict | None:
    # "Stopped a train, killing nine" is no prevention.
    if (
        current.dep in ("advcl", "prep")
        and word not in moods.COURT
        and (word not in moods.PREVENTS or (current.dep == "advcl" and current.tag == "VBG"))
    ):
        return None
    if word in moods.THREATS and current.dep in ("ccomp", "xcomp", "acl", "pcomp", "dobj"):
        return Verdict(Status.THREAT, f"'{governor.text}'")
    if word in moods.DENIALS:
        return Verdict(Status.DENIED, f"'{governor.text}'")
    if word in moods.PREVENTS:
        return Verdict(Status.HYPOTHETICAL, f"'{governor.text}'")
    blamed_for = word == "blame" and current.dep == "ccomp" and current.index < governor.index
    if word in moods.COURT and current.dep != "advcl" and not blamed_for and not _is_by_nobody(tree, governor):
        # But for a headline's "Drones hit a depot, army blames rebels".
        return Verdict(Status.BACKGROUND, f"'{governor.text}'")
    if word in moods.SUPPOSED_HEADS and governor.pos == "NOUN":
        return Verdict(Status.HYPOTHETICAL, f"'{governor.text}'")
    if governor.pos == "VERB" and current.dep in ("xcomp", "ccomp"):
        return _own_mood(tree, governor) if current.dep == "xcomp" else None
    return None


def _is_by_nobody(tree: Tree, verb: Token) -> bool:
    """ "She was shot dead; no one has been charged": the parser hangs the first on the last."""
    subject = tree.subject(verb)
    if subject is None:
        return False
    before = tree.previous(subject)
    return subject.lemma.lower() in moods.NOBODY or (before is not None and before.text.lower() == "no")


def _noun(tree: Tree, token: Token, *, headline: bool, plural: bool, harm: bool) -> Verdict:
    own = _ownword_set(tree, token, plural=plural and not headline, harm=harm)
    if own:
        return own
    if _is_ranked(tree, token) and token.dep == "attr" and _is_of_the_known(tree, token):
        return Verdict(Status.REMENTION, RANKED)
    current = token
    for governor in tree.ancestors(token.index):
        word = governor.lemma.lower()
        if governor.pos in ("NOUN", "PROPN"):
            verdict = _headed(tree, governor, word)
            if verdict and plural and verdict.status is Status.REMENTION:
                return Verdict(Status.AGGREGATE, UNCOUNTED_PLURAL)
            if verdict:
                return verdict
        elif headline and current.dep == "conj" and governor.pos == "VERB":
            # "Troops seek to advance and clashes in X": what a headline joins to a verb stands by itself.
            break
        elif governor.pos in ("VERB", "AUX"):
            verdict = _of_verb(tree, governor, current, headline=headline)
            uncounted = plural and not headline and not _counted(tree, token)
            return Verdict(Status.AGGREGATE, UNCOUNTED_PLURAL) if uncounted and verdict == _ASSERTED else verdict
        elif word == "behind" and current.dep == "pobj":
            # "A man who was behind an attack on the border": the attack is not what is told of him.
            return Verdict(Status.REMENTION if _is_the_known(tree, token) else Status.BACKGROUND, "'behind'")
        elif governor.pos != "ADP" and current.dep not in _NOUN_LINKS:
            break
        current = governor
    if plural and not headline and not _counted(tree, token):
        return Verdict(Status.AGGREGATE, UNCOUNTED_PLURAL)
    return _ASSERTED


def is_ranked(tree: Tree, trigger: Trigger) -> bool:
    """ "The worst attack in years", "the third such strike": said of one that is told besides."""
    return not trigger.verb and _is_ranked(tree, tree[trigger.token])


def _is_ranked(tree: Tree, token: Token) -> bool:
    ranks = [
        child for child in tree.children(token, "amod") if child.tag == "JJS" or child.lemma.lower() in moods.ORDINALS
    ]
    return bool(ranks) and any(child.text.lower() in ("the", "its", "their") for child in tree.children(token))


def _is_of_the_known(tree: Tree, token: Token) -> bool:
    """ "It was the third such attack in a week"."""
    verb = tree.parent(token)
    subject = tree.subject(verb) if verb is not None else None
    if subject is None:
        return False
    return subject.pos == "PRON" or any(child.text.lower() in _DEFINITE for child in tree.children(subject, "det"))


def _is_the_known(tree: Tree, token: Token) -> bool:
    """ "The attack", "Monday's attack", "attacks"; not "an attack"."""
    return not any(child.text.lower() in ("a", "an", "another") for child in tree.children(token, "det"))


def _counted(tree: Tree, token: Token) -> bool:
    """ "Two strikes", "the strikes": known ones."""
    return any(
        child.dep == "nummod" or (child.dep in ("det", "poss") and child.lemma.lower() in _DEFINITE)
        for child in tree.children(token)
    )


def _ownword_set(tree: Tree, token: Token, *, plural: bool, harm: bool) -> Verdict | None:
    children = tree.children(token)
    # Sixty strikes are many events; sixty dead may be those of one.
    most = moods.THOUSANDS if harm else moods.SUM
    numbers = [child.text.replace(",", "") for child in children if child.dep == "nummod"]
    if any(number.isdigit() and not number.startswith("0") and int(number[:9]) >= most for number in numbers):
        return Verdict(Status.AGGREGATE, "ten or more of them")
    for child in children:
        word = child.lemma.lower()
        if child.dep in ("det", "neg") and word in ("no", "any", "every", "each"):
            return Verdict(Status.DENIED if word == "no" else Status.HYPOTHETICAL, f"'{child.text}'")
        if child.dep not in ("amod", "advmod", "compound"):
            continue
        if word in moods.SUPPOSED_ADJECTIVES:
            return Verdict(Status.HYPOTHETICAL, f"'{child.text}'")
        if word in moods.FORMER_ADJECTIVES and (plural or word not in ("recent", "latest", "earlier", "last")):
            # "Recent attacks" go on into these days; "previous attacks" are over.
            going_on = word == "recent" and not numbers
            return Verdict(Status.AGGREGATE if going_on else Status.BACKGROUND, f"'{child.text}'")
        if plural and not numbers and word in moods.COUNTED_ADJECTIVES:
            return Verdict(Status.AGGREGATE, f"'{child.text}'")
    return None


def _headed(tree: Tree, governor: Token, word: str) -> Verdict | None:
    if word in moods.PERIODS and tree.child(governor, "nummod"):
        return Verdict(Status.AGGREGATE, f"'{governor.text} of'")
    if word in moods.COUNTED_HEADS:
        return Verdict(Status.AGGREGATE, f"'{governor.text} of'")
    if word in moods.SUPPOSED_HEADS:
        return Verdict(Status.HYPOTHETICAL, f"'{governor.text}'")
    if word in moods.AFTERWARDS_HEADS:
        return Verdict(Status.REMENTION, f"'{governor.text}'")
    return None


def _of_verb(tree: Tree, governor: Token, current: Token, *, headline: bool) -> Verdict:
    """A noun of violence takes the mood of the verb it belongs to: "will launch strikes", "condemned the attack"."""
    word = governor.lemma.lower()
    if word in moods.LASTING and current.dep == "nsubj" and not headline:
        return Verdict(Status.AGGREGATE, f"'{governor.text}'")
    if word in moods.GROWING and current.dep == "nsubj" and current.tag in ("NNS", "NNPS"):
        return Verdict(Status.AGGREGATE, f"'{governor.text}'")
    object_like = current.dep in ("dobj", "prep", "agent", "pobj", "xcomp", "ccomp", "oprd", "attr", "obj")
    if current.dep in ("dobj", "nsubj", "nsubjpass", "attr", "ROOT", "agent"):
        own = _own_mood(tree, governor)
        if own and not (own.status is Status.DENIED and current.dep == "nsubj"):
            return own
    if object_like:
        if word in moods.THREATS:
            return Verdict(Status.THREAT, f"'{governor.text}'")
        if word in moods.PREVENTS:
            return Verdict(Status.HYPOTHETICAL, f"'{governor.text}'")
        if word in moods.DENIALS:
            return Verdict(Status.DENIED, f"'{governor.text}'")
        if word in moods.COURT:
            return Verdict(Status.BACKGROUND, f"'{governor.text}'")
        if word in moods.REACTIONS:
            return Verdict(Status.REMENTION, f"'{governor.text}'")
    return _above(tree, governor)
