from __future__ import annotations

import pytest
from geopy.distance import great_circle

from incidents.gazetteer.geoparse import geoparse
from incidents.gazetteer.types import Level, Role
from incidents.language.parse import parse

MOSUL, BEIRUT, KABUL, ADEN = (36.34, 43.13), (33.89, 35.5), (34.53, 69.17), (12.78, 45.04)


def read(gazetteer, text, name):
    found = [toponym for toponym in geoparse(parse(text), gazetteer) if toponym.text == name]
    assert found, text
    return found[0]


def km(toponym, point):
    return great_circle((toponym.latitude, toponym.longitude), point).km


@pytest.mark.parametrize(
    ("phrase", "name", "inside", "level"),
    [
        ("in southern Lebanon", "Lebanon", (33.27, 35.3), Level.AREA),
        ("in south Lebanon", "Lebanon", (33.27, 35.3), Level.AREA),
        ("in the south of Lebanon", "Lebanon", (33.27, 35.3), Level.AREA),
        ("in the southern part of Lebanon", "Lebanon", (33.27, 35.3), Level.AREA),
        ("in Iraq's west", "Iraq", (33.4, 42.0), Level.AREA),
        ("in eastern Ukraine", "Ukraine", (48.2, 37.8), Level.AREA),
        ("in north-eastern Nigeria", "Nigeria", (11.8, 13.1), Level.AREA),
        ("in Northeast Nigeria", "Nigeria", (11.8, 13.1), Level.AREA),
        ("in NW Nigeria", "Nigeria", (12.17, 6.66), Level.AREA),
        ("in S.E. Nigeria", "Nigeria", (5.5, 7.5), Level.AREA),
        ("in South-West Nigeria", "Nigeria", (7.4, 3.9), Level.AREA),
        ("in eastern Anbar province", "Anbar province", (33.4, 43.3), Level.PROVINCE),
        ("off Yemen's western coast", "Yemen", (14.8, 42.95), Level.AREA),
        ("in central Baghdad", "Baghdad", (33.34, 44.4), Level.TOWN),
        ("in eastern Mosul", "Mosul", (36.34, 43.17), Level.TOWN),
    ],
)
def test_a_part_is_a_smaller_circle_that_holds_what_lies_there(world, phrase, name, inside, level):
    place = read(world, f"Two people were killed {phrase} on Sunday.", name)
    assert place.level is level
    assert not place.near
    assert km(place, inside) <= place.radius_m / 1000
    assert place.radius_m < place.best.place.radius_m * 1.05


@pytest.mark.parametrize(
    ("phrase", "name", "outside"),
    [
        ("in northern Israel", "Israel", (29.56, 34.95)),
        ("in southern Lebanon", "Lebanon", (34.44, 35.83)),
        ("in northern Iraq", "Iraq", (30.5, 47.8)),
        ("in eastern Ukraine", "Ukraine", (49.84, 24.03)),
    ],
)
def test_a_part_leaves_out_what_lies_at_the_other_end(world, phrase, name, outside):
    place = read(world, f"Two people were killed {phrase} on Sunday.", name)
    assert km(place, outside) > place.radius_m / 1000


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("in the southern city of Basra", "Basra"),
        ("in the eastern province of Diyala", "Diyala"),
        ("in Mosul", "Mosul"),
        ("off the coast of Yemen", "Yemen"),
        ("near Yemen", "Yemen"),
        ("20 km north of Lebanon", "Lebanon"),
    ],
)
def test_what_names_no_part_leaves_the_place_as_it_is(world, phrase, name):
    place = read(world, f"Two people were killed {phrase} on Sunday.", name)
    assert (place.latitude, place.radius_m, place.level, place.near) == (None, None, None, False)


@pytest.mark.parametrize(
    ("phrase", "name", "point", "off_km", "radius_m"),
    [
        ("20 miles (32.2 km) north-west of Mosul", "Mosul", (36.55, 42.88), 6, 8_000),
        ("twenty kilometers south of Mosul", "Mosul", (36.16, 43.13), 6, 5_000),
        ("a dozen miles south of the city of Mosul", "Mosul", (36.16, 43.13), 6, 5_000),
        ("1,200 km south of Mosul", "Mosul", (25.55, 43.13), 20, 300_000),
        ("40 km north of the provincial capital Mosul", "Mosul", (36.70, 43.13), 5, 10_000),
        ("just south of Mosul", "Mosul", (36.16, 43.13), 6, 25_000),
        ("to the north of Aden", "Aden", (12.94, 45.04), 6, 25_000),
        ("near Mosul", "Mosul", MOSUL, 6, 25_000),
        ("outside Mosul", "Mosul", MOSUL, 6, 25_000),
        ("on the outskirts of Mosul", "Mosul", MOSUL, 6, 16_000),
        ("in the southern suburbs of Beirut", "Beirut", (33.8, 35.5), 6, 16_000),
        ("in Beirut's southern suburbs", "Beirut", (33.8, 35.5), 6, 16_000),
        ("in the northern countryside of Mosul", "Mosul", (36.52, 43.13), 6, 25_000),
        ("off the coast of Aden", "Aden", ADEN, 6, 50_000),
        ("30 nautical miles off Aden", "Aden", ADEN, 6, 55_560),
    ],
)
def test_what_is_round_a_town_is_near_it(world, phrase, name, point, off_km, radius_m):
    place = read(world, f"A convoy was hit {phrase} on Sunday.", name)
    assert place.near
    assert place.level is None
    assert km(place, point) < off_km
    assert place.radius_m == pytest.approx(radius_m, rel=0.1)


def test_near_a_large_place_stays_that_place_with_a_wider_edge(world):
    place = read(world, "A drone struck near Anbar province on Sunday.", "Anbar province")
    assert not place.near
    assert place.level is Level.PROVINCE
    assert place.radius_m == place.best.place.radius_m + 25_000


def test_between_two_towns_is_half_way(world):
    text = "A convoy was attacked between Mosul and Kirkuk on Sunday."
    one, other = read(world, text, "Mosul"), read(world, text, "Kirkuk")
    assert one.near
    assert (one.latitude, one.longitude, one.radius_m) == (other.latitude, other.longitude, other.radius_m)
    assert km(one, MOSUL) == pytest.approx(km(one, (35.47, 44.39)), abs=5)
    assert km(one, MOSUL) < one.radius_m / 1000


@pytest.mark.parametrize("road", ["the Kabul-Kandahar highway", "the highway from Kabul to Kandahar"])
def test_a_road_is_an_area_between_its_ends(world, road):
    place = read(world, f"A bomb hit a bus on {road} on Sunday.", "Kabul")
    assert place.level is Level.AREA
    assert km(place, KABUL) < place.radius_m / 1000
    assert km(place, (33.55, 68.42)) < place.radius_m / 1000


def test_talks_between_capitals_are_on_no_road(world):
    assert read(world, "Talks between Moscow and Kyiv ended on Sunday.", "Kyiv").latitude is None


@pytest.mark.parametrize(
    "phrase",
    [
        "on the Lebanon-Israel border",
        "on the border between Lebanon and Israel",
        "on Israel's border with Lebanon",
        "near the border between Lebanon and Israel",
    ],
)
def test_a_border_is_where_both_sides_touch(world, phrase):
    place = read(world, f"Soldiers were hurt {phrase} on Sunday.", "Israel")
    assert place.role is Role.EVENT
    assert place.level is Level.AREA
    assert km(place, (33.09, 35.4)) < 60
    assert place.radius_m < 120_000


@pytest.mark.parametrize("words", ["south of ", "20 km " * 30, "the " * 60, "north " * 40 + "of ", "a a a a km " * 9])
def test_words_without_an_end_are_read_in_time_and_without_error(world, words):
    assert geoparse(parse(f"Shots near {words}Mosul, {words}Mosul's {words}"), world)
