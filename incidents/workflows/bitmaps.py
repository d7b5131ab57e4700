"""The bitmaps of common words follow the search index, from time to time: what changed since is looked through at each search.

On PostgreSQL alone (docs/adr/0011-bitmaps-of-common-words.md). Nothing here needs a quiet moment: the log of changes loses
exactly the rows that were read from it, and the words are read after them. A change that comes in between is in the bitmaps
already or not, and stays in the log either way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import connection, transaction

from incidents.query.holders import by_index, packed, unpacked
from incidents.query.search import COUNTRY, PLACE, WEAPON, Term, tsquery

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

# What the index finds in some 50 ms where these rows lie scattered; `market` (44,000) took 90 (docs/query.md).
MANY = 25_000
# Around MANY the statistics, which are of a sample, say now this and now that.
_STILL_MANY = MANY // 2
# Fewer are looked through in 7 ms at each search; the bitmaps of a million incidents are 75 MB to write.
FEW_CHANGES = 500
# At a million incidents the bitmaps follow 100,000 changes in 25 s and are made anew in 50.
_TOO_MANY_CHANGES = 100_000
# The index over an expression has statistics of its own.
_FREQUENT = """
    SELECT most_common_elems::text::text[], most_common_elem_freqs, reltuples
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    JOIN pg_stats ON schemaname = nspname AND tablename = 'incidents_search'
    WHERE pg_class.oid = 'incidents_searchtext'::regclass
"""
_HOLDING = """
    WITH changed AS MATERIALIZED (
        SELECT incident_id, incidents_tokens(words) AS tokens FROM incidents_searchtext WHERE incident_id = ANY(%s)
    )
    SELECT term, array_agg(incident_id) FROM incidents_search_bitmap JOIN changed ON tokens @@ term::tsquery GROUP BY term
"""


def refresh(*, anew: bool = False) -> None:
    """Make, change and drop bitmaps where there is a reason to; for a million incidents a minute the first time.

    `anew` makes all of them: after words were written with the triggers off, as a restored copy's are.
    """
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        # Searches go on; a second writer waits.
        cursor.execute("LOCK TABLE incidents_search_bitmap IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            "SELECT array(SELECT term FROM incidents_search_bitmap), (SELECT count(*) FROM incidents_search_changed)"
        )
        kept, changes = cursor.fetchone()
        _bring_up_to_date(cursor, set(kept), changes, anew=anew or changes > _TOO_MANY_CHANGES)


def _bring_up_to_date(cursor: CursorWrapper, kept: set[str], changes: int, *, anew: bool) -> None:
    held_by = _common_terms(cursor)
    missing = {term for term, count in held_by.items() if count >= MANY} - kept
    left = {term for term in kept if held_by[term] >= _STILL_MANY}
    if kept and kept == left and not missing and changes <= FEW_CHANGES and not anew:
        return
    if anew:
        missing, left = missing | left, set()
    cursor.execute("DELETE FROM incidents_search_bitmap WHERE term = ANY(%s)", [list(kept - left)])
    _follow(cursor, sorted(left), _take_changes(cursor))
    for term in sorted(missing):
        cursor.execute("INSERT INTO incidents_search_bitmap VALUES (%s, %s)", [term, packed(by_index(term))])


def _common_terms(cursor: CursorWrapper) -> Counter[str]:
    """What may be asked for, as a tsquery, and how many incidents hold it: by PostgreSQL's own statistics, at most.

    Of two words with one beginning it counts an incident that holds both twice.
    """
    cursor.execute(_FREQUENT)
    found: Counter[str] = Counter()
    for tokens, shares, rows in cursor.fetchall():
        # After the shares of the tokens come the least, the greatest and that of nulls.
        for token, share in zip(tokens, shares, strict=False):
            for term in _finding(token):
                found[tsquery(term)] += int(share * rows)
    return found


def _finding(token: str) -> Iterator[Term]:
    """The terms that find a token (incidents/query/search.py)."""
    start = 2 if token.startswith((PLACE, WEAPON, COUNTRY)) else 0
    if token.startswith((PLACE, COUNTRY)) or len(token) == start + 1:
        yield Term(token, prefix=False)
    if token.startswith(COUNTRY):
        return
    for end in range(start + 1, len(token) + 1):
        if end > start + 1 or not token[start:end].isascii():
            yield Term(token[:end])


def _take_changes(cursor: CursorWrapper) -> list[int]:
    cursor.execute("DELETE FROM incidents_search_changed RETURNING incident_id")
    return sorted({key for (key,) in cursor.fetchall()})


def _follow(cursor: CursorWrapper, terms: list[str], changed: list[int]) -> None:
    """Set and clear the bits of the incidents that changed."""
    if not changed:
        return
    cursor.execute(_HOLDING, [changed])
    holding = dict(cursor.fetchall())
    for term in terms:
        cursor.execute("SELECT bits FROM incidents_search_bitmap WHERE term = %s", [term])
        before = cursor.fetchone()[0]
        bits = unpacked(before, changed[-1] + 1)
        bits[changed] = False
        bits[holding.get(term, [])] = True
        if (after := packed(bits)) != before:
            cursor.execute("UPDATE incidents_search_bitmap SET bits = %s WHERE term = %s", [after, term])
