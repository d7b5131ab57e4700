"""Who is said to have done it: whoever claims it, is blamed or suspected, and whom the unnamed are taken for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from incidents.extraction.doers import MEANS, SENDING, VICTIM_NOUNS, governing_verbs, may_act
from incidents.extraction.syntax import Tree
from incidents.extraction.types import ActorRole
from incidents.extraction.words import word_set
from incidents.language.types import Token

_SUSPECTED = word_set("suspected alleged presumed supposed apparent")
_SPEAKERS = word_set("spokesman spokesperson spokeswoman leader commander emir agency wing website channel")
_DEEDS = word_set("act action deed incident")
# "Gunmen believed to be rebels", "assailants said to belong to the group".
_TAKING_FOR = word_set("believe think suspect say presume allege report describe")
_UNNAMED = word_set(
    """gunman assailant attacker man militant bandit group rebel shooter bomber insurgent fighter individual perpetrator
    raider intruder element militiaman extremist jihadist"""
)
_OF_A_GROUP = word_set(
    "member fighter militant rebel insurgent guerrilla separatist jihadist militiaman bandit gunman supporter"
)
# "Was believed to be responsible", "is said to be behind the attack".
_RESPONSIBLE = word_set("responsible behind")
_LONGEST_FRAGMENT = 6
_NEGATING = word_set("no nobody none neither")


class Role(NamedTuple):
    """A noun in a role; `says` is the noun of whoever says so."""

    role: ActorRole
    noun: Token
    says: Token | None = None


def is_suspected(tree: Tree, noun: Token) -> bool:
    return any(tree[index].text.lower() in _SUSPECTED for index in range(*tree.phrase(noun)))


def claims(tree: Tree, sentence: int) -> Iterator[Role]:
    """ "X claimed responsibility", "an attack claimed by X"; "no group has claimed" names nobody."""
    for verb in tree.sentence_tokens(sentence):
        if verb.pos != "VERB" or verb.lemma.lower() not in ("claim", "take", "accept", "admit"):
            continue
        told = tree.child(verb, "dobj") or tree.child(verb, "nsubjpass")
        responsible = told is not None and told.lemma.lower() in ("responsibility", "credit")
        by = list(tree.prepositional(verb, "by"))
        attack = told.lemma.lower() in MEANS | _DEEDS if told is not None else bool(by)
        claimed = (
            verb.lemma.lower() == "claim"
            and (attack or _ends_clause(tree, verb))
            and not tree.child(verb, "ccomp", "xcomp")
        )
        if not (responsible or claimed) or tree.child(verb, "neg"):
            continue
        subject = None if by or (told is not None and told.dep == "nsubjpass") else tree.subject(verb)
        for noun in by or ([_named(tree, subject)] if subject is not None else []):
            for conjunct in tree.conjuncts(noun):
                if may_act(tree, conjunct) and not _negated(tree, conjunct):
                    yield Role(ActorRole.CLAIMED_BY, conjunct)


def _named(tree: Tree, noun: Token) -> Token:
    """ "The network's regional arm, X": X; "the Taliban's spokesman" speaks for the Taliban."""
    owner = tree.child(noun, "poss") if noun.lemma.lower() in _SPEAKERS else None
    if owner is not None and owner.pos == "PROPN":
        return owner
    beside = next((each for each in tree.children(noun, "appos") if each.pos == "PROPN"), None)
    return noun if beside is None or may_act(tree, noun) else beside


def _ends_clause(tree: Tree, verb: Token) -> bool:
    """ "The faction claims."; not "..., the ministry claims" and "as the army claims"."""
    following = tree.next(verb)
    return verb.dep == "ROOT" and (following is None or following.pos == "PUNCT")


def _negated(tree: Tree, noun: Token) -> bool:
    return any(child.text.lower() in _NEGATING for child in tree.children(noun, "det"))


def accused(tree: Tree, trigger: Token) -> Iterator[Role]:
    """ "X blamed Y for", "was blamed on Y", "X accused Y of": Y, as X says; only where the trigger is what Y is said to do."""
    for verb in governing_verbs(tree, trigger):
        lemma = verb.lemma.lower()
        if lemma not in ("blame", "accuse") or tree.child(verb, "neg"):
            continue
        says = _accuser(tree, verb)
        blamed = list(tree.prepositional(verb, "on"))
        if not blamed:
            noun = tree.child(verb, "dobj", "nsubjpass")
            blamed = [noun] if noun is not None else []
        for noun in blamed:
            for conjunct in tree.conjuncts(noun):
                if may_act(tree, conjunct):
                    yield Role(ActorRole.ALLEGED, conjunct, says)


def _accuser(tree: Tree, verb: Token) -> Token | None:
    """Of "was blamed for the attack by residents" the parser hangs the residents on the attack."""
    if not tree.is_passive(verb):
        return tree.subject(verb)
    deeds = list(tree.prepositional(verb, "for"))
    by = [*tree.prepositional(verb, "by"), *(noun for deed in deeds for noun in tree.prepositional(deed, "by"))]
    return next(iter(by), None)


def taken_for(tree: Tree, sentence: int) -> Iterator[Role]:
    """Who the unnamed are said to be: "men believed to be rebels", "assailants said to belong to the group", "shelling
    believed to be by the army", "an attack the government attributed to the group"."""
    for verb in tree.sentence_tokens(sentence):
        whose = _taken(tree, verb) if verb.pos == "VERB" and not tree.child(verb, "neg") else None
        nouns: list[Token] = []
        if whose is None:
            continue
        if verb.lemma.lower() in ("attribute", "ascribe") and whose.lemma.lower() in MEANS | VICTIM_NOUNS:
            nouns = list(tree.prepositional(verb, "to"))
        elif verb.lemma.lower() in _TAKING_FOR and whose.lemma.lower() in _UNNAMED | MEANS:
            clauses = [*tree.children(verb, "xcomp"), *_of_clauses(tree, verb)]
            nouns = [noun for clause in clauses for noun in _identity(tree, clause)]
        for noun in nouns:
            for conjunct in tree.conjuncts(noun):
                if may_act(tree, conjunct):
                    yield Role(ActorRole.ALLEGED, conjunct)


def _taken(tree: Tree, verb: Token) -> Token | None:
    """Whom a participle is about; the parser often takes it for the verb of the sentence."""
    if verb.dep in ("acl", "relcl"):
        return tree.parent(verb)
    noun = tree.child(verb, "nsubj", "nsubjpass", "advcl") if verb.tag in ("VBD", "VBN") else None
    # "Seven of the assailants, said to ...".
    return noun if noun is None or noun.pos != "NUM" else next(tree.prepositional(noun, "of"), noun)


def _of_clauses(tree: Tree, verb: Token) -> Iterator[Token]:
    """ "Suspected of belonging to the group"."""
    for preposition in tree.children(verb, "prep"):
        if preposition.text.lower() == "of":
            yield from tree.children(preposition, "pcomp")


def _identity(tree: Tree, clause: Token) -> Iterator[Token]:
    """Of "to be rebels", "to be by the army", "to belong to the group"."""
    if clause.lemma.lower() == "belong":
        yield from tree.prepositional(clause, "to")
    elif clause.lemma.lower() in SENDING:
        # "Thought to be operated by the coalition".
        yield from tree.prepositional(clause, "by")
    elif clause.lemma.lower() == "be":
        yield from tree.prepositional(clause, "by")
        yield from (
            noun for noun in tree.children(clause, "attr") if noun.pos == "PROPN" or noun.lemma.lower() in _OF_A_GROUP
        )


def told_apart(tree: Tree, sentence: int) -> Iterator[Role]:
    """Who a sentence says did it that does not name what: "X claimed responsibility", "officials blamed Y", "sources
    attributed it to Z", "W was suspected"."""
    yield from claims(tree, sentence)
    yield from _of_fragment(tree, sentence)
    yield from taken_for(tree, sentence)
    for verb in tree.sentence_tokens(sentence):
        if verb.pos != "VERB" or tree.child(verb, "neg"):
            continue
        for noun in _owning_up(tree, verb):
            if may_act(tree, noun) and not _negated(tree, noun):
                yield Role(ActorRole.CLAIMED_BY, noun)
        for noun in _said_to_have_done_it(tree, verb):
            for conjunct in tree.conjuncts(noun):
                if may_act(tree, conjunct) and not _negated(tree, conjunct):
                    yield Role(ActorRole.ALLEGED, conjunct)


def _of_fragment(tree: Tree, sentence: int) -> Iterator[Role]:
    """ "Suspected BRN.", "Perpetrators presumed Al-Shabaab." """
    tokens = tree.sentence_tokens(sentence)
    if len(tokens) > _LONGEST_FRAGMENT:
        return
    for token, following in pairwise(tokens):
        if token.text.lower() in _SUSPECTED and following.pos in ("PROPN", "NOUN", "DET"):
            noun = tree[following.head] if following.dep in ("compound", "det", "amod") else following
            if may_act(tree, noun):
                yield Role(ActorRole.ALLEGED, noun)


def _owning_up(tree: Tree, verb: Token) -> list[Token]:
    """ "The faction owns up", "the group said it was behind the attack"."""
    subject = tree.subject(verb)
    if subject is None or subject.pos == "PRON":
        return []
    lemma = verb.lemma.lower()
    if lemma == "own" and any(child.text.lower() == "up" for child in tree.children(verb)):
        return [subject]
    if lemma not in ("say", "state", "announce", "declare"):
        return []
    # "Said in a message it was responsible": the parser hangs the clause on the message.
    through = tree.prepositional(verb, "in", "on", "through", "via")
    clauses = [*tree.children(verb, "ccomp"), *(clause for noun in through for clause in tree.children(noun, "relcl"))]
    for clause in clauses:
        itself = tree.child(clause, "nsubj")
        answers = any(word.lemma.lower() in _RESPONSIBLE for word in tree.children(clause, "prep", "acomp"))
        answers = answers or _sent_weapons(tree, clause)
        if itself is not None and _is_itself(tree, itself) and answers and not tree.child(clause, "neg"):
            return [_named(tree, subject)]
    return []


def _sent_weapons(tree: Tree, clause: Token) -> bool:
    """ "Says it sent a squadron of drones at the base"."""
    things = [word for thing in tree.children(clause, "dobj") for word in (thing, *tree.prepositional(thing, "of"))]
    return clause.lemma.lower() in SENDING and any(thing.lemma.lower() in MEANS for thing in things)


def _is_itself(tree: Tree, noun: Token) -> bool:
    """ "It", "its urban front"."""
    owner = tree.child(noun, "poss")
    return noun.text.lower() in ("it", "they") or (
        owner is not None and owner.text.lower() in ("its", "their", "his", "her")
    )


def _is_for_something_else(tree: Tree, verb: Token) -> bool:
    """ "Blamed the army for failing to come"."""
    reasons = [child for child in tree.children(verb, "prep") if child.text.lower() == "for"]
    named = {word.lemma.lower() for reason in reasons for word in tree.children(reason, "pobj")}
    return bool(reasons) and named.isdisjoint(MEANS | {"it", "this", "that"})


def _said_to_have_done_it(tree: Tree, verb: Token) -> list[Token]:
    lemma = verb.lemma.lower()
    suffers = tree.child(verb, "nsubjpass")
    if lemma == "fall" and any(noun.lemma.lower() == "suspicion" for noun in tree.children(verb, "nsubj")):
        return list(tree.prepositional(verb, "on", "upon"))
    if lemma in ("attribute", "ascribe"):
        return list(tree.prepositional(verb, "to"))
    if lemma == "blame" and not _is_for_something_else(tree, verb):
        on = list(tree.prepositional(verb, "on"))
        named = (tree.child(verb, "dobj"), suffers or _participles_noun(tree, verb))
        return on or [noun for noun in named if noun is not None]
    if lemma == "suspect" and not tree.child(verb, "xcomp", "ccomp"):
        suspect = suffers or tree.child(verb, "dobj") or _participles_noun(tree, verb)
        return [suspect] if suspect is not None else []
    if lemma == "point":
        finger = tree.child(verb, "dobj")
        fingers = finger is not None and finger.lemma.lower() == "finger"
        return list(tree.prepositional(verb, "at", *(["to"] if fingers else [])))
    if lemma in ("believe", "think", "say", "suspect") and suffers is not None:
        clauses = tree.children(verb, "xcomp")
        answers = any(word.lemma.lower() in _RESPONSIBLE for clause in clauses for word in tree.below(clause))
        return [suffers] if answers else []
    return _said_to_be_behind(tree, verb) if lemma in ("believe", "think", "say", "suspect") else []


def _said_to_be_behind(tree: Tree, verb: Token) -> list[Token]:
    """ "Detectives believe that dissidents were behind the attack"."""
    for clause in tree.children(verb, "ccomp"):
        subject = tree.child(clause, "nsubj")
        answers = any(word.lemma.lower() in _RESPONSIBLE for word in tree.children(clause, "prep", "acomp"))
        if subject is not None and answers and not _is_itself(tree, subject) and not tree.child(clause, "neg"):
            return [subject]
    return []


def _participles_noun(tree: Tree, verb: Token) -> Token | None:
    """A headline's "dissidents blamed", "ADF suspected", which the parser takes for what these did."""
    participle = verb.tag in ("VBD", "VBN") and tree.child(verb, "dobj") is None
    return tree.child(verb, "nsubj") if participle else None
