"""The closed word lists of recognition and roles: function words of place names, not places."""

from __future__ import annotations

from pathlib import Path

from incidents.gazetteer.types import Level

# The dashes and apostrophes of print, which look like those of the keyboard.
DASHES = frozenset(["-", "--", "\u2013", "\u2014"])
POSSESSIVES = frozenset(["'s", "\u2019s", "'", "\u2019"])

# What follows or goes before a name and says what kind of place it is.
DESIGNATORS: dict[str, frozenset[Level]] = {
    **dict.fromkeys(
        ["province", "governorate", "oblast", "prefecture", "state", "voivodeship", "canton", "emirate"],
        frozenset([Level.PROVINCE]),
    ),
    **dict.fromkeys(["region", "department"], frozenset([Level.PROVINCE, Level.AREA])),
    **dict.fromkeys(["county", "parish", "borough", "raion", "subdistrict"], frozenset([Level.DISTRICT])),
    # The second and third tier under the names of many countries; a seat of the same name stands for most of them.
    **dict.fromkeys(
        ["regency", "tehsil", "taluk", "upazila", "woreda", "cercle", "subdivision", "lga"],
        frozenset([Level.DISTRICT, Level.TOWN]),
    ),
    "district": frozenset([Level.DISTRICT, Level.NEIGHBOURHOOD]),
    "neighborhood": frozenset([Level.NEIGHBOURHOOD, Level.TOWN]),
    "neighbourhood": frozenset([Level.NEIGHBOURHOOD, Level.TOWN]),
    **dict.fromkeys(["city", "town", "village", "township", "municipality"], frozenset([Level.TOWN])),
    **dict.fromkeys(
        ["airbase", "airfield", "airport", "base", "camp", "garrison", "outpost"], frozenset([Level.FACILITY])
    ),
    **dict.fromkeys(
        ["sea", "gulf", "strait", "ocean", "bay", "river", "canal", "channel"], frozenset([Level.SEA, Level.AREA])
    ),
}
# "the city of Mosul", "Anbar province", "the village of X": these may be parted from the name by "of".
BEFORE_OF = frozenset(
    ["province", "governorate", "state", "city", "town", "village", "district", "county", "region", "port", "oblast"]
)
SETTLEMENTS = frozenset(["village", "town", "hamlet", "settlement", "suburb", "locality", "commune"])
# The lower-case last words of names that the gazetteer holds: "Ain al-Asad air base", "al-Omar oil field".
LAST_WORDS = frozenset(
    [*DESIGNATORS, "field", "oilfield", "port", "crossing", "dam", "plant", "hospital", "prison", "terminal", "farms",
     "suburbs", "island", "islands", "mountains", "desert", "valley", "peninsula", "square"]
)  # fmt: skip
# What a name ends with that is ground whatever else it looks like ("Marshall Street", "Squirrel Hill"), and no name alone.
GROUND = LAST_WORDS | frozenset(
    ["road", "street", "route", "avenue", "highway", "drive", "lane", "boulevard", "parkway", "bridge", "square", "st",
     "rd", "ave", "hill", "hills", "creek", "lake", "park", "heights", "beach", "north", "south", "east", "west"]
)  # fmt: skip
# Every town has one of that name: "Union Station" is no other name of Union in South Carolina.
BUILDINGS = frozenset(
    ["station", "hospital", "school", "university", "college", "mall", "stadium", "church", "cathedral", "mosque", "hotel",
     "plaza", "theatre", "theater", "museum", "library", "courthouse"]
)  # fmt: skip
# Lower-case words inside a name: "Bab el-Mandeb", "Isle of Man", "Rio de Janeiro".
INNER_WORDS = frozenset(
    ["al", "el", "ar", "as", "ash", "at", "ad", "an", "az", "ez", "ul", "of", "the", "de", "del", "la", "le", "les",
     "los", "las", "da", "do", "dos", "das", "di", "du", "des", "sur", "upon", "on", "and", "bin", "bint", "abu", "um",
     "-", "\u2019", "'", "air", "military", "refugee", "border", "gas", "oil", "nuclear", "power", "landing", "y", "e", "i"]
)  # fmt: skip
ARTICLES = frozenset(["al", "el", "ar", "as", "ash", "at", "ad", "an", "az", "ez"])

# Seats that stand for those who sit there. They are places only where something happens "outside" or "near" them.
SEATS = frozenset(
    ["pentagon", "white house", "kremlin", "downing street", "capitol hill", "elysee", "whitehall", "foggy bottom",
     "westminster", "wall street", "hollywood"]
)  # fmt: skip
ARTICLE = frozenset(["the", "a", "an"])
DIRECTIONS = frozenset(
    ["northern", "southern", "eastern", "western", "central", "downtown", "northwest", "northeast", "southwest", "southeast",
     "northwestern", "northeastern", "southwestern", "southeastern"]
)  # fmt: skip
# Headlines shorten them: "in NW Pakistan". One letter more often begins a name of its own: "S. Sudan", "W. Virginia".
SHORT_DIRECTIONS = frozenset(["NE", "NW", "SE", "SW", "N.E.", "N.W.", "S.E.", "S.W."])
NEAR_WORDS = frozenset(["near", "outside", "around", "nearby", "off"])

# What a state or its people do: their subject is a government, not ground.
ORGANS = frozenset(
    ["government", "administration", "parliament", "ministry", "minister", "president", "military", "army", "navy",
     "force", "forces", "troop", "troops", "police", "official", "officials", "authority", "authorities", "leader",
     "leaders", "ambassador", "embassy", "court", "senate", "congress", "lawmaker", "lawmakers", "spokesman",
     "spokeswoman", "spokesperson", "diplomat", "intelligence", "cabinet", "king", "premier", "chancellor",
     "soldier", "soldiers", "jet", "jets", "warplane", "warplanes", "airstrike", "airstrikes", "strike", "strikes",
     "raid", "raids", "citizen", "citizens", "dollar", "dollars", "policy", "sanctions", "secretary", "envoy",
     "defense", "defence", "foreign", "state", "department", "personnel", "warship", "warships", "drone", "drones",
     "missile", "missiles", "ally", "allies", "proxy", "proxies", "militia", "militias", "regime", "team", "side",
     "economy", "currency", "constitution", "mission", "coalition", "general", "marine", "marines"]
)  # fmt: skip
# "U.S.-led", "Iran-backed": what is tied to a state by a hyphen is not in it.
LED = frozenset(
    ["led", "backed", "aligned", "allied", "supported", "sponsored", "funded", "made", "linked", "affiliated", "trained",
     "supplied", "brokered", "based", "controlled", "installed", "mediated", "sanctioned", "built", "born"]
)  # fmt: skip
# Verbs whose subject undergoes or shows something, so that it can be the ground: "Mosul fell", "Kyiv woke to ...".
UNDERGOING = frozenset(
    ["be", "see", "suffer", "witness", "experience", "remain", "fall", "lie", "host", "become", "have", "face", "wake",
     "brace", "burn", "contain", "include", "border", "straddle", "endure", "sit", "stand", "report", "record", "get",
     "descend", "slide", "plunge", "mark", "observe"]
)  # fmt: skip
# Right after these stands ground, whatever the parser takes its name for: "shelled Kfar Kila".
DONE_TO_GROUND = frozenset(["shell", "bombard", "besiege", "overrun", "recapture", "storm"])
SPEAKING = frozenset(
    ["say", "add", "note", "explain", "think", "believe", "recall", "write", "testify", "admit", "argue", "know", "feel",
     "tell", "condemn", "deny", "accuse", "warn", "urge", "vow", "reject", "pledge", "announce", "agree",
     "insist", "claim", "demand", "call", "blame", "ask", "want", "refuse", "threaten", "declare", "confirm"]
)  # fmt: skip

# Common words and names that are also places; only an entity label or "in" before them makes them one. General English,
# not taken from any corpus.
NOT_ALONE = frozenset((Path(__file__).parent / "data" / "not_alone.txt").read_text(encoding="utf-8").split())

# Prepositions that tell where something is.
WHERE = frozenset(
    ["in", "at", "near", "outside", "around", "inside", "towards", "toward", "off", "between", "beside", "of"]
)
