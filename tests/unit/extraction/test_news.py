"""Articles as agencies write them: tolls that grow, people who die later, two events of one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from incidents.extraction.incidents import find_incidents
from incidents.extraction.kinds import Kind
from incidents.language import parse
from tests.unit.extraction.test_incidents import TUESDAY, places, read
from tests.unit.extraction.test_modern import REST, unplaced

LEAD = "A car bomb exploded at a bus stop in Kirkuk on Sunday, killing at least nine people and wounding 31, police said.\n\n"


def kinds(text: str) -> list[Kind]:
    return [incident.kind for incident in read(text)[0]]


@pytest.mark.parametrize(
    "later",
    [
        "By Monday evening the death toll had risen to 14, the health office said.",
        "Five more people died in hospital, bringing the number of dead to 14, the health office said.",
        "On Monday, as several of the wounded died in hospitals in Baghdad, the death toll climbed to 14.",
    ],
)
def test_a_toll_that_grew_replaces_the_first_and_its_day_and_hospital_are_not_those_of_the_attack(later):
    (incident,), _ = read(LEAD + later + REST)
    assert (incident.killed.low, incident.killed.high) == (14, 14)
    assert (incident.where.name, incident.when.start) == ("Kirkuk", date(2024, 3, 10))


def test_the_dead_and_the_hurt_may_both_become_more():
    (incident,), _ = read(
        LEAD + "By noon the number of dead had climbed to 14 and that of the wounded to 52, a doctor said." + REST
    )
    assert (incident.killed.low, incident.wounded.low) == (14, 52)


def test_a_toll_of_a_war_is_not_that_of_the_attack():
    (incident,), _ = read(LEAD + "It brought the number of dead since January to 310, an aid group said." + REST)
    assert incident.killed.low == 9


def test_another_death_is_added_to_the_figure_told_last():
    rescuers = "Rescuers said that they had counted eight dead; another man died on the way to hospital."
    (incident,), _ = read(LEAD + rescuers + REST)
    assert incident.killed.low == 9


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("A bomber killed six people at a market in Mosul on Monday.", Kind.BOMBING),
        ("A suicide bomber killed six people at a market in Mosul on Monday.", Kind.SUICIDE_BOMBING),
        ("American B-52 bombers struck a camp near Mosul on Monday.", Kind.AIR_STRIKE),
    ],
)
def test_a_bomber_is_a_person_or_a_plane(sentence, kind):
    assert kinds(sentence + REST) == [kind]


def test_two_who_strike_two_places_in_one_sentence_do_it_twice():
    text = "Turkish artillery shelled Tal Salim and a drone struck a car in Ain Jadid on Monday, officials said." + REST
    names = sorted(
        [unplaced(text, "Tal Salim"), unplaced(text, "Ain Jadid"), *places(text)], key=lambda name: name.start
    )
    incidents, _ = find_incidents(parse(text), names, published=TUESDAY)
    assert [(each.kind, each.where.name) for each in incidents] == [
        (Kind.SHELLING, "Tal Salim"),
        (Kind.DRONE_STRIKE, "Ain Jadid"),
    ]


def test_one_attack_in_two_steps_is_one():
    assert (
        len(kinds("Gunmen stormed a hotel in Mosul on Monday after detonating a car bomb, killing six guests." + REST))
        == 1
    )
