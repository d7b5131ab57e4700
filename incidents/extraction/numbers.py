"""Quantities as news writes them: "at least two", "between 5 and 8", "two dozen", "2,500", "several"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from incidents.extraction.words import word_set
from incidents.language.types import Document, Token

# Words without a number are read as an open range from the smallest number they are used of: two dozens, three, two
# scores, two hundreds. A moderator sees the word itself; a narrower reading would invent a figure.
VAGUE = {
    "dozens": 24, "several": 3, "few": 3, "handful": 3, "many": 3, "numerous": 3, "multiple": 3, "various": 3,
    "scores": 40, "hundreds": 200, "thousands": 2000,
}  # fmt: skip
# More dead or wounded than in any one incident on record is a misread number (a telephone, a price, a population).
MOST_PEOPLE = 1_000_000

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_SMALL = {word: value for value, word in enumerate(_UNITS)}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
# "Twentyfive", as wires without hyphens have it.
_TENS_AND_UNITS = _TENS | {tens + ones: value + _SMALL[ones] for tens, value in _TENS.items() for ones in _UNITS[1:10]}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3}){1,2}|\d{1,7}")
_DIGIT_RANGE = re.compile(r"(\d{1,5})[-\u2013—](\d{1,5})")
_JOINTS = word_set("- \u2013 — to or")

# The longest come first; each is matched on the words that stand before the number.
_OPEN_BEFORE = (
    ("at", "the", "very", "least"), ("a", "minimum", "of"), ("no", "fewer", "than"), ("not", "less", "than"),
    ("no", "less", "than"), ("in", "excess", "of"), ("at", "least"), ("more", "than"), ("upwards", "of"),
    ("upward", "of"), ("well", "over"), ("over",), ("above",), ("atleast",),
)  # fmt: skip
_CLOSED_BEFORE = (
    ("a", "maximum", "of"), ("no", "more", "than"), ("not", "more", "than"), ("as", "many", "as"),
    ("at", "most"), ("up", "to"),
)  # fmt: skip
_BELOW_BEFORE = (("fewer", "than"), ("less", "than"))
_ABOUT_BEFORE = (
    ("an", "estimated"), ("some",), ("about",), ("around",), ("nearly",), ("almost",), ("roughly",),
    ("approximately",), ("exactly",), ("only",), ("another",), ("the", "other"), ("other",), ("a", "further"),
    ("further",), ("an", "additional"), ("additional",), ("all",), ("a", "total", "of"), ("these",), ("those",),
    ("the",),
)  # fmt: skip
_QUALIFIERS = tuple(
    (words, bound)
    for bound, group in (
        ("open", _OPEN_BEFORE),
        ("closed", _CLOSED_BEFORE),
        ("below", _BELOW_BEFORE),
        ("about", _ABOUT_BEFORE),
    )
    for words in group
)
_LONGEST_QUALIFIER = 4
# Most words begin no number and are passed over at once.
_BEGIN = word_set("a an half couple pair no not nobody none nil").union(_SMALL, _TENS_AND_UNITS, _SCALES, VAGUE)
_GONE = word_set("go goes went gone going rise rises rose risen climb climbs climbed move moved")


@dataclass(frozen=True, slots=True)
class Quantity:
    """Tokens `first` to `last` (exclusive), qualifiers included; `number` is the first token of the number itself.

    `high` None is an open end.
    """

    first: int
    number: int
    last: int
    low: int
    high: int | None


def quantities(document: Document) -> tuple[Quantity, ...]:
    """Every quantity of the text in its order, each word in at most one. Cost: one pass."""
    found: list[Quantity] = []
    for sentence in document.sentences:
        words = document.tokens[sentence.first : sentence.last]
        position = 0
        while position < len(words):
            quantity = _quantity(words, position)
            if quantity is None:
                position += 1
                continue
            found.append(quantity)
            position = quantity.last - words[0].index
    return tuple(found)


def _quantity(words: tuple[Token, ...], position: int) -> Quantity | None:
    word = _lower(words, position)
    if word not in _BEGIN and not word[0].isdigit():
        return None
    if position and _lower(words, position - 1) == "aged":
        return None
    base = words[0].index
    none = _none(words, position)
    if none:
        return Quantity(base + position, base + position, base + none, 0, 0)
    reading = _range(words, position) or _vague(words, position)
    if reading is None:
        return None
    low, high, last = reading
    first = position
    bound, length = _qualifier(words, position)
    # "The toll has gone up to four".
    if length == 2 and _lower(words, position - 2) == "up" and position > 2 and _lower(words, position - 3) in _GONE:
        bound, length = "", 0
    while length:
        first -= length
        low, high = _bounded(low, high, bound)
        bound, length = _qualifier(words, first)
    # "between 5 and 8": the word belongs to the range.
    if first and _lower(words, first - 1) in ("between", "from") and high not in (low, None):
        first -= 1
    if _follows(words, last, ("or", "more")):
        last, high = last + 2, None
    elif _follows(words, last, ("plus",)) or _follows(words, last, ("+",)):
        last, high = last + 1, None
    return Quantity(base + first, base + position, base + last, low, high)


def _none(words: tuple[Token, ...], position: int) -> int:
    """The end of "no", "no one", "nobody", "none", "not a single"; 0 for anything else."""
    word = _lower(words, position)
    if word in ("nobody", "none", "nil") or (word == "zero" and not _lower(words, position + 1).startswith("-")):
        return position + 1
    if word == "no":
        if _lower(words, position + 1) in ("fewer", "less", "more", "longer"):
            return 0
        return position + (2 if _lower(words, position + 1) == "one" else 1)
    if word == "not" and _lower(words, position + 1) == "a" and _lower(words, position + 2) == "single":
        return position + 3
    return 0


def _range(words: tuple[Token, ...], position: int) -> tuple[int, int | None, int] | None:
    glued = _DIGIT_RANGE.fullmatch(words[position].text)
    if glued:
        low, high = int(glued[1]), int(glued[2])
        return (low, high, position + 1) if low < high else None
    first = _number(words, position)
    if first is None:
        return None
    low, last = first
    joints = _JOINTS | ({"and"} if _lower(words, position - 1) == "between" else frozenset())
    following = last
    # "five-to-eight" has three joints.
    while following - last < 3 and _lower(words, following) in joints:
        following += 1
    if following > last:
        second = _number(words, following)
        if second and low < second[0] and _lower(words, last) != "-":
            return low, second[0], second[1]
        if second and low < second[0] and words[last].start == words[last - 1].end:
            return low, second[0], second[1]
    return low, low, last


def _vague(words: tuple[Token, ...], position: int) -> tuple[int, int | None, int] | None:
    word = _lower(words, position)
    if word not in VAGUE:
        # "a couple (of)" and "a pair of" are two.
        if word in ("couple", "pair") and _lower(words, position - 1) == "a":
            return 2, 2, position + (2 if _lower(words, position + 1) == "of" else 1)
        return None
    if (word, _lower(words, position - 1)) in (("many", "as"), ("many", "how")):
        return None
    if word == "few" and _lower(words, position - 1) != "a":
        return None
    return VAGUE[word], None, position + (2 if _lower(words, position + 1) == "of" else 1)


def _number(words: tuple[Token, ...], position: int) -> tuple[int, int] | None:
    """The value of the number that starts here, and the position after it."""
    if not 0 <= position < len(words):
        return None
    start, total, current = position, 0, None
    if (
        _lower(words, position) == "half"
        and _lower(words, position + 1) == "a"
        and _lower(words, position + 2) == "dozen"
    ):
        return 6, position + 3
    while position < len(words):
        word = _lower(words, position)
        if word == "-" and current and position + 1 < len(words) and _lower(words, position + 1) in _SMALL:
            position += 1
            continue
        if word in ("a", "an") and current is None and position == start:
            if _lower(words, position + 1) not in _SCALES:
                break
            current = 1
        elif word in _SMALL and (current is None or (current % 10 == 0 and current % 100 >= 20) or current % 100 == 0):
            current = (current or 0) + _SMALL[word]
        elif word in _TENS_AND_UNITS and (current is None or current % 100 == 0):
            current = (current or 0) + _TENS_AND_UNITS[word]
        elif word in _SCALES and (current is not None or position == start):
            # A scale alone ("hundred dead") is a wire's shorthand for one of it.
            scaled = (current if current is not None else 1) * _SCALES[word]
            total, current = (total + scaled, 0) if word == "thousand" else (total, scaled)
        elif word == "and" and current and current % 100 == 0 and _lower(words, position + 1) in _SMALL | _TENS:
            pass
        elif current is None and _DIGITS.fullmatch(word):
            current = int(word.replace(",", ""))
        else:
            break
        position += 1
    if current is None:
        return None
    value = total + current
    return (value, position) if value <= MOST_PEOPLE else None


def _qualifier(words: tuple[Token, ...], position: int) -> tuple[str, int]:
    """What the words before a number make of it, and how many words that takes."""
    for length in range(min(_LONGEST_QUALIFIER, position), 0, -1):
        before = tuple(_lower(words, index) for index in range(position - length, position))
        for phrase, bound in _QUALIFIERS:
            if phrase == before:
                return bound, length
    return "", 0


def _bounded(low: int, high: int | None, bound: str) -> tuple[int, int | None]:
    """ "Up to 20" and "as many as 20" give a highest figure only; that anyone was hit at all gives the lowest, one."""
    if bound == "open":
        return low, None
    if bound == "closed":
        return min(1, low), high
    if bound == "below":
        return min(1, low), max(1, low - 1)
    return low, high


def _follows(words: tuple[Token, ...], position: int, phrase: tuple[str, ...]) -> bool:
    return all(_lower(words, position + offset) == word for offset, word in enumerate(phrase))


def _lower(words: tuple[Token, ...], position: int) -> str:
    return words[position].text.lower() if 0 <= position < len(words) else ""
