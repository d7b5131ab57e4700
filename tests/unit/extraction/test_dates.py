from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from incidents.extraction.dates import TimeMention, find_times, times_of_day
from incidents.extraction.types import TimePrecision
from incidents.language.parse import parse
from tests.unit.extraction.texts import texts

# A Tuesday.
PUBLISHED = date(2024, 1, 23)


def times(text: str, published: date | None = PUBLISHED) -> tuple[TimeMention, ...]:
    return find_times(parse(text), published=published)


def days(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str, str]]:
    return [
        (str(found.when.start), str(found.when.end), found.when.precision.value) for found in times(text, published)
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Shells fell on the port on 23 January 2024.", "2024-01-23"),
        ("Shells fell on the port on Jan. 12.", "2024-01-12"),
        ("Shells fell on the port on January 3rd.", "2024-01-03"),
        ("Shells fell on the port on the 14th of February, 2019.", "2019-02-14"),
        ("Shells fell on the port on 2024-01-05.", "2024-01-05"),
        ("Shells fell on the port on 18.10.2014.", "2014-10-18"),
        ("Shells fell on the port on 01/22/2024.", "2024-01-22"),
        ("Shells fell on the port on 22/01/2024.", "2024-01-22"),
        ("Shells fell on the port on 22-01-2024.", "2024-01-22"),
        ("Shells fell on the port on 22-Jan-2024.", "2024-01-22"),
        ("Jan 22: Shells fell on the port.", "2024-01-22"),
        ("Shells fell on the port on Monday, January 15.", "2024-01-15"),
        ("Shells fell on the port on New Year's Eve.", "2023-12-31"),
        ("Shells fell on the port on 12 December last year.", "2023-12-12"),
    ],
)
def test_a_written_date_is_its_day(text: str, day: str) -> None:
    assert days(text) == [(day, day, "day")]


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("today", "2024-01-23"),
        ("this morning", "2024-01-23"),
        ("yesterday", "2024-01-22"),
        ("last night", "2024-01-22"),
        ("the day before yesterday", "2024-01-21"),
        ("two days ago", "2024-01-21"),
        ("on Saturday evening", "2024-01-20"),
        ("last Friday", "2024-01-19"),
        ("on Wednesday last week", "2024-01-17"),
    ],
)
def test_a_relative_day_counts_from_the_publication(phrase: str, day: str) -> None:
    assert days(f"The bridge was shelled {phrase}.") == [(day, day, "day")]


def test_a_weekday_is_the_publication_day_itself_and_last_one_is_a_week_before() -> None:
    assert days("The bridge was shelled on Tuesday.") == [("2024-01-23", "2024-01-23", "day")]
    assert days("The bridge was shelled last Tuesday.") == [("2024-01-16", "2024-01-16", "day")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A weekend raid hit the depot.", ("2024-01-20", "2024-01-21", "few-days")),
        ("The depot burned overnight.", ("2024-01-22", "2024-01-23", "few-days")),
        ("The depot burned overnight on Friday.", ("2024-01-19", "2024-01-19", "day")),
        ("It fell on the night of 3-4 January.", ("2024-01-03", "2024-01-04", "few-days")),
        ("It fell between 5 and 9 March.", ("2023-03-05", "2023-03-09", "few-days")),
        ("It fell between January 28 and February 3.", ("2023-01-28", "2023-02-03", "week")),
        ("It was shelled from Friday to Sunday.", ("2024-01-19", "2024-01-21", "few-days")),
        ("It was shelled last week.", ("2024-01-15", "2024-01-21", "week")),
        ("It was shelled three weeks ago.", ("2023-12-30", "2024-01-05", "week")),
        ("It was shelled several days ago.", ("2024-01-17", "2024-01-21", "few-days")),
        ("It was shelled earlier this month.", ("2024-01-01", "2024-01-23", "month")),
        ("It was shelled last month.", ("2023-12-01", "2023-12-31", "month")),
        ("It was shelled in March 2015.", ("2015-03-01", "2015-03-31", "month")),
        ("It was shelled in late December.", ("2023-12-21", "2023-12-31", "month")),
        ("It was shelled in October last year.", ("2023-10-01", "2023-10-31", "month")),
        ("It was shelled in 2014.", ("2014-01-01", "2014-12-31", "longer")),
        ("It was shelled last year.", ("2023-01-01", "2023-12-31", "longer")),
        ("It was shelled over the past 24 hours.", ("2024-01-22", "2024-01-23", "few-days")),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, expected: tuple[str, str, str]) -> None:
    assert days(text) == [expected]


def test_a_date_without_a_year_is_the_latest_not_after_the_publication() -> None:
    assert days("It was hit on 24 January.")[0][0] == "2024-01-24", "a day of tolerance for time zones"
    assert days("It was hit on 25 January.")[0][0] == "2023-01-25"
    assert days("It was hit on 29 February.")[0][0] == "2020-02-29"
    assert days("It was hit on Friday, 27 January.")[0][0] == "2023-01-27"


def test_a_clock_time_beside_a_date_makes_it_precise_to_the_hour() -> None:
    (found,) = times("At around 3 am on Wednesday a bomb went off.")
    assert (found.when.start, found.when.precision) == (date(2024, 1, 17), TimePrecision.HOUR)
    assert days("The blast at 06:30 local time on Monday woke the town.")[0][2] == "hour"
    assert days("On Monday the guards, who start at 8, saw nobody.")[0][2] == "day"


def test_that_day_and_the_next_follow_the_day_named_before() -> None:
    found = days("On 12 January a bus was bombed. Later that day two men were held. The next day it happened again.")
    assert [day for day, _, _ in found] == ["2024-01-12", "2024-01-12", "2024-01-13"]


def test_an_open_period_is_not_explicit() -> None:
    for text in ("Raids go on since October.", "Raids rose in recent weeks.", "Raids went on from 2014 to 2017."):
        (found,) = times(text)
        assert not found.explicit
    (day,) = times("It was the worst month since May 10, 2010.")
    assert (day.when.start, day.explicit) == (date(2010, 5, 10), False)
    (since, _) = times("Since October there were raids, one of them on Monday.")
    assert (since.when.start, since.when.end) == (date(2023, 10, 1), PUBLISHED)


@pytest.mark.parametrize(
    "text",
    [
        "© 2007-2024 The Morning Gazette. All rights reserved.",
        "Ali Hassan, 54, lives there.",
        "Flight 370 left with 2,014 parcels.",
        "Call (555) 010-2024 for advice.",
        "It was built in the 1980s.",
        "They may march on 5 villages.",
        "Talks resume next week, or next Friday.",
        "The market opens on Fridays and every Monday.",
        "It was hit on 31 February.",
        "A summit is scheduled for 15 February.",
        "He joined the 19 April Movement.",
        "It was hit on 03/04/2024.",
    ],
)
def test_what_is_no_past_date_is_left_out(text: str) -> None:
    assert days(text) == []


def test_without_a_publication_day_a_relative_date_is_unknown_and_still_quoted() -> None:
    (found,) = times("The bridge was shelled yesterday.", published=None)
    assert found.when.precision is TimePrecision.UNKNOWN
    assert found.when.start is None
    assert found.when.quote is not None
    assert "The bridge was shelled yesterday."[found.when.quote.start : found.when.quote.end] == "yesterday"


def test_a_dated_dateline_stands_in_for_the_publication_day_and_is_no_event() -> None:
    text = "LA PAZ, 4 FEB 90 (AGENCY) -- [TEXT] A BOMB EXPLODED TODAY IN THE CAPITAL. ANOTHER WENT OFF ON 20 DECEMBER."
    assert [day for day, _, _ in days(text, published=None)] == ["1990-02-04", "1989-12-20"]


def test_without_a_publication_day_the_year_named_before_holds_on() -> None:
    text = "On 27 August 1975 a pub was bombed. On 5 September a hotel followed."
    assert [day for day, _, _ in days(text, published=None)] == ["1975-08-27", "1975-09-05"]


def test_a_mention_lies_in_its_sentence_and_quotes_its_words() -> None:
    text = "A first quiet sentence. The army shelled the town on 5 January 2024."
    (found,) = times(text)
    assert found.sentence == 1
    assert text[found.start : found.end] == "5 January 2024"


@settings(max_examples=60, deadline=None)
@given(texts)
def test_any_text_gives_ordered_days_inside_the_text(text: str) -> None:
    for published in (PUBLISHED, None, date.min, date.max):
        for found in find_times(parse(text), published=published):
            assert 0 <= found.start < found.end <= len(text)
            assert (found.when.start is None) == (found.when.end is None)
            if found.when.start and found.when.end:
                assert found.when.start <= found.when.end


def test_a_long_text_of_dates_is_read_whole() -> None:
    document = parse("On 5 January at 10 and since May 3 ago. " * 1000)
    assert len(find_times(document, published=PUBLISHED)) >= 1000


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("A bomb went off at around 8.30am.", (510,)),
        ("It fell around 3 am on Wednesday, and another by noon.", (180, 720)),
        ("A shell landed shortly before 1700.", (1020,)),
        ("A shell landed at 1700 today.", (1020,)),
        ("Shots were heard at 12:05 am.", (5,)),
        ("The gate was hit just after midnight.", (0,)),
        ("About 1700 people fled after 1945.", ()),
    ],
)
def test_times_of_day(text, minutes):
    assert times_of_day(text) == minutes
