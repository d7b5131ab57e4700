"""geopy's own Nominatim, asked through our provider, against a server on this machine that misbehaves."""

from __future__ import annotations

import contextlib
import inspect
import logging
import socket
import threading

import pytest
from geopy.exc import ConfigurationError, GeocoderNotFound
from geopy.geocoders import Nominatim, Photon
from geopy.location import Location
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.gazetteer.adapter import MOST_BYTES
from incidents.gazetteer.answers import places_of
from incidents.gazetteer.chain import MOST_NAMES, SCORE, ChainGeocoder, ask
from incidents.gazetteer.geocoder import GazetteerGeocoder
from incidents.gazetteer.geoparse import geoparse
from incidents.gazetteer.providers import (
    FAILURES_IN_A_ROW,
    PAUSE_SECONDS,
    MemoryCache,
    Provider,
    geopy_geocoder,
)
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Level, LocalPlace, Place
from incidents.language.parse import parse
from tests.unit.gazetteer.nominatim_server import NominatimServer, answer

AGENT = "Incident Atlas tests (desk@example.org)"
# Of the server on this machine; those that hang are waited for so long.
TIMEOUT = 0.3


class Clock:
    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def server():
    with NominatimServer().running() as running:
        yield running


@pytest.fixture
def clock():
    return Clock()


def provider_at(domain, clock=None, service="nominatim", scheme="http"):
    geocoder = geopy_geocoder(service, user_agent=AGENT, timeout=TIMEOUT, domain=domain, scheme=scheme)
    return Provider(
        geocoder,
        service,
        cache=MemoryCache(),
        min_delay_seconds=0,
        wait_seconds=0,
        clock=clock or Clock(),
    )


@pytest.fixture
def provider(server, clock):
    return provider_at(server.domain, clock)


def test_an_answer_is_a_place_with_its_source_level_and_radius(provider, server):
    (place,) = provider.places("Zarqan")
    assert (place.name, place.latitude, place.longitude) == ("Zarqan", 33.5, 43.2)
    assert (place.level, place.country, place.province) == (Level.TOWN, "IQ", "Al Anbar Governorate")
    assert place.source == "nominatim"
    assert 2_000 < place.radius_m < 4_000
    assert server.agents == [AGENT]
    assert server.asked[0]["q"] == "Zarqan"
    assert provider.trouble == ""


def test_a_name_is_asked_for_once_however_it_is_spelled(provider, server):
    assert provider.places("Zar-Qan") == provider.places("zar qan")
    server.behaviour = server.says([])
    assert provider.places("Nowhereville") == provider.places("NOWHEREVILLE") == ()
    assert len(server.asked) == 2


def test_what_is_no_name_is_not_asked_for(provider, server):
    for name in ("", " , ", "x" * 201, "\ufdfa" * 150):
        assert provider.places(name) == ()
    assert server.asked == []


WRONG_POSITIONS = {
    "beyond the pole": answer(latitude="95.1"),
    "beyond the date line": answer(longitude="443.2"),
    "outside of its own extent": answer(latitude="43.2", longitude="33.5"),
    "none": answer(latitude=None, longitude=None),
    "no number": answer(latitude="north"),
    "not finite": answer(latitude="nan"),
    "null island": answer(latitude="0", longitude="0", boundingbox=["-1", "1", "-1", "1"]),
}


@pytest.mark.filterwarnings("ignore:Latitude normalization")
@pytest.mark.parametrize("said", WRONG_POSITIONS.values(), ids=WRONG_POSITIONS.keys())
def test_a_wrong_position_is_no_place(provider, server, said):
    server.behaviour = server.says([said])
    assert provider.places("Zarqan") == ()


BAD_BODIES = {
    "html": b"<!DOCTYPE html><title>Log in</title>",
    "cut off": b'[{"lat": "33.5", "lo',
    "not UTF-8": b'[{"name": "\xff\xfe"}]',
    "nothing": b"",
    "an error with status 200": b'{"error": {"code": 500, "message": "Internal"}}',
    "a list of numbers": b"[1, 2, 3]",
    "a word": b'"busy"',
    "deep": b"[" * 100_000,
    "NaN": b'[{"lat": NaN, "lon": 3}]',
    "huge": b" " * (MOST_BYTES + 1),
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
def test_a_body_that_is_no_answer_is_trouble_and_not_remembered(provider, server, body):
    server.behaviour = server.sends(body)
    assert provider.places("Zarqan") == ()
    assert provider.trouble
    server.behaviour = server.says([answer()])
    assert provider.places("Zarqan")
    assert provider.trouble == ""


@pytest.mark.parametrize("behaviour", ["closes", "breaks_off"])
def test_a_connection_that_breaks_is_tried_once_more_and_then_left(provider, server, behaviour):
    server.behaviour = getattr(server, behaviour)
    assert provider.places("Zarqan") == ()
    assert len(server.asked) == 2
    assert provider.trouble


@pytest.mark.parametrize("behaviour", ["hangs", "drips"])
def test_a_server_that_keeps_us_waiting_is_left_after_the_timeout(provider, server, behaviour):
    server.behaviour = getattr(server, behaviour)
    assert provider.places("Zarqan") == ()
    assert len(server.asked) == 1
    assert "no whole answer within 0.3 s" in provider.trouble


def test_a_handshake_that_drips_is_left_after_the_timeout():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        done = threading.Event()

        def drip():
            connection, _ = listening.accept()
            with connection, contextlib.suppress(OSError):
                # The head of a TLS record of 16 kB, whose bytes come one by one.
                connection.sendall(b"\x16\x03\x03\x40\x00")
                while not done.wait(0.05):
                    connection.sendall(b"a")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        provider = provider_at(f"127.0.0.1:{listening.getsockname()[1]}", scheme="https")
        assert provider.places("Zarqan") == ()
        done.set()
        thread.join()
    assert "no whole answer within 0.3 s" in provider.trouble


def test_a_server_without_tls_is_trouble_where_tls_is_asked_for(server):
    provider = provider_at(server.domain, scheme="https")
    assert provider.places("Zarqan") == ()
    assert "SSLError" in provider.trouble


@pytest.mark.parametrize("status", [400, 404, 500, 502, 503])
def test_an_error_status_is_trouble(provider, server, status):
    server.behaviour = server.sends(b"<h1>no</h1>", status)
    assert provider.places("Zarqan") == ()
    assert provider.trouble


def test_an_error_that_passes_is_got_over_by_the_second_try(provider, server):
    def first_fails(handler):
        server.behaviour = server.says([answer()])
        server.sends(b"busy", 500)(handler)

    server.behaviour = first_fails
    assert provider.places("Zarqan")
    assert provider.trouble == ""


def test_a_redirect_is_not_followed_to_any_host(provider, server):
    with NominatimServer().running() as other:
        server.behaviour = server.sends(b"", 302, Location=f"http://{other.domain}/search?q=Zarqan")
        assert provider.places("Zarqan") == ()
        assert other.asked == []
    assert "not followed" in provider.trouble


def test_a_host_where_nobody_listens_is_trouble():
    with NominatimServer().running() as gone:
        domain = gone.domain
    provider = provider_at(domain)
    assert provider.places("Zarqan") == ()
    assert provider.trouble.startswith("Unavailable")


def test_retry_after_is_kept_to_and_not_tried_again_before(provider, server, clock):
    server.behaviour = server.sends(b"slow down", 429, Retry_After="120")
    assert provider.places("Zarqan") == ()
    assert len(server.asked) == 1
    server.behaviour = server.says([answer()])
    clock.now += 119
    assert provider.places("Zarqan") == ()
    assert len(server.asked) == 1
    clock.now += 1
    assert provider.places("Zarqan")


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_provider_that_refuses_is_let_alone_at_once(provider, server, clock, status):
    server.behaviour = server.sends(b"no", status)
    assert provider.places("One") == provider.places("Two") == ()
    assert len(server.asked) == 1
    clock.now += PAUSE_SECONDS
    provider.places("Three")
    assert len(server.asked) == 2


def test_after_failures_in_a_row_nothing_is_asked_for_a_while_and_known_names_are_answered(provider, server, clock):
    known = provider.places("Known")
    server.behaviour = server.sends(b"", 500)
    for number in range(FAILURES_IN_A_ROW + 5):
        assert provider.places(f"Name {number}") == ()
    assert len(server.asked) == 1 + 2 * FAILURES_IN_A_ROW
    assert provider.places("Known") == known
    server.behaviour = server.says([answer()])
    clock.now += PAUSE_SECONDS
    assert provider.places("Zarqan")


def test_an_outage_is_said_once_and_so_is_its_end(provider, server, clock, caplog):
    caplog.set_level(logging.WARNING, logger="incidents")
    server.behaviour = server.sends(b"", 500)
    for number in range(5):
        provider.places(f"Name {number}")
    clock.now += PAUSE_SECONDS
    server.behaviour = server.says([])
    provider.places("Zarqan")
    provider.places("Another")
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("incidents")]
    assert len(ours) == 2
    assert "gives no answer" in ours[0]
    assert "answers again" in ours[1]


KINDS = {
    "a military base": (answer(class_="military", type="base", addresstype="military"), Level.FACILITY),
    "a province": (
        answer(class_="boundary", type="administrative", addresstype="state", boundingbox=["32", "35", "39", "44"]),
        Level.PROVINCE,
    ),
    "an area of administration": (
        answer(class_="boundary", type="administrative", addresstype="", boundingbox=["33.2", "33.8", "42.9", "43.5"]),
        Level.DISTRICT,
    ),
    "a river": (answer(class_="waterway", type="river", addresstype="river"), Level.AREA),
    "a bay": (answer(class_="natural", type="bay", addresstype="bay"), Level.SEA),
    "a suburb": (answer(type="suburb", addresstype="suburb"), Level.NEIGHBOURHOOD),
    "a house": (answer(class_="building", type="yes", addresstype="building"), Level.SITE),
}


@pytest.mark.parametrize(("said", "level"), KINDS.values(), ids=KINDS.keys())
def test_the_level_is_that_of_the_kind_of_thing(provider, server, said, level):
    server.behaviour = server.says([said])
    assert [place.level for place in provider.places("Zarqan")] == [level]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
FIELDS = ["lat", "lon", "boundingbox", "class", "type", "addresstype", "name", "address", "properties", "extent"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(FIELDS), JSON), st.floats(-90, 90), st.floats(-180, 180))
def test_whatever_an_answer_says_of_itself_a_place_is_whole(raw, latitude, longitude):
    for place in places_of([Location("Zarqan, Iraq", (latitude, longitude), raw)], "nominatim"):
        assert -90 <= place.latitude <= 90
        assert -180 <= place.longitude <= 180
        assert place.radius_m > 0
        assert place.country is None or len(place.country) == 2
        assert len(place.name) <= 200
        assert place.name.isprintable()


def test_a_shop_that_is_called_after_a_place_is_none(provider, server):
    server.behaviour = server.says([answer(class_="shop", type="bakery", addresstype="shop")])
    assert provider.places("Zarqan") == ()


def test_a_providers_text_becomes_one_line_that_a_column_holds(provider, server):
    server.behaviour = server.says([answer(name="Zar\x00qan\n\ud800" + "n" * 500)])
    (place,) = provider.places("Zarqan")
    assert place.name.startswith("Zarqan n")
    assert len(place.name) == 200


def test_photon_is_understood_too(server):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [43.2, 33.5]},
        "properties": {
            "name": "Zarqan", "osm_key": "place", "osm_value": "village", "type": "city",
            "countrycode": "IQ", "country": "Iraq", "state": "Al Anbar", "extent": [43.18, 33.52, 43.22, 33.48],
        },
    }  # fmt: skip
    server.behaviour = server.says({"type": "FeatureCollection", "features": [feature]})
    (place,) = provider_at(server.domain, service="photon").places("Zarqan")
    assert (place.latitude, place.longitude, place.country) == (33.5, 43.2, "IQ")
    assert (place.level, place.source) == (Level.TOWN, "photon")


def test_a_provider_that_cannot_be_made_says_why():
    with pytest.raises(ConfigurationError, match="user agent"):
        geopy_geocoder("nominatim", user_agent=" ", timeout=1)
    with pytest.raises(GeocoderNotFound, match="nominatm"):
        geopy_geocoder("nominatm", user_agent=AGENT, timeout=1)
    with pytest.raises(ConfigurationError, match="colour"):
        geopy_geocoder("nominatim", user_agent=AGENT, timeout=1, options={"colour": "red"})
    with pytest.raises(ConfigurationError, match="OpenCage"):
        geopy_geocoder("opencage", user_agent=AGENT, timeout=1)


@pytest.mark.parametrize("theirs", [Nominatim, Photon])
@pytest.mark.parametrize("ours", [GazetteerGeocoder, ChainGeocoder])
def test_the_chain_takes_what_geopys_providers_take(ours, theirs):
    for method in ("geocode", "reverse"):
        taken = inspect.signature(getattr(ours, method)).parameters
        common = {"self", "query", "exactly_one", "timeout"} | ({"limit"} if method == "geocode" else set())
        given = inspect.signature(getattr(theirs, method)).parameters
        assert common <= set(taken)
        assert all(taken[name].kind == given[name].kind for name in common)
        assert all(taken[name].default == given[name].default for name in common)


def test_the_gazetteer_answers_alone_for_what_it_holds(small, provider, server):
    chain = ChainGeocoder(small, provider)
    assert chain.geocode("Baghdad").raw["source"] == "geonames"
    assert server.asked == []
    location = chain.geocode("Zarqan")
    assert isinstance(location, Location)
    assert (location.raw["source"], location.raw["score"]) == ("nominatim", SCORE)
    assert chain.geocode("Zarqan", country_codes="fr") is None


def test_a_local_place_is_never_outranked(small_path, provider, server):
    theirs = Place(-1, "Zarqan", 1.0, 2.0, Level.FACILITY, 500, "IQ", source="moderator")
    with Gazetteer(small_path, [LocalPlace(theirs, ("Zarqan",))]) as gazetteer:
        found = ChainGeocoder(gazetteer, provider).geocode("Zarqan", exactly_one=False)
    assert [location.raw["source"] for location in found] == ["moderator"]
    assert server.asked == []


def test_without_a_provider_the_chain_is_the_gazetteer(small):
    assert ChainGeocoder(small).geocode("Zarqan") is None


def test_another_name_than_the_one_asked_for_comes_last(provider, server):
    server.behaviour = server.says([answer(name="Zarqan Hotel"), answer(name="Al-Zarqan")])
    first, last = ask(["Zarqan"], provider)["Zarqan"]
    assert (first.place.name, last.place.name) == ("Al-Zarqan", "Zarqan Hotel")
    assert first.score == SCORE > last.score


def test_answers_in_countries_that_the_text_does_not_name_are_left_out(provider, server):
    server.behaviour = server.says([answer(address={"country_code": "fr"}), answer(), answer(address={})])
    found = ask(["Zarqan"], provider, countries={"IQ"})["Zarqan"]
    assert [candidate.place.country for candidate in found] == ["IQ", None]
    assert ask(["Zarqan"], provider, countries={"DE", "IQ"})["Zarqan"] == found
    assert len(ask(["Zarqan"], provider)["Zarqan"]) == 3


def test_one_text_costs_a_bounded_number_of_questions(provider, server):
    names = [f"Name {number}" for number in range(200)]
    assert len(ask(names, provider)) == MOST_NAMES
    assert len(ask(names, provider)) == 2 * MOST_NAMES
    assert len(server.asked) == 2 * MOST_NAMES


def test_one_text_costs_a_bounded_time(server, clock):
    provider = provider_at(server.domain)

    def slow(handler):
        clock.now += 15
        server.says([answer()])(handler)

    server.behaviour = slow
    assert len(ask(["One", "Two", "Three", "Four"], provider, clock=clock)) == 2


TEXT = "A drone hit a checkpoint in Zarqan in Iraq on Monday."


def test_a_text_gets_the_provider_s_place_for_a_name_that_the_gazetteer_lacks(small, provider, server):
    toponyms = geoparse(parse(TEXT), small, geocoder=provider)
    found = {toponym.text: toponym.best for toponym in toponyms}
    assert found["Iraq"].place.source == "geonames"
    assert found["Zarqan"].place.source == "nominatim"
    assert [asked["q"] for asked in server.asked] == ["Zarqan"]


def test_distances_count_from_the_provider_s_place(small, provider):
    text = "A drone hit a base 20 km west of Zarqan, Iraq, on Monday."
    zarqan = next(each for each in geoparse(parse(text), small, geocoder=provider) if each.text == "Zarqan")
    assert zarqan.near
    assert zarqan.longitude < 43.1


def test_a_text_is_read_as_without_a_provider_when_it_is_down(small, provider, server):
    server.behaviour = server.sends(b"", 500)
    assert geoparse(parse(TEXT), small, geocoder=provider) == geoparse(parse(TEXT), small)
