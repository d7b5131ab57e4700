"""What one article says of one incident, and the words it says it with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.extraction.kinds import Kind
from incidents.extraction.types import PlacePrecision, Stance, TimePrecision
from incidents.models.fields import choices, latitude_field, longitude_field, ordered_constraint, position_constraints

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class MentionQuerySet(models.QuerySet["Mention"]):
    def aggregates(self) -> Self:
        """Counts over months and habitual attacks: never a pin."""
        return self.filter(is_aggregate=True)

    def independent(self) -> Self:
        """Without those of syndicated copies."""
        return self.filter(article__copy_of=None)


class Mention(models.Model):
    """What the extractor found in one article, unchanged by a moderator's corrections (those are the incident's).

    `high` figures are null for an open end ("at least two") as well as for silence; silence has no low either.
    `key` names the same finding in a second run over the same text.
    """

    Stance = Stance

    article = models.ForeignKey("incidents.Article", models.CASCADE, related_name="mentions")
    incident = models.ForeignKey("incidents.Incident", models.CASCADE, null=True, blank=True, related_name="mentions")
    key = models.CharField(max_length=64)
    is_aggregate = models.BooleanField(default=False)
    kind = models.CharField(max_length=20, choices=choices(Kind), default=Kind.UNKNOWN)
    weapon = models.CharField(max_length=100, blank=True)
    stance = models.CharField(max_length=10, choices=choices(Stance), default=Stance.REPORTS)
    date_start = models.DateField(null=True, blank=True)
    date_end = models.DateField(null=True, blank=True)
    time_precision = models.CharField(max_length=10, choices=choices(TimePrecision), default=TimePrecision.UNKNOWN)
    place_name = models.CharField(max_length=200, blank=True)
    latitude = latitude_field()
    longitude = longitude_field()
    place_precision = models.CharField(max_length=15, choices=choices(PlacePrecision), default=PlacePrecision.UNKNOWN)
    place_candidates = models.JSONField(
        default=list,
        blank=True,
        help_text=_(
            "What the place name may mean, best first: name, latitude, longitude, level, radius_m, country, score."
        ),
    )
    actors = models.JSONField(default=list, blank=True, help_text=_("As stated: name, role, kind, country, says."))
    killed_low = models.PositiveIntegerField(null=True, blank=True)
    killed_high = models.PositiveIntegerField(null=True, blank=True)
    wounded_low = models.PositiveIntegerField(null=True, blank=True)
    wounded_high = models.PositiveIntegerField(null=True, blank=True)
    count_low = models.PositiveIntegerField(null=True, blank=True, help_text=_("Of an aggregate: how many attacks."))
    confidence = models.FloatField(default=0)
    confidence_parts = models.JSONField(default=dict, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    extractor_version = models.CharField(max_length=40, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MentionQuerySet.as_manager()
    quotes: RelatedManager[Quote]

    class Meta:
        ordering = ["article", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="mention_once_per_article"),
            models.CheckConstraint(
                name="mention_aggregate_has_no_incident", condition=Q(is_aggregate=False) | Q(incident=None)
            ),
            ordered_constraint("mention_dates_in_order", "date_start", "date_end"),
            ordered_constraint("mention_killed_in_order", "killed_low", "killed_high"),
            ordered_constraint("mention_wounded_in_order", "wounded_low", "wounded_high"),
            *position_constraints("mention"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.place_name or 'no place'}, in {self.article}"


class Quote(models.Model):
    """The words behind one field: characters `start` to `end` of the article's clean text."""

    mention = models.ForeignKey(Mention, models.CASCADE, related_name="quotes")
    field = models.CharField(max_length=30)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["mention", "field", "start", "end"], name="quote_once_per_mention"),
            models.CheckConstraint(name="quote_is_not_empty", condition=Q(end__gt=models.F("start"))),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.text[:60]}"
