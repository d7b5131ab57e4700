"""The explorer: one query in list, count, map and address."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from incidents.extraction.types import PlacePrecision
from tests.browser.elements import (
    address,
    enter,
    eventually,
    expect_blank,
    expect_painted,
    expect_rest,
    open_explorer,
    painted_pixels,
    view_of,
    window_point,
)
from tests.factories import make_incident, make_moderator

BAGHDAD = (33.3406, 44.4009)
BASRA = (30.5085, 47.7804)
ERBIL = (36.19, 44.0092)


def _in(name: str, place: tuple[float, float], **fields):
    latitude, longitude = place
    return make_incident(
        published=True, place_name=name, province=name, latitude=latitude, longitude=longitude, **fields
    )


@pytest.fixture
def three(live_server):
    return [
        _in("Baghdad", BAGHDAD, title="Drone over the river quarter", kind="drone-strike"),
        _in("Basra", BASRA, title="Bomb beside the harbour road", kind="bombing"),
        _in("Erbil", ERBIL, title="Shells on the northern ridge", kind="shelling"),
    ]


def _expect_listed(page: Page, *titles: str, of: int) -> None:
    entries = page.locator("#list").get_by_role("listitem")
    expect(entries).to_have_count(len(titles))
    for title in titles:
        expect(entries.filter(has_text=title)).to_be_visible()
    expect(page.locator("#results .status")).to_contain_text(re.compile(rf"{len(titles)}\s+of {of} incident"))


def test_a_filter_narrows_list_count_map_and_address_and_back_and_forward_restore(page, three):
    titles = [incident.title for incident in three]
    page.goto("/")
    _expect_listed(page, *titles, of=3)
    for place in (BAGHDAD, BASRA, ERBIL):
        expect_painted(page, place)

    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("checkbox", name=re.compile("^bombing")).check()
    _expect_listed(page, "Bomb beside the harbour road", of=3)
    expect(page.get_by_role("link", name="Remove the filter")).to_have_count(1)
    assert address(page) == "kind=bombing"
    expect_blank(page, BAGHDAD)
    expect_painted(page, BASRA)

    page.go_back()
    _expect_listed(page, *titles, of=3)
    expect_painted(page, BAGHDAD)
    assert address(page) == ""
    expect(page.get_by_role("checkbox", name=re.compile("^bombing"))).not_to_be_checked()

    page.go_forward()
    _expect_listed(page, "Bomb beside the harbour road", of=3)
    expect_blank(page, BAGHDAD)
    assert address(page) == "kind=bombing"


def test_words_of_a_place_narrow_everything_and_their_chip_takes_them_back(page, three):
    page.goto("/")
    expect_painted(page, BAGHDAD)
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Place", exact=True).fill("Erbil")
    page.get_by_label("Place", exact=True).press("Enter")
    _expect_listed(page, "Shells on the northern ridge", of=3)
    assert address(page) == "place=Erbil"
    expect_blank(page, BAGHDAD)
    expect_painted(page, ERBIL)
    page.get_by_role("link", name="Remove the filter").click()
    _expect_listed(page, *[incident.title for incident in three], of=3)
    expect(page.get_by_label("Place", exact=True)).to_have_value("")
    expect_painted(page, BAGHDAD)


def test_what_is_typed_into_the_search_is_asked_without_a_key_and_the_count_is_announced(page, three):
    page.goto("/")
    expect_painted(page, BAGHDAD)
    page.keyboard.press("/")
    page.keyboard.type("harbour")
    _expect_listed(page, "Bomb beside the harbour road", of=3)
    expect(page.locator("#announcement")).to_contain_text(re.compile(r"1\s+of 3"))
    assert address(page) == "q=harbour"
    expect(page.get_by_label("Search", exact=True)).to_be_focused()


def test_an_entry_of_the_list_marks_its_symbol_and_a_symbol_marks_its_entry(page, three):
    beside = (0, -19)  # where the ring around a chosen symbol lies
    page.goto("/")
    expect_painted(page, BASRA)
    expect_blank(page, BASRA, aside=beside)
    page.get_by_role("link", name="Bomb beside the harbour road").focus()
    expect_painted(page, BASRA, aside=beside)

    page.mouse.click(*window_point(page, ERBIL))
    expect(page.locator("#list .chosen")).to_contain_text("Shells on the northern ridge")
    expect_painted(page, ERBIL, aside=beside)
    expect_blank(page, BASRA, aside=beside)
    popup = page.locator(".incident-popup")
    expect(popup).to_be_visible()
    expect_rest(page)
    popup.get_by_role("link", name="Shells on the northern ridge").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Shells on the northern ridge")


def test_incidents_at_one_point_open_as_a_list_and_are_not_moved_apart(page, live_server):
    titles = [f"Raid number {number}" for number in range(1, 5)]
    for title in titles:
        _in("Baghdad", BAGHDAD, title=title)
    page.goto("/")
    expect_painted(page, BAGHDAD, aside=(0, -12))
    page.mouse.move(*window_point(page, BAGHDAD))
    expect(page.locator(".incident-tooltip")).to_contain_text("4 incidents at this point")
    before = view_of(page)
    page.mouse.click(*window_point(page, BAGHDAD))
    popup = page.locator(".incident-popup")
    expect(popup).to_contain_text("4 incidents")
    for title in titles:
        expect(popup.get_by_role("link", name=title)).to_have_count(1)
    assert view_of(page)[2] == before[2]


def test_an_incident_known_to_a_country_is_counted_in_words_and_painted_nowhere(page, live_server):
    _in("Baghdad", BAGHDAD, title="Drone over the river quarter")
    nowhere = {"place_name": "Syria", "country": "SY", "province": "", "place_precision": PlacePrecision.COUNTRY}
    for number in (1, 2):
        make_incident(published=True, title=f"Village {number} struck in Syria", **nowhere)
    page.goto("/")
    expect_painted(page, BAGHDAD)
    expect(page.locator("#results .status")).to_contain_text("2 without a place")
    one_symbol = 40 * 40
    assert 0 < painted_pixels(page) < one_symbol
    page.get_by_text("What is not on the map").click()
    expect(page.locator("#unplaced")).to_contain_text("Syria")

    page.locator("#results .status").get_by_role("link", name="show").click()
    _expect_listed(page, "Village 1 struck in Syria", "Village 2 struck in Syria", of=3)
    eventually(page, lambda: painted_pixels(page) == 0, "an incident without a place is painted")
    page.get_by_role("link", name="Village 1 struck in Syria").click()
    expect(page.locator("main")).to_contain_text("Not on the map")


def test_the_first_view_shows_every_incident_between_the_edges_of_the_map(page, three):
    page.goto("/")
    expect_painted(page, BASRA)
    frame = page.locator("#map_explorer").bounding_box()
    legend = page.get_by_role("navigation", name="Kinds").bounding_box()
    for place in (BAGHDAD, BASRA, ERBIL):
        x, y = window_point(page, place)
        assert legend["x"] + legend["width"] < x < frame["x"] + frame["width"]
        assert frame["y"] < y < frame["y"] + frame["height"]


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
def test_a_copied_address_opens_the_same_view_for_somebody_else(new_page, three, phone):
    mine = new_page()
    mine.goto("/?kind=bombing,shelling")
    expect_painted(mine, ERBIL)
    mine.get_by_role("button", name="Zoom in").click()
    eventually(mine, lambda: "#view=" in mine.url, "the address does not hold the view")
    eventually(
        mine,
        lambda: "leaflet-zoom-anim" not in (mine.locator(".leaflet-map-pane").get_attribute("class") or ""),
        "zooming",
    )

    theirs = new_page(width=390, height=844, has_touch=True, is_mobile=True) if phone else new_page()
    theirs.goto(mine.url)
    _expect_listed(theirs, "Bomb beside the harbour road", "Shells on the northern ridge", of=3)
    eventually(theirs, lambda: view_of(theirs) == view_of(mine), "the view is another one")
    expect_blank(theirs, BAGHDAD)


def test_without_tiles_of_an_operator_nothing_is_fetched_but_our_own_files(page, three, live_server):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(live_server.url)))
    page.goto("/")
    expect_painted(page, BAGHDAD)
    page.get_by_role("button", name="Zoom in").click()
    eventually(page, lambda: "#view=" in page.url, "the map did not move")
    foreign = [url for url in asked if not url.startswith(("/static/", "/columns/")) and url != "/"]
    assert foreign == []
    assert not page.locator("img.leaflet-tile").count()


def test_the_outline_names_countries_in_the_language_of_the_page(page, three):
    page.goto("/?lang=ar")
    expect(page.locator(".outline text", has_text="العراق").first).to_be_visible()


# The canvas has whole pixels, the map's frame may end between two.
@pytest.mark.parametrize(("part", "rounding"), [(".outline", 0), (".incident-canvas", 1)])
def test_a_drag_draws_what_it_uncovers_before_the_hand_lets_go(page, three, part, rounding):
    open_explorer(page)
    covered = """([part, rounding]) => {
      const [drawn, map] = [part, ".leaflet-container"].map((part) => document.querySelector(part).getBoundingClientRect());
      return drawn.left <= map.left + rounding && drawn.right >= map.right - rounding;
    }"""
    asked = [part, rounding]
    eventually(page, lambda: page.evaluate(covered, asked), f"{part} does not fill the map")
    frame = page.locator(".leaflet-container").bounding_box()
    x, y = frame["x"] + frame["width"] * 0.9, frame["y"] + frame["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(x - frame["width"] * step / 10, y)
    eventually(page, lambda: page.evaluate(covered, asked), f"the drag uncovers a rim without {part}")
    page.mouse.up()


def test_tiles_that_fail_leave_a_named_outline_and_the_incidents(page, three, live_server, settings, visit):
    settings.TILE_URL = f"{live_server.url}/no-tiles/{{z}}/{{x}}/{{y}}.png"
    settings.TILE_ATTRIBUTION = "Example Tiles"
    page.goto("/")
    expect_painted(page, BAGHDAD)
    expect(page.locator(".outline text", has_text="Iraq").first).to_be_visible()
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("Example Tiles")
    # The last of the tiles fail after the incidents are drawn.
    page.wait_for_load_state("networkidle")
    assert visit.errors
    visit.errors[:] = [line for line in visit.errors if "404" not in line]


def test_a_title_that_is_markup_is_shown_as_text_everywhere(page, live_server):
    title = "<img src=x onerror=document.title='taken'> & \"quotes\" 'too'"
    hostile = {"place_name": "</script><b>Baghdad</b>", "weapon": "<svg onload=alert(1)>"}
    incident = make_incident(published=True, title=title, **hostile)
    enter(page, make_moderator(), live_server.url)
    page.goto("/")
    expect(page.get_by_role("link", name=title)).to_be_visible()
    expect_painted(page, BAGHDAD)
    page.mouse.move(*window_point(page, BAGHDAD))
    expect(page.locator(".incident-tooltip")).to_contain_text(title)
    page.mouse.click(*window_point(page, BAGHDAD))
    expect(page.locator(".incident-popup").get_by_role("link", name=title)).to_be_visible()
    assert page.locator("img[src=x], main b").count() == 0

    for path in (incident.get_absolute_url(), f"/admin/incidents/incident/{incident.pk}/change/"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1).filter(has_text=title)).to_be_visible()
        assert page.locator("img[src=x]").count() == 0
    page.goto("/admin/incidents/incident/?status=all")
    expect(page.get_by_role("link", name=title)).to_be_visible()

    page.goto("/embed/")
    expect_painted(page, BAGHDAD, map_name="map_embed")
    page.mouse.click(*window_point(page, BAGHDAD, map_name="map_embed"))
    expect(page.locator(".incident-popup").get_by_role("link", name=title)).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    assert page.title() != "taken"


def test_a_rectangle_drawn_on_the_map_filters_and_is_removed_again(page, three):
    open_explorer(page)
    (west, north), (east, south) = window_point(page, (32, 45.5)), window_point(page, (29, 49.5))
    page.get_by_role("button", name="Rectangle").click()
    page.mouse.move(west, north)
    page.mouse.down()
    page.mouse.move((west + east) / 2, (north + south) / 2)
    page.mouse.move(east, south)
    page.mouse.up()
    _expect_listed(page, "Bomb beside the harbour road", of=3)
    assert address(page).startswith("bbox=")
    expect_blank(page, BAGHDAD)
    page.get_by_role("button", name="Remove the area").click()
    _expect_listed(page, *[incident.title for incident in three], of=3)


def test_while_the_brush_moves_the_count_follows_before_the_address_does(page, live_server):
    for day in (1, 2, 3, 4):
        _in("Baghdad", BAGHDAD, title=f"Raid of day {day}", date_start=date(2024, 3, day), date_end=date(2024, 3, day))
    open_explorer(page)
    chart = page.locator("#chart").bounding_box()
    y = chart["y"] + chart["height"] / 2
    page.mouse.move(chart["x"] + chart["width"] * 0.1, y)
    page.mouse.down()
    page.mouse.move(chart["x"] + chart["width"] * 0.3, y)
    page.mouse.move(chart["x"] + chart["width"] * 0.4, y)
    expect(page.locator("#results .status strong")).to_have_text("2")
    assert address(page) == ""
    page.mouse.up()
    _expect_listed(page, "Raid of day 1", "Raid of day 2", of=4)
    assert address(page) == "from=2024-03-01&to=2024-03-02"


def test_without_data_for_the_map_a_sentence_says_so_and_the_list_still_filters(page, three, settings):
    settings.COLUMNS_AT_ONCE = 0
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("not ready yet")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("checkbox", name=re.compile("^bombing")).check()
    _expect_listed(page, "Bomb beside the harbour road", of=3)


def test_data_that_comes_cut_off_is_told_and_the_list_still_filters(page, three):
    def cut(route):
        answer = route.fetch()
        route.fulfill(status=200, body=answer.body()[:-40], content_type="application/vnd.apache.arrow.file")

    page.context.route(re.compile(r"/columns/[^/]+$|/packed"), cut)
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("incomplete")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("checkbox", name=re.compile("^bombing")).check()
    _expect_listed(page, "Bomb beside the harbour road", of=3)


def test_a_kind_that_a_drag_finds_is_counted_in_legend_and_filters_before_the_hand_rests(page, live_server):
    _in("Baghdad", BAGHDAD, title="Drone over the river quarter", date_start=date(2024, 3, 1))
    _in("Basra", BASRA, title="Bomb beside the harbour road", kind="bombing", date_start=date(2024, 3, 9))
    open_explorer(page, "/?from=2024-03-01&to=2024-03-02")
    page.get_by_text("Filters", exact=True).click()
    bombings = page.get_by_role("checkbox", name=re.compile("^bombing"))
    expect(bombings).to_have_count(0)
    expect(page.get_by_role("link", name="bomb or mine 0")).to_be_visible()
    grip = page.get_by_role("slider", name="Last day").bounding_box()
    chart = page.locator("#chart").bounding_box()
    y = grip["y"] + grip["height"] / 2
    page.mouse.move(grip["x"] + grip["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(chart["x"] + chart["width"] * 0.6, y)
    page.mouse.move(chart["x"] + chart["width"] * 0.98, y)
    expect(page.get_by_role("link", name="bomb or mine 1")).to_be_visible()
    expect(bombings).to_be_visible()
    assert address(page) == "from=2024-03-01&to=2024-03-02"
    page.mouse.up()
