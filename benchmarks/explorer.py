"""The explorer in a headless Chromium on synthetic archives, against what it must reach; beside it plain folium.

    python -m benchmarks.explorer [--sizes 10000 100000 1000000] [--rounds 5] [--folium] [--data FOLDER]

Each round has a fresh browser with an empty cache. Medians of the rounds; of a round's inputs, the median.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page, Playwright, sync_playwright

from benchmarks import engine_alone, folium_pages
from benchmarks.chromium import fresh, open_page, renderer_mb, settled_mb
from benchmarks.goals import table
from benchmarks.site import ROOT, Site, site

_CORES = 2
_INPUTS = 7
# Chromium keeps what a page no longer shows for 5 s; the empty page stands still as well.
_STILL_S = 8
# Nothing has been painted for so long: the page is at rest.
_QUIET_MS = 300
# A hand rests on what it presses: the frame of the hovering is an input of its own.
_HOVER_MS = 100
# Whoever measures looks away so long: what Playwright asks of a page runs in it, and took 2 ms of an answer.
_ANSWER_MS = 80
# What a page does this long after it is usable still delays its visitor.
_LOADING_MS = 2_000
_EMPTY = "data:text/html,<title>empty</title>"

Figures = dict[str, list[float]]


def measure(playwright: Playwright, count: int, folder: Path, rounds: int, *, engine_only: bool) -> dict[str, float]:
    """Medians by the goals' names."""
    figures: Figures = defaultdict(list)
    with site(count, folder) as place:
        figures["build"].append(place.build_s)
        figures["columns"].append(_newest_mb(place, "*.pack.br"))
        figures["arrow"].append(_newest_mb(place, "*.arrow.gz"))
        for number in range(rounds + 1):
            found = engine_alone.measure(playwright, place)
            if not engine_only:
                found |= {**_loaded(playwright, place), **_inputs(playwright, place)}
            # The first one warms the server.
            for name, value in found.items() if number else ():
                figures[name].append(value)
    return {name: statistics.median(values) for name, values in figures.items() if values}


def _newest_mb(place: Site, pattern: str) -> float:
    files = (place.var / "columns").glob(pattern)
    return max(files, key=lambda file: file.stat().st_mtime).stat().st_size / 1e6


def _loaded(playwright: Playwright, place: Site) -> dict[str, float]:
    with fresh(playwright) as browser:
        page = open_page(browser)
        page.goto(_EMPTY)
        empty = settled_mb()
        place.sent()
        page.goto(place.url, wait_until="commit")
        usable = page.evaluate("probe.usable()")
        time.sleep(_STILL_S)
        memory = renderer_mb() - empty
        tasks = [duration for start, duration in page.evaluate("probe.tasks") if start < (usable or 0) + _LOADING_MS]
        answered = page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")
        sent = place.sent()
        at_sixty = {"brush at 60 Hz": _brush(page), "kind at 60 Hz": _kinds(page)}
    return {
        "load": usable / 1000 if usable else float("nan"),
        "page": answered / 1000,
        "task": max(tasks, default=0),
        "memory": memory,
        "code": sum(size for path, size in sent.items() if _is_code(path)) / 1000,
        **at_sixty,
    }


def _is_code(path: str) -> bool:
    return path == "/" or path.endswith((".css", ".js", ".mjs"))


def _inputs(playwright: Playwright, place: Site) -> dict[str, float]:
    with fresh(playwright, free_frames=True) as browser:
        page = open_page(browser, free_frames=True)
        page.goto(place.url, wait_until="commit")
        page.evaluate("probe.usable()")
        page.evaluate(f"probe.quiet({_QUIET_MS})")
        return {"kind": _kinds(page), "brush": _brush(page), "zoom": _zooms(page), "pan": _pans(page)}


def _kinds(page: Page) -> float:
    """Families of the legend shown alone, added, removed."""
    lines = page.locator("#legend a, #legend button, #legend input")
    return _median(_clicked(page, lines.nth(number % 3)) for number in range(_INPUTS))


def _clicked(page: Page, line) -> float:
    line.hover()
    page.wait_for_timeout(_HOVER_MS)
    page.evaluate("probe.arm('click')")
    # Not line.click(), which looks with scripts in the page whether the element was hit.
    page.mouse.down()
    page.mouse.up()
    taken = _answered(page)
    page.evaluate(f"probe.quiet({_QUIET_MS})")
    return taken


def _answered(page: Page) -> float | None:
    time.sleep(_ANSWER_MS / 1000)
    return page.evaluate("probe.latency()")


def _brush(page: Page) -> float:
    """A drag over the middle of the histogram, bar by bar: the brush chooses whole ones."""
    chart, bars = page.locator("#chart").bounding_box(), page.locator("#chart .bin").count()
    x, y = chart["x"] + chart["width"] * 0.3, chart["y"] + chart["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    taken = []
    for step in range(1, 2 * _INPUTS + 1):
        page.evaluate("probe.arm('pointermove')")
        page.mouse.move(x + step * chart["width"] / bars, y)
        taken.append(_answered(page))
        if taken[-1] is None:
            break
    page.mouse.up()
    page.evaluate(f"probe.quiet({_QUIET_MS})")
    return _median(taken)


def _zooms(page: Page) -> float:
    """Without the map's own animation, which is meant to take its time."""
    steps = (1, 2, 3, 2, 1, 2, 3)
    return _median(_timed(page, f"map_explorer.setZoom({3 + step}, {{animate: false}})") for step in steps)


def _pans(page: Page) -> float:
    return _median(_timed(page, f"map_explorer.panBy([{x}, 40], {{animate: false}})") for x in (90, -60) * 4)


def _timed(page: Page, call: str) -> float:
    taken = page.evaluate(f"probe.timed(() => {call})")
    page.evaluate(f"probe.quiet({_QUIET_MS})")
    return taken


def _median(taken: Iterable[float | None]) -> float:
    """What was never painted makes the whole figure not a number."""
    values = list(taken)
    return float("nan") if None in values else statistics.median(values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folium", action="store_true", help="beside it plain folium pages")
    parser.add_argument("--engine", action="store_true", help="only the engine, without the page around it")
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "bench", help="where archives are kept")
    options = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:_CORES])
    with sync_playwright() as playwright:
        figures = {
            count: measure(playwright, count, options.data, options.rounds, engine_only=options.engine)
            for count in options.sizes
        }
        for line in table(figures):
            print(line)
        if options.folium:
            folium_pages.compare(playwright, options.data, options.rounds)
    print(f"load average {os.getloadavg()[0]:.1f} at the end, {_CORES} cores")


if __name__ == "__main__":
    main()
