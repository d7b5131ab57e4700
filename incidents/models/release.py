"""A state of the published set that never changes again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Release(models.Model):
    number = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    files = models.JSONField(default=list, blank=True, help_text=_("Each: name, format, bytes, sha256."))
    citation = models.TextField(blank=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Release {self.number} ({self.made_at:%Y-%m-%d}, {self.rows} incidents)"
