"""Pages in the reader's language: by the address, by the cookie, by what the browser asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from incidents.query.countries import country_code
from tests.factories import make_incident

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _back_to_english() -> Iterator[None]:
    """The language of the last request stays with the thread."""
    yield
    translation.activate("en")


def _page(client, address, **headers):
    response = client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return response, response.content.decode()


@pytest.mark.parametrize(
    ("language", "tag", "words"),
    [
        ("ar", 'lang="ar-u-nu-latn" dir="rtl"', "20 يناير 2024"),
        ("es", 'lang="es" dir="ltr"', "20 de enero de 2024"),
        ("fr", 'lang="fr" dir="ltr"', "20 janvier 2024"),
    ],
)
def test_an_incident_is_told_in_the_language_of_the_browser(client, language, tag, words):
    incident = make_incident(published=True)
    response, html = _page(client, incident.get_absolute_url(), accept_language=language)
    assert tag in html
    assert words in html
    assert incident.title in html
    assert {"Accept-Language", "Cookie"} <= set(response["Vary"].replace(" ", "").split(","))
    assert response["Content-Language"] == language


def test_the_switch_of_the_page_is_remembered_and_keeps_the_query(client):
    make_incident(published=True)
    _, html = _page(client, "/?kind=drone-strike")
    assert 'href="?kind=drone-strike&amp;lang=fr"' in html
    response, html = _page(client, "/?kind=drone-strike&lang=fr")
    assert 'lang="fr"' in html
    assert response.cookies["django_language"].value == "fr"
    assert "lang=" not in html.split('class="downloads"')[1].split("</p>")[0]
    assert '<html lang="fr"' in _page(client, "/about/")[1]


def test_a_language_that_nobody_translated_changes_nothing(client):
    response, html = _page(client, "/about/?lang=xx%3Cscript%3E")
    assert '<html lang="en"' in html
    assert not response.cookies


def test_an_embed_takes_its_language_from_its_address_or_the_browser_and_sets_no_cookie(client):
    make_incident(published=True)
    client.cookies["django_language"] = "fr"
    response, html = _page(client, "/embed/?lang=ar", accept_language="es")
    assert 'dir="rtl"' in html
    assert "django_language" not in response.cookies
    response, html = _page(client, "/embed/", accept_language="es")
    assert '<html lang="es"' in html
    assert "Cookie" not in response["Vary"]


def test_data_is_the_same_in_every_language(client):
    make_incident(published=True)
    response = client.get("/export.geojson", headers={"accept-language": "ar"})
    assert "Accept-Language" not in response.get("Vary", "")


def test_the_desk_is_in_english(client):
    assert 'lang="en' in _page(client, "/admin/login/", accept_language="ar")[1]


@pytest.mark.parametrize(("number", "words"), [(1, "مصدر واحد"), (2, "مصدران"), (3, "3 مصادر")])
def test_arabic_counts_as_arabic_does(client, number, words):
    incident = make_incident(published=True, mentions=number, date_start=date(2024, 1, 20))
    assert words in _page(client, f"/incidents/?q={incident.code}", accept_language="ar")[1]


@pytest.mark.parametrize(("language", "iraq"), [("ar", "العراق"), ("es", "Irak"), ("fr", "Irak"), ("en", "Iraq")])
def test_a_country_is_named_and_found_in_the_readers_language(client, language, iraq):
    country = {"place_precision": "country", "latitude": None, "longitude": None, "radius_m": None}
    incident = make_incident(published=True, place_name="Iraq", **country)
    make_incident(published=True, place_name="Niger", **country | {"country": "NE"})
    assert iraq in _page(client, f"/incidents/{incident.code}/?lang={language}")[1].partition("<body")[2]
    unplaced = (
        _page(client, f"/?lang={language}&place={iraq}")[1].partition('id="unplaced"')[2].partition("</details>")[0]
    )
    assert iraq in unplaced
    assert "Niger" not in unplaced
    assert '"Iraq"' in b"".join(client.get("/export.geojson").streaming_content).decode()


@pytest.mark.parametrize("name", ["Côte d’Ivoire", "cote d'ivoire", "Ivory Coast", "ساحل العاج", "CI"])
def test_a_country_is_known_by_each_of_its_names(name):
    assert country_code(name) == "CI"
