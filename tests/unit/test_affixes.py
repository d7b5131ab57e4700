"""What the tokenizer remembers changes no token."""

from __future__ import annotations

import spacy

from incidents.language.affixes import remember

TEXT = 'U.S.-led (air) strikes hit "al-Qaim"; 12km away, see https://example.org/a-b, e.g. the well-known 3,000...'


def test_tokens_stay_the_same_also_when_asked_again() -> None:
    tokenizer = spacy.blank("en").tokenizer
    before = [token.text for token in tokenizer(TEXT)]
    remember(tokenizer)
    assert [[token.text for token in tokenizer(TEXT)] for _ in range(2)] == [before, before]
