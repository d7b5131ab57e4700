"""A note: a headline, or one or two sentences, that is all there is of a piece of news. It is itself the news.

What an article would tell in passing ("clashes in the north", "50 strikes on the town"), a note tells because it
happened. So words count there that are too vague in an article, the present tense tells news, and a plural is an event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from incidents.extraction.dates import TimeMention
from incidents.extraction.geometry import POINTS, WIDE, distance_km
from incidents.extraction.linking import LEAST_LINK, Places
from incidents.extraction.mentions import ANOTHER_DAY, Mention, group, make
from incidents.extraction.modality import HAPPENED, RANKED, Status, Verdict, judge
from incidents.extraction.syntax import Tree
from incidents.extraction.triggers import Trigger
from incidents.extraction.types import PlaceName, TimePrecision
from incidents.extraction.words import word_set
from incidents.language.types import Document, Sentence

_DAYS = (TimePrecision.DAY, TimePrecision.HOUR)
# One or two sentences; of headlines several on one event are often given as one line.
_MOST_CHARACTERS = 400
_MOST_CHARACTERS_OF_HEADLINES = 1000
_MOST_SENTENCES = 2
# "Iraq. Diyala. 12 September 2014." are labels of what follows, and no sentences.
_LONGEST_LABEL = 4
_FULL_STOPS = (".", "!", "?")
_CLOSING = "\"'\u201d\u2019) "
# What goes on, a habit and a sum over weeks are no event, also where they are all there is.
_OVER_TIME = re.compile(
    r"over a|going on|'(?:often|frequently|regularly|routinely|usually|daily|weekly|annually"
    r"|increasingly|rate|percent|frequency|history|pattern)\b"
)
_STATISTICS = re.compile(
    r"\b(?:per ?cent|statistics|survey|average|annual(?:ly)?|(?:this|last|past|a) (?:year|decade)|so far|timeline|(?:rise|increase|surge|spike) in)\b|\d%",
    re.IGNORECASE,
)
# What follows long after: the event is not what is new.
_AFTERMATH = re.compile(
    r"\b(?:jail(?:s|ed)|sentence[sd]|convict(?:s|ed)|charged|acquit(?:s|ted)|on trial|trial of|indict(?:s|ed)|plead(?:s|ed)"
    r"|guilty|verdict|extradited|remember(?:s|ed)|honou?r(?:s|ed)|tribute|commemorat\w{1,5}|defus(?:es|ed)|unexploded|casualty report"
    r"|(?:19|20)\d\d ?[-\u2013] ?(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_SUSPECTING = word_set("suspect blame accuse")
_LONGEST_ADDRESS = 3
# A village lies no farther from the town it is addressed by.
_OF_ONE_TOWN_KM = 100.0
_JOINTS = word_set("and while as amid , ; \u2026 ... meanwhile")
# "in the city of X and the eastern countryside of Y".
_LISTED_WITH = re.compile(
    r"(?:[\u2019']s?)?(?:\s+[\w-]+){0,2}\s{0,3}(?:,|\band\b|&)(?:\s+[\w-]+){0,6}\s{0,3}(?:[\w]{2,3}-)?"
)

# Behind a name, or as its last word.
_DIVISION = re.compile(
    r" (?:province|state|region|governorate|district|regency|county|municipality|township|territory|department|oblast"
    r"|raion|tehsil|upazila|woreda|zone|cercle|commune|lga|division)\b",
    re.IGNORECASE,
)
# "In X, south of Y": one place, told by another.
_BESIDE = re.compile(r"\b(?:north|south|east|west|km|miles|kilomet(?:er|re)s|near|from)\b", re.IGNORECASE)


def is_note(document: Document) -> bool:
    """Whether the text is one note: one paragraph of headlines, or of one or two sentences."""
    sentences = document.sentences
    if not sentences or sentences[-1].paragraph != sentences[0].paragraph:
        return False
    # Asked for each event of a text; a long one is not gone through.
    if len(document.text) > max(_MOST_CHARACTERS, _MOST_CHARACTERS_OF_HEADLINES):
        return False
    ended = sum(_ends(document, sentence) for sentence in sentences)
    return ended <= _MOST_SENTENCES and len(document.text) <= (
        _MOST_CHARACTERS if ended else _MOST_CHARACTERS_OF_HEADLINES
    )


def _ends(document: Document, sentence: Sentence) -> bool:
    told = sentence.last - sentence.first > _LONGEST_LABEL
    return told and document.text[sentence.start : sentence.end].rstrip(_CLOSING).endswith(_FULL_STOPS)


def as_news(tree: Tree, mention: Mention) -> Verdict:
    """The verdict on a mention in a note: counted, repeated or told of afterwards, it is still what is new.

    So is a deed that the note asserts beside one that it does not ("killed three and foiled an attack").
    """
    verdict = mention.verdict
    span = tree.sentences[mention.sentence]
    words = tree.text(span.first, span.last)
    if _AFTERMATH.search(words) and verdict.status in HAPPENED:
        return Verdict(Status.BACKGROUND, "a court, or a memory")
    if verdict.reason == RANKED:
        return verdict
    if verdict.status is Status.REMENTION or _is_suspicion(tree, mention):
        return Verdict(Status.NEW)
    if any(_is_asserted(tree, trigger) for trigger in mention.triggers):
        return Verdict(Status.NEW)
    if verdict.status is not Status.AGGREGATE or _OVER_TIME.search(verdict.reason):
        return verdict
    return verdict if _STATISTICS.search(words) else Verdict(Status.NEW)


def _is_suspicion(tree: Tree, mention: Mention) -> bool:
    """ "X suspected in an arson attack": who did it is open, and not whether it happened."""
    above = {word.lemma.lower() for word in tree.ancestors(mention.main.token)}
    return mention.verdict.status is Status.BACKGROUND and not above.isdisjoint(_SUSPECTING)


def _is_asserted(tree: Tree, trigger: Trigger) -> bool:
    return trigger.verb and judge(tree, trigger, headline=True).status is Status.NEW


def mentions_of_note(tree: Tree, sentence: int, triggers: Sequence[Trigger], places: Places) -> list[Mention]:
    """The mentions of a sentence, those of "clashes in X and a blast in Y" apart, each with the places of its own part."""
    found = []
    for part in _parts(tree, sentence, triggers, places):
        groups = group(tree, tuple(part.triggers), places)
        for members in groups:
            mention = make(tree, members, places, headline=True, alone=len(groups) == 1)
            if part.others:
                mention.place, mention.link = places.best(members, sentence, part.others)
            if mention.place is None:
                mention.place = _only_point(places, part)
                mention.link = LEAST_LINK if mention.place is not None else 0.0
            if mention.place is not None:
                places.admit(mention.place, sentence)
            found.append(mention)
    return found


class _Part(NamedTuple):
    """A stretch of a sentence that tells of its own event at its own place; `others` are the places outside it."""

    start: int
    end: int
    triggers: list[Trigger]
    others: frozenset[int]


def _parts(tree: Tree, sentence: int, triggers: Sequence[Trigger], places: Places) -> list[_Part]:
    """Cut at "and" and the like where both sides have a trigger and a place, and the places lie apart."""
    span = tree.sentences[sentence]
    numbers = places.by_sentence.get(sentence, [])
    cuts = [span.first]
    for token in tree.sentence_tokens(sentence):
        if token.text.lower() not in _JOINTS or not cuts[-1] < token.index < span.last:
            continue
        before = range(tree[cuts[-1]].start, token.start)
        after = range(token.end, span.end)
        tells = [any(tree[each.token].start in side for each in triggers) for side in (before, after)]
        mine, its = ([n for n in numbers if places.names[n].start in side] for side in (before, after))
        # "X district, Y province; two dead": the comma of an address.
        address = token.text == "," and mine and its and places.is_told_in(mine[-1], its[0])
        if address and places.names[its[0]].precision in WIDE:
            continue
        if token.text == "," and mine and its and _is_chain(tree.document.text, places, mine[-1], its):
            continue
        if all(tells) and mine and its and any(places.apart(mine[-1], number) for number in its):
            cuts.append(token.index)
    found = []
    for first, last in pairwise([*cuts, span.last]):
        start, end = tree[first].start, tree[last - 1].end
        inside = [trigger for trigger in triggers if first <= trigger.token < last]
        others = (
            frozenset(n for n in numbers if not start <= places.names[n].start < end) if len(cuts) > 1 else frozenset()
        )
        if inside:
            found.append(_Part(start, end, inside, others))
    return found


def _is_chain(text: str, places: Places, first: int, behind: Sequence[int]) -> bool:
    """ "Tentena, Poso, Central Sulawesi": a village, the town it belongs to, and what is round both."""
    names = [places.names[number] for number in (first, *behind[:_LONGEST_ADDRESS])]
    adjoining = [text[before.end : after.start].strip() == "," for before, after in pairwise(names)]
    wide = next((position for position, name in enumerate(names) if name.precision in WIDE), None)
    gap = distance_km(names[0], names[1])
    return bool(wide) and all(adjoining[:wide]) and (gap is None or gap <= _OF_ONE_TOWN_KM)


def _only_point(places: Places, part: _Part) -> int | None:
    """The town of a part that names one alone, also where the parser takes it for who acts."""
    points = [
        number
        for number, name in enumerate(places.names)
        if part.start < name.start < part.end and name.precision in POINTS and name.latitude is not None
    ]
    return points[0] if len({places.names[number].name for number in points}) == 1 else None


def share_only_day(mentions: Sequence[Mention], times: Sequence[TimeMention]) -> None:
    """The only day that a note gives holds for all that it tells: "burned a house and fired on troops on 3 May"."""
    days = [time for time in times if time.when.precision in _DAYS and time.when.start is not None]
    if len(days) != 1:
        return
    for mention in mentions:
        if not mention.times and ANOTHER_DAY not in mention.notes:
            mention.times = (days[0],)


def _is_plural(tree: Tree, mention: Mention) -> bool:
    """ "Clashes", "shells hit": more than one of them."""
    subjects = [word for trigger in mention.triggers for word in tree.children(tree[trigger.token], "nsubj")]
    return mention.plural or any(word.tag in ("NNS", "NNPS") for word in subjects)


def _is_address(text: str, between: str, name: PlaceName) -> bool:
    """ "Ilaga, Puncak regency": with nothing but a comma between, a division says where the first lies."""
    if between.strip() != ",":
        return bool(_BESIDE.search(between))
    return bool(_DIVISION.match(text[name.end :]) or _DIVISION.search(" " + text[name.start : name.end]))


def also_in(tree: Tree, text: str, here: Sequence[Mention], places: Places) -> list[Mention]:
    """The same events at the other places of a sentence that names several: "clashes in X and Y" are two incidents.

    How many died at which of them is not said.
    """
    claimed = {mention.place for mention in here}
    found: list[Mention] = []
    for mention in here:
        if mention.place is None or not _is_plural(tree, mention):
            continue
        last = mention.place
        numbers = places.by_sentence.get(mention.sentence, ())
        for number in numbers:
            before = places.names[last].end
            between = text[before : max(before, places.names[number].start)]
            if (
                number in claimed
                or not _LISTED_WITH.fullmatch(between)
                or _is_chain(text, places, last, [n for n in numbers if places.names[n].start >= before])
                or _is_address(text, between, places.names[number])
            ):
                continue
            if places.apart(last, number):
                found.append(replace(mention, place=number, counts=(), notes=[*mention.notes]))
                claimed.add(number)
                last = number
    return found
