"""Rows of a GeoNames dump as places: which kinds are kept, how large they are, and which names lead to them.

A dump is a table of 19 columns parted by tabs, as the readme of GeoNames defines it. `read_block` is the hot path of
a load of 12 million rows, so it works on thousands of rows at a time.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from incidents.gazetteer.build import town_radius
from incidents.gazetteer.names import TRANSLITERATED_IN, fold_lines, is_abbreviation, is_readable, loosen
from incidents.gazetteer.types import Level

FEATURES = Path(__file__).parent / "data" / "geonames_features.csv"
COLUMNS = 19
# The readme's types: a number of GeoNames has 8 digits today; more than this is a mistake in the file.
MOST_ID = 2**27
# The longest name in use has 85 letters; longer ones are descriptions or addresses.
_LONGEST_NAME = 100
_MOST_PEOPLE = 2**40


@dataclass(frozen=True, slots=True)
class Feature:
    """What a kind of GeoNames becomes. `radius_m` is None where the people decide.

    `only_if_known`: only where GeoNames has people or a second name for it, for most of the kind are of no use to news.
    """

    level: str
    radius_m: int | None
    only_if_known: bool


# A named tuple costs a third more time, on every row.
Row = tuple[int, str, float, float, str, int, str | None, str | None, int]
"""geonames_id, name, latitude, longitude, level, radius_m, country, code of the province ("IQ.02"), people."""


@dataclass(slots=True)
class Block:
    """What some rows of a dump gave: `rows`, with the exact keys (the name's own first) and the loose keys of each."""

    rows: list[Row] = field(default_factory=list)
    exact: list[list[str]] = field(default_factory=list)
    loose: list[list[str]] = field(default_factory=list)
    read: int = 0
    bad: int = 0
    # The first bad rows, to be shown.
    examples: list[str] = field(default_factory=list)


def read_block(content: bytes) -> Block:
    """The places in some whole lines of a dump; rows of kinds that are not kept count as read, and broken ones as bad."""
    block = Block()
    features = kinds()
    names: list[str] = []
    ends: list[int] = []
    for line in _decoded(content).split("\n"):
        columns = line.split("\t")
        if len(columns) != COLUMNS:
            if line:
                _bad(block, line)
            continue
        block.read += 1
        feature = features.get(f"{columns[6]}.{columns[7]}")
        if feature is None or (feature.only_if_known and not columns[3] and columns[14] in ("", "0")):
            continue
        row = _row(columns, feature)
        if row is None:
            block.read -= 1
            _bad(block, line)
            continue
        block.rows.append(row)
        names += _names(columns)
        ends.append(len(names))
    _add_keys(block, _fold(names), ends)
    return block


@lru_cache(maxsize=1)
def kinds() -> dict[str, Feature]:
    """The kinds that are kept, by class and code of GeoNames ("S.AIRB")."""
    with FEATURES.open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: Feature(
                Level(row["level"]).value, int(row["radius_m"]) if row["radius_m"] else None, bool(row["only_if_known"])
            )
            for row in csv.DictReader(lines)
        }


def _decoded(content: bytes) -> str:
    """Bytes that are no UTF-8 become U+FFFD, and a name that has one is left out."""
    return content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\0", "\ufffd")


def _bad(block: Block, line: str) -> None:
    block.bad += 1
    if len(block.examples) < 3:
        block.examples.append(line[:80])


def _row(columns: list[str], feature: Feature) -> Row | None:
    """One row, or None where a number is missing or impossible."""
    country = columns[8]
    try:
        number, latitude, longitude = int(columns[0]), float(columns[4]), float(columns[5])
        people = int(columns[14] or 0)
    except ValueError:
        return None
    possible = (
        0 < number < MOST_ID
        and -90 <= latitude <= 90
        and -180 <= longitude <= 180
        and 0 <= people < _MOST_PEOPLE
        and columns[1]
        and "\ufffd" not in columns[1]
        and (not country or (len(country) == 2 and country.isalpha()))
    )
    if not possible:
        return None
    return (
        number,
        columns[1],
        latitude,
        longitude,
        feature.level,
        town_radius(people) if feature.radius_m is None else feature.radius_m,
        country or None,
        f"{country}.{columns[10]}" if columns[10] and columns[10] != "00" else None,
        people,
    )


def _names(columns: list[str]) -> list[str]:
    """The names of one row, its own first. A few capitals are a code, not a name."""
    own, plain, others = columns[1], columns[2], columns[3]
    names = [own if len(own) <= _LONGEST_NAME and is_readable(own) else ""]
    if plain != own:
        names.append(plain)
    if others:
        names += [
            name
            for name in others.split(",")
            if len(name) <= _LONGEST_NAME
            and (name.isascii() or (is_readable(name) and "\ufffd" not in name))
            and not is_abbreviation(name)
            and "://" not in name
        ]
    return names


def _fold(names: list[str]) -> list[str]:
    """`fold` of each; ASCII apart from the rest, for it takes half the time."""
    keys = [""] * len(names)
    for ascii_only in (True, False):
        chosen = [index for index, name in enumerate(names) if name.isascii() is ascii_only]
        folded = fold_lines("\n".join([names[index] for index in chosen])) if chosen else []
        for index, key in zip(chosen, folded, strict=True):
            keys[index] = key
    return keys


def _add_keys(block: Block, keys: list[str], ends: Iterable[int]) -> None:
    start = 0
    for row, end in zip(block.rows, ends, strict=True):
        exact = list(dict.fromkeys(keys[start:end])) if end - start > 1 else [keys[start]]
        loose: list[str] = []
        if row[6] is None or row[6] in TRANSLITERATED_IN:
            loose = list({loosen(key) for key in exact}.difference(exact))
        block.exact.append(exact)
        block.loose.append(loose)
        start = end
