"""Days and figures in the templates of the desk."""

from __future__ import annotations

from django import template

from incidents.admin import words
from incidents.models import Incident, Mention

register = template.Library()


@register.filter
def days(record: Incident | Mention) -> str:
    return words.days(record)


@register.filter
def figures(record: Incident | Mention, figure: str) -> str:
    return words.figures(record, figure)


@register.filter
def is_web_address(address: str | None) -> bool:
    """Whether it may stand in a link: anything else could be a script."""
    return bool(address) and str(address).lower().startswith(("http://", "https://"))
