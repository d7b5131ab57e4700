"""The known organisations and state forces, and which of them a name stands for. docs/actors.md says what the list is."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from incidents.extraction.words import without_accents, word_set

STATE_FORCES = "state-forces"
# Words that may follow a name without changing whom it names ("Houthi rebels", "Islamic State group").
_GROUP_WORDS = word_set(
    """militants militant fighters fighter rebels rebel insurgents insurgent guerrillas guerrilla guerillas guerilla
    gunmen terrorists terrorist jihadists jihadist jihadis extremists group groups militia militias militiamen movement
    organization organisation faction members member network separatists operatives supporters cartel brigades
    brigade commando commandos cell command"""
)
# After a country or its adjective these make it the state that acts: "Israeli warplanes", "the Syrian government".
STATE_WORDS = word_set(
    """forces force military army armies troops troop soldiers soldier navy warplanes warplane jets jet aircraft planes
    plane fighter-jets helicopters helicopter gunships artillery tanks drones drone missiles police government regime
    authorities marines commandos gunners officers policemen personnel servicemen warships warship administration air
    armed security defense defence special ground naval border guards guard fighter bombers state coalition military's
    intelligence agents"""
)
# "Iran-backed militia" is a militia: no name beside one of these words is the one who acts.
PROXY_WORDS = word_set(
    """backed linked aligned affiliated sponsored supported allied trained funded armed-by inspired run held
    controlled occupied claimed born based anti pro made supplied style era led"""
)
# Shorter names in capitals are ordinary words in small letters ("IS", "US", "MEND").
_LONGEST_ACRONYM = 5
# British papers write an acronym that is spoken as a word like one: "Isis", "Nato", "Farc".
_SHORTEST_SPOKEN_ACRONYM = 4
_POSSESSIVE = re.compile(r"['\u2019\u02bc]s?(?=\s|$)")
_DROPPED = re.compile(r"['\u2019\u02bc.`\u2018]")
_GAPS = re.compile(r"[^\w]+")
# The longest name of the list has eight words.
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is one of the kinds of data-model.md, `country` alpha-2 or "" for an actor of many countries.

    `demonyms` are adjectives ("Israeli") that name the actor only before a word for forces or violence.
    """

    name: str
    kind: str
    country: str
    parent: str
    year_start: int | None
    year_end: int | None
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    source: str


@lru_cache(maxsize=1)
def known_actors() -> tuple[Actor, ...]:
    """The packaged list, read once."""
    lines = (files("incidents.extraction") / "data" / "actors.csv").read_text(encoding="utf-8").splitlines()
    return tuple(_actor(row) for row in csv.DictReader(lines))


def _actor(row: dict[str, str]) -> Actor:
    return Actor(
        name=row["name"],
        kind=row["kind"],
        country=row["country"],
        parent=row["parent"],
        year_start=int(row["year_start"]) if row["year_start"] else None,
        year_end=int(row["year_end"]) if row["year_end"] else None,
        aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
        demonyms=tuple(word for word in row["demonyms"].split("|") if word),
        source=row["source"],
    )


@lru_cache(maxsize=4096)
def canonical(name: str) -> Actor | None:
    """The known actor a name stands for, by its folded aliases; None for a name the list does not hold.

    "Houthi rebels" are the Houthis and "Israeli warplanes" Israel; "Iran-backed militia" and "Iraqi militants" are not
    the states, and an adjective alone ("Iranian") is nobody.
    """
    words = _words(name[:_LONGEST_NAME])
    if not words:
        return None
    found = _lookup(words)
    if found:
        return found
    if any(word.lower() in PROXY_WORDS for word in words):
        return None
    group, state = False, False
    while len(words) > 1:
        last = words.pop().lower()
        if last in STATE_WORDS:
            state = True
        elif last in _GROUP_WORDS:
            group = True
        else:
            return None
        found = _lookup(words) or (state_of(" ".join(words)) if state and not group else None)
        if found:
            return None if group and found.kind == STATE_FORCES else found
    return None


@lru_cache(maxsize=1024)
def state_of(demonym: str) -> Actor | None:
    """The state an adjective belongs to: "Israeli", "U.S."."""
    words = _words(demonym)
    return _index()[2].get(" ".join(words).lower()) if words and words != ["us"] else None


def _lookup(words: list[str]) -> Actor | None:
    cased = " ".join(words)
    names, acronyms, _ = _index()
    return acronyms.get(cased) or names.get(cased.lower()) or names.get(cased.lower().removesuffix("s"))


def _words(name: str) -> list[str]:
    """The words of a name without accents, apostrophes, full stops and a leading article; case is kept."""
    plain = without_accents(_DROPPED.sub("", _POSSESSIVE.sub("", name)))
    words = _GAPS.sub(" ", plain).split()
    return words[1:] if words and words[0].lower() == "the" and len(words) > 1 else words


@lru_cache(maxsize=1)
def _index() -> tuple[dict[str, Actor], dict[str, Actor], dict[str, Actor]]:
    """Folded names, acronyms with their case, adjectives. The first actor of the list keeps a name two of them share."""
    names: dict[str, Actor] = {}
    acronyms: dict[str, Actor] = {}
    adjectives: dict[str, Actor] = {}
    for actor in known_actors():
        for alias in (actor.name, *actor.aliases):
            cased = " ".join(_words(alias))
            if len(cased) <= _LONGEST_ACRONYM and cased.isupper():
                acronyms.setdefault(cased, actor)
                if len(cased) >= _SHORTEST_SPOKEN_ACRONYM:
                    acronyms.setdefault(cased.capitalize(), actor)
            else:
                names.setdefault(cased.lower(), actor)
        for word in actor.demonyms:
            adjectives.setdefault(" ".join(_words(word)).lower(), actor)
    return names, acronyms, adjectives
