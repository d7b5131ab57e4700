"""The queue and the review page."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from incidents.admin.decisions import REASONS, DecisionViews, last_decision
from incidents.admin.evidence import evidence, place_choices
from incidents.admin.place_map import map_config
from incidents.admin.queue import (
    ClaimFilter,
    ConfidenceFilter,
    KnownFilter,
    PlacedFilter,
    StatusFilter,
    UnsureFilter,
    neighbours,
    with_hints,
    with_sources,
)
from incidents.admin.remember import remember
from incidents.admin.reports import compared, dress, figures_told
from incidents.admin.review_form import ReviewForm
from incidents.admin.sureness import by_field, whole, word_for
from incidents.admin.words import UNKNOWN, age, days, percent
from incidents.models import Incident, IncidentActor
from incidents.workflows import review
from incidents.workflows.duplicates import LIKELY, possible_duplicates, propose
from incidents.workflows.review import ClaimedByOtherError, ReviewError

# Set on a request whose decision the workflow declined, so that the form says why and keeps what was typed.
_REFUSAL = "desk_refusal"


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """A table's heads are no labels: every field says what it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = str(field.label)


class RoleFormSet(BaseInlineFormSet):  # type: ignore[type-arg]  # takes no parameter at run time
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].widget.attrs["aria-label"] = _("Delete this role")


class RoleInline(admin.TabularInline):  # type: ignore[type-arg]  # takes no parameter at run time
    model = IncidentActor
    form = RoleForm
    formset = RoleFormSet
    autocomplete_fields = ["actor"]
    fields = ["actor", "role", "says"]
    extra = 0
    verbose_name = gettext_lazy("actor")
    verbose_name_plural = gettext_lazy("actors and their roles")


@admin.register(Incident)
class IncidentAdmin(DecisionViews, SimpleHistoryAdmin):  # type: ignore[misc]  # simple_history has no types
    form = ReviewForm
    change_form_template = "admin/incidents/incident/change_form.html"
    object_history_list_template = "admin/incidents/incident/history_list.html"
    inlines = [RoleInline]
    list_display = ["waiting_since", "what", "when", "where", "sources", "sure", "known", "state"]
    list_display_links = ["what"]
    list_filter = [
        StatusFilter,
        ClaimFilter,
        KnownFilter,
        ConfidenceFilter,
        UnsureFilter,
        PlacedFilter,
        "kind",
        "place_precision",
    ]
    search_fields = ["title", "place_name", "=code"]
    ordering = ["created_at", "pk"]
    fieldsets = [
        (gettext_lazy("What"), {"fields": ["title", ("kind", "weapon")]}),
        (gettext_lazy("When"), {"fields": [("date_start", "date_end", "time_precision")]}),
        (
            gettext_lazy("Where"),
            {
                "fields": [
                    ("place_name", "place_precision"),
                    ("latitude", "longitude", "radius_m"),
                    ("country", "province"),
                ],
                "classes": ["desk-where"],
            },
        ),
        (
            gettext_lazy("Casualties"),
            {
                "fields": [
                    ("killed_low", "killed_best", "killed_high"),
                    ("wounded_low", "wounded_best", "wounded_high"),
                    "casualties_pinned",
                ],
                "description": gettext_lazy("Empty is “not stated”, never 0. An empty highest figure is an open end."),
                "classes": ["desk-casualties"],
            },
        ),
        (
            gettext_lazy("Judgement"),
            {"fields": [("credibility", "credibility_reason"), "reason"]},
        ),
        (
            gettext_lazy("Protection and notes"),
            {
                "fields": [
                    "summary",
                    "public_note",
                    ("sensitivity", "public_precision", "publish_after"),
                    ("reported_on", "casualties_by_group"),
                ],
                "classes": ["collapse"],
            },
        ),
    ]

    class Media:
        css = {"all": ["vendor/leaflet/leaflet.css", "css/outline.css", "css/desk-review.css", "css/desk-map.css"]}

    # The queue

    def get_queryset(self, request: HttpRequest) -> QuerySet[Incident]:
        incidents = with_hints(super().get_queryset(request))
        match = request.resolver_match
        listed = match is not None and match.url_name == "incidents_incident_changelist"
        return with_sources(incidents) if listed else incidents

    def get_ordering(self, request: HttpRequest) -> Any:
        """What waits, oldest first; what is decided, newest first."""
        if request.GET.get("status") in {None, "", Incident.Status.CANDIDATE, Incident.Status.IN_REVIEW}:
            return ["created_at", "pk"]
        return ["-pk"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Queue"), **(extra_context or {})})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A public code is never used again and its history stays: incidents are rejected, never deleted."""
        return False

    @admin.display(description=gettext_lazy("age"), ordering="created_at")
    def waiting_since(self, incident: Incident) -> str:
        return format_html('<time datetime="{}">{}</time>', incident.created_at.isoformat(), age(incident.created_at))

    @admin.display(description=gettext_lazy("incident"), ordering="title")
    def what(self, incident: Incident) -> str:
        """On a phone with day, place and confidence: their columns are out of sight there."""
        return format_html(
            '<span class="desk-title">{}</span> <span class="desk-kind">{}</span><span class="desk-phone">{}</span>',
            incident.title,
            incident.get_kind_display(),
            f"{days(incident)} · {incident.place_name or UNKNOWN} · {percent(incident.confidence)}",
        )

    @admin.display(description=gettext_lazy("when"), ordering="date_start")
    def when(self, incident: Incident) -> str:
        return days(incident)

    @admin.display(description=gettext_lazy("where"), ordering="place_name")
    def where(self, incident: Incident) -> str:
        place = ", ".join(part for part in (incident.place_name, incident.country) if part)
        return format_html(
            '{} <span class="desk-quiet">{}</span>', place or UNKNOWN, incident.get_place_precision_display()
        )

    @admin.display(description=gettext_lazy("sources"))
    def sources(self, incident: Incident) -> str:
        """The first source by name and how many others; copies of one story are one source."""
        told = [mention.article for mention in getattr(incident, "told", [])]
        names = dict.fromkeys(str(article.source or _("pasted text")) for article in told if article.copy_of_id is None)
        if not names:
            return UNKNOWN
        first, more = next(iter(names)), len(names) - 1
        return format_html("{} +{}", first, more) if more else first

    @admin.display(description=gettext_lazy("confidence"), ordering="confidence")
    def sure(self, incident: Incident) -> str:
        return format_html(
            '<meter min="0" max="1" value="{}" aria-hidden="true"></meter> {} <span class="desk-quiet">{}</span>',
            f"{incident.confidence:.2f}",
            percent(incident.confidence),
            word_for(incident.confidence),
        )

    @admin.display(description=gettext_lazy("known?"), ordering="known_score")
    def known(self, incident: Incident) -> str:
        """How likely the likeliest proposal is the same, and why."""
        score = getattr(incident, "known_score", 0.0)
        if not score:
            return ""
        word = _("likely") if score >= LIKELY else _("maybe")
        kind = "desk-flag" if score >= LIKELY else "desk-quiet"
        reasons = ", ".join(getattr(incident, "known_reasons", None) or [])
        return format_html('<span class="{}" title="{}">{} {}</span>', kind, reasons, word, percent(score))

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, incident: Incident) -> str:
        """With who looks at it now."""
        status = format_html(
            '<span class="desk-status desk-status-{}">{}</span>', incident.status, incident.get_status_display()
        )
        viewer = getattr(incident, "claimed_by", None)
        return format_html('{}<span class="desk-viewer">{}</span>', status, viewer) if viewer else status

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """No version is put back behind the workflow: the history is read, and decisions are undone on the page."""
        return redirect("admin:incidents_incident_history", object_id)

    # The review page

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Django's, and once more when the workflow declines: the form then says why, with everything typed still in it."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ReviewError as error:
            setattr(request, _REFUSAL, str(error))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"refusal": getattr(request, _REFUSAL, "")})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new incident is saved here; a change waits for the actors and goes through the workflow in save_related."""
        if not change:
            obj.place_found_by = "moderator" if obj.latitude is not None else ""
            obj.casualties_pinned = True
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if not change:
            super().save_related(request, form, formsets, change)
            propose(form.instance)
            return
        changes = form.corrections()
        roles = formsets[0] if formsets else None
        if roles is not None and roles.has_changed():
            changes["actors"] = _stated(roles)
        decide = review.publish if "_publish" in request.POST else review.correct
        decide(
            incident=form.instance,
            by=cast("User", request.user),
            version=form.cleaned_data["shown_version"],
            changes=changes,
            reason=form.cleaned_data.get("reason", ""),
        )

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        if add:
            return super().construct_change_message(request, form, formsets, add)
        changed = [str(form[name].label) for name in form.corrections()]
        if any(formset.has_changed() for formset in formsets):
            changed.append(_("actors"))
        words = _("Published") if "_publish" in request.POST else _("Corrected")
        return f"{words}: {', '.join(changed)}" if changed else words

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_publish" in request.POST:
            link = format_html('<a href="{}">{}</a>', obj.get_absolute_url(), obj)
            messages.success(request, format_html(_("Published: {}"), link))
            return self.to_next(request)
        messages.success(request, _("Saved."))
        return self.to_change(request, obj)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            context.update(self._desk(request, obj))
            dress(context["adminform"], context["sureness"], context["told"])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _desk(self, request: HttpRequest, shown: Incident) -> dict[str, Any]:
        """Everything beside the form. The incident is read anew: a refused form has left its entries on `shown`."""
        incident = Incident.objects.select_related("merged_into", "reviewed_by").get(pk=shown.pk)
        waits = incident.status in {Incident.Status.CANDIDATE, Incident.Status.IN_REVIEW}
        may_decide = self.has_change_permission(request, incident)
        viewed_by = self._claim(request, incident) if waits and may_decide else ""
        articles = evidence(incident)
        mentions = [mention for each in articles for mention in each.mentions]
        duplicates = possible_duplicates(incident=incident) if incident.status != Incident.Status.MERGED else []
        return {
            "title": "",
            "subtitle": "",
            "incident": incident,
            "articles": articles,
            "mention_count": len(mentions),
            "place_choices": (choices := place_choices(mentions)),
            "map_config": map_config(request, choices),
            "remember": remember(request, incident, mentions),
            "sure": whole(incident, mentions),
            "sureness": by_field(incident, mentions),
            "told": figures_told(mentions),
            "duplicates": compared(incident, mentions, duplicates),
            "concerns": review.concerns(incident=incident) if waits else [],
            "queue": neighbours(self, request, incident.pk),
            "viewed_by": viewed_by,
            "may_decide": may_decide and not viewed_by,
            "may_publish": incident.status not in {Incident.Status.PUBLISHED, Incident.Status.MERGED},
            "may_reject": incident.status not in {Incident.Status.REJECTED, Incident.Status.MERGED},
            "claimed": waits and may_decide and not viewed_by,
            "last_decision": last_decision(request) if may_decide else None,
            "reasons": REASONS,
        }

    def _claim(self, request: HttpRequest, incident: Incident) -> str:
        """Claim what is opened, so that nobody else works on it; why not, when somebody does."""
        try:
            review.claim(incident=incident, by=cast("User", request.user))
        except ClaimedByOtherError as error:
            return str(error)
        return ""


def _stated(roles: BaseInlineFormSet[Any, Any, Any]) -> list[dict[str, str]]:
    """The rows of actors as workflows.review takes them."""
    return [
        {"name": row["actor"].name, "role": row["role"], "says": row["says"]}
        for row in roles.cleaned_data
        if row and not row.get("DELETE")
    ]
