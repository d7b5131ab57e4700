"""What a local place would change, before and when it is saved."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.extraction.types import PlacePrecision
from incidents.models import Article, Incident, LocalPlace, Mention, Review
from incidents.workflows import review
from incidents.workflows.candidates import title_of
from incidents.workflows.naming_articles import articles_naming
from incidents.workflows.place_changes import keep_place, preview
from incidents.workflows.places import gazetteer, names_of, packaged
from tests.factories import make_article, make_incident, make_local_place, make_mention, make_moderator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_places")]
TEXT = "A drone hit a house near Dar al Salam on Saturday."


def draft(**fields) -> LocalPlace:
    """Not saved: a village north of Baghdad."""
    given = {"name": "Dar as-Salam", "aliases": ["Dar al-Salam"], "latitude": 33.5, "longitude": 44.4}
    return LocalPlace(**given | {"level": "neighbourhood", "radius_m": 2_000, "country": "IQ"} | fields)


def named(words: str = "Dar al Salam", text: str = TEXT, mention: dict | None = None, **fields) -> Incident:
    """An incident whose article says `words` for its place; it was read as Baghdad."""
    incident = make_incident(mentions=0, **fields)
    start = text.index(words)
    quotes = [("place", start, start + len(words))]
    make_mention(incident=incident, article=make_article(text=text), quotes=quotes, **mention or {})
    return incident


def place_of(incident: Incident) -> tuple[str, float | None, float | None]:
    incident = Incident.objects.get(pk=incident.pk)
    return incident.place_name, incident.latitude, incident.longitude


# Names


def test_a_second_name_for_a_packaged_place_leaves_its_own_name_what_it_was():
    paris = draft(
        name="Paris", aliases=["City of Light"], latitude=48.853, longitude=2.349, level="town", radius_m=11_000
    )
    assert names_of(paris, packaged()) == ("City of Light",)
    paris.save()
    assert [place.country for place in gazetteer().lookup("Paris")] == ["FR", "US"]
    assert [place.country for place in gazetteer().lookup("city of light")] == ["IQ"]


@pytest.mark.parametrize("other", [{"latitude": 48.9}, {"radius_m": 20_000}, {"aliases": []}])
def test_a_corrected_packaged_place_answers_to_its_own_name_too(other):
    same = {"latitude": 48.853, "longitude": 2.349, "level": "town", "radius_m": 11_000, "aliases": ["City of Light"]}
    assert names_of(draft(name="Paris", **same | other), packaged())[0] == "Paris"


# Looking ahead


def test_candidates_and_published_with_the_words_are_found_apart_however_they_are_spelled():
    waiting, published = named("Dar al Salam"), named(published=True)
    named("a house")
    make_incident(place_name="Dar al-Salam", status=Incident.Status.REJECTED, mentions=1)
    changes = preview(place=draft())
    assert [move.incident for move in changes.waiting] == [waiting]
    assert [move.incident for move in changes.published] == [published]
    (move,) = changes.waiting
    assert move.words == "Dar al Salam"
    assert move.then["place_name"] == "Dar as-Salam"
    assert (move.then["latitude"], move.then["place_precision"]) == (33.5, "neighbourhood")
    assert move.distance_km == pytest.approx(17.7, abs=0.2)
    assert move.follows


def test_a_place_read_without_quoted_words_goes_by_its_name():
    incident = make_incident(place_name="Dar al-Salam")
    make_mention(incident=incident, quotes=[])
    other = make_incident(place_name="Dar al-Salam")
    make_mention(incident=other, article=make_article(text=TEXT), quotes=[("place", 0, 7)])
    assert [move.incident for move in preview(place=draft()).waiting] == [incident]


def test_an_incident_of_two_articles_is_listed_once():
    incident = named()
    make_mention(incident=incident, article=make_article(text=TEXT), quotes=[("place", 25, 37)])
    assert len(preview(place=draft()).waiting) == 1


def test_looking_writes_nothing():
    named(), named(published=True)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        preview(place=draft())
    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}
    assert not LocalPlace.objects.exists()


def test_looking_asks_as_many_queries_for_many_incidents_as_for_one(django_assert_num_queries):
    named()
    with CaptureQueriesContext(connection) as few:
        preview(place=draft())
    for _ in range(5):
        named(), named(published=True)
    with django_assert_num_queries(len(few)):
        assert len(preview(place=draft()).published) == 5
    assert len(few) <= 7


def test_what_stands_there_already_is_only_counted():
    there = {"place_name": "Dar as-Salam", "latitude": 33.5, "longitude": 44.4, "radius_m": 2_000, "province": ""}
    named(place_precision="neighbourhood", **there)
    changes = preview(place=draft())
    assert (changes.waiting, changes.settled) == ([], 1)


def test_a_corrected_place_is_said_not_to_come_from_the_words():
    incident = named()
    review.correct(incident=incident, by=make_moderator(), version=1, changes={"latitude": 33.4})
    (move,) = preview(place=draft()).waiting
    assert not move.follows


def test_a_country_takes_the_point_away_and_near_stays_near():
    named(place_precision=PlacePrecision.NEAR, radius_m=25_000)
    (move,) = preview(place=draft()).waiting
    assert "place_precision" not in move.then
    assert (move.then["latitude"], move.then.get("radius_m", 25_000)) == (33.5, 25_000)
    (move,) = preview(place=draft(level="country", radius_m=400_000)).waiting
    assert (move.then["latitude"], move.then["place_precision"], move.distance_km) == (None, "country", None)


def test_twenty_kilometres_north_of_a_place_move_with_it():
    base = {"name": "Baghdad", "latitude": 33.34, "longitude": 44.4, "score": 0.9}
    named(
        place_precision=PlacePrecision.NEAR,
        latitude=33.52,
        mention={"place_candidates": [{**base, "latitude": 33.52}, base]},
    )
    (move,) = preview(place=draft()).waiting
    assert move.then["latitude"] == pytest.approx(33.68, abs=0.001)


def test_local_places_of_the_same_name_are_named():
    rival = make_local_place(name="Dar al Salam")
    make_local_place(name="Elsewhere")
    assert preview(place=draft()).rivals == (rival,)
    assert preview(place=rival).rivals == ()


def test_without_a_gazetteer_all_names_count(settings, tmp_path):
    settings.GAZETTEER_PATH = tmp_path / "none.sqlite3"
    named()
    assert len(preview(place=draft()).waiting) == 1


def test_more_than_the_limit_are_counted(monkeypatch):
    monkeypatch.setattr("incidents.workflows.place_changes.MOST_INCIDENTS", 2)
    for _ in range(5):
        named()
    changes = preview(place=draft())
    assert (len(changes.waiting), changes.more) == (2, 3)


def test_what_was_seen_is_another_word_when_a_published_incident_or_the_place_changes():
    incident = named(published=True)
    before = preview(place=draft()).seen
    assert preview(place=draft()).seen == before
    assert preview(place=draft(latitude=33.6)).seen != before
    review.correct(incident=incident, by=make_moderator(), version=1, changes={"summary": "Told anew"})
    assert preview(place=draft()).seen != before


# Saving


def test_saving_alone_moves_nothing():
    waiting, published = named(), named(published=True)
    before = place_of(waiting), place_of(published)
    kept = keep_place(place=draft(), by=make_moderator())
    assert (kept.moved, kept.refused) == ([], [])
    assert (place_of(waiting), place_of(published)) == before
    assert LocalPlace.objects.get().name == "Dar as-Salam"


def test_ticked_candidates_move_with_their_title_and_each_move_can_be_undone():
    moderator = make_moderator()
    incident, other = named(), named()
    incident.title = title_of(incident)
    incident.save()
    kept = keep_place(place=draft(), by=moderator, move={incident.pk: 1})
    assert kept.moved == [incident]
    moved = Incident.objects.get(pk=incident.pk)
    assert place_of(moved) == ("Dar as-Salam", 33.5, 44.4)
    assert (moved.place_found_by, moved.status, moved.version) == ("local place", "candidate", 2)
    assert moved.title == "Drone strike in Dar as-Salam kills at least 2"
    assert moved.history.first().history_user == moderator
    assert place_of(other)[0] == "Baghdad"
    decided = Review.objects.get(incident=incident, decision="correct")
    assert decided.reason == "local place: Dar as-Salam"
    review.undo(review=decided, by=moderator)
    assert place_of(incident) == ("Baghdad", 33.3406, 44.4009)


def test_a_title_that_a_person_wrote_stays():
    incident = named(title="Drone kills two sisters in Baghdad")
    keep_place(place=draft(), by=make_moderator(), move={incident.pk: 1})
    assert Incident.objects.get(pk=incident.pk).title == "Drone kills two sisters in Baghdad"


def test_what_changed_meanwhile_or_is_looked_at_by_another_stays_and_stops_no_other():
    moderator = make_moderator()
    stale, claimed, published, free = named(), named(), named(published=True), named()
    review.claim(incident=claimed, by=make_moderator(username="jonas"))
    kept = keep_place(
        place=draft(), by=moderator, move={stale.pk: 7, claimed.pk: claimed.version, published.pk: 1, free.pk: 1}
    )
    assert kept.moved == [free]
    assert {incident.pk for incident, _why in kept.refused} == {stale.pk, claimed.pk, published.pk}
    assert "jonas" in dict(kept.refused)[claimed]
    assert {place_of(each)[0] for each in (stale, claimed, published)} == {"Baghdad"}


# Articles


def test_articles_that_name_it_are_found_with_the_words_around():
    make_article(text="The district of Dâr  al-Salam was quiet.", title="Quiet")
    make_article(text="Dar al-Salama is another place.")
    found = articles_naming(["Dar al Salam"])
    assert [(each.article.title, each.before, each.words) for each in found.articles] == [
        ("Quiet", "The district of", "Dâr  al-Salam")
    ]
    assert (found.read, found.stopped) == (2, False)


def test_the_look_through_articles_ends_with_its_number_and_its_time():
    for _ in range(3):
        make_article(text="Dar al Salam")
    assert articles_naming(["Dar al Salam"], most_read=2).stopped
    assert articles_naming(["Dar al Salam"], most_seconds=-1).read == 0
    assert articles_naming(["...", ""]).articles == []
    assert Article.objects.count() == 3
    assert Mention.objects.count() == 0
