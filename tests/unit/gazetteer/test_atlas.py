"""Our own lists against the outlines of countries: no row lies where it says it does not."""

from __future__ import annotations

import os

import pytest

from incidents.gazetteer.build import LISTS, VILLAGES
from incidents.gazetteer.names import fold
from incidents.gazetteer.types import Level
from scripts.check_atlas import COAST_KM, HELD_BY, NOT_DRAWN, names, read, shared_names
from scripts.outlines import TOPOLOGY, km_inland, km_outside, outlines

needs_outlines = pytest.mark.skipif(
    not TOPOLOGY.exists() and "CI" not in os.environ, reason="the outlines come with `make vendor`"
)


@needs_outlines
@pytest.mark.parametrize("name", [*LISTS, VILLAGES])
def test_each_row_lies_in_the_outline_of_its_country(name):
    astray = {}
    for row in read(name):
        if not row["country"] or row["name"] in NOT_DRAWN:
            continue
        country = HELD_BY.get(row["name"], row["country"])
        far = km_outside(float(row["latitude"]), float(row["longitude"]), country)
        if far > COAST_KM:
            astray[row["name"]] = f"{far:.0f} km outside {country}"
    assert astray == {}


@needs_outlines
@pytest.mark.parametrize("name", LISTS)
def test_a_row_across_borders_lies_in_the_outline_that_it_says(name):
    astray = {}
    for row in read(name):
        if row["checked"].startswith("outline: "):
            code = row["checked"].removeprefix("outline: ")
            far = km_outside(float(row["latitude"]), float(row["longitude"]), code)
            if row["country"] or far:
                astray[row["name"]] = f"{far:.0f} km outside {code}"
    assert astray == {}


@needs_outlines
@pytest.mark.parametrize("name", LISTS)
def test_a_sea_has_no_country_and_lies_in_none(name):
    ashore = {}
    for row in read(name):
        if row["level"] == Level.SEA:
            inland, country = km_inland(float(row["latitude"]), float(row["longitude"]))
            if row["country"] or inland > COAST_KM:
                ashore[row["name"]] = row["country"] or f"{inland:.0f} km inside {country}"
    assert ashore == {}


@needs_outlines
@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [
        (33.315, 44.366, "IQ"),
        (31.5, 34.45, "PS"),
        (67.5, 37.0, "RU"),
        (42.6, 21.1, "XK"),
        (9.56, 44.06, "SO"),
        (-18.0, 178.0, "FJ"),
    ],
)
def test_an_outline_holds_what_lies_in_the_country_and_nothing_else(latitude, longitude, country):
    assert km_outside(latitude, longitude, country) == 0
    assert km_inland(latitude, longitude)[1] == country
    assert km_outside(latitude, longitude, "BR") > 1_000


@needs_outlines
def test_nearly_every_country_has_an_outline():
    assert len(outlines()) >= 230


def test_no_name_leads_to_two_of_our_rows():
    assert shared_names() == {}


def test_an_alias_is_not_written_twice_in_a_row():
    twice = {}
    for name in LISTS:
        for row in read(name):
            written = names(row)
            if len(set(written)) < len(written) or any(not fold(alias) for alias in written):
                twice[row["name"]] = row["aliases"]
    assert twice == {}
