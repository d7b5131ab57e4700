"""What a visitor must not learn: names behind unpublished work, and the place that a cap protects."""

from __future__ import annotations

import pytest

from incidents.workflows import review
from tests.factories import make_actor, make_incident, make_moderator, make_role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["/", "/incidents/", "/embed/"])
def test_the_number_of_an_actor_of_unpublished_incidents_gives_no_name(client, page):
    make_incident(published=True)
    hidden = make_role(make_incident(), make_actor("Example Front")).actor
    assert "Example Front" not in client.get(page, {"actor": hidden.pk}).content.decode()

    make_role(make_incident(published=True), hidden)
    assert "Example Front" in client.get(page, {"actor": hidden.pk}).content.decode()


def test_an_earlier_note_does_not_outlive_the_cap_on_the_place(client):
    incident = make_incident(published=True, public_note="It was the hamlet of Exampleford.")
    changes = {"public_note": "The place was made coarser.", "public_precision": "province"}
    review.correct(incident=incident, by=make_moderator(), version=incident.version, changes=changes)

    page = client.get(incident.get_absolute_url()).content.decode()
    assert "Exampleford" not in page
    assert "The place was made coarser." in page


@pytest.mark.parametrize("field", ["title", "summary", "credibility_reason", "public_note"])
def test_words_that_name_a_capped_place_are_not_published(client, field):
    words = {"title": "Armed attack", field: "An attack in EXAMPLEFORD, at night"}
    place = {"place_name": "Exampleford", "province": "Example Province", "public_precision": "province"}
    incident, moderator = make_incident(**place, **words), make_moderator()
    with pytest.raises(review.ReviewError, match="names Exampleford"):
        review.publish(incident=incident, by=moderator)
    assert client.get(incident.get_absolute_url()).status_code == 404

    review.publish(incident=incident, by=moderator, changes={field: "An attack in Example Province"})
    with pytest.raises(review.ReviewError, match="names Exampleford"):
        review.correct(incident=incident, by=moderator, version=incident.version, changes={field: "Exampleford"})
    assert "exampleford" not in client.get(incident.get_absolute_url()).content.decode().lower()


def test_a_name_that_the_public_may_know_stands_in_the_title():
    place = {"place_name": "Example", "province": "Example Province", "public_precision": "province"}
    for facts in (place, {"place_name": "Exampleford"}, {"place_name": "Exampleford", "public_precision": "site"}):
        incident = make_incident(title="Attack in Example or Exampleford", **facts)
        assert review.publish(incident=incident, by=make_moderator()).decision == "publish"
