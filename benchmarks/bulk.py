"""Many rows into SQLite at once, past the ORM."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models

_BATCH = 5_000


class Table:
    """Rows of one model, inserted in batches; what a row leaves out has the model's default. Numbers rows from 1."""

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._rows: list[tuple[Any, ...]] = []
        self._columns: tuple[str, ...] = ()
        self._defaults: tuple[Any, ...] = ()
        self.last = 0

    def add(self, **values: Any) -> int:
        if not self._columns:
            self._prepare(tuple(values))
        self.last += 1
        self._rows.append((self.last, *values.values(), *self._defaults))
        if len(self._rows) >= _BATCH:
            self.flush()
        return self.last

    def _prepare(self, given: tuple[str, ...]) -> None:
        left = [field for field in self._model._meta.concrete_fields if field.attname not in {"id", *given}]
        moment = datetime(2025, 1, 1, tzinfo=UTC)
        self._columns = ("id", *given, *(field.attname for field in left))
        self._defaults = tuple(
            field.get_db_prep_save(
                moment if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)
                else field.get_default(),
                connection,
            )
            for field in left
        )  # fmt: skip

    def flush(self) -> None:
        marks = ", ".join(["%s"] * len(self._columns))
        names = ", ".join(f'"{name}"' for name in self._columns)
        with connection.cursor() as cursor:
            cursor.executemany(
                f'INSERT INTO "{self._model._meta.db_table}" ({names}) VALUES ({marks})',  # noqa: S608 (our own names)
                self._rows,
            )
        self._rows.clear()


@contextmanager
def without_indexes() -> Iterator[None]:
    """Made anew at the end, which is faster; foreign keys must not be checked meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        indexes = cursor.fetchall()
        for name, _sql in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, sql in indexes:
            cursor.execute(sql)
