"""How likely two reports tell of one incident: a logistic model of few readable features, one table of weights.

Each feature that holds brings its weight and a sentence for the moderator: either what the two share or where they
differ. Pure, and fitted by `training/same_incident.py`, which prints the table anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from math import cos, exp, hypot, log2, radians

from incidents.extraction.kinds import Family, Kind
from incidents.extraction.words import word_set

# A report is off by a day through time zones and by another one through "over the weekend".
MOST_DAYS_APART = 2
# Two points of one event by different gazetteers lie this far apart even where both claim to be exact.
SLACK_M = 3_000
# Circles of at most this are a village's or a quarter's, a town's, a district's; larger ones a province's.
_FINE_M, _TOWN_M, _WIDE_M = 5_000, 20_000, 60_000
_METRES_PER_DEGREE = 111_195
# Agreeing on this many killed is as good as agreeing on more.
_MANY = 15
# Figures are near from half on: tolls double while rubble is cleared.
_NEAR_FIGURE = 0.5
# A name that no gazetteer holds must be longer than a code to be one.
_SHORTEST_NAME = 3
# Fewer quoted words than this say nothing by being shared or not.
_FEWEST_WORDS = 2
_SHOWN = 3
# Log-odds by feature. All but the last two are fitted (docs/duplicates.md has on what, and how good they are).
WEIGHTS = {
    "bias": -4.5,
    "place.fine": 2.6,
    "place.town": 2.5,
    "place.wide": 2.4,
    "place.area": 1.7,
    "place.edge": -1.2,
    "place.named": 2.2,
    "day.same": 1.8,
    "day.next": -0.6,
    "day.two": -2.6,
    "days.overlap": 2.2,
    "kind.same": 0.5,
    "kind.family": 0.3,
    "kind.mixed": -0.6,
    "doer.shared": 1.9,
    "doer.differs": -0.9,
    "other.shared": 0.8,
    "killed.equal": 3.3,
    "killed.near": 1.0,
    "killed.far": -0.1,
    "wounded.equal": 2.7,
    "wounded.near": 1.0,
    "wounded.far": -1.3,
    "words.shared": 1.7,
    # By hand, for no pair of ours shows it: everything of those days in the country is a neighbour of what has no place.
    "place.country": 0.3,
    # By hand: who tells two things in one article holds them to be two.
    "article.one": -8.0,
}
# Families that reports of one event mix up.
_MIXED_UP = (
    {Family.AIR, Family.MISSILE},
    {Family.EXPLOSIVE, Family.ARMED},
    {Family.MISSILE, Family.EXPLOSIVE},
    {Family.SHIP, Family.MISSILE},
    {Family.SHIP, Family.AIR},
    {Family.AIR, Family.EXPLOSIVE},
    {Family.ABDUCTION, Family.ARMED},
    {Family.SHIP, Family.ABDUCTION},
)
# Quoted behind these fields are words that tell one attack from another; days and places are compared as such.
_TELLING_FIELDS = frozenset(
    ["kind", "weapon", "target", "victim", "perpetrator", "alleged-perpetrator", "killed", "wounded"]
)
_SHORTEST_WORD = 4
# Most reports of most attacks say these.
_COMMON = word_set(
    "about after against also among another around attack attacked attacks before been being both bomb bombed bombing"
    " bombs carried casualties civilian civilians conducted dead death deaths detonated died dozens during eight"
    " eleven exploded explosion explosions fire fired five four from group have hundred hundreds injured injuring into"
    " kill killed killing kills least left loss lost many members militants more most near nine other others over"
    " people person persons reported said seven several shot shots some soldier soldiers strike strikes struck targeted"
    " targets than that their them there these they thirteen this those three troops twelve twenty were what when where"
    " which while with without wounded wounding wounds woman women least deadly hitting left"
)
# Names that fit most attacks: neither sharing them nor differing in them says anything.
_ANYBODY = word_set(
    "a the an of two three several some many armed unknown unidentified suspected local masked young other others group"
    " groups man men woman women people person persons gunman gunmen attacker attackers assailant assailants militant"
    " militants fighter fighters rebel rebels terrorist terrorists insurgent insurgents guerrilla guerrillas individual"
    " individuals civilian civilians soldier soldiers troop troops force forces police policeman policemen officer"
    " officers military army security child children suspect suspects bomber bombers resident residents villager"
    " villagers member members elements commando"
)


_WORD = re.compile(rf"[^\W\d_]{{{_SHORTEST_WORD},}}")


@dataclass(frozen=True, slots=True)
class Report:
    """What is compared. Days are the first and last possible ones; `doers` and `others` are names of actors.

    Figures are (low, high) as everywhere, None for silence. `words` are the quoted ones, without those that most
    reports use.
    """

    kind: Kind
    first: date | None = None
    last: date | None = None
    country: str = ""
    place_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    radius_m: int = 0
    doers: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    killed: tuple[int, int | None] | None = None
    wounded: tuple[int, int | None] | None = None
    words: frozenset[str] = frozenset()
    articles: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Feature:
    """`value` is 0 to 1 and multiplies the weight. `reason` is what both share, `difference` what they do not."""

    name: str
    value: float = 1.0
    reason: str = ""
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` is 0 to 1. `reasons` and `differences` are in words for a moderator, the weightiest first."""

    score: float
    reasons: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    features: tuple[Feature, ...] = field(default=(), repr=False)


def compare(one: Report, other: Report) -> Likeness | None:
    """None for what can not be one: other countries, circles that do not touch, days or kinds too far apart."""
    found = features(one, other)
    if found is None:
        return None
    total = WEIGHTS["bias"] + sum(WEIGHTS[each.name] * each.value for each in found)
    weightiest = sorted(found, key=lambda each: -abs(WEIGHTS[each.name] * each.value))
    return Likeness(
        score=round(1 / (1 + exp(-total)), 3),
        reasons=tuple(each.reason for each in weightiest if each.reason),
        differences=tuple(each.difference for each in weightiest if each.difference),
        features=tuple(found),
    )


def features(one: Report, other: Report) -> list[Feature] | None:
    """What `compare` weighs; None where it answers None."""
    place, time, kind = _place(one, other), _time(one, other), _kind(one.kind, other.kind)
    if place is None or time is None or kind is None:
        return None
    found = [place, time, kind, *_actors(one, other)]
    found += [*_figure("killed", one.killed, other.killed), *_figure("wounded", one.wounded, other.wounded)]
    found += _words(one.words, other.words)
    if one.articles & other.articles:
        found.append(Feature("article.one", difference="one article tells of both"))
    return [each for each in found if each.name in WEIGHTS]


def _place(one: Report, other: Report) -> Feature | None:
    if one.country and other.country and one.country != other.country:
        return None
    same = bool(one.place_name) and one.place_name.casefold() == other.place_name.casefold()
    if one.latitude is None or other.latitude is None or one.longitude is None or other.longitude is None:
        if same and one.latitude == other.latitude and len(one.place_name) > _SHORTEST_NAME:
            return Feature("place.named", 1.0, f"both in {one.place_name}", "no map has the place")
        if one.country and one.country == other.country:
            return Feature("place.country", 1.0, f"both in {one.country}", "one has no exact place")
        return Feature("place.unknown", difference="one has no place")
    metres = distance_m(one.latitude, one.longitude, other.latitude, other.longitude)
    wider = max(one.radius_m, other.radius_m)
    near, far = wider + SLACK_M, one.radius_m + other.radius_m + 2 * SLACK_M
    if metres > far:
        return None
    apart = f"{metres / 1000:.0f} km apart" if metres >= 1000 else f"{metres:.0f} m apart"
    if metres > near:
        return Feature("place.edge", difference=apart)
    sizes = (("place.fine", _FINE_M), ("place.town", _TOWN_M), ("place.wide", _WIDE_M))
    name = next((name for name, most in sizes if wider <= most), "place.area")
    if same:
        return Feature(name, 1.0, f"both in {one.place_name}")
    if wider <= _TOWN_M:
        return Feature(name, 1.0, apart)
    return Feature(name, 1.0, f"one within {wider / 1000:.0f} km around the other", apart)


def telling_words(quotes: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Of (field, quoted text): the words by which a report can be known again."""
    found: set[str] = set()
    for name, text in quotes:
        if name in _TELLING_FIELDS:
            found.update(word for word in _WORD.findall(text.casefold()) if word not in _COMMON)
    return frozenset(found)


def distance_m(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """On a plane touching the earth between the two: right within 1 % up to 300 km."""
    east = (other_longitude - longitude + 180) % 360 - 180
    width = cos(radians((latitude + other_latitude) / 2))
    return hypot(other_latitude - latitude, east * width) * _METRES_PER_DEGREE


def _time(one: Report, other: Report) -> Feature | None:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return Feature("day.unknown", difference="one has no date")
    gap = max((other.first - one.last).days, (one.first - other.last).days)
    if gap > MOST_DAYS_APART:
        return None
    if gap > 0:
        return Feature("day.next" if gap == 1 else "day.two", 1.0, "", f"{gap} day{'s' if gap > 1 else ''} apart")
    if one.first == one.last == other.first == other.last:
        return Feature("day.same", 1.0, "same day")
    shared = (min(one.last, other.last) - max(one.first, other.first)).days + 1
    longer = max((one.last - one.first).days, (other.last - other.first).days) + 1
    return Feature("days.overlap", shared / longer, "their days overlap")


def _kind(one: Kind, other: Kind) -> Feature | None:
    if one is other:
        return Feature("kind.same", 1.0, f"both {one.label}")
    apart = f"{one.label} here, {other.label} there"
    if {one, other} & {Kind.UNKNOWN, Kind.OTHER}:
        return Feature("kind.vague", difference=apart)
    if one.family is other.family:
        return Feature("kind.family", 1.0, "", apart)
    return Feature("kind.mixed", 1.0, "", apart) if is_mixed_up(one, other) else None


def is_mixed_up(one: Kind, other: Kind) -> bool:
    """Whether reports of one event call it by both, though they are of two families."""
    return {one.family, other.family} in _MIXED_UP


def _actors(one: Report, other: Report) -> Iterator[Feature]:
    shared = shared_names(one.doers, other.doers)
    if shared:
        yield Feature("doer.shared", 1.0, f"both name {', '.join(shared[:_SHOWN])}")
    elif (ours := _named(one.doers)) and (theirs := _named(other.doers)):
        yield Feature("doer.differs", 1.0, "", f"{_listed(ours)} here, {_listed(theirs)} there")
    if hurt := shared_names(one.others, other.others):
        yield Feature("other.shared", 1.0, f"both tell of {', '.join(hurt[:_SHOWN])}")


def shared_names(ours: frozenset[str], theirs: frozenset[str]) -> list[str]:
    """Names of which one says no more than the other ("Example Brigade", "the Example Brigade's men")."""
    known = [name_words(name) for name in theirs]
    found = []
    for name in sorted(ours):
        words = name_words(name)
        if words and any(other and (words <= other or other <= words) for other in known):
            found.append(name)
    return found


def name_words(name: str) -> frozenset[str]:
    """What tells one actor from another; empty for "unknown gunmen"."""
    words = (word.strip(".,;:'\"()").removesuffix("'s") for word in name.casefold().split())
    return frozenset(word for word in words if word and word not in _ANYBODY)


def _named(names: frozenset[str]) -> list[str]:
    return sorted(name for name in names if name_words(name))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN])


def _figure(name: str, one: tuple[int, int | None] | None, other: tuple[int, int | None] | None) -> Iterator[Feature]:
    """An equal toll says the more the higher it is: most attacks leave one dead or none."""
    if one is None or other is None:
        return
    here, there = one[0], other[0]
    if here == there:
        value = min(log2(1 + here) / log2(1 + _MANY), 1.0)
        yield Feature(f"{name}.equal", value, f"the same {here} {name}" if here else f"both nobody {name}")
        return
    ratio = (min(here, there) + 1) / (max(here, there) + 1)
    apart = f"{name}: {here} here, {there} there"
    if ratio >= _NEAR_FIGURE or _overlap(one, other):
        yield Feature(f"{name}.near", ratio, "", apart)
    else:
        yield Feature(f"{name}.far", 1 - ratio, "", apart)


def _overlap(one: tuple[int, int | None], other: tuple[int, int | None]) -> bool:
    """Both ranges are closed and share a figure; an open end would overlap with nearly anything."""
    if one[1] is None or other[1] is None:
        return False
    return one[0] <= other[1] and other[0] <= one[1]


def _words(ours: frozenset[str], theirs: frozenset[str]) -> Iterator[Feature]:
    fewer = min(len(ours), len(theirs))
    if fewer < _FEWEST_WORDS:
        return
    shared = sorted(ours & theirs, key=lambda word: (-len(word), word))
    if shared:
        said = ", ".join(f"“{word}”" for word in shared[:_SHOWN])
        yield Feature("words.shared", len(shared) / fewer, f"both say {said}")
