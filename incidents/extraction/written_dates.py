"""Dates written out: days, months, years, holidays."""

from __future__ import annotations

import re
from datetime import date

from incidents.extraction.calendar_words import (
    HOLIDAYS,
    MONTHS,
    TOLERANCE,
    UNRESOLVED,
    WEEKDAYS,
    Period,
    is_year,
    month_period,
    one_day,
    period,
    real_date,
    year_period,
)
from incidents.extraction.date_context import (
    DAYTIME,
    PART,
    WEEKDAY,
    WHICH,
    YEAR,
    Context,
    Form,
    Match,
    form,
    part_of,
    stated_year,
    until_now,
    year_from,
)

# News is hardly older; the other reading of two numbers is mostly months away.
_NEWS_DAYS = 31
_MONTH = (
    r"(?P<month>(?:Jan|Febr?|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
# Blanks that may stand before an entry.
_OPENING = 10
_ORDINAL = r"(?:st|nd|rd|th)?"
# "Mar 15: ..." is a day, "15:30" a time.
_DAY = rf"(?P<day>[0-3]?\d){_ORDINAL}(?!\d|:\d)"
_TWO_DIGITS = r"~['\u2019]?(?P<two>\d\d)(?=\s{0,3}(?:[(\[),.;:\u2013-]|$))"
_BEFORE = rf"(?:{WEEKDAY}{DAYTIME},?~)?"
_JOINT = r"\s{0,2}(?:-|\u2013|/|\bto\b|\band\b|\bor\b)\s{0,2}"
_AFTER_DAY = r"(?=\s{0,3}(?:[,.;:)]|$|(?:in|at|on|near|when|by|against|the|last|this|19|20)))"
_LEAD_IN = r"(?:(?P<lead>in|since|during|of|last|this|until|till|through)~(?:the~)?)"


def _full_date(match: Match, context: Context) -> Period | None:
    """A day of a month, with or without a weekday, a second day and a year."""
    month = _month(match)
    if month is None:
        return None
    groups = match.groupdict()
    days = sorted(int(groups[name]) for name in ("day", "other") if groups.get(name))
    weekday = WEEKDAYS[groups["weekday"].lower()] if groups.get("weekday") else None
    year = stated_year(groups, context)
    if year is None:
        if real_date(2000, month, days[-1]) is None:
            return None
        if context.anchor is None:
            return UNRESOLVED
        year = year_from(month, days[-1], context, weekday)
    if year is None:
        return None
    first, last = (real_date(year, month, day) for day in (days[0], days[-1]))
    return period(first, last) if first and last else None


def _numbers(match: Match, context: Context) -> Period | None:
    """2024-01-23, 23/01/2024, 01/23/2024; slashes that could be read both ways say what is news, or nothing."""
    groups = match.groupdict()
    year = int(groups["year"])
    if groups.get("iso_month"):
        day = real_date(year, int(groups["iso_month"]), int(groups["day"]))
        return one_day(day) if day else None
    first, second = int(groups["first"]), int(groups["second"])
    if groups["mark"] == "." or first > 12 or first == second:
        day = real_date(year, second, first)
    elif second > 12 or _opens_an_entry(match):
        day = real_date(year, first, second)
    else:
        day = _newest(context, real_date(year, first, second), real_date(year, second, first))
    return one_day(day) if day else None


def _opens_an_entry(match: Match) -> bool:
    """ "04/09/2002: ..." opens an entry of the Global Terrorism Database (its codebook: month/day/year)."""
    opens = match.start() < _OPENING and not match.string[: match.start()].strip()
    return opens and match.string[match.end() : match.end() + 1] == ":"


def _newest(context: Context, *readings: date | None) -> date | None:
    """The one reading that lies in the weeks before the text was published; None where that settles nothing."""
    if context.published is None:
        return None
    ages = {day: (context.published - day).days for day in readings if day}
    recent = [day for day, age in ages.items() if -TOLERANCE.days <= age <= _NEWS_DAYS]
    return recent[0] if len(recent) == 1 else None


def _month_of_year(match: Match, context: Context) -> Period | None:
    month = _month(match)
    if month is None:
        return None
    groups = match.groupdict()
    year = stated_year(groups, context)
    lead = (groups.get("lead") or "").lower()
    if year is None:
        if context.anchor is None:
            return UNRESOLVED
        year = _year_of_month(month, lead, context.anchor, context.published)
    found = month_period(year, month, part_of(groups))
    if lead == "since":
        return until_now(found.start, context)
    return found


def _year_of_month(month: int, lead: str, anchor: date, published: date | None) -> int:
    """The latest such month that has begun; "last March" is over."""
    if published is None:
        return anchor.year
    this_year = month < anchor.month if lead == "last" else month <= anchor.month
    return anchor.year if this_year else anchor.year - 1


def _year_alone(match: Match, context: Context) -> Period | None:
    groups = match.groupdict()
    year = int(groups["year"])
    if not is_year(year, context.anchor):
        return None
    if groups.get("until_year"):
        last = int(groups["until_year"])
        return period(date(year, 1, 1), date(last, 12, 31), open=True) if last > year else None
    found = year_period(year, part_of(groups))
    lead = (groups.get("lead") or "").lower()
    return until_now(found.start, context) if lead == "since" else found


def _holiday(match: Match, context: Context) -> Period | None:
    month, day = HOLIDAYS[re.sub(r"\s+", " ", match["name"].lower().replace("\u2019", "'"))]
    year = stated_year(match.groupdict(), context)
    if year is None:
        if context.anchor is None:
            return UNRESOLVED
        year = year_from(month, day, context, None)
    return one_day(date(year, month, day)) if year else None


def _month(match: Match) -> int | None:
    """The month; None for the verbs "may" and "march", which no capital marks."""
    word = match["month"]
    return MONTHS[word[:3].lower()] if word[0].isupper() else None


WRITTEN: tuple[Form, ...] = (
    # 2024-01-23
    form(r"(?<![\w.-])(?P<year>\d{4})-(?P<iso_month>\d\d)-(?P<day>\d\d)(?![\d-])", _numbers),
    # 23.01.2024, 01/23/2024, 23-01-2024
    form(
        r"(?<![\w./-])(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)",
        _numbers,
    ),
    # 23-Jan-2024
    form(rf"(?<![\w./-])(?P<day>[0-3]?\d)-{_MONTH}-{YEAR}", _full_date),
    # Tuesday, 23 January 2024; the night of 3-4 January; 4 FEB 90
    form(
        rf"\b{_BEFORE}(?<![\d.,$€£:])(?:(?P<other>[0-3]?\d){_ORDINAL}{_JOINT}(?:the\s)?)?"
        rf"{_DAY}\s{{0,3}}(?:of~)?{_MONTH}(?:{WHICH}|{_TWO_DIGITS})?",
        _full_date,
    ),
    # Tuesday, January 23, 2024; January 3-4
    form(
        rf"\b{_BEFORE}{_MONTH}\s{{0,3}}(?:the\s)?{_DAY}"
        rf"(?:{_JOINT}(?:the\s)?(?P<other>[0-3]?\d){_ORDINAL}(?!\d){_AFTER_DAY})?{WHICH}?",
        _full_date,
    ),
    # in March; since early March 2015
    form(
        rf"\b(?:{_LEAD_IN}|(?=early|mid|late|beginning|start|end)){PART}?{_MONTH}(?!\.?~\d{{1,2}}(?!\d)){WHICH}?",
        _month_of_year,
    ),
    form(rf"\b{_MONTH}{WHICH}", _month_of_year),
    form(rf"\b(?:between|from)~{YEAR}~(?:and|to|until)~(?P<until_year>(?:19|20)\d\d)(?!\d)", _year_alone),
    form(
        rf"\b(?:(?P<lead>in|since|during)~|(?:spring|summer|autumn|fall|winter)(?:~of)?~)(?:the~)?{PART}?{YEAR}",
        _year_alone,
    ),
    form(rf"\b{PART}{YEAR}", _year_alone),
    form(
        rf"\b(?P<name>new~year['\u2019]s~(?:eve|day)|christmas~(?:day|eve)|boxing~day){WHICH}?",
        _holiday,
    ),
)
