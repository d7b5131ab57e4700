"""The columns of lists: who took part in each incident, and who tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from incidents.extraction.types import ActorRole
from incidents.models import Actor, Article, IncidentActor, Mention, Source

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from numpy.typing import NDArray

# Up to as many incidents are asked for by key; beyond, reading everything costs less than naming them.
MANY = 5_000
_CHUNK = 100_000
_ROLES = {str(role): number for number, role in enumerate(ActorRole)}


def actors(ids: NDArray[np.int64], some: list[int] | None) -> tuple[pa.Array, pa.Array, list[int]]:
    """For the incidents `ids`: the actors of each, their roles, and the keys of the dictionary's entries.

    `some` are the same keys as a list when only they shall be read, None to read everybody's. Two queries.
    """
    asked = IncidentActor.objects.order_by("incident", "pk")
    asked = asked if some is None else asked.filter(incident__in=some)
    found = _integers(asked.values_list("incident", "actor", "role"), _ROLES)
    row = _rows(ids, found[:, 0])
    found, row = found[row >= 0], row[row >= 0]
    order = np.argsort(row, kind="stable")
    found, row = found[order], row[order]
    keys, entries = np.unique(found[:, 1], return_inverse=True)
    names = dict(Actor.objects.filter(pk__in=keys.tolist()).values_list("pk", "name"))
    offsets = _offsets(row, len(ids))
    roles = pa.DictionaryArray.from_arrays(
        pa.array(found[:, 2], pa.uint8()), pa.array([str(role) for role in ActorRole])
    )
    column = _names(entries, [names.get(key, "") for key in keys.tolist()])
    return pa.ListArray.from_arrays(offsets, column), pa.ListArray.from_arrays(offsets, roles), keys.tolist()


def sources(ids: NDArray[np.int64], some: list[int] | None) -> tuple[pa.Array, list[tuple[int, str]]]:
    """The distinct sources of each incident's mentions, and the keys and domains of the dictionary's entries.

    Three queries: joined here, since a join in SQL would read the text of every article.
    """
    asked = Mention.objects.filter(incident__isnull=False).order_by()
    articles = Article.objects.filter(source__isnull=False).order_by()
    if some is not None:
        asked = asked.filter(incident__in=some)
        articles = articles.filter(mentions__incident__in=some).distinct()
    mentions = _integers(asked.values_list("incident", "article"))
    told_by = _integers(articles.values_list("pk", "source"))
    told_by = told_by[np.argsort(told_by[:, 0])]
    spot = _rows(told_by[:, 0], mentions[:, 1])
    row = _rows(ids, mentions[:, 0])
    known = (spot >= 0) & (row >= 0)
    keys, entries = np.unique(told_by[spot[known], 1], return_inverse=True)
    width = max(1, len(keys))
    pairs = np.unique(row[known] * width + entries)
    about = dict(_about(keys.tolist()))
    column = _names(pairs % width, [about[key][0] for key in keys.tolist()])
    offsets = _offsets(pairs // width, len(ids))
    return pa.ListArray.from_arrays(offsets, column), [(key, about[key][1]) for key in keys.tolist()]


def _about(keys: list[int]) -> list[tuple[int, tuple[str, str]]]:
    """Name and domain; of two sources with one name the second is told by its domain as well."""
    taken: set[str] = set()
    found = []
    rows = Source.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "name", "domain")
    for key, name, domain in rows:
        name = f"{name} ({domain or key})" if name in taken else name
        taken.add(name)
        found.append((key, (name, domain or "")))
    return found


def _integers(rows: QuerySet[Any, tuple[Any, ...]], words: dict[str, int] | None = None) -> NDArray[np.int64]:
    """A query's rows as an array; `words` are the numbers of the last column's words."""
    chunks = []
    found = rows.iterator(chunk_size=_CHUNK)
    width = len(rows.query.values_select) or 2
    while chunk := list(islice(found, _CHUNK)):
        if words:
            chunk = [(*row[:-1], words[row[-1]]) for row in chunk]
        chunks.append(np.array(chunk, np.int64))
    return np.concatenate(chunks) if chunks else np.empty((0, width), np.int64)


def _rows(ids: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of `wanted` stands in `ids`; -1 where it does not."""
    if not len(ids):
        return np.full(len(wanted), -1)
    order = np.argsort(ids)
    spots = np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)
    found = order[spots]
    return np.where(ids[found] == wanted, found, -1)


def _offsets(rows: NDArray[np.int64], length: int) -> pa.Array:
    """Where the list of each row begins, for `rows` in ascending order."""
    return pa.array(np.searchsorted(rows, np.arange(length + 1)).astype(np.int32), pa.int32())


def _names(entries: NDArray[np.int64], names: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(entries, pa.int32()), pa.array(names, pa.utf8()))
