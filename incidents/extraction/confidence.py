"""How sure an incident is, for a moderator: a probability for the whole, one for each field, and the reasons in words."""

from __future__ import annotations

from collections.abc import Mapping

from incidents.extraction.judgement import INCIDENT, speaks
from incidents.extraction.merging import Cluster
from incidents.extraction.types import ActorRole, Incident, PlacePrecision

_DOERS = (ActorRole.PERPETRATOR, ActorRole.ALLEGED, ActorRole.CLAIMED_BY)
# Evidence of the encoder that a moderator can check against the text, in words; other evidence has words of its own.
_READ_AS = {
    "read as something else": "the words could mean something else than violence",
    "read as supposed": "the words read like a threat, a denial or a supposition",
    "read as a sum": "the words read like a sum over a time",
    "read as background": "the words read like background",
}
_FOR = {
    "read as happened": "the words read like news of something that happened",
    "asserted": "asserted more than once",
    "own day": "has a day of its own",
    "place link": "the place stands with the words of violence",
    "killed": "tells how many were killed",
    "wounded": "tells how many were wounded",
}
# Evidence that moves the odds by less than this (a factor of 1.2) is no reason.
_LEAST = 0.2
_MOST_REASONS = 6


def parts(incident: Incident, judged: Mapping[str, float]) -> dict[str, float]:
    """The probability that it is an incident at all, "told", and that each field that is filled is right.

    "actors" is as sure as the less sure of who did it and whom it struck.
    """
    found = {"told": judged[INCIDENT], "kind": judged["kind"]}
    if incident.when.start is not None:
        found["date"] = judged["date"]
    if incident.where.name:
        found["place"] = judged["place"]
    if incident.killed is not None:
        found["killed"] = judged["killed"]
    if incident.wounded is not None:
        found["wounded"] = judged["wounded"]
    named = {"doer" if actor.role in _DOERS else "sufferer" for actor in incident.actors}
    if named:
        found["actors"] = min(judged[name] for name in named)
    return {name: round(share, 2) for name, share in found.items()}


def reasons(incident: Incident, cluster: Cluster, evidence: Mapping[str, float]) -> tuple[str, ...]:
    """What a moderator would look at: what is missing first, then what the judgement weighed most."""
    told = len(cluster.mentions)
    said = [f"told in {told} sentence{'s' if told > 1 else ''}", *_missing(incident, cluster)]
    for name, moved in speaks(evidence):
        words = _FOR.get(name) if moved > _LEAST else _READ_AS.get(name) if moved < -_LEAST else None
        if words:
            said.append(words)
    return tuple(said[:_MOST_REASONS])


def _missing(incident: Incident, cluster: Cluster) -> list[str]:
    when, where = incident.when, incident.where
    said = []
    if when.start is None:
        said.append("no date")
    elif when.quote is None:
        said.append("dated by the article's own date")
    elif cluster.time is None:
        said.append("dated by the event the article opens with")
    if where.precision is PlacePrecision.UNKNOWN:
        said.append("no place")
    elif where.quote and not any(mention.place == where.toponym for mention in cluster.mentions):
        said.append("the place is named in another sentence")
    if cluster.first.definite:
        said.append("told as something already known")
    if not any(mention.specific for mention in cluster.mentions):
        said.append("the means are not named")
    return said
