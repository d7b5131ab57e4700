"""Words that tell of violence in a note, though in an article they may stand for anything: "losses in the north",
"troops advance on the town", "shells on the market".

They are read without the parse, which headlines mislead, by what else the sentence names: forces, weapons, the dead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from incidents.extraction import lexicon
from incidents.extraction.actor_list import STATE_FORCES, canonical
from incidents.extraction.kinds import Kind
from incidents.extraction.lexicon import Strength
from incidents.extraction.people import FIGHTERS, may_be_people
from incidents.extraction.syntax import Tree
from incidents.extraction.triggers import Trigger
from incidents.extraction.words import word_set
from incidents.language.types import Token

# The dead and the hurt, by any word. A body is told of when it is found; losses are those of forces, or "human" ones.
_HARM = word_set("casualty martyr corpse martyrdom fatality")
_BODIES = word_set("body corpse remains")
_FOUND = word_set("find discover recover dump hang behead locate dismember decapitate torture execute")
_LOSSES = word_set("loss")
_HARMED = word_set("kill wound injure die dead death casualty martyr victim loss injury wounded injured behead execute")
_HUMAN = word_set("human life heavy more")
# What forces do to win ground, when the sentence names forces.
_GROUND = word_set("""
    advance advancement offensive counteroffensive counter-offensive counterattack counter-attack infiltration
    incursion encirclement infighting assault control recontrol re-control regain capture recapture retake reclaim
    takeover overrun seize storm expel repel repulse retreat encircle besiege liberate infiltrate clash fight battle
    confrontation encounter skirmish crossfire confront defeat escalation breach devastate
""")
# What is seized without anybody being kidnapped, and the verbs after which a weapon did no harm.
_THINGS = lexicon.TARGETS | lexicon.VEHICLES | lexicon.SHIPS | lexicon.INSTRUMENTS.keys()
_TAKEN_BY = lexicon.TAKING | lexicon.ARRESTS
_EXCHANGED = word_set("exchange trade swap")
_FIRE = word_set("fire shelling shell targeting gunfire rocket bombardment strike")
# What is done to someone or something; beside a weapon, forces or the dead.
_DONE = word_set("""
    target targeting execute execution stone stoning hang crucify behead snipe eliminate neutralize neutralise liquidate
    pound strike hit rock shake raid bombing torture torturing shot murder ambush shoot kill attack burn torch raze loot
    kidnap abduct assassination assassinate
""")
_EXECUTING = word_set("execute execution stone stoning hang crucify behead snipe torture decapitate")
# Weapons that do harm by being named: not the aircraft that carry them, nor what troops have in their hands.
_WEAPONS = word_set("""
    shell missile rocket mortar projectile landmine mine ied bomb grenade explosive shrapnel bullet sniper gunshot
    barrel-bomb drone uav warplane
""")
_IMPACT = word_set("""
    kill wound injure leave claim cause target hit strike fall drop rain land fire launch explode detonate blow rock
    shake destroy damage dead death casualty martyr raise lose pound raid attack injury victim burn die
""")
_TESTED = re.compile(r"\btest(?:s|ed|ing)?[- ](?:fir|launch|missile|of)", re.IGNORECASE)
_HOMICIDES = word_set("homicide femicide")
_EXPLOSIONS = word_set("explosion blast")
_NOT_ARMED = word_set("union fan")
# These are accidents, sport or labour, unless forces or weapons are named beside them ("exchange of fire").
_FIRE_AND_STORM = word_set(
    "fire storm leak union league goal test score shares panic team player coach wave heat collapse"
)
_ELSEWHERE = (
    (lexicon.ACCIDENTS | lexicon.ELSEWHERE)
    | word_set("capsize cholera malaria measles ebola dengue drown missing unexploded defuse humanitarian blaze tremor")
) - _FIRE_AND_STORM
# "Military operations continue": operations of other kinds are none of violence.
_OPERATIONS = word_set("operation campaign escalation push")
_MILITARY = word_set(
    "military offensive combat ground special anti-terrorist counter-terrorist counterterrorism clearance"
)
_ARMED = lexicon.ARMED_ACTORS | FIGHTERS
# Acronyms of three to six letters are mostly forces or groups in such a sentence, but for those of these bodies.
_BODIES_OF_PEACE = word_set(
    "usa usd gdp nato unhcr unicef wfp who osce ngo ngos sohr ceo covid aids hiv gmt utc tv bbc"
)
_LONGEST_GROUP = 3
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 3, 6


class Sentences:
    """What each sentence of a note names, looked at once."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._words: dict[int, frozenset[str]] = {}
        self._names_forces: dict[int, bool] = {}

    def words(self, sentence: int) -> frozenset[str]:
        if sentence not in self._words:
            tokens = self._tree.sentence_tokens(sentence)
            self._words[sentence] = frozenset(form for token in tokens for form in _forms(token))
        return self._words[sentence]

    def is_elsewhere(self, sentence: int) -> bool:
        """Whether it is about an accident, an illness or sport: "two die in house fire", "fire" with forces is another."""
        words = self.words(sentence)
        if words & _ELSEWHERE or _TESTED.search(self._text(sentence)):
            return True
        return bool(words & _FIRE_AND_STORM) and not self.is_armed(sentence) and _weapon(words) is None

    def _text(self, sentence: int) -> str:
        span = self._tree.sentences[sentence]
        return self._tree.text(span.first, span.last)

    def trigger(self, token: Token) -> Trigger | None:
        """The trigger that a word is in a note, beside those that it would be in any text; None for most words."""
        forms = _forms(token)
        words = self.words(token.sentence)
        plural = token.tag in ("NNS", "NNPS")
        losses = forms & _LOSSES and (self.is_armed(token.sentence) or words & _HUMAN)
        if forms & _HARM or losses or (forms & _BODIES and words & _FOUND):
            return Trigger(token.index, None, Strength.WEAK, verb=False, harm=True, plural=plural)
        kind = None if self._is_taken(token) else _plain_word(token, forms) or self._kind(token, forms, words)
        verb = token.pos == "VERB"
        return Trigger(token.index, kind, Strength.WEAK, verb=verb, plural=plural) if kind else None

    def _stands_before_noun(self, token: Token) -> bool:
        """ "An advance team", "control room"."""
        head = self._tree[token.head]
        return token.dep == "compound" and head.index == token.index + 1 and head.tag == "NN"

    def _kind(self, token: Token, forms: frozenset[str], words: frozenset[str]) -> Kind | None:
        if forms & _EXECUTING and token.pos in ("VERB", "NOUN", "PROPN", "ADJ"):
            return Kind.ARMED_ATTACK
        if forms & _WEAPONS and words & _IMPACT:
            return _weapon(forms)
        armed = self.is_armed(token.sentence)
        if "seize" in forms and armed and self._takes_people(token):
            return Kind.ABDUCTION
        if "fire" in forms and self._tree[token.head].text.lower() == "under" and (armed or words & _HARMED):
            return Kind.ARMED_ATTACK
        if forms & _GROUND and armed and token.pos != "ADJ" and not self._stands_before_noun(token):
            return Kind.ARMED_CLASH
        if forms & _OPERATIONS and armed and words & _MILITARY:
            return Kind.ARMED_CLASH
        if forms & _EXCHANGED and words & _FIRE:
            return Kind.ARMED_CLASH
        weapon = self._nearest_weapon(token)
        if forms & _DONE and (armed or weapon or words & _HARMED):
            return weapon or Kind.ARMED_ATTACK
        return None

    def _is_taken(self, weapon: Token) -> bool:
        """ "Seizes mortars": they did no harm."""
        return weapon.dep in ("dobj", "conj") and self._tree[weapon.head].lemma.lower() in _TAKEN_BY

    def _takes_people(self, verb: Token) -> bool:
        """ "Seized four crewmen", "two workers were seized", and not a town or weapons."""
        taken = self._tree.children(verb, "dobj", "nsubjpass")
        return any(
            noun.entity == "PERSON"
            or (noun.pos == "NOUN" and may_be_people(noun, counted=True) and noun.lemma.lower() not in _THINGS)
            for noun in taken
        )

    def _nearest_weapon(self, token: Token) -> Kind | None:
        """The kind of the weapon that stands nearest: a sentence may tell of two events."""
        tokens = self._tree.sentence_tokens(token.sentence)
        armed = [(abs(other.index - token.index), other.index) for other in tokens if _weapon(_forms(other))]
        return _weapon(_forms(self._tree[min(armed)[1]])) if armed else None

    def is_armed(self, sentence: int) -> bool:
        """Whether the sentence names forces, or an acronym that is most likely one."""
        if sentence not in self._names_forces:
            words = self.words(sentence)
            tokens = self._tree.sentence_tokens(sentence)
            forces = bool(words & _ARMED and not words & _NOT_ARMED)
            self._names_forces[sentence] = forces or any(map(_is_acronym, tokens)) or _names_a_group(self._tree, tokens)
        return self._names_forces[sentence]


def _is_acronym(token: Token) -> bool:
    text = token.text
    size = _SHORTEST_ACRONYM <= len(text) <= _LONGEST_ACRONYM
    return size and text.isupper() and text.isalpha() and text.lower() not in _BODIES_OF_PEACE


def _names_a_group(tree: Tree, tokens: Sequence[Token]) -> bool:
    """Whether one to three words are a known armed group's name."""
    for first, token in enumerate(tokens):
        if not token.text[:1].isupper():
            continue
        for last in range(first + 1, min(first + _LONGEST_GROUP, len(tokens)) + 1):
            actor = canonical(tree.text(token.index, tokens[last - 1].index + 1))
            if actor is not None and actor.kind != STATE_FORCES:
                return True
    return False


def _plain_word(token: Token, forms: frozenset[str]) -> Kind | None:
    """A word of violence that the parser took for another part of speech ("Explosions rock X", "Regime jets bombard X")."""
    # "Houthi shelling hit a quarter": an auxiliary for the parser.
    if token.pos not in ("NOUN", "PROPN", "VERB", "AUX"):
        return None
    for form in forms:
        kind, strength = lexicon.NOUNS.get(form) or lexicon.VERBS.get(form) or (None, Strength.WEAK)
        if kind and strength is Strength.STRONG:
            return kind
    if forms & _HOMICIDES:
        return Kind.ARMED_ATTACK
    return Kind.BOMBING if forms & _EXPLOSIONS else None


def _forms(token: Token) -> frozenset[str]:
    """Word and lemma, and the singular of a Word that the parser took for a name."""
    text = token.text.lower()
    forms = {text, token.lemma.lower()}
    if token.pos == "PROPN" and text.endswith("s") and len(text) > 3:
        forms.add(text[:-1])
    return frozenset(forms)


def _weapon(words: frozenset[str]) -> Kind | None:
    kinds = {kind for word in words if (kind := lexicon.INSTRUMENTS.get(word))}
    return min(kinds, key=lexicon.PRECEDENCE.index) if kinds else None
