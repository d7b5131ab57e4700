"""The file of columns: what is in it, how it is written, how it travels, and what changed since."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import brotli
import pyarrow as pa
import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole, PlacePrecision, TimePrecision
from incidents.models import Incident
from incidents.publishing.columns import changes, files, rows
from incidents.query.countries import country_name
from incidents.workflows import columns as workflow
from incidents.workflows import review
from tests.conftest import missing
from tests.factories import make_actor, make_article, make_incident, make_mention, make_moderator, make_role
from tests.varied import make_odd

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "columns"


def _table(content):
    return pa.ipc.open_file(io.BytesIO(content)).read_all()


def _about(table):
    return json.loads(table.schema.metadata[b"atlas"])


def _written():
    return _table(files.path(files.write().version).read_bytes())


def _row(**fields):
    """The only incident there is, as the file has it."""
    make_incident(published=True, **fields)
    (row,) = _written().to_pylist()
    return row


def _changes(client, version):
    response = client.get(reverse("incidents:columns-changes", args=[version]))
    assert response.status_code == 200, response.status_code
    table = _table(response.content)
    return table, _about(table)["removed"]


def _expected(incident):
    killed = incident.killed_low if incident.killed_best is None else incident.killed_best
    wounded = incident.wounded_low if incident.wounded_best is None else incident.wounded_best
    return {
        "id": incident.pk,
        "code": incident.code,
        "latitude": incident.public_latitude and pytest.approx(incident.public_latitude, abs=1e-5),
        "longitude": incident.public_longitude and pytest.approx(incident.public_longitude, abs=1e-5),
        "radius_m": incident.public_radius_m,
        "start": incident.date_start or incident.date_end,
        "end": incident.date_end or incident.date_start,
        "time_precision": incident.time_precision,
        "place_precision": incident.public_place_precision,
        "kind": incident.kind,
        "credibility": incident.credibility,
        "place": country_name(incident.public_place_name),
        "killed": killed,
        "wounded": wounded,
        "added": incident.published_at.date(),
        "actors": [role.actor.name for role in incident.roles.order_by("pk")],
        "roles": [role.role for role in incident.roles.order_by("pk")],
        "sources": sorted({mention.article.source.name for mention in incident.mentions.all()}),
    }


def test_the_file_holds_what_the_database_holds_and_nothing_else(many):
    rows = {row["code"]: row for row in _written().to_pylist()}
    published = Incident.objects.published()
    assert len(rows) == published.count()
    for incident in published:
        row = rows[incident.code]
        assert row | {"sources": sorted(row["sources"])} == _expected(incident)


def test_rows_stand_in_order_of_days_and_those_without_one_last(many):
    days = [(row["start"] or date.max, row["end"] or date.max, row["id"]) for row in _written().to_pylist()]
    assert days == sorted(days)
    assert days[-1][0] == date.max


def test_what_nobody_states_is_null_and_a_stated_nought_is_nought():
    row = _row(killed_low=None, killed_best=None, wounded_low=0, wounded_best=0, date_start=None, date_end=None)
    assert (row["killed"], row["wounded"], row["start"], row["end"]) == (None, 0, None, None)


@pytest.mark.parametrize("name", ['The "Old" Town, 100 % \\N', "two\r\nlines", "'; -- %s", "\u202eright to left", ""])
def test_a_name_that_means_something_to_sql_or_csv_stays_as_it_is(name, monkeypatch):
    monkeypatch.setattr(rows, "_ROWS", 1)  # a page of the database for each incident
    make_incident(published=True, place_name="Baghdad", date_start=date(2024, 1, 1))
    make_incident(published=True, place_name=name, date_start=date(2024, 1, 2))
    assert [row["place"] for row in _written().to_pylist()] == ["Baghdad", name]


def test_a_country_has_a_name_and_no_point():
    row = _row(place_name="IQ", place_precision=PlacePrecision.COUNTRY)
    assert (row["place"], row["latitude"], row["longitude"], row["radius_m"]) == ("Iraq", None, None, None)


def test_a_capped_place_is_nowhere_in_the_file():
    make_incident(
        published=True, place_name="Tokmak", latitude=47.25, longitude=35.7, country="UA", province="Zaporizhzhia",
        public_precision=PlacePrecision.COUNTRY, title="Title",
    )  # fmt: skip
    content = files.path(files.write().version).read_bytes()
    (row,) = _table(content).to_pylist()
    assert (row["place"], row["latitude"]) == ("Ukraine", None)
    for hidden in (b"Tokmak", b"Zaporizhzhia"):
        assert hidden not in content


def test_dictionaries_of_words_are_whole_and_in_order():
    make_incident(published=True)
    table = _written()
    words = {"kind": Kind, "place_precision": PlacePrecision, "time_precision": TimePrecision}
    for name, enum in words.items():
        assert table[name].chunk(0).dictionary.to_pylist() == [str(member) for member in enum]
    assert table["roles"].chunk(0).values.dictionary.to_pylist() == [str(role) for role in ActorRole]


def test_the_keys_of_actors_and_sources_stand_beside_their_names():
    incident = make_incident(published=True)
    actor = make_actor("Example Brigade")
    make_role(incident, actor, ActorRole.PERPETRATOR)
    make_role(incident, actor, ActorRole.TARGET)
    table = _written()
    source = incident.mentions.get().article.source
    assert _about(table)["actors"] == [actor.pk]
    assert _about(table)["sources"] == [[source.pk, source.domain]]
    (row,) = table.to_pylist()
    assert row["actors"] == ["Example Brigade", "Example Brigade"]
    assert row["roles"] == ["perpetrator", "target"]


def test_two_sources_of_one_name_are_two():
    first = make_incident(published=True).mentions.get().article.source
    second = make_incident(published=True).mentions.get().article.source
    second.name = first.name
    second.save()
    names = {name for row in _written().to_pylist() for name in row["sources"]}
    assert names == {first.name, f"{first.name} ({second.domain})"}


def test_a_day_is_the_sites_day(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    moment = timezone.now().replace(year=2024, month=3, day=1, hour=20, minute=30)
    row = _row(published_at=moment)
    assert row["added"] == moment.astimezone(ZoneInfo("Asia/Tokyo")).date() == date(2024, 3, 2)


def test_an_empty_set_is_a_file_too(client):
    table = _written()
    assert (len(table), _about(table)["count"], _about(table)["newest"]) == (0, 0, None)
    facts = client.get(reverse("incidents:columns-latest")).json()
    assert (facts["count"], facts["bounds"], facts["kinds"], facts["first"]) == (0, None, {}, None)


def test_latest_says_what_is_in_the_file(client, many):
    files.write()
    facts = client.get(reverse("incidents:columns-latest")).json()
    published = Incident.objects.published()
    assert facts["count"] == published.count()
    assert facts["kinds"] == {kind: published.filter(kind=kind).count() for kind in facts["kinds"]}
    assert facts["bounds"] == pytest.approx([-171.76, -18.14, 178.44, 47.25], abs=1e-4)
    assert len(_table(client.get(facts["columns"]).getvalue())) == facts["count"]
    assert "stamp" not in facts


# --- writing ------------------------------------------------------------------------------------------------------


def test_a_writer_that_crashes_leaves_the_old_file(client, monkeypatch, folder):
    make_incident(published=True)
    old = files.write()
    make_incident(published=True)
    monkeypatch.setattr(files.os, "fsync", lambda _number: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        files.write()
    assert files.latest() == old
    assert not list(folder.glob(".*.part"))
    assert len(_table(client.get(reverse("incidents:columns", args=[old.version])).getvalue())) == 1


def test_nothing_is_written_when_nothing_changed():
    make_incident(published=True)
    first = workflow.write()
    assert workflow.write() == first
    make_incident(published=True)
    assert workflow.write().version != first.version


def test_only_one_process_writes():
    with workflow._only_writer() as alone:
        assert alone
        assert workflow.write() is None


def test_the_two_newest_versions_are_kept_and_nothing_else(folder):
    versions = []
    for _ in range(4):
        make_incident(published=True)
        versions.append(files.write().version)
    endings = ("arrow", "arrow.gz", "pack", "pack.gz", "pack.br")
    kept = {f"{version}.{ending}" for version in versions[-2:] for ending in endings}
    assert {path.name for path in folder.iterdir()} == kept | {"latest.json"}


def test_the_command_writes_and_says_so(capsys):
    make_incident(published=True)
    call_command("write_columns")
    assert "1 incidents in version" in capsys.readouterr().out


# --- travelling ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, ""),
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("identity, gzip;q=0.5", ""),
        ("deflate", ""),
        ("br;q=much", ""),
    ],
)
def test_the_coding_is_the_clients_choice(client, accepted, coding):
    make_incident(published=True)
    newest = files.write()
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    response = client.get(reverse("incidents:columns-packed", args=[newest.version]), headers=headers)
    assert response.get("Content-Encoding", "") == coding
    assert "Accept-Encoding" in response["Vary"]
    unpack = {"": bytes, "br": brotli.decompress, "gzip": gzip.decompress}[coding]
    assert unpack(response.getvalue()) == files.path(newest.version, "pack").read_bytes()


def test_a_version_never_changes_and_is_kept_for_a_year(client):
    make_incident(published=True)
    address = reverse("incidents:columns", args=[files.write().version])
    response = client.get(address)
    content = response.getvalue()
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Access-Control-Allow-Origin"] == "*"
    make_incident(published=True)
    files.write()
    assert client.get(address).getvalue() == content
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, response["ETag"])
    packed = client.get(address, headers={"If-None-Match": response["ETag"], "Accept-Encoding": "gzip"})
    assert packed.status_code == 200
    packed.getvalue()


def test_the_same_stamp_with_other_rows_is_another_version():
    incident = make_incident(published=True)
    first = files.write()
    Incident.objects.filter(pk=incident.pk).update(kind=Kind.ARSON)  # past the history
    second = files.write()
    assert second.stamp == first.stamp
    assert second.version != first.version


def test_what_is_not_there_is_said_so(client):
    for name in ("incidents:columns-latest", "incidents:columns-latest-file"):
        assert client.get(reverse(name)).status_code == 404
    response = client.get(reverse("incidents:columns", args=["0-0-0-0-nothing"]))
    assert (response.status_code, set(response.json())) == (404, {"error"})
    assert client.get(reverse("incidents:columns-changes", args=["0-0-0-0-nothing"])).status_code == 410


def test_latest_leads_to_the_newest_and_is_asked_for_each_time(client):
    make_incident(published=True)
    version = files.write().version
    response = client.get(reverse("incidents:columns-latest-file"))
    assert (response.status_code, response.url) == (302, reverse("incidents:columns", args=[version]))
    facts = client.get(reverse("incidents:columns-latest"))
    assert facts["Cache-Control"] == "public, no-cache"
    again = client.get(reverse("incidents:columns-latest"), headers={"If-None-Match": facts["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("some", [True, False], ids=["some", "none"])
def test_the_packed_form_gives_the_engine_what_the_arrow_file_gives(request, some):
    if some:
        request.getfixturevalue("many")
        make_odd()
    node = shutil.which("node")
    if not node:
        missing("Node.js", "type `sudo apt-get install nodejs`")
    version = files.write().version
    forms = [files.path(version, form) for form in ("arrow", "pack")]
    script = Path(project.BASE_DIR) / "tests/js/same.mjs"
    done = subprocess.run([node, script, *forms], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    forms[1].write_bytes(forms[1].read_bytes()[:-1])
    assert "cut-off" in subprocess.run([node, script, *forms], capture_output=True, text=True).stderr


# --- changes ------------------------------------------------------------------------------------------------------


def test_nothing_changed_is_nothing(client):
    make_incident(published=True)
    response = client.get(reverse("incidents:columns-changes", args=[files.write().version]))
    assert (response.status_code, response.content) == (204, b"")


def test_what_is_published_edited_withdrawn_or_deleted_is_a_change(client):
    moderator = make_moderator()
    edited, withdrawn, deleted, same = (make_incident(published=True) for _ in range(4))
    candidate = make_incident(mentions=1)
    version = files.write().version
    gone = deleted.pk
    deleted.delete()
    review.publish(incident=candidate, by=moderator)
    withdrawn.status = Incident.Status.CANDIDATE
    withdrawn.save()
    edited.killed_low = edited.killed_best = 7
    edited.save()
    table, removed = _changes(client, version)
    assert {row["id"]: row["killed"] for row in table.to_pylist()} == {candidate.pk: 2, edited.pk: 7}
    assert removed == sorted([gone, withdrawn.pk])
    assert table.schema.equals(_table(files.path(version).read_bytes()).schema)
    assert same.pk not in removed


def test_another_source_is_a_change(client):
    incident = make_incident(published=True)
    version = files.write().version
    mention = make_mention(incident=incident, article=make_article())
    table, removed = _changes(client, version)
    (row,) = table.to_pylist()
    assert mention.article.source.name in row["sources"]
    assert (len(row["sources"]), removed) == (2, [])


def test_an_embargo_that_passes_is_a_change(client):
    later = timezone.now() + timedelta(hours=1)
    incident = make_incident(published=True, publish_after=later)
    version = files.write().version
    assert client.get(reverse("incidents:columns-changes", args=[version])).status_code == 204
    Incident.objects.filter(pk=incident.pk).update(publish_after=timezone.now() - timedelta(seconds=2))
    table, _removed = _changes(client, version)
    assert table["id"].to_pylist() == [incident.pk]


def test_a_candidate_of_no_interest_to_the_public_is_not_named_before_it_is_public(client):
    make_incident(published=True)
    version = files.write().version
    make_incident()
    response = client.get(reverse("incidents:columns-changes", args=[version]))
    assert response.status_code == 204


def test_too_many_changes_lead_to_the_newest_file(client, monkeypatch):
    make_incident(published=True)
    version = files.write().version
    monkeypatch.setattr(changes, "MOST", 2)
    for _ in range(3):
        make_incident(published=True)
    assert client.get(reverse("incidents:columns-changes", args=[version])).status_code == 410


def test_one_incident_saved_often_is_one_change_as_long_as_a_page_can_wait(client, monkeypatch):
    incident = make_incident(published=True)
    version = files.write().version
    monkeypatch.setattr(changes, "MOST", 2)
    monkeypatch.setattr(changes, "_MOST_ROWS", 4)
    for _ in range(4):
        incident.save()
    assert client.get(reverse("incidents:columns-changes", args=[version])).status_code == 200
    incident.save()
    assert client.get(reverse("incidents:columns-changes", args=[version])).status_code == 410


def test_changes_and_the_file_together_are_the_published_set(client, many):
    version = files.write().version
    for number, incident in enumerate(Incident.objects.published()[:20]):
        if number % 3:
            incident.kind = Kind.ARSON
            incident.save()
        else:
            incident.status = Incident.Status.CANDIDATE
            incident.save()
    table, removed = _changes(client, version)
    rows = {row["id"]: row for row in _table(files.path(version).read_bytes()).to_pylist()}
    rows |= {row["id"]: row for row in table.to_pylist()}
    rows = {pk: row for pk, row in rows.items() if pk not in removed}
    assert sorted(rows.values(), key=lambda row: row["id"]) == sorted(_written().to_pylist(), key=lambda row: row["id"])


# --- the page -----------------------------------------------------------------------------------------------------


def test_the_page_names_the_newest_file_or_none(client):
    make_incident(published=True)
    page = client.get(reverse("incidents:explorer"))
    assert page.context["map_config"]["columns"] is None
    version = files.write().version
    named = client.get(reverse("incidents:explorer")).context["map_config"]["columns"]
    assert named["version"] == version
    assert client.get(named["columns"]).getvalue() == files.path(version, "pack").read_bytes()
    assert client.get(named["changes"]).status_code == 204
