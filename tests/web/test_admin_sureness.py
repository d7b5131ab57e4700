"""How sure each field is, said in words beside the form, and reports beside one another."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from incidents.admin.sureness import about, by_field, word_for
from incidents.workflows import review
from tests.factories import make_article, make_incident, make_mention, make_moderator, make_source

pytestmark = pytest.mark.django_db
PARTS = {"kind": 0.9, "date": 0.7, "place": 0.45, "killed": 0.1}


@pytest.fixture
def moderator(client):
    user = make_moderator()
    client.force_login(user)
    return user


def page(client, incident) -> str:
    answer = client.get(reverse("admin:incidents_incident_change", args=[incident.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def sure_of(html: str) -> dict[str, str]:
    """Each field's line as text."""
    found = re.findall(r'<div class="desk-sure" data-sure="(\w+)">(.*?)</div>', html, re.DOTALL)
    return {name: " ".join(re.sub(r"<[^>]*>", " ", inner).split()) for name, inner in found}


def test_each_field_says_how_sure_it_is_in_a_word_a_share_and_reasons(client, moderator):
    incident = make_incident()
    reasons = ["told in 2 sentences", "dated by the article's own date", "place: one of 4 of this name"]
    make_mention(incident=incident, confidence_parts=PARTS, reasons=reasons)
    html = page(client, incident)
    sure = sure_of(html)
    assert sure["kind"].startswith("kind sure 90 %")
    assert sure["date"].startswith("date fairly sure 70 %")
    assert "dated by the article" in sure["date"]
    assert sure["place"].startswith("place unsure 45 %")
    assert "one of 4 of this name" in sure["place"]
    assert "place: one" not in sure["place"]
    assert sure["killed"].startswith("killed a guess 10 %")
    assert "“two people were killed”" in sure["killed"]
    assert sure["wounded"] == "wounded not stated"
    assert "told in 2 sentences" in re.search(r'class="desk-whole-why">(.*?)</p>', html, re.DOTALL)[1]


def test_a_field_that_the_reader_does_not_rate_says_so_and_no_share(client, moderator):
    incident = make_incident(mentions=1)
    assert sure_of(page(client, incident))["killed"].startswith("killed not rated “two")


def test_what_a_moderator_set_is_no_longer_the_readers(client, moderator):
    incident = make_incident(mentions=1)
    review.correct(incident=incident, by=moderator, version=1, changes={"kind": "shelling"})
    assert sure_of(page(client, incident))["kind"] == "kind set by a moderator the articles say drone strike"


def test_sources_that_agree_and_differ_are_counted_without_copies():
    incident = make_incident()
    first = make_mention(incident=incident, confidence_parts={"killed": 0.5})
    later = make_mention(incident=incident, killed_low=5, killed_high=5, confidence_parts={"killed": 0.9})
    copy = make_mention(incident=incident, article=make_article(copy_of=first.article), killed_low=9)
    sure = by_field(incident, [first, later, copy])
    assert "all 2 reports agree" in sure["kind"].reasons
    assert "reports differ: at least 2 / 5" in sure["killed"].reasons
    assert sure["killed"].share == 0.5


@pytest.mark.parametrize(
    ("reason", "field"),
    [
        ("no date", "date"),
        ("the place is named in another sentence", "place"),
        ("the means are not named", "kind"),
        ("told in 3 sentences", None),
        ("killed: added up from a list of victims", "killed"),
        ("note: nothing of ours", None),
    ],
)
def test_a_reason_stands_beside_the_field_it_is_about(reason, field):
    assert about(reason) == field


@pytest.mark.parametrize("share", [0.0, 0.39, 0.4, 0.6, 0.8, 1.0])
def test_every_share_has_a_word(share):
    assert word_for(share) == ("a guess" if share < 0.4 else {0.4: "unsure", 0.6: "fairly sure"}.get(share, "sure"))


def test_old_and_new_figures_stand_side_by_side_with_what_is_new_marked(client, moderator):
    incident = make_incident()
    for day, killed in ((21, 2), (22, 5)):
        source = make_source(name=f"Paper of the {day}")
        article = make_article(source=source, published_at=datetime(2024, 1, day, 9, tzinfo=UTC))
        make_mention(incident=incident, article=article, killed_low=killed, killed_high=killed)
    table = re.search(r"desk-told-figures.*?</table>", page(client, incident), re.DOTALL)[0]
    text = " ".join(re.sub(r"<[^>]*>", " ", table).split())
    assert re.search(r"21 Jan 2024 .*Paper of the 21 2 – 22 Jan 2024 .*Paper of the 22 5 new –", text)


def test_a_proposal_says_what_both_would_state_as_one(client, moderator):
    known = make_incident(published=True)
    incident = make_incident(date_start=date(2024, 1, 20), killed_low=5, killed_high=5, killed_best=5, mentions=1)
    html = page(client, incident)
    row = re.search(r'<th scope="row">killed</th>(.*?)</tr>', html, re.DOTALL)[1]
    assert re.findall(r"<td[^>]*>(.*?)</td>", row) == ["5", "at least 2", "2 to 5"]
    assert known.title in html


def test_the_queue_finds_what_the_reader_is_unsure_of(client, moderator):
    make_mention(incident=make_incident(title="Where"), confidence_parts={"place": 0.3, "date": 0.9})
    make_mention(incident=make_incident(title="When"), confidence_parts={"place": 0.9, "date": 0.3})
    both = make_incident(title="Told better elsewhere")
    make_mention(incident=both, confidence_parts={"place": 0.3})
    make_mention(incident=both, confidence_parts={"place": 0.8})
    html = client.get(reverse("admin:incidents_incident_changelist"), {"unsure": "place"}).content.decode()
    assert re.findall(r'<span class="desk-title">(.*?)</span>', html) == ["Where"]


def test_the_page_asks_no_more_for_many_reports_and_proposals(client, moderator, django_assert_max_num_queries):
    incident = make_incident(mentions=1)
    make_incident(mentions=1)
    page(client, incident)
    with django_assert_max_num_queries(60) as few:
        page(client, incident)
    for _ in range(5):
        make_mention(incident=incident)
        make_incident(mentions=3)
    with django_assert_max_num_queries(60) as many:
        page(client, incident)
    assert len(many) <= len(few)


def test_the_public_reads_no_confidence_of_the_machine(client):
    incident = make_incident(published=True, confidence=0.4321)
    for address in (
        incident.get_absolute_url(),
        reverse("incidents:explorer"),
        reverse("incidents:titles") + f"?codes={incident.code}",
        reverse("incidents:export-csv"),
        reverse("incidents:export-geojson"),
    ):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"confidence" not in body.lower(), address
        assert b"0.43" not in body, address
