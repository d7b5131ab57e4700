"""The published set in memory, as arrays: the newest file, mapped and not read, with what changed since.

The pages count in it: a million incidents take milliseconds, where the database takes seconds.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Max

from incidents.models import Incident
from incidents.publishing.columns import changes, files
from incidents.publishing.stamp import Stamp

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

logger = logging.getLogger(__name__)

# In place of a null: before every day and below every figure.
NONE = np.iinfo(np.int32).min
_DAYS = ("start", "end", "added")


@dataclass(frozen=True, slots=True)
class Lists:
    """A column of lists, flat: the row and the entry of each item; `first` where its row has not had the entry yet."""

    row: NDArray[np.int32]
    entry: NDArray[np.int32]
    first: NDArray[np.bool_]
    keys: list[int]
    names: list[str]


@dataclass(frozen=True, slots=True)
class Archive:
    """One entry an incident in each array. Days count from 1970-01-01; NONE is null, and NaN for a position."""

    id: NDArray[np.int64]
    latitude: NDArray[np.float32]
    longitude: NDArray[np.float32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    added: NDArray[np.int32]
    killed: NDArray[np.int32]
    kind: NDArray[np.uint8]
    time_precision: NDArray[np.uint8]
    place_precision: NDArray[np.uint8]
    credibility: NDArray[np.uint8]
    place: NDArray[np.int32]
    places: list[str]
    actors: Lists
    roles: NDArray[np.uint8]
    sources: Lists
    data_of: datetime | None

    def __len__(self) -> int:
        return len(self.id)


_lock = Lock()
_known: dict[tuple[Path, Stamp], Archive | None] = {}


def current() -> Archive | None:
    """As the database is now. None when there is no file or too much changed since: then SQL has to count.

    Four small queries; after a change a few more, once for each process.
    """
    newest = files.latest()
    file = files.path(newest.version) if newest else None
    if newest is None or file is None:
        return None
    key = (file, Stamp.now())
    # One thread builds it, the others wait: at a million incidents that is less than building it twice.
    with _lock:
        if key not in _known:
            _known.clear()
            _known[key] = _built(file, changed=key[1] != newest.stamp)
        return _known[key]


@dataclass(frozen=True, slots=True)
class _Part:
    table: pa.Table
    about: dict[str, Any]
    keep: NDArray[np.bool_]


def _built(file: Path, *, changed: bool) -> Archive | None:
    try:
        return _build(file, changed=changed)
    except changes.TooManyError:
        return None
    except (OSError, pa.ArrowException):
        logger.exception("%s cannot be read: `manage.py write_columns --force` writes a new one.", file)
        return None


def _build(file: Path, *, changed: bool) -> Archive:
    source = pa.memory_map(str(file))
    table = pa.ipc.open_file(source).read_all()
    about = files.about_of(table.schema)
    data_of = datetime.fromisoformat(about["data_of"]) if about["data_of"] else None
    if not changed:
        return _joined([_Part(table, about, np.ones(len(table), bool))], data_of)
    found = changes.since(file)
    if found is None:
        return _joined([_Part(table, about, np.ones(len(table), bool))], data_of)
    fresh = found.table["id"].to_numpy()
    gone = np.concatenate([fresh, np.array(found.removed, fresh.dtype)])
    moment = Incident.objects.filter(pk__in=fresh.tolist()).aggregate(last=Max("updated_at"))["last"]
    parts = [
        _Part(table, about, ~np.isin(table["id"].to_numpy(), gone)),
        _Part(found.table, found.keys, np.ones(len(fresh), bool)),
    ]
    return _joined(parts, max(filter(None, (data_of, moment)), default=None))


def _joined(parts: list[_Part], data_of: datetime | None) -> Archive:
    place, places = _places(parts)
    return Archive(
        id=_plain(parts, "id", np.int64),
        latitude=_plain(parts, "latitude", np.float32, np.nan),
        longitude=_plain(parts, "longitude", np.float32, np.nan),
        **{name: _plain(parts, name, np.int32, NONE) for name in (*_DAYS, "killed")},
        **{name: _words(parts, name) for name in ("kind", "time_precision", "place_precision")},
        credibility=_plain(parts, "credibility", np.uint8),
        place=place,
        places=places,
        actors=_lists(parts, "actors", [[int(key) for key in part.about["actors"]] for part in parts]),
        roles=np.concatenate([_items(part, "roles").indices.to_numpy()[_kept(part, "roles")] for part in parts]),
        sources=_lists(parts, "sources", [[int(key) for key, _domain in part.about["sources"]] for part in parts]),
        data_of=data_of,
    )


def _column(part: _Part, name: str) -> pa.Array:
    column = part.table[name]
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _plain(parts: list[_Part], name: str, kind: Any, null: float | None = None) -> Any:
    arrays = []
    for part in parts:
        column = _column(part, name)
        if pa.types.is_date32(column.type):
            column = column.cast(pa.int32())
        if null is not None and column.null_count:
            column = pc.fill_null(column.cast(pa.from_numpy_dtype(kind)), pa.scalar(null, pa.from_numpy_dtype(kind)))
        arrays.append(column.to_numpy(zero_copy_only=False).astype(kind, copy=False)[part.keep])
    return _concatenated(arrays)


def _words(parts: list[_Part], name: str) -> Any:
    return _concatenated([_column(part, name).indices.to_numpy()[part.keep] for part in parts])


def _places(parts: list[_Part]) -> tuple[Any, list[str]]:
    numbers: dict[str, int] = {}
    arrays = []
    for part in parts:
        column = _column(part, "place")
        own = [numbers.setdefault(name, len(numbers)) for name in column.dictionary.to_pylist()]
        arrays.append(np.array(own, np.int32)[column.indices.to_numpy()][part.keep])
    return _concatenated(arrays), list(numbers)


def _lists(parts: list[_Part], name: str, keys: list[list[int]]) -> Lists:
    numbers: dict[int, int] = {}
    names: dict[int, str] = {}
    rows, entries, before = [], [], 0
    for part, own_keys in zip(parts, keys, strict=True):
        items = _items(part, name)
        own = np.array([numbers.setdefault(key, len(numbers)) for key in own_keys], np.int32)
        names |= dict(zip(own_keys, items.dictionary.to_pylist(), strict=True))
        lengths = _lengths(part, name)
        kept = int(part.keep.sum())
        rows.append(np.repeat(np.arange(before, before + kept, dtype=np.int32), lengths[part.keep]))
        entries.append(own[items.indices.to_numpy()][_kept(part, name)])
        before += kept
    row, entry = _concatenated(rows), _concatenated(entries)
    return Lists(row, entry, _first(row, entry), list(numbers), [names[key] for key in numbers])


def _first(row: Any, entry: Any) -> Any:
    """False where an item repeats one of its row: one actor in two roles. Items of a row stand together."""
    first = np.ones(len(row), bool)
    for distance in range(1, int(np.bincount(row).max(initial=0))):
        same = (row[distance:] == row[:-distance]) & (entry[distance:] == entry[:-distance])
        first[distance:][same] = False
    return first


def _items(part: _Part, name: str) -> pa.DictionaryArray:
    return _column(part, name).flatten()


def _lengths(part: _Part, name: str) -> Any:
    return np.diff(_column(part, name).offsets.to_numpy())


def _kept(part: _Part, name: str) -> Any:
    return np.repeat(part.keep, _lengths(part, name))


def _concatenated(arrays: list[Any]) -> Any:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
