"""The app, and the admin site it replaces Django's with."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class IncidentsConfig(AppConfig):
    name = "incidents"
    verbose_name = "Incident Atlas"

    def ready(self) -> None:
        from incidents import checks  # noqa: F401  (registers the system checks)
        from incidents.workflows import search
        from incidents.workflows.columns import schedule
        from incidents.workflows.publish import published_changed

        published_changed.connect(lambda **_: schedule(), dispatch_uid="columns", weak=False)
        search.follow()


class AdminConfig(DjangoAdminConfig):
    default_site = "incidents.admin_site.AtlasAdminSite"
