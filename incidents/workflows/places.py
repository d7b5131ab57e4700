"""The gazetteer with the moderators' own places over it, opened once in a process."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from incidents.gazetteer.names import fold
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Level, Place
from incidents.gazetteer.types import LocalPlace as LocalName
from incidents.models import LocalPlace

_FIELDS = ("pk", "name", "aliases", "latitude", "longitude", "level", "radius_m", "country", "province", "geonames_id")
# Degrees: two metres. A form rounds a position to five decimals.
_SAME_POINT = 2e-5
_lock = Lock()
# What the open ones were made from, and themselves.
_open: tuple[object, Gazetteer] | None = None
_open_packaged: tuple[object, Gazetteer] | None = None


def gazetteer() -> Gazetteer:
    """The gazetteer as it is now: opened anew when its file or a local place has changed. One query.

    Raises incidents.gazetteer.errors.GazetteerMissing, whose message names the command that builds it. The one that
    it replaces is not closed, another thread may still read from it.
    """
    global _open
    path = Path(settings.GAZETTEER_PATH)
    rows = list(LocalPlace.objects.order_by("pk").values(*_FIELDS))
    made_from = (path, _changed(path), rows)
    with _lock:
        if _open is None or _open[0] != made_from:
            known = _packaged(path)
            _open = (made_from, Gazetteer(path, [_local(LocalPlace(**row), known) for row in rows]))
        return _open[1]


def packaged() -> Gazetteer:
    """The gazetteer without the moderators' places. No query; raises GazetteerMissing."""
    with _lock:
        return _packaged(Path(settings.GAZETTEER_PATH))


def names_of(place: LocalPlace, known: Gazetteer | None) -> tuple[str, ...]:
    """The names that a local place answers to from the time it is saved.

    Where `known`, the packaged gazetteer, has it already (under its name, at the same point, of the same level and
    radius), only its other names are new: a second name for the Paris of France leaves that of Texas what it was.
    """
    aliases = place.aliases if isinstance(place.aliases, list) else []
    others = tuple(alias for alias in aliases if isinstance(alias, str) and fold(alias))
    if others and known is not None and any(_same(place, each) for each in known.lookup(place.name)):
        return others
    return (place.name, *others)


def _packaged(path: Path) -> Gazetteer:
    """Within the lock."""
    global _open_packaged
    made_from = (path, _changed(path))
    if _open_packaged is None or _open_packaged[0] != made_from:
        _open_packaged = (made_from, Gazetteer(path))
    return _open_packaged[1]


def _changed(path: Path) -> int | None:
    return path.stat().st_mtime_ns if path.is_file() else None


def _same(local: LocalPlace, place: Place) -> bool:
    near = max(abs(local.latitude - place.latitude), abs(local.longitude - place.longitude)) <= _SAME_POINT
    return near and (local.level, local.radius_m) == (str(place.level), place.radius_m)


def _local(row: LocalPlace, known: Gazetteer) -> LocalName:
    place: dict[str, Any] = {name: getattr(row, name) for name in ("name", "latitude", "longitude", "radius_m")}
    return LocalName(
        Place(
            **place,
            id=-row.pk,
            level=Level(row.level),
            country=row.country or None,
            province=row.province or None,
            geonames_id=row.geonames_id,
            source="moderator",
        ),
        names_of(row, known),
    )
