"""The article's text with its quotes marked."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from incidents.admin.spans import AROUND_QUOTE_CHARS, WHOLE_TEXT_CHARS, Span, highlighted, legend, segments

TEXT = "A drone hit a house in Baghdad on Saturday."


def words_of(html: str, field: str) -> list[str]:
    return re.findall(rf'<mark class="quote quote-{field}"[^>]*>(.*?)</mark>', html)


def without_tags(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def test_a_quote_is_marked_in_the_colour_of_its_field():
    html = highlighted(TEXT, [Span("place", 23, 30)])
    assert words_of(html, "place") == ["Baghdad"]
    assert without_tags(html) == TEXT


def test_hostile_text_is_escaped_inside_and_outside_of_quotes():
    text = "<script>alert(1)</script> & <img src=x onerror=alert(2)> said"
    html = highlighted(text, [Span("kind", 0, 8), Span('"><b>', 28, 32)])
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_overlapping_quotes_are_nested_and_no_letter_is_lost():
    html = highlighted(TEXT, [Span("kind", 2, 19), Span("target", 12, 30)])
    assert without_tags(html) == TEXT
    assert '<mark class="quote quote-kind"' in html
    # "a house" is both: the later mark stands inside the earlier one.
    assert re.search(r'quote-kind"[^>]*><mark class="quote quote-target"[^>]*>a house</mark></mark>', html)


def test_who_claims_an_attack_is_marked_as_who_did_it():
    html = highlighted(TEXT, [Span("claimed-by", 0, 7), Span("alleged-perpetrator", 0, 7)])
    assert words_of(html, "perpetrator") == ["A drone"]
    assert legend([Span("claimed-by", 0, 7)]) == [("perpetrator", "who did it")]


def test_a_quote_beyond_the_text_is_cut_off_and_an_empty_one_marks_nothing():
    html = highlighted(TEXT, [Span("date", 31, 10_000), Span("kind", 5, 5), Span("place", 9_000, 9_001)])
    assert words_of(html, "date") == ["on Saturday."]
    assert html.count("<mark") == 1


def test_a_long_text_is_shown_around_its_quotes_and_says_what_is_left_out():
    text = "x" * WHOLE_TEXT_CHARS + "QUOTE" + "y" * WHOLE_TEXT_CHARS
    html = highlighted(text, [Span("kind", WHOLE_TEXT_CHARS, WHOLE_TEXT_CHARS + 5)])
    assert words_of(html, "kind") == ["QUOTE"]
    assert len(without_tags(html)) < 4 * AROUND_QUOTE_CHARS
    assert html.count("characters left out") == 2


def test_every_span_of_two_million_characters_is_marked():
    text = "strike & response " * 115_000
    spans = [Span("kind", start, start + 6) for start in range(0, len(text), 20_000)]
    html = highlighted(text, spans)
    assert html.count("<mark") == len(spans)


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.sampled_from(["kind", "date", "victim", "x"]), st.integers(0, 70), st.integers(0, 70))),
)
def test_segments_cover_the_text_once_and_in_order(text, spans):
    cut = list(segments(len(text), [Span(*span) for span in spans]))
    assert "".join(text[segment.start : segment.end] for segment in cut) == text
    for segment in cut:
        behind = {field for field, start, end in spans if start <= segment.start and segment.end <= end}
        assert set(segment.fields) == behind
