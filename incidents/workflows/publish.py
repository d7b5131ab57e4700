"""What follows when the published set changes."""

from __future__ import annotations

from django.db import transaction
from django.dispatch import Signal

from incidents.models import Incident
from incidents.publishing.stamp import Stamp

# Sent after the commit, with no arguments beyond the sender, to whoever keeps something made from the published set.
published_changed = Signal()


def announce() -> None:
    """Tell the receivers of `published_changed` once the present transaction is safe."""
    transaction.on_commit(lambda: published_changed.send(sender=Incident))


def published_version() -> str:
    """A word that is another one after every change of an incident, for ETags. Four queries.

    An incident whose embargo (`publish_after`) passes counts as a change.
    """
    return str(Stamp.now())
