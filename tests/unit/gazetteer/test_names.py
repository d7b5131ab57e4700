from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.gazetteer.names import fold, fold_lines, is_abbreviation, is_readable, loosen


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "DEIR EZ ZOR"),
        ("São Paulo", "Sao Paulo"),
        ("Łódź", "Lodz"),
        ("Sana'a", "Sanaa"),
        ("Ta\u2018izz", "Taizz"),
        ("the Red Sea", "Red Sea"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Ft. Hood", "Fort Hood"),
        ("Mt Sinjar", "Mount Sinjar"),
        ("U.S.", "u s"),
        ("الأنبار", "الانبار"),
        ("Донецьк", "ДОНЕЦЬК"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Ramadi", "Ar Ramādī"),
        ("Deir ez-Zor", "Dayr az Zor"),
        ("Ash Shaddādah", "Shaddada"),
        ("Ain al-Hilweh", "Ayn al Hilwa"),
    ],
)
def test_transliterations_from_arabic_meet_in_the_loose_key(one, other):
    assert fold(one) != fold(other)
    assert loosen(fold(one)) == loosen(fold(other))


def test_a_name_that_is_nothing_but_an_article_keeps_it():
    assert loosen(fold("Al")) == "al"


@pytest.mark.parametrize(("name", "short"), [("NSW", True), ("Calif.", True), ("Nsw", False), ("BEIRUT", False)])
def test_short_forms_are_told_by_their_writing(name, short):
    assert is_abbreviation(name) is short


def test_scripts_without_keys_are_left_out():
    assert all(is_readable(name) for name in ("Baghdād", "بغداد", "Багдад"))
    assert not is_readable("バグダード")


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.text(), min_size=1))
def test_names_folded_together_have_the_keys_that_they_have_alone(names):
    lines = [name.replace("\n", " ") for name in names]
    assert fold_lines("\n".join(lines)) == [fold(name) for name in names]
