"""What the readers of all date forms share: the days to count from, and the pieces of their patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from incidents.extraction.calendar_words import UNRESOLVED, WEEKDAYS, Period, latest_year, period, year_of_two_digits
from incidents.extraction.types import TimePrecision


@dataclass(frozen=True, slots=True)
class Context:
    """The day the article appeared, and the last day named before the match; each may be unknown."""

    published: date | None
    named: date | None

    @property
    def anchor(self) -> date | None:
        return self.published or self.named


Match = re.Match[str]
# The period; UNRESOLVED for a date without a day to count from; None for what is no past date ("next week").
Reader = Callable[[Match, Context], Period | None]
Form = tuple[re.Pattern[str], Reader]

YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?![\d%-]|['\u2019]?s\b)"
WHICH = rf"(?:,?~(?:of~)?(?:{YEAR}|(?P<which>last|this)~year\b))"
PART = r"(?:(?P<part>early|mid|middle|late|beginning|start|end)(?:~of|~in)?[\s-]{1,3}(?:the~)?)"
WEEKDAY = r"(?P<weekday>" + "|".join(WEEKDAYS) + r")"
DAYTIME = r"(?:~(?:early\s|late\s)?(?:morning|noon|afternoon|evening|night|midday|lunchtime|dawn))?"


def form(pattern: str, reader: Reader) -> Form:
    """A tilde stands for one to three spaces or line breaks. Every repetition is bounded, so that matching is linear."""
    return re.compile(pattern.replace("~", r"\s{1,3}"), re.IGNORECASE), reader


def stated_year(groups: dict[str, str | None], context: Context) -> int | None:
    if year := groups.get("year"):
        return int(year)
    if two := groups.get("two"):
        return year_of_two_digits(int(two), context.published)
    which = groups.get("which")
    if which and context.published:
        return context.published.year - (which.lower() == "last")
    return None


def year_from(month: int, day: int, context: Context, weekday: int | None) -> int | None:
    """Without the article's own day, the year of the day named before holds on."""
    if context.published:
        return latest_year(month, day, context.published, weekday)
    return context.named.year if context.named else None


def part_of(groups: dict[str, str | None]) -> str:
    part = (groups.get("part") or "").lower()
    return {"beginning": "early", "start": "early", "end": "late", "middle": "mid"}.get(part, part)


def until_now(start: date | None, context: Context) -> Period | None:
    """An open period: "since October"."""
    if start is None or context.anchor is None:
        return UNRESOLVED
    return period(start, max(start, context.anchor), TimePrecision.LONGER, open=True)
