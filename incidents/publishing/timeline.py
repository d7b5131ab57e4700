"""The histogram: incidents by day, week, month or year, stacked by family.

An incident whose dates lie in one bin counts there. One that may have happened in several is shared out among them by
days and drawn hatched: "some time in March" is never a spike on one day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.formats import date_format

from incidents.extraction.kinds import Family, Kind
from incidents.models import Incident
from incidents.query.words import days

if TYPE_CHECKING:
    from incidents.query import Query

# A bar and its gap need some 8 pixels; a phone and half a laptop are 390 to 800 wide.
BINS_LIMIT = 96
TICKS = 6
# The calendar of Python ends with 9999; a bin ends where the next one begins.
_LAST_YEAR = 9998


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Segment:
    """Part of a bar, in per cent of the height of the chart."""

    family: Family
    y: float
    height: float
    hatched: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """`x` and `width` are per cent; `ghost` is the height of everything under the other filters, whatever its date."""

    first: date
    last: date
    x: float
    width: float
    ghost: float
    segments: tuple[Segment, ...]
    count: float

    @property
    def ghost_y(self) -> float:
        return round(100 - self.ghost, 3)

    @property
    def label(self) -> str:
        return days(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Timeline:
    unit: Unit
    bins: tuple[Bin, ...]
    peak: float
    ticks: tuple[tuple[float, str], ...]

    @property
    def first(self) -> date:
        return self.bins[0].first

    @property
    def last(self) -> date:
        return self.bins[-1].last


Row = tuple[date | None, date | None, str, int]
_Bars = list[Counter[tuple[bool, Family]]]


def timeline(query: Query) -> Timeline | None:
    """None when nothing has a date. One query, which groups by date and kind."""
    found = query.changed(since=None, until=None).apply(Incident.objects.published()).order_by()
    rows = found.values_list("date_start", "date_end", "kind").annotate(number=Count("pk"))
    return draw(rows, query.since, query.until)


def draw(rows: Iterable[Row], since: date | None, until: date | None) -> Timeline | None:
    """Bars for rows of first day, last day, kind and number; those outside `since` and `until` are ghosts only."""
    dated = [(first or last, last or first, kind, number) for first, last, kind, number in rows if first or last]
    spans = [
        (first, last, Kind(kind).family, number)
        for first, last, kind, number in dated
        if first and last and last.year <= _LAST_YEAR
    ]
    if not spans:
        return None
    start, end = min(first for first, *_ in spans), max(last for _, last, *_ in spans)
    unit, starts = _bins(start, end)
    ends = [following - timedelta(days=1) for following in (*starts[1:], _next(starts[-1], unit))]
    everything: _Bars = [Counter() for _ in starts]
    found: _Bars = [Counter() for _ in starts]
    for first, last, family, number in spans:
        inside = (since is None or last >= since) and (until is None or first <= until)
        for index, share, hatched in _shares(first, last, starts, ends):
            everything[index][hatched, family] += share * number  # type: ignore[assignment]
            if inside:
                found[index][hatched, family] += share * number  # type: ignore[assignment]
    peak = max(sum(bar.values()) for bar in everything) or 1
    whole = (ends[-1] - starts[0]).days + 1
    bins = tuple(
        Bin(
            first=starts[index],
            last=ends[index],
            x=_percent((starts[index] - starts[0]).days, whole),
            width=_percent((ends[index] - starts[index]).days + 1, whole),
            ghost=_percent(sum(everything[index].values()), peak),
            segments=_stack(found[index], peak),
            count=sum(found[index].values()),
        )
        for index in range(len(starts))
    )
    return Timeline(unit, bins, peak, _ticks(bins, unit))


def _bins(start: date, end: date) -> tuple[Unit, list[date]]:
    """The finest unit whose bins fit, and their first days."""
    for unit in Unit:
        starts = [_floor(start, unit)]
        limit = None if unit is Unit.YEAR else BINS_LIMIT
        while (following := _next(starts[-1], unit)) <= end and (limit is None or len(starts) <= limit):
            starts.append(following)
        if limit is None or len(starts) <= limit:
            break
    return unit, starts


def _shares(first: date, last: date, starts: list[date], ends: list[date]) -> Iterable[tuple[int, float, bool]]:
    """Bins that the range touches, each with its share of the days and whether that is a guess."""
    length = (last - first).days + 1
    for index in range(bisect_right(starts, first) - 1, bisect_right(starts, last)):
        overlap = (min(last, ends[index]) - max(first, starts[index])).days + 1
        yield index, overlap / length, overlap < length


def _stack(bar: Counter[tuple[bool, Family]], peak: float) -> tuple[Segment, ...]:
    """What is certain below, what is shared out above it."""
    order = list(Family)
    segments = []
    top = 100.0
    for (hatched, family), value in sorted(bar.items(), key=lambda item: (item[0][0], order.index(item[0][1]))):
        height = 100 * value / peak
        top -= height
        segments.append(Segment(family, round(top, 2), round(height, 2), hatched))
    return tuple(segments)


def _floor(value: date, unit: Unit) -> date:
    if unit is Unit.WEEK:
        return value - timedelta(days=value.weekday())
    return value.replace(
        month=1 if unit is Unit.YEAR else value.month,
        day=value.day if unit is Unit.DAY else 1,
    )


def _next(value: date, unit: Unit) -> date:
    if unit is Unit.DAY:
        return value + timedelta(days=1)
    if unit is Unit.WEEK:
        return value + timedelta(days=7)
    if unit is Unit.YEAR:
        return value.replace(year=value.year + 1)
    return date(value.year + value.month // 12, value.month % 12 + 1, 1)


def _ticks(bins: tuple[Bin, ...], unit: Unit) -> tuple[tuple[float, str], ...]:
    step = max(1, -(-len(bins) // TICKS))
    form = {Unit.MONTH: "M Y", Unit.YEAR: "Y"}.get(unit, "j M Y")
    return tuple((item.x, date_format(item.first, form)) for item in bins[::step])


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 3)
