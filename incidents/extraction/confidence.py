"""How sure an incident is: parts between 0 and 1 that a moderator can read, and their weighted mean."""

from __future__ import annotations

from incidents.extraction.kinds import Kind
from incidents.extraction.merging import Cluster
from incidents.extraction.modality import Status
from incidents.extraction.types import ActorMention, PlacePrecision, When, Where

# Weights say how much a part moved the share of right incidents on the development sets; they add up to 1.
WEIGHTS = {"told": 0.3, "kind": 0.15, "date": 0.2, "place": 0.25, "actors": 0.1}
# A place that is named and linked, and that no gazetteer holds.
_NAMED = 0.25
_COARSE = frozenset([PlacePrecision.COUNTRY, PlacePrecision.AREA, PlacePrecision.PROVINCE])


def rate(
    cluster: Cluster, kind: Kind, when: When, where: Where, actors: tuple[ActorMention, ...], score: float
) -> tuple[float, dict[str, float], tuple[str, ...]]:
    """The confidence, its parts by name, and the reasons in words. `score` is the gazetteer's for the place."""
    parts = {
        "told": _told(cluster),
        "kind": 0.2 if kind is Kind.UNKNOWN else 1.0 if any(m.specific for m in cluster.mentions) else 0.6,
        "date": _date(when) if cluster.time else min(_date(when), 0.4),
        "place": _place(cluster, where, score),
        "actors": 1.0 if len(actors) >= 2 else 0.6 if actors else 0.2,
    }
    value = sum(WEIGHTS[name] * part for name, part in parts.items())
    return round(value, 3), {name: round(part, 2) for name, part in parts.items()}, _reasons(cluster, when, where)


def _told(cluster: Cluster) -> float:
    if all(mention.headline for mention in cluster.mentions):
        return 0.6
    if cluster.first.line is not None and cluster.first.verdict.status is Status.NEW:
        # Its list vouches for a line: what stands over it and the lines beside it tell of the same.
        return 0.85
    asserted = sum(mention.verdict.status is Status.NEW and not mention.headline for mention in cluster.mentions)
    value = 0.4 if not asserted else 0.7 if asserted == 1 else 0.85 if asserted == 2 else 1.0
    return value - (0.25 if cluster.first.definite else 0.0)


def _date(when: When) -> float:
    if when.start is None or when.end is None:
        return 0.1
    if when.quote is None:
        return 0.4
    days = (when.end - when.start).days
    return 1.0 if days <= 1 else 0.7 if days <= 7 else 0.4


def _place(cluster: Cluster, where: Where, score: float) -> float:
    if where.precision is PlacePrecision.UNKNOWN:
        return _NAMED if where.name else 0.0
    linked = max((mention.link for mention in cluster.mentions if mention.place is not None), default=0.0)
    closeness = min(max(linked / 4.0, 0.0), 1.0)
    return (0.4 + 0.6 * closeness) * (0.5 + 0.5 * score) * (0.7 if where.precision in _COARSE else 1.0)


def _reasons(cluster: Cluster, when: When, where: Where) -> tuple[str, ...]:
    told = len(cluster.mentions)
    reasons = [f"told in {told} sentence{'s' if told > 1 else ''}"]
    if when.start is None:
        reasons.append("no date")
    elif when.quote is None:
        reasons.append("dated by the article's own date")
    elif cluster.time is None:
        reasons.append("dated by the event the article opens with")
    if where.precision is PlacePrecision.UNKNOWN:
        reasons.append("no place")
    elif where.quote and not any(mention.place == where.toponym for mention in cluster.mentions):
        reasons.append("the place is named in another sentence")
    if cluster.first.definite:
        reasons.append("told as something already known")
    if not any(mention.specific for mention in cluster.mentions):
        reasons.append("the means are not named")
    return tuple(reasons)
