"""The one place that writes GeoJSON (RFC 7946), and so the one place where longitude comes first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from incidents.models import Incident
from incidents.publishing.tables import properties

MEDIA_TYPE = "application/geo+json"


def feature(incident: Incident, address: Callable[[str], str]) -> dict[str, Any]:
    """An incident without a point has a null geometry: it is counted, and no map draws it."""
    placed = incident.public_longitude is not None and incident.public_latitude is not None
    return {
        "type": "Feature",
        "id": incident.code,
        "geometry": {"type": "Point", "coordinates": [incident.public_longitude, incident.public_latitude]}
        if placed
        else None,
        "properties": properties(incident) | {"url": address(incident.get_absolute_url())},
    }


def feature_collection(incidents: Iterable[Incident], address: Callable[[str], str], **about: str) -> Iterator[str]:
    """A collection in pieces, a feature at a time; `about` becomes members of the collection."""
    head = json.dumps({"type": "FeatureCollection", **about}, ensure_ascii=False)
    yield head[:-1] + ', "features": ['
    separator = "\n"
    for incident in incidents:
        yield separator + json.dumps(feature(incident, address), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"
