"""Whatever the text, reading it ends, and what is found stands in it. Slow only by its length: benchmarks/hostile.py."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from incidents import pipeline
from incidents.gazetteer.build import Entry, write
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Level
from incidents.ingestion.languages import detect_language
from incidents.ingestion.text import clean

# What every rule of extraction looks for, what pages add, and what breaks programs.
PIECES = [
    *("A bomb", "gunmen", "exploded", "killed", "wounded", "was shelled", "attacks", "the strike", "claimed", "denied"),
    *("Mosul", "in Baghdad", "near", "south of", "Iraq", "between Mosul and", "33.3, 44.4", "12 km"),
    *("on Monday", "yesterday", "last week", "two hundred years ago", "9999 years later", "in 0000", "31 February", "1/1/1"),
    *("tonight", "the next month", "since May", "12 January 9999", "on the 99th", "10,000 days ago", "a million months ago"),
    *("three", "at least 5", "dozens", "a million billion", "1,000,000,000,000", "7" * 40, "up to", "-3", "½", "٣", "none"),
    *("By Ann Lee", "14:32 GMT", "Photo: x/AFP", "Reporting by A B;", "Read more:", "MOSUL (AFP) -", "Share", "3 Comments"),
    *("\n", "\n\n", "\r\n", "\t", "- ", "1. ", "|", "“", "”", '"', "(", ")", "[", "...", "—", "'s", "http://x.y/z?a=b"),
    *("\x00", "\u202e", "\u200f", "\u0301", "\ud800", "\ufeff", "\U0001f468\u200d\U0001f469", "\U000e0041", "\uffff", "ﬁ", "İ", "ß"),
]  # fmt: skip
ANY_TEXT = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(st.characters(exclude_categories=()), max_size=200),
    st.tuples(st.sampled_from(PIECES), st.integers(1, 60)).map(lambda each: each[0] * each[1]),
)
ANY_DAY = st.one_of(st.none(), st.sampled_from([date.min, date.max, date(1, 3, 1), date(9999, 12, 1)]), st.dates())


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory) -> Gazetteer:
    path: Path = tmp_path_factory.mktemp("gazetteer") / "small.sqlite3"
    write(
        path,
        [
            Entry("Iraq", 33, 44, Level.COUNTRY, 370_000, "IQ", "geonames", population=38_000_000),
            Entry("Mosul", 36.34, 43.13, Level.TOWN, 10_800, "IQ", "geonames", population=1_800_000),
            Entry("Baghdad", 33.34, 44.4, Level.TOWN, 12_000, "IQ", "geonames", population=7_200_000),
        ],
    )
    with Gazetteer(path) as opened:
        yield opened


def quotes_of(item):
    own = [getattr(item, name, None) for name in ("when", "where", "killed", "wounded", "count")]
    parts = [part for _, part in getattr(item, "groups", ())]
    return [*item.quotes, *(each.quote for each in (*own, *item.actors, *parts) if each is not None and each.quote)]


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_TEXT, ANY_DAY)
@example("A bomb killed two people two hundred years ago in Mosul.", date(9, 1, 1))
@example("A bomb will have killed two people in Mosul 9999 years later, next month.", date.max)
@example("A bomb \ud800 killed two \udfff people in Mosul on Monday.", date(2024, 1, 23))
def test_any_text_is_read_and_every_quote_stands_in_it(gazetteer, text, published):
    found = pipeline.read(text, published=published, gazetteer=gazetteer)
    for toponym in found.toponyms:
        assert text[toponym.start : toponym.end] == toponym.text
    for item in (*found.incidents, *found.aggregates):
        for quote in quotes_of(item):
            assert 0 <= quote.start < quote.end <= len(text)
            assert text[quote.start : quote.end].strip()
        days = [day for day in (item.when.start, item.when.end) if day]
        assert days == sorted(days)


@settings(max_examples=100)
@given(ANY_TEXT, st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_cleaned_and_every_word_stands_where_it_stood(text, title, author):
    for page in (clean(text), clean(text, title=title, author=author)):
        for start, raw, length in page.clean.pieces:
            # Lines that were put together have a blank where the raw text has a line break.
            assert page.clean.text[start : start + length].split() == text[raw : raw + length].split()
        assert (page.clean.text == "") == (text.split() == [])


@settings(max_examples=30)
@given(ANY_TEXT)
def test_any_text_has_a_language_or_none(text):
    assert detect_language(text) == detect_language(text)


LONG = {
    "one word": "a" * 1_000_000,
    "letters": "a " * 500_000,
    "digits": "7" * 1_000_000,
    "brackets": "(" * 1_000_000,
    "blanks": " " * 1_000_000,
    "line breaks": "\n" * 1_000_000,
    "a table": "| Mosul | 12 | killed |\n" * 4_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_very_long_text_is_cleaned(name):
    text = LONG[name]
    assert set(clean(text).clean.text.split()) == set(text.split())


@pytest.mark.parametrize(
    "piece", ["Mosul, Baghdad, ", "bombing shelling attack ", "7 killed, ", "\x00\u202e\U0001f642 "]
)
def test_a_page_of_nothing_but_one_kind_of_word_is_read(gazetteer, piece):
    text = (piece * 1_000)[:3_000]
    found = pipeline.read(text, published=date(2024, 1, 23), gazetteer=gazetteer)
    for item in (*found.incidents, *found.aggregates):
        assert all(0 <= quote.start < quote.end <= len(text) for quote in quotes_of(item))
