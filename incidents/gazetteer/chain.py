"""Where a name is looked up, one after the other: the moderators' places, the gazetteer, a provider.

The first that knows a name answers alone, so a provider can never outrank a moderator.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from time import monotonic

from incidents.gazetteer.geocoder import GazetteerGeocoder
from incidents.gazetteer.names import fold, loosen
from incidents.gazetteer.providers import Provider
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Candidate, Place

# Names and seconds that one text may cost: a hostile one names thousands.
MOST_NAMES = 10
MOST_SECONDS = 20.0
# Nobody has measured a provider's answers: worth a look, less than what the gazetteer is sure of.
SCORE = 0.5
# For another name than the one asked for: providers match parts of names.
_DOUBT = 0.6


class ChainGeocoder(GazetteerGeocoder):
    """The gazetteer with its local places, then the provider for names that neither holds. `reverse` stays offline."""

    def __init__(self, gazetteer: Gazetteer, provider: Provider | None = None) -> None:
        super().__init__(gazetteer)
        self.provider = provider

    def candidates(self, query: str) -> list[Candidate]:
        held = super().candidates(query)
        if held or self.provider is None:
            return held
        return list(scored(query.split(",")[0], self.provider.places(query)))


def ask(
    names: Iterable[str],
    provider: Provider,
    *,
    countries: Collection[str] = (),
    clock: Callable[[], float] = monotonic,
) -> dict[str, tuple[Candidate, ...]]:
    """What the provider knows of names in a text that names `countries` (alpha-2); names without an answer are left out.

    Ends when MOST_NAMES were asked for or MOST_SECONDS have passed; what was answered before costs neither.
    """
    end = clock() + MOST_SECONDS
    asked = 0
    answers = {}
    for name in dict.fromkeys(names):
        if not provider.knows(name):
            if asked == MOST_NAMES or clock() >= end:
                continue
            asked += 1
        if found := tuple(scored(name, provider.places(name), countries)):
            answers[name] = found
    return answers


def scored(name: str, places: Iterable[Place], countries: Collection[str] = ()) -> list[Candidate]:
    """A provider's answers, best first; none in a country that a text which names `countries` does not name.

    A pin in the wrong country is worse than none: what was asked for may have been a surname or a ship.
    """
    likely = [place for place in places if not countries or place.country is None or place.country in countries]
    found = [Candidate(place, SCORE if _same_name(name, place.name) else SCORE * _DOUBT) for place in likely]
    return sorted(found, key=lambda candidate: -candidate.score)


def _same_name(one: str, other: str) -> bool:
    return loosen(fold(one)) == loosen(fold(other))
