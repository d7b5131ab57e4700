"""Runs a command against a PostgreSQL server of its own: `python -m tests.postgres pytest tests/db`.

The server lives in a temporary folder, listens on a Unix socket only, and ends with the command. PostgreSQL refuses
to run as root, so root starts it as the user `postgres`, which Debian's package makes.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_SETTINGS = [
    *("-c", "listen_addresses="),
    # Tests lose nothing when the machine fails, so the server need not wait for the disk.
    *("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"),
    # A test's rows are never committed: what autovacuum writes down is that tables are empty, and only if it comes by
    # in time. Plans made for empty tables take hours on full ones.
    *("-c", "autovacuum=off"),
]


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise SystemExit("There is no PostgreSQL server here. Type:  sudo apt-get install postgresql")
    return found[-1].parent


@contextmanager
def server(settings: Sequence[str] = ()) -> Iterator[str]:
    """A running server's DATABASE_URL. `settings` are written as name=value."""
    binaries = _binaries()
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    run_as = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="incident-atlas-pg-"))
    if run_as:
        shutil.chown(folder, user, run_as["group"])
    data = folder / "data"
    env = {**os.environ, "LC_ALL": "C.UTF-8"}

    def call(*command: str) -> None:
        subprocess.run(command, check=True, cwd=folder, env=env, stdout=subprocess.DEVNULL, **run_as)

    try:
        call(str(binaries / "initdb"), "-D", str(data), "-U", user, "-A", "trust", "-E", "UTF8", "--no-sync")
        process = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(data), "-k", str(folder), *_SETTINGS, *_options(settings)],
            cwd=folder,
            env=env,
            stderr=(folder / "log").open("w"),
            **run_as,
        )
        try:
            for _ in range(60):
                ready = subprocess.run(
                    [str(binaries / "pg_isready"), "-q", "-h", str(folder), "-t", "1"], cwd=folder, check=False
                )
                if ready.returncode == 0:
                    break
                if process.poll() is not None:
                    raise SystemExit(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
                time.sleep(0.2)
            yield f"postgresql://{user}@/postgres?host={folder}"
        finally:
            # SIGINT ends connections that are open; SIGTERM would wait for them.
            process.send_signal(signal.SIGINT)
            process.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _options(settings: Sequence[str]) -> list[str]:
    return [word for setting in settings for word in ("-c", setting)]


def main(command: list[str]) -> int:
    if not command:
        raise SystemExit("Usage: python -m tests.postgres COMMAND [ARGUMENT ...]")
    with server() as url:
        return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
