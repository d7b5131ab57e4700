"""Who did it, who is said to have done it, who says they did, to what and to whom: named, with the words behind it."""

from __future__ import annotations

from collections.abc import Sequence

from incidents.extraction.actor_list import STATE_FORCES, Actor, canonical, known_actors, state_of
from incidents.extraction.claims import Role, told_apart
from incidents.extraction.doers import CARRIERS
from incidents.extraction.hospital import is_in_hospital
from incidents.extraction.people import CIVILIANS, COLLECTIVE, PEOPLE
from incidents.extraction.roles import find_roles
from incidents.extraction.syntax import Tree
from incidents.extraction.types import ActorMention, ActorRole, PlaceName, PlacePrecision, Quote
from incidents.extraction.words import word_set
from incidents.language.types import Document, Token

__all__ = ["Actor", "canonical", "find_actors", "known_actors"]

# A name is a noun phrase, not a sentence.
_LONGEST_NAME = 80
_MOST_WORDS = 9
_DOERS = (ActorRole.PERPETRATOR, ActorRole.ALLEGED, ActorRole.CLAIMED_BY)
# "Members of the Taliban" are the Taliban.
_PART_OF = word_set(
    "terrorist subversive extremist commando column squad detachment battalion member fighter force group supporter militant gunman unit troop soldier guerrilla rebel branch wing element command"
)
# A phrase that is only this names nobody and nothing.
_EMPTY = word_set(
    """people person persons other others one ones victim victims target targets area place number dozens hundreds
    thousands scores location locations position positions part responsibility credit some several many most all
    case life lives casualty casualties dead wounded injured total body bodies total toll"""
)
_NO_OWNER = word_set("GPE LOC FAC DATE TIME CARDINAL")
_LEADING = word_set(
    "the a an this that these those its their his her our your my some any at least about around only all both several many numerous various multiple few dozen one two three four five six seven eight nine ten other another"
)
_KINDS = (
    (
        "state-forces",
        word_set("army soldier troop police policeman military government regime navy officer force forces"),
    ),
    ("protesters", word_set("protester protestor demonstrator")),
    ("rioters", word_set("rioter mob crowd looter hooligan")),
    ("rebel-group", word_set("rebel guerrilla guerilla insurgent separatist jihadist jihadi terrorist")),
    (
        "political-militia",
        word_set("militia militant gunman militiaman paramilitary faction cartel gang fighter hitman"),
    ),
    ("civilians", CIVILIANS),
)


def find_actors(document: Document, trigger: int, places: Sequence[PlaceName] = ()) -> tuple[ActorMention, ...]:
    """Everyone with a role in what the word at token index `trigger` (a violent verb or noun) tells, each once a role.

    Of the trigger's own sentence. A speaker, a pronoun and a place are nobody; `places` are the recognised place
    names, so that a town that was struck is no target. Cost: linear in the sentence (and in `places`).
    """
    token = document.tokens[trigger]
    tree = Tree(document)
    if is_in_hospital(tree, token):
        # "Nine were receiving treatment": nobody did that to them.
        return ()
    sentence = tree.sentence_of(token)
    inside = [place for place in places if sentence.start <= place.start < sentence.end]
    found: dict[tuple[str, ActorRole], ActorMention] = {}
    for role in find_roles(tree, token):
        if not _is_place(tree, role, inside):
            mention = _building(document, role, inside) or _mention(tree, role)
            if mention is not None:
                found.setdefault((mention.name.lower(), mention.role), mention)
    return tuple(mention for (name, role), mention in found.items() if not _told_otherwise(name, role, found))


def find_claims(tree: Tree, sentence: int) -> tuple[ActorMention, ...]:
    """Who a sentence says did what was told before it: those who claim it, and those who are blamed."""
    found: dict[tuple[str, ActorRole], ActorMention] = {}
    for role in told_apart(tree, sentence):
        mention = _mention(tree, role)
        if mention is not None:
            found.setdefault((mention.name.lower(), mention.role), mention)
    return tuple(found.values())


def _told_otherwise(name: str, role: ActorRole, found: dict[tuple[str, ActorRole], ActorMention]) -> bool:
    """Who is only blamed is no perpetrator, and who acts is not his own target."""
    if role is ActorRole.PERPETRATOR:
        return (name, ActorRole.ALLEGED) in found
    return role is ActorRole.TARGET and any((name, other) in found for other in (*_DOERS, ActorRole.VICTIM))


def _is_place(tree: Tree, role: Role, places: Sequence[PlaceName]) -> bool:
    """Whether a noun is (the end of) a recognised place: a building may be a target, a town is not."""
    if role.role in (ActorRole.VICTIM, ActorRole.CLAIMED_BY):
        return False
    noun = role.noun
    above = tree.parent(noun)
    if above is not None and noun.index < above.index and above.lemma.lower() in CARRIERS:
        # "A Myanmar military aircraft".
        return False
    for place in places:
        if place.start <= noun.start and noun.end <= place.end and place.role == "event":
            built = place.precision in (PlacePrecision.SITE, PlacePrecision.FACILITY)
            return role.role is not ActorRole.TARGET or not built
    return False


def _building(document: Document, role: Role, places: Sequence[PlaceName]) -> ActorMention | None:
    """A base or a camp that was struck, by the whole of its name however the parser cut it."""
    if role.role is not ActorRole.TARGET:
        return None
    for place in places:
        if place.start <= role.noun.start and role.noun.end <= place.end and place.role == "event":
            quote = Quote(role.role.value, place.start, place.end)
            return ActorMention(document.text[place.start : place.end], role.role, quote=quote)
    return None


def _with_owner(tree: Tree, noun: Token, last: int) -> int:
    """ "Three facilities of a militia" says more than "facilities"."""
    for owner in tree.prepositional(noun, "of"):
        if owner.entity not in _NO_OWNER and owner.index + 1 - noun.index <= _MOST_WORDS:
            return owner.index + 1
    return last


def _mention(tree: Tree, role: Role) -> ActorMention | None:
    first, last = _phrase(tree, role.noun)
    known, end = _known(tree, role.noun, first, last)
    last = end if known else _end_of_group(tree, role.noun, last)
    if known is None and role.role in _DOERS and role.noun.lemma.lower() in _PART_OF:
        last = _with_owner(tree, role.noun, last)
    if known is None and role.role is ActorRole.TARGET and last - first == 1:
        last = _with_owner(tree, role.noun, last)
    text = _text(tree, first, last)
    acts = role.role in _DOERS
    if known is None and acts:
        # "The Israelis": a people that acts is its state.
        known = state_of(text.removesuffix("s").removesuffix("S")) if role.noun.tag in ("NNS", "NNPS") else None
    if known is not None and (
        acts or known.kind != STATE_FORCES or (canonical(text) is known and len(text.split()) == 1)
    ):
        name = known.name
    else:
        name = text
    if not name or name.lower() in _EMPTY or (role.noun.lemma.lower() in _EMPTY and first == role.noun.index):
        return None
    return ActorMention(
        name=name,
        role=role.role,
        kind=known.kind if known else _kind(tree, first, last),
        country=(known.country or None) if known else None,
        says=_says(tree, role.says),
        quote=Quote(role.role.value, tree[first].start, tree[last - 1].end),
    )


def _phrase(tree: Tree, noun: Token) -> tuple[int, int]:
    """The noun phrase without its article, its number and what stands before them."""
    first, last = tree.phrase(noun)
    for index in range(last - 2, first - 1, -1):
        token = tree[index]
        hyphened = "-" in (token.text, tree[index + 1].text)  # "A nine-storey block".
        if token.pos in ("NUM", "PUNCT", "SYM") and not hyphened and token.entity in ("CARDINAL", "QUANTITY", ""):
            first = index + 1
            break
    while (
        first < last - 1
        and tree[first + 1].text != "-"
        and (tree[first].text.lower() in _LEADING or tree[first].pos in ("DET", "PUNCT", "ADV", "PRON"))
    ):
        first += 1
    last = _past_hyphens(tree, last)
    return max(first, last - _MOST_WORDS), last


def _past_hyphens(tree: Tree, last: int) -> int:
    """ "Lashkar-e-Jhangvi", of which the parser takes the first word for the whole."""
    end = last
    while end + 1 < len(tree.tokens) and tree[end].text == "-" and tree[end - 1].end == tree[end].start:
        if tree[end].end != tree[end + 1].start:
            break
        end += 2
        if tree[end - 1].text[:1].isupper() and tree[last - 1].text[:1].isupper():
            last = end
    return last


def _end_of_group(tree: Tree, noun: Token, last: int) -> int:
    """ "A group of villagers" names more than "a group"."""
    if noun.lemma.lower() not in COLLECTIVE:
        return last
    return max((of.index + 1 for of in tree.prepositional(noun, "of")), default=last)


def _known(tree: Tree, noun: Token, first: int, last: int) -> tuple[Actor | None, int]:
    """The known actor a phrase ends in, stands beside in apposition, or is a part of, and where the words for it end."""
    # "The Group for the Support of Islam and Muslims", "Islamic State in the Greater Sahara".
    for end in range(min(last + _MOST_WORDS, tree.sentence_of(noun).last), last, -1):
        known = canonical(tree.text(first, end))
        if known is not None:
            return known, end
    if noun.text.lower() == "side" and (state := state_of(tree.text(first, last - 1))) is not None:
        # "Fire from the Armenian side".
        return state, last
    for start in range(first, last):
        before = tree[start - 1].text if start > tree.sentence_of(noun).first else ""
        if before == "-":
            continue
        words = tree.text(start, last)
        known = canonical(words) or (state_of(words) if noun.dep in ("amod", "compound", "nmod", "conj") else None)
        if known is not None:
            return known, last
    for start in range(_names_before(tree, noun, first), first):
        known = canonical(tree.text(start, last)) or canonical(tree.text(start, first).split(" (")[0])
        if known is not None:
            return known, last
    for beside in tree.children(noun, "appos"):
        known = canonical(_text(tree, *_phrase(tree, beside)))
        if known is not None and known.kind != STATE_FORCES:
            return known, beside.index + 1
    if noun.lemma.lower() in _PART_OF:
        for whole in tree.prepositional(noun, "of", "from"):
            start, stop = _phrase(tree, whole)
            # "The Liberation Tigers of Tamil Eelam".
            for end in (*(part.index + 1 for part in tree.prepositional(whole, "of")), stop):
                known = canonical(_text(tree, start, end))
                if known is not None:
                    return known, end
    return None, last


def _names_before(tree: Tree, noun: Token, first: int) -> int:
    """Where the names right before a phrase begin: "Boko Haram" before "militants", which the parser takes for a verb."""
    begin = max(tree.sentence_of(noun).first, first - _MOST_WORDS)
    if first - begin > 2 and tree[first - 1].text == ")" and tree[first - 3].text == "(":
        # "New People's Army (NPA) rebels".
        first -= 3
    while first > begin and (tree[first - 1].pos in ("PROPN", "PART") or tree[first - 1].text == "of"):
        first -= 1
    return first


def _text(tree: Tree, first: int, last: int) -> str:
    return " ".join(tree.text(first, last).split())[:_LONGEST_NAME].strip(" \"'\u201c\u201d,.;:-")


def _kind(tree: Tree, first: int, last: int) -> str | None:
    """The kind of unnamed people, by their nouns from the last to the first; a "police post" is no police."""
    if tree[last - 1].lemma.lower() not in PEOPLE | COLLECTIVE:
        first = last - 1
    for index in range(last - 1, first - 1, -1):
        lemma = tree[index].lemma.lower()
        for kind, words in _KINDS:
            if lemma in words:
                return kind
    return None


def _says(tree: Tree, speaker: Token | None) -> str:
    if speaker is None or speaker.pos == "PRON":
        return ""
    first, last = _phrase(tree, speaker)
    known = canonical(tree.text(first, last))
    return known.name if known else _text(tree, first, last)
