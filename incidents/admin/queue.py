"""The queue: which incidents wait, in what order, and which one comes before and after."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from incidents.admin.sureness import FAIRLY_SURE, FIELDS, SURE
from incidents.models import Incident, Mention, Proposal, Review
from incidents.workflows.duplicates import LIKELY

if TYPE_CHECKING:
    from incidents.admin.incidents import IncidentAdmin

# How far ahead j and k know the queue: more than anybody reviews in a day.
LOOK_AHEAD = 1_000
_WAITING = (Incident.Status.CANDIDATE, Incident.Status.IN_REVIEW)


def likely_known() -> Exists:
    """Another incident is proposed as the same, and likely so. Read from the kept proposals, by index."""
    return Exists(Proposal.objects.filter(incident=OuterRef("pk"), score__gte=LIKELY))


def with_hints(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Annotates `claimed_by`, the user name of who looks at it now or None; `known_score` and `known_reasons` of the
    likeliest proposal, or None."""
    claims = Review.objects.open_claims().filter(incident=OuterRef("pk")).order_by("claimed_at")
    claimed_by = Subquery(claims.values("reviewer__username")[:1])
    likeliest = Proposal.objects.filter(incident=OuterRef("pk")).order_by("-score", "pk")
    return incidents.annotate(
        claimed_by=claimed_by,
        known_score=Coalesce(Subquery(likeliest.values("score")[:1]), 0.0),
        known_reasons=Subquery(likeliest.values("reasons")[:1]),
    )


def with_sources(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Each incident's mentions in `told`, with article and source but without the text. One query more."""
    told = Mention.objects.select_related("article__source").only(
        "incident", "article__title", "article__copy_of", "article__source__name"
    )
    return incidents.prefetch_related(Prefetch("mentions", told.order_by("pk"), to_attr="told"))


class StatusFilter(admin.SimpleListFilter):
    """What waits, unless something else is asked for."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [*Incident.Status.choices, ("all", _("all"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Incident]) -> QuerySet[Incident]:
        value = self.value()
        if value == "all":
            return queryset
        if value in Incident.Status.values:
            return queryset.filter(status=value)
        return queryset.filter(status__in=_WAITING)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The first choice, without a value, is what waits."""
        first, *others = super().choices(changelist)
        yield {**first, "display": _("waiting")}
        yield from others


class ClaimFilter(admin.SimpleListFilter):
    title = _("claim")
    parameter_name = "claimed"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("no", _("by nobody")), ("me", _("by me")), ("others", _("by others"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Incident]) -> QuerySet[Incident]:
        claims = Review.objects.open_claims()
        match self.value():
            case "no":
                return queryset.exclude(pk__in=claims.values("incident"))
            case "me":
                return queryset.filter(pk__in=claims.filter(reviewer_id=request.user.pk).values("incident"))
            case "others":
                return queryset.filter(pk__in=claims.exclude(reviewer_id=request.user.pk).values("incident"))
        return queryset


class ConfidenceFilter(admin.SimpleListFilter):
    title = _("confidence")
    parameter_name = "sure"
    BANDS = {"high": (SURE, 1.01), "middle": (FAIRLY_SURE, SURE), "low": (0.0, FAIRLY_SURE)}

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("high", _("sure: 80 % and more")), ("middle", _("fairly sure: 60 to 80 %")), ("low", _("under 60 %"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Incident]) -> QuerySet[Incident]:
        if band := self.BANDS.get(self.value() or ""):
            return queryset.filter(confidence__gte=band[0], confidence__lt=band[1])
        return queryset


class UnsureFilter(admin.SimpleListFilter):
    """Of which field the reader is unsure, in its surest report."""

    title = _("unsure of")
    parameter_name = "unsure"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return list(FIELDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Incident]) -> QuerySet[Incident]:
        if (field := self.value()) not in FIELDS:
            return queryset
        told = Mention.objects.filter(incident=OuterRef("pk"), article__copy_of=None)
        part = f"confidence_parts__{field}"
        unsure = Exists(told.filter(**{f"{part}__lt": FAIRLY_SURE}))
        return queryset.filter(unsure, ~Exists(told.filter(**{f"{part}__gte": FAIRLY_SURE})))


class PlacedFilter(admin.SimpleListFilter):
    title = _("place")
    parameter_name = "placed"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("yes", _("on the map")), ("no", _("without a point"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Incident]) -> QuerySet[Incident]:
        match self.value():
            case "yes":
                return queryset.filter(cell__isnull=False)
            case "no":
                return queryset.filter(cell=None)
        return queryset


class KnownFilter(admin.SimpleListFilter):
    title = _("possible duplicate")
    parameter_name = "known"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("yes", _("likely known")), ("no", _("nothing likely"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Incident]) -> QuerySet[Incident]:
        match self.value():
            case "yes":
                return queryset.filter(likely_known())
            case "no":
                return queryset.filter(~likely_known())
        return queryset


class _Order(ChangeList):
    """The rows of a list in their order, without fetching a page of them."""

    def get_results(self, request: HttpRequest) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Keys of the incidents before and after in the queue; `position` counts from 1, None when it is not in the queue."""

    previous: int | None
    next: int | None
    position: int | None
    length: int
    more: bool

    @classmethod
    def of(cls, keys: list[int], pk: int, taken: set[int]) -> Self:
        """`taken` are claimed by others: j and k pass them by."""
        more, keys = len(keys) > LOOK_AHEAD, keys[:LOOK_AHEAD]
        here = keys.index(pk) if pk in keys else None
        before = keys[:here] if here is not None else []
        after = keys[here + 1 :] if here is not None else keys
        return cls(
            previous=next((key for key in reversed(before) if key not in taken), None),
            next=next((key for key in after if key not in taken), None),
            position=None if here is None else here + 1,
            length=len(keys),
            more=more,
        )


def neighbours(model_admin: IncidentAdmin, request: HttpRequest, pk: int) -> Neighbours:
    """Where the incident stands in the list the moderator came from (the admin's preserved filters). Two queries."""
    listed = copy(request)
    listed.GET = QueryDict(request.GET.get("_changelist_filters", ""))
    keys = list(_ordered(model_admin, listed).values_list("pk", flat=True)[: LOOK_AHEAD + 1])
    claims = Review.objects.open_claims().exclude(reviewer_id=request.user.pk)
    return Neighbours.of(keys, pk, set(claims.values_list("incident", flat=True)))


def _ordered(model_admin: IncidentAdmin, request: HttpRequest) -> QuerySet[Incident]:
    shown = list(model_admin.get_list_display(request))
    if model_admin.get_actions(request):
        # A column is named by its number, and the list's first one is then that of the boxes to tick.
        shown.insert(0, "action_checkbox")
    try:
        order: QuerySet[Incident] = _Order(
            request,
            model_admin.model,
            shown,
            model_admin.get_list_display_links(request, shown),
            model_admin.get_list_filter(request),
            model_admin.date_hierarchy,
            model_admin.get_search_fields(request),
            model_admin.get_list_select_related(request),
            model_admin.list_per_page,
            model_admin.list_max_show_all,
            model_admin.list_editable,
            model_admin,
            None,
            None,
        ).queryset
    except IncorrectLookupParameters:
        return Incident.objects.waiting().order_by("created_at", "pk")
    return order
