"""What the database itself refuses, whoever writes, and what the querysets show."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from incidents.extraction.types import PlacePrecision
from incidents.models import Actor, Article, Incident, IncidentActor, LocalPlace, Mention, Quote, Review, Source
from tests.factories import (
    make_actor,
    make_article,
    make_incident,
    make_local_place,
    make_mention,
    make_role,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


# NULL is no violation of a CHECK, so that half a position passes `latitude BETWEEN ... OR ...`.


def refused(write):
    """The database refuses, and the transaction can go on."""
    with pytest.raises(IntegrityError), transaction.atomic():
        write()
    return True


@pytest.mark.parametrize(
    "fields",
    [
        {"latitude": 91},
        {"longitude": -181},
        {"latitude": None},
        {"longitude": None},
        {"place_precision": "country"},
        {"place_precision": "unknown"},
        {"date_start": date(2024, 1, 21), "date_end": date(2024, 1, 20)},
        {"killed_low": 3, "killed_high": 2},
        {"wounded_low": 3, "wounded_high": 2},
        {"killed_low": -1},
        {"status": "published"},
        {"status": "published", "published_at": datetime(2024, 1, 1, tzinfo=UTC)},
        {"status": "rejected"},
        {"cell": None},
    ],
    ids=str,
)
def test_an_incident_that_contradicts_itself_is_refused(fields):
    incident = make_incident()
    assert refused(lambda: Incident.objects.filter(pk=incident.pk).update(**fields))


def test_only_a_merged_incident_names_another():
    incident, other = make_incident(), make_incident()
    assert refused(lambda: Incident.objects.filter(pk=incident.pk).update(merged_into=other))


def test_a_public_code_is_one_incidents():
    incident = make_incident()
    assert refused(lambda: make_incident(code=incident.code))


def test_silence_about_figures_is_allowed_and_stays_null():
    incident = make_incident(killed_low=None, killed_best=None, date_start=None)
    incident.refresh_from_db()
    assert (incident.killed_low, incident.wounded_low, incident.date_start) == (None, None, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"latitude": 91, "longitude": 0},
        {"latitude": 10, "longitude": None},
        {"date_start": date(2024, 1, 22)},
        {"killed_low": 3, "killed_high": 2},
        {"is_aggregate": True},
    ],
    ids=str,
)
def test_a_mention_that_contradicts_itself_is_refused(fields):
    mention = make_mention()
    assert refused(lambda: Mention.objects.filter(pk=mention.pk).update(**fields))


def test_a_finding_is_one_mention_of_its_article():
    mention = make_mention()
    assert refused(lambda: make_mention(article=mention.article, key=mention.key))
    make_mention(key=mention.key)


def test_a_quote_has_words_and_stands_once():
    mention = make_mention()
    assert refused(lambda: Quote.objects.create(mention=mention, field="date", start=5, end=5, text=""))
    quote = mention.quotes.first()
    again = {"field": quote.field, "start": quote.start, "end": quote.end, "text": quote.text}
    assert refused(lambda: Quote.objects.create(mention=mention, **again))


def test_an_article_has_one_row_for_its_address_and_any_number_without_one():
    article = make_article()
    assert refused(lambda: make_article(url=article.url))
    make_article(url=None)
    make_article(url=None)


def test_a_failed_article_says_why_and_none_is_a_copy_of_itself():
    article = make_article()
    assert refused(lambda: make_article(state=Article.State.FAILED))
    assert refused(lambda: Article.objects.filter(pk=article.pk).update(copy_of=article.pk))


def test_a_domain_is_one_source_and_its_home_is_on_the_globe():
    source = make_source()
    assert refused(lambda: make_source(domain=source.domain))
    assert refused(lambda: make_source(latitude=95, longitude=0))
    make_source(domain=None)
    make_source(domain=None)


def test_a_source_is_not_at_home_on_a_whole_parallel():
    assert refused(lambda: make_source(latitude=33))


def test_an_actor_has_one_name_and_a_role_once():
    incident, actor = make_incident(), make_actor("Example Brigade")
    assert refused(lambda: make_actor("Example Brigade"))
    make_role(incident, actor, "perpetrator")
    assert refused(lambda: make_role(incident, actor, "perpetrator"))
    make_role(incident, actor, "claimed-by")
    assert refused(lambda: make_actor(year_start=2014, year_end=2003))


def test_an_actor_with_a_part_in_an_incident_is_not_deleted():
    make_role(make_incident(), "Example Brigade")
    with pytest.raises(ProtectedError):
        Actor.objects.all().delete()
    assert IncidentActor.objects.count() == 1


def test_a_local_place_is_on_the_globe():
    assert refused(lambda: make_local_place(latitude=-91))
    assert LocalPlace.objects.count() == 0


def test_a_decision_has_a_time_and_a_person_one_open_claim():
    incident, user = make_incident(), make_user()
    assert refused(lambda: Review.objects.create(incident=incident, reviewer=user, decision="publish"))
    Review.objects.create(incident=incident, reviewer=user)
    assert refused(lambda: Review.objects.create(incident=incident, reviewer=user))


def test_the_public_sees_published_incidents_whose_day_has_come():
    shown = make_incident(published=True)
    make_incident()
    make_incident(status=Incident.Status.IN_REVIEW)
    make_incident(status=Incident.Status.REJECTED)
    make_incident(published=True, publish_after=timezone.now() + timedelta(days=1))
    released = make_incident(published=True, publish_after=timezone.now() - timedelta(days=1))
    merged = make_incident(status=Incident.Status.MERGED, merged_into=shown)
    assert set(Incident.objects.published()) == {shown, released}
    assert [incident.is_public for incident in (shown, released, merged)] == [True, True, False]
    assert Source.objects.public().count() == Article.objects.public().count() == 2


def test_a_capped_place_is_coarser_wherever_the_public_looks():
    incident = make_incident(
        published=True,
        place_name="Al-Karrada",
        place_precision="neighbourhood",
        radius_m=2000,
        public_precision="province",
    )
    assert (incident.public_place_name, incident.public_place_precision) == ("Baghdad", "province")
    assert incident.public_radius_m > 100_000
    assert (incident.public_latitude, incident.public_longitude) != (incident.latitude, incident.longitude)
    moved = make_incident(published=True, latitude=33.35, longitude=44.41, public_precision="province")
    assert (moved.public_latitude, moved.cell) == (incident.public_latitude, incident.cell)


def test_a_cap_takes_effect_when_only_it_is_saved():
    incident = make_incident(published=True)
    incident.public_precision = PlacePrecision.COUNTRY
    incident.save(update_fields=["public_precision"])
    incident.refresh_from_db()
    assert (incident.public_latitude, incident.cell, incident.public_place_name) == (None, None, "IQ")
    assert incident.latitude == 33.3406


def test_a_place_coarser_than_its_cap_stays_as_it_is():
    incident = make_incident(place_precision="district", radius_m=40_000, public_precision="town")
    assert (incident.public_latitude, incident.public_radius_m) == (33.3406, 40_000)


def test_a_cell_is_the_position_to_within_a_metre():
    import quadbin

    incident = make_incident(latitude=-41.2889, longitude=174.7772)
    longitude, latitude = quadbin.cell_to_point(incident.cell)
    assert (latitude, longitude) == pytest.approx((-41.2889, 174.7772), abs=0.00001)


def test_two_who_change_one_incident_at_once_do_not_both_win():
    incident = make_incident()
    same = Incident.objects.get(pk=incident.pk)
    assert incident.bump()
    assert not same.bump()
