"""Which of the events of a sentence a time or a figure belongs to, and which times belong to none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from incidents.extraction.calendar_words import COUNTS
from incidents.extraction.casualties import CasualtyMention
from incidents.extraction.dates import TimeMention
from incidents.extraction.harm_nouns import CHANGING, TOLLS
from incidents.extraction.lexicon import HARM_NOUNS
from incidents.extraction.linking import SPEAKING
from incidents.extraction.mentions import ANOTHER_DAY, Mention
from incidents.extraction.syntax import Tree
from incidents.extraction.words import word_set
from incidents.language.types import Token

_LATER = ("after", "before")
# "A third died of his wounds on Tuesday", "the toll rose to nine by Friday": days on which more became known.
_AFTERWARDS = word_set("victim funeral memory mourning anniversary investigation inquiry probe trial survivor vigil")
# "The victims of the attacks": the noun stands two steps above.
_AFTERWARDS_REACH = 2
_DYING = word_set("die succumb")
_SUCCUMBING = word_set("wound injury hospital clinic wounded injured")
# "Condemned on Wednesday the killing": it may be of the day before.
_REACTING = word_set("""condemn denounce mourn bury deplore decry blame accuse vow pledge identify arrest acknowledge concede
    insist protest praise hail""")
# Statements and lists come out on days of their own.
_ISSUING = word_set("issue publish release")
_SPANS = word_set("day week month year")
_MOST_DIGITS = 3
_TWO = 2


def share_out(
    tree: Tree, mentions: Sequence[Mention], times: Sequence[TimeMention], counts: Sequence[CasualtyMention]
) -> None:
    """Times and counts of a sentence go to the nearest of its events in the tree."""
    for count in counts:
        nearest = min(mentions, key=lambda mention: (_distance(tree, mention, count.token), not _has_harm(mention)))
        nearest.counts = (*nearest.counts, count)
    for time in _without_restated(tree, times):
        token = tree.token_at(time.start)
        nearest = min(mentions, key=lambda mention: _distance(tree, mention, token))
        if not _is_of_something_else(tree, tree[token], nearest):
            nearest.times = (*nearest.times, replace(time, spoken=_is_spoken(tree, tree[token], nearest)))
    _give_by_order(tree, mentions)
    _give_to_all(tree, mentions)
    for mention in mentions:
        mention.times = _nearest_first(tree, mention)
    for mention in mentions:
        if (
            not mention.times
            and _is_of_another_day(tree, mention)
            and (len(mentions) > 1 or _came_after(tree, mention))
        ):
            mention.notes.append(ANOTHER_DAY)
            mention.days_apart = _days_apart(tree, mention.main.token)


def _came_after(tree: Tree, mention: Mention) -> bool:
    """ "They came two days after a guard was shot dead"."""
    above = (word.lemma.lower() for word in tree.ancestors(mention.main.token))
    return any(lemma in ("come", "follow", "happen", "occur") for lemma in above)


def _give_by_order(tree: Tree, mentions: Sequence[Mention]) -> None:
    """ "In December a man killed six, and in January two were stabbed": a time that another event has besides its own, and
    that stands right before this one."""
    for before, mention in pairwise(mentions):
        if mention.times or len(before.times) < _TWO:
            continue
        last = max(trigger.token for trigger in before.triggers)
        first = min(trigger.token for trigger in mention.triggers)
        between = tuple(time for time in before.times if last < tree.token_at(time.start) < first)
        behind = tuple(time for time in before.times if tree.token_at(time.start) > first)
        if between and len(between) + len(behind) == len(before.times) and behind:
            # "Launched strikes at dawn on Wednesday, answering a missile attack on Monday": each behind its event.
            before.times, mention.times = between, behind
        elif between and len(between) < len(before.times):
            before.times = tuple(time for time in before.times if time not in between)
            mention.times = between


def _give_to_all(tree: Tree, mentions: Sequence[Mention]) -> None:
    """ "Burned a bus in X and wounded four in Y over the weekend, police said on Monday": the weekend is of both."""
    last = max(trigger.token for mention in mentions for trigger in mention.triggers)
    happened = [time for mention in mentions for time in mention.times if not time.spoken]
    closing = tuple(time for time in happened if tree.token_at(time.start) > last)
    for mention in mentions:
        if closing and mention.times and all(time.spoken for time in mention.times):
            mention.times = closing


def _nearest_first(tree: Tree, mention: Mention) -> tuple[TimeMention, ...]:
    return tuple(sorted(mention.times, key=lambda time: _distance(tree, mention, tree.token_at(time.start))))


def _without_restated(tree: Tree, times: Sequence[TimeMention]) -> list[TimeMention]:
    """ "The previous day, Friday 29 December": of two names of one day the one with a number, which needs no reckoning."""
    text = tree.document.text

    def has_number(time: TimeMention) -> bool:
        return any(letter.isdigit() for letter in text[time.start : time.end])

    restated = {
        first.start
        for first, second in pairwise(times)
        if text[first.end : second.start].strip() == "," and has_number(second) and not has_number(first)
    }
    return [time for time in times if time.start not in restated]


def _is_of_another_day(tree: Tree, mention: Mention) -> bool:
    return all(
        _opens_days_later(tree, [trigger.token, *(above.index for above in list(tree.ancestors(trigger.token))[:3])])
        for trigger in mention.triggers
    )


def _distance(tree: Tree, mention: Mention, token: int) -> int:
    return min(tree.distance(token, trigger.token) for trigger in mention.triggers)


def _has_harm(mention: Mention) -> bool:
    return any(trigger.harm for trigger in mention.triggers)


def _is_of_something_else(tree: Tree, time: Token, mention: Mention) -> bool:
    """Times of what was said, of how the wounded are, of what came a day after, and of records ("worst since 2014")."""
    triggers = {trigger.token for trigger in mention.triggers}
    if _tells_since_when(tree, time, mention):
        return True
    clause = tree[tree.clause(time.index)]
    if mention.harm_only and _tells_of_later(tree, clause, mention):
        return True
    told_later = clause.lemma in _ISSUING or _is_of_a_toll(tree, clause) or _gives_a_figure(tree, clause)
    if clause.index not in triggers and told_later:
        return True
    if clause.index in triggers or any(above.index in triggers for above in tree.ancestors(time.index)):
        return False
    if _is_looked_back_on(tree, mention) or (_is_followed_up(mention) and clause.lemma in SPEAKING):
        return True
    if (mention.harm_only or mention.plural) and (clause.lemma in SPEAKING or clause.lemma == "be"):
        return True
    return all(_comes_days_later(tree, time.index, trigger) for trigger in triggers)


def _is_of_a_toll(tree: Tree, verb: Token) -> bool:
    """ "The toll from the attack reached nine on Sunday": the day on which more became known."""
    subject = tree.subject(verb)
    return subject is not None and subject.lemma.lower() in TOLLS and verb.lemma.lower() in CHANGING


def _gives_a_figure(tree: Tree, verb: Token) -> bool:
    """ "The figure of 23 deaths that the ministry had given the day before", "gave a toll of 23 on Sunday"."""
    given = [tree[verb.head]] if verb.dep == "relcl" else tree.children(verb, "dobj")
    return verb.lemma == "give" and any(word.lemma.lower() in TOLLS | HARM_NOUNS for word in given)


def _is_followed_up(mention: Mention) -> bool:
    """ "The number of people killed in a strike has risen to 55, the governor said on Thursday"."""
    return any(count.updated for count in mention.counts)


def _is_looked_back_on(tree: Tree, mention: Mention) -> bool:
    """ "Mourned on Monday for the victims of attacks": the day of the mourning."""
    above = (word.lemma.lower() for word in list(tree.ancestors(mention.main.token))[:_AFTERWARDS_REACH])
    return not _AFTERWARDS.isdisjoint(above)


def _tells_of_later(tree: Tree, clause: Token, mention: Mention) -> bool:
    """Whether a clause tells how a toll grew, or who died of what had happened before."""
    if any(count.updated for count in mention.counts):
        return True
    below = {word.lemma.lower() for word in tree.below(clause)}
    more = any(count.added for count in mention.counts)
    return clause.lemma.lower() in _DYING and (more or not below.isdisjoint(_SUCCUMBING))


def _is_spoken(tree: Tree, time: Token, mention: Mention) -> bool:
    clause = tree[tree.clause(time.index)]
    return (clause.lemma in SPEAKING or clause.lemma in _REACTING) and clause.index not in {
        trigger.token for trigger in mention.triggers
    }


def _comes_days_later(tree: Tree, time: int, trigger: int) -> bool:
    """ "Was still burning on Saturday, the day after a missile hit it"."""
    _, way = tree.ways(time, trigger)
    return _opens_days_later(tree, [trigger, *way])


def _opens_days_later(tree: Tree, way: Sequence[int]) -> bool:
    """Whether "days after", "a week before" opens the clause or phrase that a way upwards leads through."""
    openers, spans = _openers(tree, way)
    return bool(openers) and bool(spans)


def _openers(tree: Tree, way: Sequence[int]) -> tuple[list[Token], list[Token]]:
    """ "After", "before" that open a clause or phrase of a way upwards, and the spans of time beside them."""
    words = [tree[index] for index in way]
    openers = [word for word in words if word.text.lower() in _LATER]
    openers += [child for word in words for child in tree.children(word, "mark") if child.text.lower() in _LATER]
    beside = [child for word in words for child in tree.children(word, "npadvmod")]
    beside += [tree[opener.index - 1] for opener in openers if opener.index > 0]
    return openers, [span for span in beside if span.lemma.lower() in _SPANS]


def _days_apart(tree: Tree, trigger: int) -> int:
    """How many days it was after what its sentence tells beside it, below 0 before; 0 where the words do not say."""
    openers, spans = _openers(tree, [trigger, *(above.index for above in list(tree.ancestors(trigger))[:3])])
    unit = next((span for span in spans if span.lemma.lower() == "day" and span.tag in ("NN", "NNS")), None)
    if unit is None or not openers:
        return 0
    before = tree[unit.index - 1].text.lower() if unit.index else ""
    days = int(before) if before.isdecimal() and len(before) < _MOST_DIGITS else COUNTS.get(before, 0)
    days = 1 if before == "the" else days
    return days if openers[0].text.lower() == "before" else -days


def _tells_since_when(tree: Tree, time: Token, mention: Mention) -> bool:
    """ "The fiercest attack since October" does not go on since October."""
    since = any(above.text.lower() == "since" for above in (time, *list(tree.ancestors(time.index))[:3]))
    records = (
        child.tag in ("JJS", "RBS") for trigger in mention.triggers for child in tree.children(tree[trigger.token])
    )
    return since and any(records)
