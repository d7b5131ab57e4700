"""What a moderator decides about an incident, each by POST through workflows.review, logged, and followed by the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from incidents.admin.base import DeskAdmin
from incidents.models import Incident, Mention, Review
from incidents.workflows import review
from incidents.workflows.review import ReviewError

# The reasons that moderators give most; any other can be typed. Counting them tells where the extractor errs.
REASONS = (
    gettext_lazy("No attack: something else"),
    gettext_lazy("A plan, threat or exercise, nothing that happened"),
    gettext_lazy("A summary of many attacks, no single one"),
    gettext_lazy("History told again"),
    gettext_lazy("Place or date cannot be told"),
    gettext_lazy("The source cannot be trusted"),
)
# What one confirmed action on the list decides at most: a transaction each, within a request's time.
MOST_AT_ONCE = 200


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, widget=forms.TextInput(attrs={"list": "rejection-reasons"})
    )


class DecisionViews(DeskAdmin):
    """The review page's buttons and the list's actions."""

    actions = ["publish_selected", "reject_selected"]

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"incidents_incident_{name}")

        return [
            at("undo/<int:review_id>/", self.undo_view, "undo"),
            at("<path:object_id>/reject/", self.reject_view, "reject"),
            at("<path:object_id>/merge/", self.merge_view, "merge"),
            at("<path:object_id>/split/", self.split_view, "split"),
            at("<path:object_id>/release/", self.release_view, "release"),
            *super().get_urls(),
        ]

    # The buttons

    def reject_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        incident = self._incident(request, object_id)
        if not_allowed := _only_post(request):
            return not_allowed

        def decide() -> HttpResponse:
            reason = " ".join(request.POST.get("reason", "").split())
            review.reject(incident=incident, by=_user(request), reason=reason, version=_version(request))
            self._note(request, incident, _("Rejected: %(reason)s") % {"reason": reason})
            return self.to_next(request)

        return self._attempt(request, incident, decide)

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        incident = self._incident(request, object_id)
        if not_allowed := _only_post(request):
            return not_allowed
        other = Incident.objects.filter(code=request.POST.get("other", "").strip().upper()).first()
        keep_this = "keep_this" in request.POST

        def decide() -> HttpResponse:
            if other is None:
                raise ReviewError(_("There is no incident with this code."))
            gone, into = (other, incident) if keep_this else (incident, other)
            version = None if keep_this else _version(request)
            review.merge(incident=gone, into=into, by=_user(request), version=version)
            self._note(request, gone, _("Merged into %(code)s") % {"code": into.code})
            return self.to_change(request, incident) if keep_this else self.to_next(request)

        return self._attempt(request, incident, decide)

    def split_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        incident = self._incident(request, object_id)
        if not_allowed := _only_post(request):
            return not_allowed
        chosen = [pk for value in request.POST.getlist("mentions") if (pk := _number(value)) is not None]

        def decide() -> HttpResponse:
            mentions = Mention.objects.filter(pk__in=chosen, incident=incident)
            new = review.split(incident=incident, mentions=mentions, by=_user(request), version=_version(request))
            self._note(request, incident, _("Split off %(code)s") % {"code": new.code})
            return self.to_change(request, incident)

        return self._attempt(request, incident, decide)

    def undo_view(self, request: HttpRequest, review_id: int) -> HttpResponse:
        if not_allowed := _only_post(request):
            return not_allowed
        decided = Review.objects.select_related("incident").filter(pk=review_id).first()
        if decided is None:
            raise Http404
        incident = self._incident(request, str(decided.incident_id))
        if decided.reviewer_id != request.user.pk and not cast("User", request.user).is_superuser:
            raise PermissionDenied

        def decide() -> HttpResponse:
            words = {"decision": decided.get_decision_display()}
            review.undo(review=decided, by=_user(request))
            self._note(request, incident, _("Taken back: %(decision)s") % words)
            return self.to_change(request, incident)

        return self._attempt(request, incident, decide)

    def release_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page was left: nobody looks at the incident any more."""
        incident = self._incident(request, object_id)
        if not_allowed := _only_post(request):
            return not_allowed
        try:
            review.release_claim(incident=incident, by=_user(request))
        except ReviewError:
            # Somebody else's claim stands; there is nothing of ours to let go.
            return HttpResponse(status=409)
        return HttpResponse(status=204)

    # The list's actions

    @admin.action(description=gettext_lazy("Publish selected incidents"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Incident]) -> HttpResponse | None:
        return self._decide_selected(request, queryset, "publish_selected")

    @admin.action(description=gettext_lazy("Reject selected incidents"), permissions=["change"])
    def reject_selected(self, request: HttpRequest, queryset: QuerySet[Incident]) -> HttpResponse | None:
        return self._decide_selected(request, queryset, "reject_selected")

    def _decide_selected(self, request: HttpRequest, queryset: QuerySet[Incident], action: str) -> HttpResponse | None:
        """First a page that lists what will be decided and asks; then each on its own: one refusal stops no other."""
        form = RejectForm(request.POST if "confirmed" in request.POST else None)
        needs_reason = action == "reject_selected"
        chosen = list(queryset[:MOST_AT_ONCE])
        if "confirmed" not in request.POST or (needs_reason and not form.is_valid()):
            return TemplateResponse(
                request,
                "admin/incidents/incident/decide_selected.html",
                {
                    **self.admin_site.each_context(request),
                    "opts": self.opts,
                    "title": _("Reject these incidents?") if needs_reason else _("Publish these incidents?"),
                    "chosen": [(each, [] if needs_reason else review.concerns(incident=each)) for each in chosen],
                    "action": action,
                    "form": form if needs_reason else None,
                    "reasons": REASONS,
                    "most": MOST_AT_ONCE,
                },
            )
        done = 0
        for incident in chosen:
            try:
                if needs_reason:
                    reason = form.cleaned_data["reason"]
                    review.reject(incident=incident, by=_user(request), reason=reason)
                    self.log_change(request, incident, _("Rejected: %(reason)s") % {"reason": reason})
                else:
                    review.publish(incident=incident, by=_user(request), version=_version(request, incident.pk))
                    self.log_change(request, incident, _("Published"))
                done += 1
            except ReviewError as error:
                messages.error(request, f"{incident.code}: {error}")
        if done:
            words = ngettext("%(n)s incident rejected.", "%(n)s incidents rejected.", done)
            if not needs_reason:
                words = ngettext("%(n)s incident published.", "%(n)s incidents published.", done)
            messages.success(request, words % {"n": done})
        return None

    # What they share

    def _incident(self, request: HttpRequest, object_id: str) -> Incident:
        incident = self.get_object(request, unquote(object_id))
        if incident is None:
            raise Http404
        if not self.has_change_permission(request, incident):
            raise PermissionDenied
        return cast("Incident", incident)

    def _attempt(self, request: HttpRequest, incident: Incident, decide: Callable[[], HttpResponse]) -> HttpResponse:
        """A refusal is said on the incident's page."""
        try:
            return decide()
        except ReviewError as error:
            messages.error(request, str(error))
            return self.to_change(request, incident)

    def _note(self, request: HttpRequest, incident: Incident, words: str) -> None:
        """Into the log, and to the moderator with a link to the incident."""
        self.log_change(request, incident, words)
        link = reverse("admin:incidents_incident_change", args=[incident.pk])
        messages.success(request, format_html('<a href="{}">{}</a>: {}', link, incident, words))

    def to_change(self, request: HttpRequest, incident: Incident) -> HttpResponseRedirect:
        return self._to(request, reverse("admin:incidents_incident_change", args=[incident.pk]))

    def to_next(self, request: HttpRequest) -> HttpResponseRedirect:
        """To the incident that followed in the queue, while it still waits; else to the queue."""
        following = _number(request.POST.get("next", ""))
        if following is not None and Incident.objects.waiting().filter(pk=following).exists():
            return self._to(request, reverse("admin:incidents_incident_change", args=[following]))
        return self._to(request, reverse("admin:incidents_incident_changelist"))

    def _to(self, request: HttpRequest, url: str) -> HttpResponseRedirect:
        context: dict[str, Any] = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return HttpResponseRedirect(add_preserved_filters(context, url))


def last_decision(request: HttpRequest) -> Review | None:
    """The moderator's newest decision that can still be taken back."""
    mine = Review.objects.decided().filter(reviewer_id=request.user.pk).exclude(undo={})
    return mine.select_related("incident").order_by("-decided_at", "-pk").first()


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def _version(request: HttpRequest, pk: int | None = None) -> int | None:
    """The version the moderator saw, from the field of the form; of one row of a list when `pk` is given."""
    return _number(request.POST.get("shown_version" if pk is None else f"version-{pk}", ""))


def _number(value: str) -> int | None:
    """A whole number that fits every database's largest integer."""
    return int(value) if value.isdecimal() and len(value) < 19 else None


def _only_post(request: HttpRequest) -> HttpResponseNotAllowed | None:
    return None if request.method == "POST" else HttpResponseNotAllowed(["POST"])
