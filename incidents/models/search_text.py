"""The words by which the public finds an incident."""

from __future__ import annotations

from django.db import models

from incidents.models.incident import Incident


class SearchText(models.Model):
    """Of a published incident the folded words (incidents/query/tokens.py), each once, with single spaces between.

    A full-text index of the database lies over it (migration 0004): an FTS5 table that triggers keep in step on SQLite,
    a GIN index on PostgreSQL. incidents.workflows.search keeps the rows in step with the incidents.
    """

    incident = models.OneToOneField(Incident, models.CASCADE, primary_key=True, related_name="+")
    words = models.TextField()

    def __str__(self) -> str:
        return self.words
