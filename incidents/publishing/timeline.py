"""The histogram: incidents by day, week, month or year, stacked by family.

An incident whose dates lie in one bin counts there. One that may have happened in several is shared out among them by
days and drawn hatched: "some time in March" is never a spike on one day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Count
from django.utils.formats import date_format

from incidents.extraction.kinds import Family, Kind
from incidents.models import Incident
from incidents.query.words import days

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from incidents.publishing.columns.found import Found
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
_FAMILIES = tuple(Family)
_FAMILY_OF = np.array([_FAMILIES.index(kind.family) for kind in Kind])
_EPOCH = date(1970, 1, 1).toordinal()
_LAST_DAY = date(_LAST_YEAR, 12, 31).toordinal() - _EPOCH


@dataclass(frozen=True, slots=True)
class _Spans:
    """Equal incidents each: first and last day since 1970, family and number."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    family: NDArray[np.int64]
    number: NDArray[np.float64]

    def only(self, mask: NDArray[np.bool_]) -> _Spans:
        return _Spans(self.first[mask], self.last[mask], self.family[mask], self.number[mask])


def timeline(query: Query, found_in: Found | None = None) -> Timeline | None:
    """None when nothing has a date. One query, which groups by date and kind; none with what an archive found."""
    if found_in is not None:
        first, last, kind = found_in.spans()
        return _drawn(_Spans(first, last, _FAMILY_OF[kind], np.ones(len(first))), query.since, query.until)
    found = query.changed(since=None, until=None).apply(Incident.objects.published()).order_by()
    rows = found.values_list("date_start", "date_end", "kind").annotate(number=Count("pk"))
    return draw(rows, query.since, query.until)


def draw(rows: Iterable[Row], since: date | None, until: date | None) -> Timeline | None:
    """Bars for rows of first day, last day, kind and number; those outside `since` and `until` are ghosts only."""
    kinds = list(Kind)
    dated = [
        (_number(first or last), _number(last or first), _FAMILY_OF[kinds.index(Kind(kind))], number)
        for first, last, kind, number in rows
        if first or last
    ]
    columns = np.array(dated, np.int64).reshape(-1, 4).T
    return _drawn(_Spans(columns[0], columns[1], columns[2], columns[3].astype(float)), since, until)


def _drawn(spans: _Spans, since: date | None, until: date | None) -> Timeline | None:
    if (spans.last > _LAST_DAY).any():
        spans = spans.only(spans.last <= _LAST_DAY)
    if not len(spans.first):
        return None
    unit, starts = _bins(_date(spans.first.min()), _date(spans.last.max()))
    ends = [following - timedelta(days=1) for following in (*starts[1:], _next(starts[-1], unit))]
    edges = np.array([_number(start) for start in (*starts, _next(starts[-1], unit))])
    everything = found = _bars(spans, edges)
    if since or until:
        inside = np.ones(len(spans.first), bool)
        if since:
            inside &= spans.last >= _number(since)
        if until:
            inside &= spans.first <= _number(until)
        found = _bars(spans.only(inside), edges)
    heights = everything.sum(axis=(0, 2))
    peak = float(heights.max()) or 1
    whole = (ends[-1] - starts[0]).days + 1
    bins = tuple(
        Bin(
            first=starts[index],
            last=ends[index],
            x=_percent((starts[index] - starts[0]).days, whole),
            width=_percent((ends[index] - starts[index]).days + 1, whole),
            ghost=_percent(float(heights[index]), peak),
            segments=_stack(found[:, index], peak),
            count=float(found[:, index].sum()),
        )
        for index in range(len(starts))
    )
    return Timeline(unit, bins, peak, _ticks(bins, unit))


def _bars(spans: _Spans, edges: NDArray[np.int64]) -> NDArray[np.float64]:
    """Incidents by certainty (0 certain, 1 shared out by days), bin and family."""
    bins, families = len(edges) - 1, len(_FAMILIES)
    # The bin of each day there is: a look-up costs a tenth of a search in the edges.
    bin_of = np.repeat(np.arange(bins), np.diff(edges))
    low, high = bin_of[spans.first - edges[0]], bin_of[spans.last - edges[0]]
    bars = np.zeros((2, bins * families))
    alone = low == high
    bars[0] = np.bincount(
        low[alone] * families + spans.family[alone], weights=spans.number[alone], minlength=bins * families
    )
    wide = np.flatnonzero(~alone)
    lengths = (high - low + 1)[wide]
    span = np.repeat(wide, lengths)
    index = np.arange(len(span)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + low[span]
    first, last = spans.first[span], spans.last[span]
    overlap = np.minimum(last, edges[index + 1] - 1) - np.maximum(first, edges[index]) + 1
    shares = overlap / (last - first + 1) * spans.number[span]
    bars[1] = np.bincount(index * families + spans.family[span], weights=shares, minlength=bins * families)
    return bars.reshape(2, bins, families)


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


def _stack(bar: NDArray[np.float64], peak: float) -> tuple[Segment, ...]:
    """What is certain below, what is shared out above it."""
    segments = []
    top = 100.0
    for hatched, family in zip(*np.nonzero(bar), strict=True):
        height = 100 * float(bar[hatched, family]) / peak
        top -= height
        segments.append(Segment(_FAMILIES[family], round(top, 2), round(height, 2), bool(hatched)))
    return tuple(segments)


def _number(value: date | None) -> int:
    return value.toordinal() - _EPOCH if value else 0


def _date(number: int) -> date:
    return date.fromordinal(int(number) + _EPOCH)


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
