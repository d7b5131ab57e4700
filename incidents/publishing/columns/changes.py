"""What changed in the published set since a version was written, read from the database now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from django.utils import timezone

from incidents.models import Incident, Mention
from incidents.publishing.columns import files
from incidents.publishing.columns.people import MANY
from incidents.publishing.columns.table import read
from incidents.publishing.stamp import Stamp

if TYPE_CHECKING:
    from pathlib import Path

# Beyond, the new file costs a page less than its changes.
MOST = MANY
# An incident is saved more than once, but hardly so often: a page waits for them to be read.
_MOST_ROWS = 4 * MOST


class TooManyError(Exception):
    """More than MOST incidents changed, or in more than _MOST_ROWS steps: take the latest version."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows that changed or appeared, and the keys of incidents that are no longer public or no longer there."""

    table: pa.Table
    keys: dict[str, Any]
    removed: list[int]

    def about(self, version: str) -> dict[str, Any]:
        return {"version": version, "count": len(self.table), **self.keys, "removed": self.removed}


def changed_ids(since: Stamp) -> set[int]:
    """Incidents touched since: saved, new, deleted, told of by another article, or out of their embargo.

    By primary keys and the index of embargoes; raises TooManyError.
    """
    history, new = Incident.history.filter(history_id__gt=since.history), Incident.objects.filter(pk__gt=since.incident)
    told = Mention.objects.filter(pk__gt=since.mention)
    released = Incident.objects.filter(publish_after__gt=since.released_at, publish_after__lte=timezone.now())
    # Not DISTINCT: for it SQLite goes through an index of all mentions.
    rows = [
        history.order_by("history_id").values_list("id", flat=True),
        new.order_by("pk").values_list("pk", flat=True),
        told.order_by("pk").values_list("incident", flat=True),
        released.order_by("publish_after").values_list("pk", flat=True),
    ]
    found: set[int] = set()
    for each in rows:
        keys: list[int | None] = list(each[: _MOST_ROWS + 1])
        found.update(key for key in keys if key is not None)
        if len(found) > MOST or len(keys) > _MOST_ROWS:
            raise TooManyError
    return found


def since(file: Path) -> Changes | None:
    """Since the version in `file`; None when nothing changed that the public may know of. Raises TooManyError.

    What the version never had is not named among what was removed: it may be a candidate.
    """
    about, known = files.about_and_ids(file)
    ids = changed_ids(Stamp.from_dict(about["stamp"]))
    if not ids:
        return None
    table, keys = read(Incident.objects.published().filter(pk__in=ids))
    gone = np.array(sorted(ids - set(table["id"].to_pylist())), np.int64)
    removed = gone[np.isin(gone, known)].tolist()
    return Changes(table, keys, removed) if len(table) or removed else None
