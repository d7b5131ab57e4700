from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings

from incidents.extraction.actors import canonical, find_actors, known_actors
from incidents.extraction.types import ActorMention, ActorRole, PlacePrecision
from incidents.language.parse import parse
from tests.unit.extraction.texts import texts

KINDS = {
    "state-forces",
    "rebel-group",
    "political-militia",
    "identity-militia",
    "rioters",
    "protesters",
    "civilians",
    "external-forces",
}


def actors(text: str, trigger: str) -> tuple[ActorMention, ...]:
    """Those of the first token that reads like the trigger."""
    document = parse(text)
    index = next(token.index for token in document.tokens if token.text.lower() == trigger)
    return find_actors(document, index)


def named(text: str, trigger: str, role: ActorRole) -> list[str]:
    return [actor.name for actor in actors(text, trigger) if actor.role is role]


@pytest.mark.parametrize(
    ("text", "trigger", "name"),
    [
        ("Gunmen attacked a police post near Mosul.", "attacked", "Gunmen"),
        ("The post was attacked by Boko Haram.", "attacked", "Boko Haram"),
        ("The post was hit by mortars fired by local rebels.", "hit", "local rebels"),
        ("A U.S. drone strike in Baghdad killed a commander.", "strike", "United States"),
        ("A U.S. drone strike in Baghdad killed a commander.", "killed", "United States"),
        ("American forces raided the compound.", "raided", "United States"),
        ("Israeli air strikes hit a camp.", "strikes", "Israel"),
        ("Syria's shelling of the suburb went on.", "shelling", "Syria"),
        ("An attack by masked gunmen on a mosque left 12 dead.", "attack", "masked gunmen"),
        ("The United States carried out strikes against two depots.", "strikes", "United States"),
        ("Rockets launched by Hezbollah struck a farm.", "struck", "Hezbollah"),
        ("Houthi rebels fired a missile at a tanker.", "fired", "Houthis"),
        ("The U.S. military said it had struck a radar site.", "struck", "United States"),
        ("Members of the Taliban kidnapped three engineers.", "kidnapped", "Taliban"),
        ("A bomb planted by the FARC killed two soldiers.", "killed", "Revolutionary Armed Forces of Colombia"),
        ("The strikes that Turkey launched killed five fighters.", "strikes", "Turkey"),
        ("A suicide bomber killed four guards.", "killed", "suicide bomber"),
        ("Israel's army said its warplanes had struck a depot.", "struck", "Israel"),
        ("The mayor was kidnapped by a group of masked men.", "kidnapped", "group of masked men"),
        ("Settlers torch six houses at the river", "torch", "Settlers"),
        ("Maoists attacked a convoy near the dam.", "attacked", "Maoists"),
        ("Three guards were hurt in a blast triggered by militants.", "blast", "militants"),
        ("The patrol came under attack by Hamas at dawn.", "attack", "Hamas"),
        ("Artillery of the rebels shelled the camp.", "shelled", "rebels"),
    ],
)
def test_who_did_it(text: str, trigger: str, name: str) -> None:
    assert named(text, trigger, ActorRole.PERPETRATOR) == [name]


def test_two_states_that_strike_together_are_both_named() -> None:
    text = "U.S. and British strikes hit radar sites."
    assert named(text, "strikes", ActorRole.PERPETRATOR) == ["United States", "United Kingdom"]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The bridge was destroyed in an attack, the Pentagon said.", "attack"),
        ("They attacked the village.", "attacked"),
        ("The Baghdad bombing killed ten people.", "bombing"),
        ("A car bomb exploded on Saturday.", "exploded"),
        ("No group has claimed responsibility for the attack.", "attack"),
    ],
)
def test_a_speaker_a_pronoun_a_place_and_a_bomb_did_not_do_it(text: str, trigger: str) -> None:
    assert not [actor for actor in actors(text, trigger) if actor.role is not ActorRole.TARGET]


def test_a_militia_is_not_the_state_that_backs_it() -> None:
    (militia,) = [
        actor
        for actor in actors("The base was hit by rockets fired by Iran-backed fighters.", "hit")
        if actor.role is ActorRole.PERPETRATOR
    ]
    assert militia.name == "Iran-backed fighters"
    assert (militia.kind, militia.country) == ("political-militia", None)


def test_blame_is_an_allegation_with_its_source() -> None:
    (alleged,) = actors("Officials blamed the PKK for the bombing.", "bombing")
    assert alleged.role is ActorRole.ALLEGED
    assert (alleged.name, alleged.says) == ("Kurdistan Workers' Party", "Officials")
    found = actors("The army accused the rebels of killing 20 villagers.", "killing")
    assert [(actor.role, actor.name, actor.says) for actor in found] == [
        (ActorRole.ALLEGED, "rebels", "army"),
        (ActorRole.VICTIM, "villagers", ""),
    ]
    found = actors("Ukraine accused Russia of shelling a hospital.", "shelling")
    assert [(actor.role, actor.name, actor.says) for actor in found if actor.role is not ActorRole.TARGET] == [
        (ActorRole.ALLEGED, "Russia", "Ukraine")
    ]
    assert named("The attack was blamed on Boko Haram.", "attack", ActorRole.ALLEGED) == ["Boko Haram"]
    assert named("Suspected Taliban militants ambushed a convoy.", "ambushed", ActorRole.ALLEGED) == ["Taliban"]


def test_a_claim_of_responsibility_is_its_own_role() -> None:
    text = "The Islamic State group claimed responsibility for the bombing."
    assert named(text, "bombing", ActorRole.CLAIMED_BY) == ["Islamic State"]
    text = "THE BOMBING OF THE PARTY HEADQUARTERS WAS CLAIMED BY THE SHINING PATH."
    assert named(text, "bombing", ActorRole.CLAIMED_BY) == ["Shining Path"]


@pytest.mark.parametrize(
    ("text", "trigger", "name"),
    [
        ("Gunmen attacked a police post near Mosul.", "attacked", "police post"),
        ("The air base was hit by rockets.", "hit", "air base"),
        ("An attack by gunmen on a mosque in Kabul left 12 dead.", "attack", "mosque"),
        ("The United States carried out strikes against two depots.", "strikes", "depots"),
        ("A drone attack targeted an oil refinery.", "attack", "oil refinery"),
        ("The bombing of the courthouse shocked the town.", "bombing", "courthouse"),
    ],
)
def test_what_was_attacked(text: str, trigger: str, name: str) -> None:
    assert named(text, trigger, ActorRole.TARGET) == [name]


@dataclass(frozen=True)
class Name:
    """A recognised place, with what find_actors asks of it."""

    start: int
    end: int
    precision: PlacePrecision
    name: str = ""
    role: str = "event"
    latitude: float | None = None
    longitude: float | None = None
    radius_m: int | None = None
    country: str | None = None
    province: str | None = None
    score: float = 1.0


@pytest.mark.parametrize(
    ("precision", "targets"),
    [(PlacePrecision.TOWN, []), (PlacePrecision.FACILITY, ["Qasr Nour"])],
)
def test_a_town_that_was_struck_is_the_place_and_no_target(precision: PlacePrecision, targets: list[str]) -> None:
    text = "Gunmen attacked Qasr Nour on Monday."
    start = text.index("Qasr")
    document = parse(text)
    found = find_actors(document, 1, [Name(start, start + len("Qasr Nour"), precision)])
    assert [actor.name for actor in found if actor.role is ActorRole.TARGET] == targets


def test_whom_it_harmed() -> None:
    text = "Gunmen attacked a police post near Mosul, killing five officers."
    assert named(text, "attacked", ActorRole.VICTIM) == ["officers"]
    assert named("A strike killed two people.", "killed", ActorRole.VICTIM) == []


def test_those_before_a_murder_underwent_it() -> None:
    found = actors("The general's assassination shocked the capital.", "assassination")
    assert [(actor.role, actor.name) for actor in found] == [(ActorRole.VICTIM, "general")]
    found = actors("Israel's assassination of the general shocked the capital.", "assassination")
    assert [(actor.role, actor.name) for actor in found] == [
        (ActorRole.PERPETRATOR, "Israel"),
        (ActorRole.VICTIM, "general"),
    ]
    assert not named("Four sailors suffered burns.", "suffered", ActorRole.PERPETRATOR)


def test_every_role_is_quoted() -> None:
    text = "Calm returned. Houthi rebels fired a missile at a tanker."
    found = actors(text, "fired")
    assert {(actor.quote.field, text[actor.quote.start : actor.quote.end]) for actor in found if actor.quote} == {
        ("perpetrator", "Houthi rebels"),
        ("target", "tanker"),
    }


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("the U.S.", "United States"),
        ("US", "United States"),
        ("American forces", "United States"),
        ("Washington", "United States"),
        ("Israeli warplanes", "Israel"),
        ("Israel's army", "Israel"),
        ("Kata\u2019ib Hezbollah", "Kataib Hezbollah"),
        ("Kataib Hezbollah militia group", "Kataib Hezbollah"),
        ("the Islamic State group", "Islamic State"),
        ("ISIS", "Islamic State"),
        ("Isis fighters", "Islamic State"),
        ("al-Shabab militants", "Al-Shabaab"),
        ("T\u00fcrkiye", "Turkey"),
        ("FMLN guerrillas", "Farabundo Marti National Liberation Front"),
        ("SENDERO LUMINOSO", "Shining Path"),
        ("US-led coalition", "US-led coalition against Islamic State"),
    ],
)
def test_a_name_is_known_by_its_aliases(name: str, known: str) -> None:
    found = canonical(name)
    assert found is not None
    assert found.name == known


@pytest.mark.parametrize(
    "name",
    ["", "...", "us", "is", "Iranian", "Iran-backed militia", "Iraqi militants", "pro-Israeli crowd", "Ali Hassan"],
)
def test_a_name_the_list_does_not_hold_is_none(name: str) -> None:
    assert canonical(name) is None


def test_the_list_is_whole() -> None:
    listed = known_actors()
    names = {actor.name for actor in listed}
    assert len(listed) >= 120
    assert len(names) == len(listed)
    for actor in listed:
        assert actor.kind in KINDS
        assert actor.country == "" or (len(actor.country) == 2 and actor.country.isupper())
        assert actor.parent == "" or actor.parent in names
        assert actor.year_start is None or actor.year_end is None or actor.year_start <= actor.year_end
        assert actor.source


def test_no_alias_names_two_actors() -> None:
    owners: dict[str, str] = {}
    for actor in known_actors():
        for alias in {actor.name, *actor.aliases}:
            assert owners.setdefault(alias, actor.name) == actor.name, alias


@settings(max_examples=60, deadline=None)
@given(texts)
def test_any_word_of_any_text_gives_names_inside_the_text(text: str) -> None:
    document = parse(text)
    for token in document.tokens:
        for actor in find_actors(document, token.index):
            assert actor.name
            assert actor.quote is not None
            assert 0 <= actor.quote.start < actor.quote.end <= len(text)


def test_nobody_hurts_those_who_receive_treatment():
    assert actors("Eleven villagers were receiving treatment at a clinic.", "receiving") == ()


def test_a_building_keeps_the_number_of_its_storeys():
    assert named("A drone struck a nine-storey block in Kharkiv.", "struck", ActorRole.TARGET) == ["nine-storey block"]
