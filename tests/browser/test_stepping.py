"""From incident to incident by key: in the list and on the map."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from incidents.views.explorer import PAGE_SIZE
from tests.browser.elements import eventually, expect_painted, is_painted, open_explorer, view_of
from tests.factories import make_incident, make_user

BAGHDAD = (33.3406, 44.4009)
BASRA = (30.5085, 47.7804)
ERBIL = (36.19, 44.0092)
# Above a chosen symbol, where the ring around it runs, two pixels wide and between pixels.
RING = (-17, -18, -19)


@pytest.fixture
def three(live_server):
    """Basra is the oldest, Erbil the newest."""
    for day, (name, (latitude, longitude)) in enumerate(
        {"Basra": BASRA, "Baghdad": BAGHDAD, "Erbil": ERBIL}.items(), start=1
    ):
        make_incident(
            published=True,
            title=f"Raid on {name}",
            place_name=name,
            date_start=date(2024, 1, day),
            latitude=latitude,
            longitude=longitude,
        )


def _is_ringed(page: Page, place: tuple[float, float]) -> bool:
    return any(is_painted(page, place, aside=(0, above)) for above in RING)


def _expect_ring(page: Page, place: tuple[float, float]) -> None:
    eventually(page, lambda: _is_ringed(page, place), f"what stands at {place} is not shown as chosen")


def _expect_chosen(page: Page, title: str) -> None:
    expect(page.locator("#list .chosen")).to_contain_text(title)
    expect(page.locator("#announcement")).to_contain_text(title)


def test_arrows_on_the_map_step_by_date_the_map_shows_the_chosen_one_and_enter_opens_it(page, three):
    open_explorer(page)
    expect_painted(page, ERBIL)
    before = view_of(page)
    page.locator("#map_explorer").focus()
    page.keyboard.press("ArrowDown")
    _expect_chosen(page, "Raid on Erbil")
    _expect_ring(page, ERBIL)
    page.keyboard.press("ArrowLeft")
    _expect_chosen(page, "Raid on Baghdad")
    _expect_ring(page, BAGHDAD)
    assert not _is_ringed(page, ERBIL)
    page.keyboard.press("ArrowRight")
    _expect_chosen(page, "Raid on Erbil")
    assert view_of(page) == before
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Raid on Erbil")


def test_the_oldest_first_later_is_still_to_the_right(page, three):
    open_explorer(page, "/?sort=oldest")
    expect_painted(page, ERBIL)
    page.locator("#map_explorer").focus()
    page.keyboard.press("ArrowDown")
    _expect_chosen(page, "Raid on Basra")
    page.keyboard.press("ArrowRight")
    _expect_chosen(page, "Raid on Baghdad")


def test_shift_and_an_arrow_move_the_map_as_ever(page, three):
    open_explorer(page)
    expect_painted(page, ERBIL)
    before = view_of(page)
    page.locator("#map_explorer").focus()
    page.keyboard.press("Shift+ArrowLeft")
    eventually(page, lambda: view_of(page) != before, "the map did not move")
    expect(page.locator("#list .chosen")).to_have_count(0)


def test_an_incident_out_of_sight_is_brought_into_view(page, three):
    open_explorer(page, "/#view=50,4,6")
    page.locator("#map_explorer").focus()
    page.keyboard.press("ArrowDown")
    _expect_chosen(page, "Raid on Erbil")
    _expect_ring(page, ERBIL)


def test_the_chosen_incident_is_in_the_address_and_opens_so_for_somebody_else(new_page, three):
    mine = new_page()
    open_explorer(mine)
    expect_painted(mine, ERBIL)
    mine.locator("#map_explorer").focus()
    mine.keyboard.press("ArrowDown")
    _expect_chosen(mine, "Raid on Erbil")
    assert "chosen=" in mine.url
    theirs = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    theirs.goto(mine.url)
    _expect_ring(theirs, ERBIL)
    expect(theirs.locator("#list .chosen")).to_contain_text("Raid on Erbil")


def test_steps_go_on_over_the_end_of_a_page_of_the_list(page, live_server):
    reviewer = make_user()
    for number in range(PAGE_SIZE + 2):
        make_incident(
            published=True,
            title=f"Raid {number:02}",
            date_start=date(2024, 12, 31).replace(month=12 - number // 28, day=28 - number % 28),
            reviewed_by=reviewer,
            mentions=0,
        )
    open_explorer(page)
    last = page.locator("#list").get_by_role("link").last
    expect(last).to_have_text(f"Raid {PAGE_SIZE - 1}")
    last.focus()
    page.keyboard.press("ArrowDown")
    following = page.get_by_role("link", name=f"Raid {PAGE_SIZE}", exact=True)
    expect(following).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("link", name=f"Raid {PAGE_SIZE - 1}", exact=True)).to_be_focused()
