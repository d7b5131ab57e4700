"""Which rows of a file of columns hold the words that are looked for: a bit each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from incidents.models import Incident
from incidents.publishing.columns import files
from incidents.publishing.columns.changes import changed_ids
from incidents.publishing.stamp import Stamp
from incidents.query.holders import holders, packed

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from incidents.query.search import Wanted


@dataclass(frozen=True, slots=True)
class Matches:
    """Bit i % 8 of byte i // 8, the least significant first, is row i; `changed` are the keys of rows since the file."""

    bits: bytes
    changed: list[int]


def matches(file: Path, wanted: Wanted) -> Matches:
    """Raises changes.TooManyError. Four queries by primary key beside that of the words."""
    about, ids = _read(file)
    changed = np.array(sorted(changed_ids(Stamp.from_dict(about["stamp"]))), np.int64)
    least = 1 + int(max(ids.max(initial=0), changed.max(initial=0)))
    holds = holders(wanted, least) if wanted else np.ones(least, np.bool_)
    of_changed = Incident.objects.published().filter(pk__in=changed[holds[changed]].tolist()).order_by("pk")
    return Matches(packed(holds[ids]), list(of_changed.values_list("pk", flat=True)))


@lru_cache(maxsize=files.KEPT)
def _read(file: Path) -> tuple[dict[str, Any], NDArray[np.uint32]]:
    """A version never changes. A copy of the keys, 4 MB for a million: the file may go."""
    about, ids = files.about_and_ids(file)
    return about, ids.copy()
