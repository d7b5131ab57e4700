"""Which incidents hold the words: an array by key.

An index names the incidents one by one, which PostgreSQL does some 2,000 times a millisecond: for a word that many hold it
keeps bitmaps beside the index (docs/adr/0011-bitmaps-of-common-words.md). FTS5 needs none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection

from incidents.query.search import expression, tsquery

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from incidents.query.search import Wanted

    Holders = NDArray[np.bool_]

# Changes are looked through at each search: 2,000 in some 15 ms. Beyond, the index answers until the bitmaps are made anew.
MOST_CHANGED = 2_000
_TERMS = """
    SELECT array(SELECT term FROM incidents_search_bitmap WHERE term = ANY(%s)),
        (SELECT count(*) FROM (SELECT 1 FROM incidents_search_changed LIMIT %s) AS first)
"""
# An array, not a join: whatever the statistics say of a log that grows and shrinks, these rows are found by their keys.
_CHANGED = """
    WITH changed AS MATERIALIZED (
        SELECT incident_id, incidents_tokens(words) @@ %s::tsquery AS holds FROM incidents_searchtext
        WHERE incident_id = ANY(array(SELECT incident_id FROM incidents_search_changed))
    )
    SELECT array(SELECT incident_id FROM incidents_search_changed),
        array(SELECT incident_id FROM changed WHERE holds)
"""
_BITS = "(SELECT bits FROM incidents_search_bitmap WHERE term = %s)"
# All keys as one text: a row each would take twice as long to read.
_INDEX = {
    "sqlite": "(SELECT group_concat(rowid) FROM incidents_search WHERE incidents_search MATCH %s)",
    "postgresql": (
        "(SELECT string_agg(incident_id::text, ',') FROM incidents_searchtext"
        " WHERE incidents_tokens(words) @@ %s::tsquery)"
    ),
}


@dataclass(frozen=True, slots=True)
class _Part:
    """Alternatives by their bitmaps, and what the index is asked for instead."""

    common: list[tuple[str, ...]]
    rare: Wanted


def holders(groups: Wanted, least: int = 0) -> Holders:
    """True at the key of each incident that holds the words, whether or not it is under an embargo.

    The array has `least` entries or more; a key beyond its end holds nothing. Two queries on PostgreSQL, else one.
    """
    if not all(groups):
        return np.zeros(least, np.bool_)
    found = None
    if connection.vendor == "postgresql" and (kept := _kept_terms(groups)):
        found = _by_bitmaps(groups, kept, least)
    return by_index(expression(groups, connection.vendor), least) if found is None else found


def by_index(asked: str, least: int = 0) -> Holders:
    """What the index of the engine finds, by an expression in its language."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_INDEX[connection.vendor]}", [asked])
        return _at(_keys(cursor.fetchone()[0]), least)


def packed(held: Holders) -> bytes:
    """As in the table: bit i % 8 of byte i // 8, the least significant first."""
    return np.packbits(held, bitorder="little").tobytes()


def unpacked(bits: bytes, least: int) -> Holders:
    found = np.zeros(max(least, 8 * len(bits)), np.bool_)
    found[: 8 * len(bits)] = np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little")
    return found


def _kept_terms(groups: Wanted) -> set[str]:
    """Those of the terms that have a bitmap; none where too much changed since."""
    asked = {tsquery(term) for group in groups for alternative in group for term in alternative}
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, [list(asked), MOST_CHANGED + 1])
        terms, changed = cursor.fetchone()
    return set(terms) if changed <= MOST_CHANGED else set()


def _by_bitmaps(groups: Wanted, kept: set[str], least: int) -> Holders | None:
    """From one statement, so that all its parts are of one moment. None where a bitmap has gone by then."""
    parts = _parts(groups, kept)
    terms = sorted({term for part in parts for alternative in part.common for term in alternative})
    rare = [expression(part.rare, "postgresql") for part in parts if part.rare]
    columns = ", ".join([_CHANGED, *[_BITS] * len(terms), *[_INDEX["postgresql"]] * len(rare)])
    with connection.cursor() as cursor:
        cursor.execute(columns, [expression(groups, "postgresql"), *terms, *rare])
        changed, holding, *answers = cursor.fetchone()
    bits, keys = answers[: len(terms)], [_keys(text) for text in answers[len(terms) :]]
    if None in bits:
        return None
    ends = [1 + int(np.max(each, initial=0)) for each in (changed, *keys)]
    size = max(least, *ends, *(8 * len(each) for each in bits))
    held = {term: unpacked(each, size) for term, each in zip(terms, bits, strict=True)}
    named = iter([_at(each, size) for each in keys])
    found = np.ones(size, np.bool_)
    for part in parts:
        either = [reduce(and_, (held[term] for term in alternative)) for alternative in part.common]
        found &= reduce(or_, either + ([next(named)] if part.rare else []))
    found[changed] = False
    found[holding] = True
    return found


def _parts(groups: Wanted, kept: set[str]) -> list[_Part]:
    """Something of each part must hold. What has no bitmap at all is one part: the index intersects it by itself."""
    parts, others = [], []
    for group in groups:
        written = [tuple(map(tsquery, alternative)) for alternative in group]
        common = [terms for terms in written if kept.issuperset(terms)]
        rare = tuple(each for each, terms in zip(group, written, strict=True) if not kept.issuperset(terms))
        if common:
            parts.append(_Part(common, [rare] if rare else []))
        else:
            others.append(group)
    return [*parts, _Part([], others)] if others else parts


def _keys(text: str | None) -> NDArray[np.int64]:
    return np.fromstring(text, np.int64, sep=",") if text else np.empty(0, np.int64)


def _at(keys: NDArray[np.int64], least: int) -> Holders:
    found = np.zeros(max(least, int(keys.max(initial=0)) + 1), np.bool_)
    found[keys] = True
    return found
