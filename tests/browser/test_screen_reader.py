"""The pages as a screen reader has them: landmarks, headings, names, values in words, and what is said of a change."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from incidents.extraction.types import PlacePrecision
from tests.browser.elements import expect_painted, open_explorer
from tests.factories import make_incident, make_mention, make_role

BAGHDAD = (33.3406, 44.4009)
_HEADINGS = "[...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName[1]))"


@pytest.fixture
def few(live_server):
    """Two drone strikes of January 2024, and a bombing of March known to its country only."""
    drone = make_incident(published=True, title="Drone over the river quarter", credibility=2)
    make_mention(incident=drone, killed_low=4, killed_high=4)
    make_role(drone, "Example Brigade")
    make_role(drone, "Example Column")
    make_incident(published=True, title="Drone on the ring road", date_start=date(2024, 1, 22))
    make_incident(
        published=True,
        title="Bomb in a village",
        kind="bombing",
        date_start=date(2024, 3, 4),
        place_precision=PlacePrecision.COUNTRY,
        place_name="Syria",
        country="SY",
    )
    return drone


def _expect_headings_in_order(page: Page) -> None:
    levels = page.evaluate(_HEADINGS)
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels


def test_the_explorer_is_landmarks_headings_and_a_list_in_the_order_of_the_page(page, few):
    open_explorer(page)
    expect(page.locator("body")).to_match_aria_snapshot("""
        - link "Skip to the content"
        - link "Skip to the list"
        - banner:
          - link "Incident Atlas"
          - navigation "Site"
        - main:
          - heading "Incidents on the map" [level=1]
          - status
          - region "Search and list":
            - searchbox "Search"
            - heading "Incidents" [level=2]
            - paragraph:
              - strong: "3"
              - text: /of 3 incidents – 1 without a place/
            - list "Incidents":
              - listitem:
                - link "Bomb in a village"
              - listitem:
                - link "Drone on the ring road"
              - listitem:
                - link "Drone over the river quarter"
          - region "Map":
            - application "Map of the incidents"
          - navigation "Kinds":
            - heading "Legend" [level=2]
            - list:
              - listitem:
                - link "air or drone strike 2"
              - listitem:
                - link "bomb or mine 1"
          - region "Timeline":
            - heading "Incidents by day" [level=2]
    """)
    _expect_headings_in_order(page)


def test_the_filters_are_named_groups_of_boxes_that_say_how_many_they_find(page, few):
    open_explorer(page)
    page.locator("#more-filters > summary").click()
    expect(page.locator("#filters")).to_match_aria_snapshot("""
        - searchbox "Search"
        - group:
          - text: Filters
          - group "When":
            - textbox "From"
            - textbox "To"
          - group "Where and how many":
            - textbox "Place"
            - spinbutton "Killed, at least"
          - checkbox "Only dates known to the day"
          - group "Kind":
            - checkbox "drone strike 2"
            - checkbox "bombing or IED 1"
          - group "Actor":
            - checkbox "Example Brigade 1"
            - checkbox "Example Column 1"
          - group "Source"
          - group "Place known as":
            - checkbox "town 2"
            - checkbox "country 1"
    """)


def test_the_map_says_its_name_and_its_keys_and_keeps_the_names_of_all_countries_to_itself(page, few):
    open_explorer(page)
    expect_painted(page, BAGHDAD)
    expect(page.locator(".outline text", has_text="Iraq").first).to_be_visible()
    chart = page.get_by_role("application", name="Map of the incidents")
    expect(chart).to_have_accessible_description(re.compile("Arrow keys go from incident to incident"))
    expect(chart).to_match_aria_snapshot("""
        - application "Map of the incidents":
          - /children: equal
          - group "Filter by area":
            - /children: equal
            - button "Rectangle"
            - button "Circle"
            - button "Outline"
          - status
          - paragraph
          - text: /km/
          - button "Zoom in"
          - button "Zoom out"
          - text: Natural Earth
    """)


def test_the_edges_of_the_timeline_are_sliders_with_days_in_words(page, few):
    open_explorer(page)
    first, last = page.get_by_role("slider", name="First day"), page.get_by_role("slider", name="Last day")
    expect(first).to_have_attribute("aria-valuetext", "20 Jan 2024")
    expect(last).to_have_attribute("aria-valuetext", "4 Mar 2024")
    first.press("ArrowRight")
    expect(first).to_have_attribute("aria-valuetext", "21 Jan 2024")
    expect(first).to_have_attribute("aria-valuenow", "1")
    # Neither edge can pass the other, and both say so.
    expect(last).to_have_attribute("aria-valuemin", "1")
    last.press("Home")
    expect(last).to_have_attribute("aria-valuetext", "21 Jan 2024")


def test_a_filter_says_the_new_count_and_an_arrow_on_the_map_the_incident(page, few):
    open_explorer(page)
    said = page.locator("#announcement")
    expect(said).to_have_role("status")
    page.get_by_role("link", name="bomb or mine").click()
    expect(said).to_contain_text(re.compile(r"1\s+of 3 incidents"))
    page.get_by_role("link", name="Remove the filter").click()
    expect(said).to_contain_text(re.compile(r"3\s+of 3 incidents"))
    page.get_by_role("application").press("ArrowDown")
    expect(said).to_contain_text("Bomb in a village")


def test_a_sentence_that_says_what_went_wrong_is_an_alert(page, few, settings):
    settings.COLUMNS_AT_ONCE = 0
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("not ready yet")
    expect(page.get_by_role("list", name="Incidents")).to_contain_text("Bomb in a village")


def test_an_incident_is_an_article_with_its_facts_sources_and_neighbours(page, few):
    page.goto(few.get_absolute_url())
    chart = page.get_by_role("application", name="Map of the place")
    expect(chart).to_be_visible()
    expect(page.locator(".outline text", has_text="Iraq").first).to_be_visible()
    expect(page.get_by_role("main")).to_match_aria_snapshot("""
        - article:
          - paragraph: drone strike
          - heading "Drone over the river quarter" [level=1]
          - paragraph:
            - time: 20 January 2024
            - text: /Baghdad, within 12 km/
          - application "Map of the place":
            - /children: equal
            - text: /km/
            - button "Zoom in"
            - button "Zoom out"
            - text: Natural Earth
          - paragraph: Baghdad, within 12 km
          - region "What is known":
            - heading "What is known" [level=2]
            - term: What
            - definition: /drone strike/
            - term: When
            - definition: /20 January 2024/
            - term: Where
            - definition: /Baghdad/
            - term: Killed
            - definition
            - term: Wounded
            - definition: not stated
            - term: Perpetrator
            - definition:
              - link "Example Brigade"
            - definition:
              - link "Example Column"
            - term: Credibility
            - definition: /probably true/
          - region "Sources":
            - heading "Sources" [level=2]
            - article:
              - heading [level=3]
              - figure /killed/:
                - blockquote
              - paragraph:
                - link "Read the article"
            - article
          - region "What the sources disagree on":
            - heading [level=2]
            - region "Table of statements":
              - table
          - region "History"
          - complementary:
            - region "Near in time and space":
              - list:
                - listitem:
                  - link "Drone on the ring road"
            - navigation "Before and after":
              - link /After this/
            - region "Cite":
              - paragraph:
                - button "Copy"
    """)
    _expect_headings_in_order(page)


@pytest.mark.parametrize("path", ["/incidents/", "/sources/", "/about/", "/embed/"])
def test_the_other_pages_have_one_main_part_and_headings_in_order(page, few, path):
    page.goto(path)
    expect(page.get_by_role("main")).to_have_count(1)
    _expect_headings_in_order(page)
