"""The moderators' desk. Django's autodiscovery imports this package, which registers everything below."""

from incidents.admin import articles, findings, incidents, people, places, releases

__all__ = ["articles", "findings", "incidents", "people", "places", "releases"]
