"""Writes a world's incidents with their articles, mentions, quotes and roles into the configured SQLite database.

The rules of the public place and of titles are the site's own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction

from benchmarks.bulk import Table, without_indexes
from benchmarks.world import LAST, Spot, World
from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole, PlacePrecision, TimePrecision
from incidents.models import Actor, Article, Incident, IncidentActor, Mention, Quote, Source
from incidents.models.incident import cell_of
from incidents.models.public_place import PublicPlace, capped
from incidents.workflows.candidates import title_of

_SEED = 25
# A day's news of one country: so many incidents are told of in so many articles, each in one to three of them.
_NEWS, _ARTICLES = 24, 10
_BACKLOG = 0.2
_QUOTED = 0.3
_CAPPED = 0.01
_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_BITS = 40
_CODE_STEP = 678_152_731_253  # odd: numbers below 2^40 are dealt out without a collision
_KINDS = dict(
    zip(Kind, (14, 12, 9, 16, 11, 4, 3, 17, 9, 4, 4, 2, 2, 1, 0.3, 3, 1, 1), strict=True)
)  # in the order of the enum: air strikes first
_TIMES = {
    TimePrecision.HOUR: 3, TimePrecision.DAY: 78, TimePrecision.FEW_DAYS: 6, TimePrecision.WEEK: 3,
    TimePrecision.MONTH: 5, TimePrecision.LONGER: 2, TimePrecision.UNKNOWN: 3,
}  # fmt: skip
_WEAPONS = {
    Kind.DRONE_STRIKE: "drone", Kind.AIR_STRIKE: "aircraft", Kind.MISSILE_ROCKET: "rocket", Kind.SHELLING: "artillery",
    Kind.BOMBING: "bomb", Kind.SUICIDE_BOMBING: "explosive belt", Kind.LANDMINE: "landmine", Kind.ARMED_ATTACK: "rifle",
}  # fmt: skip


class Archive:
    def __init__(self) -> None:
        self._chance = random.Random(_SEED)  # noqa: S311 (no secret)
        self._world = World(self._chance, Path(settings.GAZETTEER_PATH))
        self._tables = {
            model: Table(model) for model in (Incident, IncidentActor, Article, Mention, Quote, Actor, Source)
        }
        self._kinds = list(_KINDS), list(accumulate(_KINDS.values()))
        self._times = list(_TIMES), list(accumulate(_TIMES.values()))

    def write(self, count: int) -> None:
        """Into an empty, migrated database; its indexes are made anew at the end, which is faster."""
        reviewer = User.objects.create(username="reviewer", is_staff=True).pk
        # With its index gone, every parent's row would be looked for in the whole of its children's table.
        with connection.constraint_checks_disabled(), transaction.atomic(), without_indexes():
            self._actors_and_sources()
            for block in self._news(count):
                self._tell(*block, reviewer)
            for table in self._tables.values():
                if table.last:
                    table.flush()
            connection.check_constraints()

    def _actors_and_sources(self) -> None:
        for row in self._world.actors:
            self._tables[Actor].add(name=row["name"], kind=row["kind"], country=row["country"])
        for number in range(len(self._world.sources.items)):
            self._tables[Source].add(name=f"Example Times {number + 1}", domain=f"t{number + 1}.example.org")

    def _news(self, count: int) -> Iterator[tuple[date, date, str, int]]:
        """Of each block the day, the day when a desk reads of it, the country and how many incidents it has.

        In the order of reading: day after day, between them a fifth that is read years later.
        """
        chance = self._chance
        blocks = []
        for number in range(-(-count // _NEWS)):
            day, country = self._world.when_and_where()
            late = chance.randrange((LAST - day).days + 1) if chance.random() < _BACKLOG else chance.randrange(3)
            blocks.append((day + timedelta(days=late), number, day, country))
        left = count
        for read, _number, day, country in sorted(blocks):
            yield day, read, country, min(_NEWS, left)
            left -= _NEWS

    def _tell(self, day: date, read: date, country: str, number: int, reviewer: int) -> None:
        """A block's incidents, each in one to three of its articles."""
        chance, articles = self._chance, [_Article(self._tables[Article].last + n) for n in range(1, _ARTICLES + 1)]
        for _ in range(number):
            incident = self._incident(day, country)
            key = self._tables[Incident].add(
                code=_code(self._tables[Incident].last),
                **incident,
                reviewed_by_id=reviewer,
                published_at=f"{read} {chance.randrange(24):02d}:{chance.randrange(60):02d}:00",
            )
            self._roles(key, country)
            for article in chance.sample(articles, chance.choice((1, 1, 2, 3))):
                self._mention(key, incident, article)
        for article in articles:
            self._article(article, day)

    def _incident(self, day: date, country: str) -> dict[str, Any]:
        chance = self._chance
        kind = chance.choices(self._kinds[0], cum_weights=self._kinds[1])[0]
        first, last, precision = self._when(day + timedelta(days=chance.randrange(-3, 4)))
        values: dict[str, Any] = {
            "kind": str(kind),
            "weapon": _WEAPONS.get(kind, "") if chance.random() < 0.6 else "",
            "date_start": first and str(first),
            "date_end": last and str(last),
            "time_precision": str(precision),
            "reported_on": str(day + timedelta(days=4)),
            **self._where(country),
            **self._toll("killed", 0.45),
            **self._toll("wounded", 0.55),
            "credibility": chance.choices((1, 2, 3, 4, 5, 6), (15, 30, 20, 5, 2, 28))[0],
            "confidence": round(chance.uniform(0.5, 1), 2),
            "status": str(Incident.Status.PUBLISHED),
        }
        return {"title": title_of(SimpleNamespace(**values)), **values}

    def _when(self, day: date) -> tuple[date | None, date | None, TimePrecision]:
        chance = self._chance
        precision = chance.choices(self._times[0], cum_weights=self._times[1])[0]
        if precision is TimePrecision.UNKNOWN:
            return None, None, precision
        if precision is TimePrecision.FEW_DAYS:
            return day, day + timedelta(days=chance.randrange(1, 6)), precision
        if precision is TimePrecision.WEEK:
            return day, day + timedelta(days=6), precision
        if precision is TimePrecision.MONTH:
            first = day.replace(day=1)
            return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1), precision
        if precision is TimePrecision.LONGER:
            return day.replace(month=1, day=1), day.replace(month=12, day=31), precision
        return day, day, precision

    def _where(self, country: str) -> dict[str, Any]:
        spot = self._world.spot(country)
        cap = str(PlacePrecision.PROVINCE) if self._chance.random() < _CAPPED else ""
        latitude, longitude = spot.point or (None, None)
        return {
            "place_name": spot.name,
            "country": spot.country,
            "province": spot.province,
            "latitude": latitude,
            "longitude": longitude,
            "radius_m": spot.radius_m,
            "place_precision": str(spot.precision),
            "place_found_by": "gazetteer" if spot.point else "",
            "public_precision": cap,
            "sensitivity": "sensitive" if cap else "normal",
            **_public(spot, cap),
        }

    def _toll(self, name: str, silent: float) -> dict[str, int | None]:
        """Silence in `silent` of all cases; else few in most and hundreds in some."""
        chance = self._chance
        low = best = high = None
        if chance.random() >= silent:
            low = min(int(chance.paretovariate(0.9)) - 1, 900)
            high = None if chance.random() < 0.2 else low + chance.choice((0, 0, 0, 1, 3))
            best = None if high is None else high
        return {f"{name}_low": low, f"{name}_best": best, f"{name}_high": high}

    def _roles(self, incident: int, country: str) -> None:
        chance = self._chance
        for number, actor in enumerate(self._world.cast(country)):
            roles = (
                (ActorRole.PERPETRATOR, ActorRole.ALLEGED, ActorRole.CLAIMED_BY) if not number else (ActorRole.TARGET,)
            )
            self._tables[IncidentActor].add(incident_id=incident, actor_id=actor + 1, role=str(chance.choice(roles)))

    def _mention(self, key: int, incident: dict[str, Any], article: _Article) -> None:
        shared = ("kind", "weapon", "date_start", "date_end", "time_precision", "place_name", "latitude", "longitude",
                  "place_precision", "killed_low", "killed_high", "wounded_low", "wounded_high", "confidence")  # fmt: skip
        mention = self._tables[Mention].add(
            article_id=article.key, incident_id=key, key=str(key), **{name: incident[name] for name in shared}
        )
        if self._chance.random() < _QUOTED:
            start, end = article.say(f"{incident['title']}, officials said.")
            self._tables[Quote].add(
                mention_id=mention, field="kind", start=start, end=end, text=article.text[start:end]
            )

    def _article(self, article: _Article, day: date) -> None:
        source = self._world.sources.draw(self._chance) + 1
        self._tables[Article].add(
            source_id=source,
            url=f"https://t{source}.example.org/{article.key}",
            title=f"What happened on {day}",
            language="en",
            published_at=f"{day + timedelta(days=4)} 12:00:00",
            published_precision=str(Article.PublishedPrecision.DAY),
            fetched_at=f"{day + timedelta(days=5)} 12:00:00",
            text=article.text,
            text_sha256=sha256(f"{article.key}".encode()).hexdigest(),
            state=str(Article.State.REVIEWED),
        )


class _Article:
    """Grows by a sentence with every quote."""

    def __init__(self, key: int) -> None:
        self.key = key
        self.text = "The news of the day."

    def say(self, sentence: str) -> tuple[int, int]:
        start = len(self.text) + 1
        self.text += f" {sentence}"
        return start, len(self.text)


@lru_cache(maxsize=20_000)
def _public(spot: Spot, cap: str) -> dict[str, Any]:
    latitude, longitude = spot.point or (None, None)
    exact = PublicPlace(spot.name, str(spot.precision), latitude, longitude, spot.radius_m)
    public = capped(exact, cap, province=spot.province, country=spot.country)
    placed = public.latitude is not None and public.longitude is not None
    return {
        "public_place_name": public.name,
        "public_place_precision": str(public.precision),
        "public_latitude": public.latitude,
        "public_longitude": public.longitude,
        "public_radius_m": public.radius_m,
        "cell": cell_of(public.latitude, public.longitude) if placed else None,
    }


def _code(number: int) -> str:
    bits = number * _CODE_STEP % 2**_CODE_BITS
    return "".join(_CODE_ALPHABET[bits >> shift & 31] for shift in range(_CODE_BITS - 5, -1, -5))
