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


class AtlasAdminSite(AdminSite):
    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = _("What waits")

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
