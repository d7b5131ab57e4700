"""A moderator's work on a candidate: the claim, the decision, the time it took."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A coffee break: long enough to check a source, short enough that a closed laptop blocks nobody for the day.
CLAIM_TIMEOUT = timedelta(minutes=20)


class ReviewQuerySet(models.QuerySet["Review"]):
    def open_claims(self) -> Self:
        """Somebody looks at it now."""
        return self.filter(decision="", claimed_at__gt=timezone.now() - CLAIM_TIMEOUT)

    def decided(self) -> Self:
        return self.exclude(decision="")


class Review(models.Model):
    class Decision(models.TextChoices):
        PUBLISH = "publish", _("publish")
        REJECT = "reject", _("reject")
        CORRECT = "correct", _("correct")
        MERGE = "merge", _("merge")
        SPLIT = "split", _("split")
        UNDO = "undo", _("undo")

    incident = models.ForeignKey("incidents.Incident", models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews")
    claimed_at = models.DateTimeField(default=timezone.now)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True, help_text=_("From the claim to the decision."))
    changes = models.JSONField(
        default=dict, blank=True, help_text=_("What the moderator changed: {field: [extracted, corrected]}.")
    )
    undo = models.JSONField(default=dict, blank=True, help_text=_("What it takes to take the decision back."))

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-claimed_at"]
        constraints = [
            models.CheckConstraint(
                name="review_decision_has_a_time", condition=Q(decision="") | Q(decided_at__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["incident", "reviewer"], condition=Q(decision=""), name="review_one_open_claim_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display() or _('claim')}: {self.incident}"
