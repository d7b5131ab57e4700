"""The map in somebody else's page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.elements import eventually, expect_painted, expect_rest, view_of, window_point
from tests.factories import make_incident

BAGHDAD = (33.3406, 44.4009)
_FRAME = """(address) => {
  const frame = document.createElement("iframe");
  frame.name = "map";
  frame.width = 640;
  frame.height = 480;
  frame.src = address;
  document.getElementById("main").prepend(frame);
}"""


@pytest.fixture
def incident(live_server):
    make_incident(published=True, title="Bomb on the ring road", kind="bombing", latitude=30.0)
    return make_incident(published=True, title="Drone over the river quarter")


def _framed(page: Page, address: str) -> Frame:
    page.goto("/about/")
    page.evaluate(_FRAME, address)
    eventually(page, lambda: page.frame(name="map") is not None, "there is no frame")
    return page.frame(name="map")


def _scroll_over(page: Page, steps: int) -> None:
    box = page.locator("iframe").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.wheel(0, steps)


def test_a_framed_map_shows_its_query_and_leads_to_the_incident_and_sets_no_cookie(page, incident):
    frame = _framed(page, "/embed/?kind=drone-strike")
    expect(frame.locator(".status")).to_contain_text("1 of 2 incidents")
    expect_painted(frame, BAGHDAD, map_name="map_embed")
    expect(frame.get_by_label("Legend").get_by_role("listitem")).to_have_count(1)
    expect(frame.get_by_role("banner")).not_to_contain_text("Method")

    x, y = window_point(frame, BAGHDAD, map_name="map_embed")
    box = page.locator("iframe").bounding_box()
    page.mouse.click(box["x"] + x, box["y"] + y)
    popup = frame.locator(".incident-popup")
    expect(popup).to_be_visible()
    expect_rest(frame, map_name="map_embed")
    with page.context.expect_page() as opened:
        popup.get_by_role("link", name=incident.title).click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(incident.title)
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="Full map and sources").click()
    expect(opened.value).to_have_url("/?kind=drone-strike")
    assert page.context.cookies() == []


def test_the_wheel_scrolls_the_page_until_the_framed_map_is_clicked(page, incident):
    frame = _framed(page, "/embed/")
    expect_painted(frame, BAGHDAD, map_name="map_embed")
    before = view_of(frame, map_name="map_embed")
    page.set_viewport_size({"width": 1000, "height": 640})
    _scroll_over(page, 200)
    eventually(page, lambda: page.evaluate("scrollY") > 0, "the wheel did not scroll the page")
    assert view_of(frame, map_name="map_embed") == before

    page.evaluate("scrollTo(0, 0)")
    box = page.locator("iframe").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 60, box["y"] + box["height"] / 2)
    _scroll_over(page, -200)
    eventually(
        page, lambda: view_of(frame, map_name="map_embed")[2] > before[2], "the wheel does not zoom after a click"
    )


def test_any_other_page_refuses_a_frame(page, incident, visit):
    frame = _framed(page, "/incidents/")
    eventually(page, lambda: bool(visit.errors), "nobody refused")
    assert all("frame-ancestors 'none'" in line for line in visit.errors)
    assert not frame.get_by_text(incident.title).count()
    visit.errors.clear()
