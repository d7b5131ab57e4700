from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.language import parse
from incidents.language.casing import is_upper, true_case
from incidents.language.parse import MOST_CHARACTERS
from incidents.language.types import Document


def sentences(document: Document) -> list[str]:
    return [document.text[sentence.start : sentence.end] for sentence in document.sentences]


def test_a_text_without_words_gives_the_empty_document():
    for text in ("", " \n\n \t"):
        assert parse(text) == Document(text, (), (), ())


def test_offsets_point_into_the_text_that_was_given():
    text = "Two rockets hit Erbil.\n\n\tNobody  was hurt, officials in Baghdad said.\r\n"
    document = parse(text)
    assert all(text[token.start : token.end] == token.text for token in document.tokens)
    assert all(text[entity.start : entity.end] == entity.text for entity in document.entities)
    assert {entity.text for entity in document.entities} >= {"Baghdad"}


def test_indices_are_those_of_the_document():
    document = parse("A bomb exploded. Three people died.\n\nThe army fired back.")
    assert [token.index for token in document.tokens] == list(range(len(document.tokens)))
    for sentence in document.sentences:
        inside = document.tokens[sentence.first : sentence.last]
        assert {token.sentence for token in inside} == {sentence.index}
        assert all(sentence.first <= token.head < sentence.last for token in inside)


def test_a_sentence_ends_at_a_blank_line_even_without_a_full_stop():
    document = parse("Drone strike kills two in Kirkuk\n\nTwo men were killed on Monday")
    assert sentences(document) == ["Drone strike kills two in Kirkuk", "Two men were killed on Monday"]
    assert [sentence.paragraph for sentence in document.sentences] == [0, 1]


def test_wrapped_lines_are_one_sentence_and_list_lines_are_not():
    wrapped = "The army said on Tuesday that its aircraft had struck\nseveral positions near the river in the northern province."
    assert len(parse(wrapped).sentences) == 1
    listed = "Strikes on Monday:\n- Near Mosul, one strike hit a depot.\n- Near Hit, two strikes hit a bunker."
    assert [line.lstrip("- ")[:4] for line in sentences(parse(listed))] == ["Stri", "Near", "Near"]


def test_a_lost_line_break_ends_a_sentence():
    assert sentences(parse("Gunmen shot a guard in the town.The mayor condemned it."))[1] == "The mayor condemned it."


def test_a_dateline_glued_to_its_sentence_stands_apart():
    text = "AMMAN/BEIRUT (Newswire) -The army shelled two villages on Friday."
    document = parse(text)
    assert sentences(document)[1] == "The army shelled two villages on Friday."
    shelled = next(token for token in document.tokens if token.text == "shelled")
    assert (shelled.lemma, shelled.pos) == ("shell", "VERB")


def test_an_upper_case_wire_is_read_like_any_other_text():
    text = "GUNMEN ATTACKED A POLICE STATION IN PASTO ON TUESDAY, POLICE SAID. TWO OFFICERS DIED."
    document = parse(text)
    attacked = document.tokens[1]
    assert (attacked.text, attacked.lemma, attacked.pos) == ("ATTACKED", "attack", "VERB")
    assert next(token for token in document.tokens if token.text == "PASTO").pos == "PROPN"
    assert len(document.sentences) == 2


def test_true_casing_keeps_every_character_in_its_place():
    text = "İSTANBUL: POLICE SAID ON MONDAY. NOBODY WAS HURT"
    cased = true_case(text, lambda word: word in {"police", "said", "on", "nobody", "was", "hurt"})
    assert len(cased) == len(text)
    assert cased.endswith(": police said on Monday. Nobody was hurt")


def test_an_acronym_alone_is_no_upper_case_text():
    assert not is_upper("UNIFIL")
    assert is_upper("CAR BOMB KILLS TWO IN MARKET")


@pytest.mark.parametrize(
    "text",
    ["(" * 300_000, "a" * 500_000, "\u202e\u200f🙂 " * 20_000, "a.b" * 60_000, "<td>1|2</td>\n" * 5_000],
    ids=["marks", "one word", "right to left and emoji", "dots", "table"],
)
def test_hostile_text_is_parsed_with_offsets_that_hold(text):
    document = parse(text)
    assert all(text[token.start : token.end] for token in document.tokens)


def test_only_the_first_part_of_an_endless_text_is_parsed():
    text = "A shell hit a house in the village. " * 60_000
    document = parse(text[: 3 * MOST_CHARACTERS // 2])
    assert document.tokens[-1].end <= MOST_CHARACTERS
    assert len(document.text) > MOST_CHARACTERS


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text):
    document = parse(text)
    assert all(document.text[token.start : token.end] == token.text for token in document.tokens)


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("Lashkar Gah, 15 March: ", "At least four policemen were killed."),
        ("Kabul, 2 May - ", "Gunmen killed a judge."),
        ("Goma, Congo, May 2, 2022 — ", "Rebels attacked a village."),
    ],
)
def test_a_place_with_a_day_before_the_first_sentence_stands_apart(dateline, rest):
    document = parse(dateline + rest)
    first, second = document.sentences
    assert (first.start, second.start) == (0, len(dateline))
