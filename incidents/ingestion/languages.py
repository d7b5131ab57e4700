"""Which language a text is in. Only English is read for incidents, so English is denied only where it is out of question."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
# ISO 639-2 for "undetermined": not English by its script, and no known language either.
UNDETERMINED = "und"
# Fewer letters of the Latin script are names as often as words, and their language a guess.
FEWEST_LETTERS = 40
# Names have capitals: without words of so many small letters there is no evidence but names.
FEWEST_SMALL_LETTERS = 15
# Languages change between sentences; what is judged is sentences of together this many letters.
PASSAGE_LETTERS = 60
# Of a long text this many stretches of so many characters are looked at in even steps, so that time does not grow with
# its length.
MOST_STRETCHES = 20
STRETCH_CHARACTERS = 500
# Below this the identifier itself is in doubt.
SURE = 0.8
# Enough where the script alone rules English out: which of its neighbours it is decides nothing.
LIKELY = 0.5
# Another language of the Latin script is believed only where English is this improbable: over the sentences of 6,000
# English texts, two in 62,000 were called another language by the identifier alone, and one of them by this.
ENGLISH_EXCLUDED = 0.01
# A passage with this share of words that hardly any language but English has is no other language, whatever its names
# look like; with the greater share it is English, and the identifier is not asked.
ENGLISH_WORDS = 0.08
EVIDENT_WORDS = 0.15

_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = re.compile(r"(?<=[.!?;\u061f\u3002])\s|\n")
_SMALL_WORD = re.compile(r"\b[a-z\u00df-\u024f]+\b")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH_WORDS = (
    "the of and at by with from was were has have been after said his they that which who are this killed least"
)
_ONLY_ENGLISH = frozenset(_ENGLISH_WORDS.split())
# The identifier's word for symbols, codes and names.
_NO_LANGUAGE = "zxx"


def detect_language(text: str) -> str:
    """The ISO 639-1 code (639-3 where there is none) of the language most of a text is in, "" for too little to tell.

    `UNDETERMINED` for a foreign script whose language is in doubt. Some 1 ms for an English article; for anything else
    5 ms, and once half a second and 75 MB for the identifier's model.
    """
    passages = list(_passages(text))
    evident = sum(len(passage) for passage in passages if _english_share(passage.lower()) >= EVIDENT_WORDS)
    if 2 * evident > sum(map(len, passages)):
        return ENGLISH
    found: Counter[str] = Counter()
    for passage in passages:
        if language := _language(passage):
            found[language] += len(passage)
    if not found:
        return ""
    # English wins a draw: what is read in vain does less harm than what is never read.
    return max(found, key=lambda language: (found[language], language == ENGLISH))


def is_english(language: str) -> bool:
    """Whether a text of this code is read for incidents; one too short to tell is tried."""
    return not language or language.lower().split("-")[0] == ENGLISH


def _passages(text: str) -> Iterator[str]:
    step = max(len(text) // MOST_STRETCHES, STRETCH_CHARACTERS)
    for start in range(0, len(text), step):
        waiting = ""
        for sentence in _SENTENCE_END.split(text[start : start + STRETCH_CHARACTERS]):
            waiting += sentence + "\n"
            if len(_LETTER.findall(waiting)) >= PASSAGE_LETTERS:
                yield waiting
                waiting = ""
        if waiting:
            yield waiting


def _language(passage: str) -> str:
    # Bold and full-width letters of social media become letters; the identifier knows upper-case wires in lower case.
    plain = unicodedata.normalize("NFKC", passage)
    letters = _LETTER.findall(plain)
    is_foreign = 2 * sum(map(_is_latin, letters)) < len(letters)
    if not is_foreign and len(letters) < FEWEST_LETTERS:
        return ""
    best, probability, english = _identified(plain)
    if best == _NO_LANGUAGE:
        return ""
    if is_foreign:
        return best if probability >= LIKELY and best != ENGLISH else UNDETERMINED
    if probability < SURE or (best != ENGLISH and (english >= ENGLISH_EXCLUDED or not _is_other(plain, best))):
        return ""
    return best


def _is_other(plain: str, language: str) -> bool:
    """Whether the words speak for a language, and not the names among them."""
    if _english_share(plain.lower()) >= ENGLISH_WORDS:
        return False
    words = _SMALL_WORD.findall(plain.lower() if plain.isupper() else plain)
    return sum(map(len, words)) >= FEWEST_SMALL_LETTERS and _identified(" ".join(words))[0] == language


def _identified(plain: str) -> tuple[str, float, float]:
    """The most probable language, its probability, and that of English."""
    ranked = dict(_identifier().rank(plain.lower()))
    best = max(ranked, key=lambda language: ranked[language])
    return best, ranked[best], ranked[ENGLISH]


def _english_share(small: str) -> float:
    """How much of a passage in small letters is made of words that only English has."""
    words = _WORD.findall(small)
    return sum(word in _ONLY_ENGLISH for word in words) / max(len(words), 1)


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter < "\u1f00"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
