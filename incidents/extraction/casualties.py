"""How many were killed or wounded: every figure of a text, with whom it counts and the words behind it.

A verb ("killed", "left 12 dead"), a participle ("seven injured") or a noun ("the death of") says what happened; the
parse says to whom; the quantities of `numbers` say to how many. What is threatened, denied or only possible is no
figure, and a number without such a word (troops, facilities, times) is none either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from incidents.extraction import harm
from incidents.extraction.numbers import VAGUE, Quantity, quantities
from incidents.extraction.people import may_be_people
from incidents.extraction.syntax import Tree
from incidents.extraction.types import Count, Quote
from incidents.extraction.victims import Part, Victims
from incidents.extraction.words import word_set
from incidents.language.types import Document, Token

Effect = Literal["killed", "wounded"]
_KILLED: Effect = "killed"
_WOUNDED: Effect = "wounded"

_STATES: dict[str, Effect] = {"dead": _KILLED, "wounded": _WOUNDED, "injured": _WOUNDED, "hurt": _WOUNDED}
# The parser takes the verb of a Headline in Capitals for a name.
_HEADLINE_VERBS: dict[str, Effect] = {
    "kills": _KILLED,
    "kill": _KILLED,
    "wounds": _WOUNDED,
    "injures": _WOUNDED,
    "wound": _WOUNDED,
    "injure": _WOUNDED,
}
_DEATHS = word_set("death fatality killing murder assassination slaying execution beheading massacre")
_BODIES = word_set("martyr corpse")
_INJURIES = word_set("injury wound burn concussion laceration fracture")
_WOUNDING_NOUNS = word_set("wounding maiming")
_CAUSING = word_set("cause provoke inflict produce leave bring result")
_STABBING = word_set("stab knife")
_TOLLS = word_set("toll number count figure tally")
_SUFFERING = word_set("suffer sustain receive")
_LOSING = word_set("lose claim cost take")
# A few words may stand between a toll and its figure ("the death toll from the quake had risen to 31").
_TOLL_REACH = 9
_LONGEST_VICTIMS = 120
# A plural is two or more.
_FEWEST = 2
_MORE = word_set("other others another more")


@dataclass(frozen=True, slots=True)
class CasualtyMention:
    """One figure. `token` is the word that tells the effect, `victims` the words that say whom it counts.

    `parts` are the figures that were added up ("two soldiers and a civilian"), each with its group; else empty.
    `vague`: no figure but "several", "dozens" or a bare plural. `added`: told as more than those told before ("two of
    his guards were also killed").
    """

    start: int
    end: int
    sentence: int
    token: int
    effect: Effect
    count: Count
    victims: str
    parts: tuple[Count, ...] = ()
    vague: bool = False
    added: bool = False


def find_counts(document: Document) -> tuple[CasualtyMention, ...]:
    """Every figure of killed and wounded in the text's order. Cost: linear in its length.

    "At least two" is 2 and open, "up to 20" 1 to 20, a plural without a number 2 and open; a figure for the killed
    and wounded together ("50 killed or wounded") is left out, for it says neither.
    """
    by_sentence: dict[int, list[Quantity]] = {}
    for quantity in quantities(document):
        by_sentence.setdefault(document.tokens[quantity.first].sentence, []).append(quantity)
    found: list[CasualtyMention] = []
    tree = Tree(document)
    for sentence in document.sentences:
        victims = Victims(tree, by_sentence.get(sentence.index, []))
        for token in tree.sentence_tokens(sentence.index):
            found.extend(_mention(tree, token, effect, parts) for effect, parts in _told_by(victims, token) if parts)
    return tuple(found)


def _told_by(victims: Victims, token: Token) -> Iterator[tuple[Effect, list[Part]]]:
    lemma, word = token.lemma.lower(), token.text.lower()
    if word in _STATES and not _has_object(victims.tree, token):
        yield from _effects(token, _STATES[word], harm.of_state(victims, token))
    elif token.pos in ("VERB", "AUX", "ADJ"):
        if lemma in harm.WOUNDING:
            yield from _effects(token, _WOUNDED, harm.of_verb(victims, token))
        elif harm.is_killing(victims.tree, token):
            yield _KILLED, harm.of_verb(victims, token)
        elif lemma in _STABBING or lemma == "treat":
            yield _WOUNDED, _hurt_in_number(victims, token)
    elif word in _HEADLINE_VERBS and (found := victims.after(token)):
        yield _HEADLINE_VERBS[word], found
    elif token.pos == "NOUN":
        yield from _told_by_noun(victims, token, lemma)


def _effects(token: Token, effect: Effect, parts: list[Part]) -> Iterator[tuple[Effect, list[Part]]]:
    yield effect, parts
    # Whoever says that nobody was even hurt says that nobody was killed.
    if token.lemma.lower() in ("hurt", "harm") and parts and all(part.is_nobody for part in parts):
        yield _KILLED, parts


def _hurt_in_number(victims: Victims, verb: Token) -> list[Part]:
    """ "Stabbed eight people", "treated nine people for burns": those who were not stabbed to death; never a single one."""
    tree = victims.tree
    fatal = any(noun.lemma.lower() == "death" for noun in tree.prepositional(verb, "to")) or tree.child(verb, "oprd")
    if verb.lemma == "treat" and not any(noun.lemma.lower() in _INJURIES for noun in tree.prepositional(verb, "for")):
        return []
    return [] if fatal else [part for part in harm.of_verb(victims, verb) if part.low > 1 and part.high]


def _has_object(tree: Tree, token: Token) -> bool:
    return token.pos == "VERB" and tree.child(token, "dobj") is not None


def _told_by_noun(victims: Victims, noun: Token, lemma: str) -> Iterator[tuple[Effect, list[Part]]]:
    if lemma in ("casualty", "victim"):
        civilian = any(child.lemma.lower() == "civilian" for child in victims.tree.children(noun, "amod", "compound"))
        if _is_none(victims.tree, noun) and not civilian:
            yield _KILLED, [_nothing(victims.tree, noun)]
            yield _WOUNDED, [_nothing(victims.tree, noun)]
    elif lemma in _TOLLS:
        yield from _toll(victims, noun)
    elif lemma == "life":
        yield _KILLED, _lives(victims, noun)
    elif lemma in _DEATHS:
        told = harm.to_death(victims, noun) or _counted(victims, noun) or _suffered_by(victims, noun)
        yield _KILLED, told or _caused(victims, noun)
    elif lemma in _WOUNDING_NOUNS:
        yield _WOUNDED, _suffered_by(victims, noun)
    elif lemma in _BODIES:
        yield _KILLED, _counted(victims, noun)
    elif lemma in _INJURIES:
        yield _WOUNDED, _injured(victims, noun) or _counted(victims, noun)


def _is_none(tree: Tree, noun: Token) -> bool:
    if any(child.text.lower() in ("no", "zero") for child in tree.children(noun, "det", "nummod", "amod")):
        return True
    # "No deaths or injuries": the second shares the first one's "no".
    head = tree.parent(noun)
    return noun.dep == "conj" and head is not None and head.pos == "NOUN" and _is_none(tree, head)


def _nothing(tree: Tree, noun: Token) -> Part:
    return Part(tree.phrase(noun)[0], noun.index + 1, 0, 0, "")


def _counted(victims: Victims, noun: Token) -> list[Part]:
    """ "Three deaths", "no injuries"; "a multiple murder" counts nobody."""
    if _is_none(victims.tree, noun):
        return [_nothing(victims.tree, noun)]
    first, _ = victims.tree.phrase(noun)
    quantity = victims.quantity(first, noun) if noun.tag == "NNS" else None
    return [victims.bare(quantity)._replace(last=noun.index + 1)] if quantity else []


def _caused(victims: Victims, noun: Token) -> list[Part]:
    """ "Caused deaths", "resulted in deaths": more than one."""
    verb = victims.tree.parent(noun)
    if verb is not None and noun.dep == "pobj":
        verb = victims.tree.parent(verb)
    if verb is None or noun.tag != "NNS" or verb.lemma.lower() not in _CAUSING or harm.is_unreal(victims.tree, verb):
        return []
    return [Part(noun.index, noun.index + 1, 2, None, "")]


def _suffered_by(victims: Victims, noun: Token) -> list[Part]:
    """ "The death of a civilian", "the killing of two officers"; "the general's assassination"."""
    for of in victims.tree.prepositional(noun, "of"):
        if found := victims.parts(of):
            return found
    owner = victims.tree.child(noun, "poss")
    if owner is None or owner.pos not in ("NOUN", "PROPN") or owner.entity not in ("PERSON", ""):
        return []
    return victims.parts(owner) if may_be_people(owner) else []


def _injured(victims: Victims, noun: Token) -> list[Part]:
    """ "Four soldiers suffered burns": those who suffered, counted by the verb's subject."""
    tree = victims.tree
    verb = tree.parent(noun)
    while verb is not None and verb.dep == "conj" and verb.pos == "NOUN":
        verb = tree.parent(verb)
    if verb is None or verb.lemma.lower() not in _SUFFERING or harm.is_unreal(tree, verb):
        return []
    subject = tree.child(verb, "nsubj")
    return victims.parts(tree.antecedent(subject, verb)) if subject is not None else []


def _lives(victims: Victims, noun: Token) -> list[Part]:
    """ "Lost their lives", "claimed the lives of 14 people", "cost 20 lives"."""
    tree = victims.tree
    verb = tree.parent(noun)
    if verb is None or verb.lemma.lower() not in _LOSING or harm.is_unreal(tree, verb):
        return []
    for of in tree.prepositional(noun, "of"):
        return victims.parts(of)
    if counted := _counted(victims, noun):
        return counted
    subject = tree.child(verb, "nsubj")
    if verb.lemma.lower() != "lose" or tree.child(noun, "poss") is None or subject is None:
        return []
    return victims.parts(tree.antecedent(subject, verb))


def _toll(victims: Victims, noun: Token) -> Iterator[tuple[Effect, list[Part]]]:
    """ "The death toll rose to 31", "the number of wounded stands at 12": the figure that follows."""
    tree = victims.tree
    words = {tree[index].lemma.lower() for index in range(*tree.phrase(noun))}
    words |= {below.text.lower() for of in tree.prepositional(noun, "of") for below in tree.conjuncts(of)}
    deadly = bool(words & (_DEATHS | {"dead", "deaths", "fatalities", "killed"}))
    hurtful = bool(words & {"wounded", "injured", "injuries"})
    if deadly == hurtful:
        return
    for quantity in victims.quantities:
        if noun.index < quantity.first <= noun.index + _TOLL_REACH and victims.is_count(quantity):
            # "From 12 to 31" reads as a range; the toll is where it ends.
            risen = tree[quantity.first].text.lower() == "from"
            low = quantity.high if risen and quantity.high is not None else quantity.low
            yield (_KILLED if deadly else _WOUNDED), [victims.bare(quantity)._replace(low=low)]
            return


def _mention(tree: Tree, token: Token, effect: Effect, parts: list[Part]) -> CasualtyMention:
    first, last = min(part.first for part in parts), max(part.last for part in parts)
    start, end = min(tree[first].start, token.start), max(tree[last - 1].end, token.end)
    quote = Quote(effect, start, end)
    counts = tuple(Count(part.low, part.high, part.group, quote) for part in parts)
    return CasualtyMention(
        start=start,
        end=end,
        sentence=token.sentence,
        token=token.index,
        effect=effect,
        count=_sum(counts, quote),
        victims=tree.text(first, last)[:_LONGEST_VICTIMS],
        parts=counts if len(counts) > 1 else (),
        vague=any(_is_vague(tree, part) for part in parts),
        added=_is_added(tree, token, first, last),
    )


def _is_vague(tree: Tree, part: Part) -> bool:
    if part.high is not None:
        return False
    words = {tree[index].text.lower() for index in range(part.first, part.last)}
    return part.low <= _FEWEST or not words.isdisjoint(VAGUE)


def _is_added(tree: Tree, token: Token, first: int, last: int) -> bool:
    if any(child.text.lower() == "also" for child in tree.children(token, "advmod")):
        return True
    return any(tree[index].text.lower() in _MORE for index in range(first, last))


def _sum(counts: tuple[Count, ...], quote: Quote) -> Count:
    """All together; open if one is, of a group if all are of it."""
    highs = [count.high for count in counts if count.high is not None]
    groups = {count.group for count in counts}
    return Count(
        low=sum(count.low for count in counts),
        high=sum(highs) if len(highs) == len(counts) else None,
        group=groups.pop() if len(groups) == 1 else "",
        quote=quote,
    )
