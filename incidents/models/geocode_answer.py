"""What a geocoding provider answered: asked once for each name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class GeocodeAnswer(models.Model):
    """The places that `provider` gave for a folded name; a null `answer` says that it knows none."""

    provider = models.CharField(max_length=300)
    query = models.CharField(max_length=200)
    answer = models.JSONField(null=True, blank=True, help_text=_("Places, best first; nothing where it knows none."))
    fetched_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "query"], name="geocode_answer_once_per_name")]

    def __str__(self) -> str:
        return f"{self.query}, by {self.provider}"
