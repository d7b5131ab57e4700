"""What two reports share is told in sentences, and makes them likelier one; what they differ in, less."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.extraction.kinds import Kind
from incidents.extraction.likeness import WEIGHTS, Report, compare, telling_words

DAY = date(2024, 1, 20)
REPORT = Report(
    kind=Kind.SHELLING,
    first=DAY,
    last=DAY,
    country="IQ",
    place_name="Hit",
    latitude=33.64,
    longitude=42.83,
    radius_m=4_000,
    doers=frozenset(["Example Brigade"]),
    killed=(4, 4),
    words=frozenset(["bakery", "minibus"]),
)


def score(**fields):
    likeness = compare(REPORT, replace(REPORT, **fields))
    return None if likeness is None else likeness.score


def test_the_same_told_twice_is_nearly_certain_and_says_why():
    likeness = compare(REPORT, REPORT)
    assert likeness.score > 0.95
    assert set(likeness.reasons) == {
        "both in Hit",
        "same day",
        "both artillery shelling",
        "both name Example Brigade",
        "the same 4 killed",
        "both say “minibus”, “bakery”",
    }
    assert likeness.differences == ()


@pytest.mark.parametrize(
    ("fields", "difference"),
    [
        ({"first": date(2024, 1, 21), "last": date(2024, 1, 21)}, "1 day apart"),
        ({"kind": Kind.BOMBING}, "artillery shelling here, bombing or IED there"),
        ({"killed": (11, 11)}, "killed: 4 here, 11 there"),
        ({"doers": frozenset(["Another Front"])}, "Example Brigade here, Another Front there"),
        ({"latitude": 33.70}, "7 km apart"),
    ],
)
def test_each_difference_is_said_and_makes_it_less_likely(fields, difference):
    likeness = compare(REPORT, replace(REPORT, place_name="Elsewhere", **fields))
    assert difference in (*likeness.differences, *likeness.reasons)
    assert likeness.score <= score(place_name="Elsewhere")


@pytest.mark.parametrize(
    "fields",
    [
        {"country": "SY"},
        {"first": date(2024, 1, 23), "last": date(2024, 1, 23)},
        {"latitude": 34.5},
        {"kind": Kind.ABDUCTION},
    ],
)
def test_what_cannot_be_one_is_excluded(fields):
    assert score(**fields) is None


def test_a_toll_that_both_give_says_the_more_the_higher_it_is():
    few, many = (compare(replace(REPORT, killed=(n, n)), replace(REPORT, killed=(n, n))) for n in (0, 37))
    assert many.score > few.score
    assert "both nobody killed" in few.reasons


@pytest.mark.parametrize("names", ["unknown gunmen", "the soldiers", "Two armed men"])
def test_names_that_fit_anybody_neither_agree_nor_differ(names):
    likeness = compare(replace(REPORT, doers=frozenset([names])), REPORT)
    assert not any("Example Brigade" in sentence for sentence in (*likeness.reasons, *likeness.differences))


def test_a_longer_name_of_the_same_actor_agrees():
    likeness = compare(REPORT, replace(REPORT, doers=frozenset(["fighters of the Example Brigade"])))
    assert "both name Example Brigade" in likeness.reasons


def test_a_place_that_no_map_has_agrees_by_its_name():
    nowhere = replace(REPORT, latitude=None, longitude=None, country="", place_name="Example Farm")
    assert "both in Example Farm" in compare(nowhere, nowhere).reasons


def test_one_article_that_tells_both_holds_them_to_be_two():
    told = replace(REPORT, articles=frozenset([7]))
    likeness = compare(told, told)
    assert likeness.score < 0.5
    assert likeness.differences[0] == "one article tells of both"


def test_words_that_every_report_has_tell_nothing():
    quotes = [("kind", "shells struck a bakery, killing people"), ("place", "Old Market"), ("date", "on Saturday")]
    assert telling_words(quotes) == {"shells", "bakery"}


@given(
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    low=st.integers(0, 10**9),
    radius=st.integers(0, 10**6),
    kind=st.sampled_from(list(Kind)),
)
def test_a_score_is_a_share_and_the_same_from_both_sides(latitude, longitude, low, radius, kind):
    other = replace(REPORT, latitude=latitude, longitude=longitude, killed=(low, None), radius_m=radius, kind=kind)
    here, there = compare(REPORT, other), compare(other, REPORT)
    assert (here and here.score) == (there and there.score)
    assert here is None or 0 <= here.score <= 1


def test_every_weight_is_of_a_feature_and_nothing_shared_speaks_against():
    assert all(WEIGHTS[name] >= 0 for name in WEIGHTS if name.endswith((".same", ".shared", ".equal")))
