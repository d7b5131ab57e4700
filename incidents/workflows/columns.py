"""The file of columns follows the published set, and the search's bitmaps do: in the background, once changes have rested."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import Any

from django.conf import settings
from django.db import connections

from incidents.models import Incident
from incidents.publishing.columns import files
from incidents.publishing.stamp import Stamp
from incidents.workflows import bitmaps

# A moderator publishes several in a row; meanwhile a page takes them as changes.
REST_SECONDS = 10.0
# At most a twentieth of a core writes: after a write of 15 s the next one waits five minutes.
PAUSE = 20.0

logger = logging.getLogger(__name__)


def write(*, force: bool = False) -> files.Latest | None:
    """Write the file unless the newest one is current. None when another process writes at the moment."""
    with _only_writer() as alone:
        if not alone:
            return None
        newest = files.latest()
        if newest is not None and newest.stamp == Stamp.now() and not force:
            return newest
        return files.write()


def follow(newest: files.Latest | None, stamp: Stamp) -> files.Latest | None:
    """The newest file, for a request. One that is not of `stamp` is written anew in the background.

    Where there is none, a small set is written while the request waits: the first visitor's map has data.
    """
    if newest is None and Incident.objects.published()[: settings.COLUMNS_AT_ONCE].count() < settings.COLUMNS_AT_ONCE:
        newest = write()
    if newest is None or newest.stamp != stamp:
        schedule()
    return newest


def schedule(**_signal: Any) -> None:
    """A write in the background of this process: after REST_SECONDS, or after the PAUSE that the last one asks for.

    What changes until then goes into the same file.
    """
    if settings.COLUMNS_BACKGROUND:
        newest = files.latest()
        _background.ask(max(REST_SECONDS, newest.seconds * PAUSE if newest else 0.0))


class _Background:
    """One timer: asking again before it goes off changes nothing, so that a stream of changes cannot put it off."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._timer: Timer | None = None

    def ask(self, wait: float) -> None:
        with self._lock:
            if self._timer is None:
                self._timer = Timer(wait, self._run)
                self._timer.daemon = True
                self._timer.start()

    def _run(self) -> None:
        with self._lock:
            self._timer = None
        try:
            write()
            bitmaps.refresh()
        except Exception:
            # The old file goes on serving, and the next request that finds it stale asks again.
            logger.exception("The columns or the search's bitmaps could not be written.")
        finally:
            connections.close_all()


_background = _Background()


@contextmanager
def _only_writer() -> Iterator[bool]:
    """Whether this process has the lock; the system lets go of it when a process dies."""
    files.folder().mkdir(parents=True, exist_ok=True)
    with (files.folder() / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
