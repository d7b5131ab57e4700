from __future__ import annotations

import csv

import pytest
from geopy.distance import great_circle

from incidents.gazetteer.build import DATA, LISTS, Entry, read_list, town_radius, write
from incidents.gazetteer.errors import GazetteerDataError
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Level

HEADER = "name,latitude,longitude,radius_m,level,country,aliases,checked\n"


@pytest.mark.parametrize("name", LISTS)
def test_our_own_lists_hold_possible_places(name):
    entries = list(read_list(DATA / f"{name}.csv"))
    assert entries
    for entry in entries:
        assert -90 <= entry.latitude <= 90, entry.name
        assert -180 <= entry.longitude <= 180, entry.name
        assert 100 <= entry.radius_m <= 8_000_000, entry.name
        assert entry.country is None or (len(entry.country) == 2 and entry.country.isupper()), entry.name


def test_no_place_stands_twice_in_our_own_lists():
    names = [entry.name for name in LISTS for entry in read_list(DATA / f"{name}.csv")]
    assert sorted(set(names)) == sorted(names)


def test_every_row_of_our_own_lists_says_how_it_was_checked():
    for name in LISTS:
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            assert all(row["checked"] for row in csv.DictReader(lines)), name


@pytest.mark.parametrize(
    "line", ["X,north,2,100,town,IQ,,atlas", "X,1,2,100,hamlet,IQ,,atlas", "X,1,2,wide,town,IQ,,atlas", "X,1,2"]
)
def test_a_mistake_in_a_list_is_named_with_its_line(tmp_path, line):
    path = tmp_path / "mistaken.csv"
    path.write_text(HEADER + "Good,1,2,100,town,IQ,,atlas\n" + line + "\n", encoding="utf-8")
    with pytest.raises(GazetteerDataError, match=r"mistaken\.csv, line 3"):
        list(read_list(path))


def test_a_build_that_fails_leaves_the_old_file_whole(tmp_path):
    path = tmp_path / "gazetteer.sqlite3"
    write(path, [Entry("Hit", 33.64, 42.83, Level.TOWN, 4_000, "IQ", "test")])

    def breaks():
        yield Entry("Mosul", 36.34, 43.12, Level.TOWN, 11_000, "IQ", "test")
        raise GazetteerDataError("the source ends in the middle")

    with pytest.raises(GazetteerDataError):
        write(path, breaks())
    with Gazetteer(path) as gazetteer:
        assert [place.name for place in gazetteer.lookup("Hit")] == ["Hit"]
    assert [file.name for file in tmp_path.iterdir()] == ["gazetteer.sqlite3"]


def test_a_reader_keeps_the_file_that_is_replaced_under_it(tmp_path):
    path = tmp_path / "gazetteer.sqlite3"
    write(path, [Entry("Hit", 33.64, 42.83, Level.TOWN, 4_000, "IQ", "test")])
    with Gazetteer(path) as before:
        write(path, [Entry("Mosul", 36.34, 43.12, Level.TOWN, 11_000, "IQ", "test")])
        assert before.lookup("Hit")
        with Gazetteer(path) as after:
            assert after.lookup("Mosul")
            assert not after.lookup("Hit")


def test_a_town_is_as_wide_as_its_people_make_it():
    assert town_radius(0) == town_radius(900) == 3_000
    assert 4_500 <= town_radius(100_000) <= 6_000
    assert town_radius(20_000_000) == 15_000


@pytest.mark.parametrize(
    ("name", "latitude", "longitude", "within_km"),
    [
        ("Ain al-Asad air base", 33.786, 42.441, 5),
        ("Al Asad", 33.786, 42.441, 5),
        ("al-Tanf", 33.5, 38.62, 5),
        ("Tower 22", 33.31, 38.70, 5),
        ("Baghdad", 33.315, 44.366, 40),
        ("Deir ez-Zor", 35.34, 40.14, 5),
        ("Bab al-Mandab", 12.58, 43.33, 30),
        ("Gaza Strip", 31.42, 34.35, 20),
        ("Jurf al-Sakhar", 32.86, 44.22, 10),
        ("United States", 39.76, -98.5, 1),
        ("UK", 54.8, -2.7, 10),
        ("Anbar", 33, 42, 120),
        ("Donetsk", 48.0, 37.8, 10),
    ],
)
def test_the_built_file_knows_where_the_news_happens(world, name, latitude, longitude, within_km):
    place = world.lookup(name)[0]
    assert great_circle((latitude, longitude), (place.latitude, place.longitude)).km <= within_km


def test_every_country_of_the_table_is_found_at_country_level(world):
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as lines:
        codes = {row["code"] for row in csv.DictReader(lines)}
    assert len(codes) >= 245
    for name, code in (("Iraq", "IQ"), ("Iran", "IR"), ("Türkiye", "TR"), ("Ivory Coast", "CI"), ("Burma", "MM")):
        assert (Level.COUNTRY, code) in {(place.level, place.country) for place in world.lookup(name)}
