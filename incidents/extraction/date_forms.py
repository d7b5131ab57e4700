"""The written forms of dates: for each a bounded pattern and the function that reads a match of it.

A reader gives the period, UNRESOLVED for a date without a day to count from, and None for what is no past date
("next week", "31 February", the verb "may").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from incidents.extraction.calendar_words import (
    COUNTS,
    HOLIDAYS,
    MONTHS,
    ONE_DAY,
    UNRESOLVED,
    WEEKDAYS,
    Period,
    is_year,
    last_weekday,
    latest_year,
    month_period,
    months_before,
    one_day,
    period,
    real_date,
    year_of_two_digits,
    year_period,
)
from incidents.extraction.types import TimePrecision
from incidents.extraction.words import word_set


@dataclass(frozen=True, slots=True)
class Context:
    """The day the article appeared, and the last day named before the match; each may be unknown."""

    published: date | None
    named: date | None

    @property
    def anchor(self) -> date | None:
        return self.published or self.named


Match = re.Match[str]
Reader = Callable[[Match, Context], Period | None]

# "In recent weeks" and its like have no first day; these are the days they are taken to reach back.
_RECENT_DAYS = {"hour": 1, "day": 6, "week": 28, "month": 182, "year": 3 * 365}
_UNIT_DAYS = {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365}
# Up to this many days back a period tells when one thing happened; a longer one tells of a habit.
_LONGEST_CLOSED_REACH = 3

_MONTH = (
    r"(?P<month>(?:Jan|Febr?|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAY = rf"(?P<day>[0-3]?\d){_ORDINAL}(?![\d:])"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?![\d%-]|['\u2019]?s\b)"
_WHICH = rf"(?:,?\s{{1,3}}(?:of\s{{1,3}})?(?:{_YEAR}|(?P<which>last|this)\s{{1,3}}year\b))"
_TWO_DIGITS = r"\s{1,3}['\u2019]?(?P<two>\d\d)(?=\s{0,3}(?:[(\[),.;:\u2013-]|$))"
_PART = r"(?:(?P<part>early|mid|middle|late|beginning|start|end)(?:\s{1,3}of|\s{1,3}in)?[\s-]{1,3}(?:the\s{1,3})?)"
_WEEKDAY = r"(?P<weekday>" + "|".join(WEEKDAYS) + r")"
_DAYTIME = r"(?:\s{1,3}(?:early\s|late\s)?(?:morning|noon|afternoon|evening|night|midday|lunchtime|dawn))?"
_BEFORE = rf"(?:{_WEEKDAY}{_DAYTIME},?\s{{1,3}})?"
_JOINT = r"\s{0,2}(?:-|\u2013|/|\bto\b|\band\b|\bor\b)\s{0,2}"
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(COUNTS, key=len, reverse=True)) + r"|several|few|some)"
_UNIT = r"(?P<unit>hour|day|week|month|year)s?\b"
_AFTER_DAY = r"(?=\s{0,3}(?:[,.;:)]|$|(?:in|at|on|near|when|by|against|the|last|this|19|20)))"


def _full_date(match: Match, context: Context) -> Period | None:
    """A day of a month, with or without a weekday, a second day and a year."""
    month = _month(match)
    if month is None:
        return None
    groups = match.groupdict()
    days = sorted(int(groups[name]) for name in ("day", "other") if groups.get(name))
    weekday = WEEKDAYS[groups["weekday"].lower()] if groups.get("weekday") else None
    year = _stated_year(groups, context)
    if year is None:
        if real_date(2000, month, days[-1]) is None:
            return None
        if context.anchor is None:
            return UNRESOLVED
        year = _year_from(month, days[-1], context, weekday)
    if year is None:
        return None
    first, last = (real_date(year, month, day) for day in (days[0], days[-1]))
    return period(first, last) if first and last else None


def _year_from(month: int, day: int, context: Context, weekday: int | None) -> int | None:
    """Without the article's own day, the year of the day named before holds on."""
    if context.published:
        return latest_year(month, day, context.published, weekday)
    return context.named.year if context.named else None


def _numbers(match: Match, context: Context) -> Period | None:
    """2024-01-23, 23/01/2024, 01/23/2024; slashes that could be read both ways say nothing."""
    groups = match.groupdict()
    year = int(groups["year"])
    if groups.get("iso_month"):
        day = real_date(year, int(groups["iso_month"]), int(groups["day"]))
        return one_day(day) if day else None
    first, second = int(groups["first"]), int(groups["second"])
    if groups["mark"] == "." or first > 12 or first == second:
        day = real_date(year, second, first)
    else:
        day = real_date(year, first, second) if second > 12 else None
    return one_day(day) if day else None


def _month_of_year(match: Match, context: Context) -> Period | None:
    month = _month(match)
    if month is None:
        return None
    groups = match.groupdict()
    year = _stated_year(groups, context)
    lead = (groups.get("lead") or "").lower()
    if year is None:
        if context.anchor is None:
            return UNRESOLVED
        year = _year_of_month(month, lead, context.anchor, context.published)
    found = month_period(year, month, _part(groups))
    if lead == "since":
        return _until_now(found.start, context)
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
    found = year_period(year, _part(groups))
    lead = (groups.get("lead") or "").lower()
    return _until_now(found.start, context) if lead == "since" else found


def _weekday(match: Match, context: Context) -> Period | None:
    groups = match.groupdict()
    lead = (groups.get("lead") or "").lower()
    week = (groups.get("week") or "").lower()
    if not groups["weekday"][0].isupper() or lead in _NO_DAY or groups.get("plural") or week == "next":
        return None
    if context.published is None:
        return UNRESOLVED
    weekday = WEEKDAYS[groups["weekday"].lower()]
    day = last_weekday(weekday, context.published)
    if week == "last":
        monday = context.published - timedelta(days=context.published.weekday() + 7)
        day = monday + timedelta(days=weekday)
    elif lead == "last" and day == context.published:
        day -= timedelta(days=7)
    return _until_now(day, context) if lead == "since" else one_day(day)


_NO_DAY = word_set("next every each coming following good black bloody easter palm ash holy super cyber giving")


def _back(days: int) -> Reader:
    """So many days before the article appeared."""

    def read(match: Match, context: Context) -> Period | None:
        return one_day(context.published - timedelta(days=days)) if context.published else UNRESOLVED

    return read


def _overnight(match: Match, context: Context) -> Period | None:
    """The night before the article appeared has two days; which of them the words leave open."""
    return period(context.published - ONE_DAY, context.published) if context.published else UNRESOLVED


def _weekend(match: Match, context: Context) -> Period | None:
    if (match["lead"] or "").lower() in ("next", "coming", "every", "each"):
        return None
    if context.published is None:
        return UNRESOLVED
    saturday = last_weekday(WEEKDAYS["saturday"], context.published)
    return period(saturday, min(saturday + ONE_DAY, context.published))


def _ago(match: Match, context: Context) -> Period | None:
    if context.published is None:
        return UNRESOLVED
    return _earlier(match["count"], match["unit"].lower(), context.published)


def _earlier(count: str, unit: str, anchor: date) -> Period | None:
    number = _count(count)
    if unit == "hour":
        return one_day(anchor) if number is not None and number <= 12 else period(anchor - ONE_DAY, anchor)
    if number is None:
        # "A few days ago": at least two units, at most six days or as many weeks, months, years as a few are (three).
        reach = 6 if unit == "day" else 3
        return period(_minus(anchor, reach * _UNIT_DAYS[unit]), _minus(anchor, 2 * _UNIT_DAYS[unit]))
    if unit == "day":
        return one_day(_minus(anchor, number))
    if unit == "week":
        day = _minus(anchor, 7 * number)
        return period(day - timedelta(days=3), day + timedelta(days=3), TimePrecision.WEEK)
    if unit == "month":
        return month_period(*months_before(anchor, number))
    return year_period(max(anchor.year - number, 1))


def _calendar_unit(match: Match, context: Context) -> Period | None:
    """ "Last week", "earlier this month", "late last year"."""
    which, unit = match["which"].lower(), match["unit"].lower()
    part = (match["part"] or "").lower()
    if which in ("next", "coming") or part == "later":
        return None
    now = context.published
    if now is None:
        return UNRESOLVED
    if unit == "week":
        monday = now - timedelta(days=now.weekday())
        if which == "this":
            return period(monday, now, TimePrecision.WEEK)
        return period(monday - timedelta(days=7), monday - ONE_DAY, TimePrecision.WEEK)
    if unit == "month":
        if which == "this":
            return period(now.replace(day=1), now, TimePrecision.MONTH)
        return month_period(*months_before(now, 1), part=part)
    if which == "this":
        return period(date(now.year, 1, 1), now, TimePrecision.LONGER)
    return year_period(max(now.year - 1, 1), part)


def _reach(match: Match, context: Context) -> Period | None:
    """ "In the past 24 hours", "over the last three weeks", "in recent months"."""
    if context.published is None:
        return UNRESOLVED
    unit = match["unit"].lower()
    count = match["count"]
    if match["which"].lower() == "recent" or (count and _count(count) is None):
        days = _RECENT_DAYS[unit]
    else:
        number = _count(count) if count else 1
        # Twenty-four hours touch two days.
        days = (number or 1) * _UNIT_DAYS[unit] if unit != "hour" else max(1, -(-(number or 1) // 24))
    habit = days > _LONGEST_CLOSED_REACH
    return period(_minus(context.published, days), context.published, open=habit)


def _same_day(match: Match, context: Context) -> Period | None:
    return one_day(context.named) if context.named else UNRESOLVED


def _from_named(match: Match, context: Context) -> Period | None:
    """ "The next day", "two days later", "a day earlier": counted from the day named before."""
    anchor = context.named
    if anchor is None:
        return UNRESOLVED
    direction = (match["direction"] or match["side"]).lower()
    backwards = direction in ("earlier", "before", "previous", "preceding")
    count = _count(match["count"]) if match["count"] else 1
    if count is None:
        return None
    unit = (match["unit"] or "day").lower()
    if backwards:
        return _earlier(str(count), unit, anchor) if unit in ("day", "week") else None
    if unit not in ("day", "week"):
        return None
    try:
        day = anchor + timedelta(days=count * _UNIT_DAYS[unit])
    except OverflowError:
        return None
    return one_day(day)


def _holiday(match: Match, context: Context) -> Period | None:
    month, day = HOLIDAYS[re.sub(r"\s+", " ", match["name"].lower().replace("\u2019", "'"))]
    year = _stated_year(match.groupdict(), context)
    if year is None:
        if context.anchor is None:
            return UNRESOLVED
        year = _year_from(month, day, context, None)
    return one_day(date(year, month, day)) if year else None


def _month(match: Match) -> int | None:
    """The month; None for the verbs "may" and "march", which no capital marks."""
    word = match["month"]
    return MONTHS[word[:3].lower()] if word[0].isupper() else None


def _stated_year(groups: dict[str, str | None], context: Context) -> int | None:
    if year := groups.get("year"):
        return int(year)
    if two := groups.get("two"):
        return year_of_two_digits(int(two), context.published)
    which = groups.get("which")
    if which and context.published:
        return context.published.year - (which.lower() == "last")
    return None


def _part(groups: dict[str, str | None]) -> str:
    part = (groups.get("part") or "").lower()
    return {"beginning": "early", "start": "early", "end": "late", "middle": "mid"}.get(part, part)


def _count(word: str) -> int | None:
    """The number; None for "several" and "a few"."""
    return int(word) if word.isdigit() else COUNTS.get(word.lower())


def _minus(day: date, days: int) -> date:
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return date.min


def _until_now(start: date | None, context: Context) -> Period | None:
    """An open period: "since October"."""
    if start is None or context.anchor is None:
        return UNRESOLVED
    return period(start, max(start, context.anchor), TimePrecision.LONGER, open=True)


def _form(pattern: str, reader: Reader) -> tuple[re.Pattern[str], Reader]:
    return re.compile(pattern, re.IGNORECASE), reader


_LEAD_IN = r"(?:(?P<lead>in|since|during|of|last|this|until|till|through)\s{1,3}(?:the\s{1,3})?)"
FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    _form(r"(?<![\w.-])(?P<year>\d{4})-(?P<iso_month>\d\d)-(?P<day>\d\d)(?![\d-])", _numbers),
    _form(
        r"(?<![\w./-])(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)",
        _numbers,
    ),
    _form(
        rf"\b{_BEFORE}(?<![\d.,$€£:])(?:(?P<other>[0-3]?\d){_ORDINAL}{_JOINT}(?:the\s)?)?{_DAY}\s{{0,3}}(?:of\s{{1,3}})?{_MONTH}(?:{_WHICH}|{_TWO_DIGITS})?",
        _full_date,
    ),
    _form(
        rf"\b{_BEFORE}{_MONTH}\s{{0,3}}(?:the\s)?{_DAY}(?:{_JOINT}(?:the\s)?(?P<other>[0-3]?\d){_ORDINAL}(?!\d){_AFTER_DAY})?{_WHICH}?",
        _full_date,
    ),
    _form(
        rf"\b(?:{_LEAD_IN}|(?=early|mid|late|beginning|start|end)){_PART}?{_MONTH}(?!\s{{1,3}}\d{{1,2}}(?!\d)){_WHICH}?",
        _month_of_year,
    ),
    _form(rf"\b{_MONTH}{_WHICH}", _month_of_year),
    _form(
        rf"\b(?:between|from)\s{{1,3}}{_YEAR}\s{{1,3}}(?:and|to|until)\s{{1,3}}(?P<until_year>(?:19|20)\d\d)(?!\d)",
        _year_alone,
    ),
    _form(
        rf"\b(?:(?P<lead>in|since|during)\s{{1,3}}|(?:spring|summer|autumn|fall|winter)(?:\s{{1,3}}of)?\s{{1,3}})(?:the\s{{1,3}})?{_PART}?{_YEAR}",
        _year_alone,
    ),
    _form(rf"\b{_PART}{_YEAR}", _year_alone),
    _form(
        rf"\b(?:(?P<lead>last|this|since|until|next|every|each|coming|following|good|black|bloody|easter|palm|ash|holy|super|cyber|giving)\s{{1,3}})?"
        rf"{_WEEKDAY}(?P<plural>s\b)?\b{_DAYTIME}(?:\s{{1,3}}(?:of\s{{1,3}})?(?P<week>last|this|next)\s{{1,3}}week\b)?",
        _weekday,
    ),
    _form(r"\b(?:(?P<lead>last|this|next|coming|every|each|the|a|past)\s{1,3})?weekend\b", _weekend),
    _form(r"\bthe\s{1,3}day\s{1,3}before\s{1,3}yesterday\b", _back(2)),
    _form(rf"\b(?:yesterday{_DAYTIME}|last\s{{1,3}}(?:night|evening))\b", _back(1)),
    _form(
        r"\b(?:(?:earlier\s{1,3})?today|(?:early\s{1,3}|late\s{1,3})?this\s{1,3}(?:morning|afternoon|evening)|tonight)\b",
        _back(0),
    ),
    _form(r"\bovernight\b", _overnight),
    _form(rf"\b(?:a\s{{1,3}}(?=few|couple))?{_COUNT}(?:\s{{1,3}}of)?(?:\s{{1,3}}|-){_UNIT}\s{{1,3}}ago\b", _ago),
    _form(
        r"\b(?:(?P<part>early|earlier|mid|late|later)[\s-]{1,3})?(?P<which>this|last|next|coming)\s{1,3}(?P<unit>week|month|year)\b",
        _calendar_unit,
    ),
    _form(
        rf"\b(?:in|over|during|within|for)\s{{1,3}}(?:the\s{{1,3}})?(?P<which>past|last|recent|previous)\s{{1,3}}(?:{_COUNT}(?:\s{{1,3}}of)?\s{{1,3}})?{_UNIT}",
        _reach,
    ),
    _form(
        r"\b(?:later\s{1,3}|earlier\s{1,3})?(?:on\s{1,3})?(?:that|the\s{1,3}same)\s{1,3}(?:very\s{1,3})?(?:day|night|evening|morning|afternoon)\b",
        _same_day,
    ),
    _form(
        r"\b(?:the\s{1,3}(?P<side>next|following|previous|preceding)\s{1,3}(?:day|night|morning|evening|afternoon)"
        r"|the\s{1,3}day\s{1,3}(?P<direction>before|after(?=[,.;])|earlier))\b(?P<count>(?!))?(?P<unit>(?!))?",
        _from_named,
    ),
    _form(
        rf"\b(?:a\s{{1,3}}(?=couple))?{_COUNT}(?:\s{{1,3}}of)?\s{{1,3}}{_UNIT}\s{{1,3}}(?P<direction>earlier|later|before(?=[,.;]))\b(?P<side>(?!))?",
        _from_named,
    ),
    _form(
        rf"\b(?P<name>new\s{{1,3}}year['\u2019]s\s{{1,3}}(?:eve|day)|christmas\s{{1,3}}(?:day|eve)|boxing\s{{1,3}}day){_WHICH}?",
        _holiday,
    ),
)
