"""Who does it: the nouns for those who act, around a violent verb or noun.

A doer is the subject of an active verb, the agent of a passive one, what stands before or after a noun of violence
("a U.S. drone strike", "Hamas's attack", "an attack by gunmen"), or whoever fired the rockets that are the subject.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidents.extraction.actor_list import STATE_FORCES, canonical, state_of
from incidents.extraction.people import PEOPLE
from incidents.extraction.syntax import Tree
from incidents.extraction.words import word_set
from incidents.language.types import Token

# What violence is done with or consists of: never the one who acts, but often named after him or sent by him.
MEANS = word_set(
    """strike airstrike attack assault raid bombing shelling bombardment blast explosion shooting ambush killing
    assassination murder offensive operation incursion rocket missile drone mortar shell artillery bomb bullet fire
    gunfire shot warplane jet aircraft plane helicopter gunship warship mine landmine grenade device ied car
    truck vehicle barrage salvo volley burst projectile munition weapon fighting clash violence gunshot shrapnel wave
    series campaign stabbing kidnapping abduction massacre round tank uav quadcopter motorcycle boat vessel submarine
    cannon howitzer execution crossfire siege battle war conflict hit airstrikes belt vest torpedo arson"""
)
# "The Colombian blast" was in Colombia.
_NOBODYS = word_set("blast explosion")
CARRYING_OUT = word_set(
    "carry conduct launch stage mount perpetrate commit unleash execute make wage undertake orchestrate plan do"
)
HARMING = word_set(
    "kill wound injure slay murder assassinate execute behead massacre hurt maim martyr kidnap abduct stab shoot lynch"
)
# Those who undergo these are their subject.
UNDERGOING = word_set("die succumb perish suffer sustain")
HARMS = word_set("injury wound burn concussion casualty damage loss death victim")
VICTIM_NOUNS = word_set(
    "killing assassination murder kidnapping abduction execution slaying beheading massacre lynching stabbing shooting death"
)
AIMED = ("on", "against", "at", "upon", "toward", "towards")
_ARMED = word_set(
    """force forces army military militia group gang faction cartel regime government coalition navy mob crowd unit
    squad cell brigade battalion command commando organization organisation movement troop network front party
    alliance security authority infiltrator intruder arsonist thug hitman hooligan rioter protester settler herder
    herdsman bandit pirate smuggler raider element individual column men band patrol detachment division regiment
    defender occupier invader dissident loyalist republican side"""
)
CARRIERS = word_set(
    "drone uav aircraft jet plane warplane helicopter gunship artillery warship bomber quadcopter mortar tank boat"
)
# "Maoists", "militiamen", "a knifeman".
_OF_PERSONS = ("ist", "man", "men", "woman", "ian")
SENDING = word_set(
    "trigger fire launch drop plant detonate throw hurl lob plan carry conduct stage shoot send mount perpetrate claim leave lay set direct belong operate fly"
)
# What has a salvo or a strike as its object.
_GIVING = CARRYING_OUT | word_set("fire lob hurl drop")
_NAMING_GROUPS = word_set(
    """regime army government rebel guerrilla guerilla insurgent militant militia police coalition separatist jihadist
    paramilitary gang cartel settler pirate"""
)
_SAYING = word_set("say announce report claim state declare confirm acknowledge admit tell add")
_THEMSELVES = word_set("it they he she")
_CLAUSE_ENDS = frozenset([";", ":", "and", "but", "while", "when", "as"])


def find_doers(tree: Tree, trigger: Token) -> Iterator[Token]:
    """The nouns for those who act; an adjective or owner where only that names them ("Israeli strikes")."""
    # "Settlers torch six houses": a noun for the parser, with a subject nevertheless.
    if _is_done_by(tree, trigger):
        yield from _doers_of_noun(tree, trigger)
    elif trigger.pos in ("VERB", "AUX") or tree.child(trigger, "nsubj") is not None:
        if not _is_topic(tree, trigger):
            yield from _doers_of_verb(tree, trigger)
    else:
        yield from _doers_of_noun(tree, trigger)


def _is_done_by(tree: Tree, verb: Token) -> bool:
    """ "Shelling of the town by the army continues": a noun in all but its tag."""
    return verb.tag == "VBG" and tree.child(verb, "nsubj") is None and any(tree.prepositional(verb, "by"))


def _is_topic(tree: Tree, verb: Token) -> bool:
    """ "Serbia shooting: gunman kills eight": a headline's topic, which the parser reads as what Serbia does."""
    following = tree.next(verb)
    return verb.tag == "VBG" and following is not None and following.text == ":"


def _doers_of_verb(tree: Tree, verb: Token) -> Iterator[Token]:
    if tree.is_passive(verb) or verb.lemma.lower() in UNDERGOING or _is_done_to_death(tree, verb):
        agents = list(tree.prepositional(verb, "by")) or _agents_farther_down(tree, verb)
        for agent in agents:
            yield from _acting(tree, agent)
        if not agents:
            yield from _in_event(tree, verb)
        return
    # "After soldiers wounded": a verb of harm without an object is a participle of a headline.
    joined = [verb, *tree.children(verb, "conj")]
    harms = any(tree.child(each, "dobj", "dative") for each in joined)
    if verb.lemma.lower() in HARMING and verb.tag in ("VBD", "VBN") and not harms:
        return
    subject = _subject(tree, verb)
    if subject is None:
        return
    if subject.text.lower() in _THEMSELVES:
        speaker = _speaker_of_itself(tree, verb)
        if speaker is not None:
            yield speaker
        return
    yield from _acting(tree, subject)
    yield from _in_event(tree, verb)


def _is_done_to_death(tree: Tree, verb: Token) -> bool:
    """A headline's "fishermen hacked to death", which the parser takes for what the fishermen did."""
    deadly = any(noun.lemma.lower() == "death" for noun in tree.prepositional(verb, "to"))
    return deadly and verb.tag in ("VBD", "VBN") and tree.child(verb, "dobj") is None


def _agents_farther_down(tree: Tree, verb: Token) -> list[Token]:
    """ "Killed with machetes on Friday night by rebels": the parser hangs the rebels on any noun before them."""
    agents: list[Token] = []
    for index in range(verb.index + 1, tree.sentence_of(verb).last):
        token = tree[index]
        if token.pos in ("VERB", "AUX") or token.text in _CLAUSE_ENDS:
            break
        if token.text.lower() == "by":
            agents.extend(agent for agent in tree.children(token, "pobj") if may_act(tree, agent))
    return agents


def _subject(tree: Tree, verb: Token) -> Token | None:
    """The subject; where "killing three" hangs on the last noun before it, that of the verb above this noun."""
    subject = tree.subject(verb)
    hanging = verb.dep == "acl" and verb.tag == "VBG" and subject is not None and subject.index == verb.head
    if not hanging or subject is None or _is_means(tree, subject) or subject.lemma.lower() in PEOPLE | _ARMED:
        return subject
    above = next((token for token in governing_verbs(tree, verb) if token.index < verb.index), None)
    return tree.subject(above) if above is not None and above.lemma.lower() not in _SAYING else subject


def _acting(tree: Tree, noun: Token) -> Iterator[Token]:
    """The noun and those joined to it, each followed to whoever is behind it where it is only the means."""
    for conjunct in tree.conjuncts(noun):
        if _is_means(tree, conjunct):
            yield from _doers_of_noun(tree, conjunct)
        elif may_act(tree, conjunct):
            yield conjunct


def _in_event(tree: Tree, verb: Token) -> Iterator[Token]:
    """ "Killed in an Israeli strike", "wounded during an attack by gunmen", "died when the army shelled"."""
    for noun in tree.prepositional(verb, "in", "during", "by", "from", "with", "through", "following", "after"):
        if _is_means(tree, noun):
            yield from _doers_of_noun(tree, noun)


def _doers_of_noun(tree: Tree, noun: Token, depth: int = 3) -> Iterator[Token]:
    """ "An attack by gunmen", "the army's shelling", "Israeli strikes", "rockets fired by militants"."""
    for agent in tree.prepositional(noun, "by"):
        yield from (conjunct for conjunct in tree.conjuncts(agent) if may_act(tree, conjunct))
    for clause in tree.children(noun, "acl", "relcl"):
        yield from _sender(tree, clause)
    # "The Jesuits' murder", "rebel casualties": those before such a noun underwent it, unless "of" tells who did.
    if noun.lemma.lower() not in VICTIM_NOUNS | HARMS or any(tree.prepositional(noun, "of")):
        yield from _namers(tree, noun)
    if noun.lemma.lower() in CARRIERS:
        # "A jet of the military council", "artillery of the rebels".
        yield from (owner for owner in tree.prepositional(noun, "of") if may_act(tree, owner))
    parent = tree.parent(noun)
    if parent is None or not depth:
        return
    above = tree.parent(parent)
    if parent.text.lower() == "under" and above is not None and above.lemma.lower() == "come":
        # "Came under attack by rebels", "under fire from rebels".
        yield from (agent for agent in tree.prepositional(above, "by", "from") if may_act(tree, agent))
    if parent.pos == "VERB" and parent.lemma.lower() in _GIVING:
        if noun.dep == "dobj":
            yield from _doers_of_verb(tree, parent)
        elif noun.dep == "nsubjpass":
            yield from (agent for agent in tree.prepositional(parent, "by") if may_act(tree, agent))
    elif noun.dep == "pobj" and parent.text.lower() in ("of", "with"):
        above = tree.parent(parent)
        # "A barrage of rockets fired by", "a series of Israeli strikes".
        if above is not None and above.lemma.lower() in MEANS:
            yield from _doers_of_noun(tree, above, depth - 1)
    for below in tree.prepositional(noun, "of"):
        if below.lemma.lower() in MEANS:
            for clause in tree.children(below, "acl"):
                yield from _sender(tree, clause)
            yield from _namers(tree, below)


def _sender(tree: Tree, clause: Token) -> Iterator[Token]:
    """ "Fired by X", "carried out by X", "that X launched"."""
    if clause.lemma.lower() not in SENDING:
        return
    agents = list(tree.prepositional(clause, "by"))
    if clause.lemma.lower() == "claim":
        return
    subject = tree.child(clause, "nsubj")
    if clause.dep == "relcl" and subject is not None and subject.text.lower() not in ("that", "which", "who"):
        agents.append(subject)
    for agent in agents:
        yield from (conjunct for conjunct in tree.conjuncts(agent) if may_act(tree, conjunct))


def _namers(tree: Tree, noun: Token) -> Iterator[Token]:
    """Owners and adjectives that name the one who acts: "Israel's", "Houthi", "U.S."; a place before it does not."""
    for child in tree.children(noun, "poss", "compound", "amod", "nmod"):
        if child.entity in ("DATE", "TIME") or child.index > noun.index:
            continue
        if child.dep == "poss":
            owner = _speaker_of_itself(tree, child) if child.pos == "PRON" else child
            if owner is not None and may_act(tree, owner):
                yield owner
        else:
            yield from (word for word in tree.conjuncts(child) if names_doer(tree, word, noun))


def names_doer(tree: Tree, word: Token, noun: Token) -> bool:
    """Whether a word before a noun of violence says whose it is. "The Baghdad bombing" only says where."""
    words = tree.text(*tree.phrase(word))
    following = tree.next(word)
    if following is not None and following.text == "-":
        return False
    if state_of(words):
        return noun.lemma.lower() not in _NOBODYS
    known = canonical(words)
    if known is None and word.lemma.lower() in _NAMING_GROUPS:
        return True
    if known is None:
        return word.entity == "ORG" and word.pos == "PROPN" and word.lemma.lower() not in MEANS
    if known.kind != STATE_FORCES or known.name.lower() != words.lower():
        return True
    # "A Myanmar military aircraft" flies for that state.
    if noun.lemma.lower() in CARRIERS:
        return True
    return any(child.text.lower() in AIMED for child in tree.children(noun, "prep"))


def _speaker_of_itself(tree: Tree, token: Token) -> Token | None:
    """ "The U.S. military said it had struck", "its jets": the one pronoun whose noun the sentence shows."""
    current = token
    for _ in range(5):
        above = tree.parent(current)
        if above is None:
            return None
        if current.dep == "ccomp" and above.lemma.lower() in _SAYING:
            speaker = tree.subject(above)
            if speaker is None:
                return None
            known = canonical(tree.text(*tree.phrase(speaker)))
            return speaker if known else None
        current = above
    return None


def may_act(tree: Tree, noun: Token) -> bool:
    """Whether a noun can be someone who attacks: people, armed groups and names of these; never a pronoun or a thing."""
    if noun.pos == "PRON" or noun.pos == "NUM":
        return False
    lemma = noun.lemma.lower()
    if lemma in PEOPLE or lemma in _ARMED or (noun.pos == "NOUN" and lemma.endswith(_OF_PERSONS)):
        return True
    if noun.entity in ("PERSON", "NORP", "ORG", "GPE"):
        return lemma not in MEANS
    if noun.pos == "PROPN" and noun.entity not in ("DATE", "TIME", "FAC", "LOC", "MONEY") and lemma not in MEANS:
        return True
    return canonical(tree.text(*tree.phrase(noun))) is not None


def _is_means(tree: Tree, noun: Token) -> bool:
    """Rockets, strikes, bombs; not an organisation whose name ends in such a word."""
    lemma = noun.lemma.lower()
    # The parser does not lemmatise the capitalised first word of a sentence that it takes for a name.
    if lemma not in MEANS and not (noun.pos == "PROPN" and lemma.removesuffix("s") in MEANS):
        return False
    return noun.pos != "PROPN" or canonical(tree.text(*tree.phrase(noun))) is None


def governing_verbs(tree: Tree, trigger: Token) -> Iterator[Token]:
    """The verbs over the trigger, nearest first, and a participle that hangs on it ("an attack blamed on")."""
    yield from tree.children(trigger, "acl", "relcl")
    current: Token | None = trigger
    for _ in range(5):
        current = tree.parent(current) if current is not None else None
        if current is None:
            return
        if current.pos == "VERB":
            yield current
