"""The words by which each published incident is found: those that the public may read on its page, and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from incidents.models import Incident, IncidentActor, Quote
from incidents.query import aliases
from incidents.query.countries import country_name
from incidents.query.filters import COUNTRY_SHOWN, PROVINCE_SHOWN
from incidents.query.search import COUNTRY, PLACE, WEAPON
from incidents.query.tokens import held

# A page with more different words is not found by all of them; a lexeme list of PostgreSQL ends at a megabyte.
MOST_TOKENS = 3_000
# Named, so that a migration that fills the index asks for no column that a later one adds.
_FIELDS = (
    "pk", "title", "summary", "weapon", "code", "public_place_name", "public_place_precision", "province", "country",
    "public_latitude", "public_longitude", "public_precision",
)  # fmt: skip


def search_texts(keys: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The key and the words of each of these incidents that is published. Three queries."""
    rows = list(Incident.objects.order_by().filter(pk__in=keys, status=Incident.Status.PUBLISHED).values_list(*_FIELDS))
    actors, quotes = _actors(keys), _quotes([row[0] for row in rows if not row[-1]])
    for pk, title, summary, weapon, code, name, precision, province, country, *point, _cap in rows:
        country = country if precision in COUNTRY_SHOWN else ""
        place = [country_name(name), *aliases.written(name, country, *point), country_name(country)]
        if precision in PROVINCE_SHOWN:
            place.append(province)
        yield pk, _joined([title, summary, code, *actors[pk], *quotes[pk]], place, weapon, country)


def _joined(texts: Iterable[str], place: Iterable[str], weapon: str, country: str) -> str:
    places, weapons = [token for text in place for token in held(text)], held(weapon)
    tokens = [*places, *weapons, *(PLACE + token for token in places), *(WEAPON + token for token in weapons)]
    if country:
        tokens.append(COUNTRY + country.lower())
    tokens += [token for text in texts for token in held(text)]
    return " ".join(list(dict.fromkeys(tokens))[:MOST_TOKENS])


def _actors(keys: Sequence[int]) -> dict[int, list[str]]:
    """Their names and other names."""
    found: dict[int, list[str]] = defaultdict(list)
    roles = IncidentActor.objects.order_by().filter(incident__in=keys)
    for pk, name, others in roles.values_list("incident", "actor__name", "actor__aliases"):
        found[pk] += [name, *(other for other in others if isinstance(other, str))] if others else [name]
    return found


def _quotes(keys: Sequence[int]) -> dict[int, list[str]]:
    """Of incidents whose sources' words may be shown: where the place is capped, they would name it."""
    found: dict[int, list[str]] = defaultdict(list)
    quotes = Quote.objects.order_by().filter(mention__incident__in=keys)
    for pk, text in quotes.values_list("mention__incident", "text"):
        found[pk].append(text)
    return found
