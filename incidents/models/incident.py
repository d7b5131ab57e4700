"""One kind of event, one place, one day or range of days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import quadbin
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from incidents.extraction.kinds import Kind
from incidents.extraction.types import PlacePrecision, TimePrecision
from incidents.models.actor import Actor
from incidents.models.fields import (
    choices,
    latitude_field,
    longitude_field,
    new_code,
    ordered_constraint,
    position_constraints,
)
from incidents.models.public_place import PublicPlace, capped

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from incidents.models.actor import IncidentActor
    from incidents.models.mention import Mention
    from incidents.models.proposal import Proposal

# The finest level of a quadbin: a cell is about 0.6 m wide at the equator, finer than any report.
CELL_LEVEL = 26
# These have no point: they are counted and listed, never drawn as a pin.
UNPLACED = (PlacePrecision.COUNTRY, PlacePrecision.UNKNOWN)
_PUBLIC_PLACE_FIELDS = (
    "public_place_name",
    "public_place_precision",
    "public_latitude",
    "public_longitude",
    "public_radius_m",
    "cell",
)


def cell_of(latitude: float, longitude: float) -> int:
    """The quadbin of a position: a B-tree on it is a spatial index on any SQL engine (docs/adr/0001)."""
    return int(quadbin.point_to_cell(longitude, latitude, CELL_LEVEL))


class IncidentQuerySet(models.QuerySet["Incident"]):
    def published(self) -> Self:
        """Everything the public may see."""
        return self.filter(status=Incident.Status.PUBLISHED).filter(
            Q(publish_after=None) | Q(publish_after__lte=timezone.now())
        )

    def waiting(self) -> Self:
        """What a moderator has not decided."""
        return self.filter(status__in=[Incident.Status.CANDIDATE, Incident.Status.IN_REVIEW])

    def placed(self) -> Self:
        return self.filter(cell__isnull=False)

    def unplaced(self) -> Self:
        """Country-level and unknown: counted and listed, never a pin."""
        return self.filter(cell=None)

    def with_evidence(self) -> Self:
        """Everything an incident page shows, in a fixed number of queries."""
        return self.prefetch_related("roles__actor", "mentions__article__source", "mentions__quotes")


class Incident(models.Model):
    """What is known of one incident, rolled up from its mentions and corrected by a moderator.

    Status says where it stands in the work, credibility how true it is held to be (the Admiralty scale's number):
    the two are never mixed. Figures that nobody states are null, never 0.
    """

    class Status(models.TextChoices):
        CANDIDATE = "candidate", _("candidate")
        IN_REVIEW = "in-review", _("in review")
        PUBLISHED = "published", _("published")
        REJECTED = "rejected", _("rejected")
        MERGED = "merged", _("merged into another")

    class Credibility(models.IntegerChoices):
        CONFIRMED = 1, _("1: confirmed by independent sources")
        PROBABLE = 2, _("2: probably true")
        POSSIBLE = 3, _("3: possibly true")
        DOUBTFUL = 4, _("4: doubtful")
        IMPROBABLE = 5, _("5: improbable")
        UNJUDGED = 6, _("6: cannot be judged")

    class Sensitivity(models.TextChoices):
        NORMAL = "normal", _("normal")
        SENSITIVE = "sensitive", _("sensitive: the public place is coarser")

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    title = models.CharField(max_length=300, help_text=_("A sentence: what happened, where."))
    summary = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=choices(Kind), default=Kind.UNKNOWN)
    weapon = models.CharField(max_length=100, blank=True)

    date_start = models.DateField(_("first possible day"), null=True, blank=True)
    date_end = models.DateField(_("last possible day"), null=True, blank=True)
    time_precision = models.CharField(max_length=10, choices=choices(TimePrecision), default=TimePrecision.UNKNOWN)
    reported_on = models.DateField(
        null=True, blank=True, help_text=_("When the first article told of it; not when it happened.")
    )

    place_name = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    province = models.CharField(max_length=200, blank=True)
    latitude = latitude_field()
    longitude = longitude_field()
    radius_m = models.PositiveIntegerField(null=True, blank=True)
    place_precision = models.CharField(max_length=15, choices=choices(PlacePrecision), default=PlacePrecision.UNKNOWN)
    place_found_by = models.CharField(max_length=40, blank=True, help_text=_("Gazetteer, moderator, coordinates ..."))
    # What the public sees of the place, capped by `public_precision`; kept by save(). Everything public reads these.
    public_place_name = models.CharField(max_length=200, blank=True, editable=False)
    public_place_precision = models.CharField(max_length=15, default=PlacePrecision.UNKNOWN, editable=False)
    public_latitude = models.FloatField(null=True, editable=False)
    public_longitude = models.FloatField(null=True, editable=False)
    public_radius_m = models.PositiveIntegerField(null=True, editable=False)
    cell = models.BigIntegerField(null=True, editable=False)

    killed_low = models.PositiveIntegerField(null=True, blank=True)
    killed_best = models.PositiveIntegerField(null=True, blank=True)
    killed_high = models.PositiveIntegerField(null=True, blank=True)
    wounded_low = models.PositiveIntegerField(null=True, blank=True)
    wounded_best = models.PositiveIntegerField(null=True, blank=True)
    wounded_high = models.PositiveIntegerField(null=True, blank=True)
    casualties_by_group = models.JSONField(
        default=dict, blank=True, help_text=_("By group: {'civilians': {'killed': [low, high]}}; high null is open.")
    )
    casualties_pinned = models.BooleanField(
        default=False, help_text=_("A moderator set the figures: new mentions leave them alone.")
    )

    actors = models.ManyToManyField(Actor, through="incidents.IncidentActor", related_name="incidents")

    status = models.CharField(max_length=10, choices=Status, default=Status.CANDIDATE)
    rejection_reason = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    credibility = models.PositiveSmallIntegerField(choices=Credibility, default=Credibility.UNJUDGED)
    credibility_reason = models.CharField(max_length=300, blank=True)
    sensitivity = models.CharField(max_length=10, choices=Sensitivity, default=Sensitivity.NORMAL)
    public_precision = models.CharField(
        max_length=15,
        choices=choices(PlacePrecision),
        blank=True,
        help_text=_("The finest place the public may see; empty for no cap."),
    )
    publish_after = models.DateTimeField(null=True, blank=True)
    public_note = models.TextField(blank=True, help_text=_("Shown on the page: what was corrected, and why."))

    confidence = models.FloatField(default=0, help_text=_("How sure the extractor is, 0 to 1."))
    version = models.PositiveIntegerField(default=1, help_text=_("Rises with every change, so that none is lost."))
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = IncidentQuerySet.as_manager()
    history = HistoricalRecords()

    mentions: RelatedManager[Mention]
    proposals: RelatedManager[Proposal]
    roles: RelatedManager[IncidentActor]

    class Meta:
        ordering = ["-date_start", "-pk"]
        constraints = [
            *position_constraints("incident"),
            models.CheckConstraint(
                name="incident_cell_goes_with_public_position",
                condition=Q(cell__isnull=True, public_latitude__isnull=True, public_longitude__isnull=True)
                | Q(cell__isnull=False, public_latitude__isnull=False, public_longitude__isnull=False),
            ),
            models.CheckConstraint(
                name="incident_country_is_no_pin",
                condition=~Q(place_precision__in=[str(precision) for precision in UNPLACED]) | Q(latitude__isnull=True),
            ),
            ordered_constraint("incident_dates_in_order", "date_start", "date_end"),
            ordered_constraint("incident_killed_in_order", "killed_low", "killed_high"),
            ordered_constraint("incident_wounded_in_order", "wounded_low", "wounded_high"),
            models.CheckConstraint(
                name="incident_published_has_reviewer",
                condition=~Q(status="published") | Q(reviewed_by__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="incident_rejected_has_reason", condition=~Q(status="rejected") | ~Q(rejection_reason="")
            ),
            models.CheckConstraint(
                name="incident_merged_names_target", condition=Q(status="merged") | Q(merged_into=None)
            ),
        ]
        indexes = [
            # Every public page filters by status and orders by day.
            models.Index(fields=["status", "-date_start", "-id"], name="incident_by_day"),
            # Bounding boxes and cells of a tile are ranges of it.
            models.Index(fields=["status", "cell"], name="incident_by_cell"),
            models.Index(fields=["status", "kind"], name="incident_by_kind"),
            # What may be the same as one incident: its country, the days around it, then its surroundings, all within
            # the index (benchmarks/duplicates.py).
            models.Index(fields=["country", "date_start", "date_end", "latitude", "longitude"], name="incident_around"),
            # Of what has no day, the day of the report counts.
            models.Index(fields=["country", "reported_on"], condition=Q(date_start=None), name="incident_undated"),
            # The list's other orders. PostgreSQL's have the nulls last, as the list has (migration 0006); the oldest first
            # also holds what every count of a range asks.
            models.Index(fields=["status", "date_start", "id", "date_end", "publish_after"], name="incident_oldest"),
            models.Index(
                "status", Coalesce("killed_best", "killed_low").desc(), F("id").desc(), name="incident_by_toll"
            ),
            models.Index(fields=["status", "-published_at", "-id"], name="incident_by_added"),
            # Which embargoes have passed is asked with every validator.
            models.Index(fields=["publish_after"], condition=Q(publish_after__isnull=False), name="incident_embargo"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps what the public sees of the place, and its cell, in step with the place and its cap."""
        self._cap_place()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, *_PUBLIC_PLACE_FIELDS}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("incidents:incident", args=[self.code])

    def _public_place(self) -> PublicPlace:
        exact = PublicPlace(self.place_name, self.place_precision, self.latitude, self.longitude, self.radius_m)
        return capped(exact, self.public_precision, province=self.province, country=self.country)

    def _cap_place(self) -> None:
        public = self._public_place()
        self.public_place_name = public.name
        self.public_place_precision = public.precision
        self.public_latitude, self.public_longitude = public.latitude, public.longitude
        self.public_radius_m = public.radius_m
        if public.latitude is None or public.longitude is None:
            self.cell = None
        else:
            self.cell = cell_of(public.latitude, public.longitude)

    @property
    def is_public(self) -> bool:
        return self.status == self.Status.PUBLISHED and (
            self.publish_after is None or self.publish_after <= timezone.now()
        )

    @property
    def hidden_place_name(self) -> str:
        """The place's name where the cap keeps it from the public, else ""."""
        return "" if self.place_name.casefold() in self._public_place().name.casefold() else self.place_name

    @property
    def kind_enum(self) -> Kind:
        return Kind(self.kind)

    @property
    def placed(self) -> bool:
        """Whether the public map may draw it."""
        return self.cell is not None

    def bump(self) -> bool:
        """Claim the next version; False if somebody else saved meanwhile. One query."""
        changed = type(self).objects.filter(pk=self.pk, version=self.version).update(version=F("version") + 1)
        self.version += 1
        return changed == 1
