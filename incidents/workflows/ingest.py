"""From bytes to a stored article and its candidates. The same article again, by whatever route, changes nothing.

A failure is a result: what could not be read is stored as failed with its error, and the batch goes on.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from incidents import pipeline
from incidents.gazetteer.errors import GazetteerMissing
from incidents.ingestion.errors import IngestionError, TooLargeError
from incidents.ingestion.fetch import fetch
from incidents.ingestion.fingerprint import NEAR, distance, fingerprint, same_text
from incidents.ingestion.read import read_bytes
from incidents.ingestion.types import ReadArticle
from incidents.models import Article, Incident, Source
from incidents.workflows import review
from incidents.workflows.duplicates import possible_duplicates
from incidents.workflows.extract import Extracted, extract_article, home_of, read_article
from incidents.workflows.findings import Finding

logger = logging.getLogger(__name__)
# An agency's story is reprinted within days; further apart, the same words are an anniversary or a correction.
_REPRINTED_WITHIN = timedelta(days=7)
_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")
_TITLE_LENGTH = 500
_URL_LENGTH = 1000
UNEXPECTED = "Something went wrong while reading this; the log has the details. Report it with the article's address."


@dataclass(frozen=True, slots=True)
class IngestResult:
    """`article` is None only where nothing could be kept: no bytes came. `error` is empty when all went well."""

    article: Article | None
    created: bool = False
    extracted: Extracted = field(default_factory=Extracted)
    error: str = ""


def ingest_url(*, url: str, now: datetime, source: Source | None = None) -> IngestResult:
    """Fetch a page and read it. An address that does not answer is kept as a failed article."""
    try:
        fetched = fetch(url, contact=settings.CONTACT, timeout=settings.FETCH_TIMEOUT)
    except IngestionError as error:
        return _failed(str(error), url=_short_url(url), content=b"", received={"fetched_at": now})
    return ingest_bytes(
        content=fetched.content,
        content_type=fetched.content_type,
        url=fetched.url,
        fetched_at=fetched.fetched_at,
        headers=fetched.headers,
        source=source,
    )


def ingest_bytes(
    *,
    content: bytes,
    fetched_at: datetime,
    content_type: str = "",
    url: str = "",
    name: str = "",
    headers: Mapping[str, str] | None = None,
    is_sample: bool = False,
    source: Source | None = None,
) -> IngestResult:
    """Read, store and extract one article. `name` is its file's; `source` is looked up by the address unless given.

    Raises GazetteerMissing, after the article is stored: the next run goes on from there.
    """
    received = {
        "fetched_at": fetched_at,
        "raw_content_type": _storable(content_type)[:200],
        "raw_headers": {_storable(name): _storable(value) for name, value in (headers or {}).items()},
        "is_sample": is_sample,
    }
    try:
        reading = read_bytes(content, content_type=content_type, url=url, name=name, now=fetched_at)
    except TooLargeError as error:  # not kept either: anybody could fill the disk
        return _failed(str(error), url=_short_url(url), content=b"", received=received)
    except IngestionError as error:
        return _failed(str(error), url=_short_url(url), content=content, received=received)
    except Exception:  # a parser that stumbles over one page must not stop the others
        logger.exception("Reading %r failed", url or name)  # a name may hold line breaks
        return _failed(UNEXPECTED, url=_short_url(url), content=content, received=received)
    try:
        article, created = _stored(reading, url=url, content=content, received=received, source=source)
    except IntegrityError:  # another process stored the same address at this moment: its row is the one
        article, created = _stored(reading, url=url, content=content, received=received, source=source)
    is_new = article.state in {Article.State.RECEIVED, Article.State.FAILED}
    if not is_new and article.extractor_version == pipeline.EXTRACTOR_VERSION:
        return IngestResult(article, created)
    return _extracted(article, created)


def preview_bytes(
    *, content: bytes, now: datetime, content_type: str = "", url: str = "", name: str = ""
) -> tuple[ReadArticle, list[Finding]]:
    """What `ingest_bytes` would read and find, without writing anything. Raises IngestionError and GazetteerMissing."""
    reading = read_bytes(content, content_type=content_type, url=url, name=name, now=now)
    address = _canonical(reading.url, url)
    source = Source.objects.filter(domain=_site(address)).first() if address else None
    found = read_article(
        reading.text,
        title=reading.title,
        language=reading.language,
        published=reading.published.date() if reading.published else None,
        home=home_of(source),
    )
    return reading, found


def publish_found(
    *, article: Article, by: User, reason: str = "trusted input"
) -> tuple[list[Incident], list[Incident]]:
    """Publish the article's candidates without a look: (published, left waiting).

    What may be the same as an incident that is published already is left for a person.
    """
    published, left = [], []
    for incident in Incident.objects.waiting().filter(mentions__article=article).distinct().order_by("pk"):
        if any(duplicate.incident.is_public for duplicate in possible_duplicates(incident=incident)):
            left.append(incident)
            continue
        review.publish(incident=incident, by=by, reason=reason)
        published.append(incident)
    return published, left


def _extracted(article: Article, created: bool) -> IngestResult:
    try:
        return IngestResult(article, created, extract_article(article=article))
    except GazetteerMissing:
        raise
    except Exception:
        # The door of a batch: whatever one article brings to light, the others are read.
        logger.exception("Extraction of article %s failed", article.pk)
        if article.state == Article.State.RECEIVED:  # an article that was read before keeps its state
            _mark_failed(article, UNEXPECTED)
        return IngestResult(article, created, error=UNEXPECTED)


@transaction.atomic
def _stored(
    reading: ReadArticle, *, url: str, content: bytes, received: dict[str, Any], source: Source | None
) -> tuple[Article, bool]:
    """The article's row, and whether it is new."""
    canonical = _canonical(reading.url, url)
    facts = _facts(reading)
    known = _known(canonical, facts["text_sha256"])
    if known is not None and known.state != Article.State.FAILED:
        _complete(known, canonical, source, reading)
        return known, False
    source = source or _source_of(canonical, reading.site_name)
    article = known or Article()
    for name, value in {**facts, **received, "source": source, "url": canonical, "error": ""}.items():
        setattr(article, name, value)
    article.state = Article.State.RECEIVED
    article.raw_sha256 = _keep(content)
    article.copy_of = _original(article)
    article.save()
    return article, known is None


def _facts(reading: ReadArticle) -> dict[str, Any]:
    published = reading.published
    if published is not None and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    text = _storable(reading.text)
    return {
        "title": _storable(reading.title)[:_TITLE_LENGTH],
        "byline": _storable(reading.byline)[:_TITLE_LENGTH],
        "language": reading.language[:12],
        "published_at": published,
        "published_precision": reading.published_precision if published else Article.PublishedPrecision.UNKNOWN,
        "published_from": reading.published_from,
        "text": text,
        "text_sha256": sha256(text.encode()).hexdigest(),
        "fingerprint": fingerprint(text),
        "notes": [_storable(note) for note in reading.notes],
    }


def _storable(text: str) -> str:
    """Without what PostgreSQL does not store (zero bytes, halves of surrogate pairs). As long as before."""
    return _UNSTORABLE.sub("\ufffd", text)


def _known(canonical: str | None, text_sha256: str) -> Article | None:
    """The row of the same address; else one of the same words, unless another site prints them (that is a copy)."""
    if canonical and (known := Article.objects.filter(url=canonical).first()):
        return known
    same_words = Article.objects.filter(text_sha256=text_sha256).order_by("pk")
    for known in same_words:
        if not canonical or not known.url or _site(known.url) == _site(canonical):
            return known
    return None


def _complete(article: Article, canonical: str | None, source: Source | None, reading: ReadArticle) -> None:
    """A pasted text whose address becomes known later gets it, with its source."""
    if article.url or not canonical:
        return
    article.url = canonical
    article.source = article.source or source or _source_of(canonical, reading.site_name)
    article.save(update_fields=["url", "source"])


def _original(article: Article) -> Article | None:
    """The first article with nearly the same words, within the days in which stories are reprinted."""
    if not article.fingerprint:
        return None
    when = article.published_at or article.fetched_at
    days = (when - _REPRINTED_WITHIN, when + _REPRINTED_WITHIN)
    others = Article.objects.originals().exclude(pk=article.pk).exclude(state=Article.State.FAILED)
    others = others.filter(published_at__range=days) | others.filter(published_at=None, fetched_at__range=days)
    near = [pk for pk, other in others.values_list("pk", "fingerprint") if distance(other, article.fingerprint) <= NEAR]
    for other in Article.objects.filter(pk__in=near).order_by("pk"):
        if same_text(other.text, article.text):
            return other
    return None


def _failed(error: str, *, url: str | None, content: bytes, received: dict[str, Any]) -> IngestResult:
    """Keep what can not be read, under its address or its bytes. What was read well before stays as it is."""
    raw = sha256(content).hexdigest() if content else ""
    if url:
        known = Article.objects.filter(url=url).first()
    elif raw:
        known = Article.objects.filter(raw_sha256=raw, url=None).first()
    else:
        return IngestResult(None, error=error)
    if known is None:
        known = Article(url=url, text_sha256="", source=_source_of(url, ""), **received)
    elif known.state != Article.State.FAILED:
        return IngestResult(known, error=error)
    created = known.pk is None
    if content:
        known.raw_sha256 = _keep(content)
    _mark_failed(known, error)
    return IngestResult(known, created, error=error)


def _mark_failed(article: Article, error: str) -> None:
    article.state, article.error = Article.State.FAILED, error
    article.save()


def _keep(content: bytes) -> str:
    """The bytes, unchanged, under their SHA-256 in storage "raw"; the digest."""
    digest = sha256(content).hexdigest()
    storage = storages["raw"]
    name = f"{digest[:2]}/{digest[2:4]}/{digest}"
    if not storage.exists(name):
        storage.save(name, ContentFile(content))
    return digest


def _source_of(url: str | None, site_name: str) -> Source | None:
    """The source of an address, made with the name that its page gives when it is new. Pasted words have none: what a
    text says of its own origin is no evidence."""
    if not url:
        return None
    domain = _site(url)[:253]
    return Source.objects.get_or_create(domain=domain, defaults={"name": _storable(site_name or domain)[:200]})[0]


def _canonical(declared: str, url: str) -> str | None:
    """The address that a page declares for itself, when it is on the site that it came from; else where it came from.

    A page of one site can not take the place of another site's article.
    """
    own, came_from = _short_url(declared), _short_url(url)
    return own if own and (not came_from or _site(own) == _site(came_from)) else came_from


def _short_url(url: str) -> str | None:
    """The address as it can be stored and linked to; None for anything but a web page."""
    try:
        parts = urlsplit(url.strip())
        is_page = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    can_be_kept = is_page and len(url) <= _URL_LENGTH and not _UNSTORABLE.search(url)
    return parts._replace(fragment="").geturl() if can_be_kept else None


def _site(url: str) -> str:
    """The host without www and the prefixes of pages for phones."""
    host = (urlsplit(url).hostname or "").lower().rstrip(".")
    for prefix in ("www.", "m.", "amp.", "mobile."):
        host = host.removeprefix(prefix)
    return host
