"""Headless Chromium for the benchmarks: fresh for each round, its memory read from /proc."""

from __future__ import annotations

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


@contextmanager
def fresh(playwright: Playwright) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTS)
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


def renderer_mb(browser: Browser) -> float:
    """Resident memory of the largest renderer: the page's, workers included."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return max(_rss_mb(one["id"]) for one in processes if one["type"] == "renderer")


def settled_mb(browser: Browser) -> float:
    """The same once it stands still: in its first second a renderer takes 30 MB more, whatever it shows."""
    last, now = 0.0, renderer_mb(browser)
    while abs(now - last) > _STILL_MB:
        time.sleep(_STILL_S)
        last, now = now, renderer_mb(browser)
    return now


def _rss_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
