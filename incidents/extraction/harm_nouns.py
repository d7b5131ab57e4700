"""Nouns of harm: deaths, lives, injuries, bodies and tolls, and how many people each tells of."""

from __future__ import annotations

from collections.abc import Iterator

from incidents.extraction import harm
from incidents.extraction.harm import KILLED, WOUNDED, Effect
from incidents.extraction.people import may_be_people
from incidents.extraction.syntax import Tree
from incidents.extraction.victims import Part, Victims
from incidents.extraction.words import word_set
from incidents.language.types import Token

# Nobody but a person suffers these, whatever the parser takes the owner's name for.
_MURDERS = word_set("murder assassination slaying")
_DEATHS = word_set("death fatality killing execution beheading massacre martyrdom") | _MURDERS
_BODIES = word_set("martyr corpse")
_INJURIES = word_set("injury wound burn concussion laceration fracture")
_WOUNDING_NOUNS = word_set("wounding maiming")
_CAUSING = word_set("cause provoke inflict produce leave bring result")
TOLLS = word_set("toll number count figure tally")
# What a toll does, or what is done to it, when it has become another one.
CHANGING = word_set(
    "rise climb increase grow jump soar mount swell go bring take push raise lift revise lower drop fall correct update"
    " reach stand pass exceed surpass top hit double put"
)
# "Revising the figure of 23 that the ministry had given": to what, is told elsewhere.
_REPLACING = word_set("revise correct update exceed surpass top")
# "First put the toll at 103": what it is no longer.
_AT_FIRST = word_set("first initially earlier previously originally")
# A toll of these is of more than one event: "brings the number of dead since October to 900".
_OVER_TIME = word_set("since year month week decade war conflict season overall")
_SUFFERING = word_set("suffer sustain receive")
_LOSING = word_set("lose claim cost take")
# A body counts where somebody comes upon it.
_FINDING = word_set("leave dump find recover discover retrieve pull receive bring count unearth dig extract collect")
# "Taken to hospital with burns", "left four with burns", "escaped with cuts".
_TREATING = word_set("treat take rush bring admit evacuate transport airlift leave escape survive")
_NEWS = word_set("report word news sign indication")
# What is not known at once may yet be known.
_NOT_YET = word_set("immediate early initial official further")
# A few words may stand between a toll and its figure ("the death toll from the quake had risen to 31").
_TOLL_REACH = 9


def told_by_noun(victims: Victims, noun: Token) -> Iterator[tuple[Effect, list[Part]]]:
    """What happened and to how many, for any noun; nothing for most."""
    lemma = noun.lemma.lower()
    if lemma in ("casualty", "victim"):
        civilian = any(child.lemma.lower() == "civilian" for child in victims.tree.children(noun, "amod", "compound"))
        if _is_none(victims.tree, noun) and not civilian:
            yield KILLED, [_nothing(victims.tree, noun)]
            yield WOUNDED, [_nothing(victims.tree, noun)]
    elif lemma in TOLLS or lemma == "that":
        yield from _toll(victims, noun)
    elif lemma == "life":
        yield KILLED, _lives(victims, noun)
    elif lemma in _DEATHS:
        told = harm.to_death(victims, noun) or _counted(victims, noun) or _suffered_by(victims, noun)
        yield KILLED, told or _caused(victims, noun)
    elif lemma in _WOUNDING_NOUNS:
        yield WOUNDED, _suffered_by(victims, noun)
    elif lemma == "body":
        yield KILLED, _found_dead(victims, noun)
    elif lemma in _BODIES:
        yield KILLED, _counted(victims, noun)
    elif lemma in _INJURIES:
        yield WOUNDED, _injured(victims, noun) or _counted(victims, noun) or _caused(victims, noun)


def _is_none(tree: Tree, noun: Token) -> bool:
    if any(child.text.lower() in ("no", "zero") for child in tree.children(noun, "det", "nummod", "amod")):
        return True
    head = tree.parent(noun)
    if head is None:
        return False
    # "Without causing injuries".
    above = tree.parent(head)
    if noun.dep == "dobj" and head.tag == "VBG" and above is not None and above.text.lower() == "without":
        return True
    # "No deaths or injuries": the second shares the first one's "no".
    if noun.dep == "conj":
        return head.pos == "NOUN" and _is_none(tree, head)
    if noun.dep != "pobj":
        return False
    if head.text.lower() == "without":
        return True
    if head.text.lower() != "of" or above is None or above.lemma.lower() not in _NEWS:
        return False
    soon = any(child.lemma.lower() in _NOT_YET for child in tree.children(above, "amod"))
    return not soon and _is_none(tree, above)


def _nothing(tree: Tree, noun: Token) -> Part:
    return Part(tree.phrase(noun)[0], noun.index + 1, 0, 0, "")


def _counted(victims: Victims, noun: Token) -> list[Part]:
    """ "Three deaths", "no injuries"; "a multiple murder" counts nobody."""
    if _is_none(victims.tree, noun):
        return [_nothing(victims.tree, noun)]
    first, _ = victims.tree.phrase(noun)
    quantity = victims.quantity(first, noun) if noun.tag == "NNS" else None
    return [victims.bare(quantity)._replace(last=noun.index + 1)] if quantity else []


def _found_dead(victims: Victims, noun: Token) -> list[Part]:
    """ "Received 11 bodies", "the bodies of five men were found"; where "killed" is said of them as well, that counts."""
    tree = victims.tree
    verb = tree.parent(noun)
    if verb is None or verb.lemma.lower() not in _FINDING or noun.dep not in ("dobj", "nsubjpass"):
        return []
    if harm.is_unreal(tree, verb) or tree.child(verb, "neg"):
        return []
    first, _ = tree.phrase(noun)
    quantity = victims.quantity(first, noun)
    if quantity is not None:
        return [victims.bare(quantity)._replace(last=noun.index + 1)]
    of = next(tree.prepositional(noun, "of"), None)
    killed = of is not None and any(harm.is_killing(tree, clause) for clause in tree.children(of, "acl", "relcl"))
    return victims.parts(of) if of is not None and not killed else []


def _caused(victims: Victims, noun: Token) -> list[Part]:
    """ "Caused deaths", "resulted in deaths and injuries": more than one."""
    first = _first_joined(victims.tree, noun)
    verb = victims.tree.parent(first)
    if verb is not None and first.dep == "pobj":
        verb = victims.tree.parent(verb)
    if verb is None or noun.tag != "NNS" or verb.lemma.lower() not in _CAUSING or harm.is_unreal(victims.tree, verb):
        return []
    return [Part(noun.index, noun.index + 1, 2, None, "")]


def also_caused(victims: Victims, state: Token) -> list[Part]:
    """ "Caused deaths and wounded": more than one; the parser takes the second for a verb."""
    joint = victims.tree.previous(state)
    noun = victims.tree.previous(joint) if joint is not None and joint.text.lower() in ("and", "or") else None
    if noun is None or noun.lemma.lower() not in _DEATHS:
        return []
    return [part._replace(first=state.index, last=state.index + 1) for part in _caused(victims, noun)]


def _first_joined(tree: Tree, noun: Token) -> Token:
    """The first of the nouns that a noun is joined to by "and"."""
    while noun.dep == "conj":
        noun = tree[noun.head]
    return noun


def _suffered_by(victims: Victims, noun: Token) -> list[Part]:
    """ "The death of a civilian", "the killing of two officers"; "the general's assassination"."""
    for of in victims.tree.prepositional(noun, "of"):
        if found := victims.parts(of):
            return found
    owner = victims.tree.child(noun, "poss")
    if owner is None or owner.pos not in ("NOUN", "PROPN") or owner.entity not in ("PERSON", ""):
        return []
    if may_be_people(owner):
        return victims.parts(owner)
    return [victims.someone(owner)] if noun.lemma.lower() in _MURDERS and owner.tag in ("NN", "NNP") else []


def _injured(victims: Victims, noun: Token) -> list[Part]:
    """ "Four soldiers suffered burns": those who suffered, counted by the verb's subject; "treated four for burns"."""
    tree = victims.tree
    verb = tree.parent(_first_joined(tree, noun))
    if verb is not None and verb.text.lower() in ("with", "for"):
        return _treated(victims, verb)
    if verb is None or verb.lemma.lower() not in _SUFFERING or harm.is_unreal(tree, verb):
        return []
    subject = tree.child(verb, "nsubj")
    return victims.parts(tree.antecedent(subject, verb)) if subject is not None else []


def _treated(victims: Victims, preposition: Token) -> list[Part]:
    tree = victims.tree
    verb = next((above for above in tree.ancestors(preposition.index) if above.pos == "VERB"), None)
    if verb is None or verb.lemma.lower() not in _TREATING or harm.is_unreal(tree, verb):
        return []
    hurt = tree.child(verb, "dobj") or tree.child(verb, "nsubjpass", "nsubj")
    return victims.parts(tree.antecedent(hurt, verb)) if hurt is not None else []


def _lives(victims: Victims, noun: Token) -> list[Part]:
    """ "Lost their lives", "claimed the lives of 14 people", "cost 20 lives"."""
    tree = victims.tree
    verb = tree.parent(noun)
    if verb is None or verb.lemma.lower() not in _LOSING or harm.is_unreal(tree, verb):
        return []
    for of in tree.prepositional(noun, "of"):
        return victims.parts(of)
    if counted := _counted(victims, noun):
        return counted
    subject = tree.child(verb, "nsubj")
    if verb.lemma.lower() != "lose" or tree.child(noun, "poss") is None or subject is None:
        return []
    return victims.parts(tree.antecedent(subject, verb))


def _toll(victims: Victims, noun: Token) -> Iterator[tuple[Effect, list[Part]]]:
    """ "The death toll rose to 31", "the number of wounded stands at 12": the figure that follows."""
    tree = victims.tree
    phrase = [tree[index] for index in range(*tree.phrase(noun))]
    words = {token.lemma.lower() for token in phrase if token.pos not in ("DET", "PRON")}
    counted = [below for of in tree.prepositional(noun, "of") for below in tree.conjuncts(of)]
    # "The number of people killed in a strike".
    counted += [clause for people in counted for clause in tree.children(people, "acl", "amod")]
    words |= {below.text.lower() for below in counted}
    deadly = words == {"toll"} or bool(words & (_DEATHS | {"dead", "deaths", "fatalities", "killed"}))
    hurtful = bool(words & {"wounded", "injured", "injuries"})
    if deadly == hurtful:
        return
    verb = tree.parent(noun)
    changed = verb is not None and verb.lemma.lower() in CHANGING and verb.index > noun.index
    after = verb.index if verb is not None and changed else noun.index
    for quantity in victims.quantities:
        if after < quantity.first <= after + _TOLL_REACH and victims.is_count(quantity):
            # "From 12 to 31" reads as a range; the toll is where it ends.
            risen = tree[quantity.first].text.lower() == "from"
            low = quantity.high if risen and quantity.high is not None else quantity.low
            yield (KILLED if deadly else WOUNDED), [victims.bare(quantity)._replace(low=low)]
            return


def is_updated(tree: Tree, noun: Token) -> bool:
    """ "The death toll has risen to 31", "bringing the number of dead to 31": a new figure of one event."""
    if noun.lemma.lower() not in TOLLS and noun.text.lower() != "that":
        return False
    verb = next((above for above in tree.ancestors(noun.index) if above.pos == "VERB"), None)
    if verb is None or verb.lemma.lower() not in CHANGING:
        return False
    if verb.lemma.lower() in _REPLACING and noun.dep == "dobj" and not any(tree.prepositional(verb, "to")):
        return False
    below = tree.below(verb)
    if any(word.text.lower() in _AT_FIRST for word in below):
        return False
    return not any(word.lemma.lower() in _OVER_TIME and not _is_in_age(tree, word) for word in below)


def _is_in_age(tree: Tree, unit: Token) -> bool:
    """ "An 11-month-old"."""
    following = tree.next(unit)
    return following is not None and following.text == "-"
