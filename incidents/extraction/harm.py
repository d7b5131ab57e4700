"""Verbs and participles of harm: to whom they happened, and whether they happened at all."""

from __future__ import annotations

from typing import Literal

from incidents.extraction.enumeration import first_listed
from incidents.extraction.lost_subjects import lost_before
from incidents.extraction.people import FIGHTERS
from incidents.extraction.syntax import Tree
from incidents.extraction.victims import ANYONE, Part, Victims
from incidents.extraction.words import word_set
from incidents.language.types import Token

Effect = Literal["killed", "wounded"]
KILLED: Effect = "killed"
WOUNDED: Effect = "wounded"

KILLING = word_set(
    "kill slay murder assassinate execute behead massacre slaughter martyr lynch electrocute decapitate exterminate"
)
DYING = word_set("die perish succumb")
WOUNDING = word_set("wound injure hurt maim harm")
# Said of fighters by armies these mean killed; said of targets and threats they mean much else.
_KILLING_FIGHTERS = word_set("eliminate liquidate neutralise neutralize")
_MAKING_STATE = word_set("leave shoot gun find report believe fear confirm presume be strike club beat stab")
# Where "shot dead" or "gunned down" lacks its object, the subject is the one who was shot.
_SHOOTING = word_set("shoot gun stab beat club hack burn strangle")
_MODALS = word_set("could would may might should must can will 'll \u2019ll shall ca wo")
# "Was reported to have killed" and "went on to kill" tell what happened; "threatened to kill" does not.
_TELLING = word_set("believe report say know think presume confirm fear go allege manage appear seem claim find")
_FOUND_SO = frozenset(["ccomp", "xcomp", "oprd", "acomp", "advcl"])
# Nobody but a person suffers these, whatever the parser takes the name for.
_OF_PERSONS = word_set("murder assassinate")
GRAVELY = word_set("seriously critically severely badly gravely slightly lightly")
_ALMOST = word_set("almost nearly narrowly")
_FATALLY = word_set("fatally mortally")
_EFFECT_WORDS = word_set(
    "killed kill kills dead die died dies wounded wound wounds injured injure injures hurt left leaving killing injuring"
)


def is_fatal(tree: Tree, token: Token) -> bool:
    """ "Fatally shot", "mortally wounded"."""
    return token.pos == "VERB" and any(child.text.lower() in _FATALLY for child in tree.children(token, "advmod"))


def is_killing(tree: Tree, token: Token) -> bool:
    lemma = token.lemma.lower()
    if lemma in KILLING | DYING:
        # "Killed off what was left of the match".
        following = tree.next(token)
        return following is None or following.text.lower() != "off"
    if lemma in _KILLING_FIGHTERS:
        hit = tree.child(token, "dobj", "nsubjpass")
        return hit is not None and hit.lemma.lower() in FIGHTERS | {"member"}
    if lemma == "gun":
        return any(child.text.lower() == "down" for child in tree.children(token, "prt", "advmod"))
    return False


def of_verb(victims: Victims, verb: Token) -> list[Part]:
    """The people a verb of harm tells of; none for what is only possible, planned or denied."""
    if is_unreal(victims.tree, verb):
        return []
    noun = _harmed(victims, verb)
    if victims.tree.child(verb, "neg"):
        nobody = noun is not None and noun.text.lower() in ANYONE
        return [Part(noun.index, noun.index + 1, 0, 0, "")] if noun is not None and nobody else []
    found = _figure_alone(victims, verb)
    if not found:
        found = _all_of(victims, verb, noun) if noun is not None else _beside(victims, verb)
    if not found and noun is not None and noun.dep == "nsubjpass" and verb.lemma.lower() in _OF_PERSONS:
        found = [victims.someone(noun)] if noun.tag in ("NN", "NNP") else []
    if _is_shared(victims.tree, verb) and not all(part.is_nobody for part in found):
        return []
    return found


def _all_of(victims: Victims, verb: Token, noun: Token) -> list[Part]:
    """The noun's people, those that the parse lost before it, and those told by "along with"."""
    found = victims.parts(first_listed(victims.tree, noun)) or victims.parts(noun)
    if not found:
        return []
    if noun.index < verb.index:
        found = lost_before(victims, verb, found) + found
    return found + _of_them(victims, verb, noun) + _along_with(victims, verb, noun)


def _of_them(victims: Victims, verb: Token, noun: Token) -> list[Part]:
    """ "A warlord and 17 of his men were killed": the parser makes the figure a subject of its own."""
    others = [other for other in victims.tree.children(verb, noun.dep) if other.index > noun.index]
    joined = [other for other in others if other.index in victims.covering and _is_joined(victims.tree, other)]
    return [victims.bare(victims.covering[other.index]) for other in joined]


def _is_joined(tree: Tree, number: Token) -> bool:
    before = tree.previous(number)
    return before is not None and before.text.lower() == "and" and any(tree.prepositional(number, "of"))


def _along_with(victims: Victims, verb: Token, noun: Token) -> list[Part]:
    tree = victims.tree
    words = [word for word in tree.sentence_tokens(verb.sentence) if _is_along_with(tree, word, verb, noun)]
    return [part for word in words for other in tree.children(word, "pobj") for part in victims.parts(other)]


def _is_along_with(tree: Tree, word: Token, verb: Token, noun: Token) -> bool:
    """ "Was killed along with two of his guards"; "together with"."""
    before = tree.previous(word)
    if word.text.lower() != "with" or before is None or before.text.lower() not in ("along", "together"):
        return False
    return any(above.index in (verb.index, noun.index) for above in tree.ancestors(word.index))


def _figure_alone(victims: Victims, verb: Token) -> list[Part]:
    """ "Killed six and injured scores": the parser takes "six and injured" for what kind of scores."""
    following = victims.tree.next(verb)
    quantity = victims.covering.get(following.index) if following is not None else None
    end = victims.tree.sentence_of(verb).last
    if quantity is None or quantity.last + 1 >= end:
        return []
    joint, word = (victims.tree[quantity.last + place].text.lower() for place in (0, 1))
    return [victims.bare(quantity)] if joint in ("and", ",") and word in _EFFECT_WORDS else []


def of_state(victims: Victims, token: Token) -> list[Part]:
    """ "Left 12 dead", "13 dead and 40 wounded", "two were found dead", "seven injured"."""
    tree = victims.tree
    if beside := _own_figure(victims, token):
        return beside
    if token.pos == "VERB" and token.dep not in ("oprd", "acomp", "xcomp"):
        found = of_verb(victims, token)
        if found or is_unreal(tree, token) or _is_shared(tree, token):
            return found
    for child in tree.children(token, "nummod", "det", "nsubj"):
        if child.index in victims.covering:
            return [victims.bare(victims.covering[child.index])]
    head = tree.parent(token)
    if head is not None and head.index in victims.covering and token.dep in ("amod", "acl"):
        return [victims.bare(victims.covering[head.index])]
    if found := victims.before(token, _EFFECT_WORDS):
        return found
    if head is None or head.lemma.lower() not in _MAKING_STATE or is_unreal(tree, head):
        return []
    noun = tree.child(token, "nsubj") or _brought_to_state(tree, head)
    found = victims.parts(noun)
    return found + _along_with(victims, head, noun) if noun is not None and found else found


def _own_figure(victims: Victims, token: Token) -> list[Part]:
    """ "31 dead", "16 seriously injured", "six were killed and several injured", "killed six and injured scores": the figure that touches the word."""
    tree = victims.tree
    previous = tree.previous(token)
    if previous is not None and previous.text.lower() in GRAVELY:
        previous = tree.previous(previous)
    quantity = victims.covering.get(previous.index) if previous is not None else None
    hit = tree.child(token, "nsubj", "nsubjpass", "dobj")
    if quantity is not None and victims.is_count(quantity) and (hit is None or hit.index in victims.covering):
        return [Part(quantity.first, quantity.last, quantity.low, quantity.high, "")]
    joined = previous is not None and previous.text.lower() in ("and", ",") and token.dep == "conj"
    return victims.after(token) if joined else []


def to_death(victims: Victims, noun: Token) -> list[Part]:
    """ "Stabbed to death"."""
    preposition = victims.tree.parent(noun)
    verb = victims.tree.parent(preposition) if preposition is not None and preposition.text.lower() == "to" else None
    if verb is None or verb.pos != "VERB" or is_unreal(victims.tree, verb):
        return []
    if verb.lemma.lower() not in _SHOOTING and not victims.tree.is_passive(verb):
        return []
    return victims.parts(_brought_to_state(victims.tree, verb))


def _brought_to_state(tree: Tree, verb: Token) -> Token | None:
    head = tree.parent(verb)
    found = tree.child(verb, "dobj") or tree.child(verb, "nsubjpass")
    if found is None and head is not None and verb.dep == "conj":
        # "Were shot and hacked to death".
        found = tree.child(head, "nsubjpass")
    if found is not None:
        return tree.antecedent(found, verb)
    if verb.dep == "acl":
        return head
    # "Was found stabbed to death".
    if verb.dep in _FOUND_SO and head is not None and head.lemma.lower() == "find":
        return tree.child(head, "dobj", "nsubjpass")
    return tree.child(verb, "nsubj") if verb.lemma.lower() in _SHOOTING | {"be", "confirm", "report"} else None


def _harmed(victims: Victims, verb: Token) -> Token | None:
    """The noun for those killed or hurt; None where the parse shows none."""
    tree = victims.tree
    dying = verb.lemma.lower() in DYING
    if not dying and (hit := _object(tree, verb)):
        return tree.antecedent(hit, verb)
    subject = _passive_subject(tree, verb) or (
        tree.child(verb, "nsubj") if dying or verb.tag in ("VBN", "VBD", "JJ") else None
    )
    if subject is not None:
        active = not dying and subject.dep == "nsubj" and verb.tag == "VBD"
        return None if active and not _lacks_agent(victims, subject) else tree.antecedent(subject, verb)
    head = tree.parent(verb)
    if head is None:
        return None
    if verb.dep in ("acl", "relcl") and (verb.tag == "VBN" or dying):
        return head
    # "The murdered priests"; "wounded priests" is told of in `of_state`.
    if verb.dep == "amod" and verb.tag in ("VBN", "JJ") and verb.lemma.lower() not in WOUNDING | DYING:
        return head
    if verb.dep in ("xcomp", "oprd", "acomp", "ccomp") and head.lemma.lower() in _MAKING_STATE | _TELLING:
        return tree.child(head, "dobj") or tree.child(head, "nsubjpass", "nsubj")
    if verb.dep == "conj" and verb.tag in ("VBN", "VBD") and (dying or tree.is_passive(head)):
        shared = tree.subject(verb)
        return shared if shared and (dying or shared.dep == "nsubjpass") else None
    return None


def _object(tree: Tree, verb: Token) -> Token | None:
    """What a verb is done to. A passive has none ("four were killed, among them a girl"); a subject after the verb is one
    ("shelling killed Omar Said, 43")."""
    if tree.child(verb, "auxpass"):
        return None
    found = tree.child(verb, "dobj", "dative")
    if found is not None or verb.lemma.lower() not in KILLING | WOUNDING:
        return found
    subjects = tree.children(verb, "nsubj")
    return subjects[-1] if len(subjects) > 1 and subjects[-1].index > verb.index else None


def _passive_subject(tree: Tree, verb: Token) -> Token | None:
    """Of two the one that is no place: the parser takes a dateline for a subject as well."""
    subjects = tree.children(verb, "nsubjpass")
    return next((subject for subject in subjects if subject.entity != "GPE"), next(iter(subjects), None))


def _lacks_agent(victims: Victims, subject: Token) -> bool:
    """ "30 others wounded": the parser takes the participle for a past tense; a counted subject gives it away."""
    if subject.index in victims.covering or subject.text.lower() in ("another", "others"):
        return True
    return any(child.index in victims.covering for child in victims.tree.children(subject, "nummod", "amod", "det"))


def _beside(victims: Victims, verb: Token) -> list[Part]:
    return victims.before(verb, _EFFECT_WORDS) or victims.after(verb)


def _is_shared(tree: Tree, verb: Token) -> bool:
    """ "Killed or wounded" with one figure for both says nothing of either."""
    head = tree.parent(verb)
    if verb.dep == "conj" and head is not None and _differs(verb, head):
        own = tree.child(verb, "nsubj", "nsubjpass", "dobj")
        before = tree.child(head, "dobj")
        return verb.index - head.index == 2 and (own is None or (before is None and own.dep == "dobj"))
    for other in tree.children(verb, "conj"):
        if _differs(verb, other) and other.index - verb.index == 2:
            return tree.child(other, "nsubj", "nsubjpass") is None and tree.child(verb, "dobj") is None
    return False


def _differs(verb: Token, other: Token) -> bool:
    lemmas = {verb.lemma.lower(), other.lemma.lower()}
    return bool(lemmas & KILLING) and bool(lemmas & WOUNDING)


def is_unreal(tree: Tree, verb: Token) -> bool:
    """Threatened, planned, possible or conditional."""
    head = tree.parent(verb)
    for child in tree.children(verb, "aux", "auxpass", "mark"):
        word = child.text.lower()
        if word in _MODALS or (child.dep == "mark" and word in ("if", "unless", "lest")):
            return True
        if child.tag == "TO":
            perfect = any(aux.lemma == "have" for aux in tree.children(verb, "aux"))
            if not perfect and (head is None or head.lemma.lower() not in _TELLING):
                return True
    if any(child.text.lower() in _ALMOST for child in tree.children(verb, "advmod")):
        return True
    shared = verb.dep == "conj" and head is not None and head.pos == "VERB"
    return shared and head is not None and any(aux.text.lower() in _MODALS for aux in tree.children(head, "aux"))
