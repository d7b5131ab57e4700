from __future__ import annotations

import pytest
from hypothesis import given, settings

from incidents.extraction.types import Quote
from incidents.extraction.weapons import find_weapon
from incidents.language.parse import parse
from tests.unit.extraction.texts import texts


def weapon(text: str, trigger: str) -> tuple[str, Quote | None]:
    document = parse(text)
    return find_weapon(document, next(token.index for token in document.tokens if token.text.lower() == trigger))


@pytest.mark.parametrize(
    ("text", "trigger", "name"),
    [
        ("A drone strike in the city killed a commander.", "strike", "drone"),
        ("A drone strike in the city killed a commander.", "killed", "drone"),
        ("The base was hit by ballistic missiles and rockets.", "hit", "ballistic missile, rocket"),
        ("A suicide bomber detonated an explosive belt.", "detonated", "explosive belt"),
        ("A roadside bomb exploded near a bus.", "exploded", "roadside bomb"),
        ("An improvised explosive device killed four officers.", "killed", "improvised explosive device"),
        ("A car packed with explosives exploded.", "exploded", "explosives"),
        ("Gunmen armed with assault rifles attacked the hotel.", "attacked", "rifle"),
        ("Barrel bombs dropped by the army hit the market.", "hit", "barrel bomb"),
        ("Two soldiers were killed when their truck ran over a landmine.", "killed", "landmine"),
        ("The town was attacked with chlorine gas.", "attacked", "chlorine"),
        ("Guards threw grenades at the crowd.", "threw", "grenade"),
        ("A man stabbed three people.", "stabbed", "knife"),
        ("THE REBELS ATTACKED THE POST WITH MORTARS AND MACHINE GUNS.", "attacked", "mortar, machine gun"),
    ],
)
def test_the_weapon_of_the_clause_is_named(text: str, trigger: str, name: str) -> None:
    assert weapon(text, trigger)[0] == name


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Precision strikes hit three sites.", "strikes"),
        ("Planes struck a missile depot.", "struck"),
        ("The raid destroyed a rocket launcher.", "raid"),
        ("The navy shot down two drones.", "shot"),
        ("Gunmen killed two farmers, and a rocket fell into the sea.", "killed"),
    ],
)
def test_a_weapon_that_is_kept_stopped_or_another_clause_s_is_none(text: str, trigger: str) -> None:
    assert weapon(text, trigger) == ("", None)


def test_the_weapon_is_quoted() -> None:
    text = "It was quiet. Then mortar shells killed two children."
    name, quote = weapon(text, "killed")
    assert name == "mortar"
    assert quote is not None
    assert (quote.field, text[quote.start : quote.end]) == ("weapon", "mortar shells")


@settings(max_examples=60, deadline=None)
@given(texts)
def test_any_word_of_any_text_gives_a_quote_inside_the_text(text: str) -> None:
    document = parse(text)
    for token in document.tokens:
        name, quote = find_weapon(document, token.index)
        assert (name == "") == (quote is None)
        assert quote is None or 0 <= quote.start < quote.end <= len(text)
