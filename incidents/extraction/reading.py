"""From a document to its mentions of violence, each judged in its sentence, its article and its time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from incidents.extraction.casualties import CasualtyMention, find_counts
from incidents.extraction.claims import claims
from incidents.extraction.context import (
    ACCIDENTAL,
    OLD,
    age_with_what_they_hang_on,
    clear_up,
    count_with_what_they_stand_beside,
    date_by_the_details,
    names_no_bomb,
    read_with_the_summary,
    words_of,
)
from incidents.extraction.dates import TimeMention, find_times, times_of_day
from incidents.extraction.geometry import POINTS
from incidents.extraction.headline import is_headline
from incidents.extraction.lexicon import ALARMS, Strength
from incidents.extraction.linking import Places
from incidents.extraction.listing import Listing
from incidents.extraction.mentions import Mention, group, make
from incidents.extraction.modality import HABIT, HAPPENED, RANKED, UNCOUNTED_PLURAL, Status, Verdict
from incidents.extraction.moods import THOUSANDS
from incidents.extraction.note_triggers import Sentences
from incidents.extraction.notes import also_in, as_news, is_note, mentions_of_note, share_only_day
from incidents.extraction.read_triggers import read_triggers
from incidents.extraction.sections import find_labels, opens_entry
from incidents.extraction.sharing import share_out
from incidents.extraction.syntax import Tree
from incidents.extraction.themes import LENIENT, SPORT, is_accident, is_long_ago, theme_of
from incidents.extraction.triggers import SURELY, Trigger, find_triggers, share_that_happened
from incidents.extraction.types import TimePrecision
from incidents.language.types import Document, Token

_Placed = TypeVar("_Placed", TimeMention, CasualtyMention)
# What happened longer ago than this before the article is its background, not its news.
_NEWS_DAYS = 120
# A text of a thousand sentences of violence is a chronicle; mentions beyond this many are left out so that the time
# stays linear (merging compares each mention with each incident so far).
_MOST_MENTIONS = 400
_ANOTHER = frozenset(
    ["another", "second", "separate", "third", "other", "elsewhere", "separately", "also", "meanwhile", "further"]
)
_SETS = frozenset(["set", "wave", "round", "series", "volley", "salvo"])
# By so much surer, an event leaves the place of its sentence to itself alone.
_CLEARLY = 1.0
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_OPENING_WORDS = 4
_MEANWHILE = frozenset(["meanwhile", "elsewhere", "separately"])
_TIMES = frozenset(["hours", "hour", "minutes", "days"])
_APART_IN_TIME = frozenset(["before", "earlier", "later", "after", "afterwards"])
_NUMBERS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_NEARER = 0.2
# "Killed 14 over the month", "fired at more than a hundred ships".
_SUM_OVER_TIME = re.compile(
    r"\b(?:over|during|throughout|in the course of) (?:the|that|a|its|their) (?:month|week|year|quarter|campaign|war|conflict|first half|period)\b"
    r"|\bover (?:the )?(?:past|last) (?:day|24 hours|48 hours|72 hours)\b"
    # "Bombs, shootings kill 31 across Iraq".
    r"|\b(?:bombs|bombings|blasts|attacks|shootings|explosions|raids|clashes)\b[^.;]{0,60}\bacross\b"
    r"|\bsince the (?:start|beginning) of (?:the|this) (?:month|year|week)\b|\bin the (?:first|second) half of\b|\b(?:a|more than a|several|some) hundred (?:ships|vessels|attacks|strikes|raids|times)\b",
    re.IGNORECASE,
)
# A label says where everything below it happened, if less surely than the sentence itself.
LABEL_LINK = 2.0
# The place stands in the trigger's own phrase.
_SURE_LINK = 3.0


def find_mentions(document: Document, tree: Tree, places: Places, published: date | None) -> list[Mention]:
    """In text order, with place, times and counts; at most some 400 besides the lines of lists."""
    note = is_note(document)
    by_sentence = _triggers(tree, note=note)
    all_times = find_times(document, published=published)
    times = _by_sentence(all_times)
    counts = _by_sentence(find_counts(document))
    by_sentence = _with_harm(tree, by_sentence, counts)
    theme = theme_of(document)
    listing = Listing(document, places, times, set(by_sentence))
    labels = find_labels(document, times, places.by_sentence)
    found: list[Mention] = []
    unlisted = 0
    # Whether the article opens with an accident, which "the blast" then means.
    accident = False
    for sentence, triggers in by_sentence.items():
        accident = accident or (not found and _is_accident(document, sentence, triggers))
        follows = not (note or _violent(triggers))
        if (follows and not _is_told_of(counts.get(sentence, ()))) or _is_accident(document, sentence, triggers):
            continue
        titles = is_headline(document, sentence) or opens_entry(document, document.sentences[sentence])
        headline = note or (sentence not in listing.lines and titles)
        if note:
            here = mentions_of_note(tree, sentence, triggers, places)
        else:
            groups = group(tree, tuple(triggers), places)
            here = [make(tree, members, places, headline=headline, alone=len(groups) == 1) for members in groups]
            _part_places(here, places)
        share_out(tree, here, times.get(sentence, []), _believed(tree, counts.get(sentence, []), found))
        if note:
            here += also_in(tree, document.text, here, places)
            share_only_day(here, all_times)
        told_at = times_of_day(words_of(document, sentence))
        if len(here) == len(told_at) == 1:
            here[0].clock = told_at[0]
        for mention in here:
            if note:
                mention.verdict = as_news(tree, mention)
            _note(tree, mention)
            if follows:
                mention.follows, mention.place, mention.times = True, None, ()
            listing.complete(mention)
            if sentence in labels:
                _take_from_label(mention, labels[sentence], places, times.get(labels[sentence], []))
            if listing.is_opened_by(mention):
                mention.verdict = Verdict(Status.AGGREGATE, "it opens a list")
                continue
            if not note and mention.verdict.status in HAPPENED and _is_a_sum(document, mention):
                mention.verdict = Verdict(Status.AGGREGATE, "over a period")
            mention.verdict = _in_theme(tree, mention, theme) or _in_context(mention, published, places, note=note)
            if follows and mention.verdict.status is Status.NEW:
                mention.verdict = Verdict(Status.REMENTION, "figures alone")
            if accident and mention.kind in ACCIDENTAL and names_no_bomb(tree, mention):
                mention.verdict = Verdict(Status.BACKGROUND, "an accident")
        age_with_what_they_hang_on(tree, here)
        count_with_what_they_stand_beside(tree, here)
        found.extend(
            part
            for mention in here
            for part in (_one_by_one(tree, mention, places) if mention.line is None else [mention])
        )
        unlisted += sum(mention.line is None for mention in here)
        if unlisted > _MOST_MENTIONS:
            break
    if not note:
        date_by_the_details(document, found, times, published)
        read_with_the_summary(tree, found)
        clear_up(tree, document, found)
    return found


def _believed(tree: Tree, counts: list[CasualtyMention], told: Sequence[Mention]) -> list[CasualtyMention]:
    """None of those who claim an attack, where others have counted: they tell of more than there were."""
    claimed = counts and any(claims(tree, counts[0].sentence))
    return [] if claimed and any(mention.counts for mention in told) else counts


def _with_harm(
    tree: Tree, triggers: dict[int, list[Trigger]], counts: dict[int, list[CasualtyMention]]
) -> dict[int, list[Trigger]]:
    """With the sentences behind the first of violence that tell of the dead and hurt by other words ("three sustained burns")."""
    found = dict(triggers)
    first = min((sentence for sentence, here in triggers.items() if _violent(here)), default=len(tree.sentences))
    for sentence, here in counts.items():
        if sentence not in found and sentence > first:
            token = tree[here[0].token]
            found[sentence] = [Trigger(token.index, None, Strength.WEAK, verb=token.pos == "VERB", harm=True)]
    return dict(sorted(found.items()))


def _triggers(tree: Tree, *, note: bool) -> dict[int, list[Trigger]]:
    """By sentence, in text order; in a note also the words that are too vague for an article, and what only the encoder
    reads as violence where nothing else is."""
    found = {trigger.token: trigger for trigger in find_triggers(tree)}
    sentences = Sentences(tree)
    if note:
        for token in tree.tokens:
            trigger = found.pop(token.index, None) or sentences.trigger(token)
            if trigger and not (trigger.strength is Strength.WEAK and sentences.is_elsewhere(token.sentence)):
                found[token.index] = trigger
    if not (note and found):
        read = read_triggers(tree, frozenset(found))
        found |= {each.token: each for each in read if not (note and _is_elsewhere(sentences, tree[each.token]))}
    by_sentence: dict[int, list[Trigger]] = {}
    for index in sorted(found):
        if _is_of_an_alarm(tree, index):
            continue
        by_sentence.setdefault(tree[index].sentence, []).append(found[index])
    return by_sentence


def _is_of_an_alarm(tree: Tree, index: int) -> bool:
    """ "Air raid sirens"."""
    following = tree.next(tree[index])
    return following is not None and following.lemma.lower() in ALARMS


def _is_elsewhere(sentences: Sentences, word: Token) -> bool:
    """ "House fire leaves two dead"; where forces are named, the encoder is believed."""
    return sentences.is_elsewhere(word.sentence) and not sentences.is_armed(word.sentence)


def _by_sentence(items: Iterable[_Placed]) -> dict[int, list[_Placed]]:
    found: dict[int, list[_Placed]] = {}
    for item in items:
        found.setdefault(item.sentence, []).append(item)
    return found


def _is_accident(document: Document, sentence: int, triggers: list[Trigger]) -> bool:
    weapons = any(trigger.strength is Strength.STRONG for trigger in triggers)
    return not weapons and is_accident(words_of(document, sentence))


def _in_theme(tree: Tree, mention: Mention, theme: str) -> Verdict | None:
    """A sentence about long ago, or an article about a trial or a match, tells no news; a day of its own may."""
    if mention.verdict.status not in HAPPENED:
        return None
    if is_long_ago(_without_relative_clauses(tree, mention)):
        return Verdict(Status.BACKGROUND, "long ago")
    if theme == SPORT and all(share_that_happened(tree, tree[each.token]) < SURELY for each in mention.triggers):
        return Verdict(Status.BACKGROUND, f"the article is about {theme}")
    day = mention.time is not None and mention.time.when.precision in (TimePrecision.DAY, TimePrecision.HOUR)
    if theme in LENIENT and (mention.specific or mention.counts):
        return None
    if theme and not (day and mention.counts and mention.place is not None):
        return Verdict(Status.BACKGROUND, f"the article is about {theme}")
    return None


def _without_relative_clauses(tree: Tree, mention: Mention) -> str:
    """The words of its sentence but those of clauses that tell of someone in it ("who was killed four years ago")."""
    aside: set[int] = set()
    for token in tree.sentence_tokens(mention.sentence):
        below = {word.index for word in tree.below(token)} if token.dep == "relcl" else set()
        if below.isdisjoint(trigger.token for trigger in mention.triggers):
            aside |= below
    return " ".join(token.text for token in tree.sentence_tokens(mention.sentence) if token.index not in aside)


def _violent(triggers: list[Trigger]) -> bool:
    """Whether a sentence tells of violence: a single "raid" or "death" does not."""
    if any(trigger.strength > Strength.WEAK or (trigger.harm and trigger.kind) for trigger in triggers):
        return True
    return any(not trigger.harm and trigger.kind for trigger in triggers) or any(t.harm and t.verb for t in triggers)


def _is_told_of(counts: Sequence[CasualtyMention]) -> bool:
    """ "The toll has risen to 14", "two more were brought in with bullet wounds", "no casualties were reported"."""
    return any(not count.vague for count in counts)


def _part_places(mentions: list[Mention], places: Places) -> None:
    """Each place goes to the event it is linked to best; where two claim one, the looser looks for another."""
    if len(mentions) > 1:
        for mention in mentions:
            others = [other for other in mentions if other is not mention]
            theirs = frozenset(
                number
                for number in places.by_sentence.get(mention.sentence, ())
                if max(places.link_of(number, other.triggers) for other in others)
                > places.link_of(number, mention.triggers) + _NEARER
            )
            if mention.place in theirs:
                place, link = places.best(mention.triggers, mention.sentence, theirs)
                if place is not None:
                    mention.place, mention.link = place, link
    for mention in mentions:
        rivals = [other for other in mentions if other is not mention and other.place == mention.place is not None]
        if any(rival.link > mention.link for rival in rivals):
            claimed = frozenset(other.place for other in mentions if other.place is not None)
            place, link = places.best(mention.triggers, mention.sentence, claimed)
            sure = mention.definite or max(rival.link for rival in rivals) >= mention.link + _CLEARLY
            if place is not None or sure:
                mention.place, mention.link = place, link


def _one_by_one(tree: Tree, mention: Mention, places: Places) -> list[Mention]:
    """ "Two blasts in X and Y" are one in each; their figures are of both together, and nobody's of one."""
    if mention.place is None or not mention.plural or mention.main.verb:
        return [mention]
    joined = places.joined(mention.place)
    number = next((child.lemma.lower() for child in tree.children(tree[mention.main.token], "nummod")), "")
    # "In Jolo, Sulu" is one place.
    listed = len(joined) > 1 and "and" in places.between(joined[-2], joined[-1]).split()
    if len(joined) != _NUMBERS.get(number) or not listed:
        return [mention]
    alone = replace(mention, plural=False, counts=())
    return [
        replace(alone, place=place, announced=position, notes=[*mention.notes, "another"])
        for position, place in enumerate(joined, 1)
    ]


def _take_from_label(mention: Mention, label: int, places: Places, times: Sequence[TimeMention]) -> None:
    """What the sentence leaves open, its label tells; of two places that cannot both be, the label's."""
    mention.times = mention.times or tuple(times)
    place = places.first_in(label)
    if place is None:
        return
    loose = mention.place is not None and mention.link < _SURE_LINK and places.apart(place, mention.place)
    if mention.place is None or loose:
        mention.place, mention.link = place, LABEL_LINK


def _note(tree: Tree, mention: Mention) -> None:
    for trigger in mention.triggers:
        nouns = [tree[trigger.token], *_counting(tree, trigger)]
        words = [child.lemma.lower() for noun in nouns for child in tree.children(noun, "amod", "advmod", "det")]
        if mention.verdict.reason == RANKED:
            continue
        if not trigger.harm and _ANOTHER.intersection(words) and not _goes_on(tree, mention, trigger):
            mention.notes.append("another")
            mention.definite = False
        if not trigger.harm and not mention.definite and _opens_with_another(tree, mention):
            mention.notes.append("another")
        if not trigger.plural:
            mention.order = next((_ORDINALS[word] for word in words if word in _ORDINALS), mention.order)


def _goes_on(tree: Tree, mention: Mention, trigger: Trigger) -> bool:
    """ "They also burned houses": what the same people did there besides."""
    subject = tree.child(tree[trigger.token], "nsubj")
    return mention.place is None and subject is not None and subject.pos == "PRON"


def _opens_with_another(tree: Tree, mention: Mention) -> bool:
    """ "Hours before, ...", "two hours later, ...", "Meanwhile in X, ...": something other than what was told last."""
    first = tree.sentence_tokens(mention.sentence)[:_OPENING_WORDS]
    words = [token.text.lower() for token in first]
    elsewhere = mention.place is not None and not _MEANWHILE.isdisjoint(words)
    return elsewhere or any(word in _TIMES and after in _APART_IN_TIME for word, after in pairwise(words))


def _counting(tree: Tree, trigger: Trigger) -> list[Token]:
    """ "A second set of strikes": the set."""
    above = list(tree.ancestors(trigger.token))[:2]
    return [above[1]] if len(above) == 2 and above[0].text.lower() == "of" and above[1].lemma.lower() in _SETS else []


def _in_context(mention: Mention, published: date | None, places: Places, *, note: bool) -> Verdict:
    """What its dates and numbers add: a month of strikes is a count, a strike of last year is history."""
    verdict = mention.verdict
    if verdict.status is Status.DENIED and mention.harm_only and mention.counts:
        # "Nobody was hurt" adds a figure to what was told before.
        return Verdict(Status.REMENTION, verdict.reason)
    if verdict.status not in (Status.NEW, Status.REMENTION, Status.AGGREGATE):
        return verdict
    if mention.harm_only and any(count.count.low >= THOUSANDS for count in mention.counts):
        return Verdict(Status.AGGREGATE, "thousands of people")
    time = mention.time
    if time:
        when = time.when
        if verdict.reason == HABIT and when.precision in (TimePrecision.DAY, TimePrecision.HOUR) and not time.spoken:
            # "Thursday 6 November: The army strikes back".
            verdict = Verdict(Status.NEW)
        if not time.explicit or (mention.plural and when.precision in (TimePrecision.MONTH, TimePrecision.LONGER)):
            return Verdict(Status.AGGREGATE, "over a period")
        if when.precision is TimePrecision.LONGER:
            return Verdict(Status.BACKGROUND, "over a long period")
        if mention.plural and not note and _are_several_days(mention):
            return Verdict(Status.AGGREGATE, "over several days")
        # A note that gives the day tells of nothing else, however late it is read.
        told_for_itself = note and when.precision is TimePrecision.DAY
        if not told_for_itself and published and when.end and when.end < published - timedelta(days=_NEWS_DAYS):
            return Verdict(Status.BACKGROUND, OLD)
    if verdict.reason == UNCOUNTED_PLURAL and _holds_on(mention, places):
        return Verdict(Status.NEW)
    return verdict


def _is_a_sum(document: Document, mention: Mention) -> bool:
    """ "Fired at more than a hundred ships during its campaign", "killed 14 over the month"."""
    time = mention.time
    if time and time.when.precision in (TimePrecision.DAY, TimePrecision.HOUR):
        return False
    return _SUM_OVER_TIME.search(words_of(document, mention.sentence)) is not None


def _are_several_days(mention: Mention) -> bool:
    """ "Strikes killed 40 on Tuesday and Wednesday"."""
    days = {
        t.when.start
        for t in mention.times
        if not t.spoken and t.explicit and t.when.precision in (TimePrecision.DAY, TimePrecision.HOUR)
    }
    return len(days) > 1


def _holds_on(mention: Mention, places: Places) -> bool:
    """A plural that a day, a figure or a point ties down: "strikes on Monday", "clashes in Mosul killed six"."""
    if mention.place is not None and len(places.joined(mention.place)) > _NUMBERS["two"]:
        # "Attacks have cost six lives in X, Y and Z".
        return False
    time = mention.time
    if time and time.when.precision in (TimePrecision.DAY, TimePrecision.HOUR):
        return True
    if mention.counts:
        return True
    return mention.place is not None and places.names[mention.place].precision in POINTS and mention.link >= _SURE_LINK
