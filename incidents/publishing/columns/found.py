"""What a query finds in the archive, counted: the numbers of a page, in milliseconds at a million incidents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

import numpy as np

from incidents.extraction.kinds import Kind
from incidents.extraction.types import PlacePrecision
from incidents.publishing.columns.archive import NONE, Archive, Lists, current
from incidents.publishing.columns.masks import EPOCH, masks, roles_asked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from incidents.publishing.columns.masks import Mask
    from incidents.query import Query

# Beyond every day, and with room for the keys behind it in 64 bits.
_LAST = -(1 << 30)
# Undated and uncounted ones last, whatever the direction; then the newest key.
_ORDERS: dict[str, Callable[[Archive], Any]] = {
    "newest": lambda archive: archive.start.astype(np.int64),
    "oldest": lambda archive: np.where(archive.start == NONE, _LAST, -archive.start.astype(np.int64)),
    "killed": lambda archive: archive.killed.astype(np.int64),
    "added": lambda archive: archive.added.astype(np.int64),
}


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    name: str
    number: int


class Found:
    """One query in one archive; each number respects the fields that it is asked for without."""

    def __init__(self, archive: Archive, query: Query) -> None:
        self.archive = archive
        self._query = query
        self._masks = masks(archive, query)

    def mask(self, *without: str) -> Mask | None:
        """None when every row is found."""
        used = [mask for name, mask in self._masks.items() if name not in without]
        return reduce(and_, used) if used else None

    def __len__(self) -> int:
        mask = self.mask()
        return len(self.archive) if mask is None else int(mask.sum())

    def totals(self) -> dict[str, Any]:
        archive, mask = self.archive, self.mask()
        start, end, latitude = (_chosen(column, mask) for column in (archive.start, archive.end, archive.latitude))
        dated = start != NONE
        return {
            "shown": len(start),
            "total": len(archive),
            "unplaced": int(np.isnan(latitude).sum()),
            "undated": len(start) - int(dated.sum()),
            "first": _day(start[dated].min() if dated.any() else NONE),
            "last": _day(end.max(initial=NONE)),
            "newest": _day(archive.end.max(initial=NONE)),
            "data_of": archive.data_of,
        }

    def kinds(self) -> dict[str, int]:
        return _counts(self.archive.kind, self.mask("kind"), Kind)

    def precisions(self) -> dict[str, int]:
        return _counts(self.archive.place_precision, self.mask("precision"), PlacePrecision)

    def actors(self) -> list[Row]:
        """Actors with the number of incidents that they have a part in, in a role that is asked for."""
        query = self._query.changed(actor=())
        others = self.mask("actor")
        asked = roles_asked(self.archive, query)
        return _people(self.archive.actors, others, asked)

    def sources(self) -> list[Row]:
        return _people(self.archive.sources, self.mask("source"), None)

    def unplaced(self) -> list[tuple[str, int]]:
        """Names of the places without a point, the most frequent first."""
        mask = np.isnan(self.archive.latitude)
        if (found := self.mask()) is not None:
            mask &= found
        numbers = np.bincount(self.archive.place[mask], minlength=len(self.archive.places))
        named = [(self.archive.places[entry], int(numbers[entry])) for entry in np.flatnonzero(numbers)]
        return sorted(named, key=lambda item: (-item[1], item[0]))

    def spans(self) -> tuple[Any, Any, Any]:
        """First days, last days and kinds of all that have a day, whatever the range asked for."""
        mask = self.mask("since", "until")
        start, end, kind = (_chosen(c, mask) for c in (self.archive.start, self.archive.end, self.archive.kind))
        dated = start != NONE
        return (start, end, kind) if dated.all() else (start[dated], end[dated], kind[dated])

    def keys(self, sort: str, first: int, last: int) -> list[int]:
        """The keys of the incidents `first` to `last` (not included) of the list in an order of views/explorer.py."""
        mask = self.mask()
        ids = _chosen(self.archive.id, mask)
        ranked = _chosen(_ORDERS[sort](self.archive), mask) * (1 << 32) + (-ids if sort == "oldest" else ids)
        last = min(last, len(ranked))
        top = np.argpartition(-ranked, last - 1)[:last] if last < len(ranked) else np.arange(len(ranked))
        keys: list[int] = ids[top[np.argsort(-ranked[top])]][first:last].tolist()
        return keys


def find(query: Query) -> Found | None:
    """None when the archive cannot answer: then SQL does."""
    archive = current()
    return None if archive is None else Found(archive, query)


def _people(lists: Lists, rows: Mask | None, items: Mask | None) -> list[Row]:
    chosen = np.ones(len(lists.row), bool) if items is None else items
    if rows is not None:
        chosen = chosen & rows[lists.row]
    if items is None:
        entries = lists.entry[chosen & lists.first]
    else:
        width = max(1, len(lists.keys))
        pairs = lists.row[chosen].astype(np.int64) * width + lists.entry[chosen]
        entries = np.unique(pairs) % width
    numbers = np.bincount(entries, minlength=len(lists.keys))
    return [Row(lists.keys[i], lists.names[i], int(numbers[i])) for i in np.flatnonzero(numbers)]


def _counts(column: NDArray[np.uint8], mask: Mask | None, words: Any) -> dict[str, int]:
    numbers = np.bincount(_chosen(column, mask), minlength=len(words))
    return {str(word): int(number) for word, number in zip(words, numbers, strict=True) if number}


def _chosen(column: Any, mask: Mask | None) -> Any:
    return column if mask is None else column[mask]


def _day(number: int) -> date | None:
    return None if number == NONE else date.fromordinal(int(number) + EPOCH)
