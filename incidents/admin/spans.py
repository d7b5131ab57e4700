"""An article's text as HTML in which the quoted words are marked, each in the colour of its field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy, ngettext

# A longer text is shown around its quotes only: a moderator reads those, and a browser lays out 2 MB in seconds.
WHOLE_TEXT_CHARS = 40_000
AROUND_QUOTE_CHARS = 3_000

# Colour of a field (a class in desk.css) and what the legend calls it.
COLOURS = {
    "kind": gettext_lazy("kind"),
    "date": gettext_lazy("date"),
    "place": gettext_lazy("place"),
    "weapon": gettext_lazy("weapon"),
    "killed": gettext_lazy("killed"),
    "wounded": gettext_lazy("wounded"),
    "perpetrator": gettext_lazy("who did it"),
    "target": gettext_lazy("target or victim"),
    "other": gettext_lazy("other"),
}
_COLOUR_OF = {
    "alleged-perpetrator": "perpetrator",
    "claimed-by": "perpetrator",
    "victim": "target",
}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of the text stand behind `field` (a Quote's)."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text and the fields it stands behind, those that began first outermost."""

    start: int
    end: int
    fields: tuple[str, ...]


def colour(field: str) -> str:
    """The colour a field is marked in, always one of COLOURS."""
    name = _COLOUR_OF.get(field, field)
    return name if name in COLOURS else "other"


def segments(length: int, spans: Iterable[Span]) -> Iterator[Segment]:
    """Cut 0 to `length` at every border of a span, in order and without a gap. Spans may overlap; what lies outside is cut off."""
    inside = [Span(span.field, max(span.start, 0), min(span.end, length)) for span in spans]
    inside = sorted({span for span in inside if span.start < span.end}, key=lambda span: (span.start, -span.end))
    borders = sorted({0, length, *(span.start for span in inside), *(span.end for span in inside)})
    upcoming = iter(inside)
    following = next(upcoming, None)
    active: list[Span] = []
    for start, end in pairwise(borders):
        active = [span for span in active if span.end > start]
        while following is not None and following.start <= start:
            active.append(following)
            following = next(upcoming, None)
        yield Segment(start, end, tuple(dict.fromkeys(span.field for span in active)))


def highlighted(text: str, spans: Iterable[Span]) -> SafeString:
    """`text` as safe HTML, its spans in <mark> elements nested where they overlap. Linear in the text's length."""
    spans = list(spans)
    windows = _windows(len(text), spans)
    pieces: list[str] = []
    shown_to = 0
    for start, end in windows:
        pieces.append(_gap(start - shown_to))
        inside = [Span(span.field, span.start - start, span.end - start) for span in spans]
        pieces.extend(_marked(text[start:end], segment) for segment in segments(end - start, inside))
        shown_to = end
    pieces.append(_gap(len(text) - shown_to))
    return mark_safe("".join(pieces))  # noqa: S308  (every piece is escaped in _marked and _gap)


def _marked(text: str, segment: Segment) -> str:
    html = escape(text[segment.start : segment.end])
    for name in reversed(dict.fromkeys(colour(field) for field in segment.fields)):
        html = format_html(
            '<mark class="quote quote-{}" data-quote="{}" title="{}">{}</mark>', name, name, COLOURS[name], html
        )
    return html


def _gap(characters: int) -> str:
    if characters <= 0:
        return ""
    words = ngettext("%(n)s character left out", "%(n)s characters left out", characters) % {"n": f"{characters:,}"}
    return format_html('<span class="quote-gap">[… {} …]</span>', words)


def _windows(length: int, spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The parts of the text that are shown: all of a short one, else its beginning and what surrounds the quotes."""
    if length <= WHOLE_TEXT_CHARS:
        return [(0, length)]
    around = sorted(
        (max(span.start - AROUND_QUOTE_CHARS, 0), min(span.end + AROUND_QUOTE_CHARS, length))
        for span in spans
        if 0 <= span.start < span.end <= length
    )
    windows = [(0, AROUND_QUOTE_CHARS)]
    for start, end in around:
        if start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    return windows


def legend(spans: Iterable[Span]) -> list[tuple[str, str]]:
    """Colour and name of every field among the spans, in the order of COLOURS."""
    present = {colour(span.field) for span in spans}
    return [(name, str(label)) for name, label in COLOURS.items() if name in present]
