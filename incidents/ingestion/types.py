"""What reading gives: the clean text of an article and what its page says about it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text without its boilerplate that still knows where each piece stood.

    `pieces` are (start in `text`, start in the raw text, length), ascending in `text`; characters between pieces
    (the line breaks that join them) belong to the piece before.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Where characters `start` to `end` of the clean text stand in the raw text."""
        return self._raw(start), self._raw(end - 1) + 1

    def _raw(self, offset: int) -> int:
        index = max(bisect_right(self.pieces, offset, key=lambda piece: piece[0]) - 1, 0)
        clean_start, raw_start, length = self.pieces[index]
        return raw_start + min(offset - clean_start, length)


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes as they came, with where they came from. `url` is the address after redirects, "" for a file or a paste."""

    content: bytes
    content_type: str
    url: str
    headers: dict[str, str]
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as read. `published_precision` is "minute", "day" or "unknown"; `published_from` names where the
    date was found ("meta", "json-ld", "text", "url", "given"), "" for nowhere. `notes` are for a person: two dates that disagree,
    a date in the future that was set aside. `published` without a known zone is naive.
    """

    text: str
    title: str = ""
    byline: str = ""
    language: str = ""
    published: datetime | None = None
    published_precision: str = "unknown"
    published_from: str = ""
    url: str = ""
    site_name: str = ""
    notes: tuple[str, ...] = field(default=())
