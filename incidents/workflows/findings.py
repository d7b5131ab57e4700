"""What the pipeline gives, as the fields of a Mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from incidents.extraction.types import ActorMention, Aggregate, Count, Incident, Quote, When, Where
from incidents.gazetteer.types import Place, Toponym
from incidents.pipeline import Extraction

# The keys 1 to 9 pick one at the desk.
_PLACE_CANDIDATES = 9
# As in "attacked 150 times": every other count is one of people.
_PEOPLE = {"killed", "wounded"}
_NAME_LENGTH = 200
_WEAPON_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Words:
    """The words behind one field: characters `start` to `end` of the clean text."""

    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One mention to be: `fields` are those of the model. `key` names it again in a later run over the same text.

    `groups` are the casualties by group, as Incident.casualties_by_group has them.
    """

    key: str
    fields: dict[str, Any]
    words: tuple[Words, ...]
    groups: dict[str, dict[str, list[int | None]]] = field(default_factory=dict)

    @property
    def is_aggregate(self) -> bool:
        return bool(self.fields["is_aggregate"])

    def spans(self, name: str = "kind") -> set[tuple[int, int]]:
        return {(words.start, words.end) for words in self.words if words.field == name}


def findings(extraction: Extraction, text: str) -> list[Finding]:
    """Incidents in the order of the text, then aggregates; no two have one key."""
    made = [
        *(_of_incident(incident, extraction, text) for incident in extraction.incidents),
        *(_of_aggregate(aggregate, extraction, text) for aggregate in extraction.aggregates),
    ]
    return list(_with_keys(made))


def _of_incident(incident: Incident, extraction: Extraction, text: str) -> Finding:
    fields = {
        **_common(incident.kind, incident.when, incident.where, extraction),
        "is_aggregate": False,
        "weapon": incident.weapon[:_WEAPON_LENGTH],
        "stance": str(incident.stance),
        "actors": [_actor(actor) for actor in incident.actors],
        **_figure("killed", incident.killed),
        **_figure("wounded", incident.wounded),
        "count_low": None,
        "confidence": incident.confidence,
        "confidence_parts": dict(incident.parts),
        "reasons": [*incident.reasons, *_asked_for(incident.where, extraction)],
    }
    quotes = [*incident.quotes, incident.when.quote, incident.where.quote]
    quotes += [count.quote for count in (incident.killed, incident.wounded) if count]
    quotes += [actor.quote for actor in incident.actors]
    return Finding("", fields, _words(quotes, text), _groups(incident))


def _of_aggregate(aggregate: Aggregate, extraction: Extraction, text: str) -> Finding:
    count = aggregate.count
    effect = count.quote.field if count and count.quote and count.quote.field in _PEOPLE else ""
    fields = {
        **_common(aggregate.kind, aggregate.when, aggregate.where, extraction),
        "is_aggregate": True,
        "weapon": "",
        "stance": "repeats",
        "actors": [_actor(actor) for actor in aggregate.actors],
        **_figure("killed", count if effect == "killed" else None),
        **_figure("wounded", count if effect == "wounded" else None),
        "count_low": count.low if count and not effect else None,
        "confidence": 0.0,
        "confidence_parts": {},
        "reasons": [aggregate.reason] if aggregate.reason else [],
    }
    quotes = [*aggregate.quotes, aggregate.when.quote, aggregate.where.quote, count.quote if count else None]
    return Finding("", fields, _words(quotes, text))


def _common(kind: str, when: When, where: Where, extraction: Extraction) -> dict[str, Any]:
    return {
        "kind": str(kind),
        "date_start": when.start,
        "date_end": when.end,
        "time_precision": str(when.precision),
        "place_name": where.name[:_NAME_LENGTH],
        "latitude": where.latitude,
        "longitude": where.longitude,
        "place_precision": str(where.precision),
        "place_candidates": _candidates(where, extraction),
        "extractor_version": extraction.version,
    }


def _candidates(where: Where, extraction: Extraction) -> list[dict[str, Any]]:
    """First the place as it was taken (also without a point, for its country), then what else the name may mean."""
    if not where.name:
        return []
    toponym = None if where.toponym is None else extraction.toponyms[where.toponym]
    best = toponym.best if toponym else None
    taken = {
        "name": where.name,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "level": str(best.place.level) if best else None,
        "precision": str(where.precision),
        "radius_m": where.radius_m,
        "country": where.country,
        "province": where.province,
        "score": round(best.score, 4) if best else 0.0,
    }
    if best and best.place.is_asked_for:
        taken["provider"] = best.place.source
    others = [_candidate(place, score) for place, score in _namesakes(toponym, where)]
    return [taken, *others][:_PLACE_CANDIDATES]


def _asked_for(where: Where, extraction: Extraction) -> list[str]:
    """What a moderator should know of a place that a provider gave."""
    best = None if where.toponym is None else extraction.toponyms[where.toponym].best
    if best is None or not best.place.is_asked_for:
        return []
    return [f"its place is {best.place.source}'s, the gazetteer has no such name"]


def _namesakes(toponym: Toponym | None, where: Where) -> Iterator[tuple[Place, float]]:
    for candidate in toponym.candidates if toponym else ():
        place = candidate.place
        if (place.latitude, place.longitude) != (where.latitude, where.longitude):
            yield place, candidate.score


def _candidate(place: Place, score: float) -> dict[str, Any]:
    return {
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "level": str(place.level),
        "radius_m": place.radius_m,
        "country": place.country,
        "province": place.province,
        "score": round(score, 4),
    }


def _figure(name: str, count: Count | None) -> dict[str, int | None]:
    return {f"{name}_low": count.low if count else None, f"{name}_high": count.high if count else None}


def _groups(incident: Incident) -> dict[str, dict[str, list[int | None]]]:
    groups: dict[str, dict[str, list[int | None]]] = {}
    for effect, count in incident.groups:
        if count.group:
            groups.setdefault(count.group, {}).setdefault(effect, [count.low, count.high])
    return groups


def _actor(actor: ActorMention) -> dict[str, Any]:
    return {
        "name": actor.name[:_NAME_LENGTH],
        "role": str(actor.role),
        "kind": actor.kind,
        "country": actor.country,
        "says": actor.says[:_NAME_LENGTH],
    }


def _words(quotes: list[Quote | None], text: str) -> tuple[Words, ...]:
    """Each span once for each field, in the order of the text."""
    spans = {(quote.start, quote.end, quote.field) for quote in quotes if quote and quote.end > quote.start}
    return tuple(Words(name, start, end, text[start:end]) for start, end, name in sorted(spans))


def _with_keys(made: list[Finding]) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for finding in made:
        fields = finding.fields
        says = [str(fields[name]) for name in ("is_aggregate", "kind", "date_start", "date_end", "place_name")]
        says += [f"{words.field}={words.text}" for words in finding.words]
        key = sha256("\n".join(says).encode("utf-8", "surrogatepass")).hexdigest()
        seen[key] += 1
        if seen[key] > 1:
            key = sha256(f"{key} {seen[key]}".encode()).hexdigest()
        yield Finding(key, fields, finding.words, finding.groups)
