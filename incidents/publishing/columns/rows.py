"""A query's rows as Arrow columns, by way of lines of CSV that the database itself writes.

Python never sees a value: pyarrow reads a million lines at once. A million incidents with their actors and sources are
read in two thirds of the time (SQLite).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Func, TextField, Value
from pyarrow import csv

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    Types = Mapping[str, pa.DataType]

# Lines of some 10 MB at a time.
_ROWS = 100_000
_BYTES = 10_000_000


def read(rows: QuerySet[Any], values: Mapping[str, Combinable], types: Types) -> dict[str, pa.Array]:
    """The values of each row, in order of the primary key.

    What `types` has as text or dictionary must not be null in the database. One query, on SQLite one for each _ROWS: a
    row that changes meanwhile may be read as it was or as it is.
    """
    write = _copied if connections[rows.db].vendor == "postgresql" else _printed
    # While pyarrow reads some lines, the database writes the next: neither holds the interpreter.
    with ThreadPoolExecutor(max_workers=1) as pool:
        try:
            tables = list(pool.map(lambda lines: _parsed(lines, types), write(rows, values, types)))
        except EmptyResultSet:
            tables = []
    table = pa.concat_tables([pa.schema(types).empty_table(), *tables]).unify_dictionaries().combine_chunks()
    return {name: _one(table[name]) for name in types}


def of_words(column: pa.DictionaryArray, words: type[StrEnum]) -> pa.DictionaryArray:
    """The same column with the whole enum, in its order, as its dictionary."""
    dictionary = pa.array([str(word) for word in words])
    numbers = pc.index_in(column.dictionary, dictionary).cast(pa.uint8())
    return pa.DictionaryArray.from_arrays(numbers.take(column.indices), dictionary)


def _parsed(lines: bytes, types: Types) -> pa.Table:
    return csv.read_csv(
        pa.BufferReader(lines),
        csv.ReadOptions(column_names=list(types)),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(
            column_types=types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
    )


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else pa.array([], column.type)


def _copied(rows: QuerySet[Any], values: Mapping[str, Combinable], _types: Types) -> Iterator[bytes]:
    sql, params = rows.order_by("pk").values_list(*values.values()).query.sql_with_params()
    with connections[rows.db].cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params) as copy:
        yield from _gathered(map(bytes, copy))


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size > _BYTES:
            yield b"".join(kept)
            kept, size = [], 0
    if kept:
        yield b"".join(kept)


def _printed(rows: QuerySet[Any], values: Mapping[str, Combinable], types: Types) -> Iterator[bytes]:
    """SQLite writes no CSV, but its printf writes a line: %w doubles the quotes in a text."""
    form = ",".join('"%w"' if _is_text(types[name]) else "%s" for name in values)
    line = Func(Value(form), *values.values(), function="printf", output_field=TextField())
    page = rows
    with connections[rows.db].cursor() as cursor:
        while True:
            sql, params = page.order_by("pk").values_list("pk", line)[:_ROWS].query.sql_with_params()
            cursor.execute(
                f"WITH line(pk, text) AS ({sql}) "  # noqa: S608 (Django's own)
                "SELECT CAST(group_concat(text, char(10)) AS BLOB), max(pk) FROM line",
                params,
            )
            lines, last = cursor.fetchone()
            if lines is None:
                return
            yield lines
            page = rows.filter(pk__gt=last)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_dictionary(kind))
