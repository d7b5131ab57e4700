"""Entries of a register of incidents: "3 May 2017: (S12) Example village, Example province". A day, a number, a place.

Such a line says that something happened there and leaves to its register what: the kind is unknown.
"""

from __future__ import annotations

import re
from datetime import date

from incidents.extraction.dates import find_times
from incidents.extraction.geometry import FINENESS
from incidents.extraction.lexicon import Strength
from incidents.extraction.linking import Places
from incidents.extraction.mentions import Mention, make
from incidents.extraction.modality import Status, Verdict
from incidents.extraction.syntax import Tree
from incidents.extraction.triggers import Trigger
from incidents.extraction.types import TimePrecision
from incidents.language.types import Document

_ENTRY = re.compile(r"\s{0,9}(?P<day>[^:\n(]{4,40}):\s{0,3}[(\[#]\s?(?:[A-Z]{0,4}[-. ]?\d{1,6}[a-z]?)\b")
# What a numbered line tells: as surely as the place of a label.
_LINK = 2.0


def find_entry(document: Document, tree: Tree, places: Places, published: date | None) -> list[Mention]:
    """The one mention of a text that is such an entry; none for any other text."""
    match = _ENTRY.match(document.text)
    numbers = sorted(number for numbers in places.by_sentence.values() for number in numbers)
    if match is None or not numbers:
        return []
    days = [
        time
        for time in find_times(document, published=published)
        if time.end <= match.end("day") and time.when.precision is TimePrecision.DAY
    ]
    if not days:
        return []
    trigger = Trigger(tree.token_at(match.end() - 1), None, Strength.WEAK, verb=False)
    mention = make(tree, [trigger], places, headline=True, alone=True)
    mention.verdict = Verdict(Status.NEW)
    mention.times = tuple(days)
    mention.place, mention.link = (
        max(numbers, key=lambda number: (FINENESS[places.names[number].precision], -number)),
        _LINK,
    )
    return [mention]
