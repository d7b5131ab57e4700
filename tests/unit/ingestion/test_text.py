"""Cleaning of pasted pages and plain texts. All texts are our own."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from incidents.ingestion.text import clean

PLAIN = """Soldiers found a cache of mortar shells in a cellar in Mosul on Monday, the city's police said.

By Tuesday evening the quarter had been searched. Subscribers of the local radio were asked to stay at home.

"Comments by the governor made it worse," a shopkeeper said.

About US strikes in the region he said nothing. Related attacks were reported from Tal Afar.

By continuing to use force in the camp, the army risks more dead, a doctor said.

Terms and conditions of the truce were not made public, but it is prohibited to carry arms inside the town.

Copyright disputes have nothing to do with it, an official joked. Images (seen by this paper) show a burnt car.

Reporting by state media could not be verified. Read aloud, the list of names took four minutes.

Share prices fell in Amman. Video of the blast was shown on television; photos of the dead were not.

Sponsored by nobody, the two brothers had built a drone, police said (AFP).

Written by hand, the letter claimed the attack of 3 March 2015. Updated figures speak of 12 dead.

The views expressed by villagers differ. Risk warnings had been sent out at 06:30 on the day before."""


def raw_words_of(page):
    return re.findall(r"\w+", f"{page.title} {page.clean.text}")


ARABIC = (Path(__file__).parent / "texts" / "arabic.txt").read_text(encoding="utf-8").strip()

PLAIN_TEXTS = {
    "paragraphs that begin like boilerplate": PLAIN,
    "single line breaks": PLAIN.replace("\n\n", "\n"),
    "windows line breaks": PLAIN.replace("\n", "\r\n"),
    "no paragraphs at all": PLAIN.replace("\n\n", " "),
    "a list": """Four strikes were counted on Sunday:
- Near Hajin, one strike destroyed a tunnel.
- Near Abu Kamal, two strikes hit a mortar position
- Near Al Qaim, one strike hit a boat.

1. The first took place at night.
2. The second at 14:00""",
    "one headline": "Bomb near Kirkuk kills three shepherds",
    "a dated headline": "Two killed by a mine in Hodeidah, 3 May 2019",
    "headlines without an article": "Drone hits tanker off Fujairah\nGunmen attack bus in Quetta, kill five\nMine kills a farmer near Kherson",
    "spaces round punctuation": "The mayor said : `` We counted 12 dead . '' Two of them , he added , were children .",
    "a chronicle": """A year of attacks

3 January 2023

A car bomb went off in front of a school in Mahas and killed nineteen people, officials said.

17 February 2023

A roadside bomb near Bakool wounded four officers on patrol, according to the police.""",
    "an answer of one word": "Question: was the base hit by rockets last night, as the militia says?\n\nNo.",
    "arabic": ARABIC,
    "upper-case wire": """   LIMA, 4 FEB 92 (NEWSWIRE) -- [TEXT] A BOMB OF SOME TEN KILOS WENT OFF
BY THE GATE OF A BARRACKS TODAY.  THE ARMY SAID THAT NOBODY HAD BEEN
PUBLISHED IN THE LIST OF THE WOUNDED SO FAR AND THAT THE SEARCH IS
BEING CARRIED ON BY TWO COMPANIES.

   READ BY A SPOKESMAN, THE COMMUNIQUE BLAMED A GROUP OF STUDENTS FOR
THE ATTACK.""",
}


@pytest.mark.parametrize("text", PLAIN_TEXTS.values(), ids=PLAIN_TEXTS.keys())
def test_nothing_of_a_text_without_boilerplate_is_lost(text):
    page = clean(text)
    assert raw_words_of(page) == re.findall(r"\w+", text)
    assert page.byline == ""


@pytest.mark.parametrize("name", ["one headline", "headlines without an article", "a list", "no paragraphs at all"])
def test_a_text_without_a_body_below_a_headline_has_no_title(name):
    page = clean(PLAIN_TEXTS[name])
    assert page.title == ""
    assert page.clean.text == PLAIN_TEXTS[name]


def test_a_text_that_is_all_boilerplate_comes_back_whole():
    assert clean("Advertisement\n\nSign up now").clean.text == "Advertisement\n\nSign up now"


def test_an_empty_text_stays_empty():
    page = clean(" \n\n\t")
    assert page.clean.text == ""
    assert page.published is None


def test_every_character_knows_where_it_stood():
    raw = (
        "Advertisement\r\n\r\nRebels shell an air base near Taiz\r\n\r\nBy Ann Lee\r\n\r\n"
        + "   The shelling began at noon and went on for two hours, a guard of the\r\n"
        + "base said by telephone. He counted thirty shells, and spoke of a well-\r\n"
        + "planned attack. Nobody was hurt on the side of the army, the officer on\r\n"
        + "duty said.\r\n\r\nShare\r\n\r\nThe rebels did not comment, and the United Nations asked both sides to stop.\r\n"
    )
    clean_text = clean(raw).clean
    assert clean_text.text == (
        "The shelling began at noon and went on for two hours, a guard of the base said by telephone. He counted thirty "
        "shells, and spoke of a well-planned attack. Nobody was hurt on the side of the army, the officer on duty said."
        "\n\nThe rebels did not comment, and the United Nations asked both sides to stop."
    )
    for match in re.finditer(r"\w+", clean_text.text):
        start, end = clean_text.to_raw(match.start(), match.end())
        assert raw[start:end].replace("-\r\n", "-") == match[0]
    start = clean_text.text.index("well-planned")
    low, high = clean_text.to_raw(start, start + len("well-planned"))
    assert raw[low:high] == "well-\r\nplanned"


@pytest.mark.parametrize(
    "line",
    [
        "Save up to 30% on all annual plansGET DEAL",
        "Only $1 a week: start your free trial",
        "ADVERTISEMENT - SCROLL TO CONTINUE",
        "Story continues below advertisement",
        "Subscribe to our newsletter for the day's top stories.",
        "Sign up",
        "Get the latest headlines in your inbox every morning.",
        "Follow us on Telegram",
        "Share this article",
        "Facebook Twitter WhatsApp Print",
        "Read more: Who holds the bridges of Deir ez-Zor",
        "READ: What the truce says about prisoners",
        "Photo: a street in Gao after the blast. Example Agency",
        "FILE PHOTO: Soldiers at the gate of the base, May 2, 2020. REUTERS/Some One",
        "A checkpoint near Mopti, Mali [Some One/AFP]",
        "Image caption The harbour of Hodeidah in 2018",
        "Reporting by Ann Lee in Sanaa; editing by Bo Chang",
        "(Additional reporting by Ann Lee; Writing by Bo Chang; Editing by Cy Dent)",
        "Our Standards: The Example Trust Principles.",
        "This story has been updated with a statement of the army.",
        "We use cookies to make this site better.",
        "By signing up, you agree to our terms of use and privacy policy.",
        "© 2011-2024 Example Media",
        "Copyright 2024 Example Media. All rights reserved.",
        "This material may not be published, broadcast or rewritten.",
        "17:40 GMT",
        "Updated 2 hours ago",
        "5 min read",
        "Topics: Mali, army, drones",
        "Noticed a mistake? Select it and press Ctrl+Enter",
        "<< Previous: Rain expected in the north",
        "Views: 18 204",
    ],
)
def test_a_line_of_the_page_between_paragraphs_is_dropped(line):
    before = "Rebels took a bridge near Mopti on Monday, the army of Mali said in a statement on Tuesday."
    after = "The army lost two vehicles, a resident of the town said, and took its wounded to the north."
    assert clean(f"{before}\n\n{line}\n\n{after}").clean.text == f"{before}\n\n{after}"


def test_a_credit_at_the_end_of_the_last_paragraph_is_cut_off():
    text = "The army denied it and named no figures of its own. (Reporting by Ann Lee; Editing by Bo Chang)"
    assert clean(text).clean.text == "The army denied it and named no figures of its own."


def test_comments_after_the_article_are_dropped():
    news = "A grenade wounded two men in a teahouse in Ghazni on Friday, the governor's office said. " * 5
    text = f"{news.strip()}\n\nLatest comments\n\nI think the government killed them all, says my uncle in Kabul."
    assert clean(text).clean.text == news.strip()


def test_a_button_for_comments_above_the_article_does_not_cut_it():
    text = "Grenade wounds two in Ghazni teahouse\n\nComments\n\nA grenade wounded two men in Ghazni on Friday, the police said."
    assert clean(text).clean.text == "A grenade wounded two men in Ghazni on Friday, the police said."


def test_a_given_title_is_not_repeated_in_the_text():
    text = "Grenade wounds two in Ghazni teahouse - Example News\n\nA grenade wounded two men in Ghazni on Friday, police said."
    page = clean(text, title="Grenade wounds two in Ghazni teahouse")
    assert page.title == "Grenade wounds two in Ghazni teahouse"
    assert page.clean.text == "A grenade wounded two men in Ghazni on Friday, police said."


def test_an_analysis_keeps_its_headline():
    page = clean(
        "Analysis: why the drones fly at night\n\nThe drones fly at night because nobody sees them, officers say."
    )
    assert page.title == "Analysis: why the drones fly at night"


BODY = "Rebels took a bridge near Mopti on Monday, the army of Mali said in a statement on Tuesday."


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("Published 01/23/2024, 05:07 PM", datetime(2024, 1, 23, 17, 7)),
        ("Published 23/01/2024 17:07", datetime(2024, 1, 23, 17, 7)),
        ("23 Jan 2024 17:07 GMT", datetime(2024, 1, 23, 17, 7, tzinfo=UTC)),
        ("Tuesday 23 January 2024 17.07 GMT", datetime(2024, 1, 23, 17, 7, tzinfo=UTC)),
        ("Published 12:07 PM EST, Tue January 23, 2024", datetime(2024, 1, 23, 17, 7, tzinfo=UTC)),
        ("January 23rd, 2024 at 5:07 p.m.", datetime(2024, 1, 23, 17, 7)),
        ("2024-01-23T17:07:00Z", datetime(2024, 1, 23, 17, 7, tzinfo=UTC)),
        ("2024-01-23 20:07 +03:00", datetime(2024, 1, 23, 17, 7, tzinfo=UTC)),
        ("Issued on: 23/01/2024 - 17:07", datetime(2024, 1, 23, 17, 7)),
        ("Published: 23 Jan 2024, 17:07 | Updated: 25 Jan 2024, 08:00", datetime(2024, 1, 23, 17, 7)),
        ("Updated: 25 Jan 2024, 08:00\n\nPublished: 23 Jan 2024, 17:07", datetime(2024, 1, 23, 17, 7)),
        ("By Ann Lee | January 23, 2024 5:07 PM", datetime(2024, 1, 23, 17, 7)),
        ("Published by Ann Lee on 23 January 2024 at 17:07", datetime(2024, 1, 23, 17, 7)),
        ("Posted on 23.01.2024 17:07", datetime(2024, 1, 23, 17, 7)),
        ("Noon, 12:00 am", None),
    ],
)
def test_the_time_of_publication_is_read_from_the_page(stamp, expected):
    page = clean(f"Rebels take a bridge near Mopti\n\n{stamp}\n\n{BODY}")
    assert page.published == expected
    if expected is not None:
        assert page.published_precision == "minute"
        assert page.published_from == "text"
        assert page.clean.text == BODY


@pytest.mark.parametrize(
    ("stamps", "expected", "noted"),
    [
        ("Published 03/04/2024, 05:07 PM", date(2024, 3, 4), True),
        ("Published 03/04/2024 17:07", date(2024, 4, 3), True),
        ("Published 03/04/2024 17:07\n\nUpdated 03/25/2024 08:00", date(2024, 3, 4), True),
        ("Published 03.04.2024", date(2024, 4, 3), True),
        ("Published 04/04/2024", date(2024, 4, 4), False),
        ("Published 13/04/2024, 05:07 PM", date(2024, 4, 13), False),
    ],
)
def test_day_and_month_are_told_apart_by_the_evidence_of_the_page(stamps, expected, noted):
    page = clean(f"Rebels take a bridge near Mopti\n\n{stamps}\n\n{BODY}")
    assert page.published.date() == expected
    assert bool(page.notes) == noted


def test_the_dateline_tells_day_and_month_apart():
    page = clean("Rebels take a bridge\n\nPublished 03/04/2024 17:07\n\nBAMAKO, March 4 (Newswire) - " + BODY)
    assert page.published.date() == date(2024, 3, 4)


def test_a_day_after_the_latest_possible_one_is_no_reading():
    page = clean(f"Rebels take a bridge\n\nPublished 03/04/2024 17:07\n\n{BODY}", latest=date(2024, 3, 20))
    assert page.published.date() == date(2024, 3, 4)
    assert page.notes == ()


@pytest.mark.parametrize(
    ("dateline", "expected"),
    [
        ("GUATEMALA CITY, 4 FEB 90 (NEWSWIRE) -- [TEXT] ", date(1990, 2, 4)),
        ("MANAGUA (NICARAGUA), 11 DEC 89 (RADIO) -- ", date(1989, 12, 11)),
        ("BAGHDAD, Jan. 23, 2024 (Newswire) -- ", date(2024, 1, 23)),
        ("Aden/Geneva, 23 January 2024 \u2013 ", date(2024, 1, 23)),
        ("BAGHDAD, Jan 23 (Newswire) - ", None),
        ("BAGHDAD (Newswire) - ", None),
        ("In Baghdad, 23 January 2024 was a quiet day. ", None),
    ],
)
def test_the_date_of_the_dateline_is_used_where_there_is_no_other(dateline, expected):
    page = clean(dateline + BODY)
    assert (page.published.date() if page.published else None) == expected
    assert page.published_precision == ("day" if expected else "unknown")
    assert page.clean.text == dateline + BODY


def test_a_copyright_year_is_no_date():
    page = clean(f"{BODY}\n\n© 2007-2024 Example Media\n\nCopyright 12/05/2023 Example Media")
    assert page.published is None
    assert page.published_from == ""


@pytest.mark.parametrize(
    "line", ["Example Gazette | 27 February 2024", "27 February 2024 - Example Gazette, Dubai", "February 27, 2024"]
)
def test_a_day_beside_the_name_of_the_site_is_the_date(line):
    page = clean(f"Rebels take a bridge near Mopti\n{line}\n\n{BODY}")
    assert page.published == datetime(2024, 2, 27)
    assert page.published_precision == "day"
    assert page.clean.text == BODY


def test_a_banner_above_the_headline_is_not_the_headline():
    text = f"Floods in Europe: all you need to know\n\nRebels take a bridge near Mopti\n\nBy Ann Lee\n\n{BODY}"
    page = clean(text)
    assert page.title == "Rebels take a bridge near Mopti"
    assert page.clean.text == BODY


def test_the_time_of_an_update_alone_is_used_with_a_note():
    page = clean(f"Rebels take a bridge\n\nLast updated 23 January 2024\n\n{BODY}")
    assert page.published == datetime(2024, 1, 23)
    assert page.published_precision == "day"
    assert "update" in page.notes[0]


@pytest.mark.parametrize(
    "hostile",
    ["a" * 100_000, "(" * 100_000, "By " * 30_000, "\n" * 100_000, "Photo: \n" * 12_000, "1/" * 50_000, "> " * 50_000,
     "12 Jan \n" * 12_000, " \t" * 50_000 + "x", "[" * 399 + "\n" + "AFP/" * 99 + "\n"],
)  # fmt: skip
def test_hostile_texts_lose_nothing_but_lines(hostile):
    assert set(clean(hostile).clean.text) <= set(hostile)


def test_two_megabytes_of_news_stay_whole():
    text = f"{BODY} He did not say how many had died.\n\n" * 16_000
    page = clean(text)
    assert len(page.clean.text) == len(text) - 2
