"""From the database to an Arrow table: a row an incident, names in dictionaries, what nobody states null."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db.models import CharField, F
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Substr

from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole, PlacePrecision, TimePrecision
from incidents.publishing.columns import people
from incidents.query.countries import country_name

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from incidents.models import Incident

# Rows held as Python objects at a time: 20,000 are some 10 MB.
CHUNK = 20_000
_DAY = pa.date32()
_NAME = pa.dictionary(pa.int32(), pa.utf8())
_WORD = pa.dictionary(pa.uint8(), pa.utf8())
SCHEMA = pa.schema(
    [
        pa.field("id", pa.uint32(), nullable=False),
        pa.field("code", pa.utf8(), nullable=False),
        pa.field("latitude", pa.float32()),
        pa.field("longitude", pa.float32()),
        pa.field("radius_m", pa.uint32()),
        pa.field("start", _DAY),
        pa.field("end", _DAY),
        pa.field("time_precision", _WORD, nullable=False),
        pa.field("place_precision", _WORD, nullable=False),
        pa.field("kind", _WORD, nullable=False),
        pa.field("credibility", pa.uint8(), nullable=False),
        pa.field("place", _NAME, nullable=False),
        pa.field("killed", pa.uint32()),
        pa.field("wounded", pa.uint32()),
        pa.field("added", _DAY),
        pa.field("actors", pa.list_(_NAME), nullable=False),
        pa.field("roles", pa.list_(_WORD), nullable=False),
        pa.field("sources", pa.list_(_NAME), nullable=False),
    ]
)
_WORDS: dict[str, type[StrEnum]] = {
    "time_precision": TimePrecision,
    "place_precision": PlacePrecision,
    "kind": Kind,
}
# Days as text: pyarrow reads a million at once where Django would make an object of each. The first 19 characters of a
# moment are its seconds, in UTC, on both engines.
_READ: dict[str, Combinable] = {
    "id": F("pk"),
    "code": F("code"),
    "latitude": F("public_latitude"),
    "longitude": F("public_longitude"),
    "radius_m": F("public_radius_m"),
    "start": Cast(Coalesce("date_start", "date_end"), CharField()),
    "end": Cast(Coalesce("date_end", "date_start"), CharField()),
    "time_precision": F("time_precision"),
    "place_precision": F("public_place_precision"),
    "kind": F("kind"),
    "credibility": F("credibility"),
    "place": F("public_place_name"),
    "killed": Coalesce("killed_best", "killed_low"),
    "wounded": Coalesce("wounded_best", "wounded_low"),
    "added": Substr(Cast("published_at", CharField()), 1, 19),
}
_TEXTS = {"start", "end", "added", "place", *_WORDS}


def read(incidents: QuerySet[Incident]) -> tuple[pa.Table, dict[str, Any]]:
    """The rows in order of days, and the keys of the actors and sources in their dictionaries.

    `incidents` must be published ones. Five queries whatever their number.
    """
    columns = _own_columns(incidents)
    ids = columns["id"].to_numpy().astype(np.int64)
    order = _by_day(ids, columns["start"], columns["end"])
    columns = {name: column.take(pa.array(order)) for name, column in columns.items()}
    columns["place"] = _named(columns["place"])
    some = None if len(ids) > people.MANY else ids.tolist()
    actors, roles, actor_keys = people.actors(ids[order], some)
    sources, source_keys = people.sources(ids[order], some)
    columns |= {"actors": actors, "roles": roles, "sources": sources}
    table = pa.Table.from_arrays([columns[field.name] for field in SCHEMA], schema=SCHEMA)
    return table, {"actors": actor_keys, "sources": source_keys}


def word_column(indices: Any, words: type[StrEnum]) -> pa.DictionaryArray:
    """A column of an enum's values by their numbers; the dictionary is the whole enum in its order."""
    return pa.DictionaryArray.from_arrays(pa.array(indices, pa.uint8()), pa.array([str(word) for word in words]))


def _own_columns(incidents: QuerySet[Incident]) -> dict[str, pa.Array]:
    """What stands in the incident's own row."""
    rows = incidents.order_by("pk").values_list(*_READ.values()).iterator(chunk_size=CHUNK)
    chunks: dict[str, list[pa.Array]] = {name: [] for name in _READ}
    while chunk := list(islice(rows, CHUNK)):
        for name, values in zip(_READ, zip(*chunk, strict=True), strict=True):
            chunks[name].append(_chunk(name, values))
    return {name: _whole(name, arrays) for name, arrays in chunks.items()}


def _chunk(name: str, values: Sequence[Any]) -> pa.Array:
    array = pa.array(values, pa.utf8() if name in _TEXTS else SCHEMA.field(name).type)
    if name in _WORDS:
        return pc.index_in(array, pa.array([str(word) for word in _WORDS[name]])).cast(pa.uint8())
    return array.dictionary_encode() if name == "place" else array


def _whole(name: str, arrays: list[pa.Array]) -> pa.Array:
    if not arrays:
        arrays = [_chunk(name, [])]
    if name == "place":
        return pa.chunked_array(arrays).unify_dictionaries().combine_chunks()
    column = pa.concat_arrays(arrays)
    if name in _WORDS:
        return word_column(column, _WORDS[name])
    if name == "added":
        return _local_day(column)
    return column.cast(_DAY) if name in {"start", "end"} else column


def _local_day(moments: pa.Array) -> pa.Array:
    """The day in the site's time zone, in which `added_since` is asked as well."""
    utc = moments.cast(pa.timestamp("s"))
    if settings.TIME_ZONE == "UTC":
        return utc.cast(_DAY)
    return pc.local_timestamp(pc.assume_timezone(utc, "UTC").cast(pa.timestamp("s", settings.TIME_ZONE))).cast(_DAY)


def _named(places: pa.DictionaryArray) -> pa.DictionaryArray:
    """A country's code in full. Encoded again: "IQ" and "Iraq" become one entry, which pandas insists on."""
    names = pa.array([country_name(name) for name in places.dictionary.to_pylist()], pa.utf8())
    return names.take(places.indices).dictionary_encode()


def _by_day(ids: Any, start: pa.Array, end: pa.Array) -> Any:
    """By first day, last day and key; without a day last."""
    last = np.iinfo(np.int32).max
    days = [column.cast(pa.int32()).fill_null(last).to_numpy() for column in (end, start)]
    return np.lexsort((ids, *days))


def role_column(indices: Any) -> pa.DictionaryArray:
    return word_column(indices, ActorRole)
