"""axe-core finds no violation of WCAG 2.2 AA on any public page, in light and dark."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from incidents.extraction.types import PlacePrecision
from incidents.workflows.duplicates import propose
from tests.browser.elements import enter, expect_painted
from tests.conftest import missing
from tests.factories import make_incident, make_local_place, make_mention, make_moderator, make_role

BAGHDAD = (33.3406, 44.4009)
_WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_RUN = """async ([rules, left_out]) => {
  // Preloading copies style sheets into a document of axe's own, which the pages' policy refuses.
  const { violations } = await axe.run({ exclude: left_out }, { runOnly: rules, preload: false });
  const line = ({ html, any, all, none }) => `${html.slice(0, 160)} ${[...any, ...all, ...none][0]?.message ?? ""}`;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(line).join(" | ")}`);
}"""


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core; evaluated, because the pages' policy lets no foreign script in."""
    file = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
    if not file.is_file():
        missing("axe-core", "type `npm ci`")
    return file.read_text(encoding="utf-8")


@pytest.fixture
def incident(live_server):
    """With everything a page can show: two sources that disagree, an actor, a neighbour, one without a place."""
    incident = make_incident(published=True, mentions=1, credibility=2, credibility_reason="Two sources agree")
    make_mention(incident=incident, killed_low=4, killed_high=4)
    make_role(incident, "Example Brigade", "claimed-by", says="its channel")
    make_incident(published=True, title="Bomb on the ring road", kind="bombing", date_start=date(2024, 1, 22))
    make_incident(published=True, place_precision=PlacePrecision.COUNTRY, place_name="Syria", country="SY")
    return incident


def _violations(
    page: Page, axe: str, rules: tuple[str, ...] = (*_WCAG, "best-practice"), left_out: str = ""
) -> list[str]:
    page.evaluate(axe)
    return page.evaluate(_RUN, [list(rules), [left_out] if left_out else []])


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_public_page_shuts_anybody_out(new_page, incident, axe, scheme, language):
    page = new_page(color_scheme=scheme)
    page.goto(f"/about/?lang={language}")
    found = {}
    page.goto("/?kind=drone-strike")
    expect_painted(page, BAGHDAD)
    page.locator("#more-filters > summary").click()
    found["/"] = _violations(page, axe)
    mention = incident.mentions.first()
    others = (incident, mention.article.source, mention.article)
    for path in (
        *[other.get_absolute_url() for other in others],
        "/incidents/",
        "/about/",
        "/sources/",
        f"/embed/?lang={language}",
    ):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        if path == "/about/":
            page.locator(".languages > summary").click()
        found[path] = _violations(page, axe)
    assert page.locator("html").get_attribute("lang").startswith(language)
    assert {path: violations for path, violations in found.items() if violations} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_neither_does_a_phone(new_page, incident, axe, scheme):
    phone = new_page(width=390, height=844, color_scheme=scheme, has_touch=True, is_mobile=True)
    phone.goto("/")
    expect_painted(phone, BAGHDAD)
    assert _violations(phone, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_does_the_desk(new_page, live_server, axe, scheme):
    page = new_page(color_scheme=scheme)
    enter(page, make_moderator(), live_server.url)
    make_incident(published=True)
    candidate = make_incident(mentions=1, title="Drone strike in Baghdad, told twice")
    parts = {"kind": 0.9, "date": 0.7, "place": 0.4, "killed": 0.2}
    make_mention(incident=candidate, killed_low=4, killed_high=4, confidence_parts=parts, reasons=["no date"])
    propose(candidate)
    page.goto("/admin/incidents/incident/")
    expect(page.get_by_role("link", name=candidate.title)).to_be_visible()
    # Django's own tables have an empty head, which is no matter of WCAG.
    found = _violations(page, axe, _WCAG)
    page.goto(f"/admin/incidents/incident/{candidate.pk}/change/")
    expect(page.locator(".desk-pin")).to_be_visible()
    expect(page.locator('[data-sure="place"]')).to_contain_text("unsure")
    expect(page.get_by_text("alike", exact=False).first).to_be_visible()
    # A choice on the map may lie under another one; the list of buttons below the map has them all.
    found += _violations(page, axe, _WCAG, left_out=".desk-choice")
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_nor_do_the_places(new_page, live_server, few_places, axe, scheme, width):
    page = new_page(width=width, color_scheme=scheme)
    enter(page, make_moderator(), live_server.url)
    make_local_place(name="Example Village", latitude=33.6, longitude=42.9)
    make_mention(incident=make_incident(place_name="Old Hit"), quotes=[])
    make_mention(incident=make_incident(place_name="Old Hit", published=True), quotes=[])
    page.goto("/admin/incidents/localplace/")
    page.get_by_role("searchbox", name="Find a place or a position").fill("Hit")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", name="Found")).to_be_visible()
    # The dots on the map may lie on one another; the list beside it has them all.
    found = _violations(page, axe, _WCAG, left_out="#places-map .leaflet-marker-pane")
    page.goto(
        "/admin/incidents/localplace/add/?name=Old+Hit&latitude=33.6&longitude=42.8&level=town&radius_m=900&preview=1"
    )
    expect(page.get_by_role("region", name="What this would change")).to_be_visible()
    found += _violations(page, axe, _WCAG)
    assert found == []
