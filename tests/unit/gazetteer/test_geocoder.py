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


def test_country_codes_leave_out_the_rest(geocoder):
    assert geocoder.geocode("Paris", country_codes="us").raw["country"] == "US"
    assert geocoder.geocode("Paris", country_codes="iq, us").raw["country"] == "US"
    assert geocoder.geocode("Paris", country_codes=["IQ"]) is None


def test_a_viewbox_is_preferred_and_with_bounded_leaves_out_the_rest(geocoder):
    texas = [(30, -100), "35, -90"]
    first, second = geocoder.geocode("Paris", exactly_one=False, viewbox=texas)
    assert (first.raw["country"], second.raw["country"]) == ("US", "FR")
    (only,) = geocoder.geocode("Paris", exactly_one=False, viewbox=texas, bounded=True)
    assert only.raw["country"] == "US"
    assert geocoder.geocode("Baghdad", viewbox=texas, bounded=True) is None
    assert geocoder.geocode("Baghdad", viewbox=texas) is not None


def test_a_structured_query_is_taken(geocoder):
    assert geocoder.geocode({"city": "Paris", "state": "Texas"}).raw["country"] == "US"


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
    with pytest.raises(ValueError, match="Limit"):
        geocoder.geocode("Paris", exactly_one=False, limit=0)
    with pytest.raises(GeocoderQueryError, match="viewbox"):
        geocoder.geocode("Paris", viewbox=["x", "y"])


class NominatimWithoutNetwork(Nominatim):
    """geopy's, with the answer that its server would give."""

    def __init__(self, answers):
        super().__init__(user_agent="tests", domain="127.0.0.1")
        self.answers = answers

    def _call_geocoder(self, url, callback, *, timeout=None, **others):
        return callback(self.answers)


@pytest.mark.parametrize("method", ["geocode", "reverse"])
def test_every_argument_is_one_of_geopys_nominatim_of_the_same_kind_and_default(method):
    ours = inspect.signature(getattr(GazetteerGeocoder, method)).parameters
    theirs = inspect.signature(getattr(Nominatim, method)).parameters
    assert set(ours) <= set(theirs)
    assert {"query", "exactly_one", "timeout"} <= set(ours)
    assert {name: (each.kind, each.default) for name, each in ours.items()} == {
        name: (each.kind, each.default) for name, each in theirs.items() if name in ours
    }


def test_it_answers_in_the_shapes_of_geopys_nominatim(geocoder):
    found = {"lat": "33.34", "lon": "44.40", "display_name": "Baghdad, Iraq"}
    held, nothing = NominatimWithoutNetwork([found, found]), NominatimWithoutNetwork([])
    for ours, theirs in [
        (geocoder.geocode("Paris"), held.geocode("Paris")),
        (geocoder.geocode("Paris", exactly_one=False), held.geocode("Paris", exactly_one=False)),
        (geocoder.geocode("Nowhereville"), nothing.geocode("Nowhereville")),
        (geocoder.geocode("Nowhereville", exactly_one=False), nothing.geocode("Nowhereville", exactly_one=False)),
        (geocoder.reverse((33.3, 44.4)), held.reverse((33.3, 44.4))),
        (geocoder.reverse((0, -30), exactly_one=False), nothing.reverse((0, -30), exactly_one=False)),
    ]:
        assert type(ours) is type(theirs)
        one, other = (each[0] if isinstance(each, list) else each for each in (ours, theirs))
        if one is not None:
            assert isinstance(one.raw, dict)
            assert isinstance(one.address, type(other.address))
            assert isinstance(one.point, type(other.point))


def test_mistakes_are_errors_that_a_caller_of_nominatim_catches(geocoder):
    nominatim = NominatimWithoutNetwork([])
    for mistake in [
        lambda each: each.geocode("Paris", exactly_one=False, limit=0),
        lambda each: each.geocode("Paris", viewbox=["x"]),
        lambda each: each.reverse("north of here"),
    ]:
        for each in (geocoder, nominatim):
            with pytest.raises(ValueError):  # noqa: PT011 - GeocoderQueryError is one, each has words of its own
                mistake(each)


def test_it_is_a_context_manager_like_any_geocoder_of_geopy(small):
    with GazetteerGeocoder(small) as opened:
        assert opened.geocode("Baghdad", timeout=1) is not None
