"""Notes: a headline, or one or two sentences, that is all there is of a piece of news."""

from __future__ import annotations

from datetime import date

import pytest

from incidents.extraction.incidents import find_incidents
from incidents.extraction.kinds import Kind
from incidents.extraction.types import Incident
from incidents.language import parse
from tests.unit.extraction.test_incidents import TUESDAY, places


def told(text: str, published: date | None = TUESDAY) -> tuple[Incident, ...]:
    return find_incidents(parse(text), places(text), published=published)[0]


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Clashes in Mosul", Kind.ARMED_CLASH, "Mosul"),
        ("Car bomb in Kirkuk leaves dozens wounded", Kind.BOMBING, "Kirkuk"),
        ("Army retakes town of Ramadi", Kind.ARMED_CLASH, "Ramadi"),
        ("Rebel fighters advance on the outskirts of Raqqa", Kind.ARMED_CLASH, "Raqqa"),
        ("30 air strikes target Mosul", Kind.AIR_STRIKE, "Mosul"),
        ("More casualties in Kirkuk as shells fall on a market", Kind.SHELLING, "Kirkuk"),
        ("Death toll in Baghdad bombing rises to 80", Kind.BOMBING, "Baghdad"),
        ("Boko Haram burns village near Mosul", Kind.ARMED_ATTACK, "Mosul"),
        ("Heavy losses for the army in Ramadi", Kind.UNKNOWN, "Ramadi"),
    ],
)
def test_a_headline_of_violence_is_an_incident(text: str, kind: Kind, place: str) -> None:
    (incident,) = told(text)
    assert (incident.kind, incident.where.name) == (kind, place)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels threaten to attack oil fields in Kirkuk",
        "Army vows to retake Mosul",
        "Two men jailed for life over Baghdad stabbing",
        "House fire leaves two dead in Kirkuk",
        "Cholera kills 12 in Mosul",
        "Five killed in bus crash near Ramadi",
        "Army helicopter crashes near Kirkuk, killing five soldiers",
        "Unexploded bomb found in Baghdad",
        "Troops killed in action remembered in Baghdad",
        "Over 300 people killed in Iraq this year, report says",
        "Army to hold live-fire exercise near Ramadi",
        "Company seizes opportunity to expand in Baghdad",
        "Police arrest three over planned attack in Mosul",
    ],
)
def test_a_headline_of_something_else_is_none(text: str) -> None:
    assert told(text) == ()


def test_a_note_without_a_day_is_of_the_day_it_appeared_or_the_one_before() -> None:
    (incident,) = told("Clashes in Mosul")
    assert (incident.when.start, incident.when.end) == (date(2024, 3, 11), TUESDAY)


def test_events_at_two_places_of_one_headline_are_two() -> None:
    assert {incident.where.name for incident in told("Shells hit areas in the cities of Mosul and Kirkuk")} == {
        "Mosul",
        "Kirkuk",
    }


def test_an_entry_of_a_register_has_its_day_and_place_and_no_kind() -> None:
    (incident,) = told("March 4th 2024: (B12) Outskirts of Ramadi, Anbar, Iraq")
    assert (incident.when.start, incident.where.name, incident.kind) == (date(2024, 3, 4), "Ramadi", Kind.UNKNOWN)


def test_a_day_and_a_place_alone_are_no_entry() -> None:
    assert told("March 4th 2024: Ramadi, Anbar, Iraq") == ()


def test_a_note_may_tell_of_a_day_long_before_it_was_read() -> None:
    (incident,) = told("On 3 May 2015 gunmen shot dead two officers in Mosul.")
    assert incident.when.start == date(2015, 5, 3)


def test_words_that_are_vague_in_an_article_count_in_a_note_alone() -> None:
    article = (
        "The council met in Baghdad on the budget. It sat all day. Nothing was decided. Troops advance. It rained."
    )
    assert told(article) == ()


def test_slashes_are_read_as_the_day_that_is_news() -> None:
    (incident,) = told("03/09/2024: Gunmen opened fire on a bus in Kirkuk, killing two.")
    assert incident.when.start == date(2024, 3, 9)


def test_two_events_that_a_headline_joins_have_a_place_each() -> None:
    found = {
        (incident.kind, incident.where.name)
        for incident in told("Car bomb wounds dozens in Mosul and clashes continue in Raqqa")
    }
    assert found == {(Kind.BOMBING, "Mosul"), (Kind.ARMED_CLASH, "Raqqa")}


def test_headlines_in_one_line_are_read_one_by_one() -> None:
    found = told("Blast kills four in Kirkuk;Four dead after explosion in Iraq's Kirkuk")
    assert [(incident.killed.low, incident.where.name) for incident in found if incident.killed] == [(4, "Kirkuk")]


def test_totals_of_years_are_no_incident() -> None:
    assert told("Roll of soldiers killed in Iraq 2003-2011") == ()


def test_a_town_that_the_parser_takes_for_a_government_is_where_a_note_happened() -> None:
    text = "Rockets and shells on Mosul again"
    (incident,) = find_incidents(parse(text), places(text, {"Mosul": "metonym"}), published=TUESDAY)[0]
    assert incident.where.name == "Mosul"


@pytest.mark.parametrize(
    "text",
    [
        "Clashes and shelling in Mosul",
        "Shells fall on Mosul and clashes continue in Mosul",
        "Warplanes bomb Mosul as fighting goes on in Mosul",
    ],
)
def test_a_note_of_fighting_and_shelling_at_one_place_tells_of_one_fight(text: str) -> None:
    (incident,) = told(text)
    assert incident.where.name == "Mosul"


def test_what_is_no_part_of_a_fight_stays_apart_at_one_place() -> None:
    kinds = {each.kind for each in told("Suicide bomb kills three in Mosul and gunmen kidnap five in Mosul")}
    assert kinds == {Kind.SUICIDE_BOMBING, Kind.ABDUCTION}


def test_the_only_day_of_a_note_holds_for_all_that_it_tells() -> None:
    days = {
        each.when.start for each in told("Gunmen burned two houses and traded fire with soldiers in Mosul on 4 March.")
    }
    assert days == {date(2024, 3, 4)}


@pytest.mark.parametrize(
    "text",
    [
        "IRAQ. Nineveh. 4 March 2024. A bomb in Mosul killed four people.",
        "A bomb in Mosul killed four people. 04/03/2024.",
    ],
)
def test_a_day_that_stands_as_a_sentence_of_its_own_is_that_of_the_note(text: str) -> None:
    (incident,) = told(text)
    assert incident.when.start == date(2024, 3, 4)


def test_after_a_comma_alone_a_division_says_where_the_place_lies() -> None:
    (incident,) = told("Gunmen shot dead two drivers in Ramadi, Kirkuk district, on Friday")
    assert (incident.where.name, incident.killed and incident.killed.low) == ("Ramadi", 2)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bombers struck in Mosul on Sunday, killing 20 churchgoers", Kind.BOMBING),
        ("Russian bombers struck Mosul on Sunday", Kind.AIR_STRIKE),
        ("B-52 bombers struck rebel positions in Mosul", Kind.AIR_STRIKE),
        ("Glide bombs killed two in Mosul", Kind.AIR_STRIKE),
        ("Gunmen seized four crewmen of a tugboat in Mosul", Kind.ABDUCTION),
        ("Police car came under fire in Mosul", Kind.ARMED_ATTACK),
        ("Herders killed five people in Mosul", Kind.ARMED_ATTACK),
        ("Two militants and a serviceman killed in special operation in Mosul", Kind.ARMED_CLASH),
        ("Two militants die in encounter with police in Mosul", Kind.ARMED_CLASH),
    ],
)
def test_the_kind_that_the_words_of_many_countries_stand_for(text: str, kind: Kind) -> None:
    (incident,) = told(text)
    assert incident.kind is kind


def test_a_form_that_was_filled_in_has_its_figures() -> None:
    (incident,) = told("A bomb hit the village of Ramadi on Monday. Wounded: 5.")
    assert incident.wounded
    assert incident.wounded.low == 5


def test_the_comma_of_an_address_parts_nothing() -> None:
    (incident,) = told("Gunmen ambush patrol in Ramadi, Anbar province; two soldiers dead")
    assert (incident.where.name, incident.killed and incident.killed.low) == ("Ramadi", 2)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Four teachers were seized near Mosul on Monday by fighters of the Islamic State.", Kind.ABDUCTION),
        ("Armed men boarded the barge tug Amal off Mosul on Monday and took fuel.", Kind.SHIP_ATTACK),
        ("Local gang suspected in an arson attack on a shop in Kirkuk on Monday", Kind.ARSON),
    ],
)
def test_a_note_of_what_was_taken_boarded_or_burned(text: str, kind: Kind) -> None:
    (incident,) = told(text)
    assert incident.kind is kind


def test_mortars_that_are_seized_shell_nobody() -> None:
    (incident,) = told("Islamic State overruns army outpost at Ramadi, seizes mortars")
    assert incident.kind is Kind.ARMED_CLASH


def test_the_clauses_of_a_headline_tell_of_their_own_events() -> None:
    first, second = told("Two officers shot dead in Mosul; grenade attack wounds five in Kirkuk")
    assert (first.where.name, first.killed.low, first.wounded) == ("Mosul", 2, None)
    assert (second.where.name, second.kind, second.wounded.low) == ("Kirkuk", Kind.BOMBING, 5)
