"""What is missing is said in a sentence, mends itself where it can, and never takes the list along."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from incidents.publishing.columns import files
from incidents.workflows.columns import write
from tests.browser.elements import address, eventually, expect_blank, expect_painted, open_explorer
from tests.factories import make_incident

BAGHDAD = (33.3406, 44.4009)
BASRA = (30.5085, 47.7804)
COLUMNS = re.compile(r"/columns/[^/]+\.pack")
CHANGES = re.compile(r"/columns/[^/]+/changes")


@pytest.fixture
def incident(live_server):
    return make_incident(published=True, title="Drone over the river quarter")


def _another() -> None:
    """In Basra, and in a newer version of the columns."""
    latitude, longitude = BASRA
    make_incident(
        published=True,
        title="Bomb beside the harbour road",
        kind="bombing",
        place_name="Basra",
        latitude=latitude,
        longitude=longitude,
    )
    write(force=True)


def _forget(version: str) -> None:
    for file in files.folder().glob(f"*{version}*"):
        file.unlink()


def _keep(page: Page) -> None:
    """From now on the browser opens the page that the site gives now, as one from its history."""
    kept = page.request.get("/")

    def give(route):
        if route.request.is_navigation_request():
            route.fulfill(response=kept)
        else:
            route.fallback()

    page.route(re.compile(r"/$"), give)


def _expect_filtered(page: Page) -> None:
    """The list and its count go on: the server answers."""
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("checkbox", name=re.compile("^bombing")).check()
    expect(page.locator("#list").get_by_role("link")).to_have_text(["Bomb beside the harbour road"])
    expect(page.locator("#results .status")).to_contain_text(re.compile(r"1\s+of 2"))


@pytest.mark.parametrize("lost", ["file", "changes"])
def test_a_page_of_old_columns_opens_the_newest_by_itself(page, incident, lost):
    write(force=True)
    old = files.latest().version
    _keep(page)
    _another()
    assert files.latest().version != old
    if lost == "file":
        _forget(old)
    else:
        page.route(re.compile(rf"/columns/{old}/changes"), lambda route: route.fulfill(status=410))
    open_explorer(page)
    expect_painted(page, BAGHDAD)
    expect_painted(page, BASRA)
    expect(page.locator("#trouble")).to_be_empty()


def test_a_page_open_for_long_asks_the_newest_columns_where_its_own_are_gone(page, incident, visit):
    write(force=True)
    old = files.latest().version
    open_explorer(page)
    expect_painted(page, BAGHDAD)
    _another()
    _forget(old)
    page.get_by_label("Search", exact=True).fill("harbour")
    expect(page.locator("#list").get_by_role("link")).to_have_text(["Bomb beside the harbour road"])
    expect_painted(page, BASRA)
    expect_blank(page, BAGHDAD)
    expect(page.locator("#trouble")).to_be_empty()
    visit.errors[:] = [line for line in visit.errors if "Failed to load" not in line]


def test_a_map_that_stays_behind_says_so_and_the_list_is_whole(page, incident, visit):
    _another()
    page.context.route(CHANGES, lambda route: route.fulfill(status=410))
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("behind the list")
    expect_painted(page, BASRA)
    _expect_filtered(page)
    visit.errors[:] = [line for line in visit.errors if "410" not in line]


def test_a_browser_without_workers_has_no_map_but_list_and_chart(page, incident):
    _another()
    page.add_init_script("delete globalThis.Worker")
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("cannot draw the map")
    expect(page.locator("#chart .bar").first).to_be_visible()
    _expect_filtered(page)


def test_an_engine_whose_script_does_not_come_is_told_though_the_head_has_started_it(page, incident, visit):
    _another()
    page.context.route(re.compile(r"/engine/worker[^/]*\.js"), lambda route: route.abort())
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("cannot draw the map")
    expect(page.locator("#chart .bar").first).to_be_visible()
    _expect_filtered(page)
    visit.errors[:] = [line for line in visit.errors if "Failed to load" not in line]


def test_columns_that_cannot_be_fetched_are_told(page, incident, visit):
    _another()
    page.context.route(COLUMNS, lambda route: route.abort())
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("Check the connection")
    _expect_filtered(page)
    visit.errors[:] = [line for line in visit.errors if "Failed to load" not in line]


def test_a_server_that_does_not_answer_is_told_and_the_list_stays(page, incident, visit):
    _another()
    open_explorer(page)
    page.context.route(re.compile(r"\?kind="), lambda route: route.abort())
    page.get_by_role("link", name="bomb or mine").click()
    expect(page.get_by_role("alert")).to_contain_text("Check the connection")
    expect(page.locator("#list").get_by_role("link")).to_have_count(2)
    expect(page.locator("body")).not_to_have_attribute("aria-busy", "true")
    visit.errors[:] = [line for line in visit.errors if "Failed to load" not in line]


def test_nothing_published_and_nothing_found_are_sentences_and_no_trouble(page, live_server):
    page.goto("/")
    expect(page.locator("#list")).to_contain_text("Nothing is published yet")
    expect(page.locator("#timeline")).to_contain_text("No dated incidents")
    make_incident(published=True, title="Drone over the river quarter")
    write(force=True)
    open_explorer(page, "/?kind=abduction")
    expect(page.locator("#list")).to_contain_text("No incident fits these filters.")
    expect(page.locator("#trouble")).to_be_empty()
    page.locator("#list").get_by_role("link", name="Clear all").click()
    expect_painted(page, BAGHDAD)
    eventually(page, lambda: not address(page), "the address still has the filter")
