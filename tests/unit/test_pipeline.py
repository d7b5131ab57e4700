"""From a clean text to places and incidents, with a small gazetteer of well-known places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents import pipeline
from incidents.extraction.kinds import Kind
from incidents.extraction.types import PlacePrecision
from incidents.gazetteer.build import Entry, write
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Level

ENTRIES = [
    Entry("Iraq", 33, 44, Level.COUNTRY, 370_000, "IQ", "geonames", population=38_000_000, demonyms=["Iraqi"]),
    Entry("Yemen", 15.5, 47.5, Level.COUNTRY, 410_000, "YE", "geonames", population=28_000_000, demonyms=["Yemeni"]),
    Entry("United States", 39.76, -98.5, Level.COUNTRY, 1_700_000, "US", "geonames", population=327_000_000),
    Entry("Baghdad", 33.34, 44.4, Level.TOWN, 15_000, "IQ", "geonames", population=7_216_000),
    Entry("Mosul", 36.34, 43.13, Level.TOWN, 10_800, "IQ", "geonames", population=1_800_000),
    Entry("Erbil", 36.19, 44.01, Level.TOWN, 9_000, "IQ", "geonames", population=930_000),
    Entry("Red Sea", 20.3, 38.3, Level.SEA, 500_000, None, "atlas"),
]
MONDAY = date(2024, 1, 15)


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    path = tmp_path_factory.mktemp("gazetteer") / "small.sqlite3"
    write(path, ENTRIES)
    with Gazetteer(path) as opened:
        yield opened


def test_an_article_gives_its_incident_with_place_and_coordinates(gazetteer):
    text = "Ballistic missiles hit several houses in Erbil late on Monday, killing four people, the council said."
    found = pipeline.read(text, published=date(2024, 1, 16), gazetteer=gazetteer)
    (incident,) = found.incidents
    assert incident.kind is Kind.MISSILE_ROCKET
    assert incident.when.start == MONDAY
    assert incident.where.precision is PlacePrecision.TOWN
    assert (incident.where.latitude, incident.where.longitude) == pytest.approx((36.19, 44.01), abs=0.01)
    assert found.toponyms[incident.where.toponym].text == "Erbil"
    assert found.version == pipeline.EXTRACTOR_VERSION


def test_a_country_has_no_coordinates(gazetteer):
    found = pipeline.read("Two air strikes hit Yemen on Monday.", published=MONDAY, gazetteer=gazetteer)
    (incident,) = found.incidents
    assert incident.where.precision is PlacePrecision.COUNTRY
    assert incident.where.latitude is None


def test_a_sea_is_an_area(gazetteer):
    text = "A missile hit a cargo ship in the Red Sea on Monday, its owner said."
    (incident,) = pipeline.read(text, published=MONDAY, gazetteer=gazetteer).incidents
    assert incident.kind is Kind.SHIP_ATTACK
    assert (incident.where.name, incident.where.precision) == ("Red Sea", PlacePrecision.AREA)


def test_near_a_town_is_not_the_town(gazetteer):
    text = "A roadside bomb killed two soldiers near Mosul on Monday."
    (incident,) = pipeline.read(text, published=MONDAY, gazetteer=gazetteer).incidents
    assert incident.where.precision is PlacePrecision.NEAR


def test_a_title_counts_and_offsets_stay_those_of_the_text(gazetteer):
    title = "Bomb kills two in Mosul"
    text = "A roadside bomb killed two soldiers in Mosul on Monday. The blast wounded three others."
    found = pipeline.read(text, published=MONDAY, gazetteer=gazetteer, title=title)
    (incident,) = found.incidents
    assert incident.killed.low == 2
    assert incident.wounded.low == 3
    for quote in incident.quotes:
        assert 0 <= quote.start < quote.end <= len(text)
    assert {text[q.start : q.end] for q in incident.quotes if q.field == "place"} == {"Mosul"}
    assert all(text[toponym.start : toponym.end] == toponym.text for toponym in found.toponyms)


def test_what_only_the_title_says_has_no_quote(gazetteer):
    text = "A roadside bomb killed two soldiers on Monday, the army said."
    found = pipeline.read(text, published=MONDAY, gazetteer=gazetteer, title="Bomb kills two in Mosul")
    (incident,) = found.incidents
    assert incident.where.name == "Mosul"
    assert incident.where.quote is None
    assert incident.where.toponym is None


def test_the_same_text_gives_the_same_result(gazetteer):
    text = "Gunmen attacked a checkpoint in Baghdad on Monday. Two policemen died."
    first = pipeline.read(text, published=MONDAY, gazetteer=gazetteer)
    assert pipeline.read(text, published=MONDAY, gazetteer=gazetteer) == first


def test_an_empty_text_gives_nothing(gazetteer):
    found = pipeline.read("", published=None, gazetteer=gazetteer)
    assert (found.toponyms, found.incidents, found.aggregates) == ((), (), ())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400), st.dates(), st.text(max_size=40))
def test_any_text_is_read_without_an_error(gazetteer, text, published, title):
    found = pipeline.read(text, published=published, gazetteer=gazetteer, title=title)
    for incident in found.incidents:
        assert all(0 <= quote.start < quote.end <= len(text) for quote in incident.quotes)
