"""Which sentences are an article's headline."""

from __future__ import annotations

from incidents.language.types import Document

_LONGEST = 200
_CLOSING = "\"'\u201d\u2019 "


def is_headline(document: Document, sentence: int) -> bool:
    """A first paragraph that is short and ends without a full stop."""
    span = document.sentences[sentence]
    if span.paragraph != document.sentences[0].paragraph or span.end - document.sentences[0].start > _LONGEST:
        return False
    last = [other for other in document.sentences[: sentence + 8] if other.paragraph == span.paragraph][-1]
    if last.end - document.sentences[0].start > _LONGEST:
        return False
    return not document.text[: last.end].rstrip(_CLOSING).endswith((".", "!", "?"))
