"""Full text: words to a condition on incidents, by FTS5 on SQLite and by a GIN index on PostgreSQL.

Both engines look for the same tokens in the same rows (SearchText), so they find the same incidents. A token of the
place or the weapon has its mark in front and lies beside the plain one, so that one index serves all three keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from incidents.query import aliases
from incidents.query.countries import country_code
from incidents.query.tokens import asked

PLACE, WEAPON, COUNTRY = "p:", "w:", "c:"
# Each further word narrows little and costs the server.
MOST_WORDS = 16
# As the index of migration 0004 says it, or it is not used.
_FOUND = {
    "sqlite": "SELECT rowid FROM incidents_search WHERE incidents_search MATCH %s",
    # Materialized: PostgreSQL takes a table that it has not yet analysed for an empty one, and would look through its
    # texts again for every row that is asked about.
    "postgresql": (
        "WITH found AS MATERIALIZED"
        " (SELECT incident_id FROM incidents_searchtext WHERE incidents_tokens(words) @@ %s::tsquery)"
        " SELECT incident_id FROM found"
    ),
}


@dataclass(frozen=True, slots=True)
class Term:
    """A token, or any that begins with it."""

    token: str
    prefix: bool = True


# All terms of one alternative must be found, one alternative of each group, and something of every group.
Group = tuple[tuple[Term, ...], ...]
Wanted = list[Group]


def wanted(*, q: str = "", weapon: str = "", place: str = "") -> Wanted:
    """What must be found; empty when nothing is asked, a group without alternatives where no word can be found."""
    found: Wanted = []
    if q:
        found += _words(q)
    if weapon:
        found += [(_all(token, WEAPON),) for token in _first(asked(weapon))] or [()]
    if place:
        found += _in_place(place)
    return found


def matching(groups: Wanted) -> Q:
    """The condition that all groups are found, as a subquery: nothing is run."""
    if not all(groups):
        return Q(pk__in=[])
    vendor = connection.vendor
    return Q(pk__in=RawSQL(_FOUND[vendor], [expression(groups, vendor)]))  # noqa: S611 - a constant


def expression(groups: Wanted, vendor: str) -> str:
    """The groups in the language of FTS5 or of tsquery. Tokens are letters, digits and a mark, and quoted all the same."""
    both, either, term = (" AND ", " OR ", _fts5) if vendor == "sqlite" else (" & ", " | ", tsquery)
    return both.join(
        f"({either.join(f'({both.join(map(term, alternative))})' for alternative in group)})" for group in groups
    )


def _fts5(term: Term) -> str:
    quoted = term.token.replace('"', '""')
    return f'"{quoted}"*' if term.prefix else f'"{quoted}"'


def tsquery(term: Term) -> str:
    quoted = term.token.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*" if term.prefix else f"'{quoted}'"


def _words(text: str, mark: str = "") -> Wanted:
    """A group for each token: itself, or what a place is written as that the words around it name."""
    tokens = _first(asked(text))
    named = [(set(asked(span)), names) for span, names in aliases.meant(_spans(text)).items() if names]
    groups: Wanted = []
    for token in tokens:
        others = [
            tuple(_term(part, mark) for part in asked(other))
            for span, names in named
            if token in span
            for other in names
        ]
        groups.append(tuple(dict.fromkeys([_all(token, mark), *filter(None, others)])))
    return groups or [()]


def _in_place(name: str) -> Wanted:
    """A country by its code or its name as a whole: Niger is not the beginning of Nigeria."""
    if code := country_code(name):
        exact = tuple(Term(PLACE + token, prefix=False) for token in _first(asked(name)))
        return [(exact, (Term(COUNTRY + code.lower(), prefix=False),))]
    return _words(name, PLACE)


def _all(token: str, mark: str) -> tuple[Term, ...]:
    return (_term(token, mark),)


def _term(token: str, mark: str) -> Term:
    """A single Latin letter begins too many words to mean them all."""
    return Term(mark + token, prefix=len(token) > 1 or not token.isascii())


def _first(tokens: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(tokens))[:MOST_WORDS]


def _spans(text: str) -> list[str]:
    """Neighbouring words that may be one name."""
    words: Sequence[str] = text.split()[:MOST_WORDS]
    return [
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + aliases.MOST_WORDS) + 1)
    ]
