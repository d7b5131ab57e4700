"""Which nouns are people, and which of them fight."""

from __future__ import annotations

from collections.abc import Iterable

from incidents.extraction.words import word_set
from incidents.language.types import Token

CIVILIANS = word_set(
    """civilian woman child boy girl baby infant toddler teenager student pupil schoolchild schoolgirl schoolboy
    journalist reporter photographer cameraman medic doctor nurse paramedic physician surgeon teacher
    professor worker villager farmer peasant resident bystander passenger pedestrian worshipper worshiper
    pilgrim refugee migrant shopper tourist priest nun bishop cleric monk imam businessman businesswoman
    trader vendor shopkeeper driver motorist commuter lawyer judge engineer labourer laborer miner fisherman
    sailor seafarer crewman mourner protester protestor demonstrator activist family wife husband mother
    father son daughter brother sister grandmother grandfather neighbour neighbor spectator patient guest
    customer diner volunteer firefighter rescuer aid-worker noncombatant non-combatant peasants inhabitant
    townspeople townsman local clergyman missionary unionist trade-unionist shepherd herder trucker cyclist
    parishioner noncombatants inmate prisoner hostage settler kid
    jesuit maid cook companion passerby passer-by witness correspondent archbishop beggar seminarian newsman columnist
    housewife servant porter janitor watchman minor toddler schoolteacher academic intellectual singer actor artist
    clerk chauffeur mechanic chef butcher poet architect coach athlete midwife rabbi chaplain vicar grandson
    granddaughter stepson stepdaughter widow fiance bridegroom apprentice guide
    pastor headman elder prosecutor technician seller conductor motorcyclist mariner skipper lecturer uncle aunt niece
    nephew cousin pensioner retiree contractor mason carpenter docker lawmaker broadcaster commentator editor blogger
    evacuee townsperson tribesman detainee captive seamstress waitress actress hostess caretaker loader"""
)
FIGHTERS = word_set(
    """militant fighter gunman insurgent rebel guerrilla guerilla soldier troop policeman policewoman trooper
    officer commander terrorist jihadi jihadist combatant militiaman serviceman servicewoman marine sergeant
    corporal colonel lieutenant general captain major private cadet recruit airman pilot commando ranger
    peacekeeper personnel guard bodyguard bomber attacker assailant extremist separatist paramilitary
    mercenary partisan hijacker kidnapper subversive serviceperson warrior operative conscript sniper
    infantryman paratrooper peshmerga police army constable
    jawan sentry reservist gendarme kingpin warlord inspector superintendent khwarij warder"""
)
PEOPLE = CIVILIANS | FIGHTERS | word_set(
    """people person man other individual victim member leader official president minister mayor governor
    candidate politician deputy senator ambassador diplomat citizen employee staff crew team group crowd
    couple friend relative chief head boss director secretary adviser aide spokesman brother-in-law youth
    adult human soul suspect criminal dealer trafficker comrade assassin archbishop cop patrolman congressman councilman councillor compatriot"""
)  # fmt: skip
# Singular in form, several in fact.
COLLECTIVE = word_set(
    """police personnel family crowd group team crew army staff people troop squad unit patrol band gang cell
    couple number total handful pair force militia clergy public majority wave series"""
)
# What may be killed or hurt without being a person, and what a wound may be in.
_OTHERS = word_set(
    """livestock cattle cow sheep goat dog horse camel donkey animal bird fish elephant pet wolf bear pig
    chicken leg arm head hand foot face eye neck shoulder back chest stomach thigh pride feeling economy
    interest bill deal plan hope process effort business reputation relation talk chance time spirit proposal
    project peace trade tourism industry environment cause image prospect election campaign story virus
    engine vehicle house building target position facility depot headquarters warehouse town city village
    street road"""
)
# "Councillor", "columnist", "musician", "frogman", "detainee": who bears such a noun is a person.
_PERSON_ENDINGS = (
    "er", "or", "oran", "uran", "ican", "eran", "ist", "ian", "man", "men", "woman", "women", "ant", "eer", "ee", "ite", "ese", "people", "child",
    "chief", "head", "king", "queen", "pope", "bride", "nephew", "niece", "cousin", "aunt", "uncle", "twin", "orphan",
    "nomad", "native", "expatriate", "graduate", "candidate", "advocate", "magistrate", "delegate", "associate",
    "subordinate", "colleague", "hero", "martyr", "thief", "youngster", "scholar", "student", "agent", "dissident",
)  # fmt: skip
_NO_PERSON_ENTITY = word_set("GPE LOC FAC DATE TIME MONEY PERCENT QUANTITY PRODUCT EVENT ORDINAL LAW")


def may_be_people(noun: Token, *, counted: bool = False) -> bool:
    """Whether a noun that was killed or hurt is people. `counted`: a figure stands before it, and an unknown noun will do."""
    lemma = noun.lemma.lower()
    if lemma in PEOPLE or lemma in COLLECTIVE:
        return True
    if noun.pos == "PROPN":
        return noun.entity not in _NO_PERSON_ENTITY
    if noun.pos == "NOUN":
        return lemma not in _OTHERS and (
            counted or noun.entity in ("PERSON", "NORP") or lemma.endswith(_PERSON_ENDINGS)
        )
    return noun.pos in ("NUM", "PRON", "ADJ", "DET")


def group_of(head: str, words: Iterable[str]) -> str:
    """ "civilians", "fighters" or "" by the noun itself, then by the words of its phrase ("two police recruits")."""
    for word in (head, *words):
        if word in CIVILIANS:
            return "civilians"
        if word in FIGHTERS:
            return "fighters"
    return ""
