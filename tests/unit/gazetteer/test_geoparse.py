from __future__ import annotations

import pytest
from geopy.distance import great_circle

from incidents.gazetteer.geoparse import geoparse
from incidents.gazetteer.types import Home, Level, Role
from incidents.language.parse import parse


def read(gazetteer, text, **options):
    return geoparse(parse(text), gazetteer, **options)


def named(toponyms, text):
    found = [toponym for toponym in toponyms if toponym.text == text]
    assert found, f"{text!r} is not among {[toponym.text for toponym in toponyms]}"
    return found[0]


def km(toponym, latitude, longitude):
    place = toponym.best.place
    return great_circle((place.latitude, place.longitude), (latitude, longitude)).km


def test_offsets_are_those_of_the_text(world):
    text = "Two rockets fell on Mosul. Nobody was hurt in Mosul, officials in Baghdad said."
    toponyms = read(world, text)
    assert [toponym.text for toponym in toponyms] == ["Mosul", "Mosul", "Baghdad"]
    assert all(text[toponym.start : toponym.end] == toponym.text for toponym in toponyms)


def test_a_base_is_found_with_all_words_of_its_name(world):
    toponyms = read(world, "A volley of rockets hit the Ain al-Asad air base in western Iraq on Monday.")
    base = named(toponyms, "Ain al-Asad air base")
    assert base.role is Role.EVENT
    assert base.best.place.level is Level.FACILITY
    assert km(base, 33.786, 42.441) < 5


@pytest.mark.parametrize(
    "sentence",
    [
        "On Saturday, Ain al-Asad air base was hit by several rockets.",
        "Iraq's Ain al-Asad air base was struck again, officials said.",
    ],
)
def test_a_base_whose_name_holds_a_persons_is_a_place(world, sentence):
    toponyms = read(world, sentence)
    assert named(toponyms, "Ain al-Asad air base").best.place.level is Level.FACILITY


def test_a_country_is_at_country_level(world):
    toponyms = read(world, "Gunmen killed two people in Iraq, one in Jordan and one in Mexico.")
    assert {(each.text, each.best.place.level) for each in toponyms} == {
        ("Iraq", Level.COUNTRY), ("Jordan", Level.COUNTRY), ("Mexico", Level.COUNTRY),
    }  # fmt: skip


def test_a_list_of_countries_is_not_read_as_towns_in_countries(world):
    toponyms = read(world, "The fighting spread to Lebanon, Georgia, Iraq, Iran and Mexico.")
    assert {toponym.best.place.level for toponym in toponyms} == {Level.COUNTRY}


@pytest.mark.parametrize(
    ("text", "name", "latitude", "longitude"),
    [
        ("A bomb went off in Paris, Texas, on Friday.", "Paris", 33.66, -95.56),
        ("A bomb went off in Paris on Friday.", "Paris", 48.85, 2.35),
        ("He was shot in Tripoli, Lebanon, the army said.", "Tripoli", 34.43, 35.85),
        ("Shells hit Tripoli. Libya's interior ministry in Benghazi blamed a militia.", "Tripoli", 32.89, 13.19),
        ("The blast in Alexandria was heard in Cairo and in Giza.", "Alexandria", 31.2, 29.92),
    ],
)
def test_the_text_says_which_namesake_is_meant(world, text, name, latitude, longitude):
    assert km(named(read(world, text), name), latitude, longitude) < 25


def test_the_country_of_the_source_decides_between_namesakes(world):
    text = "Two men were stabbed in Birmingham late on Saturday."
    assert named(read(world, text, home=Home("GB")), "Birmingham").best.place.country == "GB"
    assert named(read(world, text, home=Home("US")), "Birmingham").best.place.country == "US"


def test_a_text_may_end_with_the_first_word_of_a_name(world):
    toponyms = read(world, "A bomb went off in San Miguel, El Salvador. The driver came from San")
    assert [toponym.text for toponym in toponyms][:2] == ["San Miguel", "El Salvador"]


def test_a_local_paper_means_the_town_nearby(world):
    text = "Two men were shot in Paris late on Friday."
    ours = named(read(world, text, home=Home("US", 33.66, -95.55)), "Paris")
    theirs = named(read(world, text), "Paris")
    assert (ours.best.place.country, theirs.best.place.country) == ("US", "FR")


def test_a_province_is_asked_for_by_its_word(world):
    toponyms = read(world, "Three soldiers died in Anbar province and two in the governorate of Diyala.")
    assert named(toponyms, "Anbar province").best.place.level is Level.PROVINCE
    assert named(toponyms, "Diyala").best.place.level is Level.PROVINCE


def test_datelines_are_not_where_things_happen(world):
    toponyms = read(world, "ERBIL/ANKARA (Agency) - Turkish drones hit a village in Sinjar on Sunday.")
    assert [(each.text, each.role) for each in toponyms if each.role is Role.DATELINE] == [
        ("ERBIL", Role.DATELINE), ("ANKARA", Role.DATELINE),
    ]  # fmt: skip
    assert named(toponyms, "Sinjar").role is Role.EVENT


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Baghdad condemned the raid as a breach of its sovereignty.", "Baghdad"),
        ("The government in Baghdad has asked the troops to leave.", "Baghdad"),
        ("Moscow denied that its jets had taken part.", "Moscow"),
        ("U.S. forces shot down three drones over the desert.", "U.S."),
        ("The village was shelled by Turkey on Tuesday.", "Turkey"),
    ],
)
def test_a_name_that_stands_for_a_government_is_a_metonym(world, text, name):
    assert named(read(world, text), name).role is Role.METONYM


def test_the_same_name_is_the_ground_where_something_happens_in_it(world):
    toponyms = read(world, "Baghdad condemned the raid. A car bomb killed four people in Baghdad.")
    assert [toponym.role for toponym in toponyms] == [Role.METONYM, Role.EVENT]


def test_a_demonym_leads_to_its_country_and_is_no_place(world):
    toponyms = read(world, "Iraqi troops and two Yemenis were hurt in Basra.")
    assert named(toponyms, "Iraqi").role is Role.DEMONYM
    assert named(toponyms, "Iraqi").best.place.country == "IQ"
    assert named(toponyms, "Yemenis").best.place.country == "YE"


def test_a_place_in_an_organisations_name_is_no_ground(world):
    toponyms = read(world, "A professor of the University of Mosul was shot in Kirkuk.")
    assert named(toponyms, "Kirkuk").role is Role.EVENT
    assert all(each.role is Role.OTHER for each in toponyms if "Mosul" in each.text)


def test_a_person_is_no_place(world):
    toponyms = read(world, "Jordan Washington said he had seen nothing. Washington was hurt in Basra.")
    assert [toponym.text for toponym in toponyms] == ["Basra"]


def test_near_a_place_is_a_wide_circle_round_it(world):
    erbil = named(read(world, "A drone crashed near Erbil at dawn."), "Erbil")
    assert erbil.near
    assert erbil.radius_m == 25_000
    assert erbil.latitude == pytest.approx(36.19, abs=0.05)


@pytest.mark.parametrize(
    ("phrase", "latitude", "longitude"),
    [
        ("40 km north of", 36.35 + 40 / 111.2, 43.13),
        ("25 miles (40 km) south of", 36.35 - 40 / 111.2, 43.13),
        ("40 kilometres north of the city of", 36.35 + 40 / 111.2, 43.13),
    ],
)
def test_a_distance_and_a_direction_make_a_point(world, phrase, latitude, longitude):
    mosul = named(read(world, f"The convoy was hit {phrase} Mosul on Thursday."), "Mosul")
    assert mosul.near
    assert mosul.radius_m == pytest.approx(10_000, rel=0.05)
    assert great_circle((mosul.latitude, mosul.longitude), (latitude, longitude)).km < 6


def test_a_name_that_no_gazetteer_holds_has_no_candidates(small):
    toponyms = read(small, "The convoy was attacked in Zarqabad, Iraq, on Friday.")
    assert named(toponyms, "Zarqabad").candidates == ()
    assert named(toponyms, "Zarqabad").best is None


def test_upper_case_wires_are_read(world):
    text = "BOGOTA, 4 FEB 90 -- [TEXT] GUERRILLAS BLEW UP A BRIDGE NEAR MEDELLIN. TWO SOLDIERS WERE KILLED IN CALI."
    toponyms = read(world, text)
    assert named(toponyms, "BOGOTA").role is Role.DATELINE
    assert named(toponyms, "MEDELLIN").near
    assert named(toponyms, "CALI").best.place.country == "CO"


def test_scores_are_shares_and_the_best_comes_first(world):
    paris = named(read(world, "A bomb went off in Paris on Friday."), "Paris")
    scores = [candidate.score for candidate in paris.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert 2 <= len(scores) <= 9


@pytest.mark.parametrize("text", ["", " \n\n ", "No capitals here at all.", "\x00\ufffd" * 50, "," * 2_000])
def test_a_text_without_places_gives_none(world, text):
    assert read(world, text) == ()


def test_a_long_list_of_places_is_read_like_a_short_one(world):
    names = [
        f"{one} {two}" for one in ("Port", "San", "New", "Mount", "Saint") for two in ("Paris", "Hope", "Juan", "York")
    ]
    short, long = (parse(", ".join(names * count)) for count in (20, 80))
    assert len(geoparse(long, world)) == 4 * len(geoparse(short, world))


def test_names_in_a_list_with_a_place_are_places(world):
    text = "Shells hit Kherson, Avdiivka, Bakhmut and Sloviansk on Sunday."
    assert [toponym.text for toponym in read(world, text)] == ["Kherson", "Avdiivka", "Bakhmut", "Sloviansk"]


def test_nautical_miles_are_longer_than_miles(world):
    sea, land = (
        named(read(world, f"The ship was hit 60 {unit} south of Aden, Yemen."), "Aden").latitude
        for unit in ("nautical miles", "miles")
    )
    assert land - sea == pytest.approx(60 * (1.852 - 1.609) / 111.2, abs=0.01)


def test_a_distance_without_a_direction_is_a_circle(world):
    ship = named(read(world, "A tanker was hit 30 nautical miles off the port of Aden, Yemen."), "Aden")
    assert ship.near
    assert ship.radius_m == pytest.approx(55_560, abs=100)
    assert ship.latitude == ship.best.place.latitude


@pytest.mark.parametrize(
    "text",
    [
        "MOSCOW (AP) — A drone was shot down over Belgorod.",
        "GAZA CITY, Gaza Strip (AP) — Shells fell on Rafah.",
        "KYIV, Ukraine, Jan 3 (Agency) - Missiles hit Kharkiv.",
        "Baghdad, 5 January — A bomb killed two in Mosul.",
        "BEIRUT: A rocket fell on Tyre.",
        "(Beirut) – A rocket fell on Tyre.",
        "Beirut | A rocket fell on Tyre.",
        "Baghdad, Iraq CNN — A bomb killed two in Mosul.",
        "Baghdad (Iraq), 5 Jan 2024 (Agency) – A bomb killed two in Mosul.",
    ],
)
def test_datelines_of_many_houses_are_known(world, text):
    first, *_, last = read(world, text)
    assert first.role is Role.DATELINE
    assert last.role is Role.EVENT


def test_a_town_is_meant_where_a_province_has_its_name(world):
    toponyms = read(world, "Rockets fell on Hodeidah, Raqqa, Idlib and Kirkuk.")
    assert {toponym.best.place.level for toponym in toponyms} == {Level.TOWN}


def test_a_seat_of_power_is_a_place_only_with_ground_round_it(world):
    assert read(world, "The Pentagon and the Kremlin said nothing.") == ()
    assert named(read(world, "A car burned outside the Pentagon."), "Pentagon").best.place.level is Level.FACILITY


def test_what_is_led_or_backed_by_a_state_is_not_in_it(world):
    toponyms = read(world, "US-led troops and Iran-backed fighters clashed near Hit in Iraq.")
    assert {toponym.text for toponym in toponyms if toponym.role is Role.METONYM} == {"US", "Iran"}


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("Shelling kills two children in eastern Iraq - defence ministry", "Iraq"),
        ("Gunmen kill a doctor and a driver in Mosul: officials", "Mosul"),
        ("Three wounded by rockets in Kirkuk \u2013 police", "Kirkuk"),
    ],
)
def test_the_source_behind_a_headline_does_not_make_its_place_a_government(world, headline, name):
    assert named(read(world, headline), name).role is Role.EVENT


def test_who_says_so_at_the_end_of_a_headline_is_not_where(world):
    toponyms = read(world, "Six people killed in raids on two camps near Mosul: Baghdad")
    assert [(each.text, each.role) for each in toponyms] == [("Mosul", Role.EVENT), ("Baghdad", Role.METONYM)]
    assert named(read(world, "Place of the attack: Mosul"), "Mosul").role is Role.EVENT


def test_a_department_is_ground_and_no_ministry(world):
    assert named(read(world, "Gunmen attacked a village in Anbar department, Iraq."), "Anbar").role is Role.EVENT


def test_half_of_a_name_with_a_hyphen_is_not_the_town_of_that_name(world):
    toponyms = read(world, "Gang members swept through the town of Mosul-Sonde in Iraq.")
    assert "Mosul" not in {toponym.text for toponym in toponyms}
    assert {each.text for each in read(world, "Traffic on the Mosul-Kirkuk highway stopped.")} == {"Mosul", "Kirkuk"}


def test_one_letter_is_no_direction_but_begins_a_name_of_its_own(world):
    toponyms = read(world, "A bomb killed two soldiers in S. Lebanon on Monday.")
    assert "Lebanon" not in {toponym.text for toponym in toponyms}


@pytest.mark.parametrize("text", ["Gunmen attacked Solhan, Malawi, on Sunday.", "Three died in Solhan (Malawi)."])
def test_no_namesake_at_the_other_end_of_the_world_where_the_country_stands_beside(world, text):
    assert named(read(world, text), "Solhan").candidates == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen killed three men at Puncak, Central Papua, on Friday.", "Puncak"),
        ("Raiders burned farms in Solhan in Kordofan on Sunday.", "Solhan"),
        ("Raiders burned farms at Kallam, south of Mingora, on Monday.", "Kallam"),
    ],
)
def test_nor_a_namesake_far_from_the_province_region_or_town_that_stands_beside(world, text, name):
    assert named(read(world, text), name).candidates == ()


def test_a_regency_or_an_upazila_is_asked_for_by_its_word(world):
    toponyms = read(world, "Two drivers were shot in Puncak regency, Central Papua, on Friday.")
    assert named(toponyms, "Puncak regency").best.place.province == "Papua Tengah"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("A bomb killed two people in Solhan, Turkey, on Tuesday.", "Solhan", "TR"),
        ("Drones hit a depot in Sevastopol, Russia, on Monday.", "Sevastopol", "UA"),
        ("In Geneva, Iran said that it was not involved.", "Geneva", "CH"),
        ("Bombs went off in Syria, Iraq, and Lebanon.", "Syria", "SY"),
        ("A bomb went off in Diwaniyah, south of Baghdad, on Monday.", "Diwaniyah", "IQ"),
        ("Cases were found in Arkansas, Colorado, and Delaware.", "Arkansas", "US"),
    ],
)
def test_what_is_near_its_country_or_no_part_of_it_stays(world, text, name, country):
    assert named(read(world, text), name).best.place.country == country


@pytest.mark.parametrize("words", ["the Afghan capital", "Afghanistan's capital", "the capital of Afghanistan"])
def test_a_capital_named_by_its_country_is_that_town(world, words):
    toponyms = read(world, f"A bomb went off in {words} on Monday, killing six people.")
    assert named(toponyms, "capital").best.place.name == "Kabul"


def test_a_people_before_the_capital_is_no_region_of_that_name(world):
    toponyms = read(world, "Gunmen stormed a hotel in the Somali capital on Monday, police said.")
    assert named(toponyms, "capital").best.place.name == "Mogadishu"
    assert named(toponyms, "Somali").role is Role.DEMONYM


def test_what_is_shelled_is_ground_whatever_its_name_looks_like(world):
    toponyms = read(world, "Israeli artillery shelled Kfar Kila and a drone struck a car in Khirbet Selm on Monday.")
    assert named(toponyms, "Kfar Kila").role is Role.EVENT


def test_a_building_of_any_town_is_no_town_that_is_also_called_so(world):
    toponyms = read(world, "Shots were fired near Union Station on Monday, police said.")
    assert not named(toponyms, "Union Station").candidates


def test_a_part_of_the_name_of_a_group_is_no_place(world):
    text = "Islamic State West Africa Province militants killed eleven loggers in Nigeria's Borno state."
    found = [toponym for toponym in read(world, text) if toponym.text == "West Africa"]
    assert all(toponym.role is Role.OTHER for toponym in found)


def test_what_is_called_a_village_is_a_place(world):
    toponyms = read(world, "Insurgents torched homes in the village of Mucojo-Sul on the coast, witnesses said.")
    assert named(toponyms, "Mucojo-Sul").role is Role.EVENT


def test_a_town_in_a_country_is_no_namesake_elsewhere(world):
    toponyms = read(world, "Gunmen seized pupils in the town of Kuriga in Nigeria's Kaduna state on Thursday.")
    assert all(each.place.country == "NG" for each in named(toponyms, "Kuriga").candidates)


def test_a_town_in_congo_may_be_in_either(world):
    toponyms = read(world, "Bombs fell on two camps near Goma in eastern Congo on Friday.")
    assert named(toponyms, "Goma").best.place.country == "CD"


def test_a_village_behind_a_preposition_is_a_place_whatever_the_parser_takes_it_for(world):
    text = "Islamic State fighters raided a lakeside hamlet near Kinjiria in the dawn hours, killing three villagers."
    assert named(read(world, text), "Kinjiria").role is Role.EVENT


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # There is a Sollefteå in Sweden; only the third name is known.
        (
            "A farmer was murdered in his plot outside Sollefteå, Poso Pesisir Utara, Central Sulawesi, on Sunday.",
            "Sollefteå",
        ),
        ("Two bombs fell on the school of Nyaung Gon village, Kanbalu Township (Sagaing).", "Nyaung Gon"),
    ],
)
def test_nor_a_namesake_where_the_text_says_over_several_words_in_what_it_lies(world, text, name):
    assert named(read(world, text), name).candidates == ()


def test_an_indian_agencys_dateline_is_no_place_of_an_event(world):
    toponyms = read(
        world, "Raipur, Nov 13 (Central News): Three guards were hurt by a mine in Bijapur district on Tuesday."
    )
    assert named(toponyms, "Raipur").role is Role.DATELINE


def test_a_country_that_opens_a_line_is_no_town_of_the_country_over_it(world):
    digest = (
        "MEXICO - A worker was killed by a mine near Apatzingán on Friday.\n\n"
        "COLOMBIA - A charge wounded four marines in Tumaco on Sunday.\n\n"
        "ECUADOR - Gunmen killed five people in Manta on Saturday."
    )
    assert named(read(world, digest), "COLOMBIA").best.place.country == "CO"


def test_a_village_of_the_news_is_found_and_outranks_no_larger_namesake(world):
    lolwa = named(read(world, "Rebels killed ten farmers near Lolwa in Ituri on Monday."), "Lolwa").best.place
    assert (lolwa.country, lolwa.source) == ("CD", "villages")
    palma = named(read(world, "Insurgents attacked Palma in Cabo Delgado on Sunday."), "Palma").best.place
    assert (palma.country, palma.source) == ("MZ", "villages")
    assert named(read(world, "Police in Palma arrested three men on Sunday."), "Palma").best.place.country == "ES"


def test_a_people_is_no_region_or_town_of_that_name(world):
    toponyms = read(world, "A bomb went off in the Somali city of Kismayo. Another one went off in the Somali region.")
    assert [each.role for each in toponyms if each.text.startswith("Somali")] == [Role.DEMONYM, Role.EVENT]


def test_a_family_is_no_town(world):
    toponyms = read(world, "Eleven people died when a bomb hit the Mosul family home in Baghdad.")
    assert "Mosul" not in {each.text for each in toponyms}


def test_a_small_letter_agency_has_a_dateline(world):
    toponyms = read(world, "BERLIN, Aug 24 (dpa) - Three people were stabbed to death in Mosul on Friday.")
    assert named(toponyms, "BERLIN").role is Role.DATELINE


def test_a_town_in_capitals_before_a_colon_is_a_dateline(world):
    toponyms = read(world, "BAGHDAD, Iraq: Two guards were killed in Mosul on Friday.")
    assert [each.role for each in toponyms] == [Role.DATELINE, Role.DATELINE, Role.EVENT]


def test_a_sentence_with_an_acronym_in_brackets_is_no_dateline(world):
    toponyms = read(world, "In Mosul, a vehicle of the Rapid Forces (RF) was hit by a bomb on Friday.")
    assert named(toponyms, "Mosul").role is Role.EVENT


def test_a_long_mixed_word_at_the_start_is_read_in_one_go(world):
    toponyms = read(world, f"{'Aa1' * 60}: two guards of the Rapid Forces [RF] were hit by a bomb in Mosul on Friday.")
    assert named(toponyms, "Mosul").role is Role.EVENT


def test_a_state_in_short_does_not_end_a_dateline(world):
    toponyms = read(world, "BAGHDAD, Fla. - At noon two missiles struck Mosul.")
    assert named(toponyms, "BAGHDAD").role is Role.DATELINE
