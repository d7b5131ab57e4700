"""With what: the weapon of a trigger's own clause, as the text names it."""

from __future__ import annotations

from collections.abc import Iterator

from incidents.extraction.syntax import Tree
from incidents.extraction.types import Quote
from incidents.extraction.words import word_set
from incidents.language.types import Document, Token

# Lemmas as they stand in the text; the longest phrase wins. The value is the weapon's name in the record.
_NAMES = {
    "drone": "drone|uav|unmanned aerial vehicle|unmanned aircraft|quadcopter|loitering munition|kamikaze drone|fpv drone",
    "ballistic missile": "ballistic missile|scud|scud missile",
    "cruise missile": "cruise missile|tomahawk|tomahawk missile",
    "anti-ship missile": "anti ship missile|antiship missile|anti ship ballistic missile",
    "anti-tank missile": "anti tank missile|antitank missile|tow missile",
    "surface-to-air missile": "surface to air missile|anti aircraft missile",
    "missile": "missile",
    "rocket-propelled grenade": "rocket propelled grenade|rpg|rocket grenade|bazooka",
    "rocket": "rocket|katyusha|katyusha rocket|grad rocket",
    "mortar": "mortar|mortar shell|mortar fire|mortar round|mortar bomb",
    "artillery": "artillery|artillery shell|howitzer|artillery fire|artillery round|cannon",
    "shell": "shell|tank shell|shellfire",
    "tank": "tank fire|tank round",
    "car bomb": "car bomb|carbomb|vehicle bomb|car bombing|explosive laden car|booby trapped car|booby trap car|"
    "explosive laden vehicle|vbied|suicide car bomb|suicide car bombing",
    "truck bomb": "truck bomb|truck bombing|explosive laden truck|suicide truck bomb",
    "roadside bomb": "roadside bomb|roadside bombing|roadside ied|roadside explosive",
    "improvised explosive device": "ied|improvised explosive device|explosive device|improvised bomb|homemade bomb",
    "explosive belt": "explosive belt|suicide vest|suicide belt|explosive vest|explosives belt|explosives vest",
    "parcel bomb": "parcel bomb|letter bomb|mail bomb",
    "barrel bomb": "barrel bomb",
    "cluster bomb": "cluster bomb|cluster munition",
    "petrol bomb": "petrol bomb|molotov cocktail|firebomb|incendiary bomb|molotov|incendiary device",
    "nail bomb": "nail bomb|pipe bomb",
    "bomb": "bomb|time bomb|bombshell|explosive charge|powerful bomb|guided bomb|munition",
    "dynamite": "dynamite|dynamite stick|dynamite charge|stick of dynamite",
    "landmine": "landmine|land mine|mine|anti personnel mine|antipersonnel mine|anti tank mine",
    "naval mine": "naval mine|sea mine|limpet mine",
    "grenade": "grenade|hand grenade|stun grenade|fragmentation grenade",
    "explosives": "explosive|c4|tnt|plastic explosive",
    "machine gun": "machine gun|machinegun|submachine gun|submachinegun|heavy machine gun",
    "rifle": "rifle|assault rifle|ak47|ak 47|kalashnikov|m16|m 16|sniper rifle|automatic rifle|sniper fire",
    "pistol": "pistol|handgun|revolver",
    "firearm": "gunfire|gunshot|bullet|automatic weapon|firearm|gun|small arm|light weapon|small arms fire|shotgun|shot",
    "knife": "knife|dagger|blade|kitchen knife|bayonet",
    "machete": "machete|sword|axe|hatchet|spear|arrow",
    "vehicle": "vehicle ramming|car ramming|truck ramming|ramming",
    "torpedo": "torpedo",
    "explosive boat": "explosive boat|drone boat|unmanned surface vessel|explosive laden boat|sea drone|naval drone",
    "chlorine": "chlorine|chlorine gas",
    "sarin": "sarin|sarin gas|nerve gas|nerve agent|vx|novichok",
    "mustard gas": "mustard gas|mustard agent|sulfur mustard",
    "chemical weapon": "chemical weapon|poison gas|toxic gas|chemical agent|tear gas",
    "white phosphorus": "white phosphorus|phosphorus bomb|phosphorus shell",
    "helicopter": "helicopter|helicopter gunship|attack helicopter|gunship",
    "aircraft": "warplane|fighter jet|jet|fighter plane|bomber aircraft|fighter aircraft|combat aircraft|fighter bomber",
}
_WEAPONS = {tuple(phrase.split()): name for name, phrases in _NAMES.items() for phrase in phrases.split("|")}
_LONGEST = max(len(phrase) for phrase in _WEAPONS)
# The one verb that tells its weapon; "shelled" and "bombed" leave open what fell.
_IN_VERB = {"stab": "knife", "knife": "knife"}

_USING = word_set(
    """fire launch detonate plant drop throw hurl lob use shoot explode set place toss rain set unleash deploy employ
    deliver release leave carry wear strap wield lay pack load hide conceal drive ram activate trigger pound send
    direct carried-out attach mount"""
)
# A weapon that is kept, made, stopped or talked about is not used.
_UNUSED_HEADS = word_set(
    """capability program programme site facility depot factory storage production stockpile cache workshop unit
    warehouse launcher brigade platform position battery expert threat system arsenal test component part
    manufacturing infrastructure base silo smuggling shipment supply dealer control disposal squad defense defence
    ring plot maker making technology license licence company class operator crew pilot force"""
)
_UNUSED_VERBS = word_set(
    """intercept destroy seize find discover defuse down confiscate capture recover supply provide sell buy
    manufacture develop test possess acquire smuggle deactivate disarm shoot-down target hit strike neutralise
    neutralize thwart have produce store"""
)
# Steps through the tree from trigger to weapon: "was hit by several rockets" takes two, "a car packed with
# explosives exploded" three. Further away stands another clause's weapon as often as this one's.
_FURTHEST = 4
_CLAUSES = word_set("conj ccomp parataxis advcl")


def find_weapon(document: Document, trigger: int) -> tuple[str, Quote | None]:
    """The weapon a trigger's clause names, several joined by a comma, and the words that name them; ("", None) for none.

    `trigger` is the token index of the violent verb or noun. Cost: linear in its sentence.
    """
    token = document.tokens[trigger]
    tree = Tree(document)
    distances = _distances(tree, token)
    found = [
        (distances[head.index], first, last, name)
        for first, last, name in _named(tree, token.sentence)
        if (head := tree[last - 1]).index in distances and not _is_unused(tree, head, token)
    ]
    if not found:
        name = _IN_VERB.get(token.lemma.lower(), "") if token.pos == "VERB" else ""
        return (name, Quote("weapon", token.start, token.end)) if name else ("", None)
    nearest = min(found)
    together = _joined_with(tree, tree[nearest[2] - 1])
    chosen = sorted({item for item in found if item == nearest or item[2] - 1 in together}, key=lambda item: item[1])
    names = list(dict.fromkeys(item[3] for item in chosen))
    start, end = tree[chosen[0][1]].start, tree[chosen[-1][2] - 1].end
    return ", ".join(names), Quote("weapon", start, end)


def _named(tree: Tree, sentence: int) -> Iterator[tuple[int, int, str]]:
    """Tokens `first` to `last` (exclusive) of every weapon a sentence names, the longest phrases first served."""
    # A hyphen inside a name is a token of its own.
    words = [token for token in tree.sentence_tokens(sentence) if token.text != "-"]
    texts = [token.text.lower() for token in words]
    lemmas = [token.lemma.lower() for token in words]
    position = 0
    while position < len(words):
        for length in range(min(_LONGEST, len(words) - position), 0, -1):
            last = position + length - 1
            name = _WEAPONS.get((*texts[position:last], lemmas[last]))
            if name and words[last].pos in ("NOUN", "PROPN"):
                yield words[position].index, words[last].index + 1, name
                position += length
                break
        else:
            position += 1


def _distances(tree: Tree, trigger: Token) -> dict[int, int]:
    """Steps from the trigger to the tokens near it; other clauses are not entered, the trigger's own governor is."""
    distances = {trigger.index: 0}
    waiting = [trigger]
    while waiting:
        current = waiting.pop(0)
        steps = distances[current.index] + 1
        if steps > _FURTHEST:
            continue
        for child in tree.children(current):
            if child.index not in distances and not _opens_clause(tree, child):
                distances[child.index] = steps
                waiting.append(child)
        above = tree.parent(current)
        if above is not None and above.index not in distances and not _opens_clause(tree, current):
            distances[above.index] = steps
            waiting.append(above)
    return distances


def _opens_clause(tree: Tree, token: Token) -> bool:
    """Another clause than the trigger's; "killed when a mine exploded" tells the cause and is not another."""
    if token.dep == "advcl" and any(word.text.lower() in ("when", "after", "as") for word in tree.children(token)):
        return False
    return (
        token.dep in _CLAUSES and token.pos in ("VERB", "AUX") and tree.child(token, "nsubj", "nsubjpass") is not None
    )


def _joined_with(tree: Tree, weapon: Token) -> set[int]:
    first = weapon
    for _ in range(_LONGEST * 2):
        above = tree.parent(first)
        if first.dep != "conj" or above is None:
            break
        first = above
    return {token.index for token in tree.conjuncts(first)}


def _is_unused(tree: Tree, weapon: Token, trigger: Token) -> bool:
    """Kept, made, intercepted or aimed at, on the way up from the weapon to the trigger."""
    current = weapon
    for _ in range(_FURTHEST):
        above = tree.parent(current)
        if above is None:
            break
        if above.pos in ("NOUN", "PROPN") and above.lemma.lower() in _UNUSED_HEADS and above.index != trigger.index:
            return True
        done_to = current.dep in ("dobj", "nsubjpass")
        if done_to and any(word.text.lower() == "down" for word in tree.children(above, "prt", "advmod")):
            return True
        if (
            done_to
            and above.lemma.lower() not in _USING
            and (above.index == trigger.index or above.lemma.lower() in _UNUSED_VERBS)
        ):
            return True
        if current.index == trigger.index:
            break
        current = above
    return False
