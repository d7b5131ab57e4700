"""Headless Chromium for the benchmarks: fresh for each round, its memory read from /proc."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

PROBE = (Path(__file__).with_name("probe.js")).read_text(encoding="utf-8")
_TIMEOUT_MS = 120_000
_STILL_S = 1.5
_STILL_MB = 1.0
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
              "--disable-sync", "--no-first-run",
              # No request leaves the machine; a route of Playwright's would slow every one down.
              "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]  # fmt: skip


# After a click Chromium holds back a page's messages, a worker's answers among them, until the screen's next tick.
_FREE_FRAMES = "--disable-features=DeferRendererTasksAfterInput"


@contextmanager
def fresh(playwright: Playwright, *, free_frames: bool = False) -> Iterator[Browser]:
    """`free_frames` for a page that is opened with it: nothing waits for the screen's next tick."""
    arguments = [*_ARGUMENTS, _FREE_FRAMES] if free_frames else _ARGUMENTS
    running = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
    try:
        yield running
    finally:
        running.close()


def open_page(browser: Browser, *, free_frames: bool = False) -> Page:
    """A laptop's page with the probe in it (probe.js says what `free_frames` does)."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", timezone_id="UTC")
    context.set_default_timeout(_TIMEOUT_MS)
    context.add_init_script(PROBE.replace("FREE_FRAMES", "true" if free_frames else "false"))
    return context.new_page()


def renderer_mb() -> float:
    """Resident memory of our largest renderer: the page's, workers included.

    Read from outside: a session of the DevTools' own makes a page that stands still draw itself anew, for 8 to 14 MB.
    """
    return max(_rss_mb(pid) for pid in _descendants(os.getpid()) if "--type=renderer" in _text(pid, "cmdline"))


def settled_mb() -> float:
    """The same once it stands still: in its first second a renderer takes 30 MB more, whatever it shows."""
    last, now = 0.0, renderer_mb()
    while abs(now - last) > _STILL_MB:
        time.sleep(_STILL_S)
        last, now = now, renderer_mb()
    return now


def _descendants(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            yield int(child)
            yield from _descendants(int(child))


def _rss_mb(pid: int) -> float:
    lines = _text(pid, "status").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _text(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace")
