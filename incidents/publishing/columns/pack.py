"""The same rows as the explorer fetches them: two fifths of the Arrow file once both are compressed (docs/columns.md).

Days are differences, places and their points stand once each, lists have lengths, and every number is cut into planes
of its bytes, so that the compressor finds what is alike. static/js/engine/unpack.js reads it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

MAGIC = b"ATLASPK1"
_WIDTHS = (1, 2, 4)


def pack(table: pa.Table, about: dict[str, Any]) -> list[bytes]:
    """Magic with the lengths of the header and of the whole and the header as JSON, then each plane of each array.

    In pieces, since each is compressed best for itself.
    """
    arrays = _Arrays()
    columns = {name: _one(table[name]) for name in table.column_names}
    arrays.add("id", columns["id"].to_numpy())
    _add_codes(arrays, columns["code"])
    names = _add_sites(arrays, columns)
    base = _add_days(arrays, columns)
    for name in ("time_precision", "kind"):
        arrays.add(name, columns[name].indices.to_numpy())
        names[name] = columns[name].dictionary.to_pylist()
    arrays.add("credibility", columns["credibility"].to_numpy())
    for name in ("killed", "wounded"):
        arrays.add(name, _or_nought(columns[name]))
    for name in ("actors", "sources"):
        arrays.add(f"{name}_lengths", np.diff(columns[name].offsets.to_numpy()))
    for name in ("actors", "roles", "sources"):
        items = columns[name].flatten()
        arrays.add(name, items.indices.to_numpy())
        names[name] = items.dictionary.to_pylist()
    facts = {"atlas": about, "count": len(table), "base": base, "names": names, "arrays": arrays.shapes}
    header = json.dumps(facts, separators=(",", ":")).encode()
    whole = len(MAGIC) + 8 + len(header) + sum(map(len, arrays.planes))
    return [MAGIC + np.array([len(header), whole], "<u4").tobytes() + header, *arrays.planes]


class _Arrays:
    """What the header says of each array (name, bytes a number, length), and its planes."""

    def __init__(self) -> None:
        self.shapes: list[tuple[str, int, int]] = []
        self.planes: list[bytes] = []

    def add(self, name: str, numbers: NDArray[Any]) -> None:
        """Whole numbers of 0 to 2^32 - 1; the width is the smallest that holds the largest."""
        largest = int(numbers.max(initial=0))
        width = next(width for width in _WIDTHS if largest < 1 << (8 * width) or width == _WIDTHS[-1])
        self.shapes.append((name, width, len(numbers)))
        values = numbers.astype(f"<u{width}").view(np.uint8).reshape(-1, width)
        self.planes += [values[:, plane].tobytes() for plane in range(width)]


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _add_codes(arrays: _Arrays, codes: pa.Array) -> None:
    _validity, offsets, text = codes.buffers()
    places = np.frombuffer(offsets, np.int32, len(codes) + 1) if len(codes) else np.zeros(1, np.int32)
    arrays.add("code_lengths", np.diff(places))
    arrays.add("code", np.frombuffer(text or b"", np.uint8, int(places[-1])))


def _add_sites(arrays: _Arrays, columns: dict[str, pa.Array]) -> dict[str, Any]:
    """Each place with its point, radius and precision once, the most frequent first, and which one each row has."""
    latitude, longitude = (_bits(columns[name]) for name in ("latitude", "longitude"))
    radius = _or_nought(columns["radius_m"])
    place, precision = columns["place"].indices.to_numpy(), columns["place_precision"].indices.to_numpy()
    site = np.zeros(len(place), np.int64)
    for values in (latitude, longitude, radius, place.astype(np.int64), precision.astype(np.int64)):
        _distinct, ranks = np.unique(values, return_inverse=True)
        _distinct, site = np.unique(site * max(1, len(_distinct)) + ranks, return_inverse=True)
    order = np.argsort(-np.bincount(site), kind="stable")
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    site = number[site]
    _distinct, row = np.unique(site, return_index=True)
    arrays.add("site", site)
    of_sites = {"latitude": latitude, "longitude": longitude, "radius": radius, "precision": precision}
    for name, values in of_sites.items():
        arrays.add(f"site_{name}", values[row])
    used, first, ranks = np.unique(place[row], return_index=True, return_inverse=True)
    # In the order in which sites name them: the numbers then hardly need saying.
    by_use = np.argsort(first)
    new = np.empty(len(used), np.int64)
    new[by_use] = np.arange(len(used))
    arrays.add("site_place", new[ranks])
    return {
        "place": columns["place"].dictionary.take(pa.array(used[by_use])).to_pylist(),
        "place_precision": columns["place_precision"].dictionary.to_pylist(),
    }


def _add_days(arrays: _Arrays, columns: dict[str, pa.Array]) -> int:
    """Of rows with a day, which come first: days since the row before, and to the last day. Gives the first day.

    `added` is 0 for null, else one more than the days after `start` (after 1970 where there is none), with the sign in
    the lowest bit.
    """
    start, end = (columns[name].drop_null().cast(pa.int32()).to_numpy().astype(np.int64) for name in ("start", "end"))
    base = int(start[0]) if len(start) else 0
    arrays.add("start", np.diff(start, prepend=base))
    arrays.add("days", end - start)
    added = columns["added"].cast(pa.int32())
    after = pc.fill_null(added, 0).to_numpy().astype(np.int64)
    after[: len(start)] -= start
    known = added.is_valid().to_numpy(zero_copy_only=False)
    arrays.add("added", np.where(known, (after << 1 ^ after >> 63) + 1, 0))
    return base


def _bits(column: pa.Array) -> Integers:
    """A float's 32 bits as a number; null is NaN."""
    bits: Integers = pc.fill_null(column, float("nan")).to_numpy().astype(np.float32).view(np.uint32).astype(np.int64)
    return bits


def _or_nought(column: pa.Array) -> Integers:
    """One more than the number; 0 for null."""
    numbers: Integers = pc.fill_null(pc.add(column.cast(pa.int64()), 1), 0).to_numpy()
    return numbers
