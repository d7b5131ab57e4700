"""A window of 320 pixels (a laptop at 400 %), forced colours, less motion, and targets that a finger hits."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from incidents.extraction.types import PlacePrecision
from tests.browser.elements import expect_painted, open_explorer, widest_overhang
from tests.factories import make_incident, make_mention, make_role

BAGHDAD = (33.3406, 44.4009)
LONG = "Rockets and drones hit a logistics compound beside the airport of the capital for the third night in a row"
PAGES = ("/?kind=drone-strike", "/incidents/", "/sources/", "/about/", "/embed/", "/nowhere/")
# The least of WCAG 2.5.8. A link in a sentence, and what has room of 24 pixels around it, are excepted there.
TARGET = 24
_SMALL = """(least) => {
  const targets = [...document.querySelectorAll("a[href], button, summary, input, [role=slider]")];
  const boxes = targets.filter((target) => target.checkVisibility()).map((target) => {
    const box = (target.closest("label") ?? target).getBoundingClientRect();
    return { target, box, middle: [box.left + box.width / 2, box.top + box.height / 2] };
  });
  const inSentence = ({ target }) =>
    getComputedStyle(target).display === "inline" && target.parentElement.textContent.trim() !== target.textContent.trim();
  const crowded = (one) => boxes.some((other) => other !== one
    && Math.hypot(one.middle[0] - other.middle[0], one.middle[1] - other.middle[1]) < least);
  return boxes
    .filter(({ target, box }) => box.width > 1 && Math.min(box.width, box.height) < least && !target.matches(".skip"))
    .filter((one) => !inSentence(one) && crowded(one))
    .map(({ target, box }) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${target.outerHTML.slice(0, 90)}`);
}"""


@pytest.fixture
def incident(live_server):
    incident = make_incident(published=True, title=LONG, credibility=2)
    make_mention(incident=incident, killed_low=4, killed_high=4)
    make_role(incident, "The Very Long Name of an Example Brigade of the Northern Province")
    make_incident(published=True, title="Bomb on the ring road", kind="bombing", date_start=date(2024, 1, 22))
    make_incident(published=True, place_precision=PlacePrecision.COUNTRY, place_name="Syria", country="SY")
    return incident


def _paths(incident) -> list[str]:
    mention = incident.mentions.first()
    return [other.get_absolute_url() for other in (incident, mention.article, mention.article.source)] + [*PAGES]


@pytest.mark.parametrize("language", ["en", "ar", "fr", "es"])
def test_no_public_page_scrolls_sideways_at_400_per_cent(new_page, incident, visit, language):
    page = new_page(width=320, height=256)
    page.goto(f"/about/?lang={language}")
    overhangs = {}
    for path in _paths(incident):
        page.goto(path)
        if path in ("/incidents/", PAGES[0]):
            page.locator("#more-filters > summary").click()
        overhangs[path] = widest_overhang(page)
    page.locator(".languages > summary").click()
    overhangs["languages"] = widest_overhang(page)
    assert {path: pixels for path, pixels in overhangs.items() if pixels} == {}
    visit.errors[:] = [line for line in visit.errors if "404" not in line]


@pytest.mark.parametrize("width", [320, 1440])
def test_targets_are_24_pixels_or_have_room_around_them(new_page, incident, visit, width):
    page = new_page(width=width)
    small = {}
    for path in _paths(incident):
        page.goto(path)
        if path in ("/incidents/", PAGES[0]):
            page.locator("#more-filters > summary").click()
        small[path] = page.evaluate(_SMALL, TARGET)
    assert {path: targets for path, targets in small.items() if targets} == {}
    visit.errors[:] = [line for line in visit.errors if "404" not in line]


def test_at_400_per_cent_an_incident_is_still_found_and_opened(new_page, incident):
    page = new_page(width=320, height=256)
    open_explorer(page)
    expect_painted(page, BAGHDAD)
    page.get_by_role("link", name=LONG).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LONG)


def test_forced_colours_leave_symbols_bars_brush_and_what_is_chosen_to_be_seen(new_page, incident):
    page = new_page(forced_colors="active")
    open_explorer(page, "/?kind=drone-strike&from=2024-01-20&to=2024-01-22")
    expect_painted(page, BAGHDAD)
    page.locator("#list a").first.focus()
    page.get_by_role("button", name="Rectangle").click()
    paper = _colour(page, ".panel", "backgroundColor")
    for selector, property, *part in (
        ("#legend .symbol", "fill"),
        ("#chart .bar [class^=family]", "fill"),
        ("#chart .ghost", "fill"),
        (".edge", "backgroundColor", "::after"),
        (".brush", "borderInlineStartColor"),
        (".area-circle svg", "stroke"),
        (".area-buttons [aria-pressed=true]", "backgroundColor"),
        ("#legend a[aria-current]", "borderTopColor"),
        (".masthead nav [aria-current]", "borderBlockEndColor"),
        (".chips a", "borderTopColor"),
    ):
        assert _colour(page, selector, property, *part) not in (paper, "rgba(0, 0, 0, 0)", "none"), selector
    # Where all have a line, none of them is told apart.
    for selector, property in (
        ("#legend a:not([aria-current])", "borderTopColor"),
        (".masthead nav a:not([aria-current])", "borderBlockEndColor"),
    ):
        assert _colour(page, selector, property) == paper, selector


def _colour(page: Page, selector: str, property: str, part: str | None = None) -> str:
    return page.locator(selector).first.evaluate(
        "(at, [name, part]) => getComputedStyle(at, part)[name]", [property, part]
    )


def test_who_wants_less_motion_gets_none(new_page, incident):
    page = new_page(reduced_motion="reduce")
    open_explorer(page)
    expect_painted(page, BAGHDAD)
    moving = """() => [...document.querySelectorAll("*")].filter((at) => {
      const { transitionDuration, animationName } = getComputedStyle(at);
      return animationName !== "none" || transitionDuration.split(", ").some((length) => parseFloat(length) > 0);
    }).map(({ outerHTML }) => outerHTML.slice(0, 90))"""
    assert page.evaluate(moving) == []
    page.get_by_role("button", name="Zoom in").click()
    assert page.evaluate(moving) == []
    assert not page.locator(".leaflet-zoom-anim").count()
