"""What the rest of a sentence and of an article make of what one of its mentions tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from incidents.extraction.dates import TimeMention
from incidents.extraction.kinds import Family, Kind
from incidents.extraction.mentions import Mention
from incidents.extraction.modality import HAPPENED, Status, Verdict, is_ranked
from incidents.extraction.syntax import Tree
from incidents.extraction.themes import is_cleared_up
from incidents.extraction.types import TimePrecision
from incidents.language.types import Document

# "Shortly before sunset on Saturday", "at around 4 p.m. on Tuesday", "Wednesday evening".
_HOUR = re.compile(
    r"\b(?:dawn|dusk|sunset|sunrise|noon|midday|midnight|morning|afternoon|evening|night|late|early|[ap]\.?m\b|o'clock|\d{1,2}[:.]\d\d)",
    re.IGNORECASE,
)
_HOUR_REACH = 28
# "She died of her injuries early on Tuesday".
_AFTERWARDS = re.compile(
    r"\b(?:died of|died in (?:the )?hospital|succumbed|arrested|detained|buried|funeral|defused|completed)\b",
    re.IGNORECASE,
)
# The news is told in full within so many sentences, and of so few days before it was said (dates of set P of docs/training.md,
# right in 64 of 71 before, in 67 of 69 with it and the other rules for dates of the same days).
_DETAILS_WITHIN = 6
_DETAILS_DAYS = timedelta(days=2)
OLD = "long before the article"
_BLASTS = frozenset(["explosion", "blast", "explode"])
# Kinds that an accident may be taken for.
ACCIDENTAL = frozenset([Kind.BOMBING, Kind.ARSON])
_FROM_AFAR = frozenset([Family.AIR, Family.MISSILE])
_HITTING = frozenset(["hit", "strike", "target", "raid"])


def date_by_the_details(
    document: Document, mentions: Sequence[Mention], times: dict[int, list[TimeMention]], published: date | None
) -> None:
    """ "An air strike hit a station, medics said on Sunday. [...] A jet was heard shortly before sunset on Saturday": the day
    of the news is that of the first of the next sentences that tells the hour as well."""
    lead = next((mention for mention in mentions if not mention.headline), None)
    if (
        lead is None
        or published is None
        or lead.verdict.status not in HAPPENED
        or not all(t.spoken for t in lead.times)
    ):
        return
    told = max((time.when.start for time in lead.times if time.when.start), default=published)
    elsewhere = {m.sentence for m in mentions if m.place not in (None, lead.place) and not m.harm_only}
    details = range(lead.sentence + 1, lead.sentence + 1 + _DETAILS_WITHIN)
    for time in (time for sentence in details if sentence not in elsewhere for time in times.get(sentence, ())):
        day = time.when.start
        near = day is not None and timedelta() <= told - day <= _DETAILS_DAYS
        by_day = time.when.precision in (TimePrecision.DAY, TimePrecision.HOUR) and not time.spoken
        if near and by_day and _is_by_the_hour(document, time):
            lead.times = (*lead.times, time)
            return


def _is_by_the_hour(document: Document, time: TimeMention) -> bool:
    if _AFTERWARDS.search(words_of(document, time.sentence)):
        return False
    around = document.text[max(0, time.start - _HOUR_REACH) : time.end + _HOUR_REACH]
    return _HOUR.search(around) is not None


def clear_up(tree: Tree, document: Document, mentions: Sequence[Mention]) -> None:
    """An article that tells of nothing but blasts and fires, and says what else they came from, tells of accidents."""
    told = [mention for mention in mentions if mention.verdict.status in HAPPENED]
    violent = [mention for mention in told if not mention.harm_only]
    unexplained = any(mention.kind not in ACCIDENTAL or not names_no_bomb(tree, mention) for mention in violent)
    if violent and not unexplained and is_cleared_up(document.text):
        for mention in told:
            mention.verdict = Verdict(Status.BACKGROUND, "an accident")


def read_with_the_summary(tree: Tree, mentions: Sequence[Mention]) -> None:
    """An article that opens with strikes on several places tells of each by "a cafe was hit", "five others were killed"."""
    summary = next((mention for mention in mentions if not mention.headline), None)
    if summary is None or not summary.plural or summary.kind.family not in _FROM_AFAR:
        return
    for mention in mentions:
        others = mention.kind is Kind.UNKNOWN and any(count.added for count in mention.counts)
        hit = mention.kind is Kind.ARMED_ATTACK and all(
            trigger.harm or tree[trigger.token].lemma.lower() in _HITTING for trigger in mention.triggers
        )
        if (others or hit) and mention.place is not None:
            mention.kind = summary.kind


def words_of(document: Document, sentence: int) -> str:
    span = document.sentences[sentence]
    return document.text[span.start : span.end]


def age_with_what_they_hang_on(tree: Tree, mentions: list[Mention]) -> None:
    """ "In 1920 soldiers burned the street after an ambush in which one was killed": the ambush is as old as the fire."""
    old = {trigger.token for each in mentions if each.verdict.reason == OLD for trigger in each.triggers}
    for mention in mentions:
        above = {word.index for word in tree.ancestors(mention.main.token)}
        if not mention.times and mention.verdict.status is Status.NEW and not old.isdisjoint(above):
            mention.verdict = Verdict(Status.BACKGROUND, OLD)


def count_with_what_they_stand_beside(tree: Tree, mentions: list[Mention]) -> None:
    """ "130 strikes in 2022, leaving 87 dead": the dead are as many events'. "Shot three of them, in the worst strike in
    years": the strike is the one just told, and what is said of it is said of that one."""
    others = [mention for mention in mentions if not mention.harm_only]
    summed = bool(others) and all(mention.verdict.status is Status.AGGREGATE for mention in others)
    ranked = [each for each in others if each.verdict.status is Status.NEW and is_ranked(tree, each.main)]
    told = [each for each in others if each.verdict.status is Status.NEW and each not in ranked]
    for mention in mentions if summed else ():
        if mention.harm_only and mention.place is None and not mention.times:
            mention.verdict = Verdict(Status.AGGREGATE, "beside a sum")
    for mention in ranked if told else ():
        told[-1].triggers = (*told[-1].triggers, *mention.triggers)
        mentions.remove(mention)


def names_no_bomb(tree: Tree, mention: Mention) -> bool:
    """ "The blast", "a similar explosion", "the fire"."""
    return mention.kind is Kind.ARSON or tree[mention.main.token].lemma.lower() in _BLASTS
