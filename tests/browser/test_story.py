"""One story: an article comes in, a moderator publishes what it tells, and every door shows it."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from incidents.models import Incident
from incidents.workflows.ingest import ingest_bytes
from tests.factories import make_moderator, make_source

ADDRESS = "https://wire.example.org/2024/03/jetty"
ARTICLE = """Rockets hit fuel depot outside Kirkuk

Published 12 March 2024, 08:30

KIRKUK, Iraq - Three rockets hit a fuel depot in Kirkuk on Monday night, killing two guards and wounding four firefighters, the provincial police said.

The blaze was put out before dawn. No group has claimed responsibility.
"""


@pytest.fixture
def candidate(transactional_db, gazetteer_path) -> Incident:
    """What the real pipeline finds in the article."""
    result = ingest_bytes(
        content=ARTICLE.encode(),
        content_type="text/plain",
        url=ADDRESS,
        fetched_at=datetime(2024, 3, 12, 9, tzinfo=UTC),
        source=make_source(name="Example Wire", domain="wire.example.org"),
    )
    assert result.article is not None
    (incident,) = Incident.objects.all()
    return incident


def _log_in(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill("nadia")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()


def _publish(page: Page, incident: Incident) -> None:
    page.goto("/admin/incidents/incident/")
    page.get_by_role("link", name=incident.title).click()
    expect(page.locator("mark", has_text="wounding four").first).to_be_visible()
    page.locator("#desk-bar").get_by_role("button", name="Publish").click()
    expect(page.locator(".messagelist")).to_contain_text("ublished")


def _drawn_at(page: Page) -> tuple[float, float]:
    """The middle of what the incident layer has painted, in pixels of the window."""
    page.wait_for_selector("canvas.incident-canvas")
    page.wait_for_timeout(500)
    box = page.evaluate(
        """() => {
          const canvas = document.querySelector("canvas.incident-canvas");
          const { width, height } = canvas;
          const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
          let [left, top, right, bottom] = [width, height, -1, -1];
          for (let i = 3; i < pixels.length; i += 4) {
            if (pixels[i] < 200) continue;
            const x = ((i - 3) / 4) % width, y = Math.floor((i - 3) / 4 / width);
            left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
          }
          const place = canvas.getBoundingClientRect();
          const scale = place.width / width;
          return { x: place.left + ((left + right) / 2) * scale, y: place.top + ((top + bottom) / 2) * scale, found: right >= 0 };
        }"""
    )
    assert box["found"], "the layer painted nothing"
    return box["x"], box["y"]


def test_a_moderator_publishes_and_every_door_shows_it(candidate, new_page, live_server):
    visitor = new_page()
    visitor.goto("/")
    expect(visitor.locator("#list")).to_contain_text("Nothing is published yet")
    make_moderator(username="nadia")
    desk = new_page()
    _log_in(desk)
    _publish(desk, candidate)

    # The list, the count and the histogram.
    visitor.goto("/")
    item = visitor.locator("#list li", has_text=candidate.title)
    expect(item).to_contain_text("2 killed, 4 wounded")
    expect(visitor.locator(".status").first).to_contain_text("1 of 1 incident")

    # The map draws it; pointing at the symbol names it.
    visitor.mouse.move(*_drawn_at(visitor))
    expect(visitor.locator(".incident-tooltip")).to_contain_text(candidate.title)
    visitor.locator("#chart").hover()
    expect(visitor.locator("#chart")).to_have_attribute("title", re.compile(r"\d{4}: 1$"))

    # The incident page, with the source's link and its words.
    item.get_by_role("link", name=candidate.title).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(candidate.title)
    expect(visitor.locator(f'a[href="{ADDRESS}"]').first).to_be_visible()
    expect(visitor.locator("main")).to_contain_text("wounding four")

    # The file and the embed.
    answer = visitor.request.get(f"{live_server.url}/export.csv")
    (row,) = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))
    assert row["code"] == candidate.code
    assert ADDRESS in "".join(row.values())
    visitor.goto("/embed/")
    expect(visitor.locator(".status")).to_contain_text("1 of 1 incident")
    expect(visitor.locator("canvas.incident-canvas")).to_be_visible()
    connection.close()


def test_a_rejected_candidate_is_shown_nowhere(candidate, new_page):
    make_moderator(username="nadia")
    desk = new_page()
    _log_in(desk)
    desk.goto(f"/admin/incidents/incident/{candidate.pk}/change/")
    desk.keyboard.press("r")
    desk.get_by_label("Another reason").fill("Invented for a test")
    desk.locator(".desk-line").get_by_role("button", name="Reject").click()
    expect(desk.locator(".messagelist")).to_contain_text("ejected")
    candidate.refresh_from_db()
    assert (candidate.status, candidate.rejection_reason) == ("rejected", "Invented for a test")
    visitor = new_page()
    visitor.goto("/")
    expect(visitor.locator("#list")).to_contain_text("Nothing is published yet")
