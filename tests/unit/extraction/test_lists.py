"""Releases and daily reports that list events: each line once, with what stands over it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from incidents import pipeline
from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole
from incidents.gazetteer.build import Entry, write
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Level

ENTRIES = [
    Entry("Sudan", 16, 30, Level.COUNTRY, 700_000, "SD", "geonames", population=41_000_000, demonyms=["Sudanese"]),
    Entry("Chad", 15, 19, Level.COUNTRY, 600_000, "TD", "geonames", population=15_000_000),
    Entry("El Fasher", 13.63, 25.35, Level.TOWN, 9_000, "SD", "geonames", population=500_000),
    Entry("Nyala", 12.05, 24.88, Level.TOWN, 9_000, "SD", "geonames", population=560_000),
    Entry("Kutum", 14.2, 24.67, Level.TOWN, 4_000, "SD", "geonames", population=45_000),
    Entry("Tine", 52.0, 5.0, Level.TOWN, 4_000, "NL", "geonames", population=20_000),
    Entry("Adre", 13.47, 22.2, Level.TOWN, 4_000, "TD", "geonames", population=40_000),
    Entry("Herat", 34.35, 62.2, Level.TOWN, 9_000, "AF", "geonames", population=400_000),
    Entry("Kunduz", 36.73, 68.86, Level.TOWN, 9_000, "AF", "geonames", population=260_000),
    Entry("Khost", 33.34, 69.92, Level.TOWN, 9_000, "AF", "geonames", population=96_000),
    Entry("Kupiansk", 49.71, 37.62, Level.TOWN, 5_000, "UA", "geonames", population=27_000),
    Entry("Izium", 49.21, 37.28, Level.TOWN, 5_000, "UA", "geonames", population=45_000),
    Entry("Monywa", 22.11, 95.14, Level.TOWN, 8_000, "MM", "geonames", population=200_000),
]
TUESDAY = date(2024, 5, 14)
MONDAY = date(2024, 5, 13)
RELEASE = """On Monday, Sudanese air force jets carried out 14 strikes in Sudan and Chad.

Sudan
• Near El Fasher, two airstrikes destroyed a fuel depot and killed three fighters.
• Near Nyala, one strike struck a convoy. Four civilians were wounded.
• Near Kutum, 12 strikes hit a base.

Chad
• Near Adre, one strike destroyed a truck.
• Near Tine, two strikes struck a camp.
"""


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    path = tmp_path_factory.mktemp("gazetteer") / "lists.sqlite3"
    write(path, ENTRIES)
    with Gazetteer(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def release(gazetteer):
    return pipeline.read(RELEASE, published=TUESDAY, gazetteer=gazetteer)


def read(gazetteer, text):
    return pipeline.read(text, published=TUESDAY, gazetteer=gazetteer).incidents


def test_each_line_of_a_release_is_an_incident_at_its_place(release):
    assert [incident.where.name for incident in release.incidents] == ["El Fasher", "Nyala", "Kutum", "Adre", "Tine"]
    assert {incident.kind for incident in release.incidents} == {Kind.AIR_STRIKE}


def test_the_total_over_a_list_stays_an_aggregate(release):
    assert any("14" in RELEASE[quote.start : quote.end] for told in release.aggregates for quote in told.quotes)


def test_who_and_when_come_from_over_the_list(release):
    for incident in release.incidents:
        assert incident.when.start == MONDAY
        assert [actor.name for actor in incident.actors if actor.role is ActorRole.PERPETRATOR] == ["Sudan"]


def test_a_line_keeps_the_figures_of_all_its_sentences(release):
    assert release.incidents[0].killed.low == 3
    assert release.incidents[1].wounded.low == 4
    assert release.incidents[1].killed is None


def test_the_place_of_a_line_lies_in_the_country_over_its_list(release):
    tine = release.incidents[-1].where
    assert (tine.country, tine.latitude) == ("TD", None)


def test_quotes_are_those_of_the_own_line(release):
    for incident in release.incidents:
        places = [RELEASE[quote.start : quote.end] for quote in incident.quotes if quote.field == "place"]
        assert places == [incident.where.name]


def test_a_daily_report_by_district_gives_one_incident_a_district(gazetteer):
    text = "Situation on 13 May 2024:\nKupiansk district: 5 shellings, 2 wounded.\nIzium district: 2 drone strikes.\n"
    shelling, drones = read(gazetteer, text)
    assert (shelling.where.name, shelling.kind, shelling.wounded.low) == ("Kupiansk", Kind.SHELLING, 2)
    assert (drones.where.name, drones.kind, drones.wounded) == ("Izium", Kind.DRONE_STRIKE, None)
    assert shelling.when.start == drones.when.start == MONDAY


def test_a_table_pasted_with_tabs_gives_one_incident_a_row(gazetteer):
    found = read(gazetteer, "Province\tEvents\nHerat\t3 shellings\nKunduz\t1 bombing\nKhost\t1 mortar attack\n")
    assert [incident.where.name for incident in found] == ["Herat", "Kunduz", "Khost"]


def test_clauses_between_semicolons_are_events_of_their_own(gazetteer):
    text = (
        "In the north: a jet bombed a school in Kutum, killing seven children; soldiers torched 40 houses in Nyala; "
        "artillery fire wounded three villagers near Monywa."
    )
    found = read(gazetteer, text)
    assert [incident.where.name for incident in found] == ["Kutum", "Nyala", "Monywa"]
    assert [incident.killed.low if incident.killed else None for incident in found] == [7, None, None]


def test_what_might_be_struck_is_no_incident(gazetteer):
    text = (
        "Jets could strike these targets in Sudan:\n- Near Nyala, a strike on a depot.\n- Near Kutum, an airstrike.\n"
    )
    assert read(gazetteer, text) == ()


def test_key_points_repeat_what_the_article_tells(gazetteer):
    text = (
        "Key points:\n- A car bomb killed 12 people at a market in Nyala on Monday\n- Nobody claimed the attack\n\n"
        "A car bomb exploded at a busy market in Nyala on Monday, killing 12 people, police said."
    )
    assert len(read(gazetteer, text)) == 1


def test_a_release_of_hundreds_of_lines_is_read_to_its_end(gazetteer):
    lines = "".join(f"- Near Nyala, one airstrike destroyed {number} trucks.\n" for number in range(2, 502))
    assert len(read(gazetteer, "On Monday, jets conducted strikes in Sudan:\n" + lines)) == 500


def test_a_headlines_label_and_a_dateline_are_no_list(gazetteer):
    text = "Sudan: drones hit Nyala market\n\nEL FASHER - Drones hit a market in Nyala on Monday, killing six traders, doctors said."
    (incident,) = pipeline.read(text, published=TUESDAY, gazetteer=gazetteer).incidents
    assert (incident.where.name, incident.killed.low) == ("Nyala", 6)


DIGEST = """What happened on Monday:

Kunduz: Gunmen fired at a checkpoint near Khost on Sunday. Two guards were killed.
Monywa: A mine wounded three farmers.
Update: the blast in Herat was an accident.
"""


def test_a_line_keeps_its_own_day_and_its_figures_and_an_update_is_no_place(gazetteer):
    found = pipeline.read(DIGEST, published=TUESDAY, gazetteer=gazetteer).incidents
    fired, mine = (incident for incident in found if incident.where.name != "Herat")
    assert (fired.when.start, fired.killed.low) == (date(2024, 5, 12), 2)
    assert (mine.where.name, mine.when.start, mine.wounded.low) == ("Monywa", MONDAY, 3)
    assert "Update" not in {incident.where.name for incident in found}
