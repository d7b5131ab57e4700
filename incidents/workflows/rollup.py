"""An incident's figures from those of its mentions.

The rule: among mentions that state a figure, neither a syndicated copy's nor a denial's, and those of an unreliable
source (E) only where nobody else states one, low is the lowest and high the highest; an open end ("at least two") leaves high open only when nobody states a higher closed figure. Best is
the newest figure of the most reliable source (its low, where it is a range). What nobody states stays null. Figures
that a moderator pinned, and those of an incident without any mention, are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from incidents.models import Incident, Mention, Source

_FIGURES = ("killed", "wounded")
ROLLED_UP = tuple(f"{figure}_{bound}" for figure in _FIGURES for bound in ("low", "best", "high"))
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Figures:
    """Null where nobody states it; `high` is null for an open end too."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """One source's figure. `reliability` is the Admiralty letter, A the best."""

    low: int
    high: int | None
    reliability: str = Source.Reliability.F
    reported_at: datetime = _LONG_AGO


def rolled_up(stated: Sequence[Stated]) -> Figures:
    if not stated:
        return Figures()
    stated = [figure for figure in stated if figure.reliability != Source.Reliability.E] or stated
    closed = [figure.high for figure in stated if figure.high is not None]
    lows = [figure.low for figure in stated]
    # "at least 3" beside "between 2 and 5" is at most 5; beside a flat "2" nothing closes it.
    high = max(closed, default=None)
    if high is not None and high < max(lows):
        high = None
    most_reliable = min(figure.reliability for figure in stated)
    best = max(
        (figure for figure in stated if figure.reliability == most_reliable),
        key=lambda figure: figure.reported_at,
    )
    return Figures(min(lows), best.low, high)


def roll_up(incident: Incident, mentions: Sequence[Mention] | None = None) -> bool:
    """Set the incident's figures by the rule, without saving; whether any changed. One query, none for given mentions."""
    if incident.casualties_pinned:
        return False
    if mentions is None:
        mentions = list(incident.mentions.select_related("article__source").order_by("pk"))
    if not mentions:
        return False
    before = [getattr(incident, field) for field in ROLLED_UP]
    for figure in _FIGURES:
        figures = rolled_up(list(_stated(mentions, figure)))
        setattr(incident, f"{figure}_low", figures.low)
        setattr(incident, f"{figure}_best", figures.best)
        setattr(incident, f"{figure}_high", figures.high)
    return before != [getattr(incident, field) for field in ROLLED_UP]


def _stated(mentions: Iterable[Mention], figure: str) -> Iterable[Stated]:
    for mention in mentions:
        low = getattr(mention, f"{figure}_low")
        if low is None or mention.article.copy_of_id or mention.stance == Mention.Stance.DENIES:
            continue
        source = mention.article.source
        yield Stated(
            low,
            getattr(mention, f"{figure}_high"),
            source.reliability if source else Source.Reliability.F,
            mention.article.published_at or mention.article.fetched_at,
        )
