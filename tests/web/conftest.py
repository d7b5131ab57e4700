"""Two hundred incidents of every sort, the same ones in every run."""

from __future__ import annotations

import pytest

from tests.varied import make_many


@pytest.fixture
def many(db):
    make_many()
