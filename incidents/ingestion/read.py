"""The one door of reading: bytes of any kind become an article or an error that says what to do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from incidents.ingestion.decoding import decode
from incidents.ingestion.errors import EmptyError, TooLargeError
from incidents.ingestion.html import read_html
from incidents.ingestion.languages import detect_language
from incidents.ingestion.page_data import parse_day
from incidents.ingestion.text import clean
from incidents.ingestion.types import Fetched, ReadArticle

# Bytes. A long report has 1 MB of text; more is a book or a data set.
MAX_BYTES = 10_000_000
# The next day has begun somewhere on earth, and clocks of sites are wrong; further ahead no article is published.
FUTURE = timedelta(days=1)

_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|article|div|p|h1|meta|title|main|section|span)\b[^>]{0,500}>", re.IGNORECASE
)


def read(fetched: Fetched, *, now: datetime) -> ReadArticle:
    """The article of what was fetched; see `read_bytes`."""
    return read_bytes(fetched.content, content_type=fetched.content_type, url=fetched.url, now=now)


def read_bytes(content: bytes, *, now: datetime, content_type: str = "", url: str = "", name: str = "") -> ReadArticle:
    """The article in some bytes: HTML, or plain text with or without the boilerplate of a page around it.

    `content_type` and the file's `name` are hints, the content decides. `now` (aware) tells which dates lie in the
    future. Raises EmptyError, UnreadableError or TooLargeError.
    """
    if len(content) > MAX_BYTES:
        raise TooLargeError(
            f"This has {len(content) / 1_000_000:.0f} MB, an article has at most {MAX_BYTES // 1_000_000}: "
            "paste the text of the article alone."
        )
    text = decode(content, content_type)
    if not text.strip():
        raise EmptyError("There is no text here: check that the file is not empty, or paste the text of the article.")
    latest = (now + FUTURE).date()
    if _is_html(text, content_type, name):
        article = read_html(content, url=url, content_type=content_type, latest=latest)
    else:
        article = _read_text(text, url, latest)
    return _with_language(_without_future(article, now))


def _is_html(text: str, content_type: str, name: str) -> bool:
    """Whether the text begins with markup. A text that quotes a tag further on is a text."""
    head = text[:2_000].lstrip("\ufeff \t\r\n")
    claims = "html" in content_type.lower() or name.lower().endswith((".html", ".htm", ".xhtml"))
    return (head.startswith("<") and _HTML.search(head) is not None) or (
        claims and _HTML.search(text[:100_000]) is not None
    )


def _read_text(text: str, url: str, latest: date) -> ReadArticle:
    page = clean(text, latest=latest)
    published, precision, source = page.published, page.published_precision, page.published_from
    if published is None and (linked := parse_day(urlsplit(url).path)) is not None:
        published, precision, source = linked, "day", "url"
    return ReadArticle(
        text=page.clean.text,
        title=page.title,
        byline=page.byline,
        published=published,
        published_precision=precision,
        published_from=source,
        url=url,
        notes=page.notes,
    )


def _without_future(article: ReadArticle, now: datetime) -> ReadArticle:
    when = article.published
    if when is None or (when if when.tzinfo else when.replace(tzinfo=UTC)) <= now + FUTURE:
        return article
    note = (
        f"The page gives a date in the future, {when.date()}; it was set aside. Enter the day of publication by hand."
    )
    return replace(
        article, published=None, published_precision="unknown", published_from="", notes=(*article.notes, note)
    )


def _with_language(article: ReadArticle) -> ReadArticle:
    """The language of title and text; what the page says of it where there is too little to tell."""
    return replace(article, language=detect_language(f"{article.title}\n{article.text}") or article.language)
