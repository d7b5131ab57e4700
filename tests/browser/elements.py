"""What the stories look at and no locator finds: what is painted on the map, and who is logged in."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Frame, Page, expect

# Less than the browser's own time-out, so that the sentence of the test is what fails.
PATIENCE_S = 8.0
# Between two looks at the canvas; reading its pixels takes some milliseconds.
PAUSE_MS = 60
# A symbol is painted on the pixel of its point and around it; below this an edge is only smoothed.
OPAQUE = 200

# Before the map's script has run, its name is that of its element.
_PAINTED_AT = """([name, latitude, longitude, dx, dy, opaque]) => {
  const map = window[name];
  const canvas = map?.getContainer?.().querySelector("canvas.incident-canvas");
  if (!canvas?.width) return false;
  const at = map.latLngToContainerPoint([latitude, longitude]);
  const [frame, drawn] = [map.getContainer(), canvas].map((element) => element.getBoundingClientRect());
  const scale = canvas.width / drawn.width;
  const x = Math.round((frame.left + at.x + dx - drawn.left) * scale);
  const y = Math.round((frame.top + at.y + dy - drawn.top) * scale);
  return canvas.getContext("2d").getImageData(x, y, 1, 1).data[3] >= opaque;
}"""
_PAINTED_PIXELS = """(name) => {
  const canvas = window[name].getContainer().querySelector("canvas.incident-canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let painted = 0;
  for (let index = 3; index < data.length; index += 4) painted += data[index] > 0;
  return painted;
}"""
_WINDOW_POINT = """([name, latitude, longitude]) => {
  const map = window[name];
  const { x, y } = map.latLngToContainerPoint([latitude, longitude]);
  const { left, top } = map.getContainer().getBoundingClientRect();
  return [left + x, top + y];
}"""

Point = tuple[float, float]


def eventually(page: Page | Frame, holds: Callable[[], object], sentence: str) -> None:
    """Look again until it holds; the pages' policy forbids Playwright's own wait_for_function."""
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until, sentence
        page.wait_for_timeout(PAUSE_MS)


def is_painted(page: Page | Frame, place: Point, *, map_name: str = "map_explorer", aside: Point = (0, 0)) -> bool:
    """Whether the incident layer is opaque at a latitude and longitude, `aside` so many pixels right and down."""
    return page.evaluate(_PAINTED_AT, [map_name, *place, *aside, OPAQUE])


def expect_painted(page: Page | Frame, place: Point, *, map_name: str = "map_explorer", aside: Point = (0, 0)) -> None:
    eventually(page, lambda: is_painted(page, place, map_name=map_name, aside=aside), f"nothing is painted at {place}")


def expect_blank(page: Page | Frame, place: Point, *, map_name: str = "map_explorer", aside: Point = (0, 0)) -> None:
    eventually(
        page, lambda: not is_painted(page, place, map_name=map_name, aside=aside), f"something is painted at {place}"
    )


def painted_pixels(page: Page | Frame, *, map_name: str = "map_explorer") -> int:
    return page.evaluate(_PAINTED_PIXELS, map_name)


def window_point(page: Page | Frame, place: Point, *, map_name: str = "map_explorer") -> Point:
    """Pixels of the window (or frame) where a latitude and longitude lie."""
    x, y = page.evaluate(_WINDOW_POINT, [map_name, *place])
    return x, y


def open_explorer(page: Page, path: str = "/") -> None:
    """Until its engine has answered: what is pressed before its script listens is lost, or is an ordinary link."""
    page.goto(path)
    expect(page.locator("html.scripted")).to_be_attached()
    usable = 'performance.getEntriesByName("atlas:usable").length'
    eventually(page, lambda: page.evaluate(usable), "the engine has not answered")


def view_of(page: Page | Frame, *, map_name: str = "map_explorer") -> tuple[float, float, float]:
    """The map's latitude, longitude and zoom, as exact as an address holds them."""
    view = "(name) => [window[name].getCenter().lat, window[name].getCenter().lng, window[name].getZoom()]"
    latitude, longitude, zoom = page.evaluate(view, map_name)
    return round(latitude, 2), round(longitude, 2), zoom


def address(page: Page) -> str:
    """The query of the address, without the map's view."""
    return re.sub(r"#.*", "", page.url).partition("?")[2]


def widest_overhang(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def enter(page: Page, user: User, url: str) -> None:
    """Logs the page's visitor in by cookie: the log-in form has a story of its own."""
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


def expect_rest(page: Page | Frame, *, map_name: str = "map_explorer") -> None:
    """Until the map stands still: it makes room for a popup, which a click would miss meanwhile."""
    moves = "(name) => Boolean(window[name]._panAnim?._inProgress)"
    eventually(page, lambda: not page.evaluate(moves, map_name), "the map does not come to rest")
