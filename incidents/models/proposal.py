"""Which incidents a moderator should compare: kept for lists, recomputed with every change of either."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Proposal(models.Model):
    """`other` may be the same as `incident`. Every pair has two rows, one from each side, with the same score."""

    incident = models.ForeignKey("incidents.Incident", models.CASCADE, related_name="proposals")
    other = models.ForeignKey("incidents.Incident", models.CASCADE, related_name="+")
    score = models.FloatField(help_text=_("How likely both are one, 0 to 1."))
    reasons = models.JSONField(default=list, help_text=_("What they share, in words."))

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "other"], name="proposal_once_per_pair"),
            models.CheckConstraint(
                name="proposal_is_of_two_incidents", condition=~models.Q(incident=models.F("other"))
            ),
        ]
        # Each row of the queue asks for its likeliest one.
        indexes = [models.Index(fields=["incident", "-score"], name="proposal_likeliest")]

    def __str__(self) -> str:
        return f"{self.incident} / {self.other}: {self.score:.2f}"
