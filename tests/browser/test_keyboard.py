"""Everything without a pointer: from the first Tab to an incident and back, focus always to be seen."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from incidents.views.explorer import PAGE_SIZE
from tests.browser.elements import address, eventually, expect_painted, open_explorer, view_of, window_point
from tests.factories import make_incident, make_user

BAGHDAD = (33.3406, 44.4009)
BASRA = (30.5085, 47.7804)
# A page of fifty incidents has some hundred stops; more is a trap.
STOPS_LIMIT = 150
# What has the focus: its name, and why somebody who looks would not find it. Hidden by something that lies over it
# counts as not found (WCAG 2.4.11), and so does an outline outside the window.
_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const name = at.getAttribute("aria-label") || at.textContent.trim().replace(/\\s+/g, " ").slice(0, 40) || at.id;
  const style = getComputedStyle(at);
  const { left, right, top, bottom } = at.getBoundingClientRect();
  const inside = [Math.max(left, 0), Math.min(right, innerWidth), Math.max(top, 0), Math.min(bottom, innerHeight)];
  const seen = document.elementFromPoint((inside[0] + inside[1]) / 2, (inside[2] + inside[3]) / 2);
  let fault = "";
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) fault = "no outline";
  else if (inside[0] >= inside[1] || inside[2] >= inside[3]) fault = "out of sight";
  else if (!at.contains(seen) && !seen?.contains(at)) fault = `covered by ${seen?.outerHTML.slice(0, 80)}`;
  return { name, fault };
}"""


@pytest.fixture
def two_pages(live_server):
    """A page and two of drone strikes in Baghdad, and a bombing in Basra, the newest."""
    reviewer = make_user()
    latitude, longitude = BASRA
    make_incident(
        published=True,
        title="Bomb beside the harbour road",
        kind="bombing",
        date_start=date(2024, 3, 1),
        place_name="Basra",
        latitude=latitude,
        longitude=longitude,
        reviewed_by=reviewer,
    )
    for number in range(PAGE_SIZE + 1):
        make_incident(
            published=True,
            title=f"Raid {number:02}",
            date_start=date(2024, 2, 28) - timedelta(days=number),
            reviewed_by=reviewer,
            mentions=0,
        )


def _stops(page: Page, key: str = "Tab", limit: int = 0) -> list[str]:
    """The names of what Tab passes until the page is left, or `limit` of them; each must be seen."""
    names: list[str] = []
    for _ in range(limit or STOPS_LIMIT):
        page.keyboard.press(key)
        focus = page.evaluate(_FOCUS)
        if focus is None:
            return names
        assert not focus["fault"], f"{focus['name']}: {focus['fault']}"
        names.append(focus["name"])
    if limit:
        return names
    raise AssertionError(f"no end after {names[-3:]}")


def _tab_to(page: Page, name: str) -> None:
    for _ in range(STOPS_LIMIT):
        page.keyboard.press("Tab")
        if (page.evaluate(_FOCUS) or {}).get("name") == name:
            return
    raise AssertionError(f"Tab does not reach {name}")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["laptop", "phone"])
def test_tab_passes_the_whole_explorer_in_order_and_back_and_is_seen_at_every_stop(new_page, two_pages, width, height):
    page = new_page(width=width, height=height)
    open_explorer(page)
    expect_painted(page, BASRA)
    forth = _stops(page)
    assert forth[:2] == ["Skip to the content", "Skip to the list"]
    order = ["q", "Filters", "Bomb beside the harbour road", "Raid 00", "Next", "CSV", "Map of the incidents"]
    order += ["Rectangle", "Zoom out", f"air or drone strike {PAGE_SIZE + 1}", "7 days", "First day", "Last day"]
    at = [forth.index(name) for name in order]
    assert at == sorted(at)
    page.locator(".edge").last.focus()
    assert _stops(page, "Shift+Tab", len(forth) - 1) == forth[-2::-1]


def test_tab_passes_every_reading_page_and_is_seen_at_every_stop(page, two_pages):
    open_explorer(page)
    incident = page.locator("#list a").first.get_attribute("href")
    for path in (incident, "/incidents/", "/sources/", "/about/", "/embed/"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert _stops(page)


def test_the_whole_explorer_is_worked_by_keys(page, two_pages):
    open_explorer(page)
    expect_painted(page, BASRA)
    # The first link leads past the head of the page.
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Bomb beside the harbour road")).to_be_focused()

    # A kind, by its box: the box keeps the focus, although the list around it is a new one.
    page.keyboard.press("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _tab_to(page, "kind-drone-strike")
    page.keyboard.press("Space")
    expect(page.locator("#results .status")).to_contain_text(re.compile(rf"{PAGE_SIZE + 1}\s+of {PAGE_SIZE + 2}"))
    expect(page.locator("#kind-drone-strike")).to_be_focused()

    # The next page of the list, and Esc out of a field to it.
    page.keyboard.press("Escape")
    expect(page.locator("#list a").first).to_be_focused()
    _tab_to(page, "Next")
    page.keyboard.press("Enter")
    expect(page.locator("#list").get_by_role("listitem")).to_have_count(1)
    assert page.evaluate(_FOCUS), "the focus is lost with the pager's link"

    # Fewer days, by the edges of the timeline.
    _tab_to(page, "Last day")
    page.keyboard.press("PageDown")
    eventually(page, lambda: "to=" in address(page), "the days are not asked for")
    # Until the list of these days is there: its first entry may be another one.
    expect(page.locator("body[aria-busy]")).to_have_count(0)
    expect(page.get_by_role("slider", name="Last day")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#list a").first).to_be_focused()


def test_the_map_is_read_by_arrows_and_gives_an_incident_and_the_focus_back(page, two_pages):
    open_explorer(page)
    expect_painted(page, BASRA)
    _tab_to(page, "Map of the incidents")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#list .chosen")).to_contain_text("Raid 00")
    # Into the ring that counts it: the map comes nearer, and what is chosen stays in sight.
    before = view_of(page)[2]
    page.keyboard.press("+")
    eventually(page, lambda: view_of(page)[2] > before, "+ does not bring the map nearer")
    expect_painted(page, BAGHDAD)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Raid 00")).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Raid 00")
    page.go_back()
    expect(page.get_by_role("link", name="Raid 00")).to_be_focused()
    expect(page.locator("#list .chosen")).to_contain_text("Raid 00")


def test_who_opens_an_incident_from_the_list_comes_back_to_it(page, two_pages):
    open_explorer(page, "/?sort=oldest")
    page.get_by_role("link", name="Skip to the list").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(chosen)
    page.go_back()
    expect(page.get_by_role("link", name=chosen)).to_be_focused()


def test_an_area_is_drawn_moved_and_taken_by_keys(page, two_pages):
    open_explorer(page, "/#view=30.5,47.8,7")
    expect_painted(page, BASRA)
    _tab_to(page, "Rectangle")
    page.keyboard.press("Enter")
    for _ in range(6):
        page.keyboard.press("-")
    page.keyboard.press("Enter")
    expect(page.locator("#list").get_by_role("link")).to_have_text(["Bomb beside the harbour road"])
    assert address(page).startswith("bbox=")
    expect(page.get_by_role("button", name="Rectangle")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Remove the area")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#results .status")).to_contain_text(re.compile(rf"{PAGE_SIZE + 2}\s+of {PAGE_SIZE + 2}"))
    expect(page.get_by_role("button", name="Rectangle")).to_be_focused()


def test_a_popup_opened_by_a_pointer_is_left_by_esc_and_the_map_has_the_focus(page, two_pages):
    open_explorer(page)
    expect_painted(page, BASRA)
    page.mouse.click(*window_point(page, BASRA))
    popup = page.locator(".incident-popup")
    popup.get_by_role("link").first.focus()
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(page.get_by_role("application", name="Map of the incidents")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Bomb beside the harbour road")).to_be_focused()
