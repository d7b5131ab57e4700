"""The area filter on a bare map: drawn by mouse and touch, placed by the keyboard, unheard by what lies below."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

# A map of 1000 by 700 pixels; a label is its own name, so that a test reads which one is shown.
_PAGE = """<!doctype html><html lang="en"><title>Map</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/vendor/leaflet/leaflet.css">
<link rel="stylesheet" href="/static/css/base.css">
<link rel="stylesheet" href="/static/css/map.css">
<div id="map"></div>
<script src="/static/vendor/leaflet/leaflet.js"></script>
<script type="module">
  import { isDrawing, mountAreaFilter } from "/static/js/area-filter.js";
  document.getElementById("map").style = "position: fixed; inset: 0";
  const map = L.map("map", { zoomControl: false, zoomAnimation: false }).setView([48, 33], 5);
  const labels = new Proxy({ areaRadius: "{n} km", areaSize: "{width} x {height}" }, {
    get: (own, name) => own[name] ?? name,
  });
  Object.assign(window, { map, chosen: [], heard: [], isDrawing: () => isDrawing(map) });
  map.on("click dblclick dragstart zoomstart mousemove", ({ type }) => heard.push(type));
  window.filter = mountAreaFilter(map, labels, {
    onChoose: (params) => { chosen.push(params); filter.show(new URLSearchParams(params).toString()); },
  });
</script></html>"""


@pytest.fixture
def open_map(new_page):
    def open_map(**options: object) -> Page:
        page = new_page(width=1000, height=700, **options)
        page.route("**/bare-map", lambda route: route.fulfill(body=_PAGE, content_type="text/html"))
        page.goto("/bare-map")
        page.wait_for_function("window.filter")
        page.mouse.move(5, 695)
        page.evaluate("heard.length = 0")
        return page

    return open_map


def _press(page: Page, name: str):
    button = page.get_by_role("button", name=name)
    button.click()
    page.evaluate("heard.length = 0")
    return button


def _drag(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=3)
    page.mouse.up()


def _position(page: Page, x: int, y: int) -> tuple[float, float]:
    found = page.evaluate("(point) => map.containerPointToLatLng(point)", [x, y])
    return found["lat"], found["lng"]


def _chosen(page: Page) -> dict[str, list[float]]:
    """The last choice, its numbers read."""
    page.wait_for_function("chosen.length && !isDrawing()")
    last = page.evaluate("chosen.at(-1)")
    return {key: [float(part) for part in value.replace(";", ",").split(",")] for key, value in last.items()}


def test_a_rectangle_is_dragged_and_the_map_hears_nothing_of_it(open_map):
    page = open_map()
    _press(page, "areaRectangle")
    _drag(page, (600, 400), (300, 200))
    north, west = _position(page, 300, 200)
    south, east = _position(page, 600, 400)
    assert _chosen(page)["bbox"] == pytest.approx([west, south, east, north], abs=1e-4)
    assert page.evaluate("heard.filter((type) => type !== 'mousemove')") == []
    expect(page.locator("path.area-shown")).to_have_count(1)
    expect(page.locator(".area-glass")).to_have_count(0)


def test_a_circle_is_dragged_from_its_centre_and_says_its_radius(open_map):
    page = open_map()
    _press(page, "areaCircle")
    page.mouse.move(500, 350)
    page.mouse.down()
    page.mouse.move(500, 250)
    centre, edge = _position(page, 500, 350), _position(page, 500, 250)
    km = round(page.evaluate("([from, to]) => map.distance(from, to)", [centre, edge]) / 1000)
    expect(page.locator(".area-size")).to_have_text(f"{km} km")
    page.mouse.up()
    assert _chosen(page)["near"] == pytest.approx([*centre, km], abs=1e-4)


@pytest.mark.parametrize("end", ["first corner", "double click", "Enter"])
def test_a_polygon_is_closed_in_three_ways(open_map, end):
    page = open_map()
    _press(page, "areaPolygon")
    points = [(300, 200), (500, 150), (600, 300), (450, 450)]
    for point in points[:3]:
        page.mouse.click(*point)
    if end == "double click":
        page.mouse.dblclick(*points[3])
    else:
        page.mouse.click(*points[3])
    if end == "first corner":
        page.mouse.click(303, 202)
    elif end == "Enter":
        page.keyboard.press("Enter")
    corners = [degrees for point in points for degrees in _position(page, *point)]
    assert _chosen(page)["area"] == pytest.approx(corners, abs=1e-4)
    assert page.evaluate("heard") == []
    assert page.evaluate("map.getZoom()") == 5


def test_backspace_takes_a_corner_back_and_escape_all_of_them(open_map):
    page = open_map()
    button = _press(page, "areaPolygon")
    for point in [(300, 200), (500, 150), (600, 300)]:
        page.mouse.click(*point)
    expect(page.locator("path.area-corner")).to_have_count(3)
    page.keyboard.press("Backspace")
    expect(page.locator("path.area-corner")).to_have_count(2)
    page.keyboard.press("Enter")
    assert page.evaluate("isDrawing()")
    page.keyboard.press("Escape")
    expect(page.locator("path.area-draft, path.area-corner")).to_have_count(0)
    expect(button).to_be_focused()
    assert page.evaluate("[isDrawing(), chosen.length]") == [False, 0]


@pytest.mark.parametrize(("name", "key"), [("areaRectangle", "bbox"), ("areaCircle", "near"), ("areaPolygon", "area")])
def test_the_keyboard_places_a_shape(open_map, name, key):
    page = open_map()
    button = page.get_by_role("button", name=name)
    for presses in [(), ("ArrowRight", "ArrowUp", "+")]:
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("areaKeysHint")
        for press in presses:
            page.keyboard.press(press)
        page.keyboard.press("Enter")
        _chosen(page)
    first, second = page.evaluate("chosen")
    assert list(first) == list(second) == [key]
    assert first != second
    assert page.evaluate("map.getCenter()") == {"lat": 48, "lng": 33}


def test_a_finger_draws_as_well(open_map):
    page = open_map(has_touch=True)
    page.get_by_role("button", name="areaPolygon").tap()
    points = [(300, 200), (500, 150), (600, 300)]
    for point in [*points, points[0]]:
        page.touchscreen.tap(*point)
    corners = [degrees for point in points for degrees in _position(page, *point)]
    assert _chosen(page)["area"] == pytest.approx(corners, abs=1e-4)


def test_what_a_query_asks_is_outlined_until_it_is_removed(open_map):
    page = open_map()
    clear = page.get_by_role("button", name="areaClear")
    expect(clear).to_be_hidden()
    page.evaluate("filter.show('?q=x&bbox=30,44,36,48&near=48,35,100&area=1,2,3')")
    expect(page.locator("path.area-shown[aria-hidden=true]")).to_have_count(2)
    clear.click()
    assert page.evaluate("chosen") == [{}]
    expect(page.locator("path.area-shown")).to_have_count(0)
    expect(clear).to_be_hidden()
    expect(page.get_by_role("button", name="areaRectangle")).to_be_focused()
