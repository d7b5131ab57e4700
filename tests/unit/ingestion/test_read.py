"""Reading bytes: saved pages beside what should be read from them, and everything that is no page."""

import codecs
import contextlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from incidents.ingestion.errors import EmptyError, IngestionError, TooLargeError, UnreadableError
from incidents.ingestion.read import MAX_BYTES, read, read_bytes
from incidents.ingestion.types import Fetched

PAGES = Path(__file__).parent / "pages"
NOW = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
ADDRESS = "https://agency.example/yemen/4711"
BODY = "Rebels took a bridge near Mopti on Monday, the army of Mali said in a statement on Tuesday."


def read_page(path, **keywords):
    return read_bytes(path.read_bytes(), now=NOW, name=path.name, url=ADDRESS, **keywords)


@pytest.mark.parametrize(
    "path", sorted(path for path in PAGES.iterdir() if path.suffix != ".json"), ids=lambda path: path.name
)
def test_a_saved_page_reads_as_expected(path):
    expected = json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    article = read_page(path)
    published = article.published.isoformat() if article.published else None
    assert article.text == "\n\n".join(expected.pop("paragraphs"))
    assert published == expected.pop("published")
    assert list(article.notes) == expected.pop("notes", [])
    for field, value in expected.items():
        assert getattr(article, field) == value, field


def utf8(name):
    return (PAGES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("newspaper.html", "cp1252"),
        ("newspaper.html", "utf-16"),
        ("newspaper.html", "utf-8-sig"),
        ("broadcaster.txt", "cp1252"),
        ("broadcaster.txt", "utf-16-le"),
        ("broadcaster.txt", "utf-16-be"),
        ("arabic.html", "cp1256"),
        ("arabic.html", "utf-16"),
    ],
)
@pytest.mark.parametrize(
    "declared", ["text/html; charset=utf-8", "text/html; charset=iso-8859-1", "", "text/html; charset=no-such"]
)
def test_a_page_in_another_encoding_than_declared_reads_the_same(name, encoding, declared):
    content = utf8(name).encode(encoding)
    if name.endswith(".txt"):
        declared = declared.replace("html", "plain")
    article = read_bytes(content, content_type=declared, now=NOW)
    assert article.text == read_bytes(utf8(name).encode(), now=NOW).text


def test_a_fetched_page_keeps_its_address():
    fetched = Fetched(content=BODY.encode(), content_type="text/plain", url=ADDRESS, headers={}, fetched_at=NOW)
    assert read(fetched, now=NOW).url == ADDRESS


@pytest.mark.parametrize("content", [b"", b" \n\t", codecs.BOM_UTF8, b"<html><body><script>x()</script></body></html>"])
def test_nothing_to_read_says_so(content):
    with pytest.raises(EmptyError, match="paste"):
        read_bytes(content, now=NOW)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "an image"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "an image"),
        (b"PK\x03\x04" + bytes(50), "a ZIP archive"),
        (b"\x1f\x8b\x08\x00" + bytes(50), "a packed file"),
        (bytes(range(256)) * 40, "binary data"),
        (bytes(10_000), "binary data"),
        (bytes(i * 7919 % 251 for i in range(1, 20_000)), "binary data"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_text_is_named_and_refused(content, kind):
    with pytest.raises(UnreadableError, match=f"looks like {kind}.*save the article as text or HTML"):
        read_bytes(content, content_type="text/html", now=NOW)


def test_more_than_an_article_is_refused():
    with pytest.raises(TooLargeError, match="paste the text"):
        read_bytes(b"a" * (MAX_BYTES + 1), now=NOW)


@pytest.mark.parametrize("form", ["text", "html"])
def test_two_megabytes_are_read_whole(form):
    paragraphs = [f"{BODY} The list of that day has {number} names, he said." for number in range(15_000)]
    page = f"<html><body><article>{''.join(f'<p>{paragraph}</p>' for paragraph in paragraphs)}</article></body></html>"
    content = "\n\n".join(paragraphs) if form == "text" else page
    article = read_bytes(content.encode(), now=NOW)
    assert article.text.split("\n\n") == paragraphs


def test_a_date_in_the_future_is_set_aside_with_a_note():
    article = read_bytes(f"Rebels take a bridge\n\nPublished 23 January 2031\n\n{BODY}".encode(), now=NOW)
    assert article.published is None
    assert article.published_precision == "unknown"
    assert article.published_from == ""
    assert "2031-01-23" in article.notes[0]


def test_tomorrow_is_not_the_future():
    article = read_bytes(f"Rebels take a bridge\n\nPublished 2 June 2025 06:00\n\n{BODY}".encode(), now=NOW)
    assert article.published == datetime(2025, 6, 2, 6, 0)


def test_the_reading_of_a_date_that_lies_ahead_is_not_taken():
    article = read_bytes(f"Rebels take a bridge\n\nPublished 05/12/2025 10:00\n\n{BODY}".encode(), now=NOW)
    assert article.published == datetime(2025, 5, 12, 10, 0)


def html(head="", body=""):
    return f"<html><head><title>Rebels take a bridge near Mopti</title>{head}</head><body><h1>Rebels take a bridge near Mopti</h1>{body}<p>{BODY}</p><p>{BODY.replace('Mopti', 'Gao')}</p></body></html>".encode()


@pytest.mark.parametrize(
    ("head", "body", "url", "published", "precision", "source"),
    [
        (
            '<meta name="pubdate" content="2024-01-23T17:07:30+02:00">',
            "",
            "",
            "2024-01-23T17:07:00+02:00",
            "minute",
            "meta",
        ),
        ('<meta itemprop="datePublished" content="2024-01-23">', "", "", "2024-01-23T00:00:00", "day", "meta"),
        (
            "",
            '<time class="entry published" datetime="2024-01-23T17:07+02:00">Tuesday</time>',
            "",
            "2024-01-23T17:07:00+02:00",
            "minute",
            "meta",
        ),
        ("", "<p>Published 23 January 2024, 17:07 GMT</p>", "", "2024-01-23T17:07:00+00:00", "minute", "text"),
        ("", "", "https://a.example/world/2024/01/23/bridge", "2024-01-23T00:00:00", "day", "url"),
        ("", "", "https://a.example/world/2024/jan/23/bridge", "2024-01-23T00:00:00", "day", "url"),
        ("", "", "https://a.example/bridge-20240123.html", "2024-01-23T00:00:00", "day", "url"),
        ("", "", "https://a.example/2024/13/45/bridge-123456789", None, "unknown", ""),
        ("", "<footer>© 2019 Example</footer>", "", None, "unknown", ""),
    ],
)
def test_the_date_comes_from_the_surest_place_that_has_one(head, body, url, published, precision, source):
    article = read_bytes(html(head, body), url=url, now=NOW)
    assert (article.published.isoformat() if article.published else None) == published
    assert article.published_precision == precision
    assert article.published_from == source


@pytest.mark.parametrize("nothing", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+05:00", "1970-01-01T00:00:00Z"])
def test_a_zero_in_place_of_a_date_is_none(nothing):
    head = f'<meta property="article:published_time" content="{nothing}">'
    page = (
        f"<html><head>{head}<title>A bridge is taken</title></head><body><h1>A bridge is taken</h1><p>{BODY}</p></body>"
    )
    assert read_bytes(page.encode(), now=NOW).published is None
    dated = read_bytes(page.encode(), now=NOW, url="https://agency.example/2024/05/02/bridge")
    assert (dated.published, dated.published_from) == (datetime(2024, 5, 2), "url")


def test_a_day_found_only_somewhere_in_the_markup_is_used_with_a_note():
    page = html().replace(b"<h1>", b'<div class="date">Sunday, May 25, 2025</div><h1>')
    article = read_bytes(page, now=NOW)
    assert article.published == datetime(2025, 5, 25)
    assert "Check it" in article.notes[0]


def test_markup_in_the_words_of_a_page_stays_plain_text():
    article = read_bytes(
        html(body="<p>He wrote &lt;img src=x onerror=alert(1)&gt; on the wall of the bridge, an officer said.</p>"),
        now=NOW,
    )
    assert article.text.startswith("He wrote <img src=x onerror=alert(1)> on the wall")


@pytest.mark.parametrize(
    "script",
    ["{", "null", "[" * 5_000, '{"a":' * 5_000, '{"datePublished": 5, "@type": "Article"}', '{"datePublished": "soon"}', '{"datePublished": ["2024"]}'],
    ids=range(7),
)  # fmt: skip
def test_broken_data_in_a_page_does_not_stop_the_reading(script):
    article = read_bytes(html(f'<script type="application/ld+json">{script}</script>'), now=NOW)
    assert article.text.startswith("Rebels took a bridge")
    assert article.published is None


@pytest.mark.parametrize("href", ["javascript:alert(1)", "http://[", "data:text/html,x", "/", ""])
def test_a_canonical_address_that_is_none_is_not_taken(href):
    assert read_bytes(html(f'<link rel="canonical" href="{href}">'), url=ADDRESS, now=NOW).url == ADDRESS


def test_deeply_nested_markup_is_read_or_refused():
    with contextlib.suppress(IngestionError):
        read_bytes(b"<html><body>" + b"<div>" * 100_000 + BODY.encode() + b"</body></html>", now=NOW)


def test_a_text_about_markup_is_a_text():
    text = f"{BODY} The page began with <html><body> and was never closed."
    assert read_bytes(text.encode(), name="note.txt", now=NOW).text == text


def test_a_naive_date_stays_naive():
    article = read_bytes(f"Rebels take a bridge\n\nPublished 01/23/2024, 05:07 PM\n\n{BODY}".encode(), now=NOW)
    assert article.published == datetime(2024, 1, 23, 17, 7)
    assert article.published.date() == date(2024, 1, 23)
