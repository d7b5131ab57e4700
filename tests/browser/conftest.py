"""A real Chromium without a network: a request to any other host than the live server fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.conftest import LOOPBACK, missing

# Playwright's synchronous API runs an event loop in this thread; Django would refuse the ORM beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

TIMEOUT_MS = int(os.environ.get("BROWSER_TIMEOUT_MS", "10000"))
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        missing("Chromium", "type `sudo apt-get install chromium`")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield running
        running.close()


@dataclass
class Visit:
    """What went wrong in the pages of one test; empty at its end."""

    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def visit() -> Visit:
    return Visit()


@pytest.fixture(autouse=True)
def columns(settings, tmp_path) -> None:
    """Each test's own file of columns, written at the first visit."""
    settings.VAR_DIR = tmp_path
    settings.COLUMNS_AT_ONCE = 5000


@pytest.fixture
def new_page(browser: Browser, live_server, visit: Visit) -> Iterator:
    """Opens a page of its own context: `new_page(width=390, height=844, color_scheme="dark")`."""
    contexts: list[BrowserContext] = []

    def only_here(route: Route) -> None:
        if urlsplit(route.request.url).hostname in LOOPBACK:
            route.continue_()
        else:
            visit.foreign.append(route.request.url)
            route.abort()

    def open_page(*, width: int = 1440, height: int = 900, **options: object) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="en-GB",
            timezone_id="UTC",
            **options,
        )
        context.set_default_timeout(TIMEOUT_MS)
        context.route("**/*", only_here)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: visit.errors.append(str(error)))
        page.on("console", lambda line: visit.errors.append(line.text) if line.type == "error" else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not visit.foreign, f"the page called foreign hosts: {visit.foreign}"
    assert not visit.errors, f"the page reported errors: {visit.errors}"


@pytest.fixture
def page(new_page) -> Page:
    return new_page()
