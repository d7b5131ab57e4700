from __future__ import annotations

import pytest

from incidents.extraction.kinds import Kind
from incidents.extraction.syntax import Tree
from incidents.extraction.triggers import find_triggers
from incidents.language import parse


def kinds(text: str) -> set[Kind]:
    return {trigger.kind for trigger in find_triggers(Tree(parse(text))) if trigger.kind}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A drone strike killed a commander in the capital.", Kind.DRONE_STRIKE),
        ("The airport was hit by two ballistic missiles.", Kind.MISSILE_ROCKET),
        ("Militants fired rockets at the base.", Kind.MISSILE_ROCKET),
        ("Warplanes bombed a depot outside the city.", Kind.AIR_STRIKE),
        ("Israel carried out airstrikes in the south.", Kind.AIR_STRIKE),
        ("Mortar shells landed on a school.", Kind.SHELLING),
        ("A car bomb exploded outside a market.", Kind.BOMBING),
        ("A suicide bomber blew himself up at a checkpoint.", Kind.SUICIDE_BOMBING),
        ("A suicide attack struck the ministry.", Kind.SUICIDE_BOMBING),
        ("A landmine killed two farmers.", Kind.LANDMINE),
        ("Gunmen opened fire on worshippers.", Kind.ARMED_ATTACK),
        ("Soldiers exchanged fire with smugglers.", Kind.ARMED_CLASH),
        ("Troops clashed with rebels near the river.", Kind.ARMED_CLASH),
        ("The judge was assassinated on Tuesday.", Kind.ASSASSINATION),
        ("Gunmen kidnapped three engineers.", Kind.ABDUCTION),
        ("A man stabbed four passengers on a train.", Kind.STABBING_VEHICLE),
        ("The mob set fire to a police station.", Kind.ARSON),
        ("Pirates attacked a tanker off the coast.", Kind.SHIP_ATTACK),
        ("A sarin attack killed dozens.", Kind.CHEMICAL_ATTACK),
        ("A jet circled twice before dropping a bomb on the market.", Kind.AIR_STRIKE),
        ("There was an intense exchange of fire in the valley.", Kind.ARMED_CLASH),
        ("The clerk was taken at gunpoint from a bus.", Kind.ABDUCTION),
        ("Armed men carried off six villagers.", Kind.ABDUCTION),
        ("The crowd set the registry office in the old town ablaze.", Kind.ARSON),
        ("Unknown persons set alight 14 cameras.", Kind.ARSON),
        ("A car packed with explosives rammed a checkpoint.", Kind.BOMBING),
        ("An informer was hacked to death.", Kind.STABBING_VEHICLE),
        ("The village came under mortar fire on Thursday.", Kind.SHELLING),
    ],
)
def test_a_sentence_of_violence_gives_its_kind(text, kind):
    assert kind in kinds(text)


def test_a_word_of_labour_does_not_hide_what_reads_as_violence():
    assert kinds("Gunmen killed two teachers in Maiduguri on Monday.") == {Kind.ARMED_ATTACK}


def test_a_tanker_for_chemicals_is_no_chemical_attack():
    assert Kind.CHEMICAL_ATTACK not in kinds("Pirates attacked a chemical tanker and kidnapped six sailors.")
    assert Kind.CHEMICAL_ATTACK in kinds("A chemical attack killed dozens in the suburb.")


@pytest.mark.parametrize(
    "text",
    [
        "Teachers went on strike for higher wages.",
        "The attackers took away a wireless set.",
        "The union called a general strike.",
        "The two leaders struck a deal on grain.",
        "He suffered a heart attack at home.",
        "Shares hit a record high on Monday.",
        "The striker fired the ball past the goalkeeper to win the match.",
        "Lightning struck the church tower.",
        "The minister attacked the tariff in a speech on wages.",
        "An explosion of colour greeted the visitors.",
        "The army test-fired a missile during a drill.",
        "Three people died when a bus crashed in heavy fog, in the worst accident in years.",
        "The company was hit by inflation.",
    ],
)
def test_the_same_words_in_peace_give_nothing(text):
    assert kinds(text) == set()


def test_a_word_before_another_noun_is_no_event():
    assert kinds("The attack helicopter regiment left its fighting positions.") == set()
