"""Where the published set stands: four numbers, of which one is another after every change."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self

from django.db.models import Max
from django.utils import timezone

from incidents.models import Incident, Mention


@dataclass(frozen=True, slots=True)
class Stamp:
    """The last keys of an incident's history, of incidents and of mentions, and the last embargo that has passed.

    It is read from the tables, not kept in a cache: several server processes agree on it at once.
    """

    history: int
    incident: int
    mention: int
    released: int

    @classmethod
    def now(cls) -> Self:
        """Four queries, three of them by primary key, one by an index of embargoes."""
        released = Incident.objects.filter(publish_after__lte=timezone.now()).aggregate(last=Max("publish_after"))
        return cls(
            Incident.history.aggregate(last=Max("history_id"))["last"] or 0,
            Incident.objects.aggregate(last=Max("pk"))["last"] or 0,
            Mention.objects.aggregate(last=Max("pk"))["last"] or 0,
            int(released["last"].timestamp()) if released["last"] else 0,
        )

    @classmethod
    def from_dict(cls, numbers: dict[str, Any]) -> Self:
        return cls(**numbers)

    def to_dict(self) -> dict[str, int]:
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.history:x}-{self.incident:x}-{self.mention:x}-{self.released:x}"

    @property
    def released_at(self) -> datetime:
        return datetime.fromtimestamp(self.released, UTC)
