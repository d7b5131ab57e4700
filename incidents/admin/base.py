"""What every list of the desk has in common: tables may hold millions of rows, and some are only read."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from incidents.admin.words import UNKNOWN

# Nobody pages to row 10,000: who comes that far narrows the search. Counting on would read the whole table.
COUNT_LIMIT = 10_000


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # takes no parameter at run time
    """Counts COUNT_LIMIT rows at most; `capped` says that there are more."""

    @cached_property
    def _counted(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return rows.order_by().values("pk")[: COUNT_LIMIT + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._counted, COUNT_LIMIT)

    @property
    def capped(self) -> bool:
        return self._counted > COUNT_LIMIT


class DeskAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # takes no parameter at run time
    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 200
    empty_value_display = UNKNOWN


class ReadOnlyAdmin(DeskAdmin):
    """Records that nobody changes by hand: what the extractor found, what was decided, what was released."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
