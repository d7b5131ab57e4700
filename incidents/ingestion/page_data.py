"""The dates a page states for machines: JSON-LD, meta elements, its address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from lxml.html import HtmlElement

# Scripts of data looked at, and values in them: a page has a handful, a hostile one as many as it likes.
SCRIPTS_AT_MOST = 20
VALUES_AT_MOST = 20_000

# The first printed newspaper is of 1605. Systems without a date write the first day that they can hold.
FIRST_NEWSPAPER = 1605
_SYSTEMS_ZERO = date(1970, 1, 1)

_META_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published",
    "publishdate", "publish-date", "publish_date", "published_time", "publication_date", "pubdate", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
    "dcterms.date", "date",
)  # fmt: skip
_ARTICLE_TYPES = ("article", "posting", "report", "newsarticle", "analysis", "liveblog")
_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2]|(?<=[/-])[1-9])[/-]?(0[1-9]|[12]\d|3[01]|(?<=[/-])[1-9])(?!\d)"
)
_URL_NAMED = re.compile(
    r"(?<!\d)((?:19|20)\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}/(\d{1,2})(?!\d)", re.I
)


@dataclass(frozen=True, slots=True)
class PageDate:
    """`precision` is "minute" or "day"; `source` as `ReadArticle.published_from`."""

    when: datetime
    precision: str
    source: str


def page_dates(tree: HtmlElement) -> Iterator[PageDate]:
    """The published dates of a page's data, the surest first."""
    for value in _json_ld_dates(tree):
        if (stated := _parse(value, "json-ld")) is not None:
            yield stated
            break
    for value in (*_meta_dates(tree), *_time_elements(tree)):
        if (stated := _parse(value, "meta")) is not None:
            yield stated
            break


def parse_day(path: str) -> datetime | None:
    """The day in the path of an address (/2024/01/23/, 2024-01-23, /2024/jan/23/), None without one."""
    for match in _URL_DAY.finditer(path[:500]):
        if (day := _day(int(match[1]), int(match[2]), int(match[3]))) is not None:
            return day
    named = _URL_NAMED.search(path[:500])
    return _day(int(named[1]), _month(named[2]), int(named[3])) if named else None


def _month(name: str) -> int:
    return "jan feb mar apr may jun jul aug sep oct nov dec".index(name.lower()) // 4 + 1


def _day(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day)
    except ValueError:
        return None


def _json_ld_dates(tree: HtmlElement) -> Iterator[str]:
    """`datePublished` of the page's articles, then of whatever else has one."""
    others: list[str] = []
    for script in tree.xpath("//script[@type='application/ld+json']")[:SCRIPTS_AT_MOST]:
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data):
            value = item.get("datePublished")
            if not isinstance(value, str):
                continue
            if any(name in str(item.get("@type", "")).lower() for name in _ARTICLE_TYPES):
                yield value
            else:
                others.append(value)
    yield from others


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value, the outer ones first."""
    waiting = [data]
    for value in waiting:  # grows while it is read: breadth first, without recursion
        if isinstance(value, dict):
            yield value
            inner = list(value.values())
        elif isinstance(value, list):
            inner = value
        else:
            continue
        waiting += inner[: VALUES_AT_MOST - len(waiting)] if len(waiting) < VALUES_AT_MOST else []


def _meta_dates(tree: HtmlElement) -> Iterator[str]:
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        stated.setdefault(name.strip().lower(), element.get("content") or "")
    for name in _META_NAMES:
        if stated.get(name):
            yield stated[name]


def _time_elements(tree: HtmlElement) -> Iterator[str]:
    """`<time>` elements marked as the publication, from the first headline on: teasers of other articles have them too."""
    is_below = tree.find(".//h1") is None
    for element in tree.iter("h1", "time"):
        is_below = is_below or element.tag == "h1"
        marks = {element.get("itemprop") or "", *(element.get("class") or "").lower().split()}
        if is_below and (marks & {"datePublished", "published"} or element.get("pubdate") is not None):
            yield element.get("datetime") or ""


def _parse(value: str, source: str) -> PageDate | None:
    """An ISO 8601 date; midnight sharp in UTC is how systems write a day without a time."""
    text = value.strip()[:40]
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    if when.year < FIRST_NEWSPAPER or when.date() == _SYSTEMS_ZERO:
        return None
    is_day = len(text) <= 10 or (when.tzinfo in (None, UTC) and when.time().replace(tzinfo=None) == datetime.min.time())
    if is_day:
        return PageDate(datetime(when.year, when.month, when.day), "day", source)
    return PageDate(when.replace(second=0, microsecond=0), "minute", source)
