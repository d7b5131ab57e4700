"""What follows when the published set changes."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.dispatch import Signal
from django.utils import timezone

from incidents.models import Incident, Mention

# Sent after the commit, with no arguments beyond the sender, to whoever keeps something made from the published set.
published_changed = Signal()


def announce() -> None:
    """Tell the receivers of `published_changed` once the present transaction is safe."""
    transaction.on_commit(lambda: published_changed.send(sender=Incident))


def published_version() -> str:
    """A word that is another one after every change of an incident, for ETags. Four queries, three of them by
    primary key.

    It is read from the tables, not kept in a cache: several server processes agree on it at once. An incident whose
    embargo (`publish_after`) passes counts as a change.
    """
    history = Incident.history.aggregate(last=Max("history_id"))["last"] or 0
    last = Incident.objects.aggregate(last=Max("pk"))["last"] or 0
    mention = Mention.objects.aggregate(last=Max("pk"))["last"] or 0
    released = Incident.objects.filter(publish_after__lte=timezone.now()).aggregate(last=Max("publish_after"))["last"]
    return f"{history:x}-{last:x}-{mention:x}-{int(released.timestamp()) if released else 0:x}"
