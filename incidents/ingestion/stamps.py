"""Dates and times as pages and agencies print them: time stamps, their order of day and month, agency datelines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

# A stamp is short; longer lines are prose that mentions a date.
STAMP_LENGTH = 160
# The first news of the web and of the collections of old wires: an older or later year is a typing error or no year.
YEARS = range(1900, 2100)
# Two-digit years from here on belong to the 1900s (the old wires are of 1970 and later).
CENTURY_PIVOT = 70

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"'?(?P<year>\d{4}|\d{2})(?![\d:]|\.\d)"
_DATE_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<first>\d{1,2})(?P<separator>[/.-])(?P<second>\d{1,2})(?P=separator)(?P<year>\d{4}|\d{2})(?!\d)",
        rf"(?<!\d){_DAY}[\s.-]{{0,2}}(?:of )?{_MONTH}[\s,.-]{{0,2}}{_YEAR}",
        rf"\b{_MONTH}\s?{_DAY},?\s{{0,2}}(?P<year>\d{{4}})(?!\d)",
    )
)
_WITHOUT_YEAR = re.compile(
    rf"(?<!\d){_DAY} ?{_MONTH}|\b{_MONTH.replace('month', 'month2')} ?(?P<day2>\d{{1,2}})\b", re.I
)

_ZONE_HOURS = {
    "z": 0.0, "gmt": 0.0, "utc": 0.0, "bst": 1.0, "cet": 1.0, "cest": 2.0, "eet": 2.0, "eest": 3.0, "msk": 3.0,
    "est": -5.0, "edt": -4.0, "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0,
}  # fmt: skip
# IST, AST and the bare ET name several zones: the time stays naive.
_ZONE = rf"(?P<zone>(?:{'|'.join(_ZONE_HOURS)}|ist|ast|et|pt)\b)"
_AMERICAN = frozenset(("est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "et", "pt"))
_OFFSET = r"(?P<offset>[+-]\d{2}:?\d{2})"
_MERIDIEM = r"(?P<meridiem>[ap])\.?m\b\.?"
# A number with a point is a time only before one of these.
_SURE = rf"[ap]\.?m\b|\(?(?:{'|'.join(_ZONE_HOURS)}|ist|ast|et|pt)\b"
_TIME_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d:])T?(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::\d{{2}}(?:\.\d{{1,6}})?)?"
        rf"\s?(?:{_MERIDIEM})?\s?\(?(?:{_ZONE}|{_OFFSET})?\)?",
        rf"(?<![\d.])(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})\s?(?={_SURE})(?:{_MERIDIEM})?\s?\(?{_ZONE}?\)?",
        rf"(?<!\d)(?P<hour>\d{{1,2}})\s?{_MERIDIEM}\s?\(?{_ZONE}?\)?",
        rf"(?<!\d)(?P<hour>[012]\d)(?P<minute>[0-5]\d)\s?(?:hrs?\b|hours\b)?\s?\(?{_ZONE}\)?",
        r"(?<!\d)(?P<hour>[012]?\d)h(?P<minute>[0-5]\d)\b",
    )
)

_PUBLISHED = re.compile(r"\b(?:published|posted|issued|created|publication date|first published|uploaded)\b", re.I)
_UPDATED = re.compile(r"\b(?:updated?|modified|edited|revised|corrected)\b", re.I)
_KEYWORD = re.compile(f"{_PUBLISHED.pattern}|{_UPDATED.pattern}", re.I)
_STAMP_WORDS = re.compile(
    r"\b(?:published|posted|issued|created|publication|date|first|uploaded|updated?|modified|edited|revised|last|at|on"
    r"|time|local|hrs?|hours?|minutes?|mins?|days?|ago|read|an?|yesterday|today|just now|from"
    r"|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"(?:last |first )?(?:{_KEYWORD.pattern})(?: on| at)?\s?:?", re.IGNORECASE)
_RELATIVE = re.compile(r"\b\d{1,3}\s?(?:h|hrs?|hours?|m|mins?|minutes?|days?|d)\s(?:ago|read)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")

# "January 23, 20244:12 PM GMTUpdated a day ago": stamps set beside each other lose the blank between them.
_GLUED = re.compile(
    r"(?<=\b(?:19|20)\d\d)(?=\d{1,2}:\d\d)|(?<=\d:\d\d)(?=\d\d:\d\d)|(?<=[a-z\d])(?=(?:Updated|Published|Last updated)\b)"
    r"|(?<=GMT|UTC|CET|EST|EDT|BST)(?=(?:Updated|Published|Last)\b)"
)

_DATELINE = re.compile(
    r"(?P<place>[^\W\d_]\D{1,80}?),\s(?P<date>[^()\d]{0,12}\d[^()]{0,14}?)\s?(?:\((?P<agency>[^)]{2,60})\)|(?=[-\u2013—]))"
)


@dataclass(frozen=True, slots=True)
class Time:
    hour: int
    minute: int
    zone: tzinfo | None
    is_american: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date of a line. `readings` holds one day, or two (day first, then month first) where both are possible."""

    readings: tuple[date, ...]
    is_numeric: bool
    separator: str
    time: Time | None
    kind: str  # "published", "updated" or "" for a date without a word
    words: str

    def at(self, day: date) -> datetime:
        clock = self.time
        if clock is None:
            return datetime(day.year, day.month, day.day)
        return datetime(day.year, day.month, day.day, clock.hour, clock.minute, tzinfo=clock.zone)

    @property
    def precision(self) -> str:
        return "day" if self.time is None else "minute"

    @property
    def is_month_first(self) -> bool | None:
        """What a numeric date shows by itself: 13 to 31 can only be the day. None where it shows nothing."""
        if self.separator != "" and len(self.readings) == 1:
            first, second = (int(number) for number in re.findall(r"\d+", self.words)[:2])
            return None if first == second else second > 12
        return None


@dataclass(frozen=True, slots=True)
class StampLine:
    """What a line holds of dates and times; `rest` is what is left of it without them and their words."""

    stamps: tuple[Stamp, ...]
    times: tuple[Time, ...]
    is_relative: bool
    has_keyword: bool
    rest: str

    @property
    def is_bare(self) -> bool:
        """Nothing but dates, times and their words."""
        return bool(self.stamps or self.times or self.is_relative) and _WORD.search(self.rest) is None


def read_line(line: str) -> StampLine:
    """The dates and times of a line; of a line too long for a stamp, none."""
    if len(line) > STAMP_LENGTH or _DIGIT.search(line) is None:
        return StampLine((), (), False, False, line)
    line = _GLUED.sub(" ", line)
    found, rest = _dates(line)
    times, rest = _times(rest)
    without_relative = _RELATIVE.sub(" ", rest)
    return StampLine(
        stamps=tuple(_stamp(line, match, index, found, times) for index, match in enumerate(found)),
        times=times,
        is_relative=without_relative != rest,
        has_keyword=_KEYWORD.search(line) is not None,
        rest=_STAMP_WORDS.sub(" ", without_relative).strip(" \t|•·,:;-\u2013—()/[]"),
    )


def is_label(line: str) -> bool:
    """Whether a line is the word alone that belongs to the stamp on the next one ("Last updated:")."""
    return _LABEL.fullmatch(line) is not None


def choose_order(
    stamp: Stamp, others: Iterable[Stamp], known: Iterable[tuple[int, int]], latest: date | None = None
) -> tuple[date, str]:
    """The day of a stamp and, where it could be another day as well, a note on why this one.

    `others` are further stamps of the page, `known` (month, day) pairs that the text itself writes out; a reading
    after `latest` is not possible.
    """
    possible = [day for day in stamp.readings if latest is None or day <= latest] or stamp.readings
    if len(possible) == 1 or len(stamp.readings) == 1:
        return possible[0], ""
    day_first, month_first = stamp.readings
    shown = next((other.is_month_first for other in others if other.is_month_first is not None), None)
    written = set(known)
    if shown is not None:
        chosen, reason = (month_first if shown else day_first), "as the other dates of the page"
    elif {(day_first.month, day_first.day), (month_first.month, month_first.day)} & written:
        is_day_first = (day_first.month, day_first.day) in written
        chosen, reason = (day_first if is_day_first else month_first), "as the text writes the date out"
    elif stamp.separator == "/" and stamp.time is not None and stamp.time.is_american:
        chosen, reason = month_first, "as in the United States, by its time of day"
    else:
        chosen, reason = day_first, "as most of the world writes it"
    other_day = day_first if chosen == month_first else month_first
    return chosen, f"The date {stamp.words} could also be {other_day}; read as {chosen}, {reason}."


def read_dateline(paragraph: str) -> tuple[date | None, tuple[int, int] | None]:
    """The date of an agency's dateline, and its (month, day), which may stand there without a year."""
    match = _DATELINE.match(paragraph[:STAMP_LENGTH])
    if match is None:
        return None, None
    dates, _ = _dates(match["date"])
    if dates:
        readings = _readings(dates[0])
        if len(readings) == 1:
            return readings[0], (readings[0].month, readings[0].day)
    bare = _WITHOUT_YEAR.search(match["date"])
    if bare is None:
        return None, None
    return None, (_MONTHS[(bare["month"] or bare["month2"])[:3].lower()], int(bare["day"] or bare["day2"]))


def read_opening(paragraph: str) -> Stamp | None:
    """A date that stands before the first sentence ("Published 2 July 2016 Two soldiers ..."), with its words."""
    head = paragraph[:60]
    found, _ = _dates(head)
    if not found:
        return None
    before, after = head[: found[0].start()].strip(), head[found[0].end() :].lstrip(" :-\u2013—|")
    is_stamp = not before or (_KEYWORD.search(before) and not _STAMP_WORDS.sub("", before).strip(" ,:-"))
    if not is_stamp or not after[:1].isupper():
        return None
    return _stamp(head, found[0], 0, found[:1], ())


def _dates(line: str) -> tuple[list[re.Match[str]], str]:
    """The dates in their order, and the line with blanks in their place."""
    found: list[re.Match[str]] = []
    rest = line
    for form in _DATE_FORMS:
        for match in form.finditer(rest):
            if _readings(match):
                found.append(match)
                rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
    return sorted(found, key=lambda match: match.start()), rest


def _readings(match: re.Match[str]) -> tuple[date, ...]:
    groups = match.groupdict()
    year = int(groups["year"])
    if len(groups["year"]) == 2:
        year += 1900 if year >= CENTURY_PIVOT else 2000
    if "first" in groups:
        first, second = int(groups["first"]), int(groups["second"])
        pairs = [(second, first), (first, second)]
    else:
        name = groups["month"]
        pairs = [(int(name) if name.isdigit() else _MONTHS[name[:3].lower()], int(groups["day"]))]
    days: list[date] = []
    for month, day in pairs:
        if year in YEARS and 1 <= month <= 12 and 1 <= day <= 31 and (valid := _day(year, month, day)) not in days:
            days += [valid] if valid else []
    return tuple(days)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _times(line: str) -> tuple[tuple[Time, ...], str]:
    found: list[Time] = []
    for form in _TIME_FORMS:
        for match in form.finditer(line):
            clock = _time(match)
            if clock is not None:
                found.append(clock)
                line = line[: match.start()] + " " * len(match[0]) + line[match.end() :]
    return tuple(sorted(found, key=lambda clock: clock.start)), line


def _time(match: re.Match[str]) -> Time | None:
    groups = match.groupdict()
    hour, minute = int(groups["hour"]), int(groups.get("minute") or 0)
    meridiem = (groups.get("meridiem") or "").lower()
    if meridiem:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if meridiem == "p" else 0)
    if hour > 23 or minute > 59:
        return None
    name = (groups.get("zone") or "").lower()
    zone = _zone(name, groups.get("offset") or "")
    return Time(hour, minute, zone, bool(meridiem) or name in _AMERICAN, match.start(), match.end())


def _zone(name: str, offset: str) -> tzinfo | None:
    if offset:
        hours, minutes = int(offset[1:3]), int(offset[-2:])
        if hours > 14 or minutes > 59:
            return None
        span = timedelta(hours=hours, minutes=minutes)
        return timezone(-span if offset[0] == "-" else span)
    if name not in _ZONE_HOURS:
        return None
    return timezone(timedelta(hours=_ZONE_HOURS[name])) if _ZONE_HOURS[name] else UTC


def _stamp(line: str, match: re.Match[str], index: int, dates: list[re.Match[str]], times: Iterable[Time]) -> Stamp:
    """A date with its time (the one after it, else the one before) and the word that says what it is."""
    before = dates[index - 1].end() if index else 0
    after = dates[index + 1].start() if index + 1 < len(dates) else len(line)
    later = [clock for clock in times if match.end() <= clock.start < after]
    earlier = [clock for clock in times if before <= clock.start < match.start()]
    near = later or earlier[-1:]
    clock = near[0] if near else None
    words = _KEYWORD.findall(line, before, match.start())
    kind = "" if not words else ("updated" if _UPDATED.fullmatch(words[-1]) else "published")
    separator = match.groupdict().get("separator") or ""
    return Stamp(_readings(match), bool(separator), separator, clock, kind, match[0])
