"""Which of an article's figures are those of one incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from incidents.extraction.casualties import CasualtyMention
from incidents.extraction.mentions import Mention
from incidents.extraction.types import Count

# So many may be named one by one; a longer toll is told at once.
_FEW = 3
# "Also" and "others" count on from what was told at most so many sentences before.
_NEAR = 2


def toll(mentions: Sequence[Mention]) -> tuple[Count | None, Count | None, tuple[tuple[str, Count], ...]]:
    """Killed and wounded as told first for all people, or as a later toll has them, else for a group; the figures by group
    beside them."""
    found: dict[str, CasualtyMention] = {}
    # The firm figure that was told last, to which "another" adds.
    last: dict[str, CasualtyMention] = {}
    groups: list[tuple[str, Count]] = []
    for figure in _own_first(mentions):
        if figure.count.group:
            groups.append((figure.effect, figure.count))
        known, before = found.get(figure.effect), last.get(figure.effect, figure)
        if known is None or _says_more(known, figure):
            found[figure.effect] = figure
        elif _adds(before, figure):
            total = _sum(before.count, figure.count)
            # "Eight died. Rescuers had carried away seven dead, and another died": eight all the same.
            if before is known or total.low > known.count.low:
                found[figure.effect] = replace(known, count=total, added=True)
        if figure.effect not in last or not (figure.added or figure.vague):
            last[figure.effect] = figure
    counts = {effect: figure.count for effect, figure in found.items()}
    if "killed" not in counts and "wounded" in counts and counts["wounded"].high == 0 and not found["wounded"].added:
        # Who says that nobody was hurt says that nobody was killed; of "nobody else" it is not said.
        nobody = counts["wounded"]
        counts["killed"] = replace(nobody, quote=replace(nobody.quote, field="killed") if nobody.quote else None)
    return counts.get("killed"), counts.get("wounded"), tuple(groups)


def _own_first(mentions: Sequence[Mention]) -> list[CasualtyMention]:
    """In text order; where a total opens them ("two bombings killed 40"), the figures of the one event first, and those of
    the attackers last."""
    if mentions[0].plural:
        mentions = sorted(mentions, key=lambda mention: mention.plural or mention.harm_only)
    mentions = sorted(mentions, key=lambda mention: mention.of_attackers)
    return [figure for mention in mentions for figure in mention.counts]


def _says_more(known: CasualtyMention, figure: CasualtyMention) -> bool:
    """ "Several troops were wounded" is said better by any figure. "The mayor was killed" may be followed by "the mayor
    and his driver were"."""
    if figure.updated:
        return not figure.vague
    if known.vague:
        return not figure.vague and figure.count.low * 2 >= known.count.low
    one, few = known.count, figure.count
    return not figure.added and one.low == one.high == 1 < few.low <= _FEW and few.low == few.high


def _adds(known: CasualtyMention, figure: CasualtyMention) -> bool:
    """ "The mayor was shot dead. Two of his guards were also killed": once, for who repeats it adds nobody."""
    if not figure.added or figure.vague or known.added or known.count.high != known.count.low:
        return False
    return figure.count.low == figure.count.high and 0 <= figure.sentence - known.sentence <= _NEAR


def _sum(first: Count, second: Count) -> Count:
    group = first.group if first.group == second.group else ""
    return replace(first, low=first.low + second.low, high=first.low + second.low, group=group)
