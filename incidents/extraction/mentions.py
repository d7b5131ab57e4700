"""Triggers of one sentence that tell of the same event, gathered into a mention with its own time, place and counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations

from incidents.extraction.casualties import CasualtyMention
from incidents.extraction.dates import TimeMention
from incidents.extraction.kinds import Family, Kind
from incidents.extraction.lexicon import INSTRUMENTS, NOUNS, PRECEDENCE, Strength
from incidents.extraction.line import Line
from incidents.extraction.linking import Places
from incidents.extraction.modality import HAPPENED, UNCOUNTED_PLURAL, Status, Verdict, is_definite, is_ranked, judge
from incidents.extraction.syntax import Tree
from incidents.extraction.triggers import Trigger
from incidents.language.types import Token

# "Within hours rockets fell on a base".
_SPANS_OF_TIME = frozenset(["minutes", "hours", "hour", "days"])
_LATER_ON = frozenset(["within", "later", "after", "afterwards"])
_TIMES_OF_DAY = frozenset(["dawn", "sunrise", "daybreak", "midnight", "noon", "midday", "dusk", "sunset", "nightfall"])
# Words that put two events into one sentence: "strikes, after an attack"; "in retaliation for the bombing".
_BETWEEN = frozenset(
    [
        "after",
        "before",
        "following",
        "since",
        "amid",
        "despite",
        "until",
        "while",
        "whereas",
        "although",
        "though",
        "because",
        "days",
        "hours",
        "weeks",
        "retaliation",
        "response",
        "answer",
        "reply",
        "revenge",
        "reprisal",
        "prior",
        "coincide",
    ]
)
# ... unless the second tells how the first came about: "three were wounded when a shell landed".
_CAUSES = frozenset(["after", "when", "as", "following"])
# A sentence of a thousand words is no sentence; only neighbours are compared.
_MOST_TRIGGERS = 24
# The only place of a sentence may be far from the trigger, and still not be a flag, an owner or a speaker's town.
_LEAST_ONLY = -0.2
_ATTACKERS = frozenset(["attacker", "attackers", "assailant", "assailants", "perpetrator", "perpetrators", "bombers"])
_YEAR = 4
_BEGINNING = frozenset(["begin", "start", "happen", "occur", "come", "unfold"])
_DONE_TO_ONE = frozenset(["killing", "murder", "assassination", "slaying", "shooting", "abduction", "kidnapping"])
# What stands between a cause and its harm when the one is not the subject or the circumstance of the other.
_NOT_ITS_CAUSE = frozenset(
    ["relcl", "advcl", "acl", "ccomp", "xcomp", "conj", "parataxis", "dobj", "amod", "acomp", "attr", "appos"]
)


# The note of a mention that is told to have happened on another day than the rest of its sentence.
ANOTHER_DAY = "another day"


@dataclass(slots=True)
class Mention:
    """What one sentence says of one event. `place` is a number among the place names, `link` how surely it belongs."""

    sentence: int
    paragraph: int
    triggers: tuple[Trigger, ...]
    kind: Kind
    specific: bool
    verdict: Verdict
    definite: bool
    indefinite: bool
    plural: bool
    headline: bool
    place: int | None = None
    link: float = 0.0
    # The nearest to its triggers first.
    times: tuple[TimeMention, ...] = ()
    # The time of day of its sentence, in minutes since midnight; None where that tells none, or several things.
    clock: int | None = None
    counts: tuple[CasualtyMention, ...] = ()
    notes: list[str] = field(default_factory=list)
    # "Two blasts in X and Y" announces two; "the first blast" then tells of one of them. Counted from 1, 0 for neither.
    announced: int = 0
    order: int = 0
    # "A day after a missile hit the cafe": so many days from what its sentence tells besides; 0 where that is not said.
    days_apart: int = 0
    # Of figures alone ("two more were brought in with bullet wounds"): they are of an event told before, or of none.
    follows: bool = False
    line: Line | None = None
    """The line of a list of events that it stands in."""

    @property
    def main(self) -> Trigger:
        """The trigger that names the event best: not of harm alone, then the stronger, then the first."""
        return min(self.triggers, key=lambda trigger: (trigger.harm, -trigger.strength, trigger.token))

    @property
    def harm_only(self) -> bool:
        return all(trigger.harm for trigger in self.triggers)

    @property
    def of_attackers(self) -> bool:
        """ "Both attackers were shot dead": who they were has been told before."""
        words = [set(count.victims.lower().split()) for count in self.counts if count.effect == "killed"]
        return bool(words) and all(not _ATTACKERS.isdisjoint(victims) for victims in words)

    @property
    def time(self) -> TimeMention | None:
        """The most precise of its times, one of what was said last; the nearest where they are equal."""
        known = [time for time in self.times if time.when.start is not None]
        return min(known, key=_vagueness) if known else (self.times[0] if self.times else None)


def _vagueness(time: TimeMention) -> tuple[bool, int]:
    when = time.when
    return time.spoken, (when.end - when.start).days if when.start and when.end else 10_000


def group(tree: Tree, triggers: tuple[Trigger, ...], places: Places) -> list[list[Trigger]]:
    """The triggers of one sentence, those of one event together, in text order."""
    triggers = triggers[:_MOST_TRIGGERS]
    parent = list(range(len(triggers)))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    def are_apart(first: int, second: int) -> bool:
        sides = [
            [trigger for number, trigger in enumerate(triggers) if root(number) == root(end)] for end in (first, second)
        ]
        return any(_differ_in_place(tree, one, other, places) for one in sides[0] for other in sides[1])

    # What a clause tells is gathered before clauses joined by "and" are.
    pairs = sorted(
        combinations(range(len(triggers)), 2), key=lambda pair: _are_joined(tree, *(triggers[n] for n in pair))
    )
    for first, second in pairs:
        if root(first) == root(second) or not _same_event(tree, triggers[first], triggers[second], places):
            continue
        if not are_apart(first, second):
            parent[root(second)] = root(first)
    groups: dict[int, list[Trigger]] = {}
    for number, trigger in enumerate(triggers):
        groups.setdefault(root(number), []).append(trigger)
    return list(groups.values())


def _are_joined(tree: Tree, first: Trigger, second: Trigger) -> bool:
    """Whether "and" stands between them in the parse; what joins the clause over both to others does not."""
    ends = [one.token for one, other in ((first, second), (second, first)) if not _is_over(tree, one, other)]
    way, other_way = tree.ways(first.token, second.token)
    return any(tree[index].dep in ("conj", "parataxis") for index in (*way, *other_way, *ends))


def _is_over(tree: Tree, one: Trigger, other: Trigger) -> bool:
    return any(ancestor.index == one.token for ancestor in tree.ancestors(other.token))


def _same_event(tree: Tree, first: Trigger, second: Trigger, places: Places) -> bool:
    mine, its = tree.ways(first.token, second.token)
    if _is_told_within(tree, first, second) or _is_how_it_began(tree, first, second):
        return True
    if _is_real(tree, first) != _is_real(tree, second) and not _does_harm(tree, first, second, [*mine, *its]):
        return False
    words = _words_on(tree, mine) | _opened_by(tree, first.token, second.token)
    other_words = _words_on(tree, its) | _opened_by(tree, second.token, first.token)
    if (words | other_words) & _BETWEEN and not _in_one_go(tree, first, second):
        caused = _harmed_by(first, words, other_words) or _harmed_by(second, other_words, words)
        if not caused:
            return False
    if _another_doer(tree, mine, first, second) or _another_doer(tree, its, second, first):
        return False
    if _long_before(tree, mine, first, second) or _long_before(tree, its, second, first):
        return False
    if _differ_in_place(tree, first, second, places):
        return False
    ends = (*mine, *its, first.token, second.token)
    if _comes_later(tree, first, second):
        return False
    if any(tree[index].dep in ("conj", "parataxis") for index in ends) and not (first.harm or second.harm):
        return _alike(first.kind, second.kind)
    return True


def _is_told_within(tree: Tree, event: Trigger, harm: Trigger) -> bool:
    """ "The bombing of a centre in X on 15 January, in which 12 were killed", whatever the parser hangs the clause on."""
    if event.verb or event.harm or not harm.harm or harm.token < event.token:
        return False
    return tree[harm.token].dep == "relcl" and _is_within(tree, tree[harm.token])


def _is_how_it_began(tree: Tree, event: Trigger, deed: Trigger) -> bool:
    """ "The attack began when a bomber rammed the wall"."""
    noun, verb = tree[event.token], tree[deed.token]
    begun = tree[noun.head]
    if noun.dep not in ("nsubj", "nsubjpass") or begun.lemma.lower() not in _BEGINNING:
        return False
    return verb.dep == "advcl" and verb.head == begun.index and "when" in _opened_by(tree, verb.index, noun.index)


def _is_real(tree: Tree, trigger: Trigger) -> bool:
    verdict = judge(tree, trigger)
    return verdict.status in HAPPENED or verdict.reason == UNCOUNTED_PLURAL


def _does_harm(tree: Tree, first: Trigger, second: Trigger, between: list[int]) -> bool:
    """ "A wave of attacks killed 20": what did the harm decides what it is, not the verb."""
    if first.harm == second.harm or any(tree[index].dep in _NOT_ITS_CAUSE for index in between):
        return False
    cause = second if first.harm else first
    return not cause.verb


def _in_one_go(tree: Tree, first: Trigger, second: Trigger) -> bool:
    """ "Stormed the hotel after detonating a car bomb": one attack in two steps by the same people."""
    for one, other in ((first, second), (second, first)):
        token = tree[one.token]
        above = tree.parent(token)
        if token.tag != "VBG" or token.dep != "pcomp" or above is None or above.text.lower() not in ("after", "before"):
            continue
        dated = any(word.entity == "DATE" for word in tree.below(token))
        return above.head == other.token and tree[other.token].pos == "VERB" and not dated
    return False


def _harmed_by(harm: Trigger, words: set[str], other_words: set[str]) -> bool:
    """ "Three were wounded when a shell landed": the second tells how the first came about."""
    return harm.harm and harm.kind is None and not words & _BETWEEN and other_words & _BETWEEN <= _CAUSES


def _another_doer(tree: Tree, way: list[int], end: Trigger, other: Trigger) -> bool:
    """ "Hit militants who had attacked ships": a relative clause on a noun that is neither an event nor a weapon.

    What stands inside the clause is told with it ("a hotel where a bomb exploded, killing two").
    """
    around = any(ancestor.index == end.token for ancestor in tree.ancestors(other.token))
    for index in way if around else (*way, end.token):
        token = tree[index]
        head = tree[token.head].lemma.lower()
        if token.dep == "relcl" and not end.harm and head not in NOUNS and head not in INSTRUMENTS:
            return not (_is_within(tree, token) or _is_its_victim(tree, token, other))
    return False


def _is_its_victim(tree: Tree, clause: Token, event: Trigger) -> bool:
    """ "The killing of a man who was gunned down"."""
    above = list(tree.ancestors(clause.index))[:3]
    done_to = len(above) == 3 and above[1].text.lower() == "of" and above[2].index == event.token
    return done_to and tree[event.token].lemma.lower() in _DONE_TO_ONE


def _long_before(tree: Tree, way: list[int], end: Trigger, other: Trigger) -> bool:
    """ "A ceremony for the general, who was killed in a drone strike four years ago"."""
    clauses = [tree[index] for index in (*way, end.token) if tree[index].dep == "relcl"]
    below = [word for clause in clauses for word in tree.below(clause)]
    if any(word.index == other.token for word in below):
        return False
    return any(word.text.lower() == "ago" or (word.text.isdigit() and len(word.text) == _YEAR) for word in below)


def _is_within(tree: Tree, clause: Token) -> bool:
    """ "Attacks on churches in which gunmen killed 20"."""
    return any(word.text.lower() == "which" for word in tree.prepositional(clause, "in", "during"))


def _opened_by(tree: Tree, token: int, other: int) -> set[str]:
    """The conjunction of a clause whose verb is the trigger itself, unless the other trigger stands inside it."""
    if any(ancestor.index == token for ancestor in tree.ancestors(other)):
        return set()
    marks = tree.children(tree[token], "mark")
    return {mark.text.lower() for mark in marks} | {
        word.text.lower() for word in tree.children(tree[token], "advmod") if word.tag == "WRB"
    }


def _words_on(tree: Tree, way: list[int]) -> set[str]:
    """The words on the way, and the conjunctions that open its clauses."""
    words: set[str] = set()
    for index in way:
        token = tree[index]
        if not _names_time_of_day(tree, token):
            words.update((token.lemma.lower(), token.text.lower()))
        words.update(child.text.lower() for child in tree.children(token, "mark"))
        words.update(child.text.lower() for child in tree.children(token, "advmod") if child.tag == "WRB")
    return words


def _comes_later(tree: Tree, first: Trigger, second: Trigger) -> bool:
    """ "Jets bombed three bunkers, and within hours rockets fell on a base": another subject's deed at another hour."""
    clause = tree[tree.clause(second.token)]
    if clause.dep != "conj" or first.harm or second.harm or not _has_subject(tree, first, second):
        return False
    between = tree.tokens[first.token + 1 : second.token]
    words = {token.text.lower() for token in between if token.index > clause.head}
    return not words.isdisjoint(_SPANS_OF_TIME) and not words.isdisjoint(_LATER_ON)


def _names_time_of_day(tree: Tree, token: Token) -> bool:
    """ "Killed before dawn when a shell hit": "before" parts no events."""
    return token.pos == "ADP" and any(word.lemma.lower() in _TIMES_OF_DAY for word in tree.children(token, "pobj"))


def _alike(first: Kind | None, second: Kind | None) -> bool:
    if first is None or second is None or first is second:
        return True
    # "Drones hit the port and set fire to a warehouse".
    if Kind.ARSON in (first, second) and Kind.ABDUCTION not in (first, second):
        return True
    explosive = {Family.AIR, Family.MISSILE, Family.SHIP}
    if first.family in explosive and second.family in explosive:
        return True
    armed = {Kind.ARMED_ATTACK, Kind.ASSASSINATION, Kind.ARMED_CLASH, Kind.RIOT}
    return Kind.ARMED_ATTACK in (first, second) or (first in armed and second in armed)


def _differ_in_place(tree: Tree, first: Trigger, second: Trigger, places: Places) -> bool:
    """Each has a place of its own, attached to its own clause, and they are two places."""
    if tree.clause(first.token) == tree.clause(second.token):
        return False
    mine, link = places.best((first,), tree[first.token].sentence)
    its, other_link = places.best((second,), tree[second.token].sentence)
    if mine is None or its is None or min(link, other_link) < 2.5:
        return False
    return places.apart(mine, its) or (places.are_two_names(mine, its) and _has_subject(tree, first, second))


def _has_subject(tree: Tree, *triggers: Trigger) -> bool:
    """Whether each has who or what does it in its own clause: "artillery shelled X and a drone struck a car in Y"."""
    clauses = (tree[tree.clause(trigger.token)] for trigger in triggers)
    return all(tree.child(clause, "nsubj", "nsubjpass") is not None for clause in clauses)


def make(
    tree: Tree,
    triggers: list[Trigger],
    places: Places,
    *,
    headline: bool,
    alone: bool,
) -> Mention:
    """`alone`: no other event in the sentence, so that its remaining words may speak for the kind as well."""
    sentence = tree.sentences[tree[triggers[0].token].sentence]
    kind, specific = _kind(tree, triggers)
    main = min(triggers, key=lambda trigger: (trigger.harm, -trigger.strength, trigger.token))
    place, link = places.best(triggers, sentence.index)
    if alone and place is None:
        place, link = _only_place(places, triggers, sentence.index)
    return Mention(
        sentence=sentence.index,
        paragraph=sentence.paragraph,
        triggers=tuple(triggers),
        kind=kind,
        specific=specific,
        verdict=_verdict(tree, triggers, headline=headline),
        definite=not headline and (is_definite(tree, main) or _is_only_heard(tree, main) or _goes_on(tree, main)),
        indefinite=not _is_only_heard(tree, main) and _is_new_to_the_reader(tree, main),
        plural=main.plural,
        headline=headline,
        place=place,
        link=link,
    )


def _kind(tree: Tree, triggers: list[Trigger]) -> tuple[Kind, bool]:
    """The most telling kind; not specific when only "attack" or "killed" speaks for it."""
    # "Shot dead three of them, in the worst strike in years": by any other name.
    telling = [trigger for trigger in triggers if trigger.kind and not is_ranked(tree, trigger)]
    triggers = telling or triggers
    kinds = [trigger.kind for trigger in triggers if trigger.kind]
    if not kinds:
        return Kind.UNKNOWN, False
    kind = min(kinds, key=PRECEDENCE.index)
    if kind is Kind.ARSON and (others := _done_to_people(tree, triggers)):
        kind = min(others, key=PRECEDENCE.index)
    named = [trigger for trigger in triggers if trigger.kind is kind]
    general = kind is Kind.ARMED_ATTACK or all(trigger.strength is Strength.WEAK for trigger in named)
    return kind, not general


def _goes_on(tree: Tree, trigger: Trigger) -> bool:
    """ "They then opened fire"."""
    return trigger.verb and any(child.text.lower() == "then" for child in tree.children(tree[trigger.token], "advmod"))


def _is_only_heard(tree: Tree, trigger: Trigger) -> bool:
    """ "Residents heard two explosions": those of the strikes that the article tells of; "a blast was heard" is news."""
    token = tree[trigger.token]
    return not trigger.verb and token.dep == "dobj" and tree[token.head].lemma.lower() == "hear"


def _done_to_people(tree: Tree, triggers: list[Trigger]) -> list[Kind]:
    """ "Ambushed a convoy and set fire to the trucks", "killed six villagers and burned their houses": people come first."""
    armed = [trigger for trigger in triggers if trigger.kind in (Kind.ARMED_ATTACK, Kind.ARMED_CLASH)]
    sure = [each for each in armed if each.strength is Strength.STRONG or tree[each.token].lemma.lower() == "kill"]
    return [trigger.kind for trigger in sure if trigger.kind]


def _is_new_to_the_reader(tree: Tree, trigger: Trigger) -> bool:
    """ "A strike", "two blasts", "a car bomb exploded": something that has not been told of yet."""
    words = tree.children(tree[trigger.token], "det", "nummod")
    # "A missile struck it": what was struck has been named before.
    if trigger.harm or any(child.pos == "PRON" for child in tree.children(tree[trigger.token], "dobj")):
        return False
    if trigger.verb:
        for means in tree.children(tree[trigger.token], "nsubj", "nsubjpass", "dobj"):
            if means.lemma.lower() in INSTRUMENTS:
                words.extend(tree.children(means, "det", "nummod"))
    if (
        trigger.plural
        and not trigger.verb
        and not any(word.dep in ("det", "poss", "amod") for word in tree.children(tree[trigger.token]))
    ):
        return True
    return any(word.lemma.lower() in ("a", "an") or word.dep == "nummod" for word in words)


def _only_place(places: Places, triggers: list[Trigger], sentence: int) -> tuple[int | None, float]:
    numbers = places.by_sentence.get(sentence, [])
    if len(numbers) != 1 or max(places.link(numbers[0], trigger) for trigger in triggers) < _LEAST_ONLY:
        return None, 0.0
    return numbers[0], 0.5


def _verdict(tree: Tree, triggers: list[Trigger], *, headline: bool) -> Verdict:
    """An asserted verb ("the strike killed three") carries its noun; else the main trigger's own mood decides."""
    judged = [(trigger, judge(tree, trigger, headline=headline)) for trigger in triggers]
    main = min(judged, key=lambda pair: (pair[0].harm, -pair[0].strength, pair[0].token))
    if main[1].status is Status.NEW:
        return main[1]
    asserted = [pair for pair in judged if pair[0].verb and pair[1].status is Status.NEW]
    if asserted and main[1].status in (Status.AGGREGATE, Status.REMENTION) and main[1].reason == UNCOUNTED_PLURAL:
        return asserted[0][1]
    return main[1]
