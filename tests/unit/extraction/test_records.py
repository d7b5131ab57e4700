"""Entries of records and words of natural prose: days that open them, brackets, claims, hospitals, what only is read."""

from __future__ import annotations

from datetime import date

import pytest

from incidents.extraction.casualties import find_counts
from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole
from incidents.language import parse
from tests.unit.extraction.test_incidents import read
from tests.unit.extraction.test_modern import REST

YEARS_END = date(2024, 12, 31)
STORMED = "Five guards were injured when militants stormed a post near Mosul late on Monday. "


def doers(text: str, role: ActorRole) -> set[str]:
    return {actor.name for incident in read(text)[0] for actor in incident.actors if actor.role is role}


def figures(text: str) -> set[tuple[str, int, int | None]]:
    return {(each.effect, each.count.low, each.count.high) for each in find_counts(parse(text))}


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("On 7 March 2024, militants attacked a post in Mosul. ", date(2024, 3, 7)),
        ("In the night of 7 March 2024, militants attacked a post in Mosul. ", date(2024, 3, 7)),
        # Month and day, as the Global Terrorism Database writes them.
        ("03/07/2024: Assailants attacked a post in Mosul. ", date(2024, 3, 7)),
    ],
)
def test_an_entry_of_a_record_is_told_on_its_own_day_however_late_it_is_read(opening, day):
    text = opening + "Four guards were killed. Two were wounded. Size: no report."
    (incident,), _ = read(text, published=YEARS_END)
    assert (incident.when.start, incident.when.end, incident.killed.low) == (day, day, 4)


def test_an_old_attack_told_in_passing_is_still_no_news():
    text = "Officials met in Baghdad. On 7 March 2024, militants attacked a post in Mosul and killed four guards."
    assert read(text + REST, published=YEARS_END)[0] == ()


def test_slashes_in_the_middle_of_a_text_stay_open():
    (incident,), _ = read("Militants attacked a post in Mosul on 03/07/2024 and killed four guards." + REST, YEARS_END)
    assert incident.when.start != date(2024, 3, 7)


def test_what_a_bracket_explains_is_where_it_happened():
    (incident,), _ = read("Gunmen attacked a market in Mosul (Baghdad) on Monday and killed four traders." + REST)
    assert incident.where.name == "Mosul"


@pytest.mark.parametrize(
    ("told", "role", "name"),
    [
        ("No one was hurt. Islamic State claimed responsibility.", ActorRole.CLAIMED_BY, "Islamic State"),
        ("Officials blamed Hezbollah.", ActorRole.ALLEGED, "Hezbollah"),
        ("Sources attributed it to Hezbollah.", ActorRole.ALLEGED, "Hezbollah"),
        ("Hezbollah was believed to be responsible.", ActorRole.ALLEGED, "Hezbollah"),
    ],
)
def test_who_claims_it_or_is_blamed_in_a_sentence_of_its_own(told, role, name):
    assert name in doers(STORMED + told + REST, role)


@pytest.mark.parametrize("told", ["No group has claimed responsibility.", "Officials did not blame Hezbollah."])
def test_who_did_not_claim_it_and_is_not_blamed(told):
    assert not doers(STORMED + told + REST, ActorRole.CLAIMED_BY) | doers(STORMED + told + REST, ActorRole.ALLEGED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Six of their colleagues are recuperating at a hospital.", ("wounded", 6, 6)),
        ("Eight others were receiving treatment at the hospital.", ("wounded", 8, 8)),
        ("Eleven others have been taken to hospital.", ("wounded", 11, 11)),
        ("The toll rose to 14.", ("killed", 14, 14)),
        ("The number of people killed has gone up to four.", ("killed", 4, 4)),
        ("One soldier killed, 4 persons wounded.", ("wounded", 4, 4)),
        ("The crew were safe and nobody was killed.", ("killed", 0, 0)),
        ("All 22 crew members were unhurt.", ("wounded", 0, 0)),
        ("Raiders shoot dead two policemen in Mosul", ("killed", 2, 2)),
        ("A constable lost his life.", ("killed", 1, 1)),
    ],
)
def test_figures_of_natural_prose(text, expected):
    assert expected in figures(text)


@pytest.mark.parametrize(
    "text",
    ["Three bodies were taken to a hospital.", "The mayor was taken to hospital.", "He was treated with respect."],
)
def test_what_a_hospital_tells_of_nobody_wounded(text):
    assert not {each for each in figures(text) if each[0] == "wounded"}


def test_a_figure_that_is_revised_is_not_the_new_one():
    text = "The number of people killed in the shelling of a market in Mosul on Monday has climbed to 28, a doctor said, revising the figure of 23 "
    (incident,), _ = read(text + "that a ministry had given." + REST)
    assert incident.killed.low == 28


def test_nobody_hurt_is_nobody_killed():
    (incident,), _ = read("Gunmen burned four trucks in Mosul on Monday. There were no injuries." + REST)
    assert (incident.killed.low, incident.killed.high, incident.killed.quote.field) == (0, 0, "killed")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Five traders died when their cart drove over an explosive device in Mosul on Monday.", Kind.BOMBING),
        ("Four shells were fired at a base in Mosul on Monday.", Kind.SHELLING),
        ("Guided bombs struck a building in Mosul on Monday, injuring 17 people.", Kind.AIR_STRIKE),
        ("A drone flew into a minibus in Mosul on Monday, killing the driver.", Kind.DRONE_STRIKE),
        ("Armed men led away six labourers in Mosul on Monday.", Kind.ABDUCTION),
        ("A patrol came under fire in Mosul on Monday and two soldiers were killed.", Kind.ARMED_ATTACK),
    ],
)
def test_words_that_tell_of_violence_by_what_is_said_with_them(sentence, kind):
    (incident,), _ = read(sentence + REST)
    assert (incident.kind, incident.where.name) == (kind, "Mosul")


def test_police_who_lead_away_those_they_arrest_abduct_nobody():
    assert read("Police led away six men in Mosul on Monday." + REST)[0] == ()


def test_fire_that_an_attack_sets_is_no_second_event():
    text = "Gunmen attacked a village near Mosul on Monday and killed six farmers. They also set fire to houses."
    (incident,), _ = read(text + REST)
    assert incident.kind is Kind.ARMED_ATTACK


def test_a_blast_that_a_later_sentence_clears_up_is_no_attack():
    text = "Seven people were killed when an explosion tore through a restaurant in Mosul on Monday.\n\n"
    text += "The police said that it had been caused by the leakage of gas from a cylinder in the kitchen."
    assert read(text + REST)[0] == ()


def test_strikes_of_two_days_on_two_places_are_a_sum():
    lead = "Air strikes killed more than 40 people in Mosul and Kirkuk on Sunday and Monday.\n\n"
    text = lead + "In Mosul, a strike on Monday morning levelled a house and killed 18 people." + REST
    assert [(each.where.name, each.killed.low) for each in read(text)[0]] == [("Mosul", 18)]


def test_a_strike_told_after_an_ambush_is_another_event():
    text = "At least 15 soldiers were killed when gunmen ambushed a convoy near Mosul on Sunday.\n\n"
    text += "On Monday drones struck a base in Kirkuk, the army said."
    found = {each.where.name: each.kind for each in read(text + REST)[0]}
    assert found == {"Mosul": Kind.ARMED_ATTACK, "Kirkuk": Kind.DRONE_STRIKE}


def test_a_place_told_meanwhile_is_another_event():
    text = "On Monday gunmen shot a policeman dead in Mosul.\n\nMeanwhile in Kirkuk, a patrol came under fire and two soldiers were killed."
    assert {each.where.name: each.killed.low for each in read(text + REST)[0]} == {"Mosul": 1, "Kirkuk": 2}


def test_what_drones_are_made_for_and_what_was_killed_since_the_month_began_are_no_events():
    assert (
        read("The ministry named traders of engines for one-way attack unmanned aircraft in Mosul on Monday." + REST)[0]
        == ()
    )
    text = "Militants shot four guards dead in Mosul on Monday. The army said 31 fighters had been killed in Kirkuk "
    (incident,), _ = read(text + "since the start of the month." + REST)
    assert incident.where.name == "Mosul"
