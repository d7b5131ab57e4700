"""The moderator's desk, by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from incidents.models import Incident, Review
from tests.browser.elements import enter
from tests.factories import make_incident, make_mention, make_moderator

BAGHDAD = {"name": "Baghdad", "latitude": 33.3406, "longitude": 44.4009, "level": "town", "radius_m": 12_000}
RIVER_FARM = {"name": "River Farm", "latitude": 34.21, "longitude": 43.87, "level": "neighbourhood", "radius_m": 2_000}


@pytest.fixture
def queue(live_server) -> list[Incident]:
    """Two candidates, oldest first; the first may have happened at either of two places."""
    waiting = [make_incident(title=f"Drone strike number {number}") for number in (1, 2)]
    choices = [
        BAGHDAD | {"country": "IQ", "province": "Baghdad", "score": 0.9},
        RIVER_FARM | {"country": "IQ", "province": "Salah ad Din", "score": 0.4},
    ]
    make_mention(incident=waiting[0], place_candidates=choices)
    make_mention(incident=waiting[1])
    return waiting


def _desk(new_page, live_server, name: str) -> Page:
    page = new_page()
    enter(page, make_moderator(username=name), live_server.url)
    return page


def _review(page: Page, incident: Incident) -> None:
    page.goto(f"/admin/incidents/incident/{incident.pk}/change/")
    _expect_shown(page, incident)


def _expect_shown(page: Page, incident: Incident) -> None:
    """The review page of the incident, with its map: only then the keys mean something."""
    expect(page.get_by_role("heading", level=1)).to_have_text(incident.title)
    expect(page.locator("#place-map .desk-choice").first).to_be_visible()


def test_j_goes_to_the_next_and_k_back_and_r_asks_for_the_reason(new_page, live_server, queue):
    first, second = queue
    desk = _desk(new_page, live_server, "nadia")
    _review(desk, first)
    desk.keyboard.press("j")
    _expect_shown(desk, second)
    desk.keyboard.press("k")
    _expect_shown(desk, first)

    desk.keyboard.press("r")
    expect(desk.get_by_text("Why?")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_text("Why?")).to_be_hidden()
    desk.keyboard.press("r")
    desk.keyboard.press("4")
    expect(desk.locator(".messagelist")).to_contain_text("ejected")
    _expect_shown(desk, second)
    first.refresh_from_db()
    assert (first.status, first.rejection_reason) == ("rejected", "History told again")

    desk.keyboard.press("u")
    _expect_shown(desk, first)
    first.refresh_from_db()
    assert first.status == Incident.Status.IN_REVIEW


def test_2_takes_the_second_place_into_the_form_and_saving_changes_the_incident(new_page, live_server, queue):
    desk = _desk(new_page, live_server, "nadia")
    _review(desk, queue[0])
    choice = desk.get_by_role("button", name=re.compile("River Farm"))
    expect(choice).to_have_attribute("aria-pressed", "false")
    desk.keyboard.press("2")
    expect(choice).to_have_attribute("aria-pressed", "true")
    expect(desk.get_by_label("Latitude")).to_have_value("34.21000")
    expect(desk.get_by_role("textbox", name="Place name")).to_have_value("River Farm")
    desk.locator("#desk-bar").get_by_role("button", name="Save").click()
    expect(desk.locator(".messagelist")).to_contain_text("Saved.")
    incident = Incident.objects.get(pk=queue[0].pk)
    assert (incident.place_name, incident.latitude, incident.longitude) == ("River Farm", 34.21, 43.87)
    assert (incident.place_precision, incident.radius_m, incident.province) == ("neighbourhood", 2_000, "Salah ad Din")
    changed = Review.objects.get(incident=incident, decision="correct").changes
    assert changed["place_name"] == ["Baghdad", "River Farm"]


def test_keys_are_letters_while_something_is_typed(new_page, live_server, queue):
    desk = _desk(new_page, live_server, "nadia")
    _review(desk, queue[0])
    title = desk.get_by_label("Title")
    title.press("End")
    title.press_sequentially(" jr2")
    expect(title).to_have_value(f"{queue[0].title} jr2")
    expect(desk.get_by_text("Why?")).to_be_hidden()
    expect(desk.get_by_role("button", name=re.compile("River Farm"))).to_have_attribute("aria-pressed", "false")


def test_a_second_moderator_is_told_who_looks_at_it_and_cannot_decide(new_page, live_server, queue):
    first, second = _desk(new_page, live_server, "nadia"), _desk(new_page, live_server, "omar")
    _review(first, queue[0])
    _review(second, queue[0])
    expect(second.get_by_text("Being viewed by somebody else.")).to_be_visible()
    expect(second.get_by_role("status").filter(has_text="nadia")).to_be_visible()
    expect(second.get_by_role("button", name="Publish")).to_have_count(0)
    # Who leaves gives the claim back.
    first.goto("/admin/incidents/incident/")
    second.reload()
    expect(second.locator("#desk-bar").get_by_role("button", name="Publish")).to_be_visible()


def test_a_click_on_the_map_moves_the_place_and_publishing_keeps_it(new_page, live_server, queue):
    desk = _desk(new_page, live_server, "nadia")
    _review(desk, queue[1])
    desk.locator("#place-map").click(position={"x": 200, "y": 60})
    expect(desk.get_by_label("Latitude")).not_to_have_value(re.compile("^33[.]34"))
    latitude = float(desk.get_by_label("Latitude").input_value())
    desk.keyboard.press("a")
    expect(desk.locator(".messagelist")).to_contain_text("Published")
    incident = Incident.objects.get(pk=queue[1].pk)
    assert (incident.status, incident.latitude) == ("published", latitude)
