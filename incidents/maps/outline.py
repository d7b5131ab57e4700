"""The bundled outline of the world, as the server draws it: rings of Web Mercator, those of a view as one SVG path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from django.contrib.staticfiles import finders
from numpy.typing import NDArray

from incidents.maps.topology import Positions, Topology

_FILE = "vendor/world-atlas/countries-50m.json"
# Web Mercator's square ends here.
_MOST_LATITUDE = 85.05
# Points closer than this many pixels to the one before are not drawn.
_TOLERANCE = 0.6


class OutlineMissingError(Exception):
    """The browser libraries have not been fetched."""


class View(NamedTuple):
    """A window on the world: its middle in world units (0 to 1, x eastward from 180° W, y southward), and pixels."""

    x: float
    y: float
    world: float
    """Pixels of the whole world's side."""
    width: int
    height: int

    @property
    def corner(self) -> tuple[float, float]:
        return self.x - self.width / self.world / 2, self.y - self.height / self.world / 2


class _Ring(NamedTuple):
    points: NDArray[np.float64]
    west: float
    north: float
    east: float
    south: float


def project(positions: Positions) -> NDArray[np.float64]:
    """World units of longitudes and latitudes (points, 2)."""
    longitude, latitude = positions.T
    sine = np.sin(np.radians(np.clip(latitude, -_MOST_LATITUDE, _MOST_LATITUDE)))
    return np.column_stack([longitude / 360 + 0.5, 0.5 - np.arctanh(sine) / (2 * np.pi)])


def path(view: View) -> str:
    """SVG path data of all land borders in the view, to be filled by the even-odd rule. Some 30 ms for a continent.

    Raises OutlineMissingError.
    """
    return "".join(part for ring in _rings() for shift in _turns(ring, view) for part in _drawn(ring, view, shift))


def _turns(ring: _Ring, view: View) -> Iterator[int]:
    """A ring across the 180th meridian reaches beyond the edge of its world, hence every turn that it touches."""
    left, top = view.corner
    right, bottom = left + view.width / view.world, top + view.height / view.world
    if ring.south < top or ring.north > bottom:
        return
    turn = int(np.ceil(left - ring.east))
    while ring.west + turn <= right:
        yield turn
        turn += 1


def _drawn(ring: _Ring, view: View, turn: int) -> Iterator[str]:
    left, top = view.corner
    pixels = (ring.points + np.array([turn - left, -top])) * view.world
    # What lies far outside of the view only has to stay outside.
    pixels = np.clip(pixels, [-view.width, -view.height], [2 * view.width, 2 * view.height])
    cells = np.round(pixels / _TOLERANCE).astype(int)
    kept = pixels[np.append(True, (np.diff(cells, axis=0) != 0).any(axis=1))]
    if len(kept) > 2:
        yield "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept.tolist()) + "Z"


@cache
def _rings() -> list[_Ring]:
    """Read once: some 0.2 s and 3 MB."""
    file = finders.find(_FILE)
    if not file:
        raise OutlineMissingError(f"static/{_FILE} is missing: `make vendor` fetches it")
    topology = Topology(json.loads(Path(file).read_text(encoding="utf-8")))
    return [
        _Ring(points, *points.min(axis=0).tolist(), *points.max(axis=0).tolist())
        for shape in topology.shapes
        for polygon in topology.polygons(shape)
        for points in map(_unbroken, polygon)
    ]


def _unbroken(ring: Positions) -> NDArray[np.float64]:
    """A step of more than half the world is one across the 180th meridian: go on beyond it."""
    points = project(ring)
    points[:, 0] = np.unwrap(points[:, 0], period=1)
    # Antarctica goes once round the pole: close it along the lower edge.
    if abs(points[-1, 0] - points[0, 0]) > 0.5:
        points = np.vstack([points, [points[-1, 0], 1], [points[0, 0], 1]])
    return points
