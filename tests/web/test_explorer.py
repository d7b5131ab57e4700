"""The map page and the list: what a visitor reads without a script, and what robots and strangers get."""

from __future__ import annotations

import json
import math
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incidents.extraction.kinds import Kind
from incidents.extraction.types import PlacePrecision, TimePrecision
from incidents.models import Incident
from incidents.publishing import timeline
from incidents.views.explorer import PAGE_SIZE
from tests.factories import make_incident, make_role

pytestmark = pytest.mark.django_db
HOSTILE = "</script><img src=x onerror=alert(1)>\"'&"


def _get(client, address="/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def _status(html):
    """The line above the list, as a person reads it."""
    line = re.search(r'<p class="status">(.*?)</p>', html, re.DOTALL).group(1)
    return " ".join(re.sub(r"<[^>]+>", "", line).split())


def test_the_line_says_how_many_of_how_many_without_a_place_and_of_when(client):
    make_incident(published=True, date_start=date(2024, 3, 1))
    make_incident(published=True, date_start=date(2024, 4, 30), place_precision=PlacePrecision.COUNTRY, place_name="IQ")
    make_incident(published=True, kind=Kind.ABDUCTION)
    today = f"{timezone.now():%-d %b %Y}"
    assert _status(_get(client, "/?kind=drone-strike")) == (
        f"2 of 3 incidents – 1 without a place (show) – 1 Mar 2024 to 30 Apr 2024 – data of {today}"
    )


def test_an_empty_site_says_so(client):
    html = _get(client)
    assert "Nothing is published yet" in html
    assert "No dated incidents" in html
    assert _status(html) == "0 of 0 incidents"


def test_what_is_not_public_is_nowhere(client):
    tomorrow = timezone.now() + timedelta(days=1)
    hidden = (
        make_incident(title="Secret candidate"),
        make_incident(published=True, title="Secret", publish_after=tomorrow),
    )
    codes = [incident.code for incident in hidden]
    for address in ("/", "/incidents/", f"/titles.json?codes={','.join(codes)}", "/embed/"):
        assert "Secret" not in _get(client, address)
    for address in ("/export.csv", "/export.geojson"):
        assert b"Secret" not in b"".join(client.get(address).streaming_content)


def test_the_first_screen_needs_no_script(client):
    incident = make_incident(published=True, title="Drone hits a house")
    html = _get(client)
    assert f'href="{incident.get_absolute_url()}"' in html
    assert '<rect class="family-air"' in html
    assert '<form id="filters" method="get" action="/"' in html


def test_a_filter_is_a_chip_that_can_be_taken_off(client):
    make_incident(published=True)
    html = _get(client, "/?kind=drone-strike&killed_min=1&near=33,44,100")
    assert 'href="/?near=33,44,100&amp;killed_min=1"' in html
    assert "within 100 km of 33, 44" in html


def test_what_the_form_has_no_field_for_travels_along(client):
    html = _get(client, "/?near=33,44,100&role=victim&sort=killed")
    assert '<input type="hidden" name="near" value="33,44,100">' in html
    assert '<input type="hidden" name="role" value="victim">' in html
    assert '<input type="hidden" name="sort" value="killed">' in html


def test_the_switch_for_exact_dates_is_on_when_the_query_says_so(client):
    make_incident(published=True)
    make_incident(published=True, time_precision=TimePrecision.MONTH, date_end=date(2024, 2, 1))
    html = _get(client, "/?time_precision=hour,day")
    assert _status(html).startswith("1 of 2")
    assert 'value="hour,day" checked>' in html
    assert '<input type="hidden" name="time_precision" value="week">' in _get(client, "/?time_precision=week")


def test_an_incident_with_an_open_end_has_a_last_day_all_the_same(client):
    make_incident(published=True, date_start=date(2024, 3, 1), date_end=None)
    assert "– 1 Mar 2024 to 1 Mar 2024 –" in _status(_get(client))


def test_a_value_that_cannot_be_read_is_left_out_and_named(client):
    make_incident(published=True)
    html = _get(client, "/?kind=earthquake&from=soon&page=x&sort=drop+table")
    assert "Left out: kind: &#x27;earthquake&#x27; is not one of" in html
    assert _status(html).startswith("1 of 1")


def test_the_counts_beside_a_filter_respect_the_other_filters(client):
    make_incident(published=True, kind=Kind.BOMBING)
    make_incident(published=True, kind=Kind.BOMBING, killed_low=None, killed_best=None)
    make_incident(published=True, kind=Kind.ARSON)
    html = _get(client, "/?killed_min=1&kind=arson")
    shown = r'<label class="choice">\s*<input [^>]*name="kind" value="([\w-]+)".*?class="number">(\d+)'
    choices = dict(re.findall(shown, html, re.DOTALL))
    assert choices == {"bombing": "1", "arson": "1"}


def test_a_hostile_title_is_text_everywhere(client):
    make_incident(published=True, title=HOSTILE, place_name=HOSTILE, weapon=HOSTILE)
    for address in ("/", "/incidents/", "/embed/", "/?q=%3Cscript%3E&place=%3Cimg%3E"):
        html = _get(client, address)
        assert "<img" not in html
        assert html.count("<script") == html.count("</script>")


def test_scripts_run_under_a_nonce_and_nothing_is_inline(client):
    make_incident(published=True)
    for address in ("/", "/incidents/", "/embed/", "/about/", "/sources/"):
        response = client.get(address)
        policy = response["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "unsafe-eval" not in policy
        html = response.content.decode()
        assert not re.search(r"<[^>]+\s(?:style|on\w+)=", html), address
        nonces = set(re.findall(r"'nonce-([^']+)'", policy))
        for tag in re.findall(r"<script[^>]*>", html):
            nonce = re.search(r'nonce="([^"]+)"', tag)
            assert "application/json" in tag or (nonce and nonce.group(1) in nonces), tag


def test_no_page_names_a_foreign_host(client):
    make_incident(published=True)
    for address in ("/", "/embed/", "/about/"):
        for url in re.findall(r"""(?:src|href)=["'](https?:)?//([^/"']+)""", _get(client, address)):
            assert url[1] == "testserver"


def test_the_operators_tiles_come_with_their_attribution(client, settings):
    settings.TILE_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
    settings.TILE_ATTRIBUTION = "Example tiles"
    html = _get(client)
    assert "https://tiles.example.org/{z}/{x}/{y}.png" in html
    assert "Example tiles" in html


def test_the_explorer_asks_the_database_a_fixed_number_of_times(client, django_assert_num_queries):
    for _ in range(3):
        make_role(make_incident(published=True, mentions=2), "Example Brigade")
    with django_assert_num_queries(13):
        client.get("/?kind=drone-strike")
    for _ in range(5):
        make_role(make_incident(published=True, mentions=3), "Example Militia")
    with django_assert_num_queries(13):
        client.get("/?kind=drone-strike")


def test_pages_of_the_list_keep_the_query(client, many):
    html = _get(client, "/?from=2023-11-01")
    assert 'href="?from=2023-11-01&amp;sort=newest&amp;page=2" rel="next"' in html
    pages = math.ceil(Incident.objects.published().count() / PAGE_SIZE)
    assert f"Page {pages} of {pages}" in _get(client, "/?page=999")


def test_the_config_of_the_map_is_data_not_code(client):
    make_incident(published=True)
    html = _get(client, "/?q=%3C%2Fscript%3E")
    config = json.loads(
        re.search(r'<script id="explorer-config" type="application/json">(.*?)</script>', html).group(1)
    )
    assert config["titles"] == reverse("incidents:titles")
    assert config["query"] == "q=%3C%2Fscript%3E"


def test_robots_are_kept_from_the_endless_variety_of_filters(client):
    assert "Disallow: /*?" in client.get("/robots.txt").content.decode()


def test_pages_refuse_to_be_framed_and_to_be_posted_to(client):
    response = client.get("/")
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert client.post("/").status_code == 405


# The histogram


def _bars(*rows, since=None, until=None):
    return timeline.draw([(first, last, str(Kind.BOMBING), number) for first, last, number in rows], since, until)


def test_some_time_in_march_is_a_hatched_share_and_never_a_spike():
    chart = _bars((date(2024, 3, 1), date(2024, 3, 31), 31), (date(2024, 3, 10), date(2024, 3, 10), 1))
    assert chart.unit == timeline.Unit.DAY
    assert len(chart.bins) == 31
    assert chart.peak == pytest.approx(2)
    assert [segment.hatched for segment in chart.bins[9].segments] == [False, True]
    assert all(segment.hatched for segment in chart.bins[0].segments)
    assert sum(item.count for item in chart.bins) == pytest.approx(32)


def test_bars_get_wider_as_the_span_grows():
    day = date(2020, 1, 1)
    for length, unit in ((80, "day"), (400, "week"), (2000, "month"), (9000, "year"), (400_000, "year")):
        chart = _bars((day, day, 1), (day + timedelta(days=length), day + timedelta(days=length), 1))
        assert chart.unit == unit
        assert sum(item.count for item in chart.bins) == 2


def test_days_outside_the_range_asked_stay_as_ghosts():
    chart = _bars((date(2024, 3, 1), None, 2), (date(2024, 3, 5), None, 1), since=date(2024, 3, 4))
    assert chart.bins[0].count == 0
    assert chart.bins[0].ghost == 100
    assert chart.bins[-1].count == 1


def test_the_last_year_of_the_calendar_does_not_break_the_page(client):
    make_incident(published=True, date_start=date(9999, 12, 31))
    make_incident(published=True, date_start=date(1, 1, 1), time_precision=TimePrecision.LONGER)
    assert _status(_get(client)).startswith("2 of 2")


def test_published_incidents_appear_in_all_three_views(client):
    incident = make_incident(title="Bridge bombed", kind=Kind.BOMBING)
    assert "Bridge bombed" not in _get(client)
    Incident.objects.filter(pk=incident.pk).update(
        status="published", published_at=timezone.now(), reviewed_by=make_incident(published=True).reviewed_by
    )
    assert "Bridge bombed" in _get(client)
    assert client.get("/titles.json", {"codes": incident.code}).json() == {incident.code: "Bridge bombed"}
    assert '<rect class="family-explosive"' in _get(client)


@pytest.mark.parametrize("language", ["de", "he-IL,he;q=0.9", "zh"])
def test_a_page_says_it_is_english_where_there_is_no_translation(client, language):
    make_incident(published=True)
    response = client.get("/", headers={"accept-language": language})
    assert '<html lang="en" dir="ltr"' in response.content.decode()


def test_an_outline_of_as_many_corners_as_are_allowed_is_searched(client):
    inside = make_incident(published=True, latitude=10, longitude=10)
    make_incident(published=True, latitude=-10, longitude=10)
    corners = [f"{5 + (number % 2)},{number / 4}" for number in range(98)] + ["60,24", "60,0"]
    page = client.get("/incidents/", {"area": ";".join(corners)}).context["page"]
    assert list(page) == [inside]
