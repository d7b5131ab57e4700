"""Places and the words that name them. Latitude comes before longitude everywhere; distances are metres."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How large a thing a place is, from a point to a country."""

    SITE = "site"
    FACILITY = "facility"
    NEIGHBOURHOOD = "neighbourhood"
    TOWN = "town"
    DISTRICT = "district"
    PROVINCE = "province"
    AREA = "area"
    SEA = "sea"
    COUNTRY = "country"


class Role(StrEnum):
    """What a place name does in its sentence; only EVENT places may become the place of an incident."""

    EVENT = "event"
    DATELINE = "dateline"
    METONYM = "metonym"
    DEMONYM = "demonym"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the gazetteer. `country` is ISO 3166-1 alpha-2, None at sea; `id` is stable within one built file,
    and 0 for what a provider answered.
    """

    id: int
    name: str
    latitude: float
    longitude: float
    level: Level
    radius_m: int
    country: str | None = None
    province: str | None = None
    population: int = 0
    geonames_id: int | None = None
    source: str = ""

    @property
    def is_asked_for(self) -> bool:
        """Whether a provider answered it, and no file or moderator holds it."""
        return self.id == 0


@dataclass(frozen=True, slots=True)
class Home:
    """Where a source is at home: a local paper leaves out its own country and town. What is not known is None."""

    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean; `score` is between 0 and 1."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in a text, characters `start` to `end`, with what it may mean, best first.

    `candidates` is empty for a name that the gazetteer does not hold. `latitude`, `longitude` and `radius_m` are those of
    what the words round the name make of it ("near X", "20 km west of X", "southern X"; None: use the best candidate's).
    `near` says that it lies round the place; otherwise `level`, if any, is its level ("southern Iraq" is an area).
    """

    start: int
    end: int
    text: str
    role: Role
    candidates: tuple[Candidate, ...] = ()
    near: bool = False
    latitude: float | None = None
    longitude: float | None = None
    radius_m: int | None = None
    level: Level | None = None

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None


@dataclass(frozen=True, slots=True)
class LocalPlace:
    """A place that a moderator added, or a name that they gave to one; its `names` win over the packaged gazetteer.

    `place.id` must be negative, so that it can never be that of a packaged place.
    """

    place: Place
    names: tuple[str, ...]
