"""Places that a bracket explains, as records of conflicts write them: "Jilib (Jilib, Middle Juba)", "Salamanca
(Guanajuato)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from incidents.extraction.types import PlaceName

# Behind a name: "the town of Bama (Bama, Borno)", "Monguno town (Monguno, Borno)".
_BRACKET = re.compile(
    r"(?:\s(?:town|city|village|camp|area|district|island|county|market|junction))?\s?\((?P<inside>[^()]{2,80})\)"
)


def glosses(text: str, names: Sequence[PlaceName]) -> tuple[set[int], set[int]]:
    """Of the names, in text order, the numbers of those in brackets that open with a name, and of those explained so."""
    inside: set[int] = set()
    explained: set[int] = set()
    host: int | None = None
    end = -1
    for number, name in enumerate(names):
        bracket = _BRACKET.match(text, names[host].end) if host is not None and name.start >= end else None
        if host is not None and bracket is not None and bracket.start("inside") == name.start:
            explained.add(host)
            end = bracket.end("inside")
        if name.start < end:
            inside.add(number)
        else:
            host = number
    return inside, explained
