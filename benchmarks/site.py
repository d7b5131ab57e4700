"""The site as `make serve` serves it, on loopback, with a synthetic archive of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parent.parent
_START_S = 60.0


@dataclass(frozen=True, slots=True)
class Site:
    url: str
    var: Path
    build_s: float
    _log: Path

    def sent(self) -> Counter[str]:
        """Bytes of the bodies sent since the last call, by path: the workers' requests too, as they were compressed."""
        found: Counter[str] = Counter()
        for line in self._log.read_text(encoding="utf-8").splitlines():
            path, *sizes = line.split()
            # A file is handed to the kernel, uncounted, but has its length; what is streamed is counted only.
            found[path] += max((int(size) for size in sizes if size.isdigit()), default=0)
        self._log.write_text("", encoding="utf-8")
        return found


@contextmanager
def site(count: int, folder: Path) -> Iterator[Site]:
    """Makes what is missing in `folder`: the archive is kept there for the next run."""
    var = folder / str(count)
    archive(count, folder)
    environment = {
        **os.environ,
        "VAR_DIR": str(var),
        "DATABASE_URL": "",
        "DEBUG": "0",
        "GAZETTEER_PATH": os.environ.get("GAZETTEER_PATH", str(ROOT / "var" / "gazetteer.sqlite3")),
        "DJANGO_SETTINGS_MODULE": "mapsite.settings",
    }
    _manage(environment, "migrate", "--verbosity", "0")
    _collect(folder, var, environment)
    build_s = _build_columns(environment)
    with _serving(var, environment) as (url, log):
        yield Site(url, var, build_s, log)


def archive(count: int, folder: Path) -> Path:
    """The database of the site; `folder`/COUNT.sqlite3 is copied where somebody has made it beforehand."""
    database, made = folder / str(count) / "db.sqlite3", folder / f"{count}.sqlite3"
    if not database.exists():
        database.parent.mkdir(parents=True, exist_ok=True)
        if made.exists():
            shutil.copyfile(made, database)
        else:
            command = [sys.executable, "-m", "benchmarks.synthetic", str(count), str(database)]
            subprocess.run(command, cwd=ROOT, check=True)
    return database


def _manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)


def _collect(folder: Path, var: Path, environment: dict[str, str]) -> None:
    """Into one folder for all sizes: only what has changed is compressed anew."""
    (folder / "static").mkdir(exist_ok=True)
    if not (var / "static").exists():
        (var / "static").symlink_to(folder.resolve() / "static")
    _manage(environment, "collectstatic", "--noinput", "--verbosity", "0")


def _build_columns(environment: dict[str, str]) -> float:
    """Seconds of writing the columns anew, without the start of the process."""
    program = (
        "import django, time; django.setup();"
        "from incidents.workflows.columns import write;"
        "begin = time.perf_counter(); write(force=True); print(time.perf_counter() - begin)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return float(done.stdout)


@contextmanager
def _serving(var: Path, environment: dict[str, str]) -> Iterator[tuple[str, Path]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = var / "sent.log"
    log.write_text("", encoding="utf-8")
    command = [
        str(Path(sys.executable).with_name("gunicorn")), "mapsite.wsgi", "--bind", address, "--workers", "1",
        "--threads", "8", "--log-level", "warning", "--no-control-socket",
        "--access-logfile", str(log), "--access-logformat", "%(U)s %(B)s %({content-length}o)s", "--timeout", "300",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _await(f"http://{address}/static/css/base.css", server)
        yield f"http://{address}", log
    finally:
        server.terminate()
        server.wait()


def _await(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_S
    while True:
        try:
            with urllib.request.urlopen(url):  # noqa: S310 (our own loopback)
                return
        except URLError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.1)
