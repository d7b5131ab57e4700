"""Incident, source and article pages, the method page, and what strangers and strange addresses get."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from incidents.extraction.types import PlacePrecision, TimePrecision
from incidents.models import Incident
from incidents.publishing import wording
from tests.factories import make_article, make_incident, make_mention, make_role, make_source

pytestmark = pytest.mark.django_db
HOSTILE = "</script><img src=x onerror=alert(1)>\"'&"


def _get(client, page):
    response = client.get(page if isinstance(page, str) else page.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def _text(html):
    words = " ".join(re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.DOTALL).split())
    return words.replace(" ,", ",")


def test_an_incident_says_what_is_known_and_how_well(client):
    incident = make_incident(
        published=True,
        title="Shelling near Tokmak",
        place_name="Tokmak",
        place_precision=PlacePrecision.NEAR,
        radius_m=25_000,
        credibility=2,
        credibility_reason="Two agencies",
    )
    make_role(incident, "Example Brigade", "alleged-perpetrator", says="the police")
    text = _text(_get(client, incident))
    assert "20 January 2024, near Tokmak, within 25 km" in text
    assert "Killed 2 or more Wounded not stated" in text
    assert "Alleged perpetrator Example Brigade according to the police" in text
    assert "2: probably true Two agencies" in text


def test_every_source_is_named_with_its_link_date_language_and_words(client):
    incident = make_incident(published=True, mentions=0)
    article = make_article(
        source=make_source(name="Harbour Gazette"),
        url="https://harbour.example.org/a",
        archive_url="https://archive.example.org/1",
    )
    make_mention(incident=incident, article=article)
    html = _get(client, incident)
    assert '<a href="https://harbour.example.org/a" rel="nofollow noopener external">' in html
    assert '<a href="https://archive.example.org/1" rel="nofollow noopener external">' in html
    text = _text(html)
    assert "Harbour Gazette 21 January 2024 English" in text
    assert "two people were killed" in text
    assert "Story" not in text  # the sentence behind which no field stands


def test_what_sources_disagree_on_is_shown_and_silence_is_no_disagreement(client):
    incident = make_incident(published=True, mentions=1)
    assert "disagree" not in _get(client, incident)
    make_mention(
        incident=incident,
        killed_low=9,
        killed_high=9,
        wounded_low=None,
        article=make_article(source=make_source(name="Radio Delta")),
    )
    text = _text(_get(client, incident))
    assert re.search(r"disagree on .*killed 2 or more .*9 Radio Delta", text)
    assert "wounded" not in text.split("disagree on")[1].split("History")[0]


def test_a_range_of_days_and_a_month_are_said_as_such(client):
    month = make_incident(
        published=True, date_start=date(2024, 3, 1), date_end=date(2024, 3, 31), time_precision=TimePrecision.MONTH
    )
    undated = make_incident(published=True, date_start=None, date_end=None, time_precision=TimePrecision.UNKNOWN)
    assert "Some time in March 2024" in _text(_get(client, month))
    assert "Date not stated" in _text(_get(client, undated))


def test_a_distance_from_a_place_is_not_near_a_distance(client):
    incident = make_incident(published=True, place_name="130 km south of Aden", place_precision=PlacePrecision.NEAR)
    text = _text(_get(client, incident))
    assert "130 km south of Aden" in text
    assert "near 130 km" not in text.lower()


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((None, None, None), "not stated"),
        ((0, 0, 0), "none"),
        ((2, 2, None), "2 or more"),
        ((2, 2, 2), "2"),
        ((2, 5, 5), "2 to 5"),
        ((2, 3, 5), "about 3 (2 to 5)"),
        ((None, None, 4), "up to 4"),
        ((0, None, None), "number not stated"),
    ],
)
def test_figures_in_words_never_make_silence_a_number(figures, words):
    assert wording.count(*figures) == words


def test_a_country_is_words_and_no_map(client):
    incident = make_incident(published=True, place_precision=PlacePrecision.COUNTRY, place_name="IQ")
    html = _get(client, incident)
    assert "somewhere in Iraq" in html
    assert "map_place" not in html


def test_a_capped_place_gives_nothing_away(client):
    incident = make_incident(
        published=True,
        title="Workers abducted in Baghdad province",
        place_name="Example Quarter",
        place_precision=PlacePrecision.NEIGHBOURHOOD,
        public_precision=PlacePrecision.PROVINCE,
    )
    article = incident.mentions.get().article
    pages = [_get(client, incident), _get(client, article), _get(client, article.source)]
    pages += [
        _get(client, "/"),
        _get(client, f"/titles.json?codes={incident.code}"),
        b"".join(client.get("/export.csv").streaming_content).decode(),
    ]
    for page in pages:
        assert "Example Quarter" not in page
        assert "33.3406" not in page
        assert "the capital" not in page
    assert "less exactly than it is known" in pages[0]


def test_the_public_note_and_its_day_stand_on_the_page(client):
    incident = make_incident(published=True)
    incident.public_note = "Corrected from 9 to 2."
    incident.save()
    assert _text(_get(client, incident)).count("Corrected from 9 to 2.") == 2


def test_neighbours_are_of_the_same_days_and_the_same_area(client):
    incident = make_incident(published=True)
    make_incident(published=True, title="Near and soon", date_start=date(2024, 1, 25))
    make_incident(published=True, title="Near but later", date_start=date(2024, 6, 1))
    make_incident(published=True, title="Soon but far", latitude=1.0, longitude=2.0)
    make_incident(title="A candidate nearby")
    text = (
        _text(_get(client, incident)).split("Near in time and space")[1].split("Before this")[0].split("After this")[0]
    )
    assert "Near and soon 25 January 2024 the same place" in text
    for other in ("Near but later", "Soon but far", "A candidate nearby"):
        assert other not in text


def test_search_engines_get_json_that_no_title_can_break(client):
    incident = make_incident(published=True, title=HOSTILE, mentions=0)
    make_mention(incident=incident, article=make_article(title=HOSTILE, source=make_source(name=HOSTILE)))
    html = _get(client, incident)
    assert "<img" not in html
    block = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL).group(1)
    data = json.loads(block)
    assert data["name"] == HOSTILE
    assert data["startDate"] == "2024-01-20"
    assert data["location"]["geo"]["latitude"] == pytest.approx(33.3406)
    assert data["subjectOf"][0]["headline"] == HOSTILE


def test_links_lead_to_the_web_only(client):
    incident = make_incident(published=True, mentions=0)
    article = make_article()
    type(article).objects.filter(pk=article.pk).update(url="javascript:alert(1)", archive_url="data:text/html,x")
    make_mention(incident=incident, article=article)
    for page in (incident, article):
        html = _get(client, page)
        assert "javascript:" not in html
        assert "data:text" not in html


def test_an_incident_page_asks_a_fixed_number_of_times(client, django_assert_num_queries):
    incident = make_incident(published=True, mentions=1)
    with django_assert_num_queries(10):
        client.get(incident.get_absolute_url())
    for _ in range(4):
        make_role(make_mention(incident=incident).incident, "Example Brigade", "victim") if _ == 0 else make_mention(
            incident=incident
        )
    with django_assert_num_queries(11):
        client.get(incident.get_absolute_url())


def test_a_code_is_read_in_any_case(client):
    incident = make_incident(published=True)
    assert client.get(reverse("incidents:incident", args=[incident.code.lower()])).status_code == 200


@pytest.mark.parametrize("status", [Incident.Status.CANDIDATE, Incident.Status.IN_REVIEW, Incident.Status.REJECTED])
def test_what_is_not_published_is_not_found_and_neither_are_its_article_and_source(client, status):
    incident = make_incident(status=status, mentions=1)
    article = incident.mentions.get().article
    for page in (incident, article, article.source):
        response = client.get(page.get_absolute_url())
        assert response.status_code == 404
        assert "nothing at this address" in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/incidents/nope/", "/sources/99999999999999999999999/", "/articles/0/", "/embed/nope/", "/elsewhere"]
)
def test_strange_addresses_are_not_found(client, address):
    assert client.get(address).status_code == 404


def test_an_article_page_quotes_and_never_republishes(client):
    incident = make_incident(published=True)
    article = incident.mentions.get().article
    make_mention(incident=make_incident(title="Hidden candidate"), article=article)
    html = _get(client, article)
    assert incident.title in html
    assert "A drone hit a house" in html
    assert "Story" not in html  # the sentence behind which no field stands
    assert "Hidden candidate" not in html


def test_sources_are_listed_with_what_is_public_of_them(client):
    source = make_source(name="Harbour Gazette", reliability="B")
    for title in ("One", "Two"):
        make_mention(
            incident=make_incident(published=True, mentions=0, title=title), article=make_article(source=source)
        )
    make_mention(incident=make_incident(), article=make_article(source=source))
    make_source(name="Never quoted")
    text = _text(_get(client, "/sources/"))
    assert re.search(r"Harbour Gazette times\d+.example.org other B: usually reliable 2 2", text)
    assert "Never quoted" not in text
    assert "One" in _get(client, source)


def test_the_method_page_explains_every_column_of_the_tables(client):
    text = _get(client, "/about/")
    columns = b"".join(client.get("/export.csv").streaming_content).decode("utf-8-sig").splitlines()[0].split(",")
    for column in columns:
        assert column == "url" or f"<code>{column}</code>" in text


def test_an_error_page_needs_no_database_and_no_context(client, rf):
    from django.views.defaults import bad_request, server_error

    assert b"Something broke on our side" in server_error(rf.get("/")).content
    assert b"could not be understood" in bad_request(rf.get("/"), Exception()).content


@pytest.mark.parametrize("groups", [["civilians"], "civilians", 3, {"civilians": 3}, {"civilians": {"killed": "3"}}])
def test_casualties_by_group_of_another_form_are_left_out(client, groups):
    incident = make_incident(published=True, casualties_by_group=groups)
    response = client.get(incident.get_absolute_url())
    assert response.status_code == 200


def test_a_sources_page_reads_headlines_and_no_texts(client, django_assert_num_queries):
    source = make_source()
    for _ in range(3):
        make_mention(incident=make_incident(published=True), article=make_article(source=source))
    with django_assert_num_queries(5) as asked:
        assert client.get(source.get_absolute_url()).status_code == 200
    assert not [each["sql"] for each in asked.captured_queries if '"incidents_article"."text"' in each["sql"]]
