"""Search that ignores accents and case, on any SQL engine: a word becomes a regular expression of character classes.

"malaga" finds Málaga and "Málaga" finds Malaga. The expressions have no nested repetition, so they run in time linear
in the text on both Python's engine (SQLite) and PostgreSQL's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache

# Letters that Unicode does not take apart, and what people type for them.
_STROKES = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "\u0131": "i", "ŧ": "t"}
# Latin, Greek, Cyrillic, Arabic and the extended Latin of Vietnamese: where accents change a letter.
_ALPHABETS = (range(0xC0, 0x250), range(0x370, 0x530), range(0x620, 0x6D4), range(0x1E00, 0x2000))
# Each word is looked for in every row: more of them narrow nothing and cost the server.
MOST_WORDS = 16
# Marks that stand behind their letter: combining accents, Arabic vowel signs.
_MARKS = "[\u0300-\u036f\u064b-\u065f]*"


def patterns(words: str) -> list[str]:
    """One expression for each of the first words; a text matches when all of them are found in it."""
    return [pattern for word in words.split()[:MOST_WORDS] if (pattern := _pattern(word))]


def _pattern(word: str) -> str:
    return "".join(_class(letter) for letter in folded(word))


def _class(letter: str) -> str:
    if not letter.isalnum():
        return re.escape(letter) if letter.isascii() else letter
    variants = _variants().get(letter, letter)
    return (f"[{variants}]" if len(variants) > 1 else variants) + _MARKS


def folded(word: str) -> str:
    """Lower case, without accents."""
    plain = "".join(_STROKES.get(letter, letter) for letter in word.lower())
    bare = "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))
    # Together again: Korean syllables come apart without being accented.
    return unicodedata.normalize("NFC", bare)


@cache
def _variants() -> dict[str, str]:
    """For each plain letter all letters, of either case, that fold to it."""
    found: dict[str, set[str]] = defaultdict(set)
    for code in (code for alphabet in _ALPHABETS for code in alphabet):
        letter = chr(code)
        if letter.isalpha() and len(plain := folded(letter)) == 1:
            found[plain].update({plain, plain.upper(), letter})
    return {
        plain: "".join(sorted(letter for letter in letters if len(letter) == 1)) for plain, letters in found.items()
    }
