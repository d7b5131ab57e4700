"""Every model, each in a file of its own with its queryset."""

from incidents.models.actor import Actor, IncidentActor
from incidents.models.article import Article, Source
from incidents.models.geocode_answer import GeocodeAnswer
from incidents.models.incident import Incident
from incidents.models.mention import Mention, Quote
from incidents.models.place import LocalPlace
from incidents.models.proposal import Proposal
from incidents.models.release import Release
from incidents.models.review import Review
from incidents.models.saved_map import SavedMap
from incidents.models.search_text import SearchText

__all__ = [
    "Actor",
    "Article",
    "GeocodeAnswer",
    "Incident",
    "IncidentActor",
    "LocalPlace",
    "Mention",
    "Proposal",
    "Quote",
    "Release",
    "Review",
    "SavedMap",
    "SearchText",
    "Source",
]
