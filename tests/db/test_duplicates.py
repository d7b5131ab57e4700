"""What is proposed as the same incident, what is not, and what a moderator reads beside it."""

from datetime import date

import pytest

from incidents.models import Incident
from incidents.workflows.duplicates import possible_duplicates
from tests.factories import make_article, make_incident, make_mention, make_role

pytestmark = pytest.mark.django_db


def proposed(incident):
    return [duplicate.incident for duplicate in possible_duplicates(incident=incident)]


def test_the_same_strike_in_another_article_is_proposed_with_what_both_share():
    known, again = make_incident(published=True), make_incident(killed_low=3, killed_best=3, mentions=1)
    make_role(known, "Example Brigade")
    make_role(again, "Example Brigade")
    (duplicate,) = possible_duplicates(incident=again)
    assert duplicate.incident == known
    assert duplicate.score > 0.9
    assert set(duplicate.reasons) == {
        "both in Baghdad",
        "same day",
        "both drone strike",
        "both name Example Brigade",
        "both say “drone”, “house”",
    }
    assert duplicate.differences == ("killed: 3 here, 2 there",)


@pytest.mark.parametrize(
    "fields",
    [
        {"date_start": date(2024, 1, 21)},
        {"kind": "air-strike"},
        {"kind": "missile-rocket"},
        {"killed_low": None, "killed_best": None},
        {"killed_low": 6, "killed_best": 6},
        {"latitude": 33.31, "longitude": 44.36, "place_precision": "neighbourhood", "radius_m": 2000},
        {"date_start": date(2024, 1, 18), "date_end": date(2024, 1, 20), "time_precision": "few-days"},
        {"place_precision": "country", "place_name": "Iraq"},
    ],
    ids=str,
)
def test_reports_of_one_event_that_differ_in_one_thing_are_proposed(fields):
    known = make_incident()
    assert proposed(make_incident(**fields)) == [known]


@pytest.mark.parametrize(
    "fields",
    [
        {"date_start": date(2024, 1, 24)},
        {"kind": "abduction"},
        {"latitude": 36.19, "longitude": 44.01, "place_name": "Erbil"},
        {"country": "SY", "latitude": 33.51, "longitude": 36.29, "place_name": "Damascus"},
        {"country": "SY", "place_precision": "country", "place_name": "Syria"},
        {"status": "rejected"},
        {"date_start": date(2024, 1, 22), "kind": "shelling", "killed_low": 40, "killed_best": 40},
    ],
    ids=str,
)
def test_another_event_is_not_proposed(fields):
    make_incident(**fields)
    assert proposed(make_incident()) == []


def test_what_is_merged_is_proposed_no_more():
    into = make_incident()
    make_incident(status=Incident.Status.MERGED, merged_into=into)
    assert proposed(make_incident()) == [into]


def test_two_incidents_of_one_article_are_held_to_be_two():
    article = make_article()
    one, other = make_incident(), make_incident()
    make_mention(article=article, incident=one)
    make_mention(article=article, incident=other)
    assert proposed(one) == []


def test_the_likeliest_come_first_and_no_more_than_asked_for():
    incident = make_incident()
    next_day = make_incident(date_start=date(2024, 1, 21))
    same_day = [make_incident() for _ in range(3)]
    assert proposed(incident) == [*same_day, next_day]
    assert len(possible_duplicates(incident=incident, limit=2)) == 2


def test_without_a_date_the_day_of_the_report_counts():
    known = make_incident(reported_on=date(2024, 1, 21))
    assert proposed(make_incident(date_start=None, time_precision="unknown", reported_on=date(2024, 1, 22))) == [known]
    assert proposed(make_incident(date_start=None, time_precision="unknown", reported_on=date(2024, 3, 1))) == []
    assert proposed(make_incident(date_start=None, time_precision="unknown", reported_on=None)) == []


def test_a_strike_on_both_sides_of_the_date_line_is_one():
    fields = {"country": "FJ", "place_name": "Taveuni", "latitude": -16.8, "radius_m": 15_000}
    known = make_incident(longitude=179.98, **fields)
    assert proposed(make_incident(longitude=-179.98, **fields)) == [known]


def test_proposing_asks_the_database_a_fixed_number_of_times(django_assert_max_num_queries):
    incident = make_incident()
    for _ in range(12):
        make_role(make_incident(mentions=1), "Example Brigade")
    with django_assert_max_num_queries(11):
        assert len(possible_duplicates(incident=incident)) == 5
