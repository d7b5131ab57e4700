"""Reads the outlines of countries that world-atlas packs as a TopoJSON: shared borders once, each point a step from the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.float64]
"""Longitude and latitude in degrees (points, 2)."""


class Topology:
    """A parsed TopoJSON (specification 1.0.0) with quantised arcs."""

    def __init__(self, parsed: dict[str, Any]) -> None:
        scale, origin = (np.array(parsed["transform"][name]) for name in ("scale", "translate"))
        self._arcs: list[Positions] = [np.cumsum(arc, axis=0) * scale + origin for arc in parsed["arcs"]]
        self.shapes: list[dict[str, Any]] = parsed["objects"]["countries"]["geometries"]

    def polygons(self, shape: dict[str, Any]) -> Iterator[list[Positions]]:
        """Each polygon of a shape as its outer ring and its holes, every ring closed."""
        for rings in [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]:
            yield [self._ring(ring) for ring in rings]

    def _ring(self, arcs: Sequence[int]) -> Positions:
        """Arcs one after another; ~n is arc n from its end to its start. Two that meet share a point."""
        parts = [self._arcs[arc] if arc >= 0 else self._arcs[~arc][::-1] for arc in arcs]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
