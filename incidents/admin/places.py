"""Places that moderators add: on a map with what the packaged gazetteer has, and with what each would change."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from incidents.admin.base import DeskAdmin
from incidents.admin.place_find import Rights, by_name, in_box
from incidents.admin.place_form import ASKED_AT_ONCE, MOVE, LocalPlaceForm
from incidents.admin.place_map import map_config
from incidents.admin.place_preview import shown
from incidents.gazetteer.errors import GazetteerMissing
from incidents.models import LocalPlace
from incidents.workflows.place_changes import Kept, keep_place


@admin.register(LocalPlace)
class LocalPlaceAdmin(DeskAdmin):
    form = LocalPlaceForm
    change_form_template = "admin/incidents/localplace/change_form.html"
    change_list_template = "admin/incidents/localplace/change_list.html"
    fieldsets = [
        (None, {"fields": ["name", "aliases", ("level", "country", "province")]}),
        (_("Position"), {"fields": [("latitude", "longitude", "radius_m"), "geonames_id", "note"]}),
    ]
    list_display = ["name", "other_names", "level", "country", "province", "position", "added_by", "added_at"]
    list_filter = ["level", "added_at"]
    list_select_related = ["added_by"]
    search_fields = ["name", "aliases", "province", "=country"]

    class Media:
        css = {"all": ["vendor/leaflet/leaflet.css", "css/outline.css", "css/desk-map.css", "css/desk-places.css"]}

    @admin.display(description=_("other names"))
    def other_names(self, place: LocalPlace) -> str:
        return ", ".join(map(str, place.aliases[:4]))

    @admin.display(description=_("position"))
    def position(self, place: LocalPlace) -> str:
        return f"{place.latitude:.4f}, {place.longitude:.4f} (± {place.radius_m:,} m)"

    # The map over the list

    def get_urls(self) -> list[URLPattern]:
        find = self.admin_site.admin_view(require_safe(self.find_view))
        return [path("find/", find, name="incidents_localplace_find"), *super().get_urls()]

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """?q=NAME (or a position), or ?box=SOUTH,WEST,NORTH,EAST; latitude before longitude.

        What is wrong with something typed is an answer, not a failed request: the page shows it.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        rights = self._rights(request)
        asked_by_map = "box" in request.GET
        try:
            if asked_by_map:
                return JsonResponse(in_box(request.GET["box"], rights))
            return JsonResponse(by_name(request.GET.get("q", ""), rights))
        except GazetteerMissing as error:
            return JsonResponse({"places": [], "error": str(error)}, status=503)
        except ValueError as error:
            return JsonResponse({"places": [], "error": str(error)}, status=400 if asked_by_map else 200)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(
            request, {"title": gettext("Local places"), "map_config": map_config(request), **(extra_context or {})}
        )

    def _rights(self, request: HttpRequest) -> Rights:
        return Rights(self.has_add_permission(request), self.has_change_permission(request))

    # The form

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        form = context["adminform"].form
        may_save = self.has_change_permission(request, obj) if change else self.has_add_permission(request)
        context |= {"map_config": map_config(request), "may_save": may_save, "only_asked": form.only_asked}
        if form.only_asked:
            context["errors"] = []
        if may_save and (asked := self._asked(request, form, obj)).changes is not None:
            ticked = request.POST.getlist(MOVE)
            context |= shown(LocalPlace(**_fields(asked)), asked.changes, ticked)
            context["may_move"] = request.user.has_perm("incidents.change_incident")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _asked(self, request: HttpRequest, form: LocalPlaceForm, place: LocalPlace | None) -> LocalPlaceForm:
        """The form itself, or for an address with ?preview= one that is filled from it."""
        if request.method == "POST" or ASKED_AT_ONCE not in request.GET:
            return form
        filled = cast(
            "LocalPlaceForm", self.get_form(request, place, change=place is not None)(request.GET, instance=place)
        )
        filled.full_clean()
        return filled

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        user = cast("User", request.user)
        if not change:
            obj.added_by = user
        move = form.moves if user.has_perm("incidents.change_incident") else {}
        self._say(request, keep_place(place=obj, by=user, move=move))

    def _say(self, request: HttpRequest, kept: Kept) -> None:
        if kept.moved:
            moved = ngettext("%(n)s candidate was moved there.", "%(n)s candidates were moved there.", len(kept.moved))
            messages.success(request, moved % {"n": len(kept.moved)})
        for incident, why in kept.refused:
            link = reverse("admin:incidents_incident_change", args=[incident.pk])
            messages.warning(
                request, format_html('<a href="{}">{}</a>: {} {}', link, incident, gettext("not moved."), why)
            )


def _fields(form: LocalPlaceForm) -> dict[str, Any]:
    """What was cleaned; an error of the whole form leaves it whole."""
    return {name: form.cleaned_data[name] for name in form._meta.fields or ()}
