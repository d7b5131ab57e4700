"""One query, many outputs: every door gives the same incidents for the same string."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from shapely.geometry import Point, Polygon

from incidents.extraction.types import PlacePrecision
from incidents.models import Incident
from incidents.publishing.columns import files
from incidents.query import Query
from incidents.views.matches import KEYS
from tests.varied import NUMBER, ODD, make_odd, random_queries
from tests.web.test_search import matched

pytestmark = pytest.mark.django_db

ROUNDS = 15


def _shown(html):
    """The number that the line above the list gives."""
    return int(re.search(r"<strong>([\d,]+)</strong>\s+of", html).group(1).replace(",", ""))


def _page(client, name, string):
    response = client.get(f"{reverse(name)}?{string}")
    assert response.status_code == 200
    return response.content.decode()


def _body(client, name, string):
    response = client.get(f"{reverse(name)}?{string}")
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode("utf-8-sig")


@pytest.mark.parametrize("counted_in", ["database", "file"])
def test_every_door_gives_the_same_incidents_for_random_queries(client, many, settings, tmp_path, counted_in):
    settings.VAR_DIR = tmp_path
    make_odd()
    if counted_in == "file":
        files.write()
    queries = random_queries(ROUNDS)
    found_some = 0
    for params in queries:
        string = urlencode(params)
        query = Query.strict(params)
        codes = set(query.apply(Incident.objects.published()).values_list("code", flat=True))
        rows = list(csv.DictReader(io.StringIO(_body(client, "incidents:export-csv", string))))
        assert {row["code"] for row in rows} == codes, string
        assert len(rows) == len(codes), string
        features = json.loads(_body(client, "incidents:export-geojson", string))["features"]
        assert {feature["id"] for feature in features} == codes, string
        for name in ("incidents:explorer", "incidents:list", "incidents:embed"):
            assert _shown(_page(client, name, string)) == len(codes), (name, string)
        found_some += 0 < len(codes) < NUMBER + ODD / 2
    assert found_some > len(queries) / 2


def test_what_the_page_counts_of_words_and_of_columns_are_the_incidents_of_the_query(client, many, settings, tmp_path):
    """Its engine filters the columns by all keys but those of words; the rows with the words are fetched."""
    settings.VAR_DIR = tmp_path
    make_odd()
    version = files.write().version
    asked = 0
    for params in random_queries(60):
        words = {key: value for key, value in params.items() if key in KEYS}
        others = {key: value for key, value in params.items() if key not in KEYS}
        if words and others:
            found, changed = matched(client, version, **words)
            assert not changed
            keys = Query.strict(others).apply(Incident.objects.published()).values_list("pk", flat=True)
            whole = Query.strict(params).apply(Incident.objects.published()).values_list("pk", flat=True)
            assert found & set(keys) == set(whole), params
            asked += 1
    assert asked > 10


def _codes(**params):
    return set(Query.strict(params).apply(Incident.objects.published()).values_list("code", flat=True))


def _all(**fields):
    return set(Incident.objects.published().filter(**fields).values_list("code", flat=True))


def test_a_circle_across_the_180th_meridian_finds_both_sides(many):
    assert _codes(near="-16,180,1300") == _all(place_name__in=["Suva", "Apia"])
    assert _codes(bbox="170,-30,-160,0") == _all(place_name__in=["Suva", "Apia"])


def test_an_outline_finds_what_shapely_finds(many):
    outline = [(10.0, 30.0), (50.0, 20.0), (30.0, 50.0), (60.0, 45.0), (5.0, 44.0)]
    polygon = Polygon([(longitude, latitude) for latitude, longitude in outline])
    inside = {
        incident.code
        for incident in Incident.objects.published().placed()
        if polygon.contains(Point(incident.public_longitude, incident.public_latitude))
    }
    assert inside
    assert _codes(area=";".join(f"{latitude},{longitude}" for latitude, longitude in outline)) == inside


def test_an_incident_matches_a_range_that_its_own_range_touches(many):
    from datetime import date

    assert _codes(**{"from": "2024-01-01", "to": "2024-01-31"}) == _all(
        date_end__gte=date(2024, 1, 1), date_start__lte=date(2024, 1, 31)
    )


def test_a_country_is_found_by_name_and_code_and_a_place_without_its_accent(many):
    assert _codes(place="iraq") == _codes(place="IQ") == _all(country="IQ")
    assert _codes(place="malaga") == _all(place_name="Málaga")


def test_unplaced_is_everything_without_a_point_whatever_the_reason(many):
    assert _codes(precision="unplaced") == _all(cell=None)
    assert _codes(precision="unplaced") > _codes(precision="country,unknown")


def test_a_capped_place_is_found_by_what_the_public_may_know_only(many):
    hidden = Incident.objects.published().filter(place_name="Tokmak").first()
    hidden.public_precision = PlacePrecision.COUNTRY
    hidden.save()
    for params in ({"place": "Tokmak"}, {"place": "Zaporizhzhia"}, {"near": "47.25,35.7,100"}, {"precision": "near"}):
        assert hidden.code not in _codes(**params), params
    assert hidden.code in _codes(place="Ukraine")


def test_an_incident_with_two_sources_and_two_roles_is_found_once(many):
    found = Query.strict({"source": "t0.example.org,", "role": "perpetrator,victim"}).apply(
        Incident.objects.published()
    )
    codes = list(found.values_list("code", flat=True))
    assert len(codes) == len(set(codes))
