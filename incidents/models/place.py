"""Places that moderators add; they win over the packaged gazetteer."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from incidents.gazetteer.types import Level
from incidents.models.fields import choices


class LocalPlace(models.Model):
    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list, blank=True, help_text=_("Other names and spellings, a list."))
    latitude = models.FloatField(validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(validators=[MinValueValidator(-180), MaxValueValidator(180)])
    level = models.CharField(max_length=15, choices=choices(Level))
    radius_m = models.PositiveIntegerField()
    country = models.CharField(max_length=2, blank=True)
    province = models.CharField(max_length=200, blank=True)
    geonames_id = models.PositiveIntegerField(null=True, blank=True)
    note = models.TextField(blank=True, help_text=_("Where the position comes from."))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="local_place_on_the_globe",
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            )
        ]

    def __str__(self) -> str:
        return self.name
