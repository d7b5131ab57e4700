"""Labels and subheadings that say where, or when, what stands below them happened."""

from __future__ import annotations

from collections.abc import Container

from incidents.language.types import Document, Sentence

# "3 December, southern Red Sea", "Kharkiv and its suburbs"; a longer line is a headline that tells something itself.
_LONGEST_LABEL = 8
_ENDINGS = (".", "!", "?", ":", ";", '"', "\u201d")


def find_labels(document: Document, telling: Container[int]) -> dict[int, int]:
    """The sentences that stand under a label, each with the sentence of its label. Cost: linear.

    A label is a word or two in capitals that open a paragraph ("SITTWE. Two shells ...") and hold for it, or a line
    of its own without a verb that holds until the next line of its kind. `telling` has the sentences that name a
    place or a day; a line before the first full sentence is a byline unless another follows below.
    """
    found: dict[int, int] = {}
    lines = [sentence.index for sentence in document.sentences if _is_line(document, sentence)]
    prose = next((s.index for s in document.sentences if _ends(document, s) and s.last - s.first > _LONGEST_LABEL), 0)
    named = [index for index in lines if index in telling and document.sentences[index].paragraph > 0]
    early = len([index for index in named if index < prose]) == 1 and any(index > prose for index in named)
    label: int | None = None
    opener: Sentence | None = None
    for sentence in document.sentences:
        if sentence.index in lines:
            label = sentence.index if sentence.index in named and (early or sentence.index > prose) else None
        elif _opens_in_capitals(document, sentence):
            opener = sentence
        elif opener is not None and opener.paragraph == sentence.paragraph:
            found[sentence.index] = opener.index
        elif label is not None:
            found[sentence.index] = label
    return found


def _ends(document: Document, sentence: Sentence) -> bool:
    return document.text[sentence.start : sentence.end].rstrip().endswith(_ENDINGS)


def _alone(document: Document, sentence: Sentence) -> bool:
    around = document.sentences[max(sentence.index - 1, 0) : sentence.index + 2]
    return all(other is sentence or other.paragraph != sentence.paragraph for other in around)


def _is_line(document: Document, sentence: Sentence) -> bool:
    tokens = document.tokens[sentence.first : sentence.last]
    short = len(tokens) <= _LONGEST_LABEL and not any(token.pos in ("VERB", "AUX") for token in tokens)
    return short and _alone(document, sentence) and not _ends(document, sentence)


def _opens_in_capitals(document: Document, sentence: Sentence) -> bool:
    """A label in a text that is not itself in capitals."""
    words = document.text[sentence.start : sentence.end].strip()
    following = document.sentences[sentence.index + 1 : sentence.index + 2]
    if not following or following[0].paragraph != sentence.paragraph or not words.endswith((".", ":")):
        return False
    first = sentence.index == 0 or document.sentences[sentence.index - 1].paragraph != sentence.paragraph
    rest = document.text[following[0].start : following[0].end]
    return first and words.isupper() and sentence.last - sentence.first <= 4 and not rest.isupper()
