"""Places that a bracket explains, as records of conflicts write them: "Jilib (Jilib, Middle Juba)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from incidents.extraction.types import PlaceName

# "Salamanca (Guanajuato)", "the town of Bama (Bama, Borno)".
_BRACKET = re.compile(
    r"(?:\s(?:town|city|village|camp|area|district|island|county|market|junction))?\s?\((?P<rest>[^()]{2,80})\)"
)


def glosses(text: str, names: Sequence[PlaceName]) -> tuple[set[int], set[int]]:
    """The names in brackets that say where the one before lies, and those that are explained so: "Jilib (Jilib, Middle
    Juba)", "Salamanca (Guanajuato)"."""
    glosses: set[int] = set()
    explained: set[int] = set()
    host = end = -1
    for number, name in enumerate(names):
        if name.start < end:
            glosses.add(number)
        elif (
            host >= 0
            and (bracket := _BRACKET.match(text, names[host].end))
            and bracket["rest"].find(text[name.start : name.end]) == 0
        ):
            explained.add(host)
            glosses.add(number)
            end = bracket.end("rest")
        else:
            host, end = number, -1
    return glosses, explained
