"""When something happened: every date, relative or written out, as a first and last possible day.

The forms are in `written_dates` and `relative_dates`. Where two overlap, the one that starts first and then the longer one wins.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from incidents.extraction.calendar_words import EARLIEST_YEAR, LATEST_YEAR, Period, period
from incidents.extraction.date_context import Context, Match, Reader
from incidents.extraction.relative_dates import RELATIVE
from incidents.extraction.types import Quote, TimePrecision, When
from incidents.extraction.written_dates import WRITTEN
from incidents.language.types import Document, Sentence

# A clock time belongs to a date of the same sentence this close to it ("around 3 am on Wednesday").
_CLOCK_DISTANCE = 30
_CLOCK = re.compile(
    r"\b(?:at|around|about|by|(?:shortly |just )?(?:after|before))\s{1,3}(?:(?:about|around|approximately)\s{1,3})?"
    r"(?:(?:[01]?\d|2[0-4])[:.h][0-5]\d(?:\s?[ap]\.?m\b\.?)?|(?:1[0-2]|0?[1-9])\s?[ap]\.?m\b\.?"
    r"|(?:0\d[0-5]\d|(?:1\d|2[0-3])[0-5]\d(?=\s?(?:hours|hrs|gmt|utc|local|today|yesterday)))\b|midnight\b|noon\b)"
    # "Shortly before 1700" is no count.
    r"|\b(?:shortly|just)\s{1,3}(?:before|after)\s{1,3}(?:1\d|2[0-3])[0-5]\d\b",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>[0-5]\d))?\s?(?P<half>[ap])?")
# Dates of the page, of a person and of an organisation, not of an event.
_NO_EVENT = re.compile(
    r"(?:©|\(c\)|copyright|published|updated|posted|modified|born|founded|established)\W{0,3}(?:(?:on|at|by|in)\s)?$",
    re.IGNORECASE,
)
# A date without a year after these words is still to come; a day in the name of a group is none.
_TO_COME = re.compile(
    r"\b(?:next|coming|(?:scheduled|slated|planned|due|set) (?:for|on))\s{1,3}(?:the\s)?$", re.IGNORECASE
)
# "The campaign for Sunday's local elections".
_EVENT_TO_COME = re.compile(
    r"['\u2019]s?\s(?:\w{2,15}\s){0,2}(?:elections?|votes?|polls?|ballots?|referendum|run-?off|summit|talks|match|inauguration)\b",
    re.IGNORECASE,
)
_NAMES_A_GROUP = re.compile(r"\]?\s{1,3}(?:movement|group|brigades?)\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s{1,3}(?:the\s|last\s)?$", re.IGNORECASE)
_REACH = 24
# "A day earlier" is before the day of what happened, and not before that on which somebody told of it.
_SAID = re.compile(
    r"\b(?:said|told\s\w+|announced|reported|confirmed|condemned)(?:\s(?:late|early|on|in a statement)){0,3}\s$",
    re.IGNORECASE,
)
# "4 FEB 90 (AFP)" and "4 FEB 90 --" are datelines wherever they stand.
_AGENCY = re.compile(r"\s{0,3}(?:\(|--|\u2014)")
# Two dates this many days apart and more do not tell when one thing happened.
_LONGEST_EVENT = 31
_RANGE = re.compile(
    r"\s{0,3}(?:(?P<sure>to|until|till|through|into|-|\u2013)|and)\s{0,3}(?:the\s|early\s|late\s)?", re.IGNORECASE
)
_RANGE_BEFORE = re.compile(r"\b(?:between|from)\s{1,3}(?:the\s|early\s|late\s)?$", re.IGNORECASE)
_RANGE_REACH = 16
# "Overnight on Friday" is Friday's night, whatever day the article appeared.
_OVERNIGHT = re.compile(r"overnight\s{1,3}(?:on\s|from\s)?", re.IGNORECASE)
_DATELINE_END = frozenset(["-", "--", "---", "\u2013", "—", "]"])
_LONGEST_DATELINE = 30
# "The third strike of its kind this year", "the worst attack in seven years": of what came before, and no day of it.
_RANKED = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|latest|worst|deadliest|bloodiest|biggest|largest|heaviest)"
    r"(?=\s(?:such\s)?(?:[\w-]{2,12}\s){0,2}(?:attack|strike|bombing|killing|shooting|assault|raid|incident|kidnapping|massacre|murder|one))"
    r"(?:,?\s{1,2}[\w'\u2019-]{1,16}){1,9},?\s{0,2}\Z",
    re.IGNORECASE,
)
_RANKED_REACH = 120
_PERIOD = re.compile(r"\b(?:this|last) (?:year|month|week)\b|\byears?\b", re.IGNORECASE)
_OPENING = re.compile(
    r"\W{0,9}(?:(?:on|in the (?:early |late )?(?:morning|afternoon|evening|night)(?: hours)? of)\s{1,3})?",
    re.IGNORECASE,
)
# An entry that is read within so many days is news as any other.
_LATE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """`when.start` is None where the text has a relative date and no day to count from.

    `explicit` is False for a period that is open or habitual ("since October", "in recent weeks"). `spoken` is the day of
    "police said on Tuesday": what they tell of may be of the day before.
    """

    start: int
    end: int
    sentence: int
    when: When
    explicit: bool
    spoken: bool = False


def find_times(document: Document, *, published: date | None) -> tuple[TimeMention, ...]:
    """Every date of the text in its order, read against the day it was published. Datelines are left out.

    A date without a year is the latest such day not after `published` (one day of tolerance for time zones). Where
    `published` is None, a dated dateline stands in for it.
    """
    starts = [sentence.start for sentence in document.sentences]
    sane = published is not None and EARLIEST_YEAR < published.year < LATEST_YEAR
    context = Context(published if sane else None, None)
    mentions: list[TimeMention] = []
    for match, read in _matches(document):
        sentence = document.sentences[max(0, bisect.bisect_right(starts, match.start()) - 1)]
        before = document.text[max(0, match.start() - _REACH) : match.start()]
        inside = sentence.start <= match.start() < sentence.end
        if not inside or _NO_EVENT.search(before) or _is_no_date(document.text, match, before):
            continue
        reach = max(sentence.start, match.start() - _RANKED_REACH)
        if _PERIOD.search(match.group()) and _RANKED.search(document.text, reach, match.start()):
            continue
        found = read(match, context)
        if found is None:
            continue
        if _SINCE.search(before) and found.start and context.anchor:
            found = period(found.start, max(found.start, context.anchor), TimePrecision.LONGER, open=True)
        if _is_dateline(document, sentence) or (
            match.groupdict().get("two") and _AGENCY.match(document.text, match.end())
        ):
            context = replace(context, published=context.published or found.end)
            continue
        if found.precision in (TimePrecision.DAY, TimePrecision.FEW_DAYS) and not _SAID.search(before):
            context = replace(context, named=found.end)
        mentions.append(_mention(match.start(), match.end(), sentence.index, found))
    return _with_clocks(document, _joined(document.text, mentions))


def recorded_on(document: Document, published: date | None) -> date | None:
    """The day of an entry of a record, which opens with it ("On 5 May 2017, ...", "05/19/1983: ..."), when that was long
    before `published`: its news, however late it is read. None for any other text."""
    sentences = document.sentences
    if not sentences or sentences[-1].paragraph != sentences[0].paragraph:
        return None
    opening = _OPENING.match(document.text)
    start = opening.end() if opening else 0
    context = Context(published, None)
    for pattern, read in WRITTEN:
        match = pattern.match(document.text, start)
        found = read(match, context) if match and match.groupdict().get("year") else None
        if found and found.precision is TimePrecision.DAY and found.end:
            return found.end if published is None or found.end + _LATE < published else None
    return None


def _is_no_date(text: str, match: Match, before: str) -> bool:
    to_come = not match.groupdict().get("year") and _TO_COME.search(before)
    behind = _NAMES_A_GROUP.match(text, match.end()) or _EVENT_TO_COME.match(text, match.end())
    return bool(to_come or behind)


def _matches(document: Document) -> Iterator[tuple[Match, Reader]]:
    """The matches of all forms in the text's order, none overlapping another."""
    end = document.sentences[-1].end if document.sentences else 0
    found = [
        (match, read) for pattern, read in (*WRITTEN, *RELATIVE) for match in pattern.finditer(document.text, 0, end)
    ]
    found.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    position = 0
    for match, read in found:
        if match.start() >= position:
            position = match.end()
            yield match, read


def _mention(start: int, end: int, sentence: int, found: Period) -> TimeMention:
    when = When(found.start, found.end, found.precision, Quote("date", start, end))
    return TimeMention(start, end, sentence, when, explicit=not found.open)


def _is_dateline(document: Document, sentence: Sentence) -> bool:
    """The reader of texts sets an agency's dateline apart, as a sentence that opens a paragraph and ends in a dash."""
    opens = not sentence.index or document.sentences[sentence.index - 1].paragraph != sentence.paragraph
    last = document.tokens[sentence.last - 1].text
    return opens and sentence.last - sentence.first <= _LONGEST_DATELINE and last in _DATELINE_END


def _joined(text: str, mentions: list[TimeMention]) -> list[TimeMention]:
    """Two days with "to" between them, or with "between" before and "and" after, are one range."""
    joined: list[TimeMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if before and before.sentence == mention.sentence and _is_range(text, before, mention):
            joined[-1] = _range(before, mention)
        elif before and _OVERNIGHT.fullmatch(text, before.start, mention.start):
            joined[-1] = mention
        else:
            joined.append(mention)
    return joined


def _is_range(text: str, first: TimeMention, second: TimeMention) -> bool:
    gap = _RANGE.fullmatch(text, first.end, second.start)
    if not gap or first.when.start is None or second.when.end is None or not (first.explicit and second.explicit):
        return False
    return bool(gap["sure"] or _RANGE_BEFORE.search(text[max(0, first.start - _RANGE_REACH) : first.start]))


def _range(first: TimeMention, second: TimeMention) -> TimeMention:
    days = sorted(day for day in (first.when.start, first.when.end, second.when.start, second.when.end) if day)
    open_ended = (days[-1] - days[0]).days > _LONGEST_EVENT
    return _mention(first.start, second.end, first.sentence, period(days[0], days[-1], open=open_ended))


def times_of_day(text: str) -> tuple[int, ...]:
    """The times of day told in a text, in minutes since midnight: "around 3 am", "shortly before 1700"."""
    return tuple(_minutes(clock.group().lower()) for clock in _CLOCK.finditer(text))


def _minutes(clock: str) -> int:
    told = _HOUR.search(clock)
    if told is None:
        return 0 if "midnight" in clock else 12 * 60
    hour, half = int(told["hour"]), told["half"]
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return hour % 24 * 60 + int(told["minute"] or 0)


def _with_clocks(document: Document, mentions: list[TimeMention]) -> tuple[TimeMention, ...]:
    clocks = list(_CLOCK.finditer(document.text))
    places = [clock.start() for clock in clocks]
    timed = []
    for mention in mentions:
        near = bisect.bisect_left(places, mention.start)
        beside = [clock for clock in clocks[max(0, near - 1) : near + 1] if _belongs(document, clock, mention)]
        timed.append(_at_the_hour(mention, beside[0]) if beside else mention)
    return tuple(timed)


def _belongs(document: Document, clock: Match, mention: TimeMention) -> bool:
    sentence = document.sentences[mention.sentence]
    gap = max(clock.start() - mention.end, mention.start - clock.end())
    inside = sentence.start <= clock.start() and clock.end() <= sentence.end
    return inside and gap <= _CLOCK_DISTANCE and mention.when.precision is TimePrecision.DAY


def _at_the_hour(mention: TimeMention, clock: Match) -> TimeMention:
    start, end = min(mention.start, clock.start()), max(mention.end, clock.end())
    when = replace(mention.when, precision=TimePrecision.HOUR, quote=Quote("date", start, end))
    return replace(mention, start=start, end=end, when=when)
