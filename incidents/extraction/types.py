"""What extraction gives back. Offsets are characters into the clean text; what the text does not say is None."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from incidents.extraction.kinds import Kind


class TimePrecision(StrEnum):
    HOUR = "hour"
    DAY = "day"
    FEW_DAYS = "few-days"
    WEEK = "week"
    MONTH = "month"
    LONGER = "longer"
    UNKNOWN = "unknown"


class PlacePrecision(StrEnum):
    SITE = "site"
    FACILITY = "facility"
    NEIGHBOURHOOD = "neighbourhood"
    TOWN = "town"
    NEAR = "near"
    DISTRICT = "district"
    PROVINCE = "province"
    AREA = "area"
    COUNTRY = "country"
    UNKNOWN = "unknown"


class ActorRole(StrEnum):
    PERPETRATOR = "perpetrator"
    ALLEGED = "alleged-perpetrator"
    CLAIMED_BY = "claimed-by"
    TARGET = "target"
    VICTIM = "victim"


class Stance(StrEnum):
    """What an article says of an incident."""

    REPORTS = "reports"
    REPEATS = "repeats"
    DENIES = "denies"


@dataclass(frozen=True, slots=True)
class Quote:
    """The words behind one field: "kind", "date", "place", "weapon", "killed", "wounded" or an actor's role."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class When:
    """First and last possible day, both None when unknown. `quote` is None for a date taken from the article's own."""

    start: date | None
    end: date | None
    precision: TimePrecision
    quote: Quote | None = None


UNKNOWN_TIME = When(None, None, TimePrecision.UNKNOWN)


class PlaceName(Protocol):
    """What extraction needs of a recognised place; `pipeline` adapts the gazetteer's toponyms to it.

    `role` is one of event, dateline, metonym, demonym, other. Only event places may be an incident's place.
    """

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...
    @property
    def radius_m(self) -> int | None: ...
    @property
    def precision(self) -> PlacePrecision: ...
    @property
    def country(self) -> str | None: ...
    @property
    def province(self) -> str | None: ...
    @property
    def score(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Where:
    """`latitude` and `longitude` are None for a country, an unknown place and a name no gazetteer holds.

    `toponym` is the index of the place name among those extraction was given; runners-up are looked up by it.
    """

    name: str
    precision: PlacePrecision
    latitude: float | None = None
    longitude: float | None = None
    radius_m: int | None = None
    country: str | None = None
    province: str | None = None
    toponym: int | None = None
    quote: Quote | None = None


UNKNOWN_PLACE = Where("", PlacePrecision.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Count:
    """People killed or wounded. `high` None is an open end: "at least two" is Count(2, None). "none" is Count(0, 0).

    `group` is "civilians", "fighters" or "" for all.
    """

    low: int
    high: int | None
    group: str = ""
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class ActorMention:
    """`name` is the canonical name where the actors list has one, else the words of the text.

    `says` is who says so, for an alleged perpetrator. `kind` and `country` (alpha-2) come from the actors list.
    """

    name: str
    role: ActorRole
    kind: str | None = None
    country: str | None = None
    says: str = ""
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident as one article tells it, its mentions merged. `parts` holds what `confidence` (0 to 1) is made of."""

    kind: Kind
    when: When
    where: Where
    actors: tuple[ActorMention, ...]
    weapon: str
    killed: Count | None
    wounded: Count | None
    confidence: float
    quotes: tuple[Quote, ...]
    stance: Stance = Stance.REPORTS
    groups: tuple[tuple[str, Count], ...] = ()
    parts: dict[str, float] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Violence that is told but is no single incident: counts over months, habitual attacks, background."""

    kind: Kind
    when: When
    where: Where
    count: Count | None
    quotes: tuple[Quote, ...]
    actors: tuple[ActorMention, ...] = ()
    reason: str = ""
