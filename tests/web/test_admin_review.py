"""The review page: the words beside the form, and every decision by POST."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from incidents.models import Incident, Review
from incidents.workflows import review
from tests.factories import (
    make_actor,
    make_admin,
    make_article,
    make_incident,
    make_mention,
    make_moderator,
    make_role,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    user = make_moderator(username="amira")
    client.force_login(user)
    return user


@pytest.fixture
def other():
    return make_moderator(username="jonas")


def change_url(incident: Incident) -> str:
    return reverse("admin:incidents_incident_change", args=[incident.pk])


def open_page(client, incident: Incident) -> str:
    answer = client.get(change_url(incident))
    assert answer.status_code == 200
    return answer.content.decode()


def submitted(client, incident: Incident, **changed) -> dict[str, str]:
    """What a browser would send from the page as it stands, with some fields changed."""
    answer = client.get(change_url(incident))
    form = answer.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for formset in answer.context["inline_admin_formsets"]:
        for part in (formset.formset.management_form, *formset.formset.forms):
            data |= {part.add_prefix(name): part[name].value() for name in part.fields}
    for name, value in data.items():
        widget = form.fields[name].widget if name in form.fields else None
        if isinstance(value, bool):
            data[name] = "on" if value else None
        elif isinstance(value, date):
            data[name] = widget.format_value(value)
    return {name: str(value) for name, value in (data | changed).items() if value is not None}


def post(client, incident: Incident, button: str = "_save", **changed):
    return client.post(change_url(incident), submitted(client, incident, **changed) | {button: "1"}, follow=True)


def decide(client, name: str, incident: Incident, **data):
    url = reverse(f"admin:incidents_incident_{name}", args=[incident.pk])
    return client.post(url, data, follow=True)


def test_the_page_shows_the_article_with_its_quotes_marked_and_hostile_text_escaped(client, moderator):
    text = "Rockets <script>alert('x')</script> fell on Kirkuk, killing two <b>people</b>."
    article = make_article(text=text, title="<img src=x onerror=alert(1)>")
    quotes = [("place", text.index("Kirkuk"), text.index("Kirkuk") + 6), ("killed", 52, 78), ("kind", 0, 40)]
    incident = make_incident(title="Rockets <i>fall</i>")
    make_mention(incident=incident, article=article, quotes=quotes)
    html = open_page(client, incident)
    assert '<mark class="quote quote-place" data-quote="place" title="place">Kirkuk</mark>' in html
    assert 'data-show-quote="killed"' in html
    for hostile in ("<script>alert(", "<b>people", "<img src=x", "<i>fall"):
        assert hostile not in html
    assert "&lt;script&gt;alert(" in html


def test_place_candidates_reach_the_map_as_data_and_broken_ones_are_left_out(client, moderator):
    good = {"name": "</script>Baghdad", "latitude": 33.3, "longitude": 44.4, "level": "town", "radius_m": 9000}
    sea = {"name": "Red Sea", "latitude": 20, "longitude": 38, "level": "sea", "score": 0.7}
    broken = [{"name": "no position"}, "text", None, {"latitude": "x", "longitude": 1}, {**good, "level": "galaxy"}]
    incident = make_incident()
    make_mention(incident=incident, place_candidates=[*broken, good, sea])
    html = open_page(client, incident)
    config = re.search(r'<script id="place-map-config" type="application/json">(.*?)</script>', html).group(1)
    choices = json.loads(config)["choices"]
    assert [(choice["name"], choice["precision"]) for choice in choices] == [
        ("Red Sea", "area"),
        ("</script>Baghdad", "town"),
    ]


def test_opening_a_candidate_claims_it_and_leaving_gives_it_back(client, moderator):
    incident = make_incident()
    open_page(client, incident)
    assert Review.objects.open_claims().get().reviewer == moderator
    incident.refresh_from_db()
    assert incident.status == Incident.Status.IN_REVIEW
    assert decide(client, "release", incident).status_code == 204
    assert not Review.objects.exists()
    incident.refresh_from_db()
    assert incident.status == Incident.Status.CANDIDATE


def test_what_somebody_else_looks_at_says_so_and_cannot_be_decided(client, moderator, other):
    incident = make_incident(mentions=1)
    review.claim(incident=incident, by=other)
    html = open_page(client, incident)
    assert "Being viewed by somebody else" in html
    assert "jonas looks at" in html
    assert 'name="_publish"' not in html
    answer = decide(client, "reject", incident, reason="History told again", shown_version=incident.version)
    assert "jonas looks at" in answer.content.decode()
    answer = client.post(
        change_url(incident), submitted(client, incident, title="Mine all the same") | {"_publish": "1"}
    )
    assert answer.status_code == 200
    assert "Mine all the same" in answer.content.decode()
    incident.refresh_from_db()
    assert incident.status == Incident.Status.IN_REVIEW
    assert incident.title != "Mine all the same"


def test_who_only_may_look_sees_the_page_and_claims_nothing(client):
    from django.contrib.auth.models import Permission

    viewer = make_moderator()
    viewer.groups.clear()
    viewer.user_permissions.add(Permission.objects.get(codename="view_incident"))
    client.force_login(viewer)
    incident = make_incident(mentions=1)
    html = open_page(client, incident)
    assert 'name="_publish"' not in html
    assert "quote-kind" in html
    assert not Review.objects.exists()


def test_saving_corrects_through_the_workflow_and_stays_on_the_page(client, moderator):
    incident = make_incident(mentions=1)
    answer = post(client, incident, title="Drone hits a depot", killed_best="3", killed_high="4")
    assert answer.redirect_chain[-1][0] == change_url(incident)
    incident.refresh_from_db()
    assert (incident.title, incident.killed_low, incident.killed_best, incident.killed_high) == (
        "Drone hits a depot",
        2,
        3,
        4,
    )
    assert incident.casualties_pinned
    corrected = Review.objects.get(decision="correct")
    assert corrected.reviewer == moderator
    assert corrected.changes["killed_best"] == [2, 3]
    assert LogEntry.objects.get(user=moderator).get_change_message().startswith("Corrected: Title")


def test_saving_without_a_change_changes_nothing(client, moderator):
    incident = make_incident(mentions=1, publish_after=None, casualties_by_group={"civilians": {"killed": [1, None]}})
    version = incident.version
    post(client, incident)
    incident.refresh_from_db()
    assert incident.version == version
    assert not Review.objects.decided().exists()


def test_publishing_saves_the_corrections_and_goes_to_the_next_in_the_queue(client, moderator):
    first, second = make_incident(mentions=1), make_incident(title="The next one", date_start=date(2023, 1, 1))
    data = submitted(client, first, title="Drone hits a depot", credibility="2") | {"next": second.pk, "_publish": "1"}
    answer = client.post(change_url(first), data, follow=True)
    assert answer.redirect_chain[-1][0] == change_url(second)
    first.refresh_from_db()
    assert (first.status, first.title, first.credibility) == ("published", "Drone hits a depot", 2)
    assert first.reviewed_by == moderator
    assert first.get_absolute_url() in answer.content.decode()
    assert LogEntry.objects.get().get_change_message().startswith("Published")


def test_actors_are_corrected_with_everything_else(client, moderator):
    incident = make_incident(mentions=1)
    role = make_role(incident, "Example Brigade", "target")
    ministry = make_actor("Interior ministry")
    answer = post(
        client,
        incident,
        **{"roles-TOTAL_FORMS": "2", "roles-0-role": "victim"},
        **{"roles-1-incident": incident.pk, "roles-1-actor": ministry.pk, "roles-1-role": "alleged-perpetrator"},
        **{"roles-1-says": "police"},
    )
    assert "Saved." in answer.content.decode()
    assert set(incident.roles.values_list("actor__name", "role", "says")) == {
        ("Example Brigade", "victim", ""),
        ("Interior ministry", "alleged-perpetrator", "police"),
    }
    assert "actors" in Review.objects.get(decision="correct").changes
    assert role.actor.roles.count() == 1


def test_a_country_has_no_position(client, moderator):
    incident = make_incident(mentions=1)
    post(client, incident, place_precision="country", place_name="Iraq")
    incident.refresh_from_db()
    assert (incident.place_precision, incident.latitude, incident.longitude, incident.radius_m, incident.cell) == (
        "country",
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"latitude": "33", "longitude": ""}, "A position is whole"),
        ({"latitude": "95"}, "less than or equal to 90"),
        ({"place_precision": "unknown", "latitude": "33", "longitude": "44"}, None),
        ({"date_end": "2023-12-31"}, "The last possible day is before the first"),
        ({"killed_high": "1"}, "The figures go from low to high"),
        ({"title": ""}, "This field is required"),
        ({"shown_version": "x"}, "changed this incident while you looked at it"),
    ],
)
def test_what_cannot_be_true_is_refused_with_everything_typed_still_there(client, moderator, changed, message):
    incident = make_incident(mentions=1)
    before = incident.version
    answer = client.post(
        change_url(incident), submitted(client, incident, weapon="two drones", **changed) | {"_save": "1"}
    )
    incident.refresh_from_db()
    if message is None:
        # Unknown with a position: the position goes.
        assert incident.latitude is None
        return
    html = answer.content.decode()
    assert message in html
    assert 'value="two drones"' in html
    assert incident.version == before


def test_a_stale_form_is_refused_keeps_what_was_typed_and_takes_over_the_rest(client, moderator, other):
    incident = make_incident(mentions=1, province="Baghdad")
    typed = submitted(client, incident, title="My title", killed_best="3")
    review.release_claim(incident=incident, by=moderator)
    review.correct(
        incident=incident,
        by=other,
        version=incident.version,
        changes={"title": "Their title", "province": "Diyala", "weapon": "rocket"},
    )
    answer = client.post(change_url(incident), typed | {"_save": "1"})
    html = answer.content.decode()
    assert "jonas changed this incident while you looked at it" in html
    assert "Their title" in html
    incident.refresh_from_db()
    assert (incident.title, incident.killed_best) == ("Their title", 2)
    form = answer.context["adminform"].form
    # What I changed stays mine; what I left alone is theirs.
    assert form["title"].value() == "My title"
    assert form["killed_best"].value() == "3"
    assert form["province"].value() == "Diyala"
    assert form["weapon"].value() == "rocket"

    again = {name: form[name].value() for name in form.fields}
    again = {name: "" if value is None else value for name, value in again.items()}
    inline = {name: value for name, value in typed.items() if name.startswith("roles-")}
    client.post(change_url(incident), inline | again | {"_save": "1"})
    incident.refresh_from_db()
    assert (incident.title, incident.killed_best, incident.province, incident.weapon) == (
        "My title",
        3,
        "Diyala",
        "rocket",
    )


def test_a_form_without_a_version_is_stale(client, moderator):
    incident = make_incident(mentions=1)
    data = submitted(client, incident, title="Blind") | {"_save": "1"}
    del data["shown_version"]
    assert client.post(change_url(incident), data).status_code == 200
    incident.refresh_from_db()
    assert incident.title != "Blind"


def test_rejecting_needs_a_reason_and_goes_to_the_next(client, moderator):
    incident, following = make_incident(), make_incident(title="The next one")
    answer = decide(client, "reject", incident, reason="  ", shown_version=incident.version)
    assert "Say why" in answer.content.decode()
    answer = decide(client, "reject", incident, reason="History told again", shown_version="1", next=following.pk)
    assert answer.redirect_chain[-1][0] == change_url(following)
    incident.refresh_from_db()
    assert (incident.status, incident.rejection_reason) == ("rejected", "History told again")
    assert LogEntry.objects.get().get_change_message() == "Rejected: History told again"


def test_rejecting_what_changed_meanwhile_is_refused(client, moderator, other):
    incident = make_incident()
    review.correct(incident=incident, by=other, version=1, changes={"title": "Another"})
    answer = decide(client, "reject", incident, reason="History told again", shown_version="1")
    assert "was changed while you looked at it" in answer.content.decode()
    incident.refresh_from_db()
    assert incident.status != Incident.Status.REJECTED


def test_possible_duplicates_stand_beside_with_their_differences_and_merge_in_one_step(client, moderator):
    incident = make_incident(mentions=1, killed_low=3, killed_best=3)
    known = make_incident(published=True, title="Drone strike on Baghdad")
    html = open_page(client, incident)
    assert "Possibly the same incident" in html
    assert "Drone strike on Baghdad" in html
    assert re.search(r'desk-differs"><th scope="row">killed</th><td[^>]*>at least 3</td><td[^>]*>at least 2', html)
    decide(client, "merge", incident, other=known.code, shown_version=incident.version)
    incident.refresh_from_db()
    assert (incident.status, incident.merged_into) == ("merged", known)
    assert known.mentions.count() == 2
    assert LogEntry.objects.get().get_change_message() == f"Merged into {known.code}"


def test_the_other_one_can_be_merged_into_this(client, moderator):
    incident, twin = make_incident(mentions=1), make_incident(mentions=1)
    answer = decide(client, "merge", incident, other=twin.code.lower(), keep_this="", shown_version=incident.version)
    assert answer.redirect_chain[-1][0] == change_url(incident)
    twin.refresh_from_db()
    assert (twin.status, twin.merged_into) == ("merged", incident)


@pytest.mark.parametrize("code", ["", "NOSUCH", "' OR 1=1 --"])
def test_merging_into_nothing_is_refused(client, moderator, code):
    incident = make_incident(mentions=1)
    answer = decide(client, "merge", incident, other=code, shown_version=incident.version)
    assert "There is no incident with this code" in answer.content.decode()


def test_chosen_mentions_are_split_off(client, moderator):
    incident = make_incident(mentions=2)
    away = incident.mentions.last()
    assert f'value="{away.pk}" form="split-form"' in open_page(client, incident)
    answer = decide(client, "split", incident, mentions=[away.pk], shown_version=incident.version)
    assert "Split off" in answer.content.decode()
    away.refresh_from_db()
    assert away.incident != incident
    assert away.incident.status == Incident.Status.CANDIDATE


@pytest.mark.parametrize("mentions", [[], ["x", "9" * 40], ["-1"]])
def test_splitting_without_a_choice_is_refused(client, moderator, mentions):
    incident = make_incident(mentions=2)
    answer = decide(client, "split", incident, mentions=mentions, shown_version=incident.version)
    assert "Choose some of" in answer.content.decode()
    assert incident.mentions.count() == 2


@pytest.mark.parametrize("decision", ["publish", "reject", "merge", "split"])
def test_the_last_decision_is_taken_back(client, moderator, decision):
    incident = make_incident(mentions=2)
    twin = make_incident(mentions=1)
    match decision:
        case "publish":
            post(client, incident, "_publish", title="Corrected on the way")
        case "reject":
            decide(client, "reject", incident, reason="History told again")
        case "merge":
            decide(client, "merge", incident, other=twin.code)
        case "split":
            decide(client, "split", incident, mentions=[incident.mentions.last().pk])
    page = open_page(client, twin)
    undo = re.search(r'action="([^"]*/undo/\d+/[^"]*)"', page).group(1)
    assert client.get(undo).status_code == 405
    answer = client.post(undo, follow=True)
    assert "Taken back" in answer.content.decode()
    incident.refresh_from_db()
    assert incident.status in {"candidate", "in-review"}
    assert incident.title == "Drone strike in Baghdad kills at least 2"
    assert incident.mentions.count() == 2
    assert twin.mentions.count() == 1


def test_what_was_taken_back_cannot_be_taken_back_again(client, moderator):
    incident = make_incident(mentions=1)
    decided = review.reject(incident=incident, by=moderator, reason="History told again")
    url = reverse("admin:incidents_incident_undo", args=[decided.pk])
    client.post(url)
    assert "nothing to undo" in client.post(url, follow=True).content.decode()
    assert client.post(reverse("admin:incidents_incident_undo", args=[10**6])).status_code == 404


def test_moderators_take_back_their_own_decisions_and_administrators_any(client, moderator, other):
    incident = make_incident(mentions=1)
    decided = review.reject(incident=incident, by=other, reason="History told again")
    url = reverse("admin:incidents_incident_undo", args=[decided.pk])
    assert client.post(url).status_code == 403
    client.force_login(make_admin())
    assert "Taken back" in client.post(url, follow=True).content.decode()


@pytest.mark.parametrize("name", ["reject", "merge", "split", "release"])
def test_decisions_are_taken_by_post_alone_and_with_a_token(client, moderator, name):
    incident = make_incident(mentions=2)
    url = reverse(f"admin:incidents_incident_{name}", args=[incident.pk])
    assert client.get(url).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(moderator)
    assert strict.post(url, {"reason": "no token"}).status_code == 403
    incident.refresh_from_db()
    assert incident.status == Incident.Status.CANDIDATE


@pytest.mark.parametrize("name", ["reject", "merge", "split", "release"])
def test_an_incident_that_is_not_there_is_not_found(client, moderator, name):
    assert client.post(f"/admin/incidents/incident/{'9' * 30}/{name}/").status_code == 404
    assert client.post(f"/admin/incidents/incident/x/{name}/").status_code == 404


def test_next_and_previous_follow_the_list_the_moderator_came_from(client, moderator, other):
    made = [make_incident(title=f"Number {n}", confidence=n / 10, date_start=date(2023, n, 1)) for n in range(1, 6)]
    review.claim(incident=made[3], by=other)
    html = open_page(client, made[2])
    links = dict(re.findall(r'<a href="([^"]*)" rel="(\w+)"', html))
    assert {rel: url for url, rel in links.items()} == {
        "prev": change_url(made[1]),
        # The fourth is being viewed by somebody else.
        "next": change_url(made[4]),
    }
    assert "3 of 5" in html
    filtered = client.get(change_url(made[0]), {"_changelist_filters": "sure=low&o=-6"}).content.decode()
    links = {rel: url for url, rel in re.findall(r'<a href="([^"]*)" rel="(\w+)"', filtered)}
    assert links["prev"].startswith(change_url(made[1]))
    assert "_changelist_filters" in links["prev"]
    assert "next" not in links


@pytest.mark.parametrize("filters", ["o=99&p=x", "nonsense=1", "known=yes&o=7", "status=published&o=1"])
def test_odd_filters_break_no_page(client, moderator, filters):
    incident = make_incident(mentions=1)
    assert client.get(change_url(incident), {"_changelist_filters": filters}).status_code == 200


@pytest.mark.parametrize("following", ["", "x", "9" * 30, "-1"])
def test_without_a_next_one_the_queue_follows(client, moderator, following):
    incident = make_incident()
    answer = decide(client, "reject", incident, reason="History told again", next=following)
    assert answer.redirect_chain[-1][0] == reverse("admin:incidents_incident_changelist")


def test_the_page_asks_a_bounded_number_of_queries(client, moderator, django_assert_max_num_queries):
    incident = make_incident(mentions=2)
    for _ in range(3):
        make_incident(published=True)
    open_page(client, incident)
    with django_assert_max_num_queries(60) as few:
        open_page(client, incident)
    for _ in range(8):
        make_mention(incident=incident, article=make_article(source=make_source()))
    with django_assert_max_num_queries(60) as many:
        open_page(client, incident)
    assert len(many) == len(few)


def test_copies_stand_after_originals_and_other_incidents_of_an_article_are_named(client, moderator):
    incident = make_incident()
    original = make_article(title="The original")
    copy = make_article(title="The copy", copy_of=original)
    make_mention(incident=incident, article=copy, confidence=0.99)
    make_mention(incident=incident, article=original, confidence=0.5)
    make_mention(incident=make_incident(title="Told in the same article"), article=original)
    html = open_page(client, incident)
    assert html.index("The original") < html.index("The copy")
    assert "Told in the same article" in html


def test_the_history_of_an_incident_says_who_changed_what(client, moderator):
    incident = make_incident(mentions=1)
    post(client, incident, title="Drone hits a depot")
    html = client.get(reverse("admin:incidents_incident_history", args=[incident.pk])).content.decode()
    assert "amira" in html
    assert "Drone hits a depot" in html
    assert " style=" not in html


def test_no_old_version_is_put_back_behind_the_workflow(client, moderator):
    incident = make_incident(title="The first title")
    review.correct(incident=incident, by=moderator, version=1, changes={"title": "The second title"})
    oldest = incident.history.last()
    url = reverse("admin:incidents_incident_simple_history", args=[incident.pk, oldest.pk])
    answer = client.post(url, {"title": "The first title"})
    assert answer.url == reverse("admin:incidents_incident_history", args=[incident.pk])
    incident.refresh_from_db()
    assert incident.title == "The second title"


def test_a_moderator_adds_an_incident_by_hand(client, moderator):
    data = {"title": "Rockets at a base", "kind": "missile-rocket", "time_precision": "day", "date_start": "2024-01-20"}
    data |= {"date_end": "2024-01-20", "place_precision": "town", "place_name": "Erbil", "latitude": "36.19"}
    data |= {"longitude": "44.01", "radius_m": "8000", "credibility": "6", "sensitivity": "normal"}
    data |= {"roles-TOTAL_FORMS": "0", "roles-INITIAL_FORMS": "0", "casualties_by_group": "{}"}
    answer = client.post(reverse("admin:incidents_incident_add"), data)
    assert answer.status_code == 302
    incident = Incident.objects.get()
    assert (incident.title, incident.status, incident.place_found_by) == ("Rockets at a base", "candidate", "moderator")
    assert incident.killed_low is None


@pytest.mark.parametrize("day", ["0024-01-20", "9999-12-31"])
def test_a_year_that_is_a_slip_is_refused(client, moderator, day):
    incident = make_incident()
    answer = client.post(change_url(incident), submitted(client, incident, date_start=day, date_end=day))
    assert "Write the year in full" in answer.content.decode()
    assert Incident.objects.get(pk=incident.pk).date_start == incident.date_start
