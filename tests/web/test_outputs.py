"""CSV, GeoJSON, and embeds in other people's pages."""

from __future__ import annotations

import csv
import io
import json

import pytest

from incidents.extraction.types import PlacePrecision
from incidents.models import SavedMap
from tests.factories import make_article, make_incident, make_mention, make_role, make_source

pytestmark = pytest.mark.django_db


def _body(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode("utf-8-sig")


def _rows(client, query=""):
    return list(csv.DictReader(io.StringIO(_body(client.get(f"/export.csv{query}")))))


def test_a_row_holds_position_precision_codings_actors_and_sources(client):
    incident = make_incident(published=True, mentions=0, longitude=-12.5, place_precision=PlacePrecision.NEAR)
    source = make_source(name="Harbour Gazette")
    make_mention(incident=incident, article=make_article(source=source, url="https://harbour.example.org/a"))
    copy = make_article(source=make_source(name="Copyist"), copy_of=incident.mentions.get().article)
    make_mention(incident=incident, article=copy)
    make_role(incident, "Example Brigade", "claimed-by", says="its channel")
    (row,) = _rows(client)
    assert row["latitude"] == "33.3406"
    assert row["longitude"] == "-12.5"
    assert (row["acled_geo_precision"], row["ucdp_where_prec"]) == ("2", "2")
    assert (row["acled_event_type"], row["acled_sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert (row["killed_low"], row["killed_high"], row["wounded_low"]) == ("2", "", "")
    assert row["actors"] == "Example Brigade (claimed-by, its channel)"
    assert row["sources"] == "Harbour Gazette"
    assert "https://harbour.example.org/a" in row["source_urls"].split()
    assert row["url"] == f"http://testserver{incident.get_absolute_url()}"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])  # noqa: RUF001
def test_no_cell_is_a_formula(client, start):
    make_incident(published=True, title=f"{start}HYPERLINK(1)", weapon=f"{start}cmd|' /C calc'!A0")
    (row,) = _rows(client)
    assert row["title"] == f"'{start}HYPERLINK(1)"
    assert row["weapon"].startswith(f"'{start}")


def test_quotes_commas_and_line_breaks_stay_in_their_cell(client):
    make_incident(published=True, title='He said "no",\nthen left')
    (row,) = _rows(client)
    assert row["title"] == 'He said "no",\nthen left'


def test_the_file_has_a_plain_name_and_is_streamed(client):
    response = client.get("/export.csv?q=%22%0d%0aX:+y")
    assert response.streaming
    assert response["Content-Disposition"].startswith('attachment; filename="incidents-2')
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_geojson_puts_longitude_first_and_no_point_where_there_is_none(client):
    make_incident(published=True, title="Placed")
    make_incident(published=True, title="Unplaced", place_precision=PlacePrecision.COUNTRY, place_name="IQ")
    response = client.get("/export.geojson?kind=drone-strike")
    collection = json.loads(_body(response))
    assert response["Content-Type"] == "application/geo+json"
    assert collection["query"] == "kind=drone-strike"
    geometries = {feature["properties"]["title"]: feature["geometry"] for feature in collection["features"]}
    assert geometries == {"Placed": {"type": "Point", "coordinates": [44.4009, 33.3406]}, "Unplaced": None}


def test_an_empty_result_is_a_whole_file(client):
    assert json.loads(_body(client.get("/export.geojson")))["features"] == []
    assert _rows(client) == []


@pytest.mark.parametrize("address", ["/export.csv", "/export.geojson"])
def test_a_query_that_cannot_be_read_is_refused_by_name(client, address):
    for query, key in (("colour=red", "colour"), ("from=soon", "from"), ("asof=1", "asof")):
        response = client.get(f"{address}?{query}")
        assert response.status_code == 400
        assert response.json()["key"] == key
        assert response.json()["error"].startswith(f"{key}: ")
    assert client.get(f"{address}?page=2&sort=newest").status_code == 200


def test_exports_ask_a_fixed_number_of_times(client, django_assert_num_queries):
    for number in (2, 6):
        for _ in range(number):
            make_role(make_incident(published=True, mentions=2), "Example Brigade")
        for address in ("/export.csv", "/export.geojson"):
            with django_assert_num_queries(4):
                _body(client.get(address))


def test_anybody_may_frame_an_embed_and_nobody_gets_a_cookie(client):
    make_incident(published=True)
    response = client.get("/embed/?kind=drone-strike")
    assert "X-Frame-Options" not in response
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    html = response.content.decode()
    assert "masthead" not in html
    assert "Incidents: drone strike." in html
    assert 'href="/?kind=drone-strike"' in html


def test_the_operator_decides_who_frames(client, settings):
    settings.EMBED_ANCESTORS = ["https://paper.example.org"]
    assert "frame-ancestors https://paper.example.org" in client.get("/embed/")["Content-Security-Policy"]


def test_a_saved_map_has_its_title_query_and_framers(client):
    make_incident(published=True, title="Drone")
    make_incident(published=True, kind="bombing")
    SavedMap.objects.create(
        slug="drones",
        title="Drones of <winter>",
        query="?kind=drone-strike&colour=red",
        view="33.3,44.4,6",
        frame_ancestors="https://paper.example.org; script-src https://radio.example.org *.example.net",
    )
    response = client.get("/embed/drones/")
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors https://radio.example.org *.example.net" in policy
    assert policy.count("script-src") == 1
    html = response.content.decode()
    assert "Drones of &lt;winter&gt;" in html
    assert "<strong>1</strong>" in html
    assert '"view": "33.3,44.4,6"' in html
