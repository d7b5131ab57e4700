"""What of one incident the public may see, beside the columns that are public as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from incidents.query.countries import country_name
from incidents.query.filters import COUNTRY_SHOWN, PROVINCE_SHOWN

if TYPE_CHECKING:
    from incidents.models import Article, Incident


def place(incident: Incident) -> str:
    """The place's public name; a country's in full."""
    return country_name(incident.public_place_name)


def province(incident: Incident) -> str:
    """Empty where the public place is coarser than a province."""
    return incident.province if incident.public_place_precision in PROVINCE_SHOWN else ""


def country(incident: Incident) -> str:
    """The code; empty where even the country is not known or not public."""
    return incident.country if incident.public_place_precision in COUNTRY_SHOWN else ""


def shows_words(incident: Incident) -> bool:
    """Whether its sources' words may be quoted: where the place is capped, they would name it."""
    return not incident.public_precision


def web_address(url: str | None) -> str:
    """The address when it is one of the web's, else "": a link made of anything else could run a script."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return (url or "") if parts.scheme in {"http", "https"} and parts.hostname else ""


def standing(article: Article) -> str:
    """Where the article can be read, the original first."""
    return web_address(article.url) or web_address(article.archive_url)
