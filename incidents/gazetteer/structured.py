"""What the words round a place name make of it: "southern X", "20 km west of X", "between X and Y", "the X-Y border".

Pure functions over the text and the names found in it. The name's own place and span stay as they are; an incident there
gets the circle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from incidents.gazetteer import circles
from incidents.gazetteer.circles import Circle
from incidents.gazetteer.types import Level, Place, Role, Toponym

Areas = Callable[[Place], Sequence[Place]]
"""The provinces of a country, the districts of a province."""

# "near X" is drawn as a circle of this radius (docs: place_precision).
NEAR_RADIUS_M = 25_000
_OUTSKIRTS_M = 5_000
_OFF_COAST_M = 50_000
# "South of X" without a distance: this far from its edge, so that of most towns the circle still holds the town.
_BESIDE_KM = 8.0
# "Talks between Moscow and Kyiv" are not on a road; what lies between two towns of a region is.
_FARTHEST_BETWEEN_KM = 250.0
_FARTHEST_ROAD_KM = 800.0
_LARGE = frozenset([Level.COUNTRY, Level.PROVINCE, Level.AREA, Level.SEA])
_POINTS = frozenset([Level.SITE, Level.FACILITY, Level.NEIGHBOURHOOD, Level.TOWN, Level.DISTRICT])
_ON_THE_GROUND = frozenset([Role.EVENT, Role.METONYM])
_BEFORE_CHARACTERS = 100
_AFTER_CHARACTERS = 60

_BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0, "west": 270.0,
    "northwest": 315.0, "ne": 45.0, "se": 135.0, "sw": 225.0, "nw": 315.0,
}  # fmt: skip
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "a dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "a hundred": 100, "one hundred": 100,
}  # fmt: skip
_KM_IN = {"m": 1.609, "n": 1.852}

_DIRECTION = r"(north[\s-]?(?:east|west)|south[\s-]?(?:east|west)|north|south|east|west)"
# Of headlines: "in NW Pakistan".
_SHORT = r"\b(?-i:([NS][EW]|[NS]\.[EW]\.))"
_ANY_NUMBER = "|".join(sorted((re.escape(word) for word in _NUMBERS), key=len, reverse=True))
_LENGTH = (
    rf"(?<![\w.,])(\d{{1,3}}(?:,\d{{3}})?(?:\.\d{{1,2}})?|\d{{4}}|{_ANY_NUMBER})"
    r"[\s-]?(km|kms|kilomet(?:er|re)s?|nautical miles?|nm|miles?|mi)\b(?:\s?\([^()\n]{1,25}\))?[^.\n]{0,30}?\b"
)
_THE_TOWN = r"(?:the\s+)?(?:(?:\w{4,9}ern\s+)?(?:city|town|village|(?:(?:state|provincial|regional|district)\s+)?capital|port|base)\s+(?:of\s+)?)?(?:downtown\s+|central\s+)?$"
_OFFSET = re.compile(rf"{_LENGTH}{_DIRECTION}(?:ern|erly|wards?)?\s+(?:of\s+|from\s+)?{_THE_TOWN}", re.IGNORECASE)
# "55 nautical miles off the port of", which names no direction.
_DISTANCE = re.compile(rf"{_LENGTH}(?:from|off|outside)\s+{_THE_TOWN}", re.IGNORECASE)
# "just south of", which names no distance; "in the south of" is a part.
_BESIDE = re.compile(rf"(?:\bto\s+the\s+|(?<!the )\b){_DIRECTION}\s+of\s+{_THE_TOWN}", re.IGNORECASE)
_PARTS = r"(?:parts?|areas?|districts|neighbou?rhoods|half|side|end|corner|reaches|coast|shore|tip|edge)"
_PART = re.compile(
    rf"(?:\b(?:{_DIRECTION}ern|(central))(?:\s+and\s+\w{{4,9}}ern)?\s+(?:{_PARTS}\s+of\s+)?"
    rf"|(?<!to )\bthe\s+(?:far\s+)?(?:{_DIRECTION}|(cent(?:er|re)))\s+of\s+|\b{_DIRECTION}\s+|{_SHORT}\s+)(?:the\s+)?$",
    re.IGNORECASE,
)
_OWN_PART = re.compile(
    rf"['\u2019]s?\s+(?:far\s+)?{_DIRECTION}(?:(?:ern)?\s+{_PARTS}\b|(?=\s*[.,;:)]|\s+(?:on|after|in)\b))",
    re.IGNORECASE,
)
_SUBURBS = re.compile(
    rf"\b(?:{_DIRECTION}(?:ern)?\s+)?(?:suburbs?|outskirts|edges?|periphery|approaches)\s+of\s+(?:the\s+)?"
    r"(?:(?:city|town|village|capital)\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_OWN_SUBURBS = re.compile(rf"['\u2019]s?\s+(?:{_DIRECTION}(?:ern)?\s+)?(?:suburbs?|outskirts)\b", re.IGNORECASE)
_RURAL = re.compile(
    rf"\b(?:{_DIRECTION}(?:ern)?\s+)?(?:countryside|rural areas?)\s+(?:of|around)\s+(?:the\s+)?$", re.IGNORECASE
)
_OWN_RURAL = re.compile(rf"(?:['\u2019]s?)?\s+(?:{_DIRECTION}(?:ern)?\s+)?countryside\b", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?:near|nearby|outside|around|close\s+to|not\s+far\s+from|in\s+the\s+vicinity\s+of|off)\s+"
    r"(?:the\s+)?(?:(?:city|town|village)\s+(?:of\s+)?)?(?:the\s+)?$",
    re.IGNORECASE,
)
_OFF_COAST = re.compile(
    rf"\boff\s+(?:the\s+)?(?:{_DIRECTION}(?:ern)?\s+)?(?:coast|shores?)\s+of\s+(?:the\s+)?$", re.IGNORECASE
)
_OFF = re.compile(r"\boff\s+(?:the\s+)?$", re.IGNORECASE)
_OWN_COAST = re.compile(rf"['\u2019]s?\s+(?:{_DIRECTION}(?:ern)?\s+)?(?:coast|shores?)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:(?:cities|towns|villages)\s+of\s+)?$", re.IGNORECASE)
_BORDER_OF = re.compile(r"\b(?:border|frontier)\s+(?:\w+\s+)?between\s+(?:the\s+)?$", re.IGNORECASE)
_ROAD = r"(?:highway|motorway|road|route|railway|rail\s+line|line|pipeline|corridor)"
_ROAD_OF = re.compile(rf"\b{_ROAD}s?\s+(?:\w+\s+)?(?:between|from|linking|connecting)\s+(?:the\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|to|with)\s+(?:the\s+)?", re.IGNORECASE)
_DASH = re.compile(r"\s?[-\u2013\u2014/]\s?")
_THEN_BORDER = re.compile(r"\s+(?:border|frontier)\b", re.IGNORECASE)
_THEN_ROAD = re.compile(rf"\s+{_ROAD}\b", re.IGNORECASE)
_BORDER_WITH = re.compile(r"['\u2019]s?\s+(?:\w+\s+)?(?:border|frontier)\s+with\s+(?:the\s+)?", re.IGNORECASE)
# Without any of these words there is nothing to look for, which is so for most names.
_HINT_BEFORE = re.compile(
    r"north|south|east|west|(?-i:[NS]\.?[EW])|cent|near|off|outside|around|close|far|vicinity|suburb|outskirt|edge"
    "|periph|approach|country|rural|from",
    re.IGNORECASE,
)
_HINT_AFTER = re.compile(r"['\u2019]|\s+(?:\w+\s+)?countryside", re.IGNORECASE)


def structured(text: str, toponyms: Sequence[Toponym], areas: Areas) -> tuple[Toponym, ...]:
    """The place names of a text, those of events with the circle that the words round them make. Linear in the names."""
    found = list(toponyms)
    for index, toponym in enumerate(toponyms):
        circle = _pair(text, toponyms[index : index + 2], areas)
        if circle is not None:
            found[index : index + 2] = [_with(each, circle) for each in toponyms[index : index + 2]]
        elif found[index] is toponym and (circle := _single(text, toponym, areas)):
            found[index] = _with(toponym, circle)
    return tuple(found)


def _with(toponym: Toponym, circle: Circle) -> Toponym:
    # "Between Lebanon and Israel" is said of governments, but a border is ground.
    return replace(
        toponym,
        role=Role.EVENT,
        near=circle.near,
        latitude=circle.latitude,
        longitude=circle.longitude,
        radius_m=circle.radius_m,
        level=circle.level,
    )


def _pair(text: str, pair: Sequence[Toponym], areas: Areas) -> Circle | None:
    """What two neighbouring names mean together: "between X and Y", "the X-Y border", "the X-Y highway"."""
    places = [toponym.best.place for toponym in pair if toponym.best and toponym.role in _ON_THE_GROUND]
    if len(places) < 2 or places[0].id == places[1].id:
        return None
    one, other = places
    gap = text[pair[0].end : pair[1].start]
    dashed, joined = _DASH.fullmatch(gap), _AND.fullmatch(gap)
    if not (dashed or joined or _BORDER_WITH.fullmatch(gap)):
        return None
    before, after = _before(text, pair[0]), _after(text, pair[1])
    if not (dashed or joined) or _THEN_BORDER.match(after) or (joined and _BORDER_OF.search(before)):
        return circles.border(one, other, areas(one), areas(other))
    if {one.level, other.level} & _LARGE or any(toponym.role is not Role.EVENT for toponym in pair):
        return None
    km = circles.distance_km(one, other)
    road = (dashed and _THEN_ROAD.match(after)) or (joined and _ROAD_OF.search(before))
    if road and km <= _FARTHEST_ROAD_KM:
        return circles.between(one, other, Level.AREA)
    if joined and _BETWEEN.search(before) and km <= _FARTHEST_BETWEEN_KM:
        return circles.between(one, other, None)
    return None


def _single(text: str, toponym: Toponym, areas: Areas) -> Circle | None:
    if toponym.best is None or toponym.role is not Role.EVENT:
        return None
    place = toponym.best.place
    before, after = _before(text, toponym), _after(text, toponym)
    if not _HINT_BEFORE.search(before) and not _HINT_AFTER.match(after):
        return None
    if place.level not in _LARGE and (circle := _measured(before, place)):
        return circle
    return _at_sea(before, after, place, areas) or _edge(before, after, place) or _part(before, after, place, areas)


def _measured(before: str, place: Place) -> Circle | None:
    """ "20 km (12 miles) west of X", "55 nautical miles off X", "just south of X". Of a large place nobody knows from where."""
    if match := _OFFSET.search(before):
        return circles.offset(place, _km(match[1], match[2]), _bearing(match[3]))
    if match := _DISTANCE.search(before):
        return circles.around(place, round(_km(match[1], match[2]) * 1000))
    if match := _BESIDE.search(before):
        km = place.radius_m / 1000 + _BESIDE_KM
        return replace(circles.offset(place, km, _bearing(match[1])), radius_m=NEAR_RADIUS_M)
    return None


def _at_sea(before: str, after: str, place: Place, areas: Areas) -> Circle | None:
    match = _OFF_COAST.search(before) or (_OFF.search(before) and _OWN_COAST.match(after))
    if not match:
        return None
    if place.level is Level.COUNTRY:
        # Of a country the sea is known only with its side.
        return circles.part(place, _bearing(match[1]), areas(place)) if match[1] else None
    return circles.around(place, _OFF_COAST_M)


def _edge(before: str, after: str, place: Place) -> Circle | None:
    """ "Near X", "on the outskirts of X", "X's southern suburbs", "the northern countryside of X"."""
    if place.level is Level.COUNTRY:
        return None
    if place.level in _POINTS:
        if match := _SUBURBS.search(before) or _OWN_SUBURBS.match(after):
            return _beside(place, match[1], place.radius_m / 1000, place.radius_m + _OUTSKIRTS_M)
        if match := _RURAL.search(before) or _OWN_RURAL.match(after):
            return _beside(place, match[1], place.radius_m / 1000 + _BESIDE_KM, NEAR_RADIUS_M)
    return circles.around(place, NEAR_RADIUS_M) if _NEAR.search(before) else None


def _beside(place: Place, direction: str | None, km: float, radius_m: int) -> Circle:
    if direction is None:
        return circles.around(place, radius_m)
    return replace(circles.offset(place, km, _bearing(direction)), radius_m=radius_m)


def _part(before: str, after: str, place: Place, areas: Areas) -> Circle | None:
    if place.level in {Level.SITE, Level.FACILITY}:
        return None
    if match := _PART.search(before):
        direction = match[1] or match[3] or match[5] or match[6]
        return circles.part(place, _bearing(direction) if direction else None, areas(place))
    if match := _OWN_PART.match(after):
        return circles.part(place, _bearing(match[1]), areas(place))
    return None


def _before(text: str, toponym: Toponym) -> str:
    return text[max(0, toponym.start - _BEFORE_CHARACTERS) : toponym.start].rpartition("\n\n")[2]


def _after(text: str, toponym: Toponym) -> str:
    return text[toponym.end : toponym.end + _AFTER_CHARACTERS]


def _bearing(direction: str) -> float:
    return _BEARINGS[re.sub(r"[\s.-]", "", direction.lower())]


def _km(number: str, unit: str) -> float:
    word = " ".join(number.lower().split())
    amount = _NUMBERS.get(word)
    return (float(word.replace(",", "")) if amount is None else amount) * _KM_IN.get(unit.lower()[:1], 1.0)
