from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from incidents.gazetteer import store
from incidents.gazetteer.errors import GazetteerError, GazetteerMissing
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Level, LocalPlace, Place


def test_a_missing_file_says_which_command_builds_it(tmp_path):
    with pytest.raises(GazetteerMissing, match=r"run: python manage\.py load_gazetteer"):
        Gazetteer(tmp_path / "none.sqlite3")


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path):
    rubbish = tmp_path / "rubbish.sqlite3"
    rubbish.write_bytes(b"\x00\x01not a database" * 100)
    with pytest.raises(GazetteerError, match="no gazetteer"):
        Gazetteer(rubbish)


def test_a_file_of_another_version_is_refused(tmp_path):
    old = tmp_path / "old.sqlite3"
    with sqlite3.connect(old) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(GazetteerMissing, match="format 99"):
        Gazetteer(old)


@pytest.mark.parametrize("name", ["Baghdad", "BAGHDAD", "baghdād", "بغداد", "Багдад"])
def test_a_name_is_found_however_it_is_written(small, name):
    assert [place.name for place in small.lookup(name)] == ["Baghdad"]


def test_an_arabic_article_may_be_left_out(small):
    assert [place.name for place in small.lookup("Ramadi")] == ["Ar Ramādī"]
    assert [place.name for place in small.lookup("al-Ramadi")] == ["Ar Ramādī"]


def test_a_spanish_article_is_part_of_the_name(small):
    assert [place.country for place in small.lookup("Salvador")] == ["BR"]
    assert small.lookup("El Salvador")[0].country == "SV"


def test_namesakes_come_with_the_most_people_first(small):
    assert [place.country for place in small.lookup("Paris")] == ["FR", "US"]


@pytest.mark.parametrize("name", ["", "   ", "...", "Nowhereville", "Iraqi", "'; DROP TABLE place; --", "x" * 10_000])
def test_what_is_no_place_gives_an_empty_list(small, name):
    assert small.lookup(name) == []


def test_a_place_is_found_by_its_id(small):
    (baghdad,) = small.lookup("Baghdad")
    assert small.place(baghdad.id) == baghdad
    assert small.place(10**9) is None


def test_the_nearest_place_is_a_point_and_not_a_province(small):
    assert small.nearest(33.8, 42.5).name == "Ain al-Asad Air Base"
    assert small.nearest(0, -30) is None


def test_the_nearest_place_is_found_across_the_date_line(small):
    assert small.nearest(-16.79, 179.99).name == "Waiyevo"
    assert small.nearest(-16.43, 179.3).name == "Labasa"


def test_a_box_holds_the_places_of_most_people_first(small):
    assert [place.name for place in small.in_box(33.3, 42, 34, 45, limit=10)] == [
        "Baghdad",
        "Al Anbār",
        "Ar Ramādī",
        "Ain al-Asad Air Base",
    ]
    assert [place.name for place in small.in_box(33.3, 42, 34, 45, limit=1)] == ["Baghdad"]


def test_a_box_may_lie_across_the_date_line(small):
    assert [place.name for place in small.in_box(-18, 178, -16, -179, limit=10)] == ["Fiji", "Labasa", "Waiyevo"]


def test_a_box_of_half_the_world_is_too_wide_and_the_poles_are_empty(small):
    assert small.in_box(-60, -90, 60, 90, limit=10) is None
    assert small.in_box(89, 0, 90, 5, limit=10) == []
    assert small.in_box(-90, 0, -89, 5, limit=10) == []


@pytest.mark.parametrize("latitude", [90, -90, 89.9999])
def test_the_poles_have_no_nearest_place(small, latitude):
    assert small.nearest(latitude, 0) is None


def test_a_moderators_place_wins_over_the_file(small_path):
    hamlet = Place(-7, "Baghdad hamlet", 10.0, 20.0, Level.TOWN, 2_000, "TD", source="moderator")
    with Gazetteer(small_path, [LocalPlace(hamlet, ("Baghdad", "Little Baghdad"))]) as gazetteer:
        assert gazetteer.lookup("BAGHDAD") == [hamlet]
        assert gazetteer.lookup("little baghdad") == [hamlet]
        assert gazetteer.place(-7) == hamlet
        assert gazetteer.nearest(10.1, 20.1) == hamlet


def test_many_threads_may_ask_at_once(small):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: small.lookup("Baghdad")[0].country, range(400)))
    assert answers == ["IQ"] * 400


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("بغداد", ("Baghdad", "IQ")),
        ("بَغْداد", ("Baghdad", "IQ")),
        ("Бахмут", ("Bakhmut", "UA")),
        ("Mt. Vernon", ("Mount Vernon", "US")),
        ("Khorram Abad", ("Khorramabad", "IR")),
        ("Sheikh Zuweid", ("Ash Shaykh Zuwayd", "EG")),
        ("Deir Ezzor", ("Deir ez-Zor", "SY")),
        ("Ont.", ("Ontario", "CA")),
        ("Qld", ("Queensland", "AU")),
        ("Calif.", ("California", "US")),
        ("TX", ("Texas", "US")),
    ],
)
def test_a_name_is_found_as_writers_spell_it(world, written, meant):
    assert meant in {(each.place.name, each.place.country) for each in world.find([written])[written]}


def test_answers_are_the_same_the_second_time_and_when_more_are_asked_than_are_kept(small, monkeypatch):
    monkeypatch.setattr(store, "_MOST_KEPT", 4)
    names = ["Paris", "al-Ramadi", "Ramadi", "Nowhereville", "U.S."]
    once = {name: small.find([name])[name] for name in names}
    assert {name: small.find([name])[name] for name in names} == once == small.find(names)
    assert [bool(once[name]) for name in names] == [True, True, True, False, True]
