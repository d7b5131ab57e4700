"""The quoted words in their sentences: enough to judge a field by, never the article again.

Each field is shown in one sentence, and as few sentences as cover all fields are quoted.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from incidents.extraction.kinds import Kind
from incidents.models import Incident, Quote

# A sentence longer than this is cut around its quoted words; newspapers seldom write one.
LONGEST = 360
# Kept on each side of the quoted words where a long sentence is cut.
MARGIN = 60
# Behind a small letter, a figure, a bracket or a quotation mark: "U.S. forces" goes on.
_END = re.compile(r"(?<=[a-z0-9)\]%”\"’'])[.!?][”\"’']?\s+(?=[\"“‘'(]?[A-Z0-9])|\n+")
_ABBREVIATED = re.compile(r"(?:\b(?:Gen|Col|Maj|Capt|Lt|Sgt|Mr|Mrs|Ms|Dr|St|No|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec))$")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; `fields` are those it stands behind, none for the words between."""

    text: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted sentence; `fields` are all its parts' fields, each once, in the order of the text."""

    parts: tuple[Part, ...]
    fields: tuple[str, ...]


def passages(text: str, quotes: Iterable[Quote]) -> list[Passage]:
    """The sentences of `text` that together hold a quote of every field, in the order of the text.

    Linear in the text for each call; quotes that do not lie in the text are left out.
    """
    inside = sorted((quote for quote in quotes if quote.end <= len(text)), key=lambda quote: (quote.start, quote.end))
    by_sentence: dict[tuple[int, int], list[Quote]] = {}
    bounds = list(_sentences(text))
    for quote in inside:
        sentence = next(((start, end) for start, end in bounds if start <= quote.start < end), None)
        if sentence:
            by_sentence.setdefault(sentence, []).append(quote)
    return [_passage(text, sentence, by_sentence[sentence]) for sentence in _fewest(by_sentence)]


def unquoted(incident: Incident) -> frozenset[str]:
    """Fields that are stated but stand in no quoted words: a moderator read them, or the day is that of the article."""
    stated = {
        "kind": incident.kind != Kind.UNKNOWN,
        "date": incident.date_start or incident.date_end,
        "place": incident.public_place_name,
        "killed": (incident.killed_low, incident.killed_best, incident.killed_high) != (None, None, None),
        "wounded": (incident.wounded_low, incident.wounded_best, incident.wounded_high) != (None, None, None),
    }
    quoted = {quote.field for mention in incident.mentions.all() for quote in mention.quotes.all()}
    return frozenset(field for field, known in stated.items() if known) - quoted


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATED.search(text, max(start, match.start() - 6), match.start()):
            continue
        end = match.start() + len(match.group().rstrip())
        if end > start:
            yield start, end
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _fewest(by_sentence: dict[tuple[int, int], list[Quote]]) -> list[tuple[int, int]]:
    """Greedy cover of the fields: the sentence that adds most comes first, the earlier one at a tie."""
    missing = {quote.field for quotes in by_sentence.values() for quote in quotes}
    chosen = []
    while missing:
        best = max(by_sentence, key=lambda sentence: len(missing & {quote.field for quote in by_sentence[sentence]}))
        chosen.append(best)
        missing -= {quote.field for quote in by_sentence[best]}
    return sorted(chosen)


def _passage(text: str, sentence: tuple[int, int], quotes: list[Quote]) -> Passage:
    start, end = _cut(sentence, quotes)
    edges = sorted({start, end, *(min(max(edge, start), end) for quote in quotes for edge in (quote.start, quote.end))})
    parts = []
    for left, right in itertools.pairwise(edges):
        behind = tuple(dict.fromkeys(quote.field for quote in quotes if quote.start <= left and right <= quote.end))
        parts.append(Part(text[left:right], behind))
    if start > sentence[0]:
        parts.insert(0, Part("… ", ()))
    if end < sentence[1]:
        parts.append(Part(" …", ()))
    return Passage(tuple(parts), tuple(dict.fromkeys(quote.field for quote in quotes)))


def _cut(sentence: tuple[int, int], quotes: list[Quote]) -> tuple[int, int]:
    """The sentence, or of a long one what lies around its quoted words, no more than LONGEST characters."""
    start, end = sentence
    if end - start <= LONGEST:
        return sentence
    start = max(start, quotes[0].start - MARGIN)
    return start, min(end, max(quote.end for quote in quotes) + MARGIN, start + LONGEST)
