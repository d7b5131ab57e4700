"""A line of a list of events, as the mentions in it know it."""

from __future__ import annotations

from dataclasses import dataclass

# The note of a plural in a line of a list, which is that line's event and elsewhere a count.
COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list of events. `headers` are the sentences over it, the nearest first; `place` is told by its opening
    words, `region` (a country or an area) by a header, as numbers among the place names."""

    number: int
    headers: tuple[int, ...]
    place: int | None
    region: int | None
