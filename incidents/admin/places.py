"""Places that moderators add, on a map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import DeskAdmin
from incidents.admin.lines import LinesField
from incidents.admin.place_map import map_config
from incidents.models import LocalPlace


class LocalPlaceForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    aliases = LinesField(label=_("Other names and spellings"))

    class Meta:
        model = LocalPlace
        fields = [
            *("name", "aliases", "level", "country", "province"),
            *("latitude", "longitude", "radius_m", "geonames_id", "note"),
        ]
        labels = {"radius_m": _("Radius in metres"), "geonames_id": _("GeoNames number")}
        help_texts = {"country": _("ISO code, such as IQ.")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("latitude", "longitude"):
            if name in self.fields:
                self.fields[name].widget.attrs["step"] = "any"


@admin.register(LocalPlace)
class LocalPlaceAdmin(DeskAdmin):
    form = LocalPlaceForm
    change_form_template = "admin/incidents/localplace/change_form.html"
    fieldsets = [
        (None, {"fields": ["name", "aliases", ("level", "country", "province")]}),
        (_("Position"), {"fields": [("latitude", "longitude", "radius_m"), "geonames_id", "note"]}),
    ]
    list_display = ["name", "other_names", "level", "country", "province", "position", "added_by", "added_at"]
    list_filter = ["level", "added_at"]
    list_select_related = ["added_by"]
    search_fields = ["name", "aliases", "province", "=country"]

    class Media:
        css = {"all": ["vendor/leaflet/leaflet.css", "css/desk-map.css"]}

    @admin.display(description=_("other names"))
    def other_names(self, place: LocalPlace) -> str:
        return ", ".join(map(str, place.aliases[:4]))

    @admin.display(description=_("position"))
    def position(self, place: LocalPlace) -> str:
        return f"{place.latitude:.4f}, {place.longitude:.4f} (± {place.radius_m:,} m)"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"map_config": map_config(), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.added_by = request.user
        super().save_model(request, obj, form, change)
