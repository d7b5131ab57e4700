"""The histogram and its brush."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from incidents.extraction.types import TimePrecision
from tests.browser.elements import address, eventually, open_explorer
from tests.factories import make_incident


@pytest.fixture
def january(live_server):
    """One incident on each of three days: the chart has a bar for every day from the 10th to the 30th."""
    for day in (10, 20, 30):
        make_incident(published=True, title=f"Raid of the {day}th", date_start=date(2024, 1, day))


def _middle_of(page: Page, day: str) -> tuple[float, float]:
    """Pixels of the window in the middle of the bar of a day."""
    chart = page.locator("#chart")
    bar = chart.locator(f'.bin[data-first="{day}"]')
    box = chart.bounding_box()
    share = float(bar.get_attribute("data-x")) + float(bar.get_attribute("data-width")) / 2
    return box["x"] + box["width"] * share / 100, box["y"] + box["height"] / 2


def _drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, end[1], steps=3)
    page.mouse.move(*end, steps=3)
    page.mouse.up()


def _expect_listed(page: Page, *days: int) -> None:
    expect(page.locator("#list").get_by_role("link")).to_have_text([f"Raid of the {day}th" for day in days])


def _expect_brush(page: Page, first: str, last: str) -> None:
    expect(page.get_by_role("slider", name="First day")).to_have_attribute("aria-valuetext", first)
    expect(page.get_by_role("slider", name="Last day")).to_have_attribute("aria-valuetext", last)


def test_a_brush_over_the_chart_narrows_list_address_and_inputs_and_can_be_pulled_wider(page, january):
    open_explorer(page)
    _expect_listed(page, 30, 20, 10)
    _drag(page, _middle_of(page, "2024-01-15"), _middle_of(page, "2024-01-24"))
    _expect_listed(page, 20)
    assert address(page) == "from=2024-01-15&to=2024-01-24"
    expect(page.locator("#results .status")).to_contain_text(re.compile(r"1\s+of 3 incidents"))
    page.get_by_text("Filters", exact=True).click()
    expect(page.get_by_label("From", exact=True)).to_have_value("2024-01-15")
    expect(page.get_by_label("To", exact=True)).to_have_value("2024-01-24")
    # What lies outside stays as a grey ghost.
    _expect_drawn(page, ".ghost", ["2024-01-10", "2024-01-20", "2024-01-30"])
    _expect_drawn(page, "[class^=family]", ["2024-01-20"])

    edge = page.get_by_role("slider", name="Last day").bounding_box()
    grip = (edge["x"] + edge["width"] / 2, edge["y"] + edge["height"] / 2)
    _drag(page, grip, _middle_of(page, "2024-01-30"))
    _expect_listed(page, 30, 20)
    assert address(page) == "from=2024-01-15&to=2024-01-30"

    page.get_by_role("link", name="all", exact=True).click()
    _expect_listed(page, 30, 20, 10)
    assert address(page) == ""
    _expect_brush(page, "10 Jan 2024", "30 Jan 2024")


def test_days_that_are_typed_move_the_brush_and_so_do_arrow_keys(page, january):
    open_explorer(page)
    _expect_brush(page, "10 Jan 2024", "30 Jan 2024")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("From", exact=True).fill("2024-01-20")
    _expect_listed(page, 30, 20)
    _expect_brush(page, "20 Jan 2024", "30 Jan 2024")
    page.get_by_label("To", exact=True).fill("2024-01-25")
    _expect_listed(page, 20)
    _expect_brush(page, "20 Jan 2024", "25 Jan 2024")

    page.get_by_role("slider", name="First day").press("ArrowRight")
    expect(page.get_by_text("No incident fits these filters.")).to_be_visible()
    assert address(page) == "from=2024-01-21&to=2024-01-25"
    page.go_back()
    _expect_listed(page, 20)
    _expect_brush(page, "20 Jan 2024", "25 Jan 2024")


def test_periods_follow_one_another_by_key(page, january):
    open_explorer(page, "/?from=2024-01-18&to=2024-01-24")
    _expect_listed(page, 20)
    page.keyboard.press("]")
    _expect_listed(page, 30)
    assert address(page) == "from=2024-01-25&to=2024-01-31"
    page.keyboard.press("[")
    page.keyboard.press("[")
    eventually(page, lambda: address(page) == "from=2024-01-11&to=2024-01-17", "two periods back were not asked for")


def test_some_time_in_march_is_a_hatched_share_of_each_day_and_never_a_spike(page, live_server):
    make_incident(published=True, title="Raid of the 5th", date_start=date(2024, 3, 5))
    vague = {"date_start": date(2024, 3, 1), "date_end": date(2024, 3, 31), "time_precision": TimePrecision.MONTH}
    make_incident(published=True, title="Some time in March", **vague)
    open_explorer(page)
    hatched, certain = "[class^=family][fill]", "[class^=family]:not([fill])"
    _expect_drawn(page, hatched, [f"2024-03-{day:02}" for day in range(1, 32)])
    _expect_drawn(page, certain, ["2024-03-05"])
    share = page.locator('#chart path[d][fill^="url(#hatch-"]:not([d=""])')
    # The share of the 5th stands on the incident of that day: above it each is a 31st.
    top, whole = _heights(page, certain)["2024-03-05"], page.locator("#chart").bounding_box()["height"]
    heights = {height - (top if day == "2024-03-05" else 0) for day, height in _heights(page, hatched).items()}
    assert max(heights) < whole / 20
    fill = share.evaluate("(path) => getComputedStyle(path).fill")
    assert fill.startswith("url("), f"the share is not drawn hatched but {fill}"

    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Only dates known to the day").check()
    expect(page.locator("#list").get_by_role("link")).to_have_text(["Raid of the 5th"])
    _expect_drawn(page, hatched, [])


def _heights(page: Page, selector: str) -> dict[str, float]:
    """By first day of its bin how high above the axis, in pixels, something is painted by paths of the selector."""
    return page.locator("#chart").evaluate(
        """(chart, selector) => {
          const heights = {};
          const { width, height } = chart.querySelector(".bars").getBoundingClientRect();
          for (const bin of chart.querySelectorAll(".bin")) {
            const x = (width * (Number(bin.dataset.x) + Number(bin.dataset.width) / 2)) / 100;
            for (const path of chart.querySelectorAll(`.bar > ${selector}`)) {
              for (let y = 0; y < height; y += 0.1) {
                if (!path.isPointInFill(new DOMPoint(x, y))) continue;
                heights[bin.dataset.first] = Math.max(heights[bin.dataset.first] ?? 0, height - y);
                break;
              }
            }
          }
          return heights;
        }""",
        selector,
    )


def _expect_drawn(page: Page, selector: str, days: list[str]) -> None:
    """In the bins of these first days, and in no other, something is painted by paths of the selector."""
    # The list may be there a frame before the bars.
    eventually(page, lambda: list(_heights(page, selector)) == days, f"{selector} is not painted on {days}")


def _bars(page: Page) -> list[str]:
    return page.locator("#chart .bin").evaluate_all("(bins) => bins.map((bin) => bin.dataset.first)")


def test_the_chosen_days_fill_the_chart_by_finer_bars_and_back_and_a_copied_address_shows_them_so(
    new_page, live_server
):
    for year in (2020, 2024):
        for day in (1, 10, 20):
            make_incident(published=True, title=f"Raid of {year}-{day}", date_start=date(year, 3, day))
    mine = new_page()
    open_explorer(mine, "/?from=2024-03-01&to=2024-03-31")
    expect(mine.get_by_role("heading", name="Incidents by month")).to_be_visible()
    eventually(mine, lambda: "2020-03-01" in _bars(mine), "the chart does not begin with the first incident")
    mine.get_by_role("button", name="Zoom to these days").click()
    expect(mine.get_by_role("heading", name="Incidents by day")).to_be_visible()
    days = [f"2024-03-{day:02}" for day in range(1, 32)]
    assert _bars(mine) == days
    _expect_brush(mine, "1 Mar 2024", "31 Mar 2024")
    assert mine.url.endswith("?from=2024-03-01&to=2024-03-31#span=2024-03-01,2024-03-31")

    theirs = new_page()
    theirs.goto(mine.url)
    expect(theirs.get_by_role("heading", name="Incidents by day")).to_be_visible()
    assert _bars(theirs) == days
    _drag(theirs, _middle_of(theirs, "2024-03-05"), _middle_of(theirs, "2024-03-12"))
    expect(theirs.locator("#list").get_by_role("link")).to_have_text(["Raid of 2024-10"])
    assert address(theirs) == "from=2024-03-05&to=2024-03-12"
    assert _bars(theirs) == days

    theirs.get_by_role("button", name="Whole timeline").click()
    expect(theirs.get_by_role("heading", name="Incidents by month")).to_be_visible()
    expect(theirs.get_by_role("button", name="Whole timeline")).to_be_hidden()
    assert "span" not in theirs.url


def test_days_chosen_outside_the_zoomed_span_show_the_whole_timeline_again(page, january):
    open_explorer(page, "/?from=2024-01-10&to=2024-01-12#span=2024-01-10,2024-01-12")
    eventually(page, lambda: len(_bars(page)) == 3, "the span of the address is not shown")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("To", exact=True).fill("2024-01-30")
    page.get_by_label("From", exact=True).fill("2024-01-29")
    eventually(page, lambda: len(_bars(page)) == 21, "the chart hides the days that are chosen")
    eventually(page, lambda: "span" not in page.url, "the address keeps the span")


def test_play_moves_the_days_to_the_end_and_is_not_offered_to_who_wants_less_motion(new_page, january):
    page = new_page()
    open_explorer(page, "/?from=2024-01-10&to=2024-01-24")
    _expect_listed(page, 20, 10)
    eventually(page, lambda: len(_bars(page)) == 21, "no bars")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    _expect_listed(page, 30, 20)
    assert address(page) == "from=2024-01-16&to=2024-01-30"

    still = new_page(reduced_motion="reduce")
    open_explorer(still)
    expect(still.locator("#chart-tools")).to_be_attached()
    expect(still.get_by_role("button", name="Play")).to_have_count(0)
