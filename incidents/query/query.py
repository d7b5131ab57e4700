"""One query string for every door, parsed here and nowhere else (docs/query.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole, TimePrecision
from incidents.models import Incident
from incidents.query import filters, reading, words
from incidents.query.reading import Box, Circle, QueryError

_Incidents = TypeVar("_Incidents", bound=QuerySet[Incident])


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked; an empty field asks nothing. `highlight` marks incidents and filters none.

    Values of one field are alternatives, fields narrow each other. `notes` say what a page dropped, for its reader.
    """

    q: str = ""
    kind: tuple[Kind, ...] = ()
    actor: tuple[str, ...] = ()
    role: tuple[ActorRole, ...] = ()
    weapon: str = ""
    source: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    time_precision: tuple[TimePrecision, ...] = ()
    place: str = ""
    precision: tuple[str, ...] = ()
    bbox: Box | None = None
    near: Circle | None = None
    area: tuple[tuple[float, float], ...] = ()
    killed_min: int | None = None
    credibility: tuple[int, ...] = ()
    added_since: date | None = None
    asof: None = None
    highlight: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_params(cls, params: Mapping[str, str | Sequence[str]]) -> Self:
        """For a page: a key nobody knows is ignored, a value that cannot be read is dropped with a note."""
        values, errors = _read(params)
        return cls(**values, notes=tuple(str(error) for error in errors))

    @classmethod
    def strict(cls, params: Mapping[str, str | Sequence[str]], *, besides: Iterable[str] = ()) -> Self:
        """For exports and the API: raises QueryError for the first value that cannot be read or key nobody knows.

        `besides` names keys that the caller reads itself.
        """
        for key in params:
            if key not in KEYS and key not in besides:
                raise QueryError(key, f"no such key; the keys are {', '.join(KEYS)}")
        values, errors = _read(params)
        if errors:
            raise errors[0]
        return cls(**values)

    @classmethod
    def from_string(cls, string: str) -> Self:
        """For a saved map: as leniently as a page."""
        return cls.from_params(QueryDict(string.removeprefix("?")))

    def apply(self, incidents: _Incidents) -> _Incidents:
        """`incidents` narrowed to the query; no query is run. Each incident comes at most once."""
        return incidents.filter(*filters.conditions(self))

    def to_params(self) -> str:
        """The canonical query string: keys in one order, empty ones left out. Equal queries give equal strings."""
        pairs = [
            (key, value) for key, (name, _read_key) in KEYS.items() for value in _written(key, getattr(self, name))
        ]
        return urlencode(pairs, safe=",;:")

    def sentence(self) -> str:
        """The filter in words, as captions and alternative texts need it. Looks up the names of actors and sources."""
        return words.sentence(self)

    def changed(self, **changes: Any) -> Self:
        """A copy with other values, by field name."""
        return replace(self, **changes)

    @property
    def active(self) -> list[str]:
        """The fields that narrow the set."""
        return [
            item.name
            for item in fields(self)
            if item.name not in {"highlight", "notes"} and getattr(self, item.name) not in ("", (), None)
        ]


_Reader = Callable[[Sequence[str]], object]
# key -> (field, reader). `from` is a word of Python's, hence since and until.
KEYS: dict[str, tuple[str, _Reader]] = {
    "q": ("q", reading.text),
    "kind": ("kind", reading.kinds),
    "actor": ("actor", reading.texts),
    "role": ("role", reading.roles),
    "weapon": ("weapon", reading.text),
    "source": ("source", reading.texts),
    "from": ("since", reading.first_day),
    "to": ("until", reading.last_day),
    "time_precision": ("time_precision", reading.time_precisions),
    "place": ("place", reading.text),
    "precision": ("precision", reading.place_precisions),
    "bbox": ("bbox", reading.box),
    "near": ("near", reading.circle),
    "area": ("area", reading.corners),
    "killed_min": ("killed_min", reading.number),
    "credibility": ("credibility", reading.credibilities),
    "added_since": ("added_since", reading.first_day),
    "asof": ("asof", reading.release),
    "highlight": ("highlight", reading.codes),
}
# Names hold commas, so each has a key=value of its own; everything else that has several values is one list.
_ONE_EACH = {"actor", "source"}


def _read(params: Mapping[str, str | Sequence[str]]) -> tuple[dict[str, Any], list[QueryError]]:
    values: dict[str, Any] = {}
    errors = []
    for key, (name, read_key) in KEYS.items():
        given = [value for value in _given(params, key) if value.strip()]
        if not given:
            continue
        try:
            values[name] = read_key(given)
        except ValueError as error:
            errors.append(QueryError(key, str(error)))
    if values.get("since") and values.get("until") and values["since"] > values["until"]:
        del values["until"]
        errors.append(QueryError("to", "the last day is before the first"))
    return values, errors


def _given(params: Mapping[str, str | Sequence[str]], key: str) -> Sequence[str]:
    """All values of a key, out of a request's QueryDict or a plain dict."""
    if isinstance(params, QueryDict):
        return params.getlist(key)
    value = params.get(key, ())
    return [value] if isinstance(value, str) else value


def _written(key: str, value: object) -> list[str]:
    if value is None or value in ("", ()):
        return []
    if not isinstance(value, tuple):
        return [str(value)]
    if key in _ONE_EACH:
        return list(value)
    if key == "area":
        return [";".join(f"{reading.short(latitude)},{reading.short(longitude)}" for latitude, longitude in value)]
    return [",".join(str(part) for part in value)]
