"""The kinds of incident, their families on the map, and what ACLED and UCDP call them.

ACLED's pairs are those of its codebook (2024, table of event and sub-event types); UCDP's types of violence are
1 state-based, 2 non-state, 3 one-sided.
"""

from __future__ import annotations

from enum import StrEnum


class Family(StrEnum):
    """At most seven: each has a colour and a shape on the map."""

    AIR = "air"
    MISSILE = "missile"
    EXPLOSIVE = "explosive"
    ARMED = "armed"
    ABDUCTION = "abduction"
    SHIP = "ship"
    OTHER = "other"


class Kind(StrEnum):
    AIR_STRIKE = "air-strike"
    DRONE_STRIKE = "drone-strike"
    MISSILE_ROCKET = "missile-rocket"
    SHELLING = "shelling"
    BOMBING = "bombing"
    SUICIDE_BOMBING = "suicide-bombing"
    LANDMINE = "landmine"
    ARMED_ATTACK = "armed-attack"
    ARMED_CLASH = "armed-clash"
    ASSASSINATION = "assassination"
    ABDUCTION = "abduction"
    STABBING_VEHICLE = "stabbing-vehicle"
    ARSON = "arson"
    SHIP_ATTACK = "ship-attack"
    CHEMICAL_ATTACK = "chemical-attack"
    RIOT = "riot"
    OTHER = "other"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return _FACTS[self][0]

    @property
    def family(self) -> Family:
        return _FACTS[self][1]

    @property
    def acled(self) -> tuple[str, str]:
        """ACLED's event type and sub-event type."""
        return _FACTS[self][2]


_EXPLOSIONS = "Explosions/Remote violence"
_BATTLES = "Battles"
_CIVILIANS = "Violence against civilians"
_FACTS: dict[Kind, tuple[str, Family, tuple[str, str]]] = {
    Kind.AIR_STRIKE: ("air strike", Family.AIR, (_EXPLOSIONS, "Air/drone strike")),
    Kind.DRONE_STRIKE: ("drone strike", Family.AIR, (_EXPLOSIONS, "Air/drone strike")),
    Kind.MISSILE_ROCKET: (
        "missile or rocket attack",
        Family.MISSILE,
        (_EXPLOSIONS, "Shelling/artillery/missile attack"),
    ),
    Kind.SHELLING: ("artillery shelling", Family.MISSILE, (_EXPLOSIONS, "Shelling/artillery/missile attack")),
    Kind.BOMBING: ("bombing or IED", Family.EXPLOSIVE, (_EXPLOSIONS, "Remote explosive/landmine/IED")),
    Kind.SUICIDE_BOMBING: ("suicide bombing", Family.EXPLOSIVE, (_EXPLOSIONS, "Suicide bomb")),
    Kind.LANDMINE: ("landmine", Family.EXPLOSIVE, (_EXPLOSIONS, "Remote explosive/landmine/IED")),
    Kind.ARMED_ATTACK: ("shooting or armed attack", Family.ARMED, (_CIVILIANS, "Attack")),
    Kind.ARMED_CLASH: ("armed clash", Family.ARMED, (_BATTLES, "Armed clash")),
    Kind.ASSASSINATION: ("assassination", Family.ARMED, (_CIVILIANS, "Attack")),
    Kind.ABDUCTION: ("abduction", Family.ABDUCTION, (_CIVILIANS, "Abduction/forced disappearance")),
    Kind.STABBING_VEHICLE: ("stabbing or vehicle attack", Family.ARMED, (_CIVILIANS, "Attack")),
    Kind.ARSON: ("arson or destruction", Family.OTHER, ("Strategic developments", "Looting/property destruction")),
    Kind.SHIP_ATTACK: ("attack on a ship", Family.SHIP, (_EXPLOSIONS, "Shelling/artillery/missile attack")),
    Kind.CHEMICAL_ATTACK: ("chemical attack", Family.EXPLOSIVE, (_EXPLOSIONS, "Chemical weapon")),
    Kind.RIOT: ("riot or mob violence", Family.OTHER, ("Riots", "Mob violence")),
    Kind.OTHER: ("other", Family.OTHER, ("Strategic developments", "Other")),
    Kind.UNKNOWN: ("unknown", Family.OTHER, ("Strategic developments", "Other")),
}

# The classes of the encoder's kind head (language/classes.py) that a kind of ours may be read as, its own name first.
READ_AS: dict[Kind, tuple[str, ...]] = {
    Kind.AIR_STRIKE: ("air_strike", "drone_strike"),
    Kind.DRONE_STRIKE: ("drone_strike", "air_strike"),
    Kind.MISSILE_ROCKET: ("missile", "shelling"),
    Kind.SHELLING: ("shelling", "missile"),
    Kind.BOMBING: ("bombing", "suicide_bombing", "landmine"),
    Kind.SUICIDE_BOMBING: ("suicide_bombing", "bombing"),
    Kind.LANDMINE: ("landmine", "bombing"),
    Kind.ARMED_ATTACK: ("shooting", "assassination", "clash", "stabbing", "mob"),
    Kind.ARMED_CLASH: ("clash", "shooting"),
    Kind.ASSASSINATION: ("assassination", "shooting", "stabbing"),
    Kind.ABDUCTION: ("abduction",),
    Kind.STABBING_VEHICLE: ("stabbing", "other"),
    Kind.ARSON: ("arson",),
    Kind.SHIP_ATTACK: ("ship_attack", "missile", "drone_strike"),
    Kind.CHEMICAL_ATTACK: ("chemical",),
    Kind.RIOT: ("mob", "clash"),
    Kind.OTHER: ("other",),
}
