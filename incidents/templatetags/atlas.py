"""What templates say of an incident: its date, place and figures in words, its symbol, links that are safe to print."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from incidents.extraction.kinds import Family
from incidents.maps.symbols import SHAPES
from incidents.models import Incident
from incidents.publishing import public, tables, wording
from incidents.publishing.timeline import Timeline
from incidents.query import Query, labels

register = template.Library()
register.filter("when", wording.when)
register.filter("where", wording.where)
register.filter("within", wording.within)
register.filter("far", wording.far)
register.filter("killed", wording.killed)
register.filter("wounded", wording.wounded)
register.filter("toll", wording.toll)
register.filter("language", wording.language)
register.filter("place", public.place)
register.filter("kind_label", labels.kind)
register.filter("word", labels.word)
register.filter("web_address", public.web_address)

# The Admiralty scale: up to here an incident is drawn solid.
_BELIEVED = Incident.Credibility.PROBABLE


@register.filter
def sources_count(incident: Incident) -> str:
    """Independent sources in words; needs the mentions prefetched."""
    return wording.sources(len(tables.source_names(incident)))


@register.simple_tag
def symbol(family: str, credibility: int = Incident.Credibility.CONFIRMED) -> SafeString:
    """The family's symbol, hollow unless the incident is held to be true. Decoration: words beside it say the same."""
    return format_html(
        '<svg class="symbol family-{}{}" viewBox="-11 -11 22 22" aria-hidden="true"><path d="{}"/></svg>',
        family,
        "" if credibility <= _BELIEVED else " hollow",
        SHAPES[Family(family)],
    )


@register.simple_tag
def symbol_of(incident: Incident) -> SafeString:
    return symbol(str(incident.kind_enum.family), incident.credibility)


@register.simple_tag
def bars(drawn: Timeline) -> SafeString:
    """The rectangles of the histogram in per cent of its box: what the query leaves out in grey, over it each family.

    Written at once: two hundred rectangles of a template take 5 ms.
    """
    boxes = []
    for bin_ in drawn.bins:
        across = f'x="{bin_.x}%" width="{bin_.width}%"'
        if bin_.ghost:
            boxes.append(f'<rect class="ghost" {across} y="{bin_.ghost_y}%" height="{bin_.ghost}%"/>')
        for part in bin_.segments:
            fill = f' fill="url(#hatch-{part.family})"' if part.hatched else ""
            boxes.append(f'<rect class="family-{part.family}" {across} y="{part.y}%" height="{part.height}%"{fill}/>')
    return mark_safe("".join(boxes))  # noqa: S308 (numbers and the names of our families)


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """The page's query string with some fields changed: `?...`. Field names are those of Query."""
    query: Query = context["query"]
    return f"?{query.changed(**changes).to_params()}"
