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


def test_what_gunmen_burn_besides_makes_their_attack_no_arson():
    text = "Gunmen killed six villagers near Mosul on Monday, police said. They also set fire to several houses and a mosque."
    assert kinds(text + REST) == [Kind.ARMED_ATTACK]
    assert kinds("Gunmen ambushed a convoy near Mosul on Monday and set fire to three trucks, police said." + REST) == [
        Kind.ARMED_ATTACK
    ]
    assert kinds("Masked men set fire to a church in Mosul on Monday, police said." + REST) == [Kind.ARSON]


def test_a_day_after_something_else_is_counted_from_its_day():
    text = "A missile hit a market in Mosul on Monday, killing nine people. " + (
        "The strike came two days after at least 40 people were killed when a missile hit a cafe in Kirkuk."
    )
    first, second = read(text + REST)[0]
    assert (first.where.name, first.when.start) == ("Mosul", date(2024, 3, 11))
    assert (second.where.name, second.when.start) == ("Kirkuk", date(2024, 3, 9))


@pytest.mark.parametrize(
    "sentence",
    [
        "Herders and farmers have clashed near Mosul for years.",
        "More than 160 people have been killed and 900 displaced near Mosul since clashes broke out in May.",
    ],
)
def test_what_has_gone_on_for_long_is_no_incident(sentence):
    assert read(sentence + REST)[0] == ()


def test_the_day_of_the_attack_stands_before_the_day_on_which_it_was_told():
    text = (
        "Six soldiers were killed when armed men ambushed their convoy near Mosul, security sources said on Tuesday. "
    )
    (incident,), _ = read(text + "The attack took place on Saturday." + REST)
    assert incident.when.start == date(2024, 3, 9)


def test_the_blast_of_an_accident_is_no_bombing():
    text = "A gas explosion ripped through a bakery in Mosul on Monday, injuring 14 people, firefighters said.\n\n"
    assert read(text + "The blast blew out windows and shook the whole street." + REST)[0] == ()


@pytest.mark.parametrize(
    ("sentence", "killed"),
    [
        ("The driver of the bus and two guards were killed when gunmen shot at it in Mosul on Monday.", 3),
        ("Three people, a father and his son among them, were shot and hacked to death in Mosul on Monday.", 3),
    ],
)
def test_the_dead_are_counted_where_the_parser_joins_them_to_something_else(sentence, killed):
    (incident,), _ = read(sentence + REST)
    assert (incident.killed.low, incident.killed.high) == (killed, killed)


def test_of_a_country_named_for_a_part_and_a_town_the_town_is_where_it_happened():
    text = "In western Mosul, a strike on a car in Ramadi killed three officers on Monday."
    names = [*places(text)]
    (incident,), _ = find_incidents(parse(text + REST), names, published=TUESDAY)
    assert incident.where.name == "Ramadi"


def test_explosions_that_residents_heard_are_those_of_the_strikes():
    text = "American warplanes struck dozens of sites across Iraq before dawn on Monday. Residents of Mosul heard five explosions."
    (incident,), _ = read(text + REST)
    assert (incident.kind, incident.where.name) == (Kind.AIR_STRIKE, "Mosul")


def test_a_station_that_no_gazetteer_holds_has_the_point_of_the_articles_town():
    text = "KIRKUK - One man was killed and 12 were wounded when gunmen opened fire near Union Station in the morning. "
    text += "Kirkuk was quiet by noon."
    names = sorted([unplaced(text, "Union Station"), *places(text)], key=lambda name: name.start)
    (incident,), _ = find_incidents(parse(text + REST), names, published=TUESDAY)
    assert (incident.where.name, incident.where.latitude) == ("Union Station, Kirkuk", 35.47)


@pytest.mark.parametrize(
    ("later", "wounded"),
    [
        ("Three men were taken to hospital with gunshot wounds.", 3),
        ("Three more people were being treated for gunshot wounds.", 3),
        ("No injuries were reported.", 0),
    ],
)
def test_a_sentence_of_figures_alone_adds_them_to_the_attack_told_before(later, wounded):
    (incident,), _ = read("Gunmen opened fire outside a restaurant in Mosul on Monday. " + later + REST)
    assert incident.wounded.low == wounded


def test_figures_alone_are_no_incident():
    assert read("Three people were being treated for wounds in Mosul on Monday." + REST)[0] == ()


def test_thousands_of_wounded_are_those_of_a_war():
    text = "An air strike on a house in Mosul killed six people on Monday.\n\n"
    (incident,), _ = read(text + "In the war 33,000 people have been killed in Iraq and 76,000 injured." + REST)
    assert (incident.killed.low, incident.wounded) == (6, None)


def test_those_who_died_as_well_are_added():
    text = "Three sons of the mayor were killed in an air strike in Mosul on Monday. Four of his nieces died as well."
    (incident,), _ = read(text + REST)
    assert incident.killed.low == 7


def test_the_attackers_who_were_shot_belong_to_their_attack():
    text = "Gunmen killed 20 people at a market in Mosul on Monday. Five attackers were shot dead. At least 46 people were wounded."
    (incident,), _ = read(text + REST)
    assert (incident.killed.low, incident.wounded.low) == (20, 46)


def test_a_young_person_named_by_age_is_one():
    (incident,), _ = read("A 17-year-old was killed in an air strike in Mosul on Monday." + REST)
    assert (incident.killed.low, incident.killed.high) == (1, 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "A man drove a van into a crowd in Mosul on Monday, injuring 36 people.",
        "An attacker ploughed through a market in Mosul on Monday, injuring 36 people.",
    ],
)
def test_who_drives_into_people_attacks_them(sentence):
    assert kinds(sentence + REST) == [Kind.STABBING_VEHICLE]


def test_a_tanker_that_caught_fire_after_it_was_struck_was_attacked():
    assert kinds("A tanker caught fire in the Red Sea on Monday after being struck by a missile." + REST) == [
        Kind.SHIP_ATTACK
    ]


def test_an_overturned_tanker_and_a_similar_explosion_are_accidents():
    text = "Twelve people were killed when a petrol tanker overturned and exploded near Mosul on Monday.\n\n"
    assert read(text + "In February a similar explosion in Ramadi left nine dead." + REST)[0] == ()


def test_two_times_of_one_sentence_are_those_of_its_two_events_in_order():
    text = "In January gunmen killed six people at a market in Mosul, and in February two guards were stabbed to death in Ramadi."
    months = {each.where.name: each.when.start.month for each in read(text + REST)[0]}
    assert months == {"Mosul": 1, "Ramadi": 2}


def test_who_was_shot_dead_before_a_meeting_of_investors_was_shot():
    assert kinds("A banker was shot dead in Mosul on Monday on his way to a meeting with investors." + REST) == [
        Kind.ARMED_ATTACK
    ]


def test_what_came_under_attack_by_glide_bombs_was_bombed_from_the_air():
    assert kinds("A bridge in Mosul came under attack by glide bombs on Monday." + REST) == [Kind.AIR_STRIKE]


def test_attacks_in_which_gunmen_killed_are_told_once():
    text = (
        "Iraq mourned on Monday for the victims of attacks on churches and shrines in which gunmen killed 20 people. "
    )
    text += "Armed men attacked two churches in Mosul on Sunday evening. Five attackers were shot dead."
    (incident,), _ = read(text + REST)
    assert (incident.where.name, incident.when.start, incident.killed.low) == ("Mosul", date(2024, 3, 10), 20)


def test_two_more_wounded_are_not_the_two_of_another_attack():
    text = "Two officers were wounded when gunmen opened fire at a post in Kirkuk on Monday. "
    text += "Also on Monday a boy was killed during an army raid in Mosul. Two more people were brought in with bullet wounds."
    wounded = {each.where.name: each.wounded.low for each in read(text + REST)[0]}
    assert wounded == {"Kirkuk": 2, "Mosul": 2}


def test_a_later_report_opens_with_what_the_toll_has_become():
    text = "The number of people killed in a missile strike on an academy in Mosul has risen to 55, the governor said on Tuesday. "
    (incident,), _ = read(text + "Two missiles hit the academy on Sunday." + REST)
    assert (incident.killed.low, incident.when.start) == (55, date(2024, 3, 10))


def test_who_was_killed_long_ago_takes_no_news_away():
    text = "Two bombs killed 84 people in Mosul on Monday at a ceremony for a general, who was killed in a drone strike four years ago."
    (incident,), _ = read(text + REST)
    assert (incident.where.name, incident.killed.low) == ("Mosul", 84)


def test_one_more_who_died_later_is_added():
    text = "A gunman opened fire at a parade in Mosul on Sunday, killing six people. A seventh victim died on Tuesday."
    (incident,), _ = read(text + REST)
    assert (incident.killed.low, incident.when.start) == (7, date(2024, 3, 10))


def test_they_came_two_days_after_has_a_day_as_well():
    text = "Bombs went off at two shops in Mosul on Monday, killing one man. "
    text += "The attacks came two days after a guard was shot dead by gunmen in Kirkuk."
    days = {each.where.name: each.when.start.day for each in read(text + REST)[0]}
    assert days == {"Mosul": 11, "Kirkuk": 9}


def test_a_dateline_with_a_hyphen_is_nobody_who_was_killed():
    text = "UMM-QASR, Iraq - At least 70 people, ten women and three children among them, were killed when gunmen stormed Mosul on Monday."
    (incident,), _ = read(text + REST)
    assert (incident.killed.low, incident.killed.high) == (70, None)


def test_where_the_hurt_were_going_is_not_where_they_were_hurt():
    text = "Gunmen attacked a bus near Mosul on Monday, police said. Five passengers on the bus to Raqqa were injured."
    (incident,), _ = read(text + REST)
    assert (incident.where.name, incident.wounded.low) == ("Mosul", 5)


def test_what_led_to_something_long_past_is_as_old():
    text = "On 11 December 2019 soldiers set fire to a street in Mosul after an ambush in which one of them was killed."
    assert read(text + REST)[0] == ()


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


def test_a_gas_leak_in_an_article_on_a_shooting_clears_up_nothing():
    text = "Gunmen opened fire on a shop in Mosul on Monday. Three people were killed.\n\n"
    text += "Last year a fire there was caused by the leakage of gas from a cylinder."
    (incident,) = [each for each in read(text + REST)[0] if each.where.name == "Mosul"]
    assert (incident.killed.low, incident.killed.high) == (3, 3)


def test_who_was_taken_hostage_was_abducted_also_where_nobody_is_named():
    (incident,), _ = read("Two engineers were taken hostage near Mosul on Monday." + REST)
    assert incident.kind is Kind.ABDUCTION


def test_nobody_else_hurt_leaves_the_killed_open():
    (incident,), _ = read(
        "A bomb exploded at the house of the mayor in Mosul on Monday. No one else was injured." + REST
    )
    assert incident.killed is None


def test_figures_in_a_sentence_without_a_word_of_violence_belong_to_what_was_told():
    text = "A bomb exploded at a bus stop in Kirkuk on Monday. One woman lost her life, three porters sustained burns."
    (incident,), _ = read(text + REST)
    assert (incident.killed.low, incident.wounded.low) == (1, 3)


def test_killed_before_dawn_when_a_shell_hit_is_one_event():
    (incident,), _ = read(
        "Six people were killed before dawn on Monday when an air strike hit a house in Mosul." + REST
    )
    assert (incident.kind, incident.killed.low) == (Kind.AIR_STRIKE, 6)


def test_each_of_two_days_belongs_to_the_event_before_it():
    text = "Turkey carried out strikes on a camp near Kirkuk on Monday, answering a rocket attack in Mosul on Saturday"
    text += " that killed two guards."
    found = {incident.where.name: incident.when.start for incident in read(text + REST)[0]}
    assert found == {"Kirkuk": date(2024, 3, 11), "Mosul": date(2024, 3, 9)}


def test_a_closing_weekend_is_of_both_events_and_not_the_day_of_the_statement():
    text = "Gunmen burned a bus in Mosul and a grenade exploded in Kirkuk over the weekend, police said on Monday."
    found = [incident.when.start for incident in read(text + REST)[0]]
    assert found == [date(2024, 3, 9)] * 2
