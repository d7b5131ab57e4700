"""The columns of lists: who took part in each incident, and who tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import F

from incidents.extraction.types import ActorRole
from incidents.models import Actor, Article, IncidentActor, Mention, Source
from incidents.publishing.columns import rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Up to as many incidents are asked for by key; beyond, reading everything costs less than naming them.
MANY = 5_000
_WORD = pa.dictionary(pa.int32(), pa.utf8())


def actors(ids: NDArray[np.int64], some: list[int] | None) -> tuple[pa.Array, pa.Array, list[int]]:
    """For the incidents `ids`: the actors of each, their roles, and the keys of the dictionary's entries.

    `some` are the same keys as a list when only they shall be read, None to read everybody's. Two reads.
    """
    asked = IncidentActor.objects.all() if some is None else IncidentActor.objects.filter(incident__in=some)
    found = rows.read(asked, *_read("incident", "actor", role=_WORD))
    row = _rows(ids, found["incident"])
    # In order of their keys within each incident; first those of others.
    order = np.argsort(row, kind="stable")[np.count_nonzero(row < 0) :]
    offsets = _offsets(row[order], len(ids))
    roles = rows.of_words(found["role"].take(pa.array(order)), ActorRole)
    keys, entries = _distinct(found["actor"].take(pa.array(order)))
    names = dict(Actor.objects.filter(pk__in=keys).values_list("pk", "name"))
    column = _names(entries, [names.get(key, "") for key in keys])
    return pa.ListArray.from_arrays(offsets, column), pa.ListArray.from_arrays(offsets, roles), keys


def sources(ids: NDArray[np.int64], some: list[int] | None) -> tuple[pa.Array, list[tuple[int, str]]]:
    """The distinct sources of each incident's mentions, and the keys and domains of the dictionary's entries.

    Three reads: joined here, since a join in SQL would read the text of every article.
    """
    asked = Mention.objects.filter(incident__isnull=False)
    articles = Article.objects.filter(source__isnull=False)
    if some is not None:
        asked = asked.filter(incident__in=some)
        articles = articles.filter(mentions__incident__in=some).distinct()
    mentions = rows.read(asked, *_read("incident", "article"))
    told_by = rows.read(articles, *_read("pk", "source"))
    spot, row = _rows(told_by["pk"], mentions["article"]), _rows(ids, mentions["incident"])
    known = (spot >= 0) & (row >= 0)
    keys, entries = _distinct(told_by["source"].take(pa.array(spot[known])))
    width = max(1, len(keys))
    # Sorted, not by np.unique, whose hashing takes six times as long for two million.
    pairs = np.sort(row[known].astype(np.int64) * width + entries)
    pairs = pairs[np.diff(pairs, prepend=-1) != 0]
    about = dict(_about(keys))
    column = _names(pairs % width, [about[key][0] for key in keys])
    offsets = _offsets(pairs // width, len(ids))
    return pa.ListArray.from_arrays(offsets, column), [(key, about[key][1]) for key in keys]


def _read(*keys: str, **others: pa.DataType) -> tuple[dict[str, F], dict[str, pa.DataType]]:
    """What rows.read wants to know of fields: how to ask for them, and their types."""
    types = {**dict.fromkeys(keys, pa.int64()), **others}
    return {name: F(name) for name in types}, types


def _about(keys: list[int]) -> list[tuple[int, tuple[str, str]]]:
    """Name and domain; of two sources with one name the second is told by its domain as well."""
    taken: set[str] = set()
    found = []
    for key, name, domain in Source.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "name", "domain"):
        name = f"{name} ({domain or key})" if name in taken else name
        taken.add(name)
        found.append((key, (name, domain or "")))
    return found


def _rows(keys: NDArray[np.int64] | pa.Array, wanted: pa.Array) -> NDArray[np.int32]:
    """Where each of `wanted` stands in `keys`; -1 where it does not."""
    found: NDArray[np.int32] = pc.index_in(wanted, pa.array(keys)).fill_null(-1).to_numpy()
    return found


def _distinct(values: pa.Array) -> tuple[list[int], NDArray[np.int32]]:
    """The distinct values in ascending order, and which one each is."""
    distinct = np.sort(values.unique().to_numpy())
    return distinct.tolist(), _rows(distinct, values)


def _offsets(rows: NDArray[np.signedinteger[Any]], length: int) -> pa.Array:
    """Where the list of each row begins, for `rows` in ascending order."""
    return pa.array(np.searchsorted(rows, np.arange(length + 1)).astype(np.int32), pa.int32())


def _names(entries: NDArray[np.signedinteger[Any]], names: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(entries, pa.int32()), pa.array(names, pa.utf8()))
