"""Articles of several incidents: what tells them apart, and where each of them happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from incidents.extraction.incidents import find_incidents
from incidents.extraction.types import PlacePrecision
from incidents.language import parse
from tests.unit.extraction.test_incidents import TUESDAY, Name, places, read

REST = (
    "\n\nThe governor visited the province in the afternoon and spoke with officials about water and roads. "
    "He said that schools would stay open and that the budget was safe."
)


def unplaced(text: str, word: str) -> Name:
    start = text.index(word)
    return Name(start, start + len(word), word, PlacePrecision.UNKNOWN, None, None, None, score=0.0)


def test_a_village_that_no_gazetteer_holds_has_the_point_of_the_town_that_it_is_told_to_lie_in():
    text = "Gunmen killed four herders in the village of Tal Salim, near Mosul, on Monday."
    text = text.replace(", near Mosul", " in Mosul")
    found = sorted([unplaced(text, "Tal Salim"), *places(text)], key=lambda name: name.start)
    (incident,), _ = find_incidents(parse(text), found, published=TUESDAY)
    assert incident.where.name == "Tal Salim, Mosul"
    assert (incident.where.latitude, incident.where.country) == (36.34, "IQ")


def test_a_village_without_a_point_has_its_name_and_the_articles_country():
    text = "Gunmen killed four herders in the village of Tal Salim on Monday. Police in Baghdad confirmed it."
    found = sorted([unplaced(text, "Tal Salim"), *places(text)], key=lambda name: name.start)
    (incident,), _ = find_incidents(parse(text), found, published=TUESDAY)
    assert (incident.where.name, incident.where.latitude, incident.where.country) == ("Tal Salim", None, "IQ")


def test_a_doubtful_namesake_in_a_country_that_nothing_else_is_in_has_no_point():
    text = "A car bomb exploded in Raqqa on Monday, killing six people. Troops in Baghdad and Mosul were put on alert."
    found = [replace(name, score=0.3) if name.name == "Raqqa" else name for name in places(text)]
    (incident,), _ = find_incidents(parse(text), found, published=TUESDAY)
    assert (incident.where.name, incident.where.latitude) == ("Raqqa", None)


def test_two_blasts_in_two_towns_are_one_in_each_and_the_figure_is_nobodys():
    incidents, _ = read("On Monday, two suicide bombings killed nine people in Mosul and Kirkuk." + REST)
    assert sorted(incident.where.name for incident in incidents) == ["Kirkuk", "Mosul"]
    assert {incident.killed for incident in incidents} == {None}


def test_the_first_and_the_second_are_those_that_were_announced():
    text = (
        "On Monday, two suicide bombings killed nine people in Mosul and Kirkuk.\n\n"
        "The first attack killed four shoppers and wounded ten.\n\n"
        "The second bombing killed five policemen." + REST
    )
    incidents, _ = read(text)
    killed = {incident.where.name: incident.killed.low for incident in incidents}
    assert killed == {"Mosul": 4, "Kirkuk": 5}


def test_a_weapon_that_kills_tells_of_an_event_of_its_own():
    text = (
        "A suicide bomber killed 12 worshippers in Baghdad on Monday.\n\n"
        "A roadside bomb in Kirkuk killed three soldiers, police said. A car bomb in Mosul hurt nine people."
    )
    incidents, _ = read(text)
    assert [incident.where.name for incident in incidents] == ["Baghdad", "Kirkuk", "Mosul"]


def test_a_drone_that_was_shot_down_is_no_attack():
    incidents, _ = read("Air defences shot down a drone over Mosul on Monday, the army said." + REST)
    assert incidents == ()


def test_a_crew_that_sets_fire_to_its_own_boat_attacked_nobody():
    incidents, _ = read("On Monday the crew set fire to their boat near Mosul rather than surrender it.")
    assert incidents == ()


def test_a_rally_for_a_man_that_killed_many_was_not_his_doing():
    text = "The attack in Mosul on Monday hit a rally for John Carter which killed six people."
    incidents, _ = read(text, published=date(2024, 3, 12))
    assert all(actor.name != "John Carter" or actor.role != "perpetrator" for i in incidents for actor in i.actors)


@pytest.mark.parametrize("stamp", ["March 7, 2024:", "03/07/2024:", "7 March 2024 -", "Date: 7 March 2024."])
def test_the_day_that_a_note_opens_with_dates_it(stamp):
    text = f"{stamp} A suicide bomber killed four police officers at a checkpoint in Mosul. The town was shut off."
    (incident,), _ = read(text, date(2024, 3, 20))
    assert incident.when.start == incident.when.end == date(2024, 3, 7)


def test_a_village_that_no_gazetteer_holds_is_where_it_is_attacked():
    text = "Armed men attacked the village of Tal Salim, Anbar, on Monday, killing two people."
    found = sorted([unplaced(text, "Tal Salim"), *places(text)], key=lambda name: name.start)
    (incident,), _ = find_incidents(parse(text), found, published=TUESDAY)
    assert (incident.where.name, incident.where.precision) == ("Tal Salim, Anbar", PlacePrecision.PROVINCE)


def test_a_stormed_village_lies_where_its_distance_from_the_capital_says():
    text = "The gunmen stormed Tal Salim, some 37 km south-east of the provincial capital Mosul, late on Monday."
    near = [replace(name, precision=PlacePrecision.NEAR, latitude=36.1, longitude=43.4) for name in places(text)]
    (incident,), _ = find_incidents(parse(text), [unplaced(text, "Tal Salim"), *near], published=TUESDAY)
    assert incident.where.name == "Tal Salim, Mosul"
    assert (incident.where.latitude, incident.where.precision) == (36.1, PlacePrecision.NEAR)


def test_a_village_of_a_later_sentence_lies_in_the_province_of_the_first():
    text = (
        "An air force jet bombed a village in Anbar on Monday, killing 17 people.\n\n"
        "The air strike in Tal Salim village destroyed a school, a resident said."
    )
    found = sorted([unplaced(text, "Tal Salim"), *places(text)], key=lambda name: name.start)
    (incident,), _ = find_incidents(parse(text), found, published=TUESDAY)
    assert (incident.where.name, incident.where.precision) == ("Tal Salim, Anbar", PlacePrecision.PROVINCE)


def test_the_day_on_which_the_police_said_so_may_be_the_day_after():
    text = (
        "Gunmen killed nine people in an attack on a village in Anbar, residents said on Tuesday.\n\n"
        "The attackers stormed houses in Ramadi late on Monday, shooting at everybody, a militiaman said."
    )
    (incident,), _ = read(text)
    assert incident.when.end == date(2024, 3, 11)
    assert incident.killed.low == 9


def test_an_answer_across_the_border_is_another_incident():
    text = (
        "Israeli warplanes struck three villages in southern Iraq on Monday, killing five people.\n\n"
        "Fighters fired rockets at Raqqa in response, wounding three people."
    )
    wide = [
        replace(name, precision=PlacePrecision.AREA, radius_m=900_000) if name.name == "Iraq" else name
        for name in places(text)
    ]
    incidents, _ = find_incidents(parse(text), wide, published=TUESDAY)
    assert [incident.where.country for incident in incidents] == ["IQ", "SY"]
    assert [actor.name for actor in incidents[1].actors if actor.role == "perpetrator"] == ["Fighters"]


@pytest.mark.parametrize(
    "text",
    [
        "Serbia shooting: gunman kills eight people in Mosul",
        "Four dead, 56 wounded in Colombian shopping blast in Mosul",
    ],
)
def test_a_state_that_only_says_where_is_not_who_did_it(text):
    (incident,), _ = read(text)
    assert not {"Serbia", "Colombia"} & {actor.name for actor in incident.actors}
