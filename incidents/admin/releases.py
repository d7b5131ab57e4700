"""Saved maps, and states of the published set that never change again."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import DeskAdmin, ReadOnlyAdmin
from incidents.models import Release, SavedMap


@admin.register(SavedMap)
class SavedMapAdmin(DeskAdmin):
    fieldsets = [
        (None, {"fields": ["title", "slug", "query", "view"]}),
        (_("Where"), {"fields": ["frame_ancestors"]}),
    ]
    list_display = ["title", "slug", "query", "owner", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["title", "slug", "query"]
    prepopulated_fields = {"slug": ["title"]}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.owner = request.user
        super().save_model(request, obj, form, change)


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    fields = ["number", "made_at", "rows", "citation", "listed_files"]
    readonly_fields = ["listed_files"]
    list_display = ["number", "made_at", "rows", "file_count"]
    search_fields = ["=number", "citation"]
    date_hierarchy = "made_at"

    @admin.display(description=_("files"))
    def file_count(self, release: Release) -> int:
        return len(release.files)

    @admin.display(description=_("files"))
    def listed_files(self, release: Release) -> str:
        rows = (
            (str(file.get("name", "")), str(file.get("bytes", "")), str(file.get("sha256", "")))
            for file in release.files
            if isinstance(file, dict)
        )
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} ({} bytes) <code>{}</code></li>", rows))
