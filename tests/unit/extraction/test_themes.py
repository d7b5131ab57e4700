from __future__ import annotations

import pytest

from incidents.extraction.themes import is_accident, is_cleared_up, is_long_ago, theme_of
from incidents.language import parse


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("A jury found the defendant guilty of murder. The judge will sentence him in May.", "a trial"),
        ("The striker scored twice and the home team won the match by three goals.", "sport"),
        ("Volunteers played the wounded in a drill. The exercise simulated a raid.", "a drill"),
        ("Nurses walked out over pay. The union said the strikers wanted higher wages.", "labour"),
        ("In the director's new film an actor plays a kidnapper. Audiences liked the script.", "fiction"),
        ("A car bomb killed four people in the market on Monday, police said.", ""),
        ("", ""),
    ],
)
def test_an_article_has_a_theme_or_none(text, theme):
    assert theme_of(parse(text)) == theme


def test_one_word_of_a_theme_is_not_enough():
    text = "Gunmen shot a judge outside the court on Monday. He died in hospital, police said."
    assert theme_of(parse(text)) == ""


def test_long_ago_is_told_by_its_words():
    assert is_long_ago("Twenty years before, a bomb exploded in the station.")
    assert is_long_ago("They marked the anniversary of the attack.")
    assert not is_long_ago("It was the worst attack in ten years.")


def test_a_gas_pipe_is_no_bomb():
    assert is_accident("The blast was caused by a gas leak.")
    assert not is_accident("The blast was caused by a bomb.")


def test_a_leak_clears_up_a_blast_also_where_a_bomb_was_rumoured():
    rumour = "For an hour people wrote that a bomb had gone off."
    assert is_cleared_up(f"The blast was caused by leaking gas, the fire brigade said, ruling out an attack. {rumour}")
    assert is_cleared_up("The blast was caused by leaking gas.")
    assert not is_cleared_up(f"The blast was caused by leaking gas, the owner said. {rumour}")
