"""The factories give whole rows: every other test stands on them."""

import pytest

from incidents.models import Article, Incident, Mention
from tests.factories import make_incident, make_mention, make_moderator

pytestmark = pytest.mark.django_db


def test_an_incident_is_a_candidate_unless_published():
    candidate, published = make_incident(), make_incident(published=True)
    assert list(Incident.objects.waiting()) == [candidate]
    assert list(Incident.objects.published()) == [published]
    assert Article.objects.public().count() == 1


def test_a_mention_quotes_the_words_of_its_article():
    mention = make_mention()
    quotes = list(mention.quotes.all())
    assert {quote.field for quote in quotes} == {"kind", "date", "place", "killed"}
    assert all(mention.article.text[quote.start : quote.end] == quote.text for quote in quotes)


def test_an_aggregate_has_no_incident():
    assert make_mention(is_aggregate=True).incident is None
    assert Mention.objects.aggregates().count() == 1


def test_a_moderator_may_work_in_the_admin_and_delete_no_incident():
    moderator = make_moderator()
    assert moderator.is_staff
    assert moderator.has_perms(["incidents.change_incident", "incidents.add_localplace", "incidents.view_article"])
    assert not moderator.has_perm("incidents.delete_incident")
    assert not moderator.has_perm("auth.change_user")
