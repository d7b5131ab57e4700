"""A web page as an article: trafilatura finds the text, the page's own data give title, date and address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

import htmldate
import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from incidents.ingestion.decoding import decode
from incidents.ingestion.errors import EmptyError
from incidents.ingestion.page_data import PageDate, page_dates, parse_day
from incidents.ingestion.text import CleanedPage, clean
from incidents.ingestion.types import ReadArticle

# Two dates of one page further apart than this are worth a note; a day is a matter of time zones.
DATES_APART_DAYS = 2
# Lines below the headline among which the visible date is looked for; it stands below the headline or at the end of
# an article, and after that other articles begin.
STAMP_LINES = 200
# Elements that a browser sets on lines of their own.
_BLOCK_NAMES = (
    "p div li h1 h2 h3 h4 h5 h6 br tr td section article header footer aside nav ul ol blockquote figure figcaption time "
    "main pre table address"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "head", "iframe", "select", "button"))
_SPACE = re.compile(r"\s+")


def read_html(content: bytes, *, url: str = "", content_type: str = "", latest: date | None = None) -> ReadArticle:
    """The article of a page. Raises UnreadableError for what is no text, EmptyError for a page without any.

    `latest` is the last day the article can be from; it rules out one reading of a date like 03/04/2024.
    """
    tree = trafilatura.load_html(decode(content, content_type))
    if tree is None:
        raise _empty()
    data = list(page_dates(tree))
    shown = _visible_lines(tree)
    article = trafilatura.bare_extraction(tree, url=url or None, include_comments=False, with_metadata=True)
    if not isinstance(article, Document):
        article = Document()
    title = _flat(article.title)
    author = _flat(article.author).replace("; ", ", ").strip(" ·|•,;-")
    cleaned = clean(_paragraphs(article.text or "\n".join(shown)), title=title, author=author, latest=latest)
    if not cleaned.clean.text:
        raise _empty()
    dates = _Dates(data, _shown_date(shown, title, latest), cleaned, url, latest)
    published, notes = dates.choose(tree)
    return ReadArticle(
        text=cleaned.clean.text,
        title=cleaned.title,
        byline=cleaned.byline,
        language=(article.language or tree.get("lang") or "")[:2].lower(),
        published=published.when if published else None,
        published_precision=published.precision if published else "unknown",
        published_from=published.source if published else "",
        url=_canonical(tree, url),
        site_name=_flat(article.sitename),
        notes=notes,
    )


@dataclass(frozen=True, slots=True)
class _Dates:
    """All that a page says of its date, the surest first: its data, its visible text, its address."""

    data: list[PageDate]
    shown: CleanedPage | None
    cleaned: CleanedPage
    url: str
    latest: date | None

    def choose(self, tree: HtmlElement) -> tuple[PageDate | None, tuple[str, ...]]:
        visible = [
            PageDate(page.published, page.published_precision, "text")
            for page in (self.shown, self.cleaned)
            if page is not None and page.published is not None
        ]
        linked = parse_day(urlsplit(self.url).path)
        found = [*self.data, *visible, *([PageDate(linked, "day", "url")] if linked else [])]
        if not found:
            guess = self._guess(tree)
            note = "The page states no date; this one stands somewhere in its markup. Check it."
            return guess, (note,) if guess else ()
        used = found[0]
        page = self.shown if self.shown and self.shown.published else self.cleaned
        notes = page.notes if used.source == "text" else ()
        return used, (*notes, *_disagreements(used, found[1:]))

    def _guess(self, tree: HtmlElement) -> PageDate | None:
        """The day htmldate finds somewhere in the page."""
        limit = self.latest.isoformat() if self.latest else None
        day = htmldate.find_date(tree, original_date=True, extensive_search=False, max_date=limit)
        return PageDate(datetime.fromisoformat(day), "day", "text") if day else None


def _disagreements(used: PageDate, others: list[PageDate]) -> Iterator[str]:
    places = {
        "json-ld": "its data (JSON-LD)",
        "meta": "its data (meta)",
        "text": "its visible text",
        "url": "its address",
    }
    seen = {used.source}
    for other in others:
        if other.source in seen:
            continue
        seen.add(other.source)
        if abs((other.when.date() - used.when.date()).days) > DATES_APART_DAYS:
            yield (
                f"The page gives two dates: {used.when.date()} in {places[used.source]}, {other.when.date()} in "
                f"{places[other.source]}. Used: {used.when.date()}, because {places[used.source]} is the surer source."
            )


def _visible_lines(tree: HtmlElement) -> list[str]:
    """What a browser shows, a line for each block, in the order of the page."""
    lines: list[str] = []
    parts: list[str] = []

    def close() -> None:
        line = _flat("".join(parts))
        parts.clear()
        if line:
            lines.append(line)

    skipped = 0
    for event, text, tag in _walk(tree):
        if tag in _UNSEEN:
            skipped += 1 if event == "start" else -1
        if tag in _BLOCKS:
            close()
        if not skipped:
            parts.append(text)
    close()
    return lines


def _walk(tree: HtmlElement) -> Iterator[tuple[str, str, str]]:
    """(event, text that follows, tag) for each start and end of an element, without recursion."""
    stack: list[tuple[HtmlElement, Iterator[HtmlElement]]] = [(tree, iter(tree))]
    yield "start", tree.text or "", str(tree.tag)
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", (element.tail or "") if stack else "", str(element.tag)
        elif not isinstance(child.tag, str):  # a comment or a processing instruction
            yield "comment", child.tail or "", ""
        else:
            stack.append((child, iter(child)))
            yield "start", child.text or "", child.tag


def _shown_date(lines: list[str], title: str, latest: date | None) -> CleanedPage | None:
    """What the visible page says of its date, from the headline on: above it stands today's date, or other news."""
    wanted = title.casefold()
    first = next((index for index, line in enumerate(lines) if wanted and line.casefold() == wanted), None)
    if first is None:
        return None
    return clean("\n\n".join(lines[first : first + STAMP_LINES]), title=title, latest=latest)


def _paragraphs(text: str) -> str:
    """Trafilatura ends each paragraph with one line break; the items of a list stay together."""
    return re.sub(r"\n+(?!- )", "\n\n", text)


def _canonical(tree: HtmlElement, url: str) -> str:
    """The address the page gives for itself, unless it is that of the whole site or no address at all."""
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for value in tree.xpath(path)[:1]:
            try:
                address = urljoin(url, str(value).strip())
                parts = urlsplit(address)
            except ValueError:
                continue
            if parts.scheme in ("http", "https") and parts.netloc and (parts.path.strip("/") or parts.query):
                return address
    return url


def _flat(text: str | None) -> str:
    return _SPACE.sub(" ", text or "").strip()


def _empty() -> EmptyError:
    return EmptyError(
        "There is no text in this page: it may be drawn by scripts. Open it in a browser and paste its text."
    )
