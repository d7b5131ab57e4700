"""Which incidents may be the same as one: proposed to a moderator, never merged silently.

Each of five likenesses is between 0 and 1; the score is their weighted mean. Reports of one event differ by a day
(time zones, "late on Friday"), name "missiles" for drones and drift by the size of the town, so that none of the five
alone decides; but another country, days further apart than a report drifts, or kinds that nobody mixes up exclude.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, radians

from django.db.models import Q
from geopy.distance import great_circle

from incidents.extraction.kinds import Family, Kind
from incidents.models import Incident

# Proposed from here on: same kind and day in one town reaches .8 with everything else unsaid; two strikes on
# one day 30 km apart stay below.
THRESHOLD = 0.62
# A report is off by a day through time zones and by another one through "over the weekend".
_MOST_DAYS_APART = 2
# Without any date, the day of the first report: news is told within days.
_REPORTED_WITHIN = timedelta(days=4)
# Two points of one event by different gazetteers lie this far apart even where both claim to be exact.
_SLACK_M = 3_000
# Nothing farther than this is looked at: the widest two radii of placed incidents are those of provinces.
_FARTHEST_M = 300_000
_M_PER_DEGREE = 111_000
# A day of the worst months in one country stays below this.
_POOL = 500
# One article that tells both thinks they are two.
_SAME_ARTICLE = 0.6
_WEIGHTS = {"place": 0.35, "time": 0.3, "kind": 0.15, "actors": 0.1, "casualties": 0.1}
_UNSAID = 0.5
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


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """`score` is 0 to 1. `reasons` are what they share and `differences` what they do not, in words for a moderator."""

    incident: Incident
    score: float
    reasons: tuple[str, ...]
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Likeness:
    value: float
    reason: str = ""
    difference: str = ""


def possible_duplicates(*, incident: Incident, limit: int = 5) -> list[PossibleDuplicate]:
    """The likeliest first. Five queries; neither rejected nor merged incidents are proposed."""
    pool = list(_pool(incident))
    if not pool:
        return []
    own_articles = set(incident.mentions.values_list("article", flat=True))
    own_actors = {role.actor.name for role in incident.roles.select_related("actor")}
    found = [
        compared for other in pool if (compared := _compare(incident, other, own_actors, own_articles)) is not None
    ]
    found.sort(key=lambda duplicate: (-duplicate.score, duplicate.incident.pk))
    return found[:limit]


def _pool(incident: Incident) -> Iterable[Incident]:
    """What may be the same by day and place, read by the index on days."""
    others = Incident.objects.exclude(pk=incident.pk).exclude(
        status__in=[Incident.Status.REJECTED, Incident.Status.MERGED]
    )
    first, last = _days(incident)
    if first is None or last is None:
        return []
    slack = timedelta(days=_MOST_DAYS_APART)
    by_date = Q(date_start__lte=last + slack) & (
        Q(date_end__gte=first - slack) | Q(date_end=None, date_start__gte=first - slack)
    )
    by_report = Q(date_start=None, date_end=None, reported_on__range=(first - slack, last + _REPORTED_WITHIN))
    others = others.filter(by_date | by_report)
    if incident.country:
        others = others.filter(country__in=[incident.country, ""])
    if incident.latitude is not None and incident.longitude is not None:
        height = _FARTHEST_M / _M_PER_DEGREE
        width = height / max(cos(radians(incident.latitude)), 0.01)
        near = Q(latitude__range=(incident.latitude - height, incident.latitude + height))
        # Across the 180th meridian longitudes say nothing: latitude alone narrows there.
        if abs(incident.longitude) + width < 180:
            near &= Q(longitude__range=(incident.longitude - width, incident.longitude + width))
        others = others.filter(near | Q(latitude=None))
    return others.prefetch_related("roles__actor", "mentions").order_by("-pk")[:_POOL]


def _compare(one: Incident, other: Incident, actors: set[str], articles: set[int]) -> PossibleDuplicate | None:
    place, time, kind = _place(one, other), _time(one, other), _kind(one, other)
    if place is None or time is None or kind is None:
        return None
    likenesses = {
        "place": place,
        "time": time,
        "kind": kind,
        "actors": _actors(actors, {role.actor.name for role in other.roles.all()}),
        "casualties": _casualties(one, other),
    }
    score = sum(_WEIGHTS[name] * likeness.value for name, likeness in likenesses.items())
    reasons = [likeness.reason for likeness in likenesses.values() if likeness.reason]
    differences = [likeness.difference for likeness in likenesses.values() if likeness.difference]
    if articles & {mention.article_id for mention in other.mentions.all()}:
        score *= _SAME_ARTICLE
        differences.append("one article tells of both")
    if score < THRESHOLD:
        return None
    return PossibleDuplicate(other, round(score, 3), tuple(reasons), tuple(differences))


def _place(one: Incident, other: Incident) -> _Likeness | None:
    if one.country and other.country and one.country != other.country:
        return None
    if one.latitude is None or other.latitude is None:
        if one.country and one.country == other.country:
            return _Likeness(0.6, f"both in {one.country}", "one has no exact place")
        return _Likeness(_UNSAID, difference="one has no place")
    metres = great_circle((one.latitude, one.longitude), (other.latitude, other.longitude)).m
    radii = (one.radius_m or 0, other.radius_m or 0)
    # One inside the other's circle is the same place; where the circles no longer touch, it is another one.
    near, far = max(radii) + _SLACK_M, sum(radii) + 2 * _SLACK_M
    if metres > far:
        return None
    apart = f"{metres / 1000:.0f} km apart"
    if metres <= near:
        return _Likeness(1.0, "same place" if one.place_name == other.place_name else apart)
    return _Likeness(0.7 * (far - metres) / (far - near), difference=apart)


def _time(one: Incident, other: Incident) -> _Likeness | None:
    (first, last), (other_first, other_last) = _days(one), _days(other)
    if first is None or last is None or other_first is None or other_last is None:
        return _Likeness(_UNSAID, difference="one has no date")
    gap = max((other_first - last).days, (first - other_last).days)
    if gap > _MOST_DAYS_APART:
        return None
    if gap > 0:
        return _Likeness({1: 0.7, 2: 0.35}[gap], difference=f"{gap} day{'s' if gap > 1 else ''} apart")
    if first == last == other_first == other_last:
        return _Likeness(1.0, "same day")
    shared = (min(last, other_last) - max(first, other_first)).days + 1
    longer = max((last - first).days, (other_last - other_first).days) + 1
    return _Likeness(0.5 + 0.5 * shared / longer, "days overlap")


def _kind(one: Incident, other: Incident) -> _Likeness | None:
    a, b = Kind(one.kind), Kind(other.kind)
    if a is b:
        return _Likeness(1.0, "same kind")
    apart = f"{a.label} here, {b.label} there"
    if a.family is b.family:
        return _Likeness(0.8, difference=apart)
    if {a, b} & {Kind.UNKNOWN, Kind.OTHER} or {a.family, b.family} in _MIXED_UP:
        return _Likeness(_UNSAID, difference=apart)
    return None


def _actors(own: set[str], theirs: set[str]) -> _Likeness:
    if not own or not theirs:
        return _Likeness(_UNSAID)
    if shared := sorted(own & theirs):
        return _Likeness(1.0, f"both name {', '.join(shared[:3])}")
    return _Likeness(0.2, difference=f"{', '.join(sorted(own)[:3])} here, {', '.join(sorted(theirs)[:3])} there")


def _casualties(one: Incident, other: Incident) -> _Likeness:
    """Both figures that both state; a toll grows from report to report, so that twice as many is still half alike."""
    values, differences = [], []
    for figure in ("killed", "wounded"):
        here, there = getattr(one, f"{figure}_low"), getattr(other, f"{figure}_low")
        if here is None or there is None:
            continue
        values.append((min(here, there) + 1) / (max(here, there) + 1))
        if here != there:
            differences.append(f"{figure}: {here} here, {there} there")
    if not values:
        return _Likeness(_UNSAID)
    if not differences:
        return _Likeness(1.0, "same figures")
    return _Likeness(sum(values) / len(values), difference="; ".join(differences))


def _days(incident: Incident) -> tuple[date | None, date | None]:
    """First and last possible day; without any, the days before the first report."""
    first, last = incident.date_start or incident.date_end, incident.date_end or incident.date_start
    if first is None and incident.reported_on is not None:
        return incident.reported_on - _REPORTED_WITHIN, incident.reported_on
    return first, last
