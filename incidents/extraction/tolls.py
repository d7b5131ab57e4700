"""Which of an article's figures are those of one incident."""

from __future__ import annotations

from collections.abc import Sequence

from incidents.extraction.casualties import CasualtyMention
from incidents.extraction.mentions import Mention
from incidents.extraction.types import Count

# So many may be named one by one; a longer toll is told at once.
_FEW = 3


def toll(mentions: Sequence[Mention]) -> tuple[Count | None, Count | None, tuple[tuple[str, Count], ...]]:
    """Killed and wounded as told first for all people, else for a group; the figures by group beside them."""
    found: dict[str, Count] = {}
    groups: list[tuple[str, Count]] = []
    for figure in _own_first(mentions):
        if figure.count.group:
            groups.append((figure.effect, figure.count))
        known = found.get(figure.effect)
        if known is None or _says_more(known, figure.count):
            found[figure.effect] = figure.count
    return found.get("killed"), found.get("wounded"), tuple(groups)


def _own_first(mentions: Sequence[Mention]) -> list[CasualtyMention]:
    """In text order; where a total opens them ("two bombings killed 40"), the figures of the one event first."""
    if mentions[0].plural:
        mentions = sorted(mentions, key=lambda mention: mention.plural or mention.harm_only)
    return [figure for mention in mentions for figure in mention.counts]


def _says_more(known: Count, count: Count) -> bool:
    """ "Wounded troops" says two or more; any figure says it better. "The mayor was killed" may be followed by "the
    mayor and his driver were"."""
    if _is_vague(known):
        return not _is_vague(count)
    return known.low == known.high == 1 < count.low <= _FEW and count.low == count.high


def _is_vague(count: Count) -> bool:
    return count.high is None and count.low <= 2
