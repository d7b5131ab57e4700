"""Rows for tests: plain functions, every field by keyword, whole and valid without any.

`make_incident()` is a candidate; `make_incident(published=True)` is what the public sees, with a source behind it.
"""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole, PlacePrecision, TimePrecision
from incidents.models import Actor, Article, Incident, IncidentActor, LocalPlace, Mention, Quote, Source
from incidents.workflows.moderators import moderators_group

_numbers = itertools.count(1)
ARTICLE_TEXT = (
    "BAGHDAD - A drone hit a house in the east of the capital on Saturday.\n\n"
    "At least two people were killed and five were wounded, the police said.\n"
)


def make_user(**fields: Any) -> User:
    """A user with the password "password"."""
    return User.objects.create_user(**{"username": f"user-{next(_numbers)}", "password": "password"} | fields)


def make_moderator(**fields: Any) -> User:
    """Staff, with the rights of the group of moderators and no more."""
    user = make_user(is_staff=True, **fields)
    user.groups.add(moderators_group())
    return user


def make_admin(**fields: Any) -> User:
    return make_user(is_staff=True, is_superuser=True, **fields)


def make_source(**fields: Any) -> Source:
    number = next(_numbers)
    return Source.objects.create(**{"name": f"Example Times {number}", "domain": f"times{number}.example.org"} | fields)


def make_article(**fields: Any) -> Article:
    """Read and extracted; `source=None` for a pasted text without one."""
    number = next(_numbers)
    if "source" not in fields:
        fields["source"] = make_source()
    text = fields.setdefault("text", f"{ARTICLE_TEXT}Story {number}.\n")
    given = {
        "url": f"https://times.example.org/story-{number}",
        "title": f"Drone hits a house in Baghdad ({number})",
        "language": "en",
        "published_at": datetime(2024, 1, 21, 9, 30, tzinfo=UTC),
        "published_precision": Article.PublishedPrecision.MINUTE,
        "published_from": "meta",
        "fetched_at": datetime(2024, 1, 21, 12, 0, tzinfo=UTC),
        "text_sha256": sha256(text.encode()).hexdigest(),
        "state": Article.State.EXTRACTED,
        "extractor_version": "test",
    }
    return Article.objects.create(**given | fields)


def make_actor(name: str = "", **fields: Any) -> Actor:
    return Actor.objects.create(name=name or f"Example Brigade {next(_numbers)}", **fields)


def make_role(
    incident: Incident, actor: Actor | str, role: str = ActorRole.PERPETRATOR, **fields: Any
) -> IncidentActor:
    """`actor` is an actor or the name of one, made when nobody has it."""
    if isinstance(actor, str):
        actor, _ = Actor.objects.get_or_create(name=actor)
    return IncidentActor.objects.create(incident=incident, actor=actor, role=role, **fields)


def make_incident(*, published: bool = False, mentions: int | None = None, **fields: Any) -> Incident:
    """A drone strike in Baghdad on 20 January 2024, at least 2 killed.

    `mentions` articles tell of it, each of a source of its own: one of a published incident unless given, else none.
    `status=` alone works too; a published one gets a reviewer and a time.
    """
    if published:
        fields.setdefault("status", Incident.Status.PUBLISHED)
    status = fields.get("status", Incident.Status.CANDIDATE)
    given: dict[str, Any] = {
        "title": "Drone strike in Baghdad kills at least 2",
        "kind": Kind.DRONE_STRIKE,
        "weapon": "drone",
        "date_start": date(2024, 1, 20),
        "time_precision": TimePrecision.DAY,
        "reported_on": date(2024, 1, 21),
        "place_name": "Baghdad",
        "country": "IQ",
        "province": "Baghdad",
        "place_precision": PlacePrecision.TOWN,
        "killed_low": 2,
        "killed_best": 2,
        "confidence": 0.8,
    }
    if status == Incident.Status.PUBLISHED:
        given |= {"published_at": timezone.now()}
        fields.setdefault("reviewed_by", None)
        fields["reviewed_by"] = fields["reviewed_by"] or make_user()
    if status == Incident.Status.REJECTED:
        given |= {"rejection_reason": "Not an incident"}
    given |= fields
    given.setdefault("date_end", given["date_start"])
    if given["place_precision"] not in {PlacePrecision.COUNTRY, PlacePrecision.UNKNOWN}:
        given = {"latitude": 33.3406, "longitude": 44.4009, "radius_m": 12_000, "place_found_by": "gazetteer"} | given
    incident = Incident.objects.create(**given)
    if mentions is None:
        mentions = 1 if status == Incident.Status.PUBLISHED else 0
    for _ in range(mentions):
        make_mention(incident=incident)
    return incident


def make_mention(**fields: Any) -> Mention:
    """What an article says of an incident, with the incident's own fields, and a quote behind kind and killed.

    `article` and `incident` are made when they are not given; `incident=None` for one without. `quotes` is a list of
    (field, start, end) into the article's text.
    """
    quotes = fields.pop("quotes", None)
    article = fields.pop("article", None) or make_article()
    is_aggregate = fields.get("is_aggregate", False)
    incident = fields.pop("incident") if "incident" in fields else (None if is_aggregate else make_incident())
    given: dict[str, Any] = {"key": sha256(str(next(_numbers)).encode()).hexdigest(), "extractor_version": "test"}
    if incident is not None:
        same = ("kind", "weapon", "date_start", "date_end", "time_precision", "place_name", "latitude", "longitude")
        same += ("place_precision", "killed_low", "killed_high", "wounded_low", "wounded_high", "confidence")
        given |= {field: getattr(incident, field) for field in same}
        given["actors"] = [
            {"name": role.actor.name, "role": role.role, "says": role.says}
            for role in incident.roles.select_related("actor")
        ]
        if incident.latitude is not None:
            given["place_candidates"] = [
                {
                    "name": incident.place_name,
                    "latitude": incident.latitude,
                    "longitude": incident.longitude,
                    "level": incident.place_precision,
                    "precision": incident.place_precision,
                    "radius_m": incident.radius_m,
                    "country": incident.country,
                    "province": incident.province,
                    "score": 0.9,
                }
            ]
    mention = Mention.objects.create(article=article, incident=incident, **given | fields)
    for field, start, end in quotes if quotes is not None else _default_quotes(article.text):
        make_quote(mention, field, start, end)
    return mention


def make_quote(mention: Mention, field: str, start: int, end: int) -> Quote:
    """Characters `start` to `end` of the mention's article."""
    return Quote.objects.create(
        mention=mention, field=field, start=start, end=end, text=mention.article.text[start:end]
    )


def make_local_place(**fields: Any) -> LocalPlace:
    given = {"name": f"Example Village {next(_numbers)}", "latitude": 33.1, "longitude": 44.2}
    return LocalPlace.objects.create(**given | {"level": "neighbourhood", "radius_m": 2000, "country": "IQ"} | fields)


def _default_quotes(text: str) -> list[tuple[str, int, int]]:
    words = {
        "kind": "A drone hit a house",
        "date": "on Saturday",
        "place": "the capital",
        "killed": "two people were killed",
    }
    return [
        (field, text.index(quote), text.index(quote) + len(quote)) for field, quote in words.items() if quote in text
    ]
