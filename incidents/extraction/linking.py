"""Which place, and which date, belongs to a trigger: nearness in the dependency tree, and what stands between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from incidents.extraction.geometry import FINENESS, POINTS, are_apart, contains, distance_km
from incidents.extraction.glosses import glosses
from incidents.extraction.syntax import Tree
from incidents.extraction.triggers import Trigger
from incidents.extraction.types import PlaceName, PlacePrecision
from incidents.extraction.words import word_set
from incidents.language.types import Token

_WHERE = frozenset(
    [
        "in",
        "at",
        "near",
        "on",
        "outside",
        "around",
        "inside",
        "within",
        "across",
        "off",
        "along",
        "throughout",
        "over",
        "above",
        "by",
        "between",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "north",
        "south",
        "east",
        "west",
        "km",
        "kilometer",
        "kilometers",
        "miles",
    ]
)
_WHENCE = frozenset(["from", "against", "with", "for", "to", "into", "since", "about", "than", "like", "as", "after"])
# Links below this are to another clause of a long sentence, and as often wrong as right.
LEAST_LINK = 0.5
_APART = frozenset(["after", "before", "following", "while", "since", "amid"])
# Flags, owners, origins and destinations are no places of events.
_BELONGING = word_set(
    """flag flagged register registered bound own owned owner owners native citizen national
    headquarter headquartered"""
)
_LEADING = frozenset(["led", "backed", "allied", "aligned", "linked", "funded", "supported", "sponsored", "controlled"])
_PARTS = word_set(
    """city town village centre center outskirts suburb edge heart district province region port capital base airport
    airfield airbase camp governorate vicinity area"""
)
# "The town of X", "the X camp": whatever the gazetteer knows of X, it is a place.
_SETTLED = word_set(
    """city town village hamlet settlement suburb neighborhood neighbourhood district quarter area province region
    governorate county camp valley island port township commune municipality department oblast raion forest desert park"""
)
_SUBURB_KM = 60.0
_SUBURBS = word_set("suburb neighborhood neighbourhood")
_PART_OF = word_set("central northern southern eastern western northeastern northwestern southeastern southwestern")
_LEAVING = frozenset(["leave", "depart", "flee", "quit"])
# Where the hurt are brought to.
_BRINGING = word_set(
    "transfer transport evacuate airlift rush treat hospitalize hospitalise fly flee escape move shift"
)
# "Making for the border of X": where somebody was going.
_GOING = word_set("make head travel go drive return bind journey walk ride sail accompany carry bring take")
_TOWARDS = word_set("to for toward towards")
# "Transferred to hospitals in Kabul": from the place up to the verb.
_BROUGHT_TO = 4
# "Residents of X said they heard a blast": those who were there.
_ON_THE_SPOT = word_set("resident inhabitant villager neighbour neighbor witness eyewitness local")
# "Died in a hospital in Kabul": there the hurt die, whom something struck elsewhere.
_CARING = word_set("hospital clinic infirmary morgue mortuary")
_ENTERING = frozenset(
    [
        "storm",
        "raid",
        "shell",
        "bombard",
        "overrun",
        "besiege",
        "enter",
        "capture",
        "recapture",
        "seize",
        "invade",
        "reach",
    ]
)
_SUFFERING = frozenset(["come", "see", "suffer", "witness", "endure"])
# Between a place and the one it lies in stand a few words at most.
_NESTED_REACH = 6
# ", some 37 kilometres south-east of the provincial capital".
_MEASURED_REACH = 12
_NESTING = frozenset([",", "in", "of", "("])
# "Kunar's X", "the Tillaberi region's X".
_OWNING = frozenset(["'s", "region's", "province's", "state's", "district's", "department's"])
_PER_STEP = 0.25
# As much as a place behind "with", "from" or a speaker is less likely where it happened: what a bracket says explains.
_GLOSS = 2.0
# "11:15 p.m. (Baghdad time)".
_TIME = re.compile(r"\s(?:local )?time\b", re.IGNORECASE)
_PART = re.compile(
    r"\s(?:district|neighbou?rhood|quarter|suburb|ward|area|street|market|square|avenue)\b", re.IGNORECASE
)
_CLOSE = frozenset(["close", "next", "adjacent", "near", "nearer"])
# "The northern outskirts of the capital of X" is as long as such chains get.
_LONGEST_CHAIN = 6
SPEAKING = frozenset(
    [
        "say",
        "tell",
        "announce",
        "report",
        "confirm",
        "add",
        "state",
        "claim",
        "warn",
        "write",
        "note",
        "declare",
        "believe",
        "speak",
        "disclose",
        "reveal",
        "explain",
        "allege",
        "insist",
        "narrate",
    ]
)


class Places:
    """The place names of a document by sentence, as tokens of its tree."""

    def __init__(self, tree: Tree, names: Sequence[PlaceName]) -> None:
        self.names = names
        self._tree = tree
        self.by_sentence: dict[int, list[int]] = {}
        # With those that stand for a government or in a longer name, but not "Iraqi".
        self.everywhere: dict[int, list[int]] = {}
        self.head: dict[int, int] = {}
        self._glosses, explained = glosses(tree.document.text, names)
        for number, name in enumerate(names):
            if not tree.tokens or _TIME.match(tree.document.text, name.end):
                continue
            first = tree.token_at(name.start)
            if name.role != "demonym":
                self.everywhere.setdefault(tree[first].sentence, []).append(number)
            # The parser often takes "Near Mosul" at the start of a line for a name.
            near = first > 0 and tree[first - 1].text.lower() == "near"
            last = max(tree.token_at(max(name.end - 1, name.start)), first)
            own = _head_of_span(tree, first, last)
            head = _outermost(tree, own)
            struck = name.role == "metonym" and (near or _is_struck(tree, first, name))
            if _is_leader(tree, last):
                continue
            meant = struck or number in explained or (name.role == "other" and _is_part_of(tree, own))
            if name.role != "event" and not meant:
                continue
            # A name no gazetteer holds may be anything; after "in" or "near" it is a place.
            settled = head != own and tree[head].lemma.lower() in _SETTLED
            known = name.precision is not PlacePrecision.UNKNOWN
            entered = _is_entered(tree, own) or _follows_entering(tree, first)
            if not (known or near or settled or self._stands_in(head) or entered):
                continue
            self.head[number] = head
            self.by_sentence.setdefault(tree[first].sentence, []).append(number)

    def admit(self, number: int, sentence: int) -> None:
        """Take a name as a place that its role had left out."""
        if number not in self.head:
            self.head[number] = self._tree.token_at(self.names[number].start)
            self.by_sentence.setdefault(sentence, []).append(number)

    def _stands_in(self, head: int) -> bool:
        """ "In X", "the town of X", "the X camp"."""
        token = self._tree[head]
        governor = self._tree[token.head]
        if token.dep == "pobj":
            named = governor.text.lower() == "of" and self._tree[governor.head].lemma.lower() in _SETTLED
            return named or governor.lemma.lower() in _WHERE
        return token.dep in ("compound", "nmod") and governor.lemma.lower() in _SETTLED

    def link(self, number: int, trigger: Trigger) -> float:
        """How surely a place of the trigger's sentence is where it happened: 4 is certain, below 0 it is not."""
        tree = self._tree
        head = self.head[number]
        score = 3.0 - _PER_STEP * tree.distance(head, trigger.token)
        score += self._attachment(head, trigger) + self._way(head, trigger) - _GLOSS * (number in self._glosses)
        return score + FINENESS[self.names[number].precision]

    def link_of(self, number: int, triggers: Sequence[Trigger]) -> float:
        return max(self.link(number, trigger) for trigger in triggers)

    def _attachment(self, head: int, trigger: Trigger) -> float:
        """What the words between say: "in X", "from X", "X's army", "the X bombing"."""
        token = self._tree[head]
        governor = self._tree[token.head]
        word = governor.lemma.lower()
        if self._is_right_behind(head, trigger):
            return 0.8
        if head > 0 and self._tree[head - 1].text.lower() == "near":
            return 1.0
        if token.dep == "pobj":
            if word in _WHERE:
                return 1.0 if governor.head == trigger.token else 0.5
            if word in ("on", "of"):
                return 0.7 if governor.head == trigger.token else 0.3
            if word == "to" and self._tree[governor.head].text.lower() in _CLOSE:
                return 1.0
            return -1.0 if word in _WHENCE else 0.0
        if token.dep == "dobj" and word in _LEAVING:
            return -3.0
        if token.dep in ("dobj", "nsubjpass", "obj") and token.head == trigger.token:
            return 0.8
        if token.dep in ("compound", "amod", "nmod", "poss"):
            return 0.3 if token.head == trigger.token else -0.3
        if token.dep == "nsubj":
            return 0.8 if word in _SUFFERING and self._is_under(governor, trigger) else -1.5
        return 0.0

    def _is_right_behind(self, head: int, trigger: Trigger) -> bool:
        """ "Shelled X"."""
        first, _ = self._tree.phrase(self._tree[head])
        return first == trigger.token + 1 and _follows_entering(self._tree, first)

    def _is_under(self, verb: Token, trigger: Trigger) -> bool:
        """ "The base came under attack", "the town saw clashes"."""
        return any(above.index == verb.index for above in list(self._tree.ancestors(trigger.token))[:2])

    def _way(self, head: int, trigger: Trigger) -> float:
        """A place that belongs to a speaker ("an official in Kabul said") or to another clause is farther than it looks."""
        mine, its = self._tree.ways(head, trigger.token)
        ancestors = [ancestor.index for ancestor in islice(self._tree.ancestors(head), _BROUGHT_TO)]
        above = ancestors[:2]
        belongs = any(self._tree[index].lemma.lower() in _BELONGING for index in (*mine, *above))
        penalty = -1.0 * sum(self._tree[index].text.lower() in _APART for index in (*mine, *its))
        penalty -= 3.0 * belongs
        penalty -= 2.0 * self._is_destination(head)
        penalty -= 2.0 * any(self._tree[index].lemma.lower() in _BRINGING for index in ancestors)
        penalty -= 3.0 * (self._is_of_harm_alone(trigger) and self._is_cared_for(above))
        for index in (head, *mine):
            token = self._tree[index]
            if token.lemma.lower() in _ON_THE_SPOT:
                continue
            if token.dep in ("nsubj", "nsubjpass", "agent") and self._tree[token.head].lemma in SPEAKING:
                penalty -= 3.0
            elif token.dep in ("relcl", "advcl", "ccomp", "parataxis", "appos") or (
                token.dep == "conj" and token.pos == "VERB"
            ):
                penalty -= 0.4
            if token.entity in ("ORG", "PERSON") and index != head:
                penalty -= 0.5
        return penalty

    def _is_destination(self, head: int) -> bool:
        """ "Made for the border of X"."""
        above = list(islice(self._tree.ancestors(head), _BROUGHT_TO))
        return any(
            preposition.lemma.lower() in _TOWARDS and verb.pos == "VERB" and verb.lemma.lower() in _GOING
            for preposition, verb in pairwise(above)
        )

    def _is_of_harm_alone(self, trigger: Trigger) -> bool:
        return trigger.harm and trigger.kind is None and self._tree[trigger.token].lemma.lower() != "kill"

    def _is_cared_for(self, above: Sequence[int]) -> bool:
        return any(self._tree[index].lemma.lower() in _CARING for index in above)

    def best(
        self, triggers: Sequence[Trigger], sentence: int, taken: frozenset[int] = frozenset()
    ) -> tuple[int | None, float]:
        """The number of the place these triggers are linked to, and how surely."""
        scored = [
            (self.link_of(number, triggers), number)
            for number in self.by_sentence.get(sentence, ())
            if number not in taken
        ]
        if not scored:
            return None, 0.0
        score, number = max(scored, key=lambda pair: (pair[0], -pair[1]))
        if score < LEAST_LINK:
            return None, 0.0
        for other_score, other in scored:
            # "The X district, south of Y": of the circle beside Y and of X it is X, however the circles lie.
            finer = self._is_finer(other, number) and not self._is_pinned_by(other, number)
            finer = finer or self._is_pinned_by(number, other) or self._is_addressed_by(number, other)
            if other_score >= score - 1.5 and other != number and finer:
                score, number = max(other_score, score), other
        return self._town_round(number, [other for other_score, other in scored if other_score >= LEAST_LINK]), score

    def _town_round(self, number: int, others: Sequence[int]) -> int:
        """ "In Turbat, a car was hit in the Absar area": the town, where no gazetteer holds the part; else the place itself."""
        if self.names[number].precision is not PlacePrecision.UNKNOWN or not self.is_a_part(number):
            return number
        before = [other for other in others if self.names[other].start < self.names[number].start]
        towns = [other for other in before if self.names[other].precision in POINTS]
        return towns[0] if len(towns) == 1 else number

    def _is_finer(self, other: int, number: int) -> bool:
        """Whether one lies in the other, or the other is named for a part of it only: "in central X, a car in Y"."""
        if self.inside(other, number):
            return True
        first = self._tree.token_at(self.names[number].start)
        if self.head[other] == self.head[number] and other > number and self._is_named_by(other):
            # A namesake far away is not that suburb.
            gap = distance_km(self.names[other], self.names[number])
            return gap is not None and gap < _SUBURB_KM
        part = first > 0 and self._tree[first - 1].text.lower() in _PART_OF
        return part and self.names[other].precision in POINTS and not self._is_abroad(other, number)

    def _is_named_by(self, number: int) -> bool:
        """ "The Chicago suburb of X"."""
        before = self._tree.tokens[: self._tree.token_at(self.names[number].start)][-2:]
        return len(before) > 1 and before[1].text.lower() == "of" and before[0].lemma.lower() in _SUBURBS

    def _is_abroad(self, one: int, other: int) -> bool:
        return self.names[one].country != self.names[other].country

    def _is_pinned_by(self, outer: int, inner: int) -> bool:
        """ "The X district, south of Y", "12 km south of X in Assam's Y district": X is where it happened."""
        mine, its = self.names[inner], self.names[outer]
        near = its.precision is PlacePrecision.NEAR
        # A road or a valley is finer than its province.
        small = mine.precision is PlacePrecision.AREA and (mine.radius_m or 0) < (its.radius_m or 0)
        fine = mine.precision in POINTS or small or (near and mine.precision is PlacePrecision.DISTRICT)
        held = its.precision in (PlacePrecision.DISTRICT, PlacePrecision.PROVINCE) or (near and mine.start < its.start)
        return fine and held and mine.country == its.country and self.is_told_in(inner, outer)

    def _is_addressed_by(self, outer: int, inner: int) -> bool:
        """ "Near X, Y, Z": the first is where it happened, also where Y is a province that has the name of its town."""
        mine, its = self.names[inner], self.names[outer]
        between = self._tree.document.text[mine.end : max(its.start, mine.end)]
        return between.strip() == "," and {mine.precision, its.precision} <= POINTS and mine.country == its.country

    def is_where(self, number: int) -> bool:
        """Whether the name follows "in", "near" and the like: a place, and not who acts."""
        return self._stands_in(self.head[number])

    def container(self, number: int) -> int | None:
        """The known place that a place is told to lie in: "X, Kunar province", "X in Kunar", "Kunar's X".

        Of several the finest that lies in the first: "X in Kunar's Watapur district".
        """
        if number not in self.head:
            return None
        others = self.by_sentence.get(self._tree[self.head[number]].sentence, ())
        known = [n for n in others if n != number and self.names[n].precision is not PlacePrecision.UNKNOWN]
        known.sort(key=lambda n: self.names[n].precision is PlacePrecision.COUNTRY)
        around = [other for other in known if self.is_told_in(number, other)]
        if not around:
            return None
        inner = [other for other in around if self.inside(other, around[0])]
        return max([around[0], *inner], key=lambda other: FINENESS[self.names[other].precision])

    def is_told_in(self, inner: int, outer: int) -> bool:
        """Whether the words say that one place lies in the other."""
        tree, mine, its = self._tree, self.names[inner], self.names[outer]
        if self.head[outer] == self.head[inner]:
            return True
        if its.end <= mine.start:
            return tree.document.text[its.end : mine.start].replace("\u2019", "'").lower().strip() in _OWNING
        between = tree.tokens[tree.token_at(mine.end - 1) + 1 : tree.token_at(its.start)]
        reach = _MEASURED_REACH if its.precision is PlacePrecision.NEAR else _NESTED_REACH
        if len(between) > reach or _NESTING.isdisjoint(token.text.lower() for token in between):
            return False
        return not any(token.pos in ("VERB", "AUX", "CCONJ") for token in between)

    def beside(self, number: int) -> int | None:
        """The one place that its sentence is in besides: "killed 12 in Ituri in a raid on the village of X"."""
        if number not in self.head:
            return None
        others = self.by_sentence.get(self._tree[self.head[number]].sentence, ())
        known = [other for other in others if self.names[other].country and self.is_where(other)]
        return known[0] if len({self.names[other].country for other in known}) == 1 else None

    def known(self, number: int) -> int:
        """The place itself, or the known one that an unknown one lies in."""
        if self.names[number].precision is not PlacePrecision.UNKNOWN:
            return number
        outer = self.container(number)
        return number if outer is None else outer

    def is_a_part(self, number: int) -> bool:
        """ "Wardhiigley district", "the Karrada neighbourhood"."""
        return _PART.match(self._tree.document.text, self.names[number].end) is not None

    def between(self, first: int, second: int) -> str:
        """The words from the end of one name to the start of the next."""
        return self._tree.document.text[self.names[first].end : self.names[second].start]

    def joined(self, number: int) -> list[int]:
        """The place and those joined to it by "and", none of which lies in another: "in X and Y"."""
        # A label or a note may give a name that no sentence holds as a place.
        if number not in self.head:
            return [number]
        sentence = self._tree[self.head[number]].sentence
        group = [other for other in self.by_sentence[sentence] if self.head[other] == self.head[number]]
        return [one for one in group if not any(self.inside(other, one) for other in group)]

    def first_in(self, sentence: int) -> int | None:
        return next(iter(self.by_sentence.get(sentence, ())), None)

    def inside(self, inner: int, outer: int) -> bool:
        return contains(self.names[outer], self.names[inner])

    def apart(self, first: int, second: int) -> bool:
        return are_apart(self.names[first], self.names[second])

    def are_two_names(self, first: int, second: int) -> bool:
        """Two places of which a gazetteer does not know both, neither told to lie in the other."""
        one, other = self.names[first], self.names[second]
        unknown = PlacePrecision.UNKNOWN in (one.precision, other.precision)
        wide = PlacePrecision.COUNTRY in (one.precision, other.precision)
        nested = self.container(first) == second or self.container(second) == first
        return unknown and not wide and not nested and one.name.lower() != other.name.lower()


def _is_leader(tree: Tree, last: int) -> bool:
    """ "The US-led coalition", "Iran-backed militias"."""
    following = [token.text.lower() for token in tree.tokens[last + 1 : last + 3]]
    return len(following) == 2 and following[0] == "-" and following[1] in _LEADING


def _is_part_of(tree: Tree, head: int) -> bool:
    """ "In the city of X", "the centre of X": a place, whatever the name may stand for elsewhere."""
    above = list(tree.ancestors(head))[:2]
    return len(above) == 2 and above[0].text.lower() == "of" and above[1].lemma.lower() in _PARTS


def _is_struck(tree: Tree, token: int, name: PlaceName) -> bool:
    """A town that something is done to ("the town was shelled") is no stand-in for a government."""
    return tree[token].dep in ("nsubjpass", "dobj") and name.precision in POINTS


def _is_entered(tree: Tree, head: int) -> bool:
    """ "Stormed X", "X was shelled": what is done to ground, and to nobody."""
    return tree[head].dep in ("nsubjpass", "dobj") and tree[tree[head].head].lemma.lower() in _ENTERING


def _follows_entering(tree: Tree, first: int) -> bool:
    """ "Artillery shelled X and a drone struck a car": the parser may take X for what struck."""
    before = tree[first - 1] if first else None
    return before is not None and before.pos == "VERB" and before.lemma.lower() in _ENTERING


def _outermost(tree: Tree, head: int) -> int:
    """ "Kirkuk city", "the centre of the town of X", "the towns of X and Y": the noun that says no more than where."""
    for _ in range(_LONGEST_CHAIN):
        token = tree[head]
        above = tree[token.head]
        settled = token.dep in ("compound", "nmod") and above.lemma.lower() in _SETTLED and 0 < above.index - head <= 2
        if settled or (token.dep == "conj" and token.pos == "PROPN" and above.pos == "PROPN"):
            head = above.index
        elif token.dep == "pobj" and above.text.lower() == "of" and tree[above.head].lemma.lower() in _SETTLED | _PARTS:
            head = above.head
        else:
            break
    return head


def _head_of_span(tree: Tree, first: int, last: int) -> int:
    """The token of a name whose governor lies outside it."""
    for index in range(first, last + 1):
        head = tree[index].head
        if head < first or head > last or head == index:
            return index
    return last
