"""The picture of a place: what is drawn by precision, and that it is a picture of the size that networks ask for."""

from __future__ import annotations

import struct
from dataclasses import replace

import numpy as np
import pytest

from incidents.extraction.kinds import Family
from incidents.maps import outline
from incidents.maps.outline import OutlineMissingError, View
from incidents.maps.picture import HEIGHT, WIDTH, Spot, png, svg
from incidents.maps.symbols import SHAPES

BAGHDAD = Spot(33.34, 44.4, 12_000, "town", Family.AIR, hollow=False)
PNG = b"\x89PNG\r\n\x1a\n"


def test_it_is_a_png_of_the_size_that_is_told():
    content = png(BAGHDAD)
    assert content.startswith(PNG)
    assert struct.unpack(">II", content[16:24]) == (WIDTH, HEIGHT)


@pytest.mark.parametrize("precision", ["district", "province", "area"])
def test_what_is_no_point_has_a_circle_and_no_symbol(precision):
    drawn = svg(replace(BAGHDAD, precision=precision, radius_m=80_000))
    assert "<circle" in drawn
    assert SHAPES[Family.AIR] not in drawn


def test_a_point_has_a_symbol_and_without_a_radius_no_circle():
    drawn = svg(replace(BAGHDAD, radius_m=None))
    assert SHAPES[Family.AIR] in drawn
    assert "<circle" not in drawn


def test_a_wide_circle_fits_the_picture():
    reach = float(
        svg(replace(BAGHDAD, radius_m=1_500_000, precision="area")).partition('<circle r="')[2].partition('"')[0]
    )
    assert HEIGHT / 8 < reach < HEIGHT / 2


def test_borders_on_both_sides_of_the_180th_meridian_are_drawn():
    """Fiji lies on both sides of it; of a border that jumped round the world one would see lines from edge to edge."""
    ((x, y),) = outline.project(np.array([[180.0, -17.0]]))
    rings = outline.path(View(float(x), float(y), 256 * 2**6, WIDTH, HEIGHT)).split("M")[1:]
    points = [np.array([each.split() for each in ring.rstrip("Z").split("L")], dtype=float) for ring in rings]
    inside = np.concatenate([ring[((ring > 0) & (ring < [WIDTH, HEIGHT])).all(axis=1)] for ring in points])
    assert inside[:, 0].min() < WIDTH / 2 < inside[:, 0].max()
    assert max(np.abs(np.diff(ring, axis=0)).max() for ring in points) < WIDTH / 4


def test_without_the_outline_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr(outline.finders, "find", lambda name: None)
    outline._rings.cache_clear()
    with pytest.raises(OutlineMissingError, match="make vendor"):
        svg(BAGHDAD)
    outline._rings.cache_clear()
