"""The moderators' desk: Django's admin under our name, with what waits on its first page.

Outside the package `admin`: importing that registers the models, which needs this site to stand already.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

# In the order of a moderator's day; what is not named follows by name.
_ORDER = ("Incident", "Article", "Source", "Actor", "LocalPlace", "Review", "Mention", "SavedMap", "Release")


class AtlasAdminSite(AdminSite):
    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = _("What waits")
    # The lists need the width; the models stand in the header instead.
    enable_nav_sidebar = False

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=_rank)
        return apps

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        # The models are not loaded yet when Django makes the site.
        from incidents.admin import desk

        figures: dict[str, Any] = {}
        if request.user.has_perm("incidents.view_incident"):
            figures = {
                "waiting": desk.waiting(),
                "claims": desk.claims(),
                "decisions": desk.decisions_today(),
                "reasons": desk.rejection_reasons(),
                "corrected": desk.corrected_fields(),
                "by_kind": desk.precision_by_kind(),
                "by_source": desk.precision_by_source(),
                "look_back_days": desk.LOOK_BACK.days,
            }
        return super().index(request, {**figures, **(extra_context or {})})


def _rank(model: Any) -> int:
    name = model["object_name"]
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)
