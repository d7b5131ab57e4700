"""A query with a name, for reports and embeds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SavedMap(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    query = models.TextField(blank=True, help_text=_("The query string of the map, as in the explorer's address."))
    view = models.CharField(
        max_length=60, blank=True, help_text=_("latitude,longitude,zoom; empty fits the incidents.")
    )
    release = models.ForeignKey(
        "incidents.Release",
        models.PROTECT,
        null=True,
        blank=True,
        help_text=_("Pinned to a release, its figures never move."),
    )
    frame_ancestors = models.TextField(
        blank=True, help_text=_("Origins that may frame it, separated by spaces; empty for the site's default.")
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("incidents:embed-saved", args=[self.slug])
