"""Quoted words are shown in their sentences, and no more of the article than that."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from incidents.models import Quote
from incidents.publishing.passages import LONGEST, passages

TEXT = (
    "HILLA - U.S. jets hit a depot near Hilla on Monday, Lt. Gen. Harith Wali said. Two guards died and five were hurt.\n\n"
    "The weather was fine.\n\nA spokesman said the two guards were brothers."
)


def _quote(field: str, words: str, text: str = TEXT) -> Quote:
    start = text.index(words)
    return Quote(field=field, start=start, end=start + len(words), text=words)


def _sentences(found):
    return ["".join(part.text for part in passage.parts) for passage in found]


def test_words_stand_in_their_sentence_with_the_fields_marked():
    (passage,) = passages(TEXT, [_quote("kind", "hit"), _quote("place", "near Hilla"), _quote("date", "Monday")])
    assert _sentences([passage]) == ["HILLA - U.S. jets hit a depot near Hilla on Monday, Lt. Gen. Harith Wali said."]
    assert [(part.text, part.fields) for part in passage.parts if part.fields] == [
        ("hit", ("kind",)),
        ("near Hilla", ("place",)),
        ("Monday", ("date",)),
    ]
    assert passage.fields == ("kind", "place", "date")


def test_as_few_sentences_as_cover_every_field():
    quotes = [_quote("kind", "hit"), _quote("killed", "Two guards died"), _quote("killed", "two guards were brothers")]
    assert _sentences(passages(TEXT, quotes)) == [
        "HILLA - U.S. jets hit a depot near Hilla on Monday, Lt. Gen. Harith Wali said.",
        "Two guards died and five were hurt.",
    ]


def test_overlapping_quotes_are_marked_with_both_fields():
    (passage,) = passages(TEXT, [_quote("killed", "Two guards died"), _quote("victim", "guards")])
    assert [(part.text, part.fields) for part in passage.parts if part.fields] == [
        ("Two ", ("killed",)),
        ("guards", ("killed", "victim")),
        (" died", ("killed",)),
    ]


def test_a_very_long_sentence_is_cut_around_the_words():
    text = "and " * 400 + "a mine exploded " + "and " * 400
    (sentence,) = _sentences(passages(text, [_quote("kind", "exploded", text)]))
    assert "a mine exploded" in sentence
    assert sentence.startswith("… ")
    assert sentence.endswith(" …")
    assert len(sentence) < LONGEST


def test_a_quote_of_another_text_is_left_out():
    assert passages("Short.", [Quote(field="kind", start=100, end=110, text="elsewhere")]) == []


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(1, 40)), max_size=6))
def test_any_text_and_any_spans_give_pieces_of_the_text(text, spans):
    quotes = [Quote(field=f"f{i}", start=start, end=start + length) for i, (start, length) in enumerate(spans)]
    for passage in passages(text, quotes):
        assert all(part.text in text or part.text in {"… ", " …"} for part in passage.parts)
