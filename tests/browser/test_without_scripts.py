"""A browser without scripts: the same incidents, found by links and forms."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from incidents.views.explorer import PAGE_SIZE
from tests.factories import make_incident, make_user

NUMBER = PAGE_SIZE + 3


@pytest.fixture
def plain(new_page) -> Page:
    return new_page(java_script_enabled=False)


@pytest.fixture
def more_than_a_page(live_server):
    """Raid 1 is the newest; the last three are bombings."""
    reviewer = make_user()
    for number in range(1, NUMBER + 1):
        make_incident(
            published=True,
            title=f"Raid {number}.",
            kind="bombing" if number > PAGE_SIZE else "drone-strike",
            place_name="Mosul" if number == NUMBER else "Baghdad",
            date_start=date(2024, 3, 1) - timedelta(days=number),
            reviewed_by=reviewer,
            mentions=0,
        )


@pytest.mark.parametrize(("path", "rows"), [("/", "#list li[data-code]"), ("/incidents/", "tbody tr")])
def test_a_long_list_is_read_page_by_page(plain, more_than_a_page, path, rows):
    plain.goto(path)
    expect(plain.locator(rows)).to_have_count(PAGE_SIZE)
    expect(plain.locator(rows).first).to_contain_text("Raid 1.")
    plain.get_by_role("link", name="Next").click()
    expect(plain.locator(rows)).to_have_count(NUMBER - PAGE_SIZE)
    expect(plain.locator(rows).last).to_contain_text(f"Raid {NUMBER}.")
    plain.get_by_role("link", name="Previous").click()
    expect(plain.locator(rows).first).to_contain_text("Raid 1.")
    plain.get_by_role("link", name="oldest").click()
    expect(plain.locator(rows).first).to_contain_text(f"Raid {NUMBER}.")


@pytest.mark.parametrize("path", ["/", "/incidents/"])
def test_filters_are_a_form_and_lead_to_an_incident(plain, more_than_a_page, path):
    plain.goto(path)
    plain.get_by_text("Filters", exact=True).click()
    plain.get_by_role("checkbox", name=re.compile("^bombing")).check()
    plain.get_by_role("button", name="Apply").click()
    expect(plain.locator(".status").first).to_contain_text(f"3 of {NUMBER} incidents")
    plain.get_by_text("Filters", exact=True).click()
    expect(plain.get_by_role("checkbox", name=re.compile("^bombing"))).to_be_checked()
    plain.get_by_label("Place", exact=True).fill("Mosul")
    plain.get_by_role("button", name="Apply").click()
    expect(plain.locator(".status").first).to_contain_text(f"1 of {NUMBER} incident")
    plain.get_by_role("link", name=f"Raid {NUMBER}.").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text(f"Raid {NUMBER}.")


def test_the_chart_is_drawn_and_the_page_says_what_needs_scripts(plain, more_than_a_page):
    plain.goto("/")
    needs = plain.locator("noscript p")  # the engine of text locators passes noscript by
    expect(needs).to_be_visible()
    expect(needs).to_contain_text("The map needs JavaScript.")
    expect(plain.locator("#chart .bar").first).to_be_visible()
    plain.get_by_role("link", name="bomb or mine").click()
    expect(plain.locator(".status").first).to_contain_text(f"3 of {NUMBER} incidents")
    plain.get_by_role("link", name="7 days").click()
    expect(plain.get_by_text("No incident fits these filters.")).to_be_visible()
    plain.get_by_role("link", name="Remove the filter bombing").click()
    expect(plain.locator(".status").first).to_contain_text(f"7 of {NUMBER} incidents")
