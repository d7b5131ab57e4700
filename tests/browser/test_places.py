"""A moderator gives a place a second name, and sees what that would move before it does."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from incidents.models import Incident, LocalPlace
from tests.browser.elements import enter, widest_overhang
from tests.factories import make_article, make_incident, make_local_place, make_mention, make_moderator

TEXT = "A drone hit a house in Old Hit on Saturday and killed at least two people, the police said."
PLACES = "/admin/incidents/localplace/"


def _named(**fields) -> Incident:
    incident = make_incident(mentions=0, **fields)
    start = TEXT.index("Old Hit")
    make_mention(incident=incident, article=make_article(text=TEXT), quotes=[("place", start, start + 7)])
    return incident


@pytest.fixture
def desk(new_page, live_server, few_places) -> Page:
    page = new_page()
    enter(page, make_moderator(username="nadia"), live_server.url)
    return page


def _middle(page: Page, selector: str) -> list[float]:
    """Pixels of the window at which Leaflet has put a marker."""
    box = page.locator(f"#places-map {selector}").bounding_box()
    return [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]


def test_a_name_is_added_to_a_place_and_only_the_ticked_candidate_moves(desk):
    moved, left = _named(title="Drone hits Old Hit"), _named(title="Another drone")
    published = _named(title="Known already", published=True)
    desk.goto(PLACES)
    desk.get_by_role("searchbox", name="Find a place or a position").fill("Hit")
    desk.keyboard.press("Enter")
    desk.get_by_role("region", name="The same places as on the map").get_by_role(
        "link", name="Add a name to this place: Hīt"
    ).first.press("Enter")
    # Django's admin focuses the first field once its script has run, and would take what is typed before.
    desk.wait_for_url(f"**{PLACES}add/**", wait_until="load")
    expect(desk.get_by_role("textbox", name="Name:", exact=True)).to_be_focused()

    desk.get_by_label("Other names and spellings").fill("Old Hit")
    desk.get_by_role("button", name="See what this would change").click()
    changes = desk.get_by_role("region", name="What this would change")
    expect(changes).to_contain_text("The packaged gazetteer has it as “Hīt”")
    expect(changes.get_by_role("link", name="Known already")).to_be_visible()
    assert not LocalPlace.objects.exists()
    changes.get_by_role("checkbox", name="Move “Drone hits Old Hit”").check()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("1 published incident has this name")).to_be_visible()
    expect(changes.get_by_role("checkbox", name="Move “Drone hits Old Hit”")).to_be_checked()
    changes.get_by_role("checkbox", name="I have seen").check()
    desk.get_by_role("button", name="Save", exact=True).click()

    expect(desk.get_by_text("1 candidate was moved there.")).to_be_visible()
    places = {each.pk: each.place_name for each in Incident.objects.all()}
    assert places == {moved.pk: "Hīt", left.pk: "Baghdad", published.pk: "Baghdad"}
    assert LocalPlace.objects.get().aliases == ["Old Hit"]


def test_the_list_has_what_the_map_has_and_leads_the_map_there(desk):
    make_local_place(name="Example Village", latitude=33.6, longitude=42.9)
    desk.goto(PLACES)
    places = desk.get_by_role("region", name="The same places as on the map")
    village = places.get_by_role("button", name="Example Village")
    expect(village).to_be_visible()
    village.press("Enter")
    expect(places.locator("li[aria-current]")).to_contain_text("Example Village")
    expect(places.get_by_role("button", name="Hīt")).to_be_visible()
    expect(desk.locator("#places-map .places-known")).to_have_count(1)
    assert _middle(desk, ".places-known") == pytest.approx(_middle(desk, ".places-label:has-text('Hīt')"), abs=3)
    desk.locator("#places-map .places-known").click()
    expect(places.locator("li[aria-current]")).to_contain_text("Hīt")


def test_a_click_on_the_map_and_a_typed_position_lead_to_a_new_place(desk):
    desk.goto(PLACES)
    desk.locator("#places-map").click(position={"x": 300, "y": 100})
    expect(desk.get_by_role("link", name=re.compile("Add a local place here"))).to_be_visible()
    desk.get_by_role("searchbox").fill("133.5, 44.4")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("Exchanged? 44.4, 133.5")
    with desk.expect_response(lambda answer: "box=" in answer.url):
        desk.locator("#places-map").press("ArrowRight")
    expect(desk.get_by_role("status")).to_contain_text("Exchanged? 44.4, 133.5")
    desk.get_by_role("searchbox").fill("33.5, 44.4")
    desk.keyboard.press("Enter")
    desk.get_by_role("link", name="Add a local place here: 33.50000, 44.40000").click()
    expect(desk.get_by_label("Latitude")).to_have_value("33.50000")


def test_what_was_picked_by_hand_is_remembered_as_the_form_has_it(desk):
    incident = _named()
    desk.goto(f"/admin/incidents/incident/{incident.pk}/change/")
    desk.get_by_label("Latitude").fill("33.64")
    desk.get_by_label("Longitude").fill("42.83")
    desk.get_by_role("textbox", name="Place name").fill("River Farm")
    with desk.expect_popup() as opened:
        desk.get_by_role("link", name="Always read “Old Hit” as this place").click()
    form = opened.value
    expect(form.get_by_label("Latitude")).to_have_value("33.64")
    expect(form.get_by_label("Other names and spellings")).to_have_value("Old Hit")
    expect(form.get_by_role("region", name="What this would change")).to_contain_text("River Farm (town)")


@pytest.mark.parametrize(
    "path", [PLACES, f"{PLACES}add/?name=Old+Hit&latitude=33.6&longitude=42.8&level=town&radius_m=900&preview=1"]
)
def test_a_phone_shows_places_without_scrolling_sideways(new_page, live_server, few_places, path):
    _named()
    _named(published=True)
    make_local_place()
    phone = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    enter(phone, make_moderator(), live_server.url)
    phone.goto(path)
    expect(phone.locator(".leaflet-container")).to_be_visible()
    assert widest_overhang(phone) <= 0
