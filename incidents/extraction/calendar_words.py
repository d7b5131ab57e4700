"""Days as half-open knowledge: months, weekdays and the spans that words like "late March" stand for."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from incidents.extraction.types import TimePrecision

MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
WEEKDAYS = {
    name: number
    for number, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
COUNTS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1
    )
} | {"a": 1, "an": 1, "couple": 2}
HOLIDAYS = {
    "new year's eve": (12, 31), "new year's day": (1, 1), "christmas day": (12, 25), "christmas eve": (12, 24),
    "boxing day": (12, 26),
}  # fmt: skip
# A story filed in one time zone tells of a day that has begun in another.
TOLERANCE = timedelta(days=1)
ONE_DAY = timedelta(days=1)
# The longest spans that still count as a few days (as in UCDP's date_prec 2), a week and a month.
_FEW_DAYS, _WEEK, _MONTH = 6, 10, 31
# News has no dates outside these years; within them no reckoning leaves the calendar.
EARLIEST_YEAR, LATEST_YEAR = 1800, 2100


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, None where there is no day to count from; `open` marks a habitual time ("since October")."""

    start: date | None
    end: date | None
    precision: TimePrecision
    open: bool = False


UNRESOLVED = Period(None, None, TimePrecision.UNKNOWN)


def period(start: date, end: date, precision: TimePrecision | None = None, *, open: bool = False) -> Period:
    """A period whose precision follows from its length where none is given."""
    return Period(start, end, precision or _precision((end - start).days + 1), open)


def one_day(day: date) -> Period:
    return Period(day, day, TimePrecision.DAY)


def _precision(days: int) -> TimePrecision:
    if days <= 1:
        return TimePrecision.DAY
    if days <= _FEW_DAYS:
        return TimePrecision.FEW_DAYS
    if days <= _WEEK:
        return TimePrecision.WEEK
    return TimePrecision.MONTH if days <= _MONTH else TimePrecision.LONGER


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is no such day in the years of news."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest_year(month: int, day: int, anchor: date, weekday: int | None = None) -> int | None:
    """The year of the latest such day not after the anchor (a day of tolerance); a stated weekday must agree.

    It is asked about few years: of eight, one would agree with any slip of the writer's.
    """
    for year in range(anchor.year + 1, anchor.year - (9 if weekday is None else 2), -1):
        found = real_date(year, month, day)
        if found is None or found > anchor + TOLERANCE:
            continue
        if weekday is None or found.weekday() == weekday:
            return year
    # A weekday that fits none is a slip of the writer's.
    return None if weekday is None else latest_year(month, day, anchor)


def year_of_two_digits(digits: int, anchor: date | None) -> int:
    """The latest such year not after the anchor's; without one, 1970 to 2069."""
    if anchor is None:
        return 2000 + digits if digits < 70 else 1900 + digits
    century = anchor.year // 100 * 100
    return century + digits if century + digits <= anchor.year else century - 100 + digits


def is_year(number: int, anchor: date | None) -> bool:
    return EARLIEST_YEAR <= number <= (anchor.year + 1 if anchor else LATEST_YEAR)


def month_period(year: int, month: int, part: str = "") -> Period:
    """A month, or its first, middle or last third ("early", "mid", "late")."""
    last = calendar.monthrange(year, month)[1]
    first_day, last_day = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part, (1, last))
    return Period(date(year, month, first_day), date(year, month, last_day), TimePrecision.MONTH)


def year_period(year: int, part: str = "") -> Period:
    """A year, or its first, middle or last third."""
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part, (1, 12))
    end = calendar.monthrange(year, last)[1]
    return Period(date(year, first, 1), date(year, last, end), TimePrecision.LONGER)


def months_before(anchor: date, months: int) -> tuple[int, int]:
    """Year and month so many months earlier."""
    index = anchor.year * 12 + anchor.month - 1 - months
    return max(index // 12, 1), index % 12 + 1


def last_weekday(weekday: int, anchor: date) -> date:
    """The latest such weekday up to and including the anchor: "Tuesday" in Tuesday's paper is that day."""
    return anchor - timedelta(days=(anchor.weekday() - weekday) % 7)
