"""The closed word lists of recognition and roles: function words of place names, not places."""

from __future__ import annotations

from incidents.gazetteer.types import Level

# What follows or goes before a name and says what kind of place it is.
DESIGNATORS: dict[str, frozenset[Level]] = {
    **dict.fromkeys(
        ["province", "governorate", "oblast", "prefecture", "state", "voivodeship", "canton", "emirate"],
        frozenset([Level.PROVINCE]),
    ),
    **dict.fromkeys(["region", "department"], frozenset([Level.PROVINCE, Level.AREA])),
    **dict.fromkeys(["county", "parish", "borough", "raion", "subdistrict"], frozenset([Level.DISTRICT])),
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
# The lower-case last words of names that the gazetteer holds: "Ain al-Asad air base", "al-Omar oil field".
LAST_WORDS = frozenset(
    [*DESIGNATORS, "field", "oilfield", "port", "crossing", "dam", "plant", "hospital", "prison", "terminal", "farms",
     "suburbs", "island", "islands", "mountains", "desert", "valley", "peninsula", "square"]
)  # fmt: skip
# Lower-case words inside a name: "Bab el-Mandeb", "Isle of Man", "Rio de Janeiro".
INNER_WORDS = frozenset(
    ["al", "el", "ar", "as", "ash", "at", "ad", "an", "az", "ez", "ul", "of", "the", "de", "del", "la", "le", "les",
     "los", "las", "da", "do", "dos", "das", "di", "du", "des", "sur", "upon", "on", "and", "bin", "bint", "abu", "um",
     "-", "’", "'", "air", "military", "refugee", "border", "gas", "oil", "nuclear", "power", "landing", "y", "e", "i"]
)  # fmt: skip
ARTICLES = frozenset(["al", "el", "ar", "as", "ash", "at", "ad", "an", "az", "ez"])

# Seats that stand for those who sit there. They are places only where something happens "outside" or "near" them.
SEATS = frozenset(
    ["pentagon", "white house", "kremlin", "downing street", "capitol hill", "elysee", "whitehall", "foggy bottom",
     "westminster", "wall street", "hollywood"]
)  # fmt: skip
PLACE_PREPOSITIONS = frozenset(
    ["in", "at", "near", "outside", "inside", "around", "across", "throughout", "into", "toward", "towards", "from",
     "over", "above", "off", "within", "to", "through", "via", "along"]
)  # fmt: skip
DIRECTIONS = frozenset(["northern", "southern", "eastern", "western", "central", "downtown"])
# What an organisation's name has before the place in it: "University of Mosul", "Bank for ...".
INSIDE_NAMES = frozenset(["of", "in", "for", "at", "de"])
NEAR_WORDS = frozenset(["near", "outside", "around", "nearby"])

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
# Verbs whose subject undergoes or shows something, so that it can be the ground: "Mosul fell", "Kyiv woke to ...".
UNDERGOING = frozenset(
    ["be", "see", "suffer", "witness", "experience", "remain", "fall", "lie", "host", "become", "have", "face", "wake",
     "brace", "burn", "contain", "include", "border", "straddle", "endure", "sit", "stand", "report", "record", "get",
     "descend", "slide", "plunge", "mark", "observe"]
)  # fmt: skip
SPEAKING = frozenset(
    ["say", "add", "note", "explain", "think", "believe", "recall", "write", "testify", "admit", "argue", "know", "feel",
     "tell", "condemn", "deny", "accuse", "warn", "urge", "vow", "reject", "pledge", "announce", "agree",
     "insist", "claim", "demand", "call", "blame", "ask", "want", "refuse", "threaten", "declare", "confirm"]
)  # fmt: skip

# Common words and names that are also places; only an entity label or "in" before them makes them one. General English,
# not taken from any corpus.
NOT_ALONE = frozenset(
    """
    of most same many much man men march may april june august sunday monday tuesday wednesday thursday friday
    saturday january february september october november december north south east west northern southern eastern
    western central northeast northwest southeast southwest new old great grand upper lower big little good best young
    white black red green blue brown gray grey long hill hills lake river bay park school church university college
    hospital police street road avenue house home center centre city town village county state district province
    region court bank market station airport base army navy force general president minister king queen prince lord
    lady sir dr mr mrs ms st saint san santa christian muslim islam bible media press news post times star sun world
    globe herald tribune today union united national international federal royal first second third one two three four
    five six seven eight nine ten hundred he she it they we you who what when where why how this that these those
    there here then now all any some more less no yes not but and or if so as at by for from in into on to up with his
    her their our my your its a an the is was are were be been do does did has have had will would can could should
    must reading mobile nice bath orange enterprise independence liberty freedom hope faith justice commerce trade
    industry fire health love peace war battle victory bush wood woods ford lincoln jackson jefferson madison franklin
    clinton obama trump biden carter reagan nixon kennedy johnson wilson taylor smith jones williams davis miller
    moore anderson thomas martin thompson walker allen scott adams baker hall campbell mitchell roberts turner
    phillips parker evans edwards collins stewart morris murphy cook rogers morgan cooper peterson bailey reed kelly
    howard ward cox richardson watson brooks bennett james john david michael paul mark george peter charles robert
    richard joseph henry edward frank francis louis stephen daniel andrew kevin brian jason jeff tyler logan carson
    mason hunter chase santiago carlos jose juan maria anna mary elizabeth sofia cheyenne aurora page ball bell berry
    bishop bond buck burns chance crane cross dean drew duke earl field fish fox gates gold grant grove hand hart
    heath holly horn ivy jet joy kent key knight lance lane law lee lily line major marina mercury miles mills mission
    moon mountain nelson noble oak ocean olive palm pearl perry pine polk pope porter power ray rich ridge rock rose
    ruby sage sand sandy shell shore silver spring springs stone storm summer summit temple tower valley van vernon
    vista wade wall wells winter wolf call bar bend border bridge corner camp chief club data date dam effort era even
    ever every fall far fast fat final fit flat free full gap gulf ha han ho hun i ii iii ideal image imam imperial
    inn ion iron island isle junction late latin le les li lo local los low ma main male mar martial master max mean
    mid mine model moss moral normal nu oh ok opal opera original os other pa pan parent pass past pen plain plan plus
    point port prime progress public ram rapid regent republic reserve retreat rio rising roma roman rush salt save
    sea see senate sense set shah short side sole son sort spa special spirit split sport square standard step still
    strong success such sur swift ta tan tar time tobacco ton top tor total toy trail tri troy true trust tu un vale
    very via viking wa way welcome well whitehall wing won ya yale yo zone
    """.split()
)
