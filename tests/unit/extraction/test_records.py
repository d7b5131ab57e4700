"""Entries of conflict records, and who is told to have done it in a sentence of its own."""

from __future__ import annotations

from datetime import date

import pytest

from incidents.extraction.types import ActorRole
from tests.unit.extraction.test_incidents import read
from tests.unit.extraction.test_modern import REST

YEARS_END = date(2024, 12, 31)
STORMED = "Five guards were injured when militants stormed a post near Mosul late on Monday. "


def doers(text: str, role: ActorRole) -> set[str]:
    return {actor.name for incident in read(text)[0] for actor in incident.actors if actor.role is role}


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


@pytest.mark.parametrize(
    "told",
    [
        "No group has claimed responsibility.",
        "Officials did not blame Hezbollah.",
        "Residents blamed Hezbollah for failing to come.",
    ],
)
def test_who_did_not_claim_it_and_is_not_blamed(told):
    assert not doers(STORMED + told + REST, ActorRole.CLAIMED_BY) | doers(STORMED + told + REST, ActorRole.ALLEGED)


@pytest.mark.parametrize(
    ("sentence", "role", "name"),
    [
        ("Hezbollah said it was behind the attack.", ActorRole.CLAIMED_BY, "Hezbollah"),
        ("Hezbollah owned up in a message.", ActorRole.CLAIMED_BY, "Hezbollah"),
        ("Investigators suspect Boko Haram.", ActorRole.ALLEGED, "Boko Haram"),
        ("The authorities pointed at Boko Haram.", ActorRole.ALLEGED, "Boko Haram"),
        ("Suspected Boko Haram.", ActorRole.ALLEGED, "Boko Haram"),
    ],
)
def test_who_is_named_in_a_sentence_of_its_own(sentence, role, name):
    assert name in doers(STORMED.replace("militants", "gunmen") + sentence + REST, role)


@pytest.mark.parametrize(
    "sentence",
    [
        "Three guards fled, the ministry claims.",
        "The mayor pointed to Hezbollah as a partner in talks.",
    ],
)
def test_who_is_only_named_claims_nothing_and_is_not_blamed(sentence):
    text = STORMED + sentence + REST
    assert doers(text, ActorRole.CLAIMED_BY) | doers(text, ActorRole.ALLEGED) == set()


def test_the_label_of_a_note_is_not_who_did_it():
    text = "Iraq, Kirkuk: masked fighters ambushed a patrol of the army near Mosul on Monday."
    assert doers(text, ActorRole.PERPETRATOR) == {"masked fighters"}
