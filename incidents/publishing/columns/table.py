"""From the database to an Arrow table: a row an incident, names in dictionaries, what nobody states null."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db.models import CharField, F
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Substr

from incidents.extraction.kinds import Kind
from incidents.extraction.types import PlacePrecision, TimePrecision
from incidents.publishing.columns import people, rows
from incidents.query.countries import country_name

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from incidents.models import Incident

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
# The first 19 characters of a moment are its seconds, in UTC, on both engines.
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
# As they are read, where that is not as they are written.
_TYPES = {"added": pa.timestamp("s"), **dict.fromkeys(_WORDS, _NAME)}


def read(incidents: QuerySet[Incident]) -> tuple[pa.Table, dict[str, Any]]:
    """The rows in order of days, and the keys of the actors and sources in their dictionaries.

    `incidents` must be published ones. Five reads: one query each, on SQLite one for each part of the rows (rows.read).
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


def _own_columns(incidents: QuerySet[Incident]) -> dict[str, pa.Array]:
    """What stands in the incident's own row."""
    types = {name: _TYPES.get(name, SCHEMA.field(name).type) for name in _READ}
    columns = rows.read(incidents, _READ, types)
    columns |= {name: rows.of_words(columns[name], words) for name, words in _WORDS.items()}
    return columns | {"added": _local_day(columns["added"])}


def _local_day(moments: pa.Array) -> pa.Array:
    """The day in the site's time zone, in which `added_since` is asked as well."""
    if settings.TIME_ZONE == "UTC":
        return moments.cast(_DAY)
    return pc.local_timestamp(pc.assume_timezone(moments, "UTC").cast(pa.timestamp("s", settings.TIME_ZONE))).cast(_DAY)


def _named(places: pa.DictionaryArray) -> pa.DictionaryArray:
    """A country's code in full. Encoded again: "IQ" and "Iraq" become one entry, which pandas insists on."""
    names = pa.array([country_name(name) for name in places.dictionary.to_pylist()], pa.utf8())
    return names.take(places.indices).dictionary_encode()


def _by_day(ids: Any, start: pa.Array, end: pa.Array) -> Any:
    """By first day, last day and key; without a day last."""
    last = np.iinfo(np.int32).max
    days = [column.cast(pa.int32()).fill_null(last).to_numpy() for column in (end, start)]
    return np.lexsort((ids, *days))
