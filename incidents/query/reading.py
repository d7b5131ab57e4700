"""Reads the values of one key. Every reader takes all values given for the key and raises ValueError saying why not."""

from __future__ import annotations

import calendar
import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole, PlacePrecision, TimePrecision
from incidents.models import Incident

# Longer than any name or headline one would search for.
TEXT_LIMIT = 200
# A form has a dozen choices of a key; a link written by hand not many more.
VALUES_LIMIT = 100
# A hand-drawn outline; each corner is a condition in SQL.
CORNERS_LIMIT = 100
# Half the way round the earth.
KM_LIMIT = 20_038
# The largest number that a four-byte column of either database holds.
NUMBER_LIMIT = 2_147_483_647
# What `precision=` calls incidents that no map can show, whatever the reason.
UNPLACED = "unplaced"

_Value = TypeVar("_Value")
_Member = TypeVar("_Member", bound=StrEnum)

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_CODE = re.compile(r"[0-9A-Z]{1,12}", re.ASCII)


class QueryError(ValueError):
    """A key nobody knows, or a value that cannot be read. `key` names it, the message says what is wrong."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key = key


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees, in GeoJSON's order. West is greater than east where the box crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def __str__(self) -> str:
        return ",".join(short(edge) for edge in (self.west, self.south, self.east, self.north))


@dataclass(frozen=True, slots=True)
class Circle:
    latitude: float
    longitude: float
    km: float

    def __str__(self) -> str:
        return ",".join(short(number) for number in (self.latitude, self.longitude, self.km))


def text(values: Sequence[str]) -> str:
    """The last value, without control characters (PostgreSQL stores no NUL) and with single spaces."""
    words = "".join(
        " " if unicodedata.category(character)[0] in "CZ" else character for character in values[-1]
    ).split()
    folded = " ".join(words)
    if len(folded) > TEXT_LIMIT:
        raise ValueError(f"longer than {TEXT_LIMIT} characters")
    return folded


def texts(values: Sequence[str]) -> tuple[str, ...]:
    """Names, one a value: names hold commas."""
    return _each(values, lambda value: text([value]))


def kinds(values: Sequence[str]) -> tuple[Kind, ...]:
    return _each(_split(values), lambda value: _member(Kind, value))


def roles(values: Sequence[str]) -> tuple[ActorRole, ...]:
    return _each(_split(values), lambda value: _member(ActorRole, value))


def time_precisions(values: Sequence[str]) -> tuple[TimePrecision, ...]:
    return _each(_split(values), lambda value: _member(TimePrecision, value))


def place_precisions(values: Sequence[str]) -> tuple[str, ...]:
    """Place precisions, and "unplaced" for all incidents without a point."""
    return _each(_split(values), lambda value: value if value == UNPLACED else str(_member(PlacePrecision, value)))


def credibilities(values: Sequence[str]) -> tuple[int, ...]:
    known = [str(member.value) for member in Incident.Credibility]

    def read(value: str) -> int:
        if value not in known:
            raise ValueError(f"{_shown(value)} is not one of {', '.join(known)}")
        return int(value)

    return _each(_split(values), read)


def codes(values: Sequence[str]) -> tuple[str, ...]:
    def read(value: str) -> str:
        if not _CODE.fullmatch(code := value.upper()):
            raise ValueError(f"{_shown(value)} is not the code of an incident")
        return code

    return _each(_split(values), read)


def number(values: Sequence[str]) -> int:
    value = values[-1].strip()
    # The length first: int() of a million digits takes minutes.
    if not (value.isascii() and value.isdigit() and len(value) <= 10) or int(value) > NUMBER_LIMIT:
        raise ValueError(f"{_shown(value)} is not a whole number of 0 to {NUMBER_LIMIT}")
    return int(value)


def first_day(values: Sequence[str]) -> date:
    """2024, 2024-03 and 2024-03-01 all begin on their first day."""
    return _day(values[-1], last=False)


def last_day(values: Sequence[str]) -> date:
    """2024-02 ends on the 29th."""
    return _day(values[-1], last=True)


def box(values: Sequence[str]) -> Box:
    """west,south,east,north; longitudes beyond 180 degrees, as a map gives them after a turn, are brought back."""
    west, south, east, north = _numbers(values[-1], "west,south,east,north")
    if not -90 <= south <= north <= 90:
        raise ValueError("write west,south,east,north, with south below north and both within 90 degrees")
    if max(abs(west), abs(east)) > 3600:
        raise ValueError("longitudes are degrees")
    if east - west >= 360:
        return Box(-180, south, 180, north)
    return Box(_turned(west), south, _turned(east), north)


def circle(values: Sequence[str]) -> Circle:
    latitude, longitude, km = _numbers(values[-1], "latitude,longitude,km")
    _on_the_globe(latitude, longitude)
    if not 0 < km <= KM_LIMIT:
        raise ValueError(f"the distance is more than 0 and at most {KM_LIMIT} km")
    return Circle(latitude, longitude, km)


def corners(values: Sequence[str]) -> tuple[tuple[float, float], ...]:
    """Latitude and longitude of each corner of an outline, which closes itself."""
    pairs = [pair for pair in values[-1].split(";") if pair.strip()]
    if len(pairs) > CORNERS_LIMIT:
        raise ValueError(f"more than {CORNERS_LIMIT} corners")
    outline = []
    for pair in pairs:
        latitude, longitude = _numbers(pair, "latitude,longitude")
        _on_the_globe(latitude, longitude)
        outline.append((latitude, longitude))
    if len(outline) > 1 and outline[0] == outline[-1]:
        outline.pop()
    if len(set(outline)) < 3:
        raise ValueError("write three corners or more, as latitude,longitude;latitude,longitude;...")
    return tuple(outline)


def release(values: Sequence[str]) -> None:
    """Nothing yet: the published set as it is now is the only one that can be asked."""
    raise ValueError(f"there is no release {_shown(values[-1])}: this site has made none yet")


def _split(values: Sequence[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def _each(values: Sequence[str], read: Callable[[str], _Value]) -> tuple[_Value, ...]:
    """Every value once, in the order given."""
    if len(values) > VALUES_LIMIT:
        raise ValueError(f"more than {VALUES_LIMIT} values")
    return tuple(dict.fromkeys(read(value) for value in values if value.strip()))


def _member(members: type[_Member], value: str) -> _Member:
    try:
        return members(value)
    except ValueError:
        raise ValueError(f"{_shown(value)} is not one of {', '.join(members)}") from None


def _day(value: str, *, last: bool) -> date:
    match = _DATE.fullmatch(value.strip())
    problem = f"{_shown(value)} is not a day such as 2024-03-01"
    if not match:
        raise ValueError(problem)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # noqa: S101  (the pattern has it)
    try:
        month = month or (12 if last else 1)
        return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(problem) from None


def _numbers(value: str, form: str) -> list[float]:
    try:
        numbers = [float(part) for part in value[:TEXT_LIMIT].split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != form.count(",") + 1 or not all(map(math.isfinite, numbers)):
        raise ValueError(f"write {form}, as numbers")
    return numbers


def _on_the_globe(latitude: float, longitude: float) -> None:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"{short(latitude)},{short(longitude)} is not on the globe: latitude comes first")


def _turned(longitude: float) -> float:
    return longitude if -180 <= longitude <= 180 else (longitude + 180) % 360 - 180


def short(value: float) -> str:
    """Six decimals are 11 cm."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _shown(value: str) -> str:
    """A stranger's value as it may stand in a message."""
    return repr(value if len(value) <= 40 else f"{value[:40]}...")
