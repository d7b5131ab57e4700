"""Which stored articles mention a name at all, as the place of an incident or not."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

from incidents.models import Article
from incidents.query.folding import patterns

# The newest of them are looked through, until the time is up.
MOST_READ = 5_000
MOST_SECONDS = 1.5
MOST_SHOWN = 20
_EACH_SIDE = 60
_CHUNK = 100


@dataclass(frozen=True, slots=True)
class Naming:
    """One article, the first words in it that are the name, and what stands on both sides of them."""

    article: Article
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Named:
    """`read` articles were looked through, the newest first; `stopped` when there are more."""

    articles: list[Naming]
    read: int
    stopped: bool


def articles_naming(names: Sequence[str], *, most_read: int = MOST_READ, most_seconds: float = MOST_SECONDS) -> Named:
    """Articles with one of the names in their text, however it is accented or hyphenated. One query."""
    wanted = [pattern for name in names if (pattern := _pattern(name))]
    if not wanted:
        return Named([], 0, stopped=False)
    searched = re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)", re.IGNORECASE)
    until = time.monotonic() + most_seconds
    found: list[Naming] = []
    read = 0
    newest = Article.objects.only("title", "url", "published_at", "text").order_by("-published_at", "-pk")
    for article in newest[: most_read + 1].iterator(chunk_size=_CHUNK):
        if len(found) == MOST_SHOWN or read == most_read or time.monotonic() > until:
            return Named(found, read, stopped=True)
        read += 1
        if match := searched.search(article.text):
            found.append(_naming(article, match))
    return Named(found, read, stopped=False)


def _pattern(name: str) -> str:
    """The words of a name with anything between them that is no letter."""
    return r"[\W_]+".join(patterns(re.sub(r"[\W_]+", " ", name)))


def _naming(article: Article, match: re.Match[str]) -> Naming:
    text, start, end = article.text, match.start(), match.end()
    before, after = text[max(0, start - _EACH_SIDE) : start], text[end : end + _EACH_SIDE]
    return Naming(article, " ".join(before.split()), match.group(), " ".join(after.split()))
