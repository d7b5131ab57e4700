"""The engine without the page around it: from message to answer, in the site's own Chromium worker."""

from __future__ import annotations

import json
import statistics
from typing import Any

from playwright.sync_api import Page, Playwright

from benchmarks.chromium import fresh, open_page, renderer_mb, settled_mb
from benchmarks.site import Site
from incidents.extraction.kinds import Family, Kind

_VIEW = {"x": 500, "y": 500, "width": 1000, "height": 700, "zoom": 3, "centerLongitude": 40}
_ASK = {
    "type": "ask", "view": _VIEW, "histogram": {"domain": None}, "list": {"sort": "newest", "page": 1, "size": 50},
    "facets": True, "aim": False,
}  # fmt: skip
_KINDS = [f"kind=shelling,bombing&killed_min={number}" for number in range(9)]
_DAYS = [f"from=201{number}&to=2022" for number in range(9)]
_ZOOMS = (2, 3, 4, 5, 6, 7, 8)
_START = """() => {
  const worker = new Worker("/static/js/engine/worker.js", {type: "module"});
  let last = 0;
  const waiting = new Map();
  worker.onmessage = ({data}) => {
    waiting.get(data.id)?.(data.type);
    waiting.delete(data.id);
  };
  globalThis.engine = async (message) => {
    const begin = performance.now();
    const done = new Promise((resolve) => waiting.set(++last, resolve));
    worker.postMessage({id: last, ...message});
    return (await done) === "answer" ? performance.now() - begin : NaN;
  };
}"""


def measure(playwright: Playwright, place: Site) -> dict[str, float]:
    """Milliseconds but for the opening's seconds; megabytes over an empty page."""
    with fresh(playwright) as browser:
        page = open_page(browser)
        page.goto("data:text/html,<title>empty</title>")
        empty = settled_mb()
        # A small page of the site's own origin.
        page.goto(f"{place.url}/columns/latest.json")
        page.evaluate(_START)
        figures = {"engine open": _time(page, _open(place)) / 1000, "engine first": _time(page, _ASK)}
        figures["engine kind"] = _median(page, [{**_ASK, "search": search} for search in _KINDS])
        figures["engine brush"] = _median(page, [{**_ASK, "search": search} for search in _DAYS])
        figures["engine zoom"] = _median(page, [_zoomed(zoom) for zoom in _ZOOMS])
        page.wait_for_timeout(3_000)
        return {**figures, "engine memory": renderer_mb() - empty}


def _open(place: Site) -> dict[str, Any]:
    latest = json.loads((place.var / "columns" / "latest.json").read_text(encoding="utf-8"))
    families = list(Family)
    address = f"/columns/{latest['version']}"
    return {
        "type": "open",
        "columns": f"{address}.pack",
        "changes": None,
        "matches": f"{address}/matches",
        "families": {str(kind): families.index(kind.family) for kind in Kind},
        "familyCount": len(families),
    }


def _zoomed(zoom: int) -> dict[str, Any]:
    return {"type": "view", "view": {**_VIEW, "zoom": zoom, "x": 2**zoom * 150 - 500, "y": 2**zoom * 100 - 350}}


def _time(page: Page, message: dict[str, Any]) -> float:
    return page.evaluate("(message) => engine(message)", {"search": "", **message})


def _median(page: Page, messages: list[dict[str, Any]]) -> float:
    return statistics.median(_time(page, message) for message in messages)
