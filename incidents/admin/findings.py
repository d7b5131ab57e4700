"""What the extractor found and what moderators decided: read here, changed by the review page alone."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import ReadOnlyAdmin
from incidents.admin.words import days, figures, percent
from incidents.models import Mention, Quote, Review


class QuoteInline(admin.TabularInline):  # type: ignore[type-arg]  # takes no parameter at run time
    model = Quote
    fields = ["field", "start", "end", "text"]
    readonly_fields = ["field", "start", "end", "text"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin):
    inlines = [QuoteInline]
    list_display = ["what", "article", "incident", "when", "place_name", "killed", "wounded", "stance", "sure"]
    list_filter = ["is_aggregate", "stance", "kind", "place_precision"]
    list_select_related = ["article", "incident"]
    search_fields = ["place_name", "article__title", "incident__title", "=incident__code"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mention]:
        return super().get_queryset(request).defer("article__text", "article__raw_headers")

    @admin.display(description=_("kind"), ordering="kind")
    def what(self, mention: Mention) -> str:
        if not mention.is_aggregate:
            return mention.get_kind_display()
        return format_html('{} <span class="desk-flag">{}</span>', mention.get_kind_display(), _("aggregate"))

    @admin.display(description=_("when"), ordering="date_start")
    def when(self, mention: Mention) -> str:
        return days(mention)

    @admin.display(description=_("killed"), ordering="killed_low")
    def killed(self, mention: Mention) -> str:
        return figures(mention, "killed")

    @admin.display(description=_("wounded"), ordering="wounded_low")
    def wounded(self, mention: Mention) -> str:
        return figures(mention, "wounded")

    @admin.display(description=_("confidence"), ordering="confidence")
    def sure(self, mention: Mention) -> str:
        return percent(mention.confidence)


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ["decided", "decision", "of", "reviewer", "reason", "took", "changed"]
    list_display_links = ["decided"]
    list_filter = ["decision", ("reviewer", admin.RelatedOnlyFieldListFilter), "decided_at"]
    list_select_related = ["incident", "reviewer"]
    search_fields = ["incident__title", "=incident__code", "reason"]
    date_hierarchy = "decided_at"
    ordering = ["-claimed_at"]

    @admin.display(description=_("decided"), ordering="decided_at")
    def decided(self, review: Review) -> object:
        return review.decided_at or _("open claim")

    @admin.display(description=_("incident"), ordering="incident__title")
    def of(self, review: Review) -> str:
        link = reverse("admin:incidents_incident_change", args=[review.incident_id])
        return format_html('<a href="{}">{}</a>', link, review.incident)

    @admin.display(description=_("seconds"), ordering="seconds")
    def took(self, review: Review) -> int | None:
        return review.seconds

    @admin.display(description=_("changed"))
    def changed(self, review: Review) -> str:
        return ", ".join(review.changes)
