"""Fits the judgement of incidents: what the extractor finds in texts whose incidents are known, right or wrong.

Two sources: the reports of MUC-4 with their templates, and our own passages, whose marks say which words tell of an
incident that happened. Both only as far as the encoder that is asked has not learned from them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from incidents.extraction.incidents import Found, look
from incidents.extraction.judgement import INCIDENT, RIGHT
from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole, Count, Incident
from incidents.gazetteer.store import Gazetteer
from incidents.ingestion.text import clean
from incidents.management.commands.extract import EVALUATED_AS
from incidents.pipeline import named
from training import corpus
from training.regression import Lesson

_GROUND = frozenset(["armed_attack", "armed_clash", "assassination"])
_EXPLOSIVE = frozenset(["bombing", "air_strike", "shelling", "missile_rocket", "drone_strike", "armed_attack"])
# Kinds of ours -> types of the templates that may mean the same.
_ALIKE = {
    Kind.ABDUCTION: frozenset(["kidnapping"]),
    Kind.ARSON: frozenset(["arson", "bombing", "armed_attack"]),
    **dict.fromkeys((Kind.ARMED_ATTACK, Kind.ARMED_CLASH, Kind.ASSASSINATION), _GROUND | {"bombing"}),
}
_WORD = re.compile(r"[a-z0-9]{3,}")
# Words of templates that say nothing of which incident is meant.
_BARE = frozenset(
    [
        "the",
        "and",
        "san",
        "santa",
        "city",
        "town",
        "department",
        "people",
        "civilians",
        "persons",
        "los",
        "las",
        "del",
    ]
)
_DAY = timedelta(days=1)
_DOERS = (ActorRole.PERPETRATOR, ActorRole.ALLEGED, ActorRole.CLAIMED_BY)
_REALLY = ("new", "again")
# Fields of quotes -> the question they answer, and the marks of the corpus that say the same.
_MARKED_AS = {
    **{name: (name, (name,)) for name in ("date", "place", "killed", "wounded")},
    **{role.value: ("doer", ("attacker", "claimed", "alleged")) for role in _DOERS},
    **{role.value: ("sufferer", ("target", "victim")) for role in (ActorRole.TARGET, ActorRole.VICTIM)},
}


def of_wires(reports: Iterable[dict], gazetteer: Gazetteer) -> Iterator[Lesson]:
    """One lesson an incident found in reports with templates."""
    for row in reports:
        published = date.fromisoformat(row["published"]) if row.get("published") else None
        found = look(*named(clean(row["text"]).clean.text, gazetteer), published=published)
        taken: dict[int, Found] = {}
        for one in found:
            events = [(_agreement(one.incident, event), number) for number, event in enumerate(row["events"])]
            agreement, number = max(events, default=(0, -1))
            # The first that agrees with a template is it; the next one is a duplicate.
            if agreement >= 2 and number not in taken:
                taken[number] = one
                yield Lesson(one.evidence, _answers(one.incident, row["events"][number], agreement), "muc4")
            else:
                yield Lesson(one.evidence, {INCIDENT: False, RIGHT: False}, "muc4")


def _agreement(incident: Incident, event: dict) -> int:
    """3 where kind, day and place agree as far as both say them, 2 where one of day and place differs, 1 for the kind alone."""
    if not _are_alike(incident.kind, event):
        return 0
    return 1 + _same_day(incident, event) + _same_place(incident, event)


def _same_day(incident: Incident, event: dict) -> bool:
    low, high = _day(event.get("date_low")), _day(event.get("date_high"))
    if low is None or high is None:
        return True
    if incident.when.start is None or incident.when.end is None:
        return False
    return incident.when.start <= high + _DAY and incident.when.end >= low - _DAY


def _day(value: str | None) -> date | None:
    """None also for a day that no calendar has."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _same_place(incident: Incident, event: dict) -> bool:
    gold = _words_of(event.get("place") or "")
    own = _words_of(incident.where.name)
    return not gold or bool(own and len(own & gold) * 2 >= min(len(own), len(gold)))


def _answers(incident: Incident, event: dict, agreement: int) -> dict[str, bool]:
    answers = {INCIDENT: True, RIGHT: agreement == 3, "kind": _kind_right(incident, event)}
    if _day(event.get("date_low")) and incident.when.start is not None:
        answers["date"] = _same_day(incident, event)
    if event.get("place") and incident.where.name:
        answers["place"] = _same_place(incident, event)
    for effect, count in (("killed", incident.killed), ("wounded", incident.wounded)):
        if count is not None and event.get(f"{effect}_low") is not None:
            answers[effect] = _count_right(count, event[f"{effect}_low"], event[f"{effect}_high"])
    for name, roles, gold in (("doer", _DOERS, event["actors"]), ("sufferer", None, event["target"])):
        own = [actor for actor in incident.actors if (actor.role in _DOERS) == (roles is not None)]
        if own and gold:
            answers[name] = any(_words_of(actor.name) & _words_of(other) for actor in own for other in gold)
    return answers


def _kind_right(incident: Incident, event: dict) -> bool:
    return EVALUATED_AS.get(incident.kind, "other") in (*event["type_ok"], event["type"])


def _count_right(count: Count, low: int, high: int | None) -> bool:
    most = count.low if count.high is None else count.high
    return count.low <= (high if high is not None else low) and most >= low


def of_passages(passages: Iterable[corpus.Passage], gazetteer: Gazetteer) -> Iterator[Lesson]:
    """One lesson an incident found in our own passages."""
    for passage in passages:
        for one in look(*named(passage.text, gazetteer), published=None):
            told = [mark for mark in passage.marks if mark.name == "trigger" and _holds(mark, one.words)]
            if not told:
                yield Lesson(one.evidence, {INCIDENT: False, RIGHT: False}, "passages")
                continue
            happened = any(mark.label.endswith(_REALLY) for mark in told)
            if not happened and any(mark.label.endswith("background") for mark in told):
                # Whether an older one with a day and a place is wanted, the marks do not say.
                continue
            answers = {INCIDENT: happened}
            if happened:
                answers |= _fields_right(one.incident, passage)
                answers[RIGHT] = all(answers.get(name, True) for name in ("place", "date"))
            else:
                answers[RIGHT] = False
            yield Lesson(one.evidence, answers, "passages")


def _holds(mark: corpus.Mark, words: Sequence[tuple[int, int]]) -> bool:
    return any(start < mark.end and end > mark.start for start, end in words)


def _fields_right(incident: Incident, passage: corpus.Passage) -> dict[str, bool]:
    """Whether the words behind a field are marked as such; a field without words, or that is not marked, is not judged."""
    answers: dict[str, bool] = {}
    for quote in incident.quotes:
        name, meant = _MARKED_AS.get(quote.field, ("", ()))
        marks = [mark for mark in passage.marks if mark.name in meant]
        if marks:
            right = any(mark.start < quote.end and mark.end > quote.start for mark in marks)
            answers[name] = answers.get(name, False) or right
    return answers


def _are_alike(kind: Kind | None, event: dict) -> bool:
    """Whether the kind may be that of a template; one that is not known may be any."""
    wanted = {*event["type_ok"], event["type"]}
    return kind in (None, Kind.UNKNOWN) or bool(wanted & _ALIKE.get(kind, _EXPLOSIVE))


def _words_of(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return frozenset(_WORD.findall(plain)) - _BARE
