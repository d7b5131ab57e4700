"""A phone: everything is reached with a thumb, downwards only."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements import expect_painted, open_explorer, view_of, widest_overhang, window_point
from tests.factories import make_incident

BAGHDAD = (33.3406, 44.4009)
LONG = "Rockets and drones hit a logistics compound beside the airport of the capital for the third night in a row"


@pytest.fixture
def phone(new_page) -> Page:
    return new_page(width=390, height=844, has_touch=True, is_mobile=True)


@pytest.fixture
def incidents(live_server):
    first = make_incident(published=True, title=LONG, mentions=2, place_name="Baghdad International Airport")
    for day in range(1, 12):
        make_incident(published=True, title=f"Raid of day {day}", date_start=date(2024, 1, day), latitude=31.0)
    return first


def test_map_chart_and_list_are_reached_and_a_tap_on_a_symbol_names_it(phone, incidents):
    open_explorer(phone)
    expect_painted(phone, BAGHDAD)
    expect(phone.get_by_role("navigation", name="Kinds")).to_be_in_viewport(ratio=1)
    expect(phone.locator("#chart")).to_be_in_viewport(ratio=1)
    expect(phone.locator("#map_explorer")).to_be_in_viewport(ratio=0.9)
    expect(phone.get_by_role("searchbox", name="Search")).to_be_in_viewport()
    expect(phone.locator("#list").get_by_role("link").first).to_be_in_viewport(ratio=0.5)

    phone.touchscreen.tap(*window_point(phone, BAGHDAD))
    popup = phone.locator(".incident-popup")
    expect(popup.get_by_role("link", name=LONG)).to_be_in_viewport()
    box = popup.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390

    last = phone.locator("#list").get_by_role("link").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    last.tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Raid of day 1")


def test_incidents_all_over_the_world_open_where_most_of_them_are(phone, incidents):
    for longitude in (-175.0, 178.0):
        make_incident(published=True, title="Far away", latitude=-40.0, longitude=longitude)
    open_explorer(phone)
    expect_painted(phone, (31.0, 44.4009), aside=(0, -14))
    assert view_of(phone)[2] >= 1.5
    expect(phone.locator("#results .status")).to_contain_text("14 of 14 incidents")


def test_a_tap_on_the_legend_and_a_bar_of_the_chart_filter(phone, incidents):
    make_incident(published=True, title="Bomb on the ring road", kind="bombing", date_start=date(2024, 1, 3))
    open_explorer(phone)
    phone.get_by_role("link", name="bomb or mine").tap()
    entries = phone.locator("#list").get_by_role("link")
    expect(entries).to_have_text(["Bomb on the ring road"])
    phone.get_by_role("link", name="bomb or mine").tap()
    expect(entries).to_have_count(13)
    chart = phone.locator("#chart").bounding_box()
    bars = phone.locator("#chart .bin")
    middle = (2.5 / bars.count()) * chart["width"]
    phone.touchscreen.tap(chart["x"] + middle, chart["y"] + chart["height"] / 2)
    expect(entries).to_have_count(2)
    expect(phone).to_have_url("/?from=2024-01-03&to=2024-01-03")


def test_no_page_scrolls_sideways(phone, incidents):
    source = incidents.mentions.first().article.source
    article = incidents.mentions.first().article
    incident, ours = incidents.get_absolute_url(), source.get_absolute_url()
    for path in ("/", "/incidents/", incident, "/sources/", ours, article.get_absolute_url(), "/about/", "/embed/"):
        phone.goto(path)
        expect(phone.get_by_role("heading", level=1)).to_have_count(1)
        assert widest_overhang(phone) <= 0, f"{path} is wider than the phone"
