from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.language import english as module
from incidents.language.english import Parsed, english

TEXTS = (
    "There was an explosion in Nasiriyah on Tuesday, and there were no survivors, the U.N. said.",
    "Gunmen aren't gonna stop; they've got to be stopped. \"Let's go,\" the mayor of Qaim told Sky News, and y'all came on.",
    "The governor didn't say which of the two Black Hawk helicopters had been hit by the Houthis’ drones last July 4.",
    "Police   found  three bodies near Al Hasakah's old market   .  Nobody has claimed it: that is what we know.",
    "   x",
    "Zwei Wörter, ١٢٣ und 🙂 : (((",
)


def plain(text: str) -> Parsed:
    """What spaCy itself says of a text, token by token."""
    nlp = english()._nlp
    doc = nlp(text)
    words = [token for token in doc if not token.is_space]
    number = {token.i: index for index, token in enumerate(words)}
    sentence = {token.i: index for index, sent in enumerate(doc.sents, 1) for token in sent}
    entities = []
    for entity in doc.ents:
        inside = [number[token.i] for token in entity if token.i in number]
        if inside:
            entities.append((entity.label_, inside[0], inside[-1] + 1))
    return Parsed(
        [token.idx for token in words],
        [token.idx + len(token) for token in words],
        [token.lemma_ for token in words],
        [token.pos_ for token in words],
        [token.tag_ for token in words],
        [token.dep_ for token in words],
        [number.get(token.head.i, number[token.i]) for token in words],
        [sentence[token.i] for token in words],
        entities,
    )


def test_texts_are_parsed_as_spacy_parses_them():
    assert list(english().parse(TEXTS)) == [plain(text) for text in TEXTS]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("aB .,'\n\u0660", min_size=1, max_size=30), min_size=1, max_size=4))
def test_any_texts_are_parsed_as_spacy_parses_them(texts):
    assert list(english().parse(texts)) == [plain(text) for text in texts]


def test_a_text_is_parsed_alike_when_its_words_have_been_forgotten(monkeypatch: pytest.MonkeyPatch):
    first = list(english().parse(TEXTS))
    monkeypatch.setattr(module, "_FORGET_AFTER", 1)
    assert list(english().parse(["Other words."])) != first
    assert list(english().parse(TEXTS)) == first


def test_more_words_than_are_kept_are_parsed_alike(monkeypatch: pytest.MonkeyPatch):
    first = list(english().parse(TEXTS))
    for limit in (60, 5):
        monkeypatch.setattr("incidents.language.vectors._MOST_WORDS", limit)
        monkeypatch.setattr("incidents.language.attributes._MOST_ANSWERS", limit)
        assert list(english().parse(TEXTS)) == first
