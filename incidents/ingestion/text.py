"""Cleaning of a pasted page or a plain text: what is news stays, with its offsets; what the page says of itself is read."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from incidents.ingestion.boilerplate import (
    Furniture,
    byline,
    credit_start,
    furniture,
    is_biography,
    is_described,
    is_headline,
    is_name,
    is_navigation,
    is_prose,
    is_role,
)
from incidents.ingestion.paragraphs import Paragraph, assemble, paragraphs
from incidents.ingestion.stamps import Stamp, StampLine, choose_order, is_label, read_dateline, read_line, read_opening
from incidents.ingestion.types import CleanText

# What follows "Latest comments" or "Risk disclosure" is dropped only where this much news stands before it:
# near the top of a page the same words are a button.
NEWS_BEFORE_END = 300
# A list of links ends at the first paragraph that is prose, at the latest after this many.
LINKS_AT_MOST = 12
# A summary under the headline may be a sentence; byline and time stamp then follow within as many lines.
HEADER_LINES = 5
# The headline has a word in common with this many paragraphs below it, a kicker or an advert hardly ever.
LEAD_PARAGRAPHS = 3
# Longer lines below the text may be a last paragraph that lost its full stop.
TAIL_WORDS = 12

# The name of a site or a desk with its town.
SITE_WORDS = 5

_STROKE = re.compile(r"\s[|•·\u2013—-]\s")
_STROKE_AFTER = re.compile(r"\s[|•·\u2013—-]\s$")
_LONG_WORD = re.compile(r"\w{5,}")


@dataclass(frozen=True, slots=True)
class CleanedPage:
    """The news of a page and what the page says of itself. The title is not part of `clean`.

    `published` is naive without a known zone; `published_from` is "text" or "". `notes` are sentences for a person.
    """

    clean: CleanText
    title: str = ""
    byline: str = ""
    published: datetime | None = None
    published_precision: str = "unknown"
    published_from: str = ""
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Page:
    """The paragraphs of a page while they are sorted: which stay, and what the others told."""

    paragraphs: list[Paragraph]
    lines: list[StampLine]
    kept: list[bool]
    body: int  # index of the first paragraph of prose, the number of paragraphs where there is none
    stamps: list[Stamp]
    signed: int = sys.maxsize  # index of the first time stamp or byline of the header
    byline: str = ""
    title: str = ""

    @property
    def is_page(self) -> bool:
        """Whether this is evidently copied from a page, not a bare text: it has a time stamp or a byline."""
        return bool(self.stamps or self.byline)


def clean(text: str, *, title: str = "", author: str = "", latest: date | None = None) -> CleanedPage:
    """Set aside what is not news. Nothing is dropped where nothing would remain. Time is linear in the length.

    A `title` or `author` that is given is not looked for. `latest` rules out one reading of a date like 03/04/2024.
    """
    page = _page(paragraphs(text))
    _drop_furniture(page)
    _drop_stamps(page)
    _drop_bylines(page, author)
    _drop_title(page, title)
    _drop_tail(page)
    if not any(page.kept):
        page.kept = [True] * len(page.kept)
        page.title = title
    kept = [item for item, keep in zip(page.paragraphs, page.kept, strict=True) if keep]
    published, precision, notes = _published(page, kept, latest)
    return CleanedPage(
        clean=assemble(kept),
        title=page.title,
        byline=page.byline,
        published=published,
        published_precision=precision,
        published_from="text" if published else "",
        notes=notes,
    )


def _page(items: list[Paragraph]) -> _Page:
    cut = [_without_credit(item) for item in items]
    labels = ["", *(f"{item.text} " if is_label(item.text) else "" for item in cut)]
    lines = [read_line(label + item.text) for label, item in zip(labels, cut, strict=False)]
    kept = [not label for label in labels[1:]]
    return _Page(paragraphs=cut, lines=lines, kept=kept, body=_body(cut, lines), stamps=[])


def _body(items: list[Paragraph], lines: list[StampLine]) -> int:
    """The first paragraph of prose; the next one where a stamp or byline follows, since that one stood in the header."""
    prose = [index for index, item in enumerate(items) if _is_news(item.text)]
    if not prose:
        return len(items)
    for index in range(min(prose[0] + HEADER_LINES, len(items) - 1), prose[0], -1):
        is_stamp = lines[index].is_bare and lines[index].has_keyword
        if is_stamp or byline(items[index].text):
            return next((start for start in prose if start > index), prose[0])
    return prose[0]


def _without_credit(item: Paragraph) -> Paragraph:
    start = credit_start(item.text)
    return item.upto(start) if start else item


def _is_news(text: str) -> bool:
    return is_prose(text) and furniture(text) is None


def _drop_furniture(page: _Page) -> None:
    """Drop what is boilerplate by its words, lists of links, and all that follows comments or a risk notice."""
    news = links = 0
    is_credited = False
    for index, item in enumerate(page.paragraphs):
        kind = furniture(item.text)
        if kind is Furniture.END and news >= NEWS_BEFORE_END:
            page.kept[index:] = [False] * (len(page.kept) - index)
            return
        if kind is Furniture.LINK_LIST:
            links = LINKS_AT_MOST
        elif kind is None and is_prose(item.text):
            news += len(item.text)
            links = 0
        is_credited = is_credited or (kind is Furniture.CREDIT and news > 0)
        is_below = (is_credited and is_biography(item.text)) or _is_under_picture(page, index)
        is_kept = kind is None or (kind is Furniture.KICKER and index < page.body)
        page.kept[index] = is_kept and links == 0 and not is_below
        links = max(links - 1, 0)


def _is_under_picture(page: _Page, index: int) -> bool:
    """The line printed under a picture, below the description of it."""
    item = page.paragraphs[index]
    is_line = index > 0 and not item.gap and not item.is_closed and not is_prose(item.text)
    return is_line and is_described(page.paragraphs[index - 1].text)


def _drop_stamps(page: _Page) -> None:
    """Drop lines of dates and times. A date between paragraphs is a heading of a chronicle, and stays, as do the stamps
    of a live blog of several days."""
    entries = _entries(page)
    is_day = [bool(line.stamps) and not line.times and not line.has_keyword and line.is_bare for line in page.lines]
    is_chronicle = any(day and kept for day, kept in zip(is_day[page.body :], page.kept[page.body :], strict=True))
    for index, line in enumerate(page.lines):
        if not page.kept[index] or (is_day[index] and (is_chronicle or index > page.body)):
            continue
        is_header = index < page.body
        if index in entries:
            _set_apart(page, index)
            continue
        if line.is_bare or (is_header and (_is_signed(line) or (index > 0 and _is_set_off(page, index)))):
            page.kept[index] = False
            page.signed = min(page.signed, index)
            page.stamps += [stamp for stamp in line.stamps if is_header or stamp.kind]
            page.byline = page.byline or _signature(page.paragraphs[index].text, line)


def _entries(page: _Page) -> set[int]:
    """The stamps with day and time above the entries of a live blog, where they are of more than one day."""
    found = {
        index
        for index, line in enumerate(page.lines)
        if page.kept[index] and line.is_bare and len(line.stamps) == 1 and line.times and not line.has_keyword
    }
    below = {index for index in found if index >= page.body - 2}
    days = {page.lines[index].stamps[0].readings for index in below}
    return below if len(days) > 1 else set()


def _set_apart(page: _Page, index: int) -> None:
    """A heading stands in a paragraph of its own."""
    for each in (index, index + 1):
        if each < len(page.paragraphs):
            page.paragraphs[each] = replace(page.paragraphs[each], gap=True)


def _is_signed(line: StampLine) -> bool:
    """A stamp with a name beside it: "Jane Doe | 23 January 2024 17:07", "Published by Jane Doe on 23 January 2024"."""
    return (
        bool(line.stamps)
        and (bool(line.times) or line.has_keyword)
        and len(line.rest.split()) <= 8
        and not line.rest.endswith(".")
    )


def _is_set_off(page: _Page, index: int) -> bool:
    """A day with a stroke between it and the name of the site: "Example Gazette | 27 February 2024"."""
    line = page.lines[index]
    if len(line.stamps) != 1 or len(line.rest.split()) > SITE_WORDS or line.rest.endswith("."):
        return False
    before, _, after = page.paragraphs[index].text.partition(line.stamps[0].words)
    return (
        _STROKE_AFTER.search(before) is not None
        if not after.strip()
        else not before and _STROKE.match(after) is not None
    )


def _signature(text: str, line: StampLine) -> str:
    return byline(text) if line.rest else ""


def _drop_bylines(page: _Page, author: str) -> None:
    page.byline = author or page.byline
    for index, item in enumerate(page.paragraphs):
        if index >= page.body:
            _drop_signature(page, index)
            continue
        names = (author if author and item.text == author else byline(item.text)) if page.kept[index] else ""
        above = page.paragraphs[index - 1].text if index else ""
        if names and is_role(item.text) and is_name(above):
            page.kept[index - 1] = False
            names = above
        if names and any(page.kept[:index] + page.kept[index + 1 :]):
            page.kept[index] = False
            page.signed = min(page.signed, index)
            page.byline = page.byline or names


def _drop_signature(page: _Page, index: int) -> None:
    """The name and the role of who wrote an entry of a live blog, each on a line."""
    role, name = page.paragraphs[index].text, page.paragraphs[index - 1].text if index else ""
    if is_role(role) and is_name(name):
        page.kept[index - 1] = page.kept[index] = False


def _drop_title(page: _Page, given: str) -> None:
    """Set the headline aside, and what a page has above it. Without prose below there is no headline."""
    page.title = given.strip()
    header = [index for index in range(page.body) if page.kept[index]]
    if not header or page.body == len(page.paragraphs):
        return
    if page.title:
        found = [index for index in header if _is_same_line(page.paragraphs[index].text, page.title)]
    else:
        found = _headlines(page, header)
        page.title = page.paragraphs[found[0]].text if found else ""
    if not found:
        return
    for index in header:
        text = page.paragraphs[index].text
        is_above = index < max(found) and (page.is_page or is_navigation(text))
        if index in found or is_above or (page.is_page and is_navigation(text)):
            page.kept[index] = False


def _headlines(page: _Page, header: Sequence[int]) -> list[int]:
    """The headline and its repetitions: the first line with half as many words of the story as any."""
    possible = [index for index in header if _may_be_headline(page.paragraphs[index]) and not page.lines[index].is_bare]
    possible = [index for index in possible if index < page.signed] or possible
    lead = [item.text for item in page.paragraphs[page.body : page.body + LEAD_PARAGRAPHS]]
    story = set(_LONG_WORD.findall(" ".join(lead).casefold()))
    shared = [len(story.intersection(_LONG_WORD.findall(page.paragraphs[i].text.casefold()))) for i in possible]
    if not possible:
        return []
    chosen = next(index for index, count in zip(possible, shared, strict=True) if 2 * count >= max(shared))
    text = page.paragraphs[chosen].text
    same = [index for index in header if _is_same_line(page.paragraphs[index].text, text)]
    return sorted(same, key=lambda index: len(page.paragraphs[index].text))


def _drop_tail(page: _Page) -> None:
    """Drop the words and lines without a full stop that a page has below the last paragraph of its text."""
    if not page.is_page:
        return
    for index in range(len(page.paragraphs) - 1, page.body, -1):
        item = page.paragraphs[index]
        if not page.kept[index]:
            continue
        if item.is_bullet or item.is_closed or len(item.text.split()) > TAIL_WORDS:
            return
        page.kept[index] = False


def _may_be_headline(item: Paragraph) -> bool:
    if item.is_bullet or is_navigation(item.text):
        return False
    return is_headline(item.text) and read_dateline(item.text) == (None, None)


def _is_same_line(line: str, title: str) -> bool:
    """The headline itself, or the headline with the name of the site after it."""
    short, long = sorted((_letters(line), _letters(title)), key=len)
    return bool(short) and (short == long or (len(short.split()) >= 4 and long.startswith(short + " ")))


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _published(
    page: _Page, kept: Sequence[Paragraph], latest: date | None
) -> tuple[datetime | None, str, tuple[str, ...]]:
    """The date the page gives, the best first: published, a stamp without a word, updated, the agency's dateline."""
    first = next((item.text for item in kept if is_prose(item.text)), kept[0].text if kept else "")
    dateline, month_day = read_dateline(first)
    stamps = sorted(page.stamps, key=lambda stamp: ("published", "", "updated").index(stamp.kind))
    if not stamps and dateline is None and (opening := read_opening(first)) is not None:
        stamps = [opening]
    if stamps:
        stamp = stamps[0]
        others = [other for other in stamps if other is not stamp]
        day, note = choose_order(stamp, others, [month_day] if month_day else [], latest)
        notes = [note] if note else []
        if stamp.kind == "updated":
            notes.append("The page gives only the time of an update.")
        return stamp.at(day), stamp.precision, tuple(notes)
    if dateline is not None:
        return datetime(dateline.year, dateline.month, dateline.day), "day", ()
    return None, "unknown", ()
