from __future__ import annotations

import pytest
from hypothesis import given, settings

from incidents.extraction.casualties import CasualtyMention, find_counts
from incidents.language.parse import parse
from tests.unit.extraction.texts import texts

Figure = tuple[str, int, int | None]


def counts(text: str) -> tuple[CasualtyMention, ...]:
    return find_counts(parse(text))


def figures(text: str) -> list[Figure]:
    return [(found.effect, found.count.low, found.count.high) for found in counts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid killed at least two militants.", [("killed", 2, None)]),
        ("The gang left 70 dead and 16 seriously injured.", [("killed", 70, 70), ("wounded", 16, 16)]),
        ("Killed: 1. Wounded: 5.", [("killed", 1, 1), ("wounded", 5, 5)]),
        ("Six bodies were dumped on the highway.", [("killed", 6, 6)]),
        ("Palestinian shot dead at a checkpoint", [("killed", 1, 1)]),
        ("A mine went off, killing 3 and wounding five others.", [("killed", 3, 3), ("wounded", 5, 5)]),
        ("Four drivers were wounded.", [("wounded", 4, 4)]),
        ("Two nurses, a porter, his son and three guards were killed.", [("killed", 7, 7)]),
        ("Maria Lund, a doctor, and her husband were murdered.", [("killed", 2, 2)]),
        ("The murder of four aid workers, three Danes and a Kenyan, was condemned.", [("killed", 4, 4)]),
        ("They demand justice for the murdered teachers.", [("killed", 2, None)]),
        ("The bodies of two monks killed on Monday were buried.", [("killed", 2, 2)]),
        ("The wreck killed all 41 passengers and crew.", [("killed", 41, 41)]),
        ("A woman stabbed six shoppers.", [("wounded", 6, 6)]),
        ("The clinic treated eleven people for burns.", [("wounded", 11, 11)]),
        ("The wounding of a cameraman was condemned.", [("wounded", 1, 1)]),
        ("The air raid caused deaths.", [("killed", 2, None)]),
        ("The envoy was almost killed.", []),
        ("Four sailors suffered severe burns.", [("wounded", 4, 4)]),
        ("The blast left 12 dead and 30 injured.", [("killed", 12, 12), ("wounded", 30, 30)]),
        ("The death toll rose to 31 on Sunday.", [("killed", 31, 31)]),
        ("The death toll climbed from 12 to 31.", [("killed", 31, 31)]),
        ("The number of wounded stands at 12.", [("wounded", 12, 12)]),
        ("The flood of shells claimed the lives of 14 people.", [("killed", 14, 14)]),
        ("Nine people lost their lives.", [("killed", 9, 9)]),
        ("Gunmen shot dead three policemen.", [("killed", 3, 3)]),
        ("Lorry bombed near Gao, driver dead", [("killed", 1, 1)]),
        ("One soldier and the attacker dead, nine shoppers wounded.", [("killed", 2, 2), ("wounded", 9, 9)]),
        ("Rocket hits greenhouse, gardener lightly hurt", [("wounded", 1, 1)]),
        ("Bomb kills seamstress at bus stop", [("killed", 1, 1)]),
        ("One guard was killed, the other injured.", [("killed", 1, 1), ("wounded", 1, 1)]),
        ("Two men fled and a third was wounded.", [("wounded", 1, 1)]),
        ("She did not survive.", [("killed", 1, 1)]),
        ("His apprentice lost a leg.", [("wounded", 1, 1)]),
        ("Sepoy Umar Dar embraced martyrdom.", [("killed", 1, 1)]),
        ("Six members of the group were neutralised.", [("killed", 6, 6)]),
        ("Windows broke but nobody was struck.", [("killed", 0, 0), ("wounded", 0, 0)]),
        ("Twelve Marines were killed.", [("killed", 12, 12)]),
        ("It was hit on 22 Aug. Driver dead", []),
        ("Victims: none.", [("killed", 0, 0), ("wounded", 0, 0)]),
        ("Material damage only.", [("killed", 0, 0), ("wounded", 0, 0)]),
        ("His 41 off 17 balls killed off the match.", []),
        ("A 23-year-old man was stabbed to death.", [("killed", 1, 1)]),
        ("Two men were found shot to death in a field.", [("killed", 2, 2)]),
        ("Five people were killed and seven injured.", [("killed", 5, 5), ("wounded", 7, 7)]),
        ("A policeman was killed and another wounded.", [("killed", 1, 1), ("wounded", 1, 1)]),
        ("Seven others were reported injured.", [("wounded", 7, 7)]),
        ("The death of a civilian angered the town.", [("killed", 1, 1)]),
        ("The killing of two officers angered the town.", [("killed", 2, 2)]),
    ],
)
def test_a_figure_is_read_however_it_is_told(text: str, expected: list[Figure]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("a militia leader", 1, 1),
        ("between five and eight people", 5, 8),
        ("two to three people", 2, 3),
        ("2-3 people", 2, 3),
        ("more than 160 people", 160, None),
        ("no fewer than thirty-one people", 31, None),
        ("two hundred and five people", 205, 205),
        ("two thousand people", 2000, 2000),
        ("two dozen people", 24, 24),
        ("a couple of people", 2, 2),
        ("ten or more people", 10, None),
        ("up to 20 people", 1, 20),
        ("as many as 20 people", 1, 20),
        ("dozens of people", 24, None),
        ("several people", 3, None),
        ("scores of people", 40, None),
        ("hundreds of people", 200, None),
        ("villagers", 2, None),
        ("nobody", 0, 0),
    ],
)
def test_how_many_the_words_stand_for(words: str, low: int, high: int | None) -> None:
    assert figures(f"The shelling killed {words}.") == [("killed", low, high)]


def test_none_is_zero_and_silence_is_nothing() -> None:
    assert figures("There were no casualties.") == [("killed", 0, 0), ("wounded", 0, 0)]
    assert set(figures("The police said nobody was hurt.")) == {("killed", 0, 0), ("wounded", 0, 0)}
    assert figures("No deaths were reported.") == [("killed", 0, 0)]
    assert figures("No injuries were reported.") == [("wounded", 0, 0)]
    assert figures("The missile hit an empty warehouse.") == []


def test_people_told_together_are_added_up_and_kept_apart() -> None:
    (found,) = counts("Two soldiers and a civilian were killed by a roadside bomb.")
    assert (found.count.low, found.count.high, found.count.group) == (3, 3, "")
    assert [(part.low, part.group) for part in found.parts] == [(2, "fighters"), (1, "civilians")]


@pytest.mark.parametrize(
    "text",
    [
        "31 people, including two medics, were killed.",
        "31 people were killed, two of them medics.",
        "31 people, ten of them children, were killed.",
    ],
)
def test_a_part_of_the_dead_is_not_added(text: str) -> None:
    assert figures(text) == [("killed", 31, 31)]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("The raid killed four villagers.", "civilians"),
        ("The raid killed four gunmen.", "fighters"),
        ("The raid killed four people.", ""),
        ("The raid killed four off-duty police recruits.", "fighters"),
    ],
)
def test_the_noun_says_whether_they_fight(text: str, group: str) -> None:
    (found,) = counts(text)
    assert found.count.group == group


@pytest.mark.parametrize(
    "text",
    [
        "The country has 900 troops there and 2,500 across the border.",
        "The base has been attacked about 150 times.",
        "Planes struck three facilities.",
        "The group threatened to kill 20 hostages.",
        "Such a bomb could have killed hundreds of people.",
        "They planned to kill two judges.",
        "If ten people are killed, the talks will end.",
        "The army did not kill the mayor.",
        "The parliament killed the bill.",
        "The drought killed 300 cattle.",
        "At least 50 people were killed or wounded.",
    ],
)
def test_what_is_no_figure_is_left_out(text: str) -> None:
    assert figures(text) == []


def test_headlines_and_upper_case_wires_are_read_too() -> None:
    assert figures("Deadly Explosion Kills 1, Wounds 8 Others in Port") == [("killed", 1, 1), ("wounded", 8, 8)]
    assert figures("Three civilians killed in rocket attack") == [("killed", 3, 3)]
    assert figures("23 guards, 31 militants killed in night of clashes") == [("killed", 54, 54)]
    assert figures("THE REBELS KILLED TWO SOLDIERS AND WOUNDED THE MAYOR OF THE TOWN.") == [
        ("killed", 2, 2),
        ("wounded", 1, 1),
    ]


def test_numbers_stay_in_their_clause() -> None:
    text = "On Friday four engineers suffered burns, and on Sunday strikes killed at least two militants."
    assert figures(text) == [("wounded", 4, 4), ("killed", 2, None)]


def test_the_quote_holds_the_figure_and_the_word_that_tells_it() -> None:
    text = "Officials spoke. The raid killed at least two militants near the river."
    (found,) = counts(text)
    assert found.count.quote is not None
    assert text[found.count.quote.start : found.count.quote.end] == "killed at least two militants"
    assert found.count.quote.field == "killed"
    assert (found.sentence, found.victims) == (1, "at least two militants")


@settings(max_examples=60, deadline=None)
@given(texts)
def test_any_text_gives_figures_in_order_inside_the_text(text: str) -> None:
    for found in counts(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.count.low >= 0
        assert found.count.high is None or found.count.low <= found.count.high


def test_a_long_sentence_of_figures_is_read() -> None:
    document = parse("killed 3 men and wounded at least 5 or 6 and " * 900)
    assert len(find_counts(document)) >= 900


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
        ("Neither of the officers was hurt.", ("wounded", 0, 0)),
        ("The bomb went off without causing injuries.", ("wounded", 0, 0)),
        ("A nurse was hit in the arm.", ("wounded", 1, 1)),
        ("Two boys aged 12 were killed.", ("killed", 2, 2)),
        ("Suicide bomber drives car into compound, at least 60 die", ("killed", 60, None)),
        ("Drone hits cargo ship on Tuesday; all crew safe", ("wounded", 0, 0)),
        ("A kingpin and 17 of his men were killed.", ("killed", 18, 18)),
        ("Seventy patients and their companions were killed.", ("killed", 70, 70)),
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


def test_nobody_else_hurt_says_nothing_of_the_killed():
    (found,) = counts("No one else was injured.")
    assert (found.effect, found.count.high, found.added) == ("wounded", 0, True)
