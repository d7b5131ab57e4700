"""What happened, and what was only said, feared, counted or remembered. One sentence a line, with its verdict."""

from __future__ import annotations

import pytest

from incidents.extraction.modality import Status, is_definite, judge
from incidents.extraction.syntax import Tree
from incidents.extraction.triggers import find_triggers
from incidents.language import parse


def verdict(text: str, word: str) -> Status:
    document = parse(text)
    tree = Tree(document)
    trigger = next(t for t in find_triggers(tree) if document.tokens[t.token].text == word)
    return judge(tree, trigger).status


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Gunmen attacked a bus near Quetta on Monday.", "attacked", Status.NEW),
        ("The hospital was hit by a missile.", "hit", Status.NEW),
        ("A car bomb exploded outside the court.", "exploded", Status.NEW),
        ("The navy carried out a strike on the port.", "strike", Status.NEW),
        ("Rebels claimed to have killed three soldiers in the valley.", "killed", Status.NEW),
        ("Drones hit a fuel depot in Kosti, army blames rebels", "hit", Status.NEW),
        ("Turkish strikes nearly doubled in the first half of the year.", "strikes", Status.AGGREGATE),
        ("The group has attacked the convoy twelve times since May.", "attacked", Status.AGGREGATE),
        ("Militants regularly attack the road.", "attack", Status.AGGREGATE),
        ("A wave of bombings has shaken the country.", "bombings", Status.AGGREGATE),
        ("There have been repeated attacks on ships.", "attacks", Status.AGGREGATE),
        ("Fighting continues in the north.", "Fighting", Status.AGGREGATE),
        ("The general vowed to bomb the capital.", "bomb", Status.THREAT),
        ("The militia will attack any base it can reach, it said.", "attack", Status.THREAT),
        ("Rebels threatened an attack on the airport.", "attack", Status.THREAT),
        ("If the army shells the camp, thousands will flee.", "shells", Status.HYPOTHETICAL),
        ("Residents fear an attack on the town.", "attack", Status.HYPOTHETICAL),
        ("Police prevented an attack on the embassy.", "attack", Status.HYPOTHETICAL),
        ("The threat of a missile attack remains.", "attack", Status.HYPOTHETICAL),
        ("The army denied that it had shelled the village.", "shelled", Status.DENIED),
        ("There was no explosion, the mayor said.", "explosion", Status.DENIED),
        ("Leaders condemned the attack.", "attack", Status.REMENTION),
        ("Nobody claimed responsibility for the bombing.", "bombing", Status.REMENTION),
        ("Two men are accused of bombing the station.", "bombing", Status.BACKGROUND),
        ("The commander was blamed for previous attacks.", "attacks", Status.BACKGROUND),
        ("The commander was blamed for recent attacks.", "attacks", Status.AGGREGATE),
    ],
)
def test_the_words_around_a_trigger_decide(text, word, status):
    assert verdict(text, word) is status


def test_a_headline_tells_news_in_the_present_tense():
    document = parse("Army shells village")
    tree = Tree(document)
    (trigger,) = find_triggers(tree)
    assert judge(tree, trigger, headline=True).status is Status.NEW
    assert judge(tree, trigger, headline=False).status is Status.AGGREGATE


def test_what_the_reader_knows_already_is_definite():
    document = parse("The strike killed two. A raid followed. Monday's bombing was the third.")
    tree = Tree(document)
    known = {document.tokens[t.token].text: is_definite(tree, t) for t in find_triggers(tree)}
    assert known["strike"] is True
    assert known["raid"] is False
    assert known["bombing"] is True
