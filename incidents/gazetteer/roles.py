"""What a place name does in its sentence: the ground of an event, a dateline, or a word for a government."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from incidents.gazetteer import words
from incidents.gazetteer.reading import Span
from incidents.gazetteer.types import Level, Place, Role
from incidents.language.types import Document, Token

# "WASHINGTON/BAGHDAD (Reuters) -The", "TAMPA, Fla. - At", "BAGHDAD, 4 FEB 90 --", "Kyiv, Ukraine (AP) —", "BEIRUT:", "(Beirut) –", "Aden | A bomb",
# "Kyiv, Ukraine CNN —", "Mosul (Iraq), 20 Jan 2024 (Agency) –"; read on the first characters of a paragraph only.
_DATELINE_CHARACTERS = 120
_DATELINE = re.compile(
    r"[A-Z][A-Z' -]{2,30}(?:, [A-Z][\w.]{2,20})?:\s|(?:[^.!?\n(]|(?<=[A-Za-z]{2})\.(?=\s[-\u2013\u2014])){2,80}?(?:\((?:[A-Z]|dpa)[^()\n]{0,40}\)\s{0,2}[-\u2013\u2014]{1,2}|\s[-\u2013\u2014]{1,2}\s?|\([A-Z][A-Za-z ]{1,30}\)\s)"
)
_DATED = re.compile(
    r"[^,\n]{2,40},[^\n]{0,40}\b(?:\d{1,2}\s+[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.?\s+\d{1,2})\b[^\n]{0,12}[-\u2013\u2014]"
)
_NAME = r"[A-Z][\w.'-]{1,20}(?: [A-Z][\w.'-]{1,20}){0,2}"
# Their form alone tells these; before a stroke stands a name, behind it a sentence.
_FORMAL = re.compile(
    r"\([A-Z][\w.' ]{2,30}(?:,[^()\n]{3,30})?\)\s{0,2}[-\u2013\u2014]{1,2}\s"
    rf"|{_NAME} \|\s(?=[A-Z][a-z]* [a-z])"
    rf"|{_NAME}(?:, {_NAME})? (?:CNN|AP|AFP|BBC|VOA|UPI|NPR|DW)\s?[-\u2013\u2014]{{1,2}}\s"
    # "Raipur, Nov 13 (Dakshin News): ..."
    rf"|{_NAME}(?:, {_NAME})?, (?:\d{{1,2}} [A-Z][a-z]{{2,8}}|[A-Z][a-z]{{2,8}}\.? \d{{1,2}})(?:,? \d{{4}})?"
    r" ?\([A-Z][^()\n]{1,30}\)\s?(?::|[-\u2013\u2014]{1,2})\s"
    rf"|{_NAME} \([A-Z][\w.' ]{{2,25}}\), [^()\n]{{4,25}} \([A-Z][^()\n]{{1,30}}\)\s?[-\u2013\u2014]{{1,2}}\s"
)
# "Place of the attack: Mosul" is none.
_SHORTEST_STATEMENT = 5
_BEFORE_AGENCY = re.compile(
    r"\s{0,3}[A-Z][\w.'\u2019-]{1,30}(?:(?:[,/]\s?|\s)(?:[A-Z][\w.'\u2019-]{0,30}|\d{1,4}|de|del|la|las|los|el|al|of|and)){0,8},?\s{0,2}\((?:[A-Z]|dpa)"
)
_LARGE = frozenset([Level.COUNTRY, Level.PROVINCE, Level.AREA])


def datelines(document: Document) -> list[tuple[int, int]]:
    """The character spans at the start of paragraphs where an agency writes from where it reports."""
    found = []
    for _, sentences in groupby(document.sentences, key=lambda sentence: sentence.paragraph):
        start = next(sentences).start
        match = _FORMAL.match(document.text, start, start + _DATELINE_CHARACTERS)
        if match:
            found.append((start, match.end()))
            continue
        match = _DATELINE.match(document.text, start, start + _DATELINE_CHARACTERS)
        if match and (_is_shouted(match.group()) or _DATED.fullmatch(match.group().rstrip())):
            found.append((start, match.end()))
    return found


def role(document: Document, span: Span, place: Place | None, origin: Sequence[tuple[int, int]]) -> Role:
    start = document.tokens[span.first].start
    if any(first <= start < last for first, last in origin):
        return Role.DATELINE
    if span.demonym:
        return Role.DEMONYM
    if span.part:
        return Role.OTHER
    tokens = document.tokens
    before = tokens[span.first - 1] if span.first else None
    if before is not None and before.pos == "VERB" and before.lemma.lower() in words.DONE_TO_GROUND:
        return Role.EVENT
    head = _head(tokens, span)
    if _stands_for_government(tokens, span, head, place) or _is_source(document, span):
        return Role.METONYM
    if before is not None and before.text == "-" and span.first > 1 and tokens[span.first - 2].text.islower():
        return Role.OTHER
    if span.last + 1 < len(tokens) and tokens[span.last].text == "-" and tokens[span.last + 1].text in words.LED:
        return Role.METONYM
    return Role.EVENT


def _stands_for_government(tokens: Sequence[Token], span: Span, head: Token, place: Place | None) -> bool:
    governor = tokens[head.head]
    if head.dep in {"compound", "amod", "nmod"} and head.index != governor.index:
        # "Ouest department" is ground, and no ministry.
        is_designated = governor.index == span.last and governor.text in words.DESIGNATORS
        if is_designated or _is_parted(tokens[span.last - 1 : governor.index]):
            return False
        return governor.lemma.lower() in words.ORGANS or governor.text.lower() in words.ORGANS
    if head.dep == "poss":
        return governor.lemma.lower() in words.ORGANS
    if head.dep == "pobj" and governor.lemma.lower() == "in":
        # "the government in Baghdad"
        noun = tokens[governor.head]
        return noun.lemma.lower() in {"government", "administration", "parliament", "regime", "authority"}
    if head.dep == "nsubj":
        under = governor.index + 1 < len(tokens) and tokens[governor.index + 1].text.lower() == "under"
        return not under and _acts(governor, place)
    if head.dep == "pobj" and governor.dep == "agent":
        return place is None or place.level in _LARGE or place.level is Level.TOWN
    if head.dep == "pobj" and governor.lemma.lower() in {"with", "between"}:
        return place is not None and place.level is Level.COUNTRY
    if head.dep == "conj" and governor.index != head.index and governor.entity == "GPE" and governor.dep == "nsubj":
        return _acts(tokens[governor.head], place)
    return False


def _is_source(document: Document, span: Span) -> bool:
    """Whether a headline ends with it as the one who says so: "Six killed in two raids on camps: Ankara"."""
    sentence = document.sentences[document.tokens[span.first].sentence]
    told = document.tokens[sentence.first : span.first]
    return span.last == sentence.last and len(told) > _SHORTEST_STATEMENT and _is_parted(told[-2:])


def _is_parted(between: Sequence[Token]) -> bool:
    """Whether a headline names its source behind the place: "in eastern Ukraine - ministry", "in Kabul: officials"."""
    return any(
        token.text == ":" or (token.text in words.DASHES and token.start > before.end)
        for before, token in pairwise(between)
    )


def _acts(verb: Token, place: Place | None) -> bool:
    lemma = verb.lemma.lower()
    if verb.pos not in {"VERB", "AUX"} or lemma in words.UNDERGOING:
        return False
    return lemma in words.SPEAKING or place is None or place.level in _LARGE | {Level.TOWN}


def _head(tokens: Sequence[Token], span: Span) -> Token:
    """The token of the span that is governed from outside it."""
    inside = range(span.first, span.last)
    return next((tokens[index] for index in inside if tokens[index].head not in inside), tokens[span.last - 1])


def _is_shouted(text: str) -> bool:
    """Whether the place of a dateline is in capitals, or an agency stands in brackets behind names alone: "In Turbat, a car
    of the Frontier Corps (FC)" opens with none."""
    before = re.split(r"[(,:\u2013\u2014]|--", text)[0]
    letters = [character for character in before if character.isalpha()]
    return bool(letters) and (all(character.isupper() for character in letters) or bool(_BEFORE_AGENCY.match(text)))
