"""The moderators' desk: Django's admin under our name."""

from django.contrib.admin import AdminSite


class AtlasAdminSite(AdminSite):
    site_header = "Incident Atlas"
    site_title = "Incident Atlas"
    index_title = "What waits"
