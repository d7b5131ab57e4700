"""Names that are looked up: the command, the cache in the database, a provider that an operator configures."""

from __future__ import annotations

import inspect
import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import CommandError

from incidents.gazetteer.build import Entry, write
from incidents.gazetteer.providers import AnswerCache, MemoryCache
from incidents.gazetteer.types import Level, Place
from incidents.models import GeocodeAnswer, Incident, LocalPlace, Mention
from incidents.workflows import geocoding
from incidents.workflows.geocoding import DatabaseCache
from incidents.workflows.ingest import ingest_bytes
from tests.unit.gazetteer.nominatim_server import NominatimServer, answer

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
AGENT = "Incident Atlas tests (desk@example.org)"
PLACE = Place(0, "Zarqan", 33.5, 43.2, Level.TOWN, 3_000, "IQ", "Al Anbar", source="nominatim")
STORY = (
    "A drone hit a checkpoint in Zarqan in Iraq on Saturday, killing two soldiers, the army said in a statement.\n\n"
    "The attack was the third on the checkpoint since the summer, and nobody has claimed it so far.\n"
)


@pytest.fixture(autouse=True)
def small(settings, tmp_path):
    """Three places in the file, and the provider's object of another test is none of ours."""
    settings.GAZETTEER_PATH = tmp_path / "small.sqlite3"
    write(
        settings.GAZETTEER_PATH,
        [
            Entry("Iraq", 33, 44, Level.COUNTRY, 370_000, "IQ", "geonames", population=38_000_000),
            Entry("Paris", 48.853, 2.349, Level.TOWN, 11_000, "FR", "geonames", population=2_100_000),
            Entry("Paris", 33.661, -95.556, Level.TOWN, 4_000, "US", "geonames", province="Texas", population=24_782),
        ],
    )


@pytest.fixture
def server(settings):
    with NominatimServer().running() as running:
        settings.GEOCODER_PROVIDER = "nominatim"
        settings.GEOCODER_DOMAIN = running.domain
        settings.GEOCODER_SCHEME = "http"
        settings.GEOCODER_USER_AGENT = AGENT
        settings.GEOCODER_MIN_DELAY_SECONDS = 0.0
        yield running


def geocode(*arguments):
    out = io.StringIO()
    call_command("geocode", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def ingested():
    return ingest_bytes(content=STORY.encode(), fetched_at=datetime(2024, 1, 22, tzinfo=UTC), name="story.txt")


def test_the_command_shows_all_candidates_best_first():
    first, second = (line for line in geocode("Paris").splitlines() if "Paris" in line)
    for cell in ("town", "France", "48.8530", "2.3490", "11 km", "geonames"):
        assert cell in first
    assert "Texas" in second
    assert "-95.5560" in second


def test_the_command_writes_json_for_programs():
    first, second = json.loads(geocode("Paris", "--json"))
    assert (first["latitude"], first["longitude"], first["country"], first["level"]) == (48.853, 2.349, "FR", "town")
    assert first["score"] > second["score"]
    assert first["source"] == "geonames"


def test_the_command_leaves_out_other_countries_and_what_is_over_the_limit():
    (only,) = json.loads(geocode("Paris", "--json", "--country", "us"))
    assert only["province"] == "Texas"
    assert len(json.loads(geocode("Paris", "--json", "--limit", "1"))) == 1
    with pytest.raises(CommandError, match="Limit"):
        geocode("Paris", "--limit", "0")


def test_the_command_says_that_a_name_is_not_known_and_to_whom():
    with pytest.raises(CommandError, match="No place is known as 'Nowhereville' in IQ: neither the moderators nor"):
        geocode("Nowhereville", "--country", "iq")


def test_the_command_names_what_builds_a_missing_gazetteer(settings, tmp_path):
    settings.GAZETTEER_PATH = tmp_path / "none.sqlite3"
    with pytest.raises(CommandError, match="load_gazetteer"):
        geocode("Paris")


def test_a_moderators_place_answers_before_anybody(server):
    LocalPlace.objects.create(name="Zarqan", latitude=1, longitude=2, level="facility", radius_m=500)
    (found,) = json.loads(geocode("zarqan", "--json"))
    assert (found["latitude"], found["source"]) == (1, "moderator")
    assert server.asked == []


def test_the_command_asks_the_provider_for_what_the_gazetteer_lacks(server):
    assert "nominatim" in geocode("Zarqan")
    geocode("Paris")
    assert [asked["q"] for asked in server.asked] == ["Zarqan"]
    assert server.agents == [AGENT]


def test_the_command_prints_a_providers_words_as_they_are(server):
    server.behaviour = server.says([answer(name="[bold]Zar\x1b[31mqan")])
    printed = geocode("Zarqan")
    assert "[bold]Zar" in printed
    assert "\x1b" not in printed


def test_the_command_says_what_is_wrong_with_the_provider(server):
    server.behaviour = server.sends(b"", 403)
    out = io.StringIO()
    with pytest.raises(CommandError, match="nor nominatim"):
        call_command("geocode", "Zarqan", stdout=out, stderr=out)
    assert "status 403" in out.getvalue()


def test_without_a_provider_nobody_is_asked(settings):
    assert geocoding.provider() is None
    ingested()
    assert GeocodeAnswer.objects.count() == 0
    assert Mention.objects.get().latitude is None


def test_an_article_gets_the_providers_place_and_says_so(server):
    ingested()
    incident = Incident.objects.get()
    assert (incident.latitude, incident.longitude, incident.country) == (33.5, 43.2, "IQ")
    assert incident.place_found_by == "nominatim"
    mention = Mention.objects.get()
    assert mention.place_candidates[0]["provider"] == "nominatim"
    assert "its place is nominatim's, the gazetteer has no such name" in mention.reasons


def test_an_article_read_again_asks_nobody_and_changes_nothing(server):
    ingested()
    before = list(Mention.objects.values())
    server.behaviour = server.sends(b"", 500)
    ingested()
    assert list(Mention.objects.values()) == before
    assert len(server.asked) == 1


def test_an_article_is_read_while_the_provider_is_down(server):
    server.behaviour = server.sends(b"<html>", 502)
    result = ingested()
    assert result.error == ""
    assert Incident.objects.count() == 1
    assert GeocodeAnswer.objects.count() == 0


def test_answers_are_kept_and_so_is_that_there_is_none():
    cache = DatabaseCache("nominatim", days=90)
    assert cache.get("zarqan") is None
    cache.set("zarqan", (PLACE,))
    cache.set("nowhereville", ())
    assert cache.get("zarqan") == (PLACE,)
    assert cache.get("nowhereville") == ()
    assert GeocodeAnswer.objects.get(query="nowhereville").answer is None
    assert DatabaseCache("photon", days=90).get("zarqan") is None


def test_an_old_answer_is_asked_for_again_and_replaced():
    cache = DatabaseCache("nominatim", days=90)
    cache.set("zarqan", (PLACE,))
    GeocodeAnswer.objects.update(fetched_at=datetime.now(UTC) - timedelta(days=91))
    assert cache.get("zarqan") is None
    cache.set("zarqan", ())
    assert cache.get("zarqan") == ()
    assert GeocodeAnswer.objects.count() == 1


@pytest.mark.parametrize("broken", [[{"name": "x"}], [{"level": "moon"}], ["x"], 7])
def test_an_answer_that_cannot_be_read_is_asked_for_again(broken):
    cache = DatabaseCache("nominatim", days=90)
    cache.set("zarqan", (PLACE,))
    GeocodeAnswer.objects.update(answer=broken)
    assert cache.get("zarqan") is None


@pytest.mark.parametrize("ours", [DatabaseCache, MemoryCache])
def test_every_cache_is_called_alike(ours):
    for method in ("get", "set"):
        assert inspect.signature(getattr(ours, method)) == inspect.signature(getattr(AnswerCache, method))


def test_one_provider_serves_the_process_until_a_setting_changes(server, settings):
    first = geocoding.provider()
    assert geocoding.provider() is first
    settings.GEOCODER_TIMEOUT_SECONDS = 1.0
    assert geocoding.provider() is not first


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("GEOCODER_USER_AGENT", "", "GEOCODER_USER_AGENT"),
        ("GEOCODER_PROVIDER", "nominatm", "nominatm"),
        ("GEOCODER_PROVIDER", "opencage", "api_key"),
        ("GEOCODER_SCHEME", "ftp", "schemes"),
        ("GEOCODER_OPTIONS", {"colour": "red"}, "colour"),
    ],
)
def test_a_provider_that_cannot_be_used_is_an_error_of_the_check(server, settings, name, value, says):
    setattr(settings, name, value)
    (error,) = [found for found in run_checks() if found.id == "incidents.E001"]
    assert says in error.msg
    assert server.asked == []


def test_the_check_is_content_with_a_provider_and_without(server, settings):
    assert "incidents.E001" not in {found.id for found in run_checks()}
    settings.GEOCODER_PROVIDER = ""
    assert "incidents.E001" not in {found.id for found in run_checks()}


def test_nothing_starts_with_a_provider_that_is_not_told_who_asks(tmp_path):
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "GEOCODER_PROVIDER": "nominatim", "GEOCODER_USER_AGENT": ""}
    done = subprocess.run(
        [sys.executable, "-c", "import mapsite.settings"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "GEOCODER_USER_AGENT=Incident Atlas (desk@example.org)" in done.stderr
