"""Figures that stand where the parse gives little help: in broken lists, beside their word, behind a noun of harm."""

from __future__ import annotations

import pytest

from incidents.extraction.casualties import find_counts
from incidents.language.parse import parse

Figure = tuple[str, int, int | None]


def figures(text: str) -> list[Figure]:
    return [(found.effect, found.count.low, found.count.high) for found in find_counts(parse(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nadia Karam, head of the union (NUT), and Samir Aziz were abducted and murdered in May.", [("killed", 2, 2)]),
        ("An army major, a clerk, and candidate Pedro Rivas were murdered last week.", [("killed", 3, 3)]),
        ("Juan Flores, Pedro Mamani, and Luis Condori were killed.", [("killed", 3, 3)]),
        ("Three nurses, a clerk and two guards were killed.", [("killed", 6, 6)]),
        ("He spoke of the assassination of Omar Rashid, a dear friend and a fine man.", [("killed", 1, 1)]),
        ("Shelling killed Irina Koval, 51, and her son Maksym, 12.", [("killed", 2, 2)]),
    ],
)
def test_a_list_that_the_parser_breaks_up_is_counted_whole(text: str, expected: list[Figure]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The judge was shot dead near her home, along with three of her guards.", [("killed", 4, 4)]),
        ("The rocket, which killed seven and wounded scores, fell at noon.", [("killed", 7, 7), ("wounded", 40, None)]),
        (
            "Those who carried out an attack in the capital that left 26 dead and more than 400 injured will stand trial.",
            [("killed", 26, 26), ("wounded", 400, None)],
        ),
        ("Four were killed, among them a 9-year-old girl.", [("killed", 4, 4)]),
        ("Two guards were killed and a third was wounded.", [("killed", 2, 2), ("wounded", 1, 1)]),
        ("TWENTYFOUR SAILORS HAVE BEEN INJURED IN THE HARBOUR.", [("wounded", 24, 24)]),
    ],
)
def test_a_figure_that_touches_its_word_is_of_that_word(text: str, expected: list[Figure]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fourteen bodies were pulled from the rubble.", [("killed", 14, 14)]),
        ("The bodies of six men were found near the canal.", [("killed", 6, 6)]),
        ("Thirteen people were taken to hospital with shrapnel wounds.", [("wounded", 13, 13)]),
        ("At least eight people were hospitalised after the raid.", [("wounded", 8, None)]),
        ("The shelling caused deaths and injuries.", [("killed", 2, None), ("wounded", 2, None)]),
        ("The shelling caused more deaths and wounded in the port.", [("killed", 2, None), ("wounded", 2, None)]),
        ("Deaths and wounded are feared.", []),
        ("Border guards fatally shot a farmer.", [("killed", 1, 1)]),
        ("Three more succumbed to their injuries in hospital.", [("killed", 3, 3)]),
        ("There were no reports of injuries.", [("wounded", 0, 0)]),
        ("The crowd left without injuries.", [("wounded", 0, 0)]),
    ],
)
def test_nouns_of_harm_count_people_too(text: str, expected: list[Figure]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "There were no immediate reports of injuries.",
        "The bodies of six men were not found.",
        "Officers counted the bodies in two photographs.",
        "A driver was taken home with friends.",
    ],
)
def test_what_is_not_known_or_not_found_is_no_figure(text: str) -> None:
    assert figures(text) == []


def test_a_breakdown_adds_nothing_but_a_list_does() -> None:
    assert figures("Three people, a nurse and two guards, were killed.") == [("killed", 3, 3)]
    assert figures("Three nurses, a clerk and two guards were killed.") == [("killed", 6, 6)]


def test_a_third_is_more_than_two_and_the_third_may_be_one_of_them() -> None:
    first, second = find_counts(parse("Two guards were killed and a third was killed later."))
    assert (first.added, second.added) == (False, True)
    (again,) = find_counts(parse("The third was killed later."))
    assert not again.added
