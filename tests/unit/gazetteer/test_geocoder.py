from __future__ import annotations

import inspect

import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders import Nominatim
from geopy.location import Location

from incidents.gazetteer.geocoder import GazetteerGeocoder


@pytest.fixture
def geocoder(small):
    return GazetteerGeocoder(small)


def test_a_name_gives_a_geopy_location(geocoder):
    location = geocoder.geocode("Baghdad")
    assert isinstance(location, Location)
    assert (location.latitude, location.longitude) == (33.34, 44.4)
    assert location.raw["level"] == "town"
    assert location.raw["radius_m"] == 15_000
    assert 0 < location.raw["score"] <= 1


def test_what_lies_behind_the_comma_decides(geocoder):
    assert geocoder.geocode("Paris").raw["country"] == "FR"
    assert geocoder.geocode("Paris, Texas").raw["country"] == "US"
    assert geocoder.geocode("Paris, TX").raw["country"] == "US"


def test_all_candidates_come_in_a_list(geocoder):
    found = geocoder.geocode("Paris", exactly_one=False)
    assert [location.raw["country"] for location in found] == ["FR", "US"]
    assert len(geocoder.geocode("Paris", exactly_one=False, limit=1)) == 1


def test_country_codes_and_a_viewbox_leave_out_the_rest(geocoder):
    assert geocoder.geocode("Paris", country_codes="us").raw["country"] == "US"
    assert geocoder.geocode("Paris", country_codes=["IQ"]) is None
    assert geocoder.geocode("Paris", viewbox=[(30, -100), (35, -90)]).raw["country"] == "US"


def test_what_is_not_held_is_none(geocoder):
    assert geocoder.geocode("Nowhereville") is None
    assert geocoder.geocode("Iraqi") is None
    assert geocoder.reverse((0, -30)) is None


def test_a_point_gives_the_nearest_place(geocoder):
    assert geocoder.reverse((33.8, 42.5)).raw["name"] == "Ain al-Asad Air Base"
    assert geocoder.reverse("33.8, 42.5", exactly_one=False)[0].raw["country"] == "IQ"


def test_mistaken_queries_raise_geopys_error(geocoder):
    with pytest.raises(GeocoderQueryError, match="empty"):
        geocoder.geocode(" , ")
    with pytest.raises(GeocoderQueryError, match="Not a point"):
        geocoder.reverse("north of here")
    with pytest.raises(GeocoderQueryError, match="viewbox"):
        geocoder.geocode("Paris", viewbox=["x", "y"])


@pytest.mark.parametrize("method", ["geocode", "reverse"])
def test_it_takes_the_arguments_of_a_geopy_provider(method):
    ours = inspect.signature(getattr(GazetteerGeocoder, method)).parameters
    theirs = inspect.signature(getattr(Nominatim, method)).parameters
    assert set(ours) <= set(theirs)
    assert {"query", "exactly_one", "timeout"} <= set(ours)
