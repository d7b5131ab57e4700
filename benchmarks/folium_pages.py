"""Plain folium on the same archives, for comparison: every incident an element of the page.

Its assets lie on this machine: Leaflet is ours, jQuery and the cluster plugin come from npm. What the pages do not need of
folium's (Bootstrap, icon fonts) is left out, in its favour.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import folium
from folium.plugins import FastMarkerCluster
from playwright.sync_api import Error, Playwright

from benchmarks.chromium import fresh, open_page, renderer_mb, settled_mb
from benchmarks.site import ROOT, archive

SIZES = (10_000, 100_000)
# Any picture of this machine: the cluster plugin wants the highest zoom of a layer of tiles.
_TILE = "leaflet/images/layers.png"
_PATIENCE_S = 180
# A page that needs longer is measured once.
_SLOW_S = 20
_PACKAGES = ("jquery", "leaflet.markercluster")
_ROW = "(row) => L.marker(new L.LatLng(row[0], row[1])).bindPopup(row[2])"
_PAINTED = """<script>
requestAnimationFrame(() => performance.mark("atlas:usable"));
</script>"""
Row = tuple[float, float, str]


def compare(playwright: Playwright, folder: Path, rounds: int) -> None:
    """Prints a table. A filter in such a page is a new page: both halves again."""
    print(
        "\n| folium | incidents | server, s | HTML, MB | load to painted, s | both, and each filter, s | memory, MB |"
    )
    print("|---" * 7 + "|")
    for count in SIZES:
        rows = _rows(archive(count, folder))
        for name, build in _PAGES.items():
            print(f"| {name} | {count:,} | " + " | ".join(_measure(playwright, folder, rows, build, rounds)) + " |")


def _measure(
    playwright: Playwright, folder: Path, rows: list[Row], build: Callable[[list[Row]], folium.Map], rounds: int
) -> Iterator[str]:
    served, loads, memories = [], [], []
    with _serving(folder / "folium") as (place, url):
        for _ in range(rounds):
            begin = time.perf_counter()
            (place / "index.html").write_text(_local(build(rows).get_root().render()), encoding="utf-8")
            served.append(time.perf_counter() - begin)
            load, memory = _load(playwright, url)
            loads.append(load)
            memories.append(memory)
            if served[-1] + load > _SLOW_S:
                break
        size = (place / "index.html").stat().st_size / 1e6
    server, load = statistics.median(served), statistics.median(loads)
    yield f"{server:.2f}"
    yield f"{size:.1f}"
    yield f"{load:.2f}"
    yield f"{server + load:.2f}"
    yield f"{statistics.median(memories):.0f}"


def _load(playwright: Playwright, url: str) -> tuple[float, float]:
    """Infinite when it is not painted in time or the tab crashes."""
    with fresh(playwright) as browser:
        page = open_page(browser)
        page.set_default_timeout(_PATIENCE_S * 1000)
        page.on("pageerror", lambda error: print(f"the page failed: {error}"))
        page.goto("data:text/html,<title>empty</title>")
        empty = settled_mb()
        try:
            page.goto(url, wait_until="commit")
            usable = page.evaluate(f"probe.usable({_PATIENCE_S * 1000})")
        except Error:
            usable = None
        return (usable / 1000 if usable else float("inf")), renderer_mb() - empty


def _rows(database: Path) -> list[Row]:
    with sqlite3.connect(database) as connection:
        return connection.execute(
            "SELECT public_latitude, public_longitude, title FROM incidents_incident"
            " WHERE status = 'published' AND cell IS NOT NULL ORDER BY id"
        ).fetchall()


def _circles(rows: list[Row]) -> folium.Map:
    chart = _map()
    for latitude, longitude, title in rows:
        folium.CircleMarker((latitude, longitude), radius=5, popup=title).add_to(chart)
    return chart


def _clusters(rows: list[Row]) -> folium.Map:
    chart = _map()
    FastMarkerCluster([list(row) for row in rows], callback=_ROW).add_to(chart)
    return chart


def _geojson(rows: list[Row]) -> folium.Map:
    chart = _map()
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": {"title": title},
        }
        for latitude, longitude, title in rows
    ]
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        marker=folium.CircleMarker(radius=5),
        popup=folium.GeoJsonPopup(["title"]),
    ).add_to(chart)
    return chart


def _map() -> folium.Map:
    chart = folium.Map(location=(25, 15), zoom_start=3, tiles=None)
    folium.TileLayer(tiles=_TILE, attr="none").add_to(chart)
    return chart


_PAGES = {"CircleMarker": _circles, "FastMarkerCluster": _clusters, "GeoJson": _geojson}


def _local(page: str) -> str:
    """The page with our copies of the files it needs, and a mark where its script has run."""
    page = re.sub(r'<(?:script|link)[^>]*(?:src|href)="https?://[^>]*>(?:</script>)?', "", page)
    files = _style("leaflet/leaflet.css") + _script("leaflet/leaflet.js")
    if "$(" in page:
        files += _script("jquery/jquery.min.js")
    if "markerClusterGroup" in page:
        files += _style("leaflet.markercluster/MarkerCluster.css")
        files += _style("leaflet.markercluster/MarkerCluster.Default.css")
        files += _script("leaflet.markercluster/leaflet.markercluster.js")
    head, _end, rest = page.partition("</head>")
    return f"{head}{files}</head>{rest}{_PAINTED}"


def _script(file: str) -> str:
    return f'<script src="{file}"></script>'


def _style(file: str) -> str:
    return f'<link rel="stylesheet" href="{file}">'


@contextmanager
def _serving(place: Path) -> Iterator[tuple[Path, str]]:
    _assets(place)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(place)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield place, f"http://127.0.0.1:{server.server_port}/index.html"
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        pass


def _assets(place: Path) -> None:
    shutil.copytree(ROOT / "static" / "vendor" / "leaflet", place / "leaflet", dirs_exist_ok=True)
    for name in _PACKAGES:
        if (place / name).exists():
            continue
        command = ["npm", "pack", "--silent", name]
        packed = subprocess.run(command, cwd=place, check=True, capture_output=True, text=True).stdout.strip()
        shutil.unpack_archive(place / packed, place / "packed")
        shutil.copytree(place / "packed" / "package" / "dist", place / name)
        shutil.rmtree(place / "packed")
        (place / packed).unlink()
