"""Who acts and who suffers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from incidents.extraction.types import ActorRole
from incidents.models.fields import choices, ordered_constraint


class Actor(models.Model):
    class Kind(models.TextChoices):
        STATE_FORCES = "state-forces", _("state forces")
        REBEL_GROUP = "rebel-group", _("rebel group")
        POLITICAL_MILITIA = "political-militia", _("political militia")
        IDENTITY_MILITIA = "identity-militia", _("identity militia")
        RIOTERS = "rioters", _("rioters")
        PROTESTERS = "protesters", _("protesters")
        CIVILIANS = "civilians", _("civilians")
        EXTERNAL_FORCES = "external-forces", _("external forces")
        UNKNOWN = "unknown", _("unknown")

    name = models.CharField(max_length=200, unique=True)
    aliases = models.JSONField(default=list, blank=True, help_text=_("Other names, a list."))
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.UNKNOWN)
    country = models.CharField(max_length=2, blank=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="branches")
    year_start = models.SmallIntegerField(null=True, blank=True)
    year_end = models.SmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [ordered_constraint("actor_years_in_order", "year_start", "year_end")]

    def __str__(self) -> str:
        return self.name


class IncidentActor(models.Model):
    """An actor's part in an incident, and who says so."""

    Role = ActorRole

    incident = models.ForeignKey("incidents.Incident", models.CASCADE, related_name="roles")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=choices(ActorRole))
    says = models.CharField(_("according to"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["incident", "actor", "role"], name="actor_has_a_role_once")]

    def __str__(self) -> str:
        return f"{self.actor} ({self.role})"
