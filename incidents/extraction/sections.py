"""Labels and subheadings that say where, or when, what stands below them happened."""

from __future__ import annotations

import re
from collections.abc import Container

from incidents.language.types import Document, Sentence

# "3 December, southern Red Sea", "Kharkiv and its suburbs"; a longer line is a headline that tells something itself.
_LONGEST_LABEL = 8
# "12:30 GMT - Two killed in raid on Jenin".
_CLOCK = re.compile(r"\s{0,4}[0-2]?\d[:.h][0-5]\d\s{0,2}(?:[ap]\.?m\.?|[A-Z]{2,5}|hrs)?\s{0,2}[-\u2013\u2014:|]\s")
_ENDINGS = (".", "!", "?", ":", ";", '"', "\u201d")


def find_labels(document: Document, dated: Container[int], placed: Container[int]) -> dict[int, int]:
    """The sentences that stand under a label, each with the sentence of its label. Cost: linear.

    A label is a word or two in capitals or a day that open a paragraph ("SITTWE. Two shells ...", "12 May 2024: Two
    shells ...") and hold for it, or a line of its own without a verb that holds until the next line of its kind. The
    sentences that name a day and those that name a place are given; the heading of a live blog's entry is such a line, verb or
    not; a line before the first full sentence is a byline
    unless another follows below.
    """
    found: dict[int, int] = {}
    lines = [sentence.index for sentence in document.sentences if _is_line(document, sentence)]
    prose = next((s.index for s in document.sentences if _ends(document, s) and s.last - s.first > _LONGEST_LABEL), 0)
    named = [
        index for index in lines if (index in dated or index in placed) and document.sentences[index].paragraph > 0
    ]
    early = len([index for index in named if index < prose]) == 1 and any(index > prose for index in named)
    label: int | None = None
    opener: Sentence | None = None
    for sentence in document.sentences:
        if sentence.index in lines:
            holds = early or sentence.index > prose or opens_entry(document, sentence)
            label = sentence.index if sentence.index in named and holds else None
        elif _opens_in_capitals(document, sentence) or (
            (sentence.index in dated or sentence.index in placed) and _is_stamp(document, sentence)
        ):
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


def opens_entry(document: Document, sentence: Sentence) -> bool:
    """Whether it is the heading of a live blog's entry, which opens with the time of day."""
    return (
        _CLOCK.match(document.text, sentence.start) is not None
        and _alone(document, sentence)
        and not _ends(document, sentence)
    )


def _is_line(document: Document, sentence: Sentence) -> bool:
    if opens_entry(document, sentence):
        return True
    tokens = document.tokens[sentence.first : sentence.last]
    short = len(tokens) <= _LONGEST_LABEL and not any(token.pos in ("VERB", "AUX") for token in tokens)
    return short and _alone(document, sentence) and not _ends(document, sentence)


def _opens_in_capitals(document: Document, sentence: Sentence) -> bool:
    """A label in a text that is not itself in capitals."""
    words = document.text[sentence.start : sentence.end].strip()
    if not _opens_paragraph(document, sentence) or not words.endswith((".", ":")):
        return False
    following = document.sentences[sentence.index + 1]
    rest = document.text[following.start : following.end]
    return words.isupper() and sentence.last - sentence.first <= 4 and not rest.isupper()


def _is_stamp(document: Document, sentence: Sentence) -> bool:
    """ "12 May 2024:", "Date: 12 May 2024."; the parser makes it a sentence."""
    words = document.text[sentence.start : sentence.end].strip()
    tokens = document.tokens[sentence.first : sentence.last]
    short = len(tokens) <= _LONGEST_LABEL and not any(token.pos in ("VERB", "AUX") for token in tokens)
    return (
        short
        and _opens_paragraph(document, sentence)
        and (words.endswith((":", " -", " \u2013", " \u2014")) or words.startswith("Date:"))
    )


def _opens_paragraph(document: Document, sentence: Sentence) -> bool:
    """Whether it is the first sentence of a paragraph of several."""
    before, after = sentence.index - 1, sentence.index + 1
    sentences = document.sentences
    first = before < 0 or sentences[before].paragraph != sentence.paragraph
    return first and after < len(sentences) and sentences[after].paragraph == sentence.paragraph
