"""Which words tell of violence, and of which kind. Words are lemmas in small letters; everything here is data."""

from __future__ import annotations

import re
from enum import IntEnum

from incidents.extraction.kinds import Kind


class Strength(IntEnum):
    """How much a word needs beside it before it tells of violence."""

    WEAK = 1  # "hit", "target": only with a weapon, an armed actor or casualties in the same sentence
    PLAIN = 2  # "attack", "explosion": unless the sentence is about something else
    STRONG = 3  # "airstrike", "kidnap": nearly always


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


def _table(strength: Strength, **words: str) -> dict[str, tuple[Kind | None, Strength]]:
    """`kind="word word"` rows; the kind `any` is left open to modifiers and instruments."""
    return {
        word: (None if kind == "any" else Kind[kind.upper()], strength)
        for kind, line in words.items()
        for word in line.split()
    }


NOUNS: dict[str, tuple[Kind | None, Strength]] = {
    **_table(
        Strength.STRONG,
        air_strike="airstrike airstrikes air-strike airraid",
        drone_strike="dronestrike",
        shelling="shelling bombardment cannonade mortaring",
        bombing="bombing bombings firebombing",
        armed_attack="gunfire massacre ambush beheading lynching",
        assassination="assassination",
        abduction="kidnapping abduction hostage-taking kidnap",
        armed_clash="gunfight gunbattle firefight shootout shoot-out skirmish gun-battle",
        stabbing_vehicle="stabbing knifing car-ramming",
        arson="arson",
        riot="pogrom",
    ),
    **_table(
        Strength.PLAIN,
        any="attack strike raid assault onslaught",
        bombing="explosion blast detonation",
        missile_rocket="barrage salvo",
        armed_attack="shooting killing murder slaying slaughter",
        armed_clash="clash fighting battle confrontation combat",
        riot="riot rioting",
        arson="sabotage",
    ),
}

VERBS: dict[str, tuple[Kind | None, Strength]] = {
    **_table(
        Strength.STRONG,
        air_strike="airstrike",
        shelling="shell bombard mortar",
        bombing="bomb dynamite detonate",
        missile_rocket="rocket",
        armed_attack="ambush machinegun machine-gun massacre behead gun lynch slay",
        assassination="assassinate",
        abduction="kidnap abduct",
        stabbing_vehicle="stab knife",
        arson="torch firebomb",
    ),
    **_table(
        Strength.PLAIN,
        any="attack",
        bombing="explode",
        armed_attack="shoot murder assault execute slaughter",
        armed_clash="clash",
    ),
}

# Verbs that need a weapon as object ("fired rockets"), a weapon as subject ("shells landed"), or forces that do it to
# something that forces do it to ("troops stormed the village").
VERBS_THAT_SEND = _words("launch fire throw hurl lob toss drop rain plant place lay")
VERBS_THAT_ARRIVE = _words("ram fire land fall strike hit crash slam impact rip tear rock go explode detonate hurtle")
# What sets off a mine: "drove over", "stepped on"; "the car hit" it, and no strike does.
VERBS_ONTO_MINES = _words("run drive step ride walk roll")
VEHICLES_MEET = _words("hit strike trigger")
CONVOYS = _words("convoy patrol tricycle tractor cart wagon ambulance tanker bowser rickshaw cruiser lorry train")
FILLED_WITH = _words("pack load fill lade rig stuff laden")
# "Armed men boarded the tug", where the encoder reads it as violence.
VERBS_ONTO_SHIPS = _words("board hijack seize commandeer")
# What a weapon does to a thing; a storm does it as well, so that the weapon must be its subject.
VERBS_OF_WEAPONS = _words("damage destroy wreck")
# Nouns that count weapons: "two waves of missiles", "a swarm of drones".
MEASURES = _words("wave volley swarm pair number series dozen score hundred salvo barrage stream couple")
ALARMS = _words("siren alarm alert warning")
SETTLEMENTS = _words("village town hamlet settlement")
VERBS_OF_FORCES: dict[str, Kind | None] = {
    **dict.fromkeys(
        _words("strike hit target raid storm destroy pound sink overrun blast flatten damage crater descend")
    ),
    **dict.fromkeys(_words("fight battle engage repel"), Kind.ARMED_CLASH),
    **dict.fromkeys(_words("fire"), Kind.ARMED_ATTACK),
    **dict.fromkeys(_words("burn"), Kind.ARSON),
    **dict.fromkeys(_words("seize hijack capture board"), Kind.ABDUCTION),
    **dict.fromkeys(_words("ram plow plough"), Kind.STABBING_VEHICLE),
}
# Verb and what completes it: particle, object or both.
PHRASES: dict[tuple[str, str], Kind] = {
    ("blow", "up"): Kind.BOMBING,
    ("go", "off"): Kind.BOMBING,
    ("set", "off"): Kind.BOMBING,
    ("open", "fire"): Kind.ARMED_ATTACK,
    ("exchange", "fire"): Kind.ARMED_CLASH,
    ("trade", "fire"): Kind.ARMED_CLASH,
    ("gun", "down"): Kind.ARMED_ATTACK,
    ("shoot", "down"): Kind.OTHER,
    ("set", "fire"): Kind.ARSON,
    ("set", "ablaze"): Kind.ARSON,
    ("set", "afire"): Kind.ARSON,
    ("take", "hostage"): Kind.ABDUCTION,
    ("hold", "hostage"): Kind.ABDUCTION,
    ("take", "captive"): Kind.ABDUCTION,
    ("lead", "away"): Kind.ABDUCTION,
    ("take", "away"): Kind.ABDUCTION,
    ("whisk", "away"): Kind.ABDUCTION,
    ("set", "alight"): Kind.ARSON,
    ("mow", "down"): Kind.ARMED_ATTACK,
    ("cut", "down"): Kind.ARMED_ATTACK,
    ("set", "upon"): Kind.ARMED_ATTACK,
    ("fall", "upon"): Kind.ARMED_ATTACK,
    ("cut", "throat"): Kind.STABBING_VEHICLE,
    ("slit", "throat"): Kind.STABBING_VEHICLE,
    ("carry", "off"): Kind.ABDUCTION,
    ("march", "off"): Kind.ABDUCTION,
    ("drag", "off"): Kind.ABDUCTION,
    ("spirit", "away"): Kind.ABDUCTION,
    ("march", "away"): Kind.ABDUCTION,
}
# "Hacked to death", "stoned to death".
TO_DEATH = {
    **dict.fromkeys(_words("hack stab slash cut knife"), Kind.STABBING_VEHICLE),
    **dict.fromkeys(_words("beat stone club bludgeon burn lynch shoot trample batter"), Kind.ARMED_ATTACK),
}
# "Taken at gunpoint".
AT_POINT = _words("gunpoint knifepoint")
ABLAZE = _words("ablaze alight afire aflame")
# "An intense exchange of fire".
EXCHANGED = _words("fire gunfire shot shell rocket artillery")

# "Drove a car into a crowd", "ploughed through the market".
DRIVING = _words("drive plow plough ram steer")
VEHICLES = _words("car van truck lorry vehicle suv pickup jeep bus bulldozer minibus motorcycle")
CROWDS = _words("""
    crowd march market parade pedestrian people protester protestor demonstrator worshipper worshiper queue procession
    rally festival shopper group gathering reveller reveler passer-by passerby family child student mourner
    demonstration protest celebration cyclist promenade
""")

# They tell of the dead and the hurt, not of how: the kind comes from an instrument or from what they are joined to.
HARM_VERBS = frozenset(
    ["kill", "die", "succumb", "wound", "injure", "hurt", "maim", "martyr", "perish", "suffer", "sustain"]
)
TRANSITIVE_HARM = frozenset(["kill", "wound", "injure", "hurt", "maim"])
HARM_NOUNS = frozenset(["death", "casualty", "fatality", "injury", "toll", "wound"])
# Of these alone nobody learns of violence: people die in bed.
DYING = frozenset(
    ["die", "succumb", "perish", "death", "suffer", "sustain", "injury", "casualty", "fatality", "toll", "hurt"]
)
HARM_ADJECTIVES = frozenset(["dead", "deceased", "wounded", "injured"])
UNHURT = _words("unhurt unharmed uninjured unscathed")

# A weapon or what delivers it, as modifier ("missile attack"), agent ("hit by missiles") or subject ("a bomb exploded").
INSTRUMENTS: dict[str, Kind] = {
    word: Kind[kind.upper()]
    for kind, line in {
        "suicide_bombing": "suicide kamikaze-bomber martyrdom",
        "landmine": "landmine mine minefield",
        "drone_strike": "drone uav quadcopter unmanned uncrewed shahed geran lancet bayraktar predator reaper loitering drones fpv",
        "air_strike": "guided glide air aerial airstrike warplane jet aircraft plane fighter-jet gunship helicopter sortie"
        " coalition-aircraft airforce",
        "missile_rocket": "missile rocket projectile ballistic cruise grad katyusha himars interceptor iskander kinzhal kalibr"
        " scud qassam atacms tochka uragan smerch",
        "shelling": "artillery mortar shell howitzer shellfire tank-fire",
        "chemical_attack": "chemical chlorine sarin mustard-gas nerve-agent",
        "bombing": "bomb bomber ied explosive grenade dynamite car-bomb truck-bomb device charge bombing firebomb molotov tnt"
        " roadside",
        "stabbing_vehicle": "knife machete axe stabbing car-ramming knife-wielding sword",
        "arson": "arson incendiary",
        "armed_attack": "gunman gunmen gun rifle gunfire bullet sniper machinegun machine-gun shooter pistol gunshot"
        " armed shooting assailant hitman",
        "abduction": "kidnapper",
    }.items()
    for word in line.split()
}  # fmt: skip

# "Chemical tanker" and "chemical plant" carry and make them: these are the weapons.
CHEMICAL_WEAPONS = _words(
    "attack weapon agent strike bomb bombing shell munition gas substance warfare rocket incident assault raid massacre"
)

# Which kind wins where one sentence names several: the more telling first.
PRECEDENCE: tuple[Kind, ...] = (
    Kind.CHEMICAL_ATTACK,
    Kind.SUICIDE_BOMBING,
    Kind.LANDMINE,
    Kind.SHIP_ATTACK,
    Kind.DRONE_STRIKE,
    Kind.ABDUCTION,
    Kind.ASSASSINATION,
    Kind.MISSILE_ROCKET,
    Kind.AIR_STRIKE,
    Kind.SHELLING,
    Kind.STABBING_VEHICLE,
    Kind.BOMBING,
    Kind.ARSON,
    Kind.ARMED_CLASH,
    Kind.RIOT,
    Kind.ARMED_ATTACK,
    Kind.OTHER,
    Kind.UNKNOWN,
)

ARMED_ACTORS = _words("""
    army military militant militia rebel insurgent guerrilla terrorist jihadist fighter force troop soldier
    coalition navy airforce marine regime gunman extremist commando separatist group faction cartel gang isis
    isil taliban police hezbollah hamas houthi pkk farc fmln eln ira eta daesh qaeda qaida warplane jet warship
    destroyer frigate brigade attacker bomber assailant hijacker pirate settler paramilitary mercenary operative
    bandit herdsman herder robber cultist dacoit naxal naxalite maoist vigilante janjaweed ultra
    squad cell unit idf tank ship defence defense command
""")
# What is shot down before it arrives is no attack; an aircraft with people in it is.
INTERCEPTED = (Kind.DRONE_STRIKE, Kind.MISSILE_ROCKET)
ONES_OWN = _words("himself herself itself themselves his her its their")
ARRESTS = _words("arrest detain apprehend confiscate")
# Of ground, weapons and prisoners as well as of hostages.
TAKING = _words("seize capture take recover")
SHIPS = _words(
    "ship vessel tanker freighter carrier warship destroyer frigate boat ferry cargo merchant trawler tugboat tug barge"
)
# "The missile struck M/V Aegean Dawn".
SHIP_PREFIX = re.compile(r"(?:the )?(?:M/?V|M/?T|MSV|USS|HMS) [A-Z]")
# What forces strike: with an actor of any name before it, the verb is one of violence.
TARGETS = _words("""
    target position base headquarters depot building house home school hospital convoy vehicle airport airfield
    port refinery plant market mosque church bridge village hamlet town city site facility camp checkpoint post station
    neighborhood neighbourhood district apartment block warehouse cache tunnel bunker launcher unit outpost
    stronghold hideout compound embassy consulate barracks infrastructure substation grid oil pipeline clinic
    kindergarten protester demonstrator crowd residence office hotel restaurant bus car truck train area complex
    pillar tower checkpost pier jetty railway track minibus van lorry tricycle motorcycle cafe tent shop bakery stall
    column patrol terminal hangar runway radar dam university college shelter field factory workshop prison
    court courthouse ministry parliament palace villa ambulance outskirts suburb quarter line substation shipyard warship
    platform orphanage restaurant wedding funeral gathering ranch farm
""")
# Death by one of these is no attack.
ACCIDENTS = _words("""
    accident crash collision earthquake quake flood hurricane tornado cyclone storm landslide avalanche drowning
    stampede disease outbreak epidemic pandemic virus covid cancer fire wildfire heatwave shipwreck derailment
    leak overdose malfunction lightning hunger famine starvation illness
""")
# Told without a number, these go on for a while rather than happen once.
LASTING_NOUNS = _words("fighting combat violence rioting")

# A sentence about one of these is about something else, unless a strong word says otherwise.
ELSEWHERE = _words("""
    lightning inflation tariff union teachers nurses wage wages salary walkout strikers picket goal match league
    coach quarterback midfielder tournament championship innings penalty playoff stadium-record scorer
    earthquake hurricane tornado typhoon flood avalanche wildfire cancer heart asthma panic virus malware hacker
    cyber ransomware phishing chess boxing boxer wrestling election-campaign verbal stock shares investors profits
""")
# What is staged is told in the very words of violence.
STAGED = _words(
    "drill test test-fire rehearsal rehearse simulation film movie novel album actor episode trailer mock-up maneuver"
    " manoeuvre wargame live-fire"
)
# Modifiers that make a trigger noun something else: "general strike", "heart attack", "court battle".
HARMLESS_MODIFIERS = _words("""
    hunger general labor labour labour-union transport bus rail work sit-down heart panic asthma verbal cyber
    personal political legal court custody price pitched-price culture word trade marketing media ad baby
    population uphill scathing bird photo film movie penalty cardiac hacking network transit wildcat solidarity
    warning counter-terrorism police drug immigration
""")
# "The minister attacked the tariff".
ATTACKED_IN_WORDS = _words("""
    tariff plan policy bill law decision proposal budget record reform tax idea speech report verdict ruling credibility
    character reputation problem motion treaty agreement deal
""")
HARMLESS_OBJECTS = _words("""
    deal balance agreement chord accord tone record low high target-date milestone nerve market markets economy
    sales profit stride pose bargain note road goal height peak figure number question film photo photograph
    video scene gap blow
""")
