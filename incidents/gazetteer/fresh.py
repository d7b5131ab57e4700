"""A file that is written beside an old one and takes its place when it is whole."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacement(path: Path) -> Iterator[Path]:
    """The name to write a file to; it becomes `path` when the block ends well and is removed when it does not.

    What a killed process left behind is removed first, so that a second run starts clean.
    """
    with _beside(path, "new") as fresh:
        yield fresh
        os.replace(fresh, path)


@contextmanager
def scratch(path: Path) -> Iterator[Path]:
    """A name beside `path` for a file that is needed while the block runs."""
    with _beside(path, "part") as part:
        yield part


@contextmanager
def _beside(path: Path, ending: str) -> Iterator[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path, ending)
    file = path.with_name(f".{path.name}.{os.getpid()}.{ending}")
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def _sweep(path: Path, ending: str) -> None:
    # Also `.name.1.part.1.new`, which building a scratch file leaves.
    ours = re.compile(rf"\.+{re.escape(path.name)}\.(\d+)\.{ending}(\.\d+\.new)?")
    for file in path.parent.iterdir():
        match = ours.fullmatch(file.name)
        # In a container every process may get the number of the one that was killed.
        if match and (int(match[1]) == os.getpid() or not _runs(int(match[1]))):
            file.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
