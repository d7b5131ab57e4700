"""What every test shares: no network beyond this machine, and nothing missing that is skipped in silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings

LOOPBACK = ["127.0.0.1", "::1", "localhost"]


def pytest_configure(config: pytest.Config) -> None:
    # Playwright's driver and PostgreSQL talk through Unix sockets and pipes.
    config.option.disable_socket = False
    config.option.allow_hosts = ",".join(LOOPBACK)
    config.option.allow_unix_socket = True


def missing(what: str, fix: str) -> None:
    """Skip on a laptop, fail in CI: both say what is missing and what to type."""
    message = f"{what} is missing: {fix}"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def gazetteer_path() -> Path:
    path = Path(settings.GAZETTEER_PATH)
    if not path.is_file():
        missing("The gazetteer", "type `make gazetteer`")
    return path
