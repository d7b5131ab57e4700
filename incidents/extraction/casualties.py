"""How many were killed or wounded: every figure of a text, with whom it counts and the words behind it.

A verb ("killed", "left 12 dead"), a participle ("seven injured") or a noun ("the death of") says what happened; the
parse says to whom; the quantities of `numbers` say to how many. What is threatened, denied or only possible is no
figure, and a number without such a word (troops, facilities, times) is none either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from incidents.extraction import harm
from incidents.extraction.harm import KILLED, WOUNDED, Effect
from incidents.extraction.harm_nouns import also_caused, is_updated, told_by_noun
from incidents.extraction.hospital import is_in_hospital, wounded_in_hospital
from incidents.extraction.idioms import hit_in_a_limb, nobody_hurt, of_idiom, of_person_before
from incidents.extraction.lexicon import UNHURT
from incidents.extraction.numbers import VAGUE, Quantity, quantities
from incidents.extraction.syntax import Tree
from incidents.extraction.types import Count, Quote
from incidents.extraction.victims import Part, Victims
from incidents.extraction.words import word_set
from incidents.language.types import Document, Token

_STATES: dict[str, Effect] = {
    "dead": KILLED,
    "deceased": KILLED,
    "wounded": WOUNDED,
    "injured": WOUNDED,
    "hurt": WOUNDED,
}
# The parser takes the verb of a Headline in Capitals for a name.
_HEADLINE_VERBS: dict[str, Effect] = {
    "kills": KILLED,
    "kill": KILLED,
    "wounds": WOUNDED,
    "injures": WOUNDED,
    "wound": WOUNDED,
    "injure": WOUNDED,
}
_ENTRIES: dict[str, Effect] = {
    **dict.fromkeys(("killed", "dead", "deaths", "fatalities"), KILLED),
    **dict.fromkeys(("wounded", "injured", "injuries", "hurt"), WOUNDED),
}
# Half of all words are one of these.
_TELLS_NOTHING = word_set("PUNCT DET ADP CCONJ SCONJ PART PRON NUM SYM SPACE")
_HURTING_MANY = word_set("stab knife hospitalize hospitalise")
_NOBODY = word_set("nobody no-one none neither")
_LONGEST_VICTIMS = 120
_OF_WHOM = 5
# A plural is two or more.
_FEWEST = 2
_MORE = word_set("other others another more")
_ORDINALS = word_set("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")


@dataclass(frozen=True, slots=True)
class CasualtyMention:
    """One figure. `token` is the word that tells the effect, `victims` the words that say whom it counts.

    `parts` are the figures that were added up ("two soldiers and a civilian"), each with its group; else empty.
    `vague`: no figure but "several", "dozens" or a bare plural. `added`: told as more than those told before ("two of
    his guards were also killed"). `updated`: told as what the figure has become ("the toll rose to 31").
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
    updated: bool = False


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
        here: list[CasualtyMention] = []
        for token in tree.sentence_tokens(sentence.index):
            here.extend(
                _mention(tree, token, effect, _counted_by(tree, token, parts))
                for effect, parts in _told_by(victims, token)
                if parts
            )
        if not here and (last := nobody_hurt(tree, sentence.index)) is not None:
            nobody = [Part(last.index, last.index + 1, 0, 0, "")]
            here = [_mention(tree, last, effect, nobody) for effect in (KILLED, WOUNDED)]
        found.extend(mention for mention in here if not _is_told_by_its_wounds(tree, mention, here))
    return tuple(found)


def _is_told_by_its_wounds(tree: Tree, mention: CasualtyMention, here: Sequence[CasualtyMention]) -> bool:
    """ "Two people with burns were taken to hospital": the hospital adds nobody to the other figures of its sentence."""
    others = (other for other in here if other.effect == WOUNDED and other.token != mention.token)
    return is_in_hospital(tree, tree[mention.token]) and any(other.count.low == mention.count.low for other in others)


def _counted_by(tree: Tree, token: Token, parts: list[Part]) -> list[Part]:
    """Without those whom another word of harm counts ("1 soldier killed, 4 wounded"); nobody where it says so."""
    if nobody := [part for part in parts if not _NOBODY.isdisjoint(_words_of(tree, part))]:
        return [nobody[0]._replace(low=0, high=0)]
    own = [part for part in parts if not _is_counted_before(tree, part, token)]
    return own or parts


def _words_of(tree: Tree, part: Part) -> set[str]:
    return {tree[index].text.lower() for index in range(part.first, part.last)}


def _is_counted_before(tree: Tree, part: Part, token: Token) -> bool:
    following = tree[part.last] if part.last < token.index else None
    return following is not None and following.text.lower() in _ENTRIES


def _told_by(victims: Victims, token: Token) -> Iterator[tuple[Effect, list[Part]]]:
    lemma, word = token.lemma.lower(), token.text.lower()
    if token.pos in _TELLS_NOTHING and word != "that":
        return
    if (tabulated := _tabulated(victims, token)) is not None:
        yield tabulated
    elif word in ("die", "dies") and token.pos == "NOUN":
        # A headline's "at least 33 die", which the parser takes for dice.
        yield KILLED, victims.before(token)
    elif harm.is_fatal(victims.tree, token):
        yield KILLED, harm.of_verb(victims, token)
    elif word in _STATES and not _has_object(victims.tree, token):
        told = _shot_dead(victims, token) or harm.of_state(victims, token) or also_caused(victims, token)
        told = told or of_person_before(victims, token)
        yield from _effects(token, _STATES[word], told)
    elif word in UNHURT:
        for effect in (KILLED, WOUNDED):
            yield effect, _all_unhurt(victims, token)
    elif treated := wounded_in_hospital(victims, token):
        yield WOUNDED, treated
    elif hit := hit_in_a_limb(victims, token):
        yield WOUNDED, hit
    elif token.pos in ("VERB", "AUX", "ADJ"):
        if harm.is_killing(victims.tree, token):
            yield KILLED, harm.of_verb(victims, token) or (of_person_before(victims, token) if word == "killed" else [])
        elif lemma in harm.WOUNDING:
            yield from _effects(token, WOUNDED, harm.of_verb(victims, token))
        elif lemma in _HURTING_MANY:
            yield WOUNDED, _hurt_in_number(victims, token)
        else:
            yield from of_idiom(victims, token)
    elif word in _HEADLINE_VERBS and (found := victims.after(token)):
        yield _HEADLINE_VERBS[word], found
    elif token.pos == "NOUN" or word == "that":
        yield from told_by_noun(victims, token)


def _all_unhurt(victims: Victims, state: Token) -> list[Part]:
    """ "All 22 crew members were unhurt", "everyone escaped unharmed": nobody was hurt; one who was not is no figure."""
    tree = victims.tree
    verb = tree.parent(state)
    subject = tree.subject(verb) if verb is not None else None
    if subject is None:
        return []
    words = {tree[index].text.lower() for index in range(*tree.phrase(subject))}
    everybody = not words.isdisjoint(("all", "everyone", "everybody", "crew"))
    return [Part(subject.index, subject.index + 1, 0, 0, "")] if everybody else []


def _shot_dead(victims: Victims, state: Token) -> list[Part]:
    """A headline's "Raiders shoot dead two policemen"."""
    before = victims.tree.previous(state)
    return victims.after(state) if before is not None and before.text.lower() in ("shoot", "shoots", "shot") else []


def _tabulated(victims: Victims, token: Token) -> tuple[Effect, list[Part]] | None:
    """ "Killed: 1. Wounded: 5": a form that was filled in."""
    effect = _ENTRIES.get(token.text.lower())
    colon = victims.tree.next(token)
    number = victims.tree.next(colon) if colon is not None and colon.text == ":" else None
    quantity = victims.covering.get(number.index) if number is not None else None
    return (effect, [victims.bare(quantity)]) if effect and quantity is not None else None


def _effects(token: Token, effect: Effect, parts: list[Part]) -> Iterator[tuple[Effect, list[Part]]]:
    yield effect, parts
    # Whoever says that nobody was even hurt says that nobody was killed.
    if token.lemma.lower() in ("hurt", "harm") and parts and all(part.is_nobody for part in parts):
        yield KILLED, parts


def _hurt_in_number(victims: Victims, verb: Token) -> list[Part]:
    """ "Stabbed eight people": those who were not stabbed to death; never a single one."""
    tree = victims.tree
    fatal = any(noun.lemma.lower() == "death" for noun in tree.prepositional(verb, "to")) or tree.child(verb, "oprd")
    return (
        []
        if fatal
        else [part for part in harm.of_verb(victims, verb) if part.low > _FEWEST or part.high not in (None, 1)]
    )


def _has_object(tree: Tree, token: Token) -> bool:
    return token.pos == "VERB" and tree.child(token, "dobj") is not None


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
        victims=tree.text(first, _with_whom(tree, last, token))[:_LONGEST_VICTIMS],
        parts=counts if len(counts) > 1 else (),
        vague=any(_is_vague(tree, part) for part in parts),
        added=_is_added(tree, token, first, last),
        updated=is_updated(tree, token),
    )


def _with_whom(tree: Tree, last: int, token: Token) -> int:
    """Where the words for victims end: "one of the attackers" says of whom."""
    if last >= token.index or tree[last].text.lower() != "of":
        return last
    whom = range(last, min(last + _OF_WHOM, token.index))
    return next((index + 1 for index in whom if tree[index].tag in ("NNS", "NNPS")), last)


def _is_vague(tree: Tree, part: Part) -> bool:
    if part.high is not None:
        return False
    words = {tree[index].text.lower() for index in range(part.first, part.last)}
    return part.low <= _FEWEST or not words.isdisjoint(VAGUE)


def _is_added(tree: Tree, token: Token, first: int, last: int) -> bool:
    # "Were also taken there" says of those told before where they are.
    if not is_in_hospital(tree, token) and any(_is_as_well(tree, child) for child in tree.children(token, "advmod")):
        return True
    words = [tree[index].text.lower() for index in range(first, last)]
    if last < len(tree.tokens) and tree[last].text.lower() == "else":
        return True
    # "A third" comes after two; "the third" may be one of them.
    return not _MORE.isdisjoint(words) or (words[0] == "a" and not _ORDINALS.isdisjoint(words))


def _is_as_well(tree: Tree, word: Token) -> bool:
    """ "Also", "too", "as well"."""
    before = tree.previous(word)
    well = word.text.lower() == "well" and before is not None and before.text.lower() == "as"
    return well or word.text.lower() in ("also", "too")


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
