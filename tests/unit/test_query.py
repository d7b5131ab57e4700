"""The query string: what it understands, what it says of what it does not, and that it has one spelling."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from incidents.extraction.kinds import Kind
from incidents.query import Box, Circle, Query, QueryError
from incidents.query.folding import patterns
from incidents.query.query import KEYS
from incidents.query.words import days


def test_values_of_a_key_come_as_a_list_or_one_by_one():
    together = Query.strict(QueryDict("kind=air-strike,bombing"))
    apart = Query.strict(QueryDict("kind=air-strike&kind=bombing"))
    assert together == apart
    assert together.kind == (Kind.AIR_STRIKE, Kind.BOMBING)


def test_a_year_or_month_stands_for_all_its_days():
    query = Query.strict({"from": "2024", "to": "2024-02"})
    assert (query.since, query.until) == (date(2024, 1, 1), date(2024, 2, 29))


def test_a_box_may_cross_the_180th_meridian_and_a_turned_map_is_turned_back():
    assert Query.strict({"bbox": "170,-20,190,-10"}).bbox == Box(170, -20, -170, -10)
    assert Query.strict({"bbox": "-400,-20,400,10"}).bbox == Box(-180, -20, 180, 10)


def test_near_is_latitude_longitude_and_kilometres():
    assert Query.strict({"near": "33.3,44.4,50"}).near == Circle(33.3, 44.4, 50)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("kind", "earthquake"),
        ("from", "2024-02-30"),
        ("from", "20240101"),
        ("to", "yesterday"),
        ("bbox", "1,2,3"),
        ("bbox", "0,50,10,40"),
        ("bbox", "nan,0,1,1"),
        ("near", "91,0,5"),
        ("near", "33,44,-1"),
        ("near", "33,44,inf"),
        ("area", "1,1;2,2"),
        ("killed_min", "-1"),
        ("killed_min", "9" * 400),
        ("killed_min", "٣"),
        ("credibility", "7"),
        ("precision", "exact"),
        ("time_precision", "moment"),
        ("role", "hero"),
        ("asof", "3"),
        ("highlight", "<script>"),
        ("q", "x" * 300),
    ],
)
def test_a_value_that_cannot_be_read_is_an_error_that_names_its_key_and_a_note_on_a_page(key, value):
    with pytest.raises(QueryError) as raised:
        Query.strict({key: value})
    assert raised.value.key == key
    assert str(raised.value).startswith(f"{key}: ")
    page = Query.from_params({key: value})
    assert page == Query()
    assert page.notes[0].startswith(f"{key}: ")


def test_an_unknown_key_is_an_error_in_an_export_and_ignored_on_a_page():
    with pytest.raises(QueryError, match="colour"):
        Query.strict({"colour": "red"})
    assert Query.from_params({"colour": "red"}) == Query()
    assert Query.strict({"page": "2"}, besides=["page"]) == Query()


def test_a_range_that_ends_before_it_begins_keeps_its_beginning():
    query = Query.from_params({"from": "2024-03-01", "to": "2024-02-01"})
    assert (query.since, query.until) == (date(2024, 3, 1), None)
    assert "before" in query.notes[0]


def test_empty_values_ask_nothing():
    assert Query.strict(dict.fromkeys(KEYS, "")) == Query()
    assert Query().to_params() == ""


def test_control_characters_never_reach_the_database():
    assert Query.strict({"q": "a\x00b\n c"}).q == "a b c"


_VALUES = {
    "q": st.text(max_size=30),
    "kind": st.lists(st.sampled_from([str(kind) for kind in Kind]), max_size=3).map(",".join),
    "actor": st.sampled_from(["", "12", "Comité, Région du Nord"]),
    "from": st.dates(date(1990, 1, 1), date(2020, 1, 1)).map(str),
    "to": st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(str),
    "near": st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.floats(0.1, 900)).map(
        lambda numbers: ",".join(f"{number:.6f}" for number in numbers)
    ),
    "area": st.just("1,1;1,5.123456;6,5"),
    "killed_min": st.integers(0, 10_000).map(str),
    "highlight": st.just("AB12,ZZ"),
}


@given(st.fixed_dictionaries({}, optional=_VALUES))
def test_the_canonical_string_is_read_back_as_the_same_query(params):
    query = Query.strict(params)
    assert Query.from_string(query.to_params()) == query
    assert Query.from_string(query.to_params()).to_params() == query.to_params()


@given(st.dictionaries(st.sampled_from([*KEYS, "zzz"]), st.text(max_size=60), max_size=6))
def test_a_page_takes_any_rubbish(params):
    assert isinstance(Query.from_params(params), Query)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("malaga", "MÁLAGA"),
        ("Málaga", "malaga"),
        ("kyiv", "Kyïv"),
        ("lodz", "Łódź"),
        ("a.b", "a.b"),
        ("cafe", "cafe\u0301"),
    ],
)
def test_search_ignores_accents_and_case(asked, text):
    (pattern,) = patterns(asked)
    assert re.search(pattern, text, re.IGNORECASE)


def test_search_words_are_no_regular_expressions():
    (pattern,) = patterns("(.*)+$")
    assert not re.search(pattern, "anything")


def test_a_range_of_days_reads_as_people_write_it():
    assert days(date(2024, 3, 1), date(2024, 3, 12)) == "1 to 12 March 2024"
    assert days(date(2024, 3, 1), date(2024, 4, 30)) == "1 March to 30 April 2024"
    assert days(date(2023, 12, 30), date(2024, 1, 2)) == "30 December 2023 to 2 January 2024"
    assert days(date(2024, 3, 1), None) == "since 1 March 2024"


def test_the_sentence_names_every_filter():
    query = Query.strict(
        {"kind": "bombing", "from": "2024-03", "to": "2024-03", "killed_min": "3", "near": "33.3,44.4,50"}
    )
    assert query.sentence() == (
        "Incidents: bombing or IED; 1 to 31 March 2024; within 50 km of 33.3, 44.4; 3 killed or more."
    )
