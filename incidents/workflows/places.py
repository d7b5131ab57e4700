"""The gazetteer with the moderators' own places over it, opened once in a process."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Level, Place
from incidents.gazetteer.types import LocalPlace as LocalName
from incidents.models import LocalPlace

_FIELDS = ("pk", "name", "aliases", "latitude", "longitude", "level", "radius_m", "country", "province", "geonames_id")
_lock = Lock()
# What the open one was made from, and itself.
_open: tuple[object, Gazetteer] | None = None


def gazetteer() -> Gazetteer:
    """The gazetteer as it is now: opened anew when its file or a local place has changed. One query.

    Raises incidents.gazetteer.errors.GazetteerMissing, whose message names the command that builds it. The one that
    it replaces is not closed, another thread may still read from it.
    """
    global _open
    path = Path(settings.GAZETTEER_PATH)
    rows = list(LocalPlace.objects.order_by("pk").values(*_FIELDS))
    made_from = (path, path.stat().st_mtime_ns if path.is_file() else None, rows)
    with _lock:
        if _open is None or _open[0] != made_from:
            _open = (made_from, Gazetteer(path, [_local(row) for row in rows]))
        return _open[1]


def _local(row: dict[str, Any]) -> LocalName:
    place = Place(
        id=-row["pk"],
        name=row["name"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        level=Level(row["level"]),
        radius_m=row["radius_m"],
        country=row["country"] or None,
        province=row["province"] or None,
        geonames_id=row["geonames_id"],
        source="moderator",
    )
    aliases = row["aliases"] if isinstance(row["aliases"], list) else []
    return LocalName(place, (row["name"], *(alias for alias in aliases if isinstance(alias, str) and alias.strip())))
