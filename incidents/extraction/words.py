"""Word lists written as running text, and words without their accents."""

import unicodedata


def word_set(line: str) -> frozenset[str]:
    return frozenset(line.split())


def without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))
