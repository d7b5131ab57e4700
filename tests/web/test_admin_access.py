"""Who may enter the desk, and what every list and record of it answers."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from incidents.models import Actor, Incident, LocalPlace, Release, Review, SavedMap
from tests.factories import (
    make_actor,
    make_admin,
    make_article,
    make_incident,
    make_local_place,
    make_mention,
    make_moderator,
    make_role,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

MODELS = sorted(model._meta.model_name for model in admin.site._registry if model._meta.app_label == "incidents")


@pytest.fixture
def moderator(client):
    user = make_moderator(username="amira")
    client.force_login(user)
    return user


@pytest.fixture
def records():
    """One row of everything."""
    incident = make_incident(mentions=1)
    make_role(incident, make_actor())
    Review.objects.create(incident=incident, reviewer=make_user())
    return {
        "actor": make_actor(aliases=["EB"]),
        "article": make_article(),
        "incident": incident,
        "localplace": make_local_place(),
        "mention": make_mention(),
        "release": Release.objects.create(
            number=1,
            made_at=incident.created_at,
            rows=3,
            files=[{"name": "<b>.csv", "bytes": 1, "sha256": "0"}],
        ),
        "review": incident.reviews.get(),
        "savedmap": SavedMap.objects.create(slug="baghdad", title="Baghdad"),
        "source": make_source(),
    }


def test_every_model_has_a_place_in_the_desk():
    inside_others = {"incidentactor", "quote"}
    assert set(MODELS) | inside_others == {
        *("actor", "article", "incident", "incidentactor", "localplace", "mention"),
        *("quote", "release", "review", "savedmap", "source"),
    }


@pytest.mark.parametrize("model", MODELS)
def test_a_stranger_is_sent_to_the_login(client, model):
    answer = client.get(reverse(f"admin:incidents_{model}_changelist"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("admin:login"))


@pytest.mark.parametrize("model", MODELS)
def test_staff_without_rights_are_refused(client, model):
    client.force_login(make_user(is_staff=True))
    assert client.get(reverse(f"admin:incidents_{model}_changelist")).status_code == 403


def test_staff_without_rights_see_no_figures_on_the_first_page(client):
    make_incident(title="Secret candidate")
    client.force_login(make_user(is_staff=True))
    answer = client.get(reverse("admin:index"))
    assert answer.status_code == 200
    assert "wait for a decision" not in answer.content.decode()


@pytest.mark.parametrize("name", ["reject", "merge", "split", "release"])
@pytest.mark.parametrize("staff", [True, False])
def test_decisions_are_refused_without_rights(client, name, staff):
    incident = make_incident(mentions=2)
    client.force_login(make_user(is_staff=staff))
    answer = client.post(reverse(f"admin:incidents_incident_{name}", args=[incident.pk]), {"reason": "no"})
    assert answer.status_code == (403 if staff else 302)
    incident.refresh_from_db()
    assert incident.status == Incident.Status.CANDIDATE


@pytest.mark.parametrize("model", MODELS)
def test_a_moderator_opens_every_list_searches_it_and_opens_a_record(client, moderator, records, model):
    url = reverse(f"admin:incidents_{model}_changelist")
    assert client.get(url).status_code == 200
    assert client.get(url, {"q": "Baghdad 1"}).status_code == 200
    record = records[model]
    page = client.get(reverse(f"admin:incidents_{model}_change", args=[record.pk]))
    assert page.status_code == 200
    assert "<b>.csv" not in page.content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_the_pages_of_a_model_hold_no_inline_script_or_style(client, moderator, records, model):
    """The policy forbids them: they would silently not work."""
    for url in (
        reverse(f"admin:incidents_{model}_changelist"),
        reverse(f"admin:incidents_{model}_change", args=[records[model].pk]),
    ):
        html = client.get(url).content.decode()
        scripts = [part.split(">")[0] for part in html.split("<script")[1:]]
        assert all("src=" in tag or 'type="application/json"' in tag for tag in scripts)
        assert " style=" not in html
        assert not any(f" on{event}=" in html for event in ("click", "load", "change", "submit", "error"))


def test_moderators_have_no_say_over_users(client, moderator):
    assert client.get("/admin/auth/user/").status_code == 403
    assert client.get("/admin/auth/group/").status_code == 403


def test_nobody_deletes_an_incident_not_even_an_administrator(client):
    incident = make_incident()
    client.force_login(make_admin())
    answer = client.post(reverse("admin:incidents_incident_delete", args=[incident.pk]), {"post": "yes"})
    assert answer.status_code == 403
    assert Incident.objects.filter(pk=incident.pk).exists()


@pytest.mark.parametrize("model", ["mention", "review", "release"])
def test_findings_decisions_and_releases_are_only_read(client, records, model):
    client.force_login(make_admin())
    record = records[model]
    assert client.get(reverse(f"admin:incidents_{model}_add")).status_code == 403
    assert client.post(reverse(f"admin:incidents_{model}_change", args=[record.pk]), {}).status_code == 403
    assert client.post(reverse(f"admin:incidents_{model}_delete", args=[record.pk]), {"post": "yes"}).status_code == 403


def test_an_articles_text_cannot_be_changed(client, moderator):
    article = make_article(text="The words that quotes point into.")
    url = reverse("admin:incidents_article_change", args=[article.pk])
    answer = client.post(url, {"title": "Better title", "published_precision": "day", "text": "Something else"})
    assert answer.status_code == 302
    article.refresh_from_db()
    assert article.title == "Better title"
    assert article.text == "The words that quotes point into."


def test_a_script_in_an_articles_address_becomes_no_link(client, moderator):
    article = make_article()
    type(article).objects.filter(pk=article.pk).update(url="javascript:alert(1)", archive_url="javascript:alert(2)")
    make_mention(article=article, incident=(incident := make_incident()))
    for url in (
        reverse("admin:incidents_article_change", args=[article.pk]),
        reverse("admin:incidents_incident_change", args=[incident.pk]),
    ):
        assert 'href="javascript' not in client.get(url).content.decode().lower()


def test_a_local_place_is_added_with_its_other_names_and_who_added_it(client, moderator):
    given = {
        **{"name": "Umm Qasr crossing", "aliases": "Safwan road\n\n Safwan  road \nUmm Qasr gate", "level": "facility"},
        **{"country": "IQ", "province": "Basra", "latitude": "30.03", "longitude": "47.95", "radius_m": "300"},
        **{"geonames_id": "", "note": "From the ministry's map"},
    }
    assert client.post(reverse("admin:incidents_localplace_add"), given).status_code == 302
    place = LocalPlace.objects.get()
    assert place.aliases == ["Safwan road", "Umm Qasr gate"]
    assert (place.latitude, place.longitude, place.added_by) == (30.03, 47.95, moderator)
    assert LogEntry.objects.filter(user=moderator, object_id=str(place.pk)).exists()


def test_a_local_place_off_the_globe_is_refused(client, moderator):
    given = {"name": "Nowhere", "level": "site", "latitude": "91", "longitude": "0", "radius_m": "50"}
    answer = client.post(reverse("admin:incidents_localplace_add"), given)
    assert answer.status_code == 200
    assert not LocalPlace.objects.exists()


def test_an_actor_cannot_become_a_branch_of_its_own_branch(client, moderator):
    parent = make_actor("Example Front")
    branch = make_actor("Example Front, north", parent=parent)
    url = reverse("admin:incidents_actor_change", args=[parent.pk])
    answer = client.post(url, {"name": parent.name, "kind": "rebel-group", "parent": branch.pk})
    assert "branch of itself" in answer.content.decode()
    assert Actor.objects.get(pk=parent.pk).parent is None


def test_a_saved_map_belongs_to_who_made_it(client, moderator):
    given = {"title": "Iraq", "slug": "iraq", "query": "place=Iraq", "view": "", "release": "", "frame_ancestors": ""}
    assert client.post(reverse("admin:incidents_savedmap_add"), given).status_code == 302
    assert SavedMap.objects.get().owner == moderator


def test_a_list_counts_no_further_than_its_limit(client, moderator, monkeypatch):
    monkeypatch.setattr("incidents.admin.base.COUNT_LIMIT", 3)
    for _ in range(5):
        make_source()
    html = client.get(reverse("admin:incidents_source_changelist")).content.decode()
    assert "more than 3 sources" in html


def test_reading_articles_again_asks_first_says_what_changed_and_is_logged(client, moderator, gazetteer_path):
    text = "KIRKUK - A bomb exploded at a market in Kirkuk on Friday and killed four people, police said.\n"
    article = make_article(text=text, title="Bomb kills four in Kirkuk")
    url = reverse("admin:incidents_article_changelist")
    data = {"action": "read_again", "_selected_action": [article.pk]}
    assert "Read these articles again?" in client.post(url, data).content.decode()
    assert not article.mentions.exists()
    html = client.post(url, {**data, "confirmed": "yes"}, follow=True).content.decode()
    assert "1 new, 0 changed, 0 gone." in html
    assert article.mentions.get().killed_low == 4
    assert LogEntry.objects.filter(user=moderator, object_id=str(article.pk)).exists()


def test_without_a_gazetteer_reading_again_says_how_to_build_it(client, moderator, settings, tmp_path):
    settings.GAZETTEER_PATH = tmp_path / "none.sqlite3"
    article = make_article()
    data = {"action": "read_again", "_selected_action": [article.pk], "confirmed": "yes"}
    html = client.post(reverse("admin:incidents_article_changelist"), data, follow=True).content.decode()
    assert "load_gazetteer" in html


def test_a_place_on_the_review_page_leads_to_a_filled_form_for_a_local_place(client, moderator):
    incident = make_incident(place_name="Umm Qasr & port")
    html = client.get(reverse("admin:incidents_incident_change", args=[incident.pk])).content.decode()
    link = re.search(r'href="([^"]*localplace/add/[^"]*)"', html).group(1).replace("&amp;", "&")
    form = client.get(link).context["adminform"].form
    assert form["name"].value() == "Umm Qasr & port"
    assert (form["latitude"].value(), form["level"].value()) == ("33.3406", "town")


def test_two_articles_are_not_copies_of_each_other(client, moderator):
    first = make_article()
    copy = make_article(copy_of=first)
    address = reverse("admin:incidents_article_change", args=[first.pk])
    answer = client.post(address, {"title": "First", "published_precision": "unknown", "copy_of": copy.pk})
    assert "This is a copy itself" in answer.content.decode()
    first.refresh_from_db()
    assert first.copy_of is None
