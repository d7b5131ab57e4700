"""What the explorer must reach, and aims at, for 10,000, 100,000 and 1,000,000 incidents; the table of what it does."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

SIZES = (10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Goal:
    """`must` and `aim` for each of SIZES, None where there is none."""

    name: str
    label: str
    unit: str
    must: tuple[float | None, ...]
    aim: tuple[float | None, ...]


_NONE = (None, None, None)
GOALS = (
    Goal("load", "navigation to usable map, histogram, list", "s", (0.6, 1, 3), (0.4, 0.5, 1.5)),
    Goal("page", "  of it until the page is there", "s", _NONE, _NONE),
    Goal("brush", "brush, input to painted", "ms", (16, 16, 50), (8, 10, 33)),
    Goal("kind", "kind filter, input to painted", "ms", (16, 16, 50), (8, 10, 33)),
    Goal("zoom", "zoom, to painted", "ms", (16, 25, 80), (8, 12, 40)),
    Goal("pan", "pan, to painted", "ms", (16, 25, 80), (8, 12, 40)),
    Goal("brush at 60 Hz", "brush, with the screen's 60 frames a second", "ms", _NONE, _NONE),
    Goal("kind at 60 Hz", "kind filter, with the screen's 60 frames a second", "ms", _NONE, _NONE),
    Goal("task", "longest main-thread task while loading", "ms", (100, 150, 250), (50, 80, 100)),
    Goal("memory", "memory over an empty page", "MB", (40, 70, 250), (25, 45, 120)),
    Goal("engine open", "engine alone: columns fetched and read", "s", _NONE, _NONE),
    Goal("engine first", "  first answer", "ms", _NONE, _NONE),
    Goal("engine kind", "  kind filter, message to answer", "ms", _NONE, _NONE),
    Goal("engine brush", "  brush, message to answer", "ms", _NONE, _NONE),
    Goal("engine zoom", "  zoom, message to answer", "ms", _NONE, _NONE),
    Goal("engine memory", "  memory over an empty page", "MB", _NONE, _NONE),
    Goal("columns", "columns as the page fetches them, compressed", "MB", (0.2, 1.5, 14), (None, 0.6, 6)),
    Goal("arrow", "  the Arrow file, compressed", "MB", _NONE, _NONE),
    Goal("build", "time to build the columns", "s", (1, 2, 15), _NONE),
    Goal("code", "HTML, CSS and JavaScript before the data", "KB", (300, 300, 300), (200, 200, 200)),
)


def table(figures: dict[int, dict[str, float]]) -> Iterator[str]:
    """Lines of Markdown: a figure in bold misses what it must reach, * reaches the aim."""
    yield "| measure (must / aim) | " + " | ".join(f"{count:,}" for count in figures) + " |"
    yield "|---" * (len(figures) + 1) + "|"
    for goal in GOALS:
        if not any(goal.name in found for found in figures.values()):
            continue
        cells = (_cell(goal, count, found.get(goal.name, math.nan)) for count, found in figures.items())
        yield f"| {goal.label}, {goal.unit} | " + " | ".join(cells) + " |"


def _cell(goal: Goal, count: int, value: float) -> str:
    index = SIZES.index(count) if count in SIZES else None
    must, aim = (None, None) if index is None else (goal.must[index], goal.aim[index])
    told = "never" if math.isnan(value) else _short(value)
    if must is not None and not value <= must:
        told = f"**{told}**"
    elif aim is not None and value <= aim:
        told += " *"
    wanted = " / ".join(_short(limit) for limit in (must, aim) if limit is not None)
    return f"{told} ({wanted})" if wanted else told


def _short(value: float) -> str:
    """Three figures."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
