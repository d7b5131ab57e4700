"""From a text and its place names to incidents, with a hand-made list of places instead of a gazetteer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.extraction.geometry import contains
from incidents.extraction.incidents import find_incidents
from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole, PlacePrecision, TimePrecision
from incidents.language import parse

TUESDAY = date(2024, 3, 12)


@dataclass(frozen=True)
class Name:
    start: int
    end: int
    name: str
    precision: PlacePrecision
    latitude: float
    longitude: float
    country: str | None
    province: str | None = None
    radius_m: int = 8_000
    role: str = "event"
    score: float = 0.9


WORLD = {
    "Iraq": (PlacePrecision.COUNTRY, 33.0, 44.0, "IQ", None),
    "Syria": (PlacePrecision.COUNTRY, 35.0, 38.5, "SY", None),
    "Red Sea": (PlacePrecision.AREA, 20.0, 38.0, None, None),
    "Anbar": (PlacePrecision.PROVINCE, 33.0, 41.5, "IQ", "Anbar"),
    "Baghdad": (PlacePrecision.TOWN, 33.34, 44.4, "IQ", "Baghdad"),
    "Mosul": (PlacePrecision.TOWN, 36.34, 43.13, "IQ", "Nineveh"),
    "Kirkuk": (PlacePrecision.TOWN, 35.47, 44.39, "IQ", "Kirkuk"),
    "Ramadi": (PlacePrecision.TOWN, 33.42, 43.31, "IQ", "Anbar"),
    "Raqqa": (PlacePrecision.TOWN, 35.95, 39.01, "SY", "Raqqa"),
}


def places(text: str, roles: dict[str, str] | None = None) -> list[Name]:
    found = []
    for name, (precision, latitude, longitude, country, province) in WORLD.items():
        start = text.find(name)
        while start >= 0:
            role = (roles or {}).get(name, "event")
            found.append(
                Name(start, start + len(name), name, precision, latitude, longitude, country, province, role=role)
            )
            start = text.find(name, start + 1)
    return sorted(found, key=lambda name: name.start)


def read(text: str, published: date | None = TUESDAY, roles: dict[str, str] | None = None):
    return find_incidents(parse(text), places(text, roles), published=published)


def test_one_sentence_gives_every_field_with_its_words():
    text = "A drone strike in Mosul on Monday killed three fighters and wounded five others, police said."
    (incident,), aggregates = read(text)
    assert incident.kind is Kind.DRONE_STRIKE
    assert (incident.when.start, incident.when.end) == (date(2024, 3, 11), date(2024, 3, 11))
    assert (incident.where.name, incident.where.precision) == ("Mosul", PlacePrecision.TOWN)
    assert (incident.killed.low, incident.killed.high) == (3, 3)
    assert (incident.wounded.low, incident.wounded.high) == (5, 5)
    quoted = {quote.field: text[quote.start : quote.end] for quote in incident.quotes}
    assert "drone strike" in quoted["kind"]
    assert quoted["place"] == "Mosul"
    assert "Monday" in quoted["date"]
    assert "three" in quoted["killed"]
    assert aggregates == ()


def test_what_the_text_does_not_say_is_none_and_never_zero():
    (incident,), _ = read("Militants fired rockets at a base in Ramadi on Sunday.")
    assert incident.killed is None
    assert incident.wounded is None


def test_a_country_is_no_pin():
    (incident,), _ = read("The United States carried out two air strikes in Iraq on Tuesday.")
    assert incident.where.name == "Iraq"
    assert incident.where.precision is PlacePrecision.COUNTRY
    assert (incident.where.latitude, incident.where.longitude) == (None, None)


def test_headline_lead_and_follow_up_are_one_incident():
    text = (
        "Car bomb kills seven in Kirkuk\n\n"
        "A car bomb exploded near a market in Kirkuk on Monday, killing seven people, officials said.\n\n"
        "The explosion also wounded 20 shoppers, a doctor said.\n\n"
        "Nobody claimed responsibility for the attack.\n\n"
        "The prime minister condemned the bombing."
    )
    incidents, _ = read(text)
    assert len(incidents) == 1
    assert incidents[0].kind is Kind.BOMBING
    assert incidents[0].killed.low == 7
    assert incidents[0].wounded.low == 20


def test_how_those_were_hurt_who_were_told_before_is_no_second_attack():
    text = (
        "A group of six aid workers was attacked in Kirkuk early on Monday.\n\n"
        "The six aid workers were on their way home and were wounded when a roadside bomb exploded."
    )
    incidents, _ = read(text)
    assert [(each.kind, each.wounded.low) for each in incidents] == [(Kind.BOMBING, 6)]


def test_an_earlier_day_is_no_day_of_the_news():
    text = (
        "A judge was killed when a bomb went off under his car in Baghdad, police said.\n\n"
        "The judge had been threatened, a lawyer said.\n\n"
        "Gunmen attacked the home of another judge in Baghdad seven days ago with explosives."
    )
    incidents, _ = read(text)
    assert incidents[0].killed.low == 1
    assert incidents[0].when.start != date(2024, 3, 5)


def test_what_happened_at_one_time_of_day_is_told_twice():
    text = (
        "A bomb exploded in a café in Mosul at around 8.30 am on Monday.\n\n"
        "A small device exploded shortly after 8.30 am near the counter, and one waiter was slightly injured."
    )
    (incident,), _ = read(text)
    assert incident.wounded.low == 1
    others, _ = read(text.replace("shortly after 8.30 am", "shortly after 11.30 pm"))
    assert others[0].wounded is None


def test_two_towns_on_one_day_are_two_incidents():
    text = (
        "A car bomb killed four people in Kirkuk on Monday, police said.\n\n"
        "A roadside bomb killed two soldiers in Mosul on Monday, the army said."
    )
    incidents, _ = read(text)
    assert {(i.where.name, i.killed.low) for i in incidents} == {("Kirkuk", 4), ("Mosul", 2)}


def test_a_list_gives_one_incident_a_line():
    text = (
        "In Iraq, coalition forces conducted strikes on Monday:\n"
        "- Near Ramadi, one strike destroyed a bunker.\n"
        "- Near Mosul, two strikes destroyed a vehicle."
    )
    incidents, _ = read(text)
    assert {"Ramadi", "Mosul"} <= {incident.where.name for incident in incidents}


def test_a_strike_and_the_attack_it_answers_are_kept_apart():
    text = (
        "Jets struck three depots near Raqqa on Tuesday after a rocket attack on a base in Ramadi on Sunday "
        "that wounded two soldiers."
    )
    incidents, _ = read(text)
    by_place = {incident.where.name: incident for incident in incidents}
    assert set(by_place) == {"Raqqa", "Ramadi"}
    assert by_place["Ramadi"].kind is Kind.MISSILE_ROCKET
    assert by_place["Ramadi"].wounded.low == 2
    assert by_place["Raqqa"].wounded is None


def test_the_speakers_town_is_not_where_it_happened():
    text = "An official in Baghdad said a mortar shell hit a school in Mosul on Monday."
    (incident,), _ = read(text)
    assert incident.where.name == "Mosul"


def test_a_dateline_is_not_where_it_happened():
    text = "Baghdad (Newswire) - Gunmen shot dead a judge in Kirkuk on Monday."
    (incident,), _ = read(text, roles={"Baghdad": "dateline"})
    assert incident.where.name == "Kirkuk"


def test_the_finer_of_two_nested_places_is_taken():
    (incident,), _ = read("A roadside bomb hit a convoy in Ramadi, in the province of Anbar in Iraq, on Monday.")
    assert incident.where.name == "Ramadi"


def test_a_part_of_a_country_holds_the_provinces_in_it():
    country, province = places("Iraq and Anbar")
    west = replace(country, precision=PlacePrecision.AREA, latitude=33.5, longitude=42.0, radius_m=200_000)
    east = replace(west, longitude=45.5)
    assert contains(west, province)
    assert not contains(east, province)
    assert not contains(replace(west, country="SY"), province)


def test_a_month_keeps_its_precision():
    (incident,), _ = read("A drone strike in Baghdad earlier this month killed a militia leader.")
    assert incident.when.precision is TimePrecision.MONTH
    assert incident.when.end <= TUESDAY


@pytest.mark.parametrize(
    "text",
    [
        "Troops in Iraq have been attacked about 90 times since October.",
        "A wave of bombings across Iraq killed hundreds of people in recent months.",
        "Militants regularly attack convoys on roads in Anbar.",
    ],
)
def test_a_count_over_months_is_an_aggregate(text):
    incidents, aggregates = read(text)
    assert incidents == ()
    assert len(aggregates) == 1
    assert aggregates[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "The group threatened to bomb the embassy in Baghdad.",
        "The army denied that it had shelled a village near Mosul on Monday.",
        "Residents of Kirkuk fear an attack in the coming days.",
        "Police in Mosul prevented an attack on a church on Monday.",
        "A court in Baghdad convicted two men of murdering a journalist.",
        "Nurses in Mosul went on strike on Monday.",
        "The team from Baghdad attacked from the start and fired three shots at the goal.",
        "The mayor spoke on Monday. He praised the town. He said the 40,000 who were kidnapped in Mosul are missed.",
        "Police in Mosul arrested 30 people in raids on Monday.",
        "The campaign in Mosul was not marred by a clash on Monday.",
        "Three detonating devices were shown in Mosul on Monday.",
        "The mayor spoke on Monday. He praised the town. He said a former minister died in Mosul on Monday.",
        "The mayor spoke on Monday. He praised the town. He said the army has lost six tanks in five days of fighting in Mosul.",
        "The president visited Mosul on Monday.",
        "",
    ],
)
def test_what_did_not_happen_is_no_incident(text):
    assert read(text)[0] == ()


def test_an_attack_of_long_ago_is_background():
    text = "The mayor of Mosul spoke on Monday. In June 2014 a car bomb killed nine people in Kirkuk."
    assert read(text)[0] == ()


def test_who_speaks_is_not_who_did_it():
    text = "The defence ministry said militants fired two missiles at a base in Ramadi on Monday."
    (incident,), _ = read(text)
    doers = {actor.name.lower() for actor in incident.actors if actor.role is ActorRole.PERPETRATOR}
    assert not any("ministry" in name for name in doers)
    assert any("militant" in name for name in doers)


def test_confidence_says_what_it_is_made_of():
    (sure,), _ = read("A car bomb in Kirkuk on Monday killed four people. The bombing wounded nine others.")
    (unsure,), _ = read("The raid on the camp near Kirkuk was criticised by the governor, and two men died in it.")
    assert 0 <= unsure.confidence < sure.confidence <= 1
    assert set(sure.parts) == {"told", "kind", "date", "place", "killed", "wounded"}
    assert all(0 <= part <= 1 for part in sure.parts.values())
    missing = {"the means are not named", "dated by the article's own date"}
    assert missing <= set(unsure.reasons)
    assert not missing & set(sure.reasons)


def test_a_very_long_text_is_read():
    incidents, _ = read("A shell hit a house in Mosul on Monday. Gunmen attacked a bus in Kirkuk. " * 400)
    assert {incident.where.name for incident in incidents} >= {"Mosul", "Kirkuk"}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["A bomb", "exploded", "in Mosul", "on Monday", "killing", "three", "\n\n", ".", "after", "the strike", "would", "no", "and", "Baghdad", "said", "“", "who", "attacks", "2014"]), max_size=40))  # fmt: skip
def test_any_order_of_such_words_is_read_without_an_error(words):
    text = " ".join(words)
    incidents, aggregates = read(text)
    for item in (*incidents, *aggregates):
        assert all(0 <= quote.start < quote.end <= len(text) for quote in item.quotes)


def test_a_list_line_with_a_place_nobody_knows_still_counts():
    text = "Strikes in Syria on Monday:\n- Near Tell Nowhere, one strike destroyed a bunker.\n- Near Raqqa, two strikes hit a depot."
    incidents, _ = read(text)
    assert sorted(incident.where.name for incident in incidents) == ["Raqqa", "Syria"]


def test_a_figure_told_later_goes_to_the_event_it_belongs_to():
    text = (
        "A car bomb exploded in Kirkuk on Monday, police said. Four people were killed.\n\n"
        "In a separate attack, gunmen shot at a checkpoint in Mosul on Monday. Two soldiers were wounded."
    )
    incidents, _ = read(text)
    by_place = {incident.where.name: incident for incident in incidents}
    assert by_place["Kirkuk"].killed.low == 4
    assert by_place["Kirkuk"].wounded is None
    assert by_place["Mosul"].wounded.low == 2
    assert by_place["Mosul"].killed is None


def test_a_toll_reported_on_a_later_day_belongs_to_the_event_and_not_to_that_day():
    text = (
        "Two bombs exploded near a shrine in Kirkuk on Saturday. At least 40 people were killed, the head of the "
        "emergency services said on Monday. Several of the wounded were still in hospital on Monday."
    )
    (incident,), _ = read(text)
    assert (incident.when.start, incident.when.end) == (date(2024, 3, 9), date(2024, 3, 9))
    assert incident.killed.low == 40


def test_claiming_an_attack_is_no_second_attack():
    text = "A bomb went off at a market in Mosul on Monday, killing six people.\n\nIslamic State claimed the attack."
    (incident,), _ = read(text)
    assert "Islamic State" in [actor.name for actor in incident.actors if actor.role is ActorRole.CLAIMED_BY]


def test_a_subheading_gives_day_and_place_to_what_stands_below_it():
    text = (
        "A month of fire\n\n"
        "It has been a hard month for everyone who lives along the two rivers of the country.\n\n"
        "3 March, Kirkuk\n\nTwo rockets hit a warehouse. A guard was killed.\n\n"
        "7 March, Mosul\n\nA car bomb exploded outside a bank. Three people were wounded."
    )
    incidents, _ = read(text)
    assert {(incident.where.name, incident.when.start) for incident in incidents} == {
        ("Kirkuk", date(2024, 3, 3)),
        ("Mosul", date(2024, 3, 7)),
    }


def test_the_name_of_a_town_in_capitals_opens_what_is_told_of_it():
    text = (
        "Rockets were fired at two cities on Monday, the army said.\n\n"
        "RAQQA. Two rockets struck a school. Four people were killed.\n\n"
        "MOSUL. A rocket hit a clinic, wounding two workers."
    )
    names = [
        Name(text.index("RAQQA"), text.index("RAQQA") + 5, "Raqqa", PlacePrecision.TOWN, 35.95, 39.01, "SY"),
        Name(text.index("MOSUL"), text.index("MOSUL") + 5, "Mosul", PlacePrecision.TOWN, 36.34, 43.13, "IQ"),
    ]
    incidents, _ = find_incidents(parse(text), names, published=TUESDAY)
    by_place = {incident.where.name: incident for incident in incidents}
    assert by_place["Raqqa"].killed.low == 4
    assert by_place["Mosul"].wounded.low == 2


def test_a_second_set_of_strikes_elsewhere_is_an_incident_of_its_own():
    text = (
        "Warplanes bombed a depot in Ramadi on Monday.\n\n"
        "In Kirkuk a second set of strikes killed one fighter and wounded two others."
    )
    incidents, _ = read(text)
    assert {incident.where.name for incident in incidents} == {"Ramadi", "Kirkuk"}


def test_the_flag_of_a_ship_is_not_where_it_was_hit():
    text = "A missile struck a tanker that carries the flag of Iraq on Monday."
    incidents, _ = read(text)
    assert all(incident.where.name != "Iraq" for incident in incidents)


def test_weapons_that_come_in_waves_strike_as_well():
    (incident,), _ = read("Two waves of missiles struck a power plant in Mosul on Monday.")
    assert incident.kind is Kind.MISSILE_ROCKET


def test_the_worst_attack_since_is_one_attack():
    text = "The base in Ramadi came under the fiercest missile attack since October on Monday."
    (incident,), _ = read(text)
    assert (incident.where.name, incident.when.start) == ("Ramadi", date(2024, 3, 11))


def test_a_target_is_named_with_its_owner():
    (incident,), _ = read("US warplanes bombed three facilities of Kataib Hezbollah near Mosul on Monday.")
    targets = [actor.name for actor in incident.actors if actor.role is ActorRole.TARGET]
    assert targets == ["facilities of Kataib Hezbollah"]


def test_a_town_whose_centre_was_hit_is_the_place_although_its_name_stands_in_a_phrase():
    text = "Rockets and shells hit the centre of Kirkuk on Saturday, killing two shoppers."
    (incident,), _ = read(text, roles={"Kirkuk": "other"})
    assert incident.where.name == "Kirkuk"


def test_what_struck_it_is_the_strike_told_before():
    text = (
        "A tanker was burning on Sunday, the day after a missile hit it off Mosul.\n\n"
        "A fire broke out when an anti-ship missile struck it on Saturday evening."
    )
    (incident,), _ = read(text)
    assert (incident.where.name, incident.when.start) == ("Mosul", date(2024, 3, 9))


def test_the_hospital_is_not_where_it_happened():
    (incident,), _ = read(
        "A bomb exploded in Mosul on Monday. Dozens of injured were transferred to hospitals in Baghdad."
    )
    assert incident.where.name == "Mosul"


def test_of_a_total_and_of_one_event_the_figure_of_the_event_is_its_own():
    (incident, *_), _ = read(
        "Two suicide bombings killed 48 people in Mosul and Ramadi on Monday. The first attack in Mosul killed 26."
    )
    assert (incident.killed.low, incident.killed.high) == (26, 26)


def test_one_named_dead_and_two_together_are_two():
    (incident,), _ = read(
        "The mayor was killed when gunmen attacked his car in Mosul on Monday. Gunmen shot dead the mayor and his driver."
    )
    assert (incident.killed.low, incident.killed.high) == (2, 2)


def test_a_figure_takes_the_place_of_several():
    text = (
        "A car bomb exploded at a market in Kirkuk on Monday. Several people were wounded in the blast, witnesses said.\n\n"
        "The explosion wounded 14 people, a doctor said."
    )
    (incident,), _ = read(text)
    assert (incident.wounded.low, incident.wounded.high) == (14, 14)


def test_who_was_also_killed_is_added_and_only_once():
    text = (
        "Gunmen shot dead a judge in Mosul on Monday. Two of his guards were also killed in the attack.\n\n"
        "The two guards were also killed in the attack, his brother said."
    )
    (incident,), _ = read(text)
    assert (incident.killed.low, incident.killed.high) == (3, 3)


def test_sixty_dead_are_those_of_one_event():
    text = "A truck bomb blew up near a court in Kirkuk on Monday, leaving 61 dead and about 300 wounded."
    (incident,), _ = read(text)
    assert (incident.killed.low, incident.wounded.low) == (61, 300)


def test_a_bomb_that_killed_tells_the_event_though_no_blast_is_named():
    text = (
        "A car bomb outside a court in Kirkuk killed nine people on Monday, police said.\n\n"
        "A roadside bomb at a bus stop in Mosul killed two people and left seven hurt."
    )
    incidents, _ = read(text)
    assert {(i.where.name, i.killed.low) for i in incidents} == {("Kirkuk", 9), ("Mosul", 2)}


def test_attacks_that_are_only_counted_are_never_an_incident():
    text = (
        "A car bomb killed nine people in Kirkuk on Monday, police said.\n\n"
        "The war has been spreading, with government forces hitting rebels who have launched attacks on tankers in the "
        "Red Sea."
    )
    incidents, aggregates = read(text)
    assert [incident.where.name for incident in incidents] == ["Kirkuk"]
    assert "Red Sea" in {aggregate.where.name for aggregate in aggregates}


def _with(text: str, *extra: tuple[str, PlacePrecision, float, float, str | None]) -> list[Name]:
    found = places(text)
    for name, precision, latitude, longitude, province in extra:
        start = text.index(name)
        found.append(Name(start, start + len(name), name, precision, latitude, longitude, "IQ", province))
    return sorted(found, key=lambda each: each.start)


def test_a_name_that_no_gazetteer_holds_lies_in_the_finest_of_what_stands_round_it():
    text = "Two policemen were killed by a bomb near Zarbat in Anbar's Hit district on Monday."
    names = _with(
        text,
        ("Zarbat", PlacePrecision.UNKNOWN, None, None, None),
        ("Hit district", PlacePrecision.DISTRICT, 33.6, 42.8, "Anbar"),
    )
    (incident,), _ = find_incidents(parse(text), names, published=TUESDAY)
    assert (incident.where.name, incident.where.latitude) == ("Zarbat, Hit district", 33.6)


def test_a_name_that_no_gazetteer_holds_lies_in_the_region_whose_it_is():
    text = "Gunmen killed four farmers in the Anbar region's Zarbat commune on Monday."
    names = _with(text, ("Zarbat", PlacePrecision.UNKNOWN, None, None, None))
    (incident,), _ = find_incidents(parse(text), names, published=TUESDAY)
    assert incident.where.name == "Zarbat, Anbar"


def test_a_district_told_by_the_town_that_it_lies_beside_is_where_it_happened():
    text = "Shells hit the Dorah district, south of Baghdad, on Monday and killed two people."
    names = _with(text, ("Dorah district", PlacePrecision.DISTRICT, 33.25, 44.4, "Baghdad"))
    names[1] = replace(names[1], precision=PlacePrecision.NEAR, latitude=33.2)
    (incident,), _ = find_incidents(parse(text), names, published=TUESDAY)
    assert incident.where.name == "Dorah district"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Gunmen believed to belong to the Jalisco New Generation Cartel shot dead two guards in Mosul on Monday.", "Jalisco"),
        ("Gunmen dressed as soldiers, believed to be Boko Haram, shot dead two guards in Mosul on Monday.", "Boko Haram"),
        ("Two guards were shot dead in Mosul on Monday, in an attack the government attributed to Hezbollah.", "Hezbollah"),
        ("A bomb went off in Mosul on Monday. Police said they believed local dissidents were behind the attack.", "dissidents"),
        ("A bomb went off in Mosul on Monday. The ELN said its urban front was behind the blast.", "National Liberation"),
        ("A bomb went off in Mosul on Monday. A local defence force claimed the act.", "defence force"),
        ("Two guards were killed with machetes in Mosul on Monday night by rebels of the north.", "rebels of the north"),
        ("A bomb hit a bus in Mosul on Monday. The Group for the Support of Islam and Muslims claimed "
         "responsibility.", "Nasr al-Islam"),
        ("Two attackers suspected of belonging to Boko Haram shot dead two guards in Mosul on Monday.", "Boko Haram"),
        ("Suspected New People's Army (NPA) rebels torched two trucks in Mosul on Monday.", "New People's Army"),
        ("A bomb went off in Mosul on Monday. Suspicion fell on Hezbollah.", "Hezbollah"),
        ("Mosul came under artillery fire from the Armenian side on Monday.", "Armenia"),
        ("Gunmen shot dead two guards in Mosul on Monday. Lashkar-e-Jhangvi claimed responsibility.", "Lashkar-e-Jhangvi"),
        ("A drone, thought to be operated by the Boko Haram group, fired two missiles at a post in Mosul on Monday.", "Boko Haram"),
        ("A drone exploded in Mosul on Monday. Hezbollah says it sent a squadron of drones at a base there.", "Hezbollah"),
        ("Gunmen killed two guards in Mosul on Monday. The Taliban's spokesman said his movement was behind it.", "Taliban"),
        ("A Myanmar military aircraft dropped two bombs on a street in Mosul on Monday.", "Myanmar"),
    ],
)  # fmt: skip
def test_who_did_it_however_it_is_said(told, name):
    incident, *_ = read(told)[0]
    assert any(name in actor.name for actor in incident.actors if actor.role.value != "victim")


def test_the_worst_attack_in_years_is_the_one_just_told():
    text = (
        "A gunman opened fire on guards in Mosul late on Sunday, killing three of them, in the worst strike on the force in "
        "seven years, police said. It was the third such attack in a week."
    )
    incidents, _ = read(text)
    assert [(each.where.name, each.killed.low, each.when.start) for each in incidents] == [
        ("Mosul", 3, date(2024, 3, 10))
    ]


def test_the_dead_of_a_sum_are_nobodys():
    text = (
        "Gunmen shot at a patrol in Mosul on Monday.\n\n"
        "Turkish drones carried out 130 strikes in the area in 2022, leaving 87 dead, a monitor says."
    )
    assert [each.killed for each in read(text)[0]] == [None]


def test_air_raid_sirens_are_no_attack():
    (incident,), _ = read("A missile hit a hotel in Mosul on Monday, minutes after air raid sirens went off in Kirkuk.")
    assert incident.where.name == "Mosul"


def test_what_somebody_was_behind_is_no_news():
    text = "Gunmen killed a guard in Mosul on Monday. The army spoke of a man who was behind an attack on Kirkuk."
    assert [each.where.name for each in read(text)[0]] == ["Mosul"]


def test_the_entries_of_a_live_blog_say_where():
    text = (
        "War live: two towns hit\n\n"
        "12:30 GMT - Gunmen raid post in Ramadi\n\n"
        "Gunmen opened fire on guards this morning. Two guards were killed, police say.\n\n"
        "10:05 GMT - Drone attack in Kirkuk\n\n"
        "A drone has fired at a tent, residents say. Three people were killed.\n\n"
        "09:00 GMT - Ministry gives numbers\n\n"
        "The ministry says 24 people have been killed and 112 wounded over the past 24 hours."
    )
    assert {(each.where.name, each.killed.low) for each in read(text)[0]} == {("Ramadi", 2), ("Kirkuk", 3)}


def test_the_hour_of_a_detail_gives_the_day_of_the_news():
    text = (
        "An air strike hit a petrol station in Mosul, killing 14 people, medics said on Monday.\n\n"
        "Residents said a jet was heard shortly before sunset on Sunday. The army denied it on Tuesday."
    )
    (incident,), _ = read(text)
    assert incident.when.start == incident.when.end == date(2024, 3, 10)


def test_bombs_across_a_country_are_a_sum():
    text = (
        "Bombs, shootings kill 31 across Iraq\n\n"
        "A string of attacks in Baghdad and towns round it killed at least 31 people, officials said on Monday.\n\n"
        "A car bomb went off beside a market in Kirkuk. Eleven shoppers were killed.\n\n"
        "A roadside bomb struck a patrol in Ramadi, killing three soldiers."
    )
    assert {(each.where.name, each.killed.low) for each in read(text)[0]} == {("Kirkuk", 11), ("Ramadi", 3)}


def test_whom_they_carried_off_after_a_massacre_makes_it_no_abduction():
    text = (
        "Gunmen attacked the outskirts of Kirkuk on Monday, killing six residents, police said.\n\n"
        "The attackers also looted stores and carried off three girls."
    )
    assert [each.kind for each in read(text)[0]] == [Kind.ARMED_ATTACK]


def test_an_address_is_one_place():
    text = "Two bombs exploded in the market of Ramadi, Anbar, on Monday, leaving 22 dead."
    assert [(each.where.name, each.killed.low) for each in read(text)[0]] == [("Ramadi", 22)]


def test_a_ship_is_known_by_its_prefix():
    (incident,), _ = read("A missile struck M/V Aegean Dawn in the Red Sea on Monday.")
    assert incident.kind is Kind.SHIP_ATTACK


def test_a_vote_to_come_is_no_day_of_the_news():
    (incident,), _ = read("Gunmen killed two guards in Mosul, before Sunday's local elections.")
    assert (incident.when.start, incident.when.end) == (date(2024, 3, 11), TUESDAY)


def test_a_part_that_nobody_knows_lies_in_the_town_that_its_sentence_opens_with():
    text = "In Ramadi, a patrol was targeted with an explosive device in the Absar area on Monday. Two soldiers were killed."
    (incident,), _ = read(text)
    assert (incident.where.name, incident.kind, incident.killed.low) == ("Ramadi", Kind.BOMBING, 2)


def test_who_blames_has_not_done_it_and_who_claims_it_does_not_count():
    text = (
        "Gunmen killed 11 soldiers in Mosul on Monday, police said. Bandits were blamed for the attack by residents.\n\n"
        "The group's northern arm, Boko Haram, claimed the attack in a message, putting the number of soldiers killed at 20."
    )
    (incident,), _ = read(text)
    assert incident.killed.low == 11
    assert "residents" not in {actor.name for actor in incident.actors}


def test_an_elder_shot_dead_is_dead_wherever_the_parser_hangs_the_shot():
    (incident,), _ = read("Unknown gunmen riding a motorcycle shot dead a tribal elder in Mosul on Monday.")
    assert incident.killed.low == 1


def test_attacks_over_the_past_day_are_a_sum():
    text = (
        "Russian attacks on the north killed at least nine civilians and injured 41 over the past day, officials said.\n\n"
        "An Iskander struck beside a block in Kirkuk on Monday evening. Five people were killed and 22 injured."
    )
    assert [(each.where.name, each.killed.low) for each in read(text)[0]] == [("Kirkuk", 5)]
