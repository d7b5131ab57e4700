"""How many were killed or wounded: every figure of a text, with whom it counts and the words behind it.

A verb ("killed", "left 12 dead"), a participle ("seven injured") or a noun ("the death of") says what happened; the
parse says to whom; the quantities of `numbers` say to how many. What is threatened, denied or only possible is no
figure, and a number without such a word (troops, facilities, times) is none either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from incidents.extraction.numbers import Quantity, quantities
from incidents.extraction.people import COLLECTIVE, group_of, may_be_people
from incidents.extraction.syntax import Tree
from incidents.extraction.types import Count, Quote
from incidents.extraction.words import word_set
from incidents.language.types import Document, Token

Effect = Literal["killed", "wounded"]
_KILLED: Effect = "killed"
_WOUNDED: Effect = "wounded"

_KILLING = word_set(
    """kill slay murder assassinate execute behead massacre slaughter martyr lynch electrocute decapitate
    exterminate"""
)
_DYING = word_set("die perish")
_WOUNDING = word_set("wound injure hurt maim harm")
_STATES: dict[str, Effect] = {"dead": _KILLED, "wounded": _WOUNDED, "injured": _WOUNDED, "hurt": _WOUNDED}
_DEATHS = word_set("death fatality killing murder assassination slaying execution beheading massacre")
_INJURIES = word_set("injury wound burn concussion")
_TOLLS = word_set("toll number count figure tally")
_SUFFERING = word_set("suffer sustain receive")
_LOSING = word_set("lose claim cost take")
_MAKING_STATE = word_set("leave shoot gun find report believe fear confirm presume be strike club beat")

_MODALS = word_set("could would may might should must can will 'll \u2019ll shall ca wo")
# "Was reported to have killed" and "went on to kill" tell what happened; "threatened to kill" does not.
_TELLING = word_set("believe report say know think presume confirm fear go allege manage appear seem claim find")
_ANYONE = word_set("anyone anybody any")
_ONE = word_set("him her he she someone somebody another one")
_NOBODY_COUNTS = word_set("himself herself themselves itself it which what myself ourselves yourself")
# A few words may stand between a toll and its figure ("the death toll from the quake had risen to 31").
_TOLL_REACH = 9
_LONGEST_VICTIMS = 120


@dataclass(frozen=True, slots=True)
class CasualtyMention:
    """One figure. `token` is the word that tells the effect, `victims` the words that say whom it counts.

    `parts` are the figures that were added up ("two soldiers and a civilian"), each with its group; else empty.
    """

    start: int
    end: int
    sentence: int
    token: int
    effect: Effect
    count: Count
    victims: str
    parts: tuple[Count, ...] = ()


class _Part(NamedTuple):
    """People of one noun phrase: tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    low: int
    high: int | None
    group: str


def find_counts(document: Document) -> tuple[CasualtyMention, ...]:
    """Every figure of killed and wounded in the text's order. Cost: linear in its length."""
    by_sentence: dict[int, list[Quantity]] = {}
    for quantity in quantities(document):
        by_sentence.setdefault(document.tokens[quantity.first].sentence, []).append(quantity)
    found: list[CasualtyMention] = []
    for sentence in document.sentences:
        if any(_tells(document.tokens[index]) for index in range(sentence.first, sentence.last)):
            found.extend(_Sentence(document, sentence.index, by_sentence.get(sentence.index, [])).counts())
    return tuple(found)


def _tells(token: Token) -> bool:
    lemma = token.lemma.lower()
    return (
        lemma in _ALL_WORDS or token.text.lower() in _STATES or lemma in ("casualty", "victim", "life")
    )  # fmt: skip


_ALL_WORDS = _KILLING | _DYING | _WOUNDING | _DEATHS | _INJURIES | _TOLLS


class _Sentence:
    def __init__(self, document: Document, index: int, found: list[Quantity]) -> None:
        self.tree = Tree(document, index)
        self.quantities = found
        self.covering = {token: quantity for quantity in found for token in range(quantity.first, quantity.last)}

    def counts(self) -> Iterator[CasualtyMention]:
        for token in self.tree.tokens:
            for effect, parts in self._told_by(token):
                yield self._mention(token, effect, parts)

    def _told_by(self, token: Token) -> Iterator[tuple[Effect, list[_Part]]]:
        lemma = token.lemma.lower()
        verbal = token.pos in ("VERB", "AUX", "ADJ")
        parts: list[_Part] = []
        if token.text.lower() in _STATES and not self._has_object(token):
            parts = self._of_state(token)
            if parts:
                yield from self._effects(token, _STATES[token.text.lower()], parts)
        elif verbal and lemma in _KILLING | _WOUNDING | _DYING:
            parts = self._of_verb(token)
            if parts:
                yield from self._effects(token, _WOUNDED if lemma in _WOUNDING else _KILLED, parts)
        elif token.pos == "NOUN":
            yield from self._told_by_noun(token, lemma)

    def _effects(self, token: Token, effect: Effect, parts: list[_Part]) -> Iterator[tuple[Effect, list[_Part]]]:
        yield effect, parts
        # Whoever says that nobody was even hurt says that nobody was killed.
        if effect == _WOUNDED and all(part.high == 0 for part in parts) and token.lemma.lower() in _WOUNDING:
            yield _KILLED, parts

    def _has_object(self, token: Token) -> bool:
        return token.pos == "VERB" and self.tree.child(token, "dobj") is not None

    # Verbs

    def _of_verb(self, verb: Token) -> list[_Part]:
        if self._is_unreal(verb) or self._is_shared(verb):
            return []
        victims = self._victims(verb)
        if self.tree.child(verb, "neg"):
            nobody = victims is not None and victims.text.lower() in _ANYONE
            return [_Part(victims.index, victims.index + 1, 0, 0, "")] if nobody and victims else []
        return self._parts(victims) if victims else self._beside(verb)

    def _victims(self, verb: Token) -> Token | None:
        """The noun for those killed or hurt; None where the parse shows none."""
        tree = self.tree
        dying = verb.lemma.lower() in _DYING
        if not dying and (hit := tree.child(verb, "dobj", "dative")):
            return tree.antecedent(hit, verb)
        subject = tree.child(verb, "nsubjpass") or (
            tree.child(verb, "nsubj") if dying or verb.tag in ("VBN", "VBD", "JJ") else None
        )
        if subject is not None:
            if not dying and subject.dep == "nsubj" and verb.tag == "VBD" and not self._lacks_agent(verb, subject):
                return None
            return tree.antecedent(subject, verb)
        head = tree.parent(verb)
        if head is None:
            return None
        if verb.dep in ("acl", "relcl") and (verb.tag == "VBN" or dying):
            return head
        if verb.dep in ("xcomp", "oprd", "acomp", "ccomp") and head.lemma.lower() in _MAKING_STATE | _TELLING:
            return tree.child(head, "dobj") or tree.child(head, "nsubjpass", "nsubj")
        if verb.dep == "conj" and verb.tag in ("VBN", "VBD") and (dying or tree.is_passive(head)):
            shared = tree.subject(verb)
            return shared if shared and (dying or shared.dep == "nsubjpass") else None
        return None

    def _lacks_agent(self, verb: Token, subject: Token) -> bool:
        """ "30 others wounded": the parser takes the participle for a past tense; a counted subject gives it away."""
        return (
            subject.index in self.covering
            or subject.text.lower() in ("another", "others")
            or any(child.index in self.covering for child in self.tree.children(subject, "nummod", "amod", "det"))
        )

    def _is_shared(self, verb: Token) -> bool:
        """ "Killed or wounded" with one figure for both says nothing of either."""
        head = self.tree.parent(verb)
        if verb.dep == "conj" and head is not None and self._differs(verb, head):
            own = self.tree.child(verb, "nsubj", "nsubjpass", "dobj")
            before = self.tree.child(head, "dobj")
            return verb.index - head.index == 2 and (own is None or (before is None and own.dep == "dobj"))
        for other in self.tree.children(verb, "conj"):
            if self._differs(verb, other) and other.index - verb.index == 2:
                own = self.tree.child(other, "nsubj", "nsubjpass")
                return own is None and self.tree.child(verb, "dobj") is None
        return False

    @staticmethod
    def _differs(verb: Token, other: Token) -> bool:
        lemmas = {verb.lemma.lower(), other.lemma.lower()}
        return bool(lemmas & _KILLING) and bool(lemmas & _WOUNDING)

    def _is_unreal(self, verb: Token) -> bool:
        """Threatened, planned, possible or conditional."""
        tree = self.tree
        for child in tree.children(verb, "aux", "auxpass", "mark"):
            word = child.text.lower()
            if word in _MODALS or (child.dep == "mark" and word in ("if", "unless", "lest")):
                return True
            if word == "to" and child.tag == "TO":
                head = tree.parent(verb)
                perfect = any(aux.lemma == "have" for aux in tree.children(verb, "aux"))
                if not perfect and (head is None or head.lemma.lower() not in _TELLING):
                    return True
        head = tree.parent(verb)
        return verb.dep == "conj" and head is not None and head.pos == "VERB" and self._is_unreal_head(head)

    def _is_unreal_head(self, head: Token) -> bool:
        return any(child.text.lower() in _MODALS for child in self.tree.children(head, "aux"))

    # States

    def _of_state(self, token: Token) -> list[_Part]:
        """ "Left 12 dead", "13 dead and 40 wounded", "two were found dead", "seven injured"."""
        tree = self.tree
        if token.pos == "VERB" and token.dep not in ("oprd", "acomp", "xcomp"):
            parts = self._of_verb(token)
            if parts or self._is_unreal(token) or self._is_shared(token):
                return parts
        if own := [child for child in tree.children(token, "nummod", "det", "nsubj") if child.index in self.covering]:
            return [self._bare(self.covering[own[0].index])]
        head = tree.parent(token)
        if head is not None and head.index in self.covering and token.dep in ("amod", "acl"):
            return [self._bare(self.covering[head.index])]
        if beside := self._beside(token):
            return beside
        if head is not None and token.dep in ("oprd", "acomp", "xcomp", "ccomp", "advmod", "amod", "prt"):
            if head.lemma.lower() not in _MAKING_STATE or self._is_unreal(head):
                return []
            own_subject = tree.child(token, "nsubj")
            victims = own_subject or tree.child(head, "dobj") or tree.child(head, "nsubjpass")
            if victims is None and head.lemma.lower() == "be":
                victims = tree.child(head, "nsubj")
            return self._parts(victims) if victims else []
        return []

    def _beside(self, token: Token) -> list[_Part]:
        """The figure that stands right before the word, or right after an active verb, where the parse is of no help."""
        tree = self.tree
        before = tree.previous(token)
        for _ in range(2):
            if before is None:
                break
            if before.index in self.covering:
                return [self._bare(self.covering[before.index])] if self._counts(self.covering[before.index]) else []
            if before.pos not in ("NOUN", "ADV", "AUX"):
                break
            before = tree.previous(before)
        after = tree.next(token)
        if token.pos == "VERB" and after is not None and after.index in self.covering:
            quantity = self.covering[after.index]
            noun = tree[quantity.last] if quantity.last < tree.sentence.last else None
            if noun is None or noun.pos != "NOUN" or may_be_people(noun):
                return [self._bare(quantity)]
        return []

    # Nouns

    def _told_by_noun(self, noun: Token, lemma: str) -> Iterator[tuple[Effect, list[_Part]]]:
        if lemma in ("casualty", "victim"):
            if self._is_none(noun) and not self._among(noun, "civilian"):
                yield _KILLED, [self._nothing(noun)]
                yield _WOUNDED, [self._nothing(noun)]
        elif lemma in _TOLLS:
            yield from self._toll(noun)
        elif lemma == "life":
            if parts := self._lives(noun):
                yield _KILLED, parts
        elif lemma in _DEATHS:
            if parts := self._counted(noun) or self._suffered_by(noun):
                yield _KILLED, parts
        elif lemma in _INJURIES and (parts := self._injured(noun) or self._counted(noun)):
            yield _WOUNDED, parts

    def _is_none(self, noun: Token) -> bool:
        if any(child.text.lower() in ("no", "zero") for child in self.tree.children(noun, "det", "nummod", "amod")):
            return True
        # "No deaths or injuries": the second shares the first one's "no".
        head = self.tree.parent(noun)
        return noun.dep == "conj" and head is not None and head.pos == "NOUN" and self._is_none(head)

    def _among(self, noun: Token, word: str) -> bool:
        return any(child.lemma.lower() == word for child in self.tree.children(noun, "amod", "compound"))

    def _nothing(self, noun: Token) -> _Part:
        return _Part(self.tree.phrase(noun)[0], noun.index + 1, 0, 0, "")

    def _counted(self, noun: Token) -> list[_Part]:
        """ "Three deaths", "no injuries"."""
        if self._is_none(noun):
            return [self._nothing(noun)]
        first, _ = self.tree.phrase(noun)
        quantity = self._quantity(first, noun)
        return [self._bare(quantity)._replace(last=noun.index + 1)] if quantity else []

    def _suffered_by(self, noun: Token) -> list[_Part]:
        """ "The death of a civilian", "the killing of two officers"; "the general's assassination"."""
        for victims in self.tree.prepositional(noun, "of"):
            if may_be_people(victims):
                return self._parts(victims)
        owner = self.tree.child(noun, "poss")
        if (
            owner is not None
            and owner.pos in ("NOUN", "PROPN")
            and may_be_people(owner)
            and owner.entity in ("PERSON", "")
        ):
            return self._parts(owner)
        return []

    def _injured(self, noun: Token) -> list[_Part]:
        """ "Four soldiers suffered burns": those who suffered, counted by the verb's subject."""
        verb = self.tree.parent(noun)
        while verb is not None and verb.dep == "conj" and verb.pos == "NOUN":
            verb = self.tree.parent(verb)
        if verb is None or verb.lemma.lower() not in _SUFFERING or self._is_unreal(verb):
            return []
        subject = self.tree.child(verb, "nsubj")
        subject = self.tree.antecedent(subject, verb) if subject else None
        return self._parts(subject) if subject else []

    def _lives(self, noun: Token) -> list[_Part]:
        """ "Lost their lives", "claimed the lives of 14 people", "cost 20 lives"."""
        verb = self.tree.parent(noun)
        if verb is None or verb.lemma.lower() not in _LOSING or self._is_unreal(verb):
            return []
        for victims in self.tree.prepositional(noun, "of"):
            return self._parts(victims)
        if counted := self._counted(noun):
            return counted
        owner = self.tree.child(noun, "poss")
        if verb.lemma.lower() == "lose" and owner is not None:
            subject = self.tree.child(verb, "nsubj")
            subject = self.tree.antecedent(subject, verb) if subject else None
            return self._parts(subject) if subject else []
        return []

    def _toll(self, noun: Token) -> Iterator[tuple[Effect, list[_Part]]]:
        """ "The death toll rose to 31", "the number of wounded stands at 12": the figure that follows."""
        words = {self.tree[index].lemma.lower() for index in range(*self.tree.phrase(noun))}
        words |= {below.text.lower() for of in self.tree.prepositional(noun, "of") for below in self.tree.conjuncts(of)}
        deadly = bool(words & (_DEATHS | {"dead", "deaths", "fatalities", "killed"}))
        hurtful = bool(words & {"wounded", "injured", "injuries"})
        if deadly == hurtful:
            return
        for quantity in self.quantities:
            if noun.index < quantity.first <= noun.index + _TOLL_REACH and self._counts(quantity):
                # "From 12 to 31" reads as a range; the toll is where it ends.
                risen = self.tree[quantity.first].text.lower() == "from"
                low = quantity.high if risen and quantity.high is not None else quantity.low
                yield (_KILLED if deadly else _WOUNDED), [self._bare(quantity)._replace(low=low)]
                return

    # From a noun to a figure

    def _parts(self, noun: Token) -> list[_Part]:
        parts = []
        for conjunct in self.tree.conjuncts(noun):
            if conjunct is not noun and self._starts_another(conjunct):
                continue
            part = self._part(conjunct)
            if part is not None:
                parts.append(part)
        return parts

    def _starts_another(self, conjunct: Token) -> bool:
        """ "Killed 12 people and 5 wounded": the five are counted by the word after them."""
        after = self.tree.next(conjunct)
        return conjunct.pos == "VERB" or (after is not None and after.text.lower() in _STATES)

    def _part(self, noun: Token) -> _Part | None:
        if not may_be_people(noun):
            return None
        first, last = self.tree.phrase(noun)
        word, lemma = noun.text.lower(), noun.lemma.lower()
        quantity = self._quantity(first, noun)
        if quantity is None and lemma in COLLECTIVE:
            for of in self.tree.prepositional(noun, "of"):
                quantity = self._quantity(self.tree.phrase(of)[0], of)
                last = max(last, of.index + 1)
        group = self._group(noun)
        if quantity is not None:
            return _Part(min(first, quantity.first), max(last, quantity.last), quantity.low, quantity.high, group)
        if word in _NOBODY_COUNTS or word in _ANYONE:
            return None
        if word == "both" or any(child.text.lower() == "both" for child in self.tree.children(noun, "det", "predet")):
            return _Part(first, last, 2, 2, group)
        if word in _ONE or (noun.tag in ("NN", "NNP") and lemma not in COLLECTIVE):
            return _Part(first, last, 1, 1, group)
        # A plural without a number: more than one.
        return _Part(first, last, 2, None, group)

    def _group(self, noun: Token) -> str:
        words = [self.tree[index].lemma.lower() for index in range(*self.tree.phrase(noun))]
        below = [of.lemma.lower() for of in self.tree.prepositional(noun, "of")]
        return group_of(noun.lemma.lower(), words + below)

    def _quantity(self, first: int, noun: Token) -> Quantity | None:
        """The quantity of a noun's phrase; ages and units ("a 23-year-old") are none."""
        for quantity in self.quantities:
            if quantity.last > first and quantity.number <= noun.index and self._counts(quantity):
                return quantity
            if quantity.first > noun.index:
                break
        return None

    def _counts(self, quantity: Quantity) -> bool:
        if quantity.last >= self.tree.sentence.last:
            return True
        after = self.tree[quantity.last]
        glued = after.text in ("-", "\u2013", "%") and after.start == self.tree[quantity.last - 1].end
        return not glued and after.lemma.lower() not in ("year", "day", "hour", "month", "week", "percent", "%", "time")

    def _bare(self, quantity: Quantity) -> _Part:
        """A quantity without a noun, or with one that the parse does not tie to it."""
        after = self.tree[quantity.last] if quantity.last < self.tree.sentence.last else None
        if after is not None and after.pos == "NOUN" and may_be_people(after):
            return _Part(quantity.first, after.index + 1, quantity.low, quantity.high, self._group(after))
        return _Part(quantity.first, quantity.last, quantity.low, quantity.high, "")

    def _mention(self, token: Token, effect: Effect, parts: list[_Part]) -> CasualtyMention:
        first, last = min(part.first for part in parts), max(part.last for part in parts)
        victims = self.tree.text(first, last)[:_LONGEST_VICTIMS]
        start, end = min(self.tree[first].start, token.start), max(self.tree[last - 1].end, token.end)
        quote = Quote(effect, start, end)
        counts = tuple(Count(part.low, part.high, part.group, quote) for part in parts)
        return CasualtyMention(
            start, end, token.sentence, token.index, effect, _sum(counts), victims, counts if len(counts) > 1 else ()
        )


def _sum(counts: tuple[Count, ...]) -> Count:
    groups = {count.group for count in counts}
    high = 0
    for count in counts:
        if count.high is None:
            break
        high += count.high
    else:
        return Count(
            sum(count.low for count in counts), high, groups.pop() if len(groups) == 1 else "", counts[0].quote
        )
    return Count(sum(count.low for count in counts), None, groups.pop() if len(groups) == 1 else "", counts[0].quote)
