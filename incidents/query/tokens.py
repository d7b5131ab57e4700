"""Words made comparable: what is looked for and what is looked in become the same tokens, whatever the engine.

Case, accents, vowel signs and the letters that keyboards exchange are folded away. A token holds letters, digits and
marks of any script and never a space, a quotation mark or an operator, so that no text is a command to an engine.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

# PostgreSQL refuses a lexeme of more than 2,046 bytes; no word that anybody types is as long as this.
_LONGEST = 60
# Letters that Unicode does not take apart, and what people type for them; of Arabic script alef maksura, teh marbuta,
# the Persian yeh and kaf, and the lengthening stroke.
_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "\u0131": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th",
    "\u0649": "\u064a", "\u06cc": "\u064a", "\u0629": "\u0647", "\u06a9": "\u0643", "\u0640": "",
}  # fmt: skip
# Within a word they are written or left out at will: Sana'a is Sanaa.
_APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u02be\u02bf\u2018\u2019\u2032"
# Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, kana, and Chinese characters.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)


class _Folding(dict[int, str]):
    """For `str.translate`: what each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _folded(chr(code))
        return found


def _folded(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    bare = "".join(_plain(each) for each in decomposed)
    # Together again: Korean syllables come apart without being accented.
    return unicodedata.normalize("NFC", bare)


def _plain(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return ""
    # Vowel signs of Indian scripts are marks; without them a word would fall apart.
    return character if unicodedata.category(character)[0] in "LNM" else " "


_FOLDING = _Folding()


def asked(text: str) -> list[str]:
    """The tokens to look for, one or more a word, in their order."""
    return [token for word in _words(text) for token in _parted(word.replace("'", ""), whole=False)]


def held(text: str) -> list[str]:
    """The tokens by which a text is found: of "d'Ivoire" the whole and its parts."""
    found = []
    for word in _words(text):
        forms = [word.replace("'", ""), *word.split("'")] if "'" in word else [word]
        found += [token for form in forms for token in _parted(form, whole=True)]
    return found


def _words(text: str) -> list[str]:
    words = (word.strip("'") for word in unicodedata.normalize("NFC", text).translate(_FOLDING).split())
    return [word for word in words if word]


def _parted(word: str, *, whole: bool) -> list[str]:
    """A word of a script without spaces as pairs of neighbours, any other as it is.

    A text also holds the last character alone: a single one that is asked for begins a pair, or is that.
    """
    if word.isascii() or not _UNSPACED.search(word):
        return [word[:_LONGEST]] if word else []
    found: list[str] = []
    end = 0
    for run in _UNSPACED.finditer(word):
        found += _parted(word[end : run.start()], whole=whole)
        end = run.end()
        characters = run.group()
        found += ["".join(pair) for pair in pairwise(characters)]
        if whole or len(characters) == 1:
            found.append(characters[-1])
    return found + _parted(word[end:], whole=whole)
