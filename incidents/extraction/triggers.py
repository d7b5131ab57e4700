"""The words of a document that tell of violence, each with its kind."""

from __future__ import annotations

from dataclasses import dataclass

from incidents.extraction import lexicon
from incidents.extraction.hospital import is_in_hospital
from incidents.extraction.instruments import OBJECTS, SUBJECTS, arguments, instrument, loads_of, told_of
from incidents.extraction.kinds import Kind
from incidents.extraction.lexicon import PRECEDENCE, Strength
from incidents.extraction.people import PEOPLE, may_be_people
from incidents.extraction.syntax import Tree
from incidents.language.classes import STATUSES
from incidents.language.types import Token

_NAMES = frozenset(["GPE", "NORP", "ORG"])
_EXPLOSIVE = (Kind.BOMBING, Kind.SUICIDE_BOMBING, Kind.LANDMINE)
# What the status head says of news, news told again, and what is older.
_HAPPENED = [STATUSES.index(name) for name in ("new", "again", "background")]
SURELY = 0.6
_FARTHEST_ABLAZE = 12
_PLURAL = frozenset(["NNS", "NNPS"])


@dataclass(frozen=True, slots=True)
class Trigger:
    """One word of violence. `kind` is None where only its company could tell; `harm`: it tells of dead or hurt alone."""

    token: int
    kind: Kind | None
    strength: Strength
    verb: bool
    harm: bool = False
    plural: bool = False


def find_triggers(tree: Tree) -> tuple[Trigger, ...]:
    """In text order. A sentence with a word of sport, weather or labour keeps its strong words, and of the others those
    that the encoder reads as violence: "gunmen killed two teachers"."""
    found: list[Trigger] = []
    for sentence in tree.sentences:
        tokens = tree.sentence_tokens(sentence.index)
        words = {word for token in tokens for word in (token.lemma.lower(), token.text.lower())}
        staged = not words.isdisjoint(lexicon.STAGED)
        elsewhere = staged or not words.isdisjoint(lexicon.ELSEWHERE)
        for token in tokens:
            trigger = _trigger(tree, token)
            if trigger is None:
                continue
            doubted = elsewhere and trigger.strength < Strength.STRONG
            if not doubted or (not staged and _reads_as_violence(tree, token)):
                found.append(trigger)
    return tuple(found)


def _reads_as_violence(tree: Tree, token: Token) -> bool:
    return share_that_happened(tree, token) >= SURELY


def share_that_happened(tree: Tree, token: Token) -> float:
    """How surely the encoder reads a word as telling of something that happened, from 0 to 1; 0 where it read nothing."""
    signals = tree.document.signals
    shares = signals.status_of(token.start, token.end) if signals is not None else None
    return sum(float(shares[status]) for status in _HAPPENED) if shares is not None else 0.0


def _trigger(tree: Tree, token: Token) -> Trigger | None:
    if token.pos == "VERB" or (token.pos == "AUX" and token.dep == "ROOT"):
        return _verb(tree, token)
    if token.text.lower() == "shot" and token.pos == "NOUN" and _is_dead(tree.next(token)):
        # "Men riding a motorbike shot dead an elder": no motorbike shot.
        return Trigger(token.index, Kind.ARMED_ATTACK, Strength.STRONG, verb=False)
    if token.pos in ("NOUN", "PROPN"):
        return _noun(tree, token)
    if token.text.lower() in lexicon.UNHURT:
        return Trigger(token.index, None, Strength.WEAK, verb=False, harm=True)
    if token.pos == "ADJ" and token.lemma.lower() in lexicon.HARM_ADJECTIVES and _tells_of_victims(tree, token):
        return Trigger(token.index, _harm_kind(tree, token), Strength.WEAK, verb=False, harm=True)
    return None


def _is_dead(word: Token | None) -> bool:
    return word is not None and word.text.lower() == "dead"


def _noun(tree: Tree, token: Token) -> Trigger | None:
    lemma = token.lemma.lower()
    plural = token.tag in _PLURAL or lemma in lexicon.LASTING_NOUNS
    before = tree.modifiers(token)
    if any(word.lemma.lower() in lexicon.HARMLESS_MODIFIERS for word in before) or _is_part_of_name(tree, token):
        return None
    if lemma == "attack" and _is_one_way(tree, token):
        return None
    if lemma == "strike" and not before and tree[token.head].text.lower() == "on":
        return None
    if lemma == "raid" and _makes_arrests(tree, token):
        return None
    if lemma in lexicon.HARM_NOUNS:
        return Trigger(token.index, None, Strength.WEAK, verb=False, harm=True, plural=plural)
    if lemma == "exchange" and any(word.lemma.lower() in lexicon.EXCHANGED for word in tree.prepositional(token, "of")):
        return Trigger(token.index, Kind.ARMED_CLASH, Strength.PLAIN, verb=False)
    if (
        lemma == "fire"
        and tree[token.head].text.lower() == "under"
        and (_is_come_under(tree, token) or _reads_as_violence(tree, token))
    ):
        return Trigger(token.index, _by_what(tree, token) or Kind.ARMED_ATTACK, Strength.PLAIN, verb=False)
    if lemma not in lexicon.NOUNS:
        return None
    kind, strength = lexicon.NOUNS[lemma]
    if lemma in ("explosion", "blast") and _of_something_else(tree, token):
        return None
    telling = instrument(tree, [*before, *arguments(tree, token), *_by_what_it_came(tree, token)])
    if telling and (kind is None or PRECEDENCE.index(telling) < PRECEDENCE.index(kind)):
        kind, strength = telling, Strength.STRONG
    if kind is None:
        kind, strength = _open_kind(lemma), (Strength.WEAK if lemma in ("raid", "strike") else strength)
    if strikes_a_ship(tree, token):
        kind = Kind.SHIP_ATTACK
    return Trigger(token.index, kind, strength, verb=False, plural=plural)


def _is_come_under(tree: Tree, fire: Token) -> bool:
    """ "Came under mortar fire": no critics' fire, where it names its weapon."""
    verb = tree.parent(tree[fire.head])
    return verb is not None and verb.lemma.lower() == "come" and instrument(tree, [fire]) is not None


def _is_one_way(tree: Tree, token: Token) -> bool:
    """ "One-way attack unmanned aerial vehicles": what they are made for, and nothing that they did."""
    before, after = tree.previous(token), tree.next(token)
    named = after is not None and (after.pos in ("NOUN", "PROPN", "ADJ") or after.lemma.lower() in lexicon.INSTRUMENTS)
    return named and before is not None and before.text.lower() == "way"


def _by_what(tree: Tree, token: Token) -> Kind | None:
    return instrument(tree, [*tree.modifiers(token), *_by_what_it_came(tree, token)])


def _by_what_it_came(tree: Tree, token: Token) -> list[Token]:
    """ "Came under attack by glide bombs": the parser hangs the bombs on the verb."""
    under = tree.parent(token)
    verb = tree.parent(under) if under is not None and under.text.lower() == "under" else None
    return list(tree.prepositional(verb, "by", "from")) if verb is not None else []


def _makes_arrests(tree: Tree, raid: Token) -> bool:
    """ "Detained 200 people in raids": the work of police."""
    verb = next((above for above in tree.ancestors(raid.index) if above.pos == "VERB"), None)
    return verb is not None and verb.lemma.lower() in lexicon.ARRESTS


def _of_something_else(tree: Tree, token: Token) -> bool:
    """ "An explosion of colour": what explodes is a bomb, a vehicle or a building."""
    for preposition in tree.children(token, "prep"):
        if preposition.lemma == "of":
            things = tree.children(preposition, "pobj")
            return not any(_can_explode(word) for thing in things for word in (thing, *tree.modifiers(thing)))
    return False


def _can_explode(word: Token) -> bool:
    lemma = word.lemma.lower()
    return (
        word.pos in ("PROPN", "NUM")
        or lemma in lexicon.INSTRUMENTS
        or lemma in lexicon.TARGETS
        or lemma in lexicon.SHIPS
    )


def _open_kind(lemma: str) -> Kind:
    """What an unspecified "strike" most often is in the news: one from the air; all others are armed attacks."""
    return Kind.AIR_STRIKE if lemma == "strike" else Kind.ARMED_ATTACK


def _is_part_of_name(tree: Tree, token: Token) -> bool:
    """ "Attack helicopter", "fighting position", "Strike Group": a word that stands before another noun."""
    head = tree[token.head]
    return token.dep in ("compound", "amod", "nmod") and head.pos in ("NOUN", "PROPN") and head.index > token.index


def _verb(tree: Tree, token: Token) -> Trigger | None:
    lemma = token.lemma.lower()
    # "Detonating plugs", "fighting spirit", "were going to explode" tell what may be.
    if (token.tag == "VBG" and token.dep == "amod") or (lemma == "go" and tree.children(token, "xcomp")):
        return None
    objects = tree.children(token, *OBJECTS)
    idiomatic = lemma not in lexicon.VERBS or lemma in ("shoot", "execute")
    if idiomatic and any(word.lemma.lower() in lexicon.HARMLESS_OBJECTS for word in objects):
        return None
    if lemma == "attack" and any(word.lemma.lower() in lexicon.ATTACKED_IN_WORDS for word in objects):
        return None
    if lemma in lexicon.HARM_VERBS:
        return _harm_verb(tree, token)
    if is_in_hospital(tree, token):
        # No verb of violence: it only adds figures to what was told before.
        return Trigger(token.index, None, Strength.WEAK, verb=False, harm=True)
    telling = instrument(tree, arguments(tree, token))
    phrase = _phrase(tree, token)
    if phrase is Kind.OTHER and instrument(tree, [*objects, *tree.children(token, "nsubjpass")]) in lexicon.INTERCEPTED:
        return None
    if phrase is Kind.ARSON and _to_ones_own(tree, token, objects):
        return None
    if phrase is Kind.ABDUCTION and (
        _takes_things(objects) or (_is_led_away(tree, token) and not _forces_take(tree, token))
    ):
        return None
    if phrase:
        return Trigger(token.index, min(phrase, telling or phrase, key=PRECEDENCE.index), Strength.STRONG, verb=True)
    if lemma in lexicon.DRIVING and _drives_into_people(tree, token, objects):
        return Trigger(token.index, Kind.STABBING_VEHICLE, Strength.STRONG, verb=True)
    if lemma in lexicon.VERBS:
        kind, strength = lexicon.VERBS[lemma]
        strength = Strength.STRONG if _is_deadly(tree, token) else strength
        if telling and (kind is None or PRECEDENCE.index(telling) < PRECEDENCE.index(kind)):
            kind, strength = telling, Strength.STRONG
        if kind is None:
            kind = Kind.ARMED_ATTACK
        return Trigger(token.index, Kind.SHIP_ATTACK if strikes_a_ship(tree, token) else kind, strength, verb=True)
    return _supported_verb(tree, token, objects, telling)


def _takes_things(objects: list[Token]) -> bool:
    """ "Took away weapons and a wireless set"."""
    return any(word.pos == "NOUN" for word in objects) and not any(map(may_be_people, objects))


def _is_led_away(tree: Tree, token: Token) -> bool:
    return any(child.text.lower() == "away" for child in tree.children(token))


def _forces_take(tree: Tree, token: Token) -> bool:
    """ "Armed men led away six labourers"; police lead away whom they arrest."""
    doers = [word for doer in doers_of(tree, token) for word in (doer, *tree.modifiers(doer))]
    return any(word.lemma.lower() in lexicon.ARMED_ACTORS | {"armed"} for word in doers) and not any(
        word.lemma.lower() in ("police", "officer") for word in doers
    )


def _drives_into_people(tree: Tree, token: Token, objects: list[Token]) -> bool:
    """ "Drove a car into a crowd", "a man ploughed through the market"; the driver who lost control did not mean to."""
    hit = tree.prepositional(token, "into", "through")
    if not any(word.lemma.lower() in lexicon.CROWDS for word in hit):
        return False
    subject = tree.subject(token)
    someone = subject is not None and subject.lemma.lower() in PEOPLE and subject.lemma.lower() != "driver"
    steered = any(word.lemma.lower() in lexicon.VEHICLES for word in objects)
    return steered or (someone and token.lemma.lower() != "drive" and not objects)


def _is_deadly(tree: Tree, token: Token) -> bool:
    """ "Shot dead", "shot and killed", "shot to death": no photograph and no goal."""
    beside = [*tree.children(token, "oprd", "acomp", "conj", "advcl", "xcomp"), *tree.prepositional(token, "to")]
    return token.lemma.lower() == "shoot" and any(word.lemma.lower() in ("dead", "kill", "death") for word in beside)


def _to_ones_own(tree: Tree, token: Token, objects: list[Token]) -> bool:
    """ "Set himself on fire", "set fire to their boat"."""
    things = [*objects, *tree.prepositional(token, "to")]
    for thing in list(objects):
        things.extend(tree.prepositional(thing, "to"))
    owners = [owner for thing in things for owner in tree.children(thing, "poss")]
    return any(word.text.lower() in lexicon.ONES_OWN for word in (*things, *owners))


def _supported_verb(tree: Tree, token: Token, objects: list[Token], telling: Kind | None) -> Trigger | None:
    """A verb of everyday use, taken only with a weapon or forces where it needs them."""
    lemma = token.lemma.lower()
    sent = instrument(tree, [*objects, *tree.children(token, "nsubjpass")])
    if token.dep == "relcl" and any(word.text.lower() == "which" for word in tree.prepositional(token, "from")):
        # "The compound from which the rockets were launched".
        return None
    if lemma in lexicon.VERBS_THAT_SEND and sent and sent not in (Kind.AIR_STRIKE, Kind.ARMED_ATTACK):
        carrier = instrument(tree, doers_of(tree, token))
        if carrier is None and lemma == "drop" and any(word.lemma.lower() == "bomb" for word in objects):
            # Bombs fall from the air, whoever is named as dropping them.
            carrier = Kind.AIR_STRIKE
        from_above = sent in (Kind.BOMBING, Kind.MISSILE_ROCKET) and carrier in (Kind.AIR_STRIKE, Kind.DRONE_STRIKE)
        return Trigger(token.index, carrier if from_above else sent, Strength.PLAIN, verb=True)
    onto = lemma in lexicon.VERBS_ONTO_MINES or (
        lemma in lexicon.VEHICLES_MEET and _is_vehicle(tree, tree.subject(token))
    )
    if onto and (mine := _mine(tree, token, objects)):
        return Trigger(token.index, mine, Strength.PLAIN, verb=True)
    doers = doers_of(tree, token)
    arriving = instrument(tree, [*doers, *loads_of(tree, doers)])
    if (arriving is Kind.AIR_STRIKE and lemma == "crash") or _are_alarms(doers):
        arriving = None
    if lemma in (lexicon.VERBS_THAT_ARRIVE | lexicon.VERBS_OF_WEAPONS) and arriving:
        kind = Kind.SHIP_ATTACK if strikes_a_ship(tree, token) else arriving
        return Trigger(token.index, kind, Strength.PLAIN, verb=True)
    if lemma in lexicon.VERBS_ONTO_SHIPS and strikes_a_ship(tree, token) and share_that_happened(tree, token) >= SURELY:
        return Trigger(token.index, Kind.SHIP_ATTACK, Strength.PLAIN, verb=True)
    # "Was targeted with an explosive device".
    hit_with = telling is not None and tree.is_passive(token) and any(tree.prepositional(token, "with"))
    if lemma not in lexicon.VERBS_OF_FORCES or not (hit_with or _forces_do_it(tree, token, doers, objects)):
        return None
    kind = telling or lexicon.VERBS_OF_FORCES[lemma] or Kind.AIR_STRIKE
    if lemma in ("raid", "storm", "overrun", "destroy", "damage", "descend") and not telling:
        kind = Kind.ARMED_ATTACK
    if strikes_a_ship(tree, token):
        kind = Kind.SHIP_ATTACK
    elif kind is Kind.ABDUCTION and not any(word.entity == "PERSON" for word in objects):
        return None
    return Trigger(token.index, kind, Strength.WEAK, verb=True)


def _is_vehicle(tree: Tree, subject: Token | None) -> bool:
    words = {subject.lemma.lower(), *(word.lemma.lower() for word in tree.modifiers(subject))} if subject else set()
    return not words.isdisjoint(lexicon.VEHICLES | lexicon.CONVOYS)


def _mine(tree: Tree, token: Token, objects: list[Token]) -> Kind | None:
    """ "Their car ran over a bomb", "stepped on a mine", "the convoy hit an explosive device"."""
    things = [*objects, *tree.prepositional(token, "over", "on", "onto", "into")]
    kinds = {
        lexicon.INSTRUMENTS.get(word.lemma.lower()) for thing in things for word in (thing, *tree.modifiers(thing))
    }
    return Kind.LANDMINE if Kind.LANDMINE in kinds else Kind.BOMBING if Kind.BOMBING in kinds else None


def subjects_of(tree: Tree, token: Token) -> list[Token]:
    """Its own subjects, or those of the verb it is joined to ("a drone slipped through and hit the post", "they tried to
    storm it")."""
    found = tree.children(token, "nsubj")
    link = ""
    while not found and link != "conj" and token.dep in ("conj", "xcomp") and tree[token.head].pos == "VERB":
        if tree.children(token, *SUBJECTS):
            break
        link, token = token.dep, tree[token.head]
        found = tree.children(token, "nsubj")
    return found + [of for subject in found for of in told_of(tree, subject)]


def doers_of(tree: Tree, token: Token) -> list[Token]:
    found = subjects_of(tree, token)
    for agent in tree.children(token, "agent"):
        found.extend(tree.children(agent, "pobj"))
    for doer in list(found):
        found.extend(tree.children(doer, "conj"))
    return found


def _forces_do_it(tree: Tree, token: Token, doers: list[Token], objects: list[Token]) -> bool:
    done_to = [*objects, *tree.children(token, "nsubjpass")]
    done_to += [thing for counted in objects if counted.pos == "NUM" for thing in tree.prepositional(counted, "of")]
    for preposition in tree.children(token, "prep"):
        if preposition.lemma in ("on", "at", "into", "against"):
            done_to.extend(tree.children(preposition, "pobj"))
    armed = any(
        word.lemma.lower() in lexicon.ARMED_ACTORS or word.lemma.lower() in lexicon.INSTRUMENTS
        for doer in doers
        for word in (doer, *tree.modifiers(doer))
    )
    military = any(
        word.lemma.lower() in lexicon.TARGETS or word.lemma.lower() in lexicon.ARMED_ACTORS or word.entity in _NAMES
        for thing in done_to
        for word in (thing, *tree.modifiers(thing))
    )
    named = any(doer.entity in _NAMES for doer in doers)
    if token.lemma.lower() == "raid" and any(thing.lemma.lower() in lexicon.SETTLEMENTS for thing in done_to):
        return True
    return military and (armed or named)


def _phrase(tree: Tree, token: Token) -> Kind | None:
    lemma = token.lemma.lower()
    if lemma == "set" and (
        any(word.lemma.lower() == "fire" for word in tree.prepositional(token, "on")) or _sets_ablaze(tree, token)
    ):
        return Kind.ARSON
    if any(word.lemma.lower() in lexicon.AT_POINT for word in tree.prepositional(token, "at")):
        return Kind.ABDUCTION if lemma in lexicon.TAKING else None
    if lemma in lexicon.TO_DEATH and any(word.lemma.lower() == "death" for word in tree.prepositional(token, "to")):
        return lexicon.TO_DEATH[lemma]
    for child in tree.children(token):
        kind = lexicon.PHRASES.get((token.lemma.lower(), child.lemma.lower()))
        if kind and not (child.lemma.lower() in ("off", "up") and not _explodes(tree, token)):
            return kind
    return None


def _sets_ablaze(tree: Tree, token: Token) -> bool:
    """ "Set the headquarters in Imo ablaze", "set alight 14 cameras", wherever the parser hangs the adjective."""
    behind = tree.tokens[token.index + 1 : min(token.index + _FARTHEST_ABLAZE, tree.sentence_of(token).last)]
    return any(word.text.lower() in lexicon.ABLAZE for word in behind)


def _explodes(tree: Tree, token: Token) -> bool:
    """ "went off", "blew up" need a bomb, or someone who does it to something."""
    subjects = tree.children(token, *SUBJECTS)
    if token.lemma == "go":
        return instrument(tree, subjects) is not None and not _are_alarms(subjects)
    if token.lemma == "set":
        return instrument(tree, tree.children(token, *OBJECTS, "nsubjpass")) in _EXPLOSIVE
    return bool(subjects or tree.children(token, *OBJECTS))


def _are_alarms(subjects: list[Token]) -> bool:
    """Air raid sirens go off as bombs do."""
    return any(word.lemma.lower() in lexicon.ALARMS for word in subjects)


def strikes_a_ship(tree: Tree, token: Token) -> bool:
    things = tree.children(token, "dobj", "nsubjpass", "obj")
    if token.dep == "pcomp" and tree.child(token, "auxpass") and (struck := tree.subject(token)):
        # "The tanker caught fire after being struck".
        things.append(struck)
    for preposition in tree.children(token, "prep"):
        if preposition.lemma in ("on", "against", "at"):
            things.extend(tree.children(preposition, "pobj"))
    if any(lexicon.SHIP_PREFIX.match(tree.text(*tree.phrase(thing))) for thing in things):
        return True
    # "The barge tug Ocean Perseverance".
    named = [word for thing in things if thing.pos == "PROPN" for word in tree.modifiers(thing) if word.pos == "NOUN"]
    return any(thing.lemma.lower() in lexicon.SHIPS for thing in (*things, *named))


def _harm_verb(tree: Tree, token: Token) -> Trigger | None:
    if token.lemma in ("suffer", "sustain"):
        objects = tree.children(token, *OBJECTS)
        if not any(word.lemma in lexicon.HARM_NOUNS for word in objects):
            return None
    kind = _harm_kind(tree, token)
    everything = tree.below(token, most=60)
    if kind is None and any(_is_accident(word) for word in everything):
        return None
    # "A roadside bomb killed three" tells the event itself, and not only what came of one.
    tells = token.lemma.lower() in lexicon.TRANSITIVE_HARM and kind is not None and _weapon_does_it(tree, token)
    return Trigger(token.index, kind, Strength.PLAIN if tells else Strength.WEAK, verb=True, harm=not tells)


def _weapon_does_it(tree: Tree, token: Token) -> bool:
    doers = doers_of(tree, token)
    return any(doer.lemma.lower() in lexicon.INSTRUMENTS and doer.lemma.lower() not in lexicon.NOUNS for doer in doers)


def _is_accident(token: Token) -> bool:
    return token.pos == "NOUN" and token.lemma.lower() in lexicon.ACCIDENTS


def _harm_kind(tree: Tree, token: Token) -> Kind | None:
    kind = instrument(tree, arguments(tree, token))
    if kind is None and any(
        word.lemma.lower() in lexicon.ARMED_ACTORS
        for doer in doers_of(tree, token)
        for word in (doer, *tree.modifiers(doer))
    ):
        return Kind.ARMED_ATTACK
    return kind


def _tells_of_victims(tree: Tree, token: Token) -> bool:
    """ "three dead", "left 20 wounded", and not "the dead end": a number or a person beside it."""
    near = [*tree.children(token), tree[token.head], *tree.children(tree[token.head])]
    return any(word.pos == "NUM" or word.lemma in ("people", "person", "leave", "civilian", "soldier") for word in near)
