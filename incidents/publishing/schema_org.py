"""An incident for search engines: schema.org's Event as JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from incidents.publishing import public

if TYPE_CHECKING:
    from incidents.models import Incident

# Inside a script element only these could end it or open a comment (as in Django's json_script).
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def event(incident: Incident, url: str) -> SafeString:
    """JSON-LD, escaped for a script element. Needs the mentions with their articles and sources prefetched."""
    place: dict[str, Any] = {"@type": "Place", "name": public.place(incident)}
    if incident.public_latitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": incident.public_latitude,
            "longitude": incident.public_longitude,
        }
    if code := public.country(incident):
        place["address"] = {"@type": "PostalAddress", "addressCountry": code}
    facts = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "identifier": incident.code,
        "name": incident.title,
        "description": incident.summary,
        "startDate": incident.date_start and incident.date_start.isoformat(),
        "endDate": incident.date_end and incident.date_end.isoformat(),
        "location": place if place["name"] else None,
        "subjectOf": [_article(mention.article) for mention in incident.mentions.all()],
    }
    given = {key: value for key, value in facts.items() if value}
    return mark_safe(json.dumps(given, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308  (escaped just here)


def _article(article: Any) -> dict[str, Any]:
    facts = {
        "@type": "NewsArticle",
        "headline": article.title,
        "url": public.standing(article),
        "datePublished": article.published_at and article.published_at.isoformat(),
        "publisher": article.source and {"@type": "Organization", "name": article.source.name},
    }
    return {key: value for key, value in facts.items() if value}
