"""Which incidents may be the same as one: proposed to a moderator, never merged silently.

`incidents.extraction.likeness` compares; here is what it is given: few incidents around the same days and place, read
by an index, whatever the number of incidents in the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, radians
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from incidents.extraction.kinds import Kind
from incidents.extraction.likeness import MOST_DAYS_APART, Report, compare, telling_words
from incidents.extraction.types import ActorRole
from incidents.models import Incident, Proposal

# Proposed from here on, and flagged in the queue from there on: a proposal too many costs a look, one too few a
# second entry of one incident (docs/duplicates.md has what each threshold finds and misses).
THRESHOLD = 0.25
LIKELY = 0.6
# Without any date, the day of the first report: news is told within days.
_REPORTED_WITHIN = timedelta(days=4)
_SLACK = timedelta(days=MOST_DAYS_APART)
# A longer range of days ("since spring") agrees with everything in it, and says nothing.
_LONGEST = timedelta(days=31)
# Nothing farther than this is looked at: the widest two radii of placed incidents are those of provinces.
_FARTHEST_M = 300_000
_M_PER_DEGREE = 111_000
# Days, place, kind and figures of so many are compared; a week of the worst months around one town stays below.
_POOL = 2_000
# The likeliest of those are compared by actors and quoted words too, which take rows of other tables.
_IN_FULL = 40
_KEPT = 5
_DOERS = (ActorRole.PERPETRATOR, ActorRole.ALLEGED, ActorRole.CLAIMED_BY)
_STANDING = (Incident.Status.CANDIDATE, Incident.Status.IN_REVIEW, Incident.Status.PUBLISHED)
_COMPARED = (
    *("pk", "kind", "date_start", "date_end", "reported_on", "country", "place_name", "latitude", "longitude"),
    *("radius_m", "killed_low", "killed_high", "wounded_low", "wounded_high", "status"),
)


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """`score` is 0 to 1. `reasons` are what they share and `differences` what they do not, in words for a moderator."""

    incident: Incident
    score: float
    reasons: tuple[str, ...]
    differences: tuple[str, ...]


def possible_duplicates(*, incident: Incident, limit: int = _KEPT) -> list[PossibleDuplicate]:
    """The likeliest first. Ten queries at most; neither rejected nor merged incidents are proposed."""
    around = _around(incident)
    if not around:
        return []
    (own,) = _in_full([incident.pk]).values()
    mine = _report(_fields(incident), own)
    others = _in_full(around)
    found = []
    for other in others.values():
        likeness = compare(mine, _report(_fields(other), other))
        if likeness is not None and likeness.score >= THRESHOLD:
            found.append(PossibleDuplicate(other, likeness.score, likeness.reasons, likeness.differences))
    found.sort(key=lambda duplicate: (-duplicate.score, duplicate.incident.pk))
    return found[:limit]


@transaction.atomic
def propose(*incidents: Incident | None) -> None:
    """Bring the kept proposals of these incidents up to date, from both sides; to be called after every change of one."""
    for incident in dict.fromkeys(each for each in incidents if each is not None):
        Proposal.objects.filter(Q(incident=incident) | Q(other=incident)).delete()
        if incident.status not in _STANDING:
            continue
        found = possible_duplicates(incident=incident)
        rows = [Proposal(incident=incident, other=each.incident, **_kept(each)) for each in found]
        rows += [Proposal(incident=each.incident, other=incident, **_kept(each)) for each in found]
        Proposal.objects.bulk_create(rows)


def _kept(duplicate: PossibleDuplicate) -> dict[str, Any]:
    return {"score": duplicate.score, "reasons": list(duplicate.reasons)}


def _around(incident: Incident) -> list[int]:
    """Keys of the likeliest by days, place, kind and figures alone. One query, read by the index."""
    mine = _report(_fields(incident))
    likely = []
    for row in _pool(incident).values(*_COMPARED)[:_POOL]:
        if row["status"] in _STANDING and (likeness := compare(mine, _report(row))) is not None:
            likely.append((likeness.score, row["pk"]))
    likely.sort(key=lambda each: (-each[0], each[1]))
    return [pk for _score, pk in likely[:_IN_FULL]]


def _fields(incident: Incident) -> dict[str, Any]:
    return {name: getattr(incident, name) for name in _COMPARED}


def _pool(incident: Incident) -> QuerySet[Incident]:
    """What may be the same by day and place, whatever its status: the index on days would lead elsewhere."""
    first, last = _days(_fields(incident))
    if first is None or last is None:
        return Incident.objects.none()
    last = min(last, first + _LONGEST)
    begin, end = first - _SLACK, last + _SLACK
    dated = Q(date_start__range=(begin - _LONGEST, end)) & (
        Q(date_end__gte=begin) | Q(date_end=None, date_start__gte=begin)
    )
    undated = Q(date_start=None, reported_on__range=(begin, last + _REPORTED_WITHIN))
    others = Incident.objects.filter(dated | undated).exclude(pk=incident.pk)
    if incident.country:
        others = others.filter(country__in=[incident.country, ""])
    if incident.latitude is not None and incident.longitude is not None:
        others = others.filter(_near(incident.latitude, incident.longitude) | Q(latitude=None))
    return others.order_by()


def _near(latitude: float, longitude: float) -> Q:
    height = _FARTHEST_M / _M_PER_DEGREE
    width = height / max(cos(radians(latitude)), 0.01)
    near = Q(latitude__range=(latitude - height, latitude + height))
    # Across the 180th meridian longitudes say nothing: latitude alone narrows there.
    if abs(longitude) + width < 180:
        near &= Q(longitude__range=(longitude - width, longitude + width))
    return near


def _in_full(keys: Iterable[int]) -> dict[int, Incident]:
    """With actors, mentions and quotes: four queries more, whatever the number."""
    incidents = Incident.objects.filter(pk__in=list(keys))
    return {each.pk: each for each in incidents.prefetch_related("roles__actor", "mentions__quotes")}


def _report(fields: Mapping[str, Any], told: Incident | None = None) -> Report:
    """What is compared of an incident; actors, words and articles only where `told` has them fetched."""
    first, last = _days(fields)
    roles = [(role.role, role.actor.name) for role in told.roles.all()] if told else []
    mentions = list(told.mentions.all()) if told else []
    return Report(
        kind=Kind(fields["kind"]),
        first=first,
        last=last,
        **{name: fields[name] for name in ("country", "place_name", "latitude", "longitude")},
        radius_m=fields["radius_m"] or 0,
        doers=frozenset(name for role, name in roles if role in _DOERS),
        others=frozenset(name for role, name in roles if role not in _DOERS),
        killed=_figure(fields["killed_low"], fields["killed_high"]),
        wounded=_figure(fields["wounded_low"], fields["wounded_high"]),
        words=telling_words((quote.field, quote.text) for mention in mentions for quote in mention.quotes.all()),
        articles=frozenset(mention.article_id for mention in mentions),
    )


def _figure(low: int | None, high: int | None) -> tuple[int, int | None] | None:
    return None if low is None else (low, high)


def _days(fields: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """First and last possible day; without any, the days before the first report."""
    start, end, reported = fields["date_start"], fields["date_end"], fields["reported_on"]
    if start is None and end is None and reported is not None:
        return reported - _REPORTED_WITHIN, reported
    return start or end, end or start
