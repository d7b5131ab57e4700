import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.language.heads import listen
from incidents.language.types import NameLabel


def sure(text, label=NameLabel.PLACE):
    return [text[name.start : name.end] for name in listen(text)[0] if name.label is label and name.probability >= 0.5]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shells fell on Kramatorsk and on villages near Gao.", ["Kramatorsk", "Gao"]),
        ("A FIRE DESTROYED TWO HOUSES IN SAN MIGUEL, EL SALVADOR.", ["SAN MIGUEL", "EL SALVADOR"]),
        ("Three people died in Paris, Texas, the sheriff said.", ["Paris", "Texas"]),
        ("The council met for two hours and agreed on nothing.", []),
    ],
)
def test_place_names_are_found(text, found):
    assert sure(text) == found


def test_peoples_are_no_places():
    text = "Two Sudanese farmers and a Georgian driver were arrested in Libya."
    assert sure(text) == ["Libya"]
    assert sure(text, NameLabel.DEMONYM) == ["Sudanese", "Georgian"]


def test_a_text_without_words_has_no_names():
    assert listen("") == listen(" \n\n ") == ((), None)


def test_names_do_not_overlap_and_lie_in_the_text():
    text = "Fighting in Marib, Taiz and Aden, Yemen; a convoy left Al-Hudaydah for Sana'a. " * 30
    found, _ = listen(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(0 < name.probability <= 1 for name in found)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    assert all(0 <= name.start < name.end <= len(text) for name in listen(text)[0])
