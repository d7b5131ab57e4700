"""The first page of the desk and the queue."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incidents.models import Incident, Review
from incidents.workflows import review
from incidents.workflows.duplicates import propose
from tests.factories import make_article, make_incident, make_mention, make_moderator, make_source

pytestmark = pytest.mark.django_db

QUEUE = "admin:incidents_incident_changelist"


@pytest.fixture
def moderator(client):
    user = make_moderator(username="amira")
    client.force_login(user)
    return user


def waiting_since(title: str, days: int, **fields) -> Incident:
    incident = make_incident(title=title, **fields)
    Incident.objects.filter(pk=incident.pk).update(created_at=timezone.now() - timedelta(days=days))
    return incident


def titles(html: str) -> list[str]:
    return re.findall(r'<span class="desk-title">(.*?)</span>', html)


def get_queue(client, **params) -> str:
    answer = client.get(reverse(QUEUE), params)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_queue_shows_what_waits_oldest_first(client, moderator):
    waiting_since("Second", 2)
    waiting_since("First", 5)
    waiting_since("Published", 9, published=True)
    waiting_since("Rejected", 9, status="rejected")
    waiting_since("Third", 1, status="in-review")
    assert titles(get_queue(client)) == ["First", "Second", "Third"]


def test_the_queue_can_be_sorted_by_confidence(client, moderator):
    make_incident(title="Unsure", confidence=0.2)
    make_incident(title="Sure", confidence=0.9)
    html = get_queue(client)
    link = re.search(r'<th scope="col" class="[^"]*column-sure.*?href="\?([^"]*)"', html, re.DOTALL)
    descending = re.sub(r"o=(\d+)", r"o=-\1", link.group(1).split("&amp;")[0])
    assert titles(client.get(f"{reverse(QUEUE)}?{descending}").content.decode()) == ["Sure", "Unsure"]


def test_the_first_page_leads_to_the_most_confident(client, moderator):
    make_incident(title="Unsure", confidence=0.2)
    make_incident(title="Sure", confidence=0.9)
    index = client.get(reverse("admin:index")).content.decode()
    link = re.search(r'href="([^"]*\?o=[^"]*)"', index).group(1)
    assert titles(client.get(link).content.decode()) == ["Sure", "Unsure"]


def test_a_row_says_when_where_how_sure_by_whom_and_whether_it_may_be_known(client, moderator):
    source = make_source(name="Tigris Daily")
    incident = make_incident(confidence=0.42, date_end=date(2024, 1, 22), time_precision="few-days")
    make_mention(incident=incident, article=(first := make_article(source=source)))
    make_mention(incident=incident, article=make_article(source=source, copy_of=first))
    make_mention(incident=incident, article=make_article(source=make_source(name="Other")))
    make_incident(title="The same", published=True)
    propose(incident)
    review.claim(incident=incident, by=make_moderator(username="jonas"))
    html = get_queue(client)
    assert "20 to 22 Jan 2024, few days" in html
    assert "Baghdad, IQ" in html
    assert "town" in html
    assert "42 %" in html
    assert "Tigris Daily +1" in html
    assert "jonas" in html
    assert re.search(r'title="[^"]*both in Baghdad[^"]*">(likely|maybe) \d+ %', html)


def test_filters_narrow_the_queue(client, moderator):
    other = make_moderator(username="jonas")
    review.claim(incident=make_incident(title="Theirs", date_start=date(2024, 1, 1)), by=other)
    review.claim(incident=make_incident(title="Mine", date_start=date(2024, 1, 5)), by=moderator)
    make_incident(title="Placeless", place_precision="country", confidence=0.3, date_start=date(2024, 1, 9))
    make_incident(title="Twin", date_start=date(2024, 1, 15))
    propose(make_incident(title="Twin", date_start=date(2024, 1, 15)))
    assert titles(get_queue(client, claimed="others")) == ["Theirs"]
    assert titles(get_queue(client, claimed="me")) == ["Mine"]
    assert "Mine" not in titles(get_queue(client, claimed="no"))
    assert titles(get_queue(client, placed="no")) == ["Placeless"]
    assert "Placeless" not in titles(get_queue(client, placed="yes"))
    assert titles(get_queue(client, sure="low")) == ["Placeless"]
    assert titles(get_queue(client, known="yes")) == ["Twin", "Twin"]
    assert "Twin" not in titles(get_queue(client, known="no"))
    assert titles(get_queue(client, status="published")) == []
    assert len(titles(get_queue(client, status="all"))) == 5


def test_the_queue_asks_as_many_queries_for_thirty_rows_as_for_three(client, moderator, django_assert_max_num_queries):
    def fill(count: int) -> None:
        for _ in range(count):
            make_incident(mentions=2)

    fill(3)
    get_queue(client)
    with django_assert_max_num_queries(50) as few:
        get_queue(client)
    fill(27)
    with django_assert_max_num_queries(50) as many:
        assert len(titles(get_queue(client))) == 30
    assert len(many) == len(few)
    assert len(few) < 12
    assert not any('"text"' in query["sql"] for query in many.captured_queries)


def test_a_titles_markup_is_escaped_in_the_queue(client, moderator):
    make_incident(title="<script>alert(1)</script>")
    html = get_queue(client)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_first_page_counts_what_waits_and_what_was_decided(client, moderator):
    other = make_moderator(username="jonas")
    rejected = [make_incident(mentions=1, date_start=date(2023, 3, 1) + timedelta(days=30 * n)) for n in range(3)]
    for incident in rejected:
        review.reject(incident=incident, by=other, reason="History told again")
    review.publish(incident=make_incident(mentions=1), by=other, changes={"kind": "air-strike"})
    make_incident(date_start=date(2022, 1, 1))
    review.claim(incident=make_incident(title="Looked at", date_start=date(2022, 5, 1)), by=other)
    make_incident(place_precision="country", date_start=date(2022, 9, 1))
    make_article(state="failed", error="The page answered 403")
    make_article(state="read", language="so")
    html = client.get(reverse("admin:index")).content.decode()
    text = " ".join(re.sub(r"<[^>]*>", " ", html).split())
    assert "3 wait for a decision" in text
    assert "1 in review" in text
    assert "1 without a point" in text
    assert "1 failed articles" in text
    assert "1 in other languages" in text
    assert "jonas : Looked at" in text
    assert "reject jonas 3" in text
    assert "publish jonas 1" in text
    assert "History told again 3" in text
    assert "drone strike 0 % 0 of 3" in text


def test_the_first_page_of_an_empty_site_says_that_there_is_nothing_to_do(client, moderator):
    html = client.get(reverse("admin:index")).content.decode()
    assert "nothing to do" in html
    assert "Nobody looks at a candidate" in html


def test_publishing_several_asks_first_and_is_logged(client, moderator, django_user_model):
    chosen = [make_incident(mentions=1), make_incident(mentions=1, place_precision="country")]
    data = {"action": "publish_selected", "_selected_action": [incident.pk for incident in chosen]}
    asked = client.post(reverse(QUEUE), data).content.decode()
    assert "Publish these incidents?" in asked
    assert "No point on the map" in asked
    assert not Incident.objects.published().exists()
    answer = client.post(reverse(QUEUE), {**data, "confirmed": "yes"}, follow=True)
    assert "2 incidents published" in answer.content.decode()
    assert Incident.objects.published().count() == 2
    assert moderator.logentry_set.count() == 2


def test_articles_in_other_languages_are_found_and_marked(client, moderator):
    make_article(title="Mlipuko mjini", language="so", state="read")
    make_article(title="爆炸", language="und", state="read")
    make_article(title="A blast in town")
    html = client.get(reverse("admin:incidents_article_changelist"), {"language": "unread"}).content.decode()
    assert "Mlipuko mjini" in html
    assert "unknown language" in html
    assert "A blast in town" not in html
    html = client.get(reverse("admin:incidents_article_changelist"), {"language": "en"}).content.decode()
    assert "A blast in town" in html
    assert "Mlipuko mjini" not in html


def test_rejecting_several_needs_a_reason(client, moderator):
    incident = make_incident()
    data = {"action": "reject_selected", "_selected_action": [incident.pk], "confirmed": "yes"}
    refused = client.post(reverse(QUEUE), {**data, "reason": " "})
    assert "Reject these incidents?" in refused.content.decode()
    assert not Review.objects.decided().exists()
    client.post(reverse(QUEUE), {**data, "reason": "History told again"})
    incident.refresh_from_db()
    assert (incident.status, incident.rejection_reason) == ("rejected", "History told again")


def test_one_refusal_stops_no_other_decision(client, moderator):
    theirs, free = make_incident(title="Theirs"), make_incident(title="Free")
    review.claim(incident=theirs, by=make_moderator(username="jonas"))
    data = {"action": "publish_selected", "_selected_action": [theirs.pk, free.pk], "confirmed": "yes"}
    html = client.post(reverse(QUEUE), data, follow=True).content.decode()
    assert "jonas looks at" in html
    assert [incident.title for incident in Incident.objects.published()] == ["Free"]


def test_what_changed_since_it_was_shown_is_not_published_with_the_others(client, moderator):
    incident = make_incident()
    data = {"action": "publish_selected", "_selected_action": [incident.pk], "confirmed": "yes"}
    seen = incident.version
    review.correct(incident=incident, by=make_moderator(), version=seen, changes={"title": "Another title"})
    html = client.post(reverse(QUEUE), {**data, f"version-{incident.pk}": seen}, follow=True).content.decode()
    assert "changed while you looked at it" in html
    assert not Incident.objects.published().exists()
