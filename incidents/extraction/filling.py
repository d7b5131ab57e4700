"""The fields of an incident from its mentions, and from the article where the mentions are silent."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from incidents.extraction.dates import TimeMention
from incidents.extraction.geometry import POINTS, WIDE
from incidents.extraction.linking import Places
from incidents.extraction.mentions import ANOTHER_DAY
from incidents.extraction.merging import Cluster
from incidents.extraction.modality import Status
from incidents.extraction.syntax import Tree
from incidents.extraction.tolls import toll
from incidents.extraction.types import (
    UNKNOWN_PLACE,
    UNKNOWN_TIME,
    ActorMention,
    ActorRole,
    Aggregate,
    Incident,
    PlacePrecision,
    Quote,
    Stance,
    TimePrecision,
    When,
    Where,
)
from incidents.extraction.weapons import find_weapon
from incidents.extraction.words import word_set
from incidents.language.casing import is_upper
from incidents.language.types import Document

# News is of the day it appears or of the evening before.
_NEWS_LAG = timedelta(days=1)
# The lead is told in the headline and the first sentences of the body.
_LEAD_SENTENCES = 3
_BARE_TARGETS = word_set("force forces militants fighters centre center edge part outskirts")
# What any town has: its point is that of the town.
_BUILDINGS = word_set(
    "station hospital school university college mall stadium church cathedral mosque hotel plaza theatre theater museum"
    " library courthouse street road avenue boulevard square park bridge market"
)
_ENOUGH_TO_TELL = 2_000
_DAYS = (TimePrecision.DAY, TimePrecision.HOUR)
# A place named this many sentences before still holds for "gunmen then attacked the market".
_PLACE_REACH = 3


class Article:
    """What all incidents of an article share."""

    def __init__(
        self,
        document: Document,
        tree: Tree,
        places: Places,
        published: date | None,
        clusters: Sequence[Cluster],
    ) -> None:
        self.document = document
        self.tree = tree
        self.places = places
        self.published = published
        self._clusters = clusters
        self._first = min((c.first.sentence for c in clusters if not c.first.headline), default=0)
        self._days = {
            mention.sentence: mention.time
            for cluster in clusters
            for mention in cluster.mentions
            if mention.time and mention.time.when.precision in _DAYS
        }
        self._dated = sorted(self._days)
        self._lead_time = self._first_day(clusters)
        self._linked = {m.place for cluster in clusters for m in cluster.mentions if m.place is not None}
        self._main_place = self._most_named()
        self._country = self._main_country()

    @cached_property
    def in_capitals(self) -> bool:
        """Whether it is an upper-case wire; its beginning tells."""
        return is_upper(self.document.text[:_ENOUGH_TO_TELL])

    def _first_day(self, clusters: Sequence[Cluster]) -> TimeMention | None:
        """The day of the event that the article opens with, which its other events share unless they say otherwise."""
        lead = next((cluster for cluster in clusters if self.is_lead(cluster)), None)
        time = lead.time if lead else None
        return time if time and time.when.precision in _DAYS else None

    def is_lead(self, cluster: Cluster) -> bool:
        """Whether the article opens with it."""
        return any(m.headline or m.sentence < _LEAD_SENTENCES or m.sentence == self._first for m in cluster.mentions)

    def opens_with(self, cluster: Cluster) -> bool:
        """Whether its first mention is the first of the body."""
        return any(mention.sentence == self._first for mention in cluster.mentions)

    def has_body(self, cluster: Cluster) -> bool:
        """Whether anything follows the headline that tells of it."""
        return self._first > cluster.first.sentence

    def has_place(self, cluster: Cluster) -> bool:
        place = cluster.place
        return place is not None and self.places.names[place].precision is not PlacePrecision.COUNTRY

    def incident(self, cluster: Cluster) -> Incident:
        """Its fields; how sure they are is judged by who asks (judgement.py)."""
        kind = cluster.kind
        when, where, actors = self._when(cluster), self._where(cluster), self._actors(cluster)
        weapon, weapon_quote = self._weapon(cluster)
        killed, wounded, groups = toll(cluster.mentions)
        quotes = [self._kind_quote(cluster), when.quote, where.quote, weapon_quote]
        quotes += [count.quote for count in (killed, wounded) if count]
        quotes += [actor.quote for actor in actors]
        return Incident(
            kind=kind,
            when=when,
            where=where,
            actors=actors,
            weapon=weapon,
            killed=killed,
            wounded=wounded,
            confidence=0.0,
            quotes=tuple(quote for quote in quotes if quote),
            stance=Stance.REPORTS if cluster.asserted else Stance.REPEATS,
            groups=groups,
        )

    def aggregate(self, cluster: Cluster) -> Aggregate:
        first = cluster.first
        time = cluster.time
        place = cluster.place
        when = time.when if time else UNKNOWN_TIME
        where = self._named(place) if place is not None else UNKNOWN_PLACE
        quotes = [self._kind_quote(cluster), when.quote, where.quote]
        killed, _, _ = toll(cluster.mentions)
        return Aggregate(
            kind=cluster.kind,
            when=when,
            where=where,
            count=killed,
            quotes=tuple(quote for quote in quotes if quote),
            actors=self._actors(cluster),
            reason=first.verdict.reason or "a plural without day or place",
        )

    def _kind_quote(self, cluster: Cluster) -> Quote:
        """The clause of the mention that names the kind best: from its first trigger to its last."""
        mentions = [m for m in cluster.mentions if not m.headline] or cluster.mentions
        best = min(mentions, key=lambda m: (m.verdict.status is not Status.NEW, m.kind is not cluster.kind, m.sentence))
        words = [best.main.token, *(word.index for word in self.tree.modifiers(self.tree[best.main.token]))]
        start = min(self.tree[index].start for index in words)
        end = max(self.tree[index].end for index in words)
        return Quote("kind", start, end)

    def _when(self, cluster: Cluster) -> When:
        time = cluster.time
        if time and time.when.start is not None:
            return _with_field(time.when)
        if time is not None and time.explicit:
            return UNKNOWN_TIME
        if any(ANOTHER_DAY in mention.notes for mention in cluster.mentions):
            return self._counted_from(cluster)
        told = self._day_before(cluster) or self._lead_time
        if told is not None:
            return replace(_with_field(told.when), precision=TimePrecision.FEW_DAYS)
        if self.published is None:
            return UNKNOWN_TIME
        return When(self.published - _NEWS_LAG, self.published, TimePrecision.FEW_DAYS)

    def _counted_from(self, cluster: Cluster) -> When:
        """ "The strike came a day after 51 were killed in X": the day before that of the strike."""
        mention = next((mention for mention in cluster.mentions if mention.days_apart), None)
        if mention is None:
            return UNKNOWN_TIME
        beside = (c for c in self._clusters if any(m.sentence == mention.sentence for m in c.mentions))
        other = next((c.time for c in beside if c is not cluster and c.time), self._lead_time)
        if other is None or other.when.start is None or other.when.precision not in _DAYS:
            return UNKNOWN_TIME
        day = other.when.start + timedelta(days=mention.days_apart)
        return When(day, day, TimePrecision.DAY)

    def _day_before(self, cluster: Cluster) -> TimeMention | None:
        """The day of the event told before it in the same paragraph."""
        first = next((mention for mention in cluster.mentions if not mention.headline), cluster.first)
        position = bisect_left(self._dated, first.sentence)
        if not position:
            return None
        before = self._dated[position - 1]
        return self._days[before] if self.tree.sentences[before].paragraph == first.paragraph else None

    def _where(self, cluster: Cluster) -> Where:
        place = cluster.place
        if place is None:
            place = self._nearby(cluster)
        if place is None:
            return UNKNOWN_PLACE
        where = self._named(place)
        if where.precision is not PlacePrecision.UNKNOWN:
            return where
        part = where.name.split()[-1].lower() in _BUILDINGS or self.places.is_a_part(place)
        if part and (town := self._town_of(cluster)) is not None:
            return self._within(town, where)
        if (wider := self._told_elsewhere(cluster)) is not None:
            return self._within(wider, where)
        line = cluster.first.line
        region = self.places.names[line.region] if line is not None and line.region is not None else None
        # A place that no gazetteer holds lies where its list does.
        return where if region is None else replace(where, country=region.country)

    def _told_elsewhere(self, cluster: Cluster) -> int | None:
        """The wide place of another mention: the province of the lead for the village of a later sentence."""
        places = (mention.place for mention in cluster.mentions if mention.place is not None)
        return next((number for number in places if self.places.names[number].precision in WIDE), None)

    def _town_of(self, cluster: Cluster) -> int | None:
        """The town of a building, street or quarter that no gazetteer holds: one that the event is told with, or written from."""
        own = (mention.place for mention in cluster.mentions if mention.place is not None)
        told = next((number for number in own if self._is_point(number)), None)
        return self._nearby(cluster) if told is None and self.is_lead(cluster) else told

    def _nearby(self, cluster: Cluster) -> int | None:
        """A point named just before, an event's own place rather than any; for the lead, the one named most."""
        for mention in cluster.mentions:
            for sentence in range(mention.sentence, max(mention.sentence - _PLACE_REACH, -1), -1):
                if self.tree.sentences[sentence].paragraph < mention.paragraph - 1:
                    break
                points = [n for n in self.places.by_sentence.get(sentence, ()) if self._is_point(n)]
                linked = [n for n in points if n in self._linked]
                if linked or (points and sentence < mention.sentence):
                    return (linked or points)[-1]
        return self._main_place if self.is_lead(cluster) else None

    def _is_point(self, number: int) -> bool:
        return self.places.names[number].precision in POINTS

    def _most_named(self) -> int | None:
        numbers = [number for numbers in self.places.by_sentence.values() for number in numbers]
        points = [number for number in numbers if self._is_point(number)]
        points = points or [number for number in numbers if self.places.is_where(number)]
        points = [number for number in points if number in self._linked] or points
        counted = Counter(self.places.names[number].name for number in points)
        if not counted:
            return None
        name = counted.most_common(1)[0][0]
        return next(number for number in points if self.places.names[number].name == name)

    def _named(self, number: int) -> Where:
        name = self.places.names[number]
        if name.precision is PlacePrecision.UNKNOWN:
            return self._somewhere_in(number)
        pinned = name.precision not in (PlacePrecision.COUNTRY, PlacePrecision.UNKNOWN)
        return Where(
            name=name.name,
            precision=name.precision,
            latitude=name.latitude if pinned else None,
            longitude=name.longitude if pinned else None,
            radius_m=name.radius_m if pinned else None,
            country=name.country,
            province=name.province,
            toponym=number,
            quote=Quote("place", name.start, name.end),
        )

    def _somewhere_in(self, number: int) -> Where:
        """A name without a point of its own has that of the place it is told to lie in, else the article's country."""
        name = self.places.names[number]
        quote = Quote("place", name.start, name.end)
        outer = self.places.container(number)
        beside = self.places.beside(number)
        country = self.places.names[beside].country if beside is not None else self._country
        alone = Where(name.name, PlacePrecision.UNKNOWN, country=country, toponym=number, quote=quote)
        return alone if outer is None else self._within(outer, alone)

    def _within(self, outer: int, place: Where) -> Where:
        """The outer place under the names of both, quoted by the inner."""
        around = self._named(outer)
        return replace(around, name=f"{place.name}, {around.name}", toponym=place.toponym, quote=place.quote)

    def _main_country(self) -> str | None:
        """The country that most of the places lie in; None where none has most."""
        grounds = ("event", "dateline")
        counted = Counter(name.country for name in self.places.names if name.country and name.role in grounds)
        found = counted.most_common(1)
        return found[0][0] if found and found[0][1] * 2 > counted.total() else None

    def _actors(self, cluster: Cluster) -> tuple[ActorMention, ...]:
        """Each actor once in each role; a headline's after the body's."""
        told = sorted(cluster.told, key=lambda told: told.mention.headline)
        found: dict[tuple[str, str], ActorMention] = {}
        for item in told:
            for actor in item.actors:
                found.setdefault((actor.name.lower(), actor.role), actor)
        return _without_bare_targets(list(found.values()))

    def _weapon(self, cluster: Cluster) -> tuple[str, Quote | None]:
        for mention in sorted(cluster.mentions, key=lambda mention: mention.headline):
            for trigger in mention.triggers:
                weapon, quote = find_weapon(self.document, trigger.token)
                if weapon:
                    return weapon, quote
        return "", None


def _with_field(when: When) -> When:
    return replace(when, quote=replace(when.quote, field="date")) if when.quote else when


def _without_bare_targets(actors: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """Of "facilities" and "militia facilities" the fuller; "forces" and "outskirts" only where nothing else is named."""
    fuller = [actor.name.lower().split() for actor in actors if actor.role is ActorRole.TARGET and " " in actor.name]

    def is_bare(actor: ActorMention) -> bool:
        name = actor.name.lower()
        if actor.role is not ActorRole.TARGET or " " in name:
            return False
        return bool(fuller) and (name in _BARE_TARGETS or any(name in words for words in fuller))

    return tuple(actor for actor in actors if not is_bare(actor))
