"""Dates counted from the day of the article or from the day named before: "yesterday", "last week", "the next day"."""

from __future__ import annotations

from datetime import date, timedelta

from incidents.extraction.calendar_words import (
    COUNTS,
    ONE_DAY,
    UNRESOLVED,
    WEEKDAYS,
    Period,
    last_weekday,
    month_period,
    months_before,
    one_day,
    period,
    year_period,
)
from incidents.extraction.date_context import DAYTIME, WEEKDAY, Context, Form, Match, Reader, form, until_now
from incidents.extraction.types import TimePrecision
from incidents.extraction.words import word_set

# "In recent weeks" and its like have no first day; these are the days they are taken to reach back.
_RECENT_DAYS = {"hour": 1, "day": 6, "week": 28, "month": 182, "year": 3 * 365}
_UNIT_DAYS = {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365}
# Up to this many days back a period tells when one thing happened; a longer one tells of a habit.
_LONGEST_CLOSED_REACH = 3

_COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(COUNTS, key=len, reverse=True)) + r"|several|few|some)"
_UNIT = r"(?P<unit>hour|day|week|month|year)s?\b"
_NO_DAY = word_set("next every each coming following good black bloody easter palm ash holy super cyber giving")


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
    return until_now(day, context) if lead == "since" else one_day(day)


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


def _count(word: str) -> int | None:
    """The number; None for "several" and "a few"."""
    return int(word) if word.isdigit() else COUNTS.get(word.lower())


def _minus(day: date, days: int) -> date:
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return date.min


RELATIVE: tuple[Form, ...] = (
    # on Tuesday; last Friday night; Friday last week
    form(
        rf"\b(?:(?P<lead>last|this|since|until|{'|'.join(sorted(_NO_DAY))})~)?"
        rf"{WEEKDAY}(?P<plural>s\b)?\b{DAYTIME}(?:~(?:of~)?(?P<week>last|this|next)~week\b)?",
        _weekday,
    ),
    form(r"\b(?:(?P<lead>last|this|next|coming|every|each|the|a|past)~)?weekend\b", _weekend),
    form(r"\bthe~day~before~yesterday\b", _back(2)),
    form(rf"\b(?:yesterday{DAYTIME}|last~(?:night|evening))\b", _back(1)),
    form(r"\b(?:(?:earlier~)?today|(?:early~|late~)?this~(?:morning|afternoon|evening)|tonight)\b", _back(0)),
    form(r"\bovernight\b", _overnight),
    # two days ago; a couple of weeks ago
    form(rf"\b(?:a~(?=few|couple))?{_COUNT}(?:~of)?(?:~|-){_UNIT}~ago\b", _ago),
    # last week; earlier this month
    form(
        r"\b(?:(?P<part>early|earlier|mid|late|later)(?:-|~))?(?P<which>this|last|next|coming)~"
        r"(?P<unit>week|month|year)\b",
        _calendar_unit,
    ),
    # over the past 24 hours; in recent weeks
    form(
        rf"\b(?:in|over|during|within|for)~(?:the~)?(?P<which>past|last|recent|previous)~(?:{_COUNT}(?:~of)?~)?{_UNIT}",
        _reach,
    ),
    # later that day; the same night
    form(
        r"\b(?:later~|earlier~)?(?:on~)?(?:that|the~same)~(?:very~)?(?:day|night|evening|morning|afternoon)\b",
        _same_day,
    ),
    # the next day; the day before
    form(
        r"\b(?:the~(?P<side>next|following|previous|preceding)~(?:day|night|morning|evening|afternoon)"
        r"|the~day~(?P<direction>before|after(?=[,.;])|earlier))\b(?P<count>(?!))?(?P<unit>(?!))?",
        _from_named,
    ),
    # two days later; a week earlier
    form(
        rf"\b(?:a~(?=couple))?{_COUNT}(?:~of)?~{_UNIT}~(?P<direction>earlier|later|before(?=[,.;]))\b(?P<side>(?!))?",
        _from_named,
    ),
)
