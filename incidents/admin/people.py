"""Who acts and who suffers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import DeskAdmin
from incidents.admin.lines import LinesField
from incidents.models import Actor, IncidentActor


class ActorForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    aliases = LinesField(label=_("Other names"))

    class Meta:
        model = Actor
        fields = ["name", "aliases", "kind", "country", "parent", "year_start", "year_end"]

    def clean(self) -> dict[str, Any] | None:
        """An actor is no branch of itself, however long the line."""
        cleaned = super().clean()
        above = self.cleaned_data.get("parent")
        seen = {self.instance.pk} - {None}
        while above is not None and above.pk not in seen:
            seen.add(above.pk)
            above = above.parent
        if above is not None:
            self.add_error("parent", _("This would make the actor a branch of itself."))
        return cleaned


@admin.register(Actor)
class ActorAdmin(DeskAdmin):
    form = ActorForm
    fields = [("name", "kind"), "aliases", ("country", "parent"), ("year_start", "year_end")]
    list_display = ["name", "kind", "country", "parent", "years", "incident_count"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "aliases"]
    autocomplete_fields = ["parent"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Actor]:
        roles = IncidentActor.objects.filter(actor=OuterRef("pk")).order_by().values("actor")
        count = roles.annotate(n=Count("incident", distinct=True)).values("n")
        actors: QuerySet[Actor] = super().get_queryset(request)
        return actors.annotate(incident_count=Coalesce(Subquery(count), 0))

    @admin.display(description=_("incidents"), ordering="incident_count")
    def incident_count(self, actor: Any) -> int:
        return int(actor.incident_count)

    @admin.display(description=_("years"), ordering="year_start")
    def years(self, actor: Actor) -> str:
        if actor.year_start is None and actor.year_end is None:
            return ""
        return f"{actor.year_start or ''}\N{EN DASH}{actor.year_end or ''}"
