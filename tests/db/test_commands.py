"""What a person types and what they read."""

import io
import json
import re
import sys
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DataError

from incidents import pipeline
from incidents.models import Article, Incident, Source
from incidents.workflows import ingest
from tests.factories import make_admin, make_incident, make_moderator, make_user

pytestmark = pytest.mark.django_db

STORY = (
    "Drone strike in the Iraqi capital\n\n"
    "The Example Brigade said its drone hit Baghdad on 2024-01-20, killing at least 2 in the east of the city.\n\n"
    "Officials said that drones have hit Iraq 150 times since the autumn, most of them without any damage.\n"
)
OTHER = (
    "Residents of the old town woke early. They said that a bomb fell in Erbil on 2024-01-19, and nobody was at home.\n"
)


@pytest.fixture
def story(tmp_path):
    file = tmp_path / "story.txt"
    file.write_text(STORY)
    return file


def typed(*arguments):
    """What `manage.py` prints."""
    out = io.StringIO()
    call_command(*(str(argument) for argument in arguments), stdout=out)
    return out.getvalue()


def test_ingest_prints_what_it_found_with_the_words_behind_it(reader, story):
    printed = typed("ingest", story)
    for cell in (
        "drone strike",
        "2024-01-20",
        "Baghdad (town)",
        "Example Brigade (claims it)",
        "2+",
        "0.75",
        "“Baghdad”",
    ):
        assert cell in printed
    assert "1 told as a sum" in printed
    assert printed.splitlines()[-1] == "/admin/incidents/incident/"
    assert Incident.objects.get().status == Incident.Status.CANDIDATE


def test_ingest_again_prints_the_same_table_and_stores_nothing(reader, story):
    first = typed("ingest", story)
    again = typed("ingest", story)
    assert again == first.replace("; new", "; known already")
    assert (Article.objects.count(), Incident.objects.count()) == (1, 1)


def test_trusted_input_ends_with_the_address_of_the_map(reader, story):
    printed = typed("ingest", "--publish", story)
    incident = Incident.objects.published().get()
    assert printed.splitlines()[-1] == f"/?highlight={incident.code}"
    assert incident.reviewed_by.username == "system"
    assert not incident.reviewed_by.has_usable_password()


def test_somebody_can_answer_for_what_is_published(reader, story):
    amal = make_user(username="amal")
    typed("ingest", "--publish", "--by", "amal", story)
    assert Incident.objects.published().get().reviewed_by == amal
    with pytest.raises(CommandError, match="create_moderator --username nobody"):
        typed("ingest", "--publish", "--by", "nobody", story)


def test_what_may_be_published_already_is_named(reader, story):
    make_incident(published=True)
    printed = typed("ingest", "--publish", story)
    candidate = Incident.objects.waiting().get()
    assert f"published already: {candidate.code}" in printed


def test_a_dry_run_prints_the_table_and_writes_nothing(reader, story):
    printed = typed("ingest", "--dry-run", story)
    assert "Baghdad (town)" in printed
    assert "1 told as a sum" in printed
    assert (Article.objects.count(), Incident.objects.count(), Source.objects.count()) == (0, 0, 0)
    with pytest.raises(CommandError, match="choose one"):
        typed("ingest", "--dry-run", "--publish", story)


def test_a_folder_is_every_text_in_it(reader, story):
    (story.parent / "more").mkdir()
    (story.parent / "more" / "other.html").write_text(f"<html><body><article><p>{OTHER}</p></article></body></html>")
    (story.parent / "picture.png").write_bytes(b"\x89PNG")
    (story.parent / ".hidden.txt").write_text(OTHER)
    typed("ingest", story.parent)
    assert sorted(Incident.objects.values_list("kind", flat=True)) == ["bombing", "drone-strike"]


def test_standard_input_is_read(reader, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(STORY.encode())))
    assert "Baghdad (town)" in typed("ingest", "-")


def test_one_bad_source_fails_the_run_after_the_others_are_read(reader, story, tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 rubbish")
    out = io.StringIO()
    sources = [tmp_path / "nowhere.txt", tmp_path / "broken.pdf", "https://user:secret@times.example.org/", story]
    with pytest.raises(CommandError, match="3 of 4") as failed:
        call_command("ingest", *map(str, sources), stdout=out)
    assert failed.value.returncode == 1
    assert "nowhere.txt: No such file" in out.getvalue()
    assert "looks like a PDF" in out.getvalue()
    assert "user name or password" in out.getvalue()
    assert Incident.objects.count() == 1


@pytest.mark.parametrize("option", ["--dry-run", "--sample"])
def test_a_bug_in_the_extractor_costs_one_article(reader, monkeypatch, story, tmp_path, option):
    def breaks(text, **fields):
        if "Erbil" in text:
            raise RuntimeError("a bug")
        return reader.read(text, **fields)

    monkeypatch.setattr(pipeline, "read", breaks)
    (tmp_path / "a.txt").write_text(OTHER)
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 of 2"):
        call_command("ingest", option, str(tmp_path), stdout=out)
    assert "a.txt: Something went wrong" in out.getvalue()
    assert "Baghdad (town)" in out.getvalue()


def test_what_cannot_be_stored_costs_one_article(reader, monkeypatch, story, caplog):
    def refuses(reading, *, url, **_):
        raise DataError("too long")

    monkeypatch.setattr(ingest, "_stored", refuses)
    out = io.StringIO()
    with pytest.raises(CommandError, match="2 of 2"):
        call_command("ingest", str(story), str(story), stdout=out)
    assert out.getvalue().count("Something went wrong") == 2
    assert "too long" in caplog.text


def test_words_of_an_article_do_nothing_to_the_terminal(reader, tmp_path):
    file = tmp_path / "odd.txt"
    file.write_text("[bold red]Breaking\x1b[2J\x07[/] news[/nothing]\n\n" + STORY.partition("\n\n")[2])
    printed = typed("ingest", "--dry-run", file)
    assert "\x1b" not in printed
    assert "\x07" not in printed
    assert "[bold red]" in printed


def test_without_a_gazetteer_the_command_that_builds_it_is_named(story, settings, tmp_path):
    settings.GAZETTEER_PATH = tmp_path / "none.sqlite3"
    with pytest.raises(CommandError, match="load_gazetteer"):
        typed("ingest", story)


# Moderators


def test_the_first_moderator_gets_a_password_that_works_and_is_printed_once(client):
    printed = typed("create_moderator")
    password = re.search(r"password: (\S+)", printed)[1]
    user = User.objects.get()
    assert client.login(username="moderator", password=password)
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert user.has_perms(["incidents.change_incident", "incidents.add_review"])
    again = typed("create_moderator")
    assert "password:" not in again
    assert User.objects.count() == 1


@pytest.mark.parametrize("make", [make_moderator, make_admin])
def test_nobody_is_made_when_somebody_can_log_in(make):
    make()
    typed("create_moderator")
    assert User.objects.count() == 1


def test_the_users_of_the_machine_are_no_moderators(reader, story):
    typed("ingest", "--publish", story)
    typed("create_moderator")
    assert set(User.objects.values_list("username", flat=True)) == {"system", "moderator"}


def test_another_moderator_is_made_by_name_once():
    make_moderator()
    assert "Moderator: amal" in typed("create_moderator", "--username", "amal")
    with pytest.raises(CommandError, match="choose another name"):
        typed("create_moderator", "--username", "amal")


# Samples


@pytest.fixture
def samples(tmp_path):
    """Two articles, of one source, and decisions on three of their incidents, one of which nobody finds."""
    source = {
        "name": "Sample Times",
        "domain": "times.example.org",
        "kind": "newspaper",
        "reliability": "B",
        "country": "GB",
    }
    entry = {"source": source, "content_type": "text/plain; charset=utf-8"}
    index = [
        {"file": "articles/story.txt", "url": "https://times.example.org/story", **entry},
        {"file": "articles/other.txt", "url": "https://times.example.org/other", **entry},
    ]
    decisions = [
        {
            "article": "articles/story.txt",
            "match": {"kind": ["drone-strike", "air-strike"], "date": "2024-01-20", "place": "Baghdad"},
            "decision": "publish",
            "credibility": 2,
            "reason": "Two agencies",
            "title": "A drone hits the east of Baghdad.",
            "corrections": {"kind": "air-strike", "date_end": "2024-01-21"},
        },
        {"article": "articles/other.txt", "match": {"place": "erbil"}, "decision": "reject", "reason": "No attack"},
        {"article": "articles/other.txt", "match": {"date": "2024-01-19", "place": "Mosul"}, "decision": "publish"},
    ]
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "story.txt").write_text(STORY)
    (tmp_path / "articles" / "other.txt").write_text(f"{OTHER}\nIn the night a shell fell in Tripoli on 2024-01-18.\n")
    (tmp_path / "index.json").write_text(json.dumps(index))
    (tmp_path / "decisions.json").write_text(json.dumps(decisions))
    return tmp_path


def test_samples_are_read_and_decided_as_a_moderator_would(reader, samples):
    printed = typed("load_samples", "--folder", samples, "--verbosity", "2")
    assert "2 new articles; 1 incidents published, 1 rejected, 1 wait" in printed
    assert "at Mosul" in printed
    published = Incident.objects.published().get()
    assert (published.title, published.kind, published.credibility) == (
        "A drone hits the east of Baghdad.",
        "air-strike",
        2,
    )
    assert published.reviewed_by.username == "sample-moderator"
    assert not published.reviewed_by.has_usable_password()
    review = published.reviews.get()
    assert review.changes["kind"] == ["drone-strike", "air-strike"]
    assert Incident.objects.get(status="rejected").rejection_reason == "No attack"
    assert set(Article.objects.values_list("is_sample", "source__reliability")) == {(True, "B")}


def test_a_sample_that_was_read_a_little_wrong_is_corrected_to_what_its_moderator_knew(reader, samples):
    decision = {
        "article": "articles/other.txt",
        "match": {"kind": ["bombing"], "date": "2024-01-18", "place": "Mosul"},
        "decision": "publish",
        "corrections": {"place_name": "Mosul", "latitude": 36.34, "longitude": 43.13},
    }
    elsewhere = {**decision, "match": {"date": "2024-01-10", "place": "Mosul"}}
    (samples / "decisions.json").write_text(json.dumps([elsewhere, decision]))
    assert "1 incidents published" in typed("load_samples", "--folder", samples)
    incident = Incident.objects.published().get()
    assert (incident.kind, incident.place_name, incident.latitude) == ("bombing", "Mosul", 36.34)
    assert (str(incident.date_start), str(incident.date_end)) == ("2024-01-18", "2024-01-18")
    assert str(incident.mentions.get().date_start) == "2024-01-19"
    assert "0 incidents published" in typed("load_samples", "--folder", samples)


def test_samples_again_change_nothing(reader, samples):
    typed("load_samples", "--folder", samples)
    before = list(Incident.objects.order_by("pk").values())
    assert "0 new articles; 0 incidents published, 0 rejected, 1 wait" in typed("load_samples", "--folder", samples)
    assert list(Incident.objects.order_by("pk").values()) == before
    assert Incident.history.count() == sum(incident["version"] for incident in before)


def test_samples_are_left_out_where_there_are_articles(reader, samples, story):
    typed("ingest", story)
    assert typed("load_samples", "--folder", samples, "--if-empty") == ""
    assert Article.objects.count() == 1


def test_a_folder_without_samples_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"index\.json"):
        typed("load_samples", "--folder", tmp_path)


def test_a_decision_that_can_not_be_taken_is_named_and_the_others_are(reader, samples):
    decisions = json.loads((samples / "decisions.json").read_text())
    decisions[0]["corrections"] = {"kind": "flood"}
    (samples / "decisions.json").write_text(json.dumps(decisions))
    with pytest.raises(CommandError, match=r"story\.txt.*kind"):
        typed("load_samples", "--folder", samples)
    assert Incident.objects.filter(status="rejected").count() == 1


def test_a_database_without_its_tables_names_the_command(monkeypatch):
    monkeypatch.setattr("incidents.management.ready.MigrationExecutor.migration_plan", lambda self, targets: ["0001"])
    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        call_command("ingest", "-")
