"""A moderator's decisions: claims, corrections, publishing, and taking any of it back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from incidents.models import Article, Incident, Mention, Review
from incidents.models.review import CLAIM_TIMEOUT
from incidents.workflows import changes, review
from incidents.workflows.publish import published_changed, published_version
from tests.factories import make_article, make_incident, make_mention, make_moderator, make_role, make_source

pytestmark = pytest.mark.django_db


def everything(incident):
    """All that a person sees of an incident."""
    incident = Incident.objects.get(pk=incident.pk)
    return {
        **changes.state(incident),
        "status": incident.status,
        "reason": incident.rejection_reason,
        "reviewer": incident.reviewed_by_id,
        "published": incident.published_at,
        "into": incident.merged_into_id,
        "roles": changes.roles_of(incident),
        "mentions": sorted(incident.mentions.values_list("pk", "accepted_by")),
    }


# Claims


def test_a_claim_keeps_others_away_until_it_runs_out():
    incident, first, second = make_incident(), make_moderator(username="amal"), make_moderator()
    mine = review.claim(incident=incident, by=first)
    assert incident.status == Incident.Status.IN_REVIEW
    with pytest.raises(review.ClaimedByOtherError, match="amal"):
        review.claim(incident=incident, by=second)
    with pytest.raises(review.ClaimedByOtherError):
        review.publish(incident=incident, by=second)
    Review.objects.filter(pk=mine.pk).update(claimed_at=timezone.now() - CLAIM_TIMEOUT - timedelta(seconds=1))
    review.claim(incident=incident, by=second)
    with pytest.raises(review.ClaimedByOtherError):
        review.claim(incident=incident, by=first)


def test_claiming_again_goes_on_with_the_same_claim():
    incident, moderator = make_incident(), make_moderator()
    assert review.claim(incident=incident, by=moderator) == review.claim(incident=incident, by=moderator)


def test_a_claim_changes_neither_version_nor_history():
    incident, moderator = make_incident(), make_moderator()
    review.claim(incident=incident, by=moderator)
    incident.refresh_from_db()
    assert (incident.version, incident.history.count()) == (1, 1)


def test_a_released_candidate_waits_for_anybody():
    incident, first, second = make_incident(), make_moderator(), make_moderator()
    review.claim(incident=incident, by=first)
    review.release_claim(incident=incident, by=first)
    assert Incident.objects.get().status == Incident.Status.CANDIDATE
    review.release_claim(incident=incident, by=second)
    review.claim(incident=incident, by=second)


def test_the_decision_takes_the_time_since_the_claim():
    incident, moderator = make_incident(), make_moderator()
    claimed = review.claim(incident=incident, by=moderator)
    Review.objects.filter(pk=claimed.pk).update(claimed_at=timezone.now() - timedelta(seconds=90))
    decided = review.publish(incident=incident, by=moderator)
    assert decided.pk == claimed.pk
    assert 90 <= decided.seconds <= 95


def test_a_decision_without_a_claim_knows_no_time():
    assert review.publish(incident=make_incident(), by=make_moderator()).seconds is None


# Corrections


def test_a_correction_keeps_what_was_extracted():
    incident, moderator = make_incident(), make_moderator()
    decision = review.correct(
        incident=incident,
        by=moderator,
        version=1,
        changes={"kind": "air-strike", "date_start": "2024-01-19", "killed_low": 2},
    )
    assert decision.changes == {
        "kind": ["drone-strike", "air-strike"],
        "date_start": ["2024-01-20", "2024-01-19"],
    }
    incident = Incident.objects.get()
    assert (incident.kind, incident.date_start, incident.version) == ("air-strike", date(2024, 1, 19), 2)
    assert incident.history.first().history_user == moderator


def test_a_correction_of_an_older_version_is_refused():
    incident, moderator = make_incident(), make_moderator()
    review.correct(incident=incident, by=moderator, version=1, changes={"weapon": "missile"})
    with pytest.raises(review.StaleVersionError, match="load it again"):
        review.correct(incident=incident, by=moderator, version=1, changes={"weapon": "rocket"})
    assert Incident.objects.get().weapon == "missile"
    assert Review.objects.count() == 1


def test_a_correction_that_changes_nothing_leaves_nothing():
    incident = make_incident()
    assert review.correct(incident=incident, by=make_moderator(), version=1, changes={"weapon": "drone"}) is None
    assert (Incident.objects.get().version, Review.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": "flood"}, "kind"),
        ({"date_start": "yesterday"}, "first possible day"),
        ({"date_start": "2024-01-22"}, "is after last possible day"),
        ({"killed_low": -1}, "killed low"),
        ({"latitude": 91}, "latitude"),
        ({"latitude": None}, "needs both"),
        ({"status": "published"}, "No such field"),
        ({"title": ""}, "title"),
        ({"actors": [{"name": "", "role": "victim"}]}, "name"),
        ({"actors": [{"name": "Example Brigade", "role": "bystander"}]}, "roles"),
    ],
)
def test_a_wrong_correction_is_refused_and_nothing_is_written(wrong, says):
    incident = make_incident()
    with pytest.raises(review.ReviewError, match=says):
        review.correct(incident=incident, by=make_moderator(), version=1, changes={"weapon": "missile", **wrong})
    assert (Incident.objects.get().weapon, Incident.objects.get().version) == ("drone", 1)


def test_a_place_that_is_only_a_country_loses_its_point():
    incident = make_incident()
    review.correct(
        incident=incident,
        by=make_moderator(),
        version=1,
        changes={"place_name": "Iraq", "place_precision": "country"},
    )
    incident = Incident.objects.get()
    assert (incident.latitude, incident.longitude, incident.radius_m, incident.cell) == (None, None, None, None)


def test_a_moved_pin_and_corrected_figures_are_the_moderators():
    incident = make_incident(mentions=1)
    review.correct(
        incident=incident,
        by=make_moderator(),
        version=1,
        changes={"latitude": 33.31, "longitude": 44.36, "killed_low": 3, "killed_best": 3},
    )
    incident = Incident.objects.get()
    assert incident.place_found_by == "moderator"
    assert incident.casualties_pinned
    assert (incident.latitude, incident.killed_low) == (33.31, 3)


def test_a_correction_keeps_the_claim():
    incident, moderator = make_incident(), make_moderator()
    review.claim(incident=incident, by=moderator)
    review.correct(incident=incident, by=moderator, version=1, changes={"weapon": "missile"})
    with pytest.raises(review.ClaimedByOtherError):
        review.publish(incident=incident, by=make_moderator())


def test_actors_are_corrected_as_a_whole_list():
    incident = make_incident()
    make_role(incident, "Example Brigade")
    decision = review.correct(
        incident=incident,
        by=make_moderator(),
        version=1,
        changes={
            "actors": [
                {"name": "example brigade", "role": "claimed-by"},
                {"name": "Example Army", "role": "target", "kind": "state-forces", "country": "IQ"},
            ]
        },
    )
    assert [(role["name"], role["role"]) for role in changes.roles_of(incident)] == [
        ("Example Army", "target"),
        ("Example Brigade", "claimed-by"),
    ]
    assert decision.changes["actors"][0] == [{"name": "Example Brigade", "role": "perpetrator", "says": ""}]


# Publishing and rejecting


def test_publishing_shows_an_incident_with_its_reviewer(django_capture_on_commit_callbacks):
    incident, moderator = make_incident(mentions=1), make_moderator()
    seen = []
    published_changed.connect(receiver := lambda **_: seen.append(1))
    before = published_version()
    with django_capture_on_commit_callbacks(execute=True):
        decision = review.publish(incident=incident, by=moderator, credibility=2, reason="Two agencies")
    published_changed.disconnect(receiver)
    incident = Incident.objects.published().get()
    assert (incident.reviewed_by, incident.credibility, incident.credibility_reason) == (moderator, 2, "Two agencies")
    assert (decision.decision, decision.reviewer) == ("publish", moderator)
    assert incident.mentions.get().accepted_by == moderator
    assert seen == [1]
    assert published_version() != before


def test_an_article_is_reviewed_when_nothing_it_tells_waits():
    article, moderator = make_article(), make_moderator()
    first, second = make_incident(), make_incident()
    for incident in (first, second):
        make_mention(article=article, incident=incident)
    review.publish(incident=first, by=moderator)
    assert Article.objects.get().state == Article.State.EXTRACTED
    rejection = review.reject(incident=second, by=moderator, reason="Not an incident")
    assert Article.objects.get().state == Article.State.REVIEWED
    review.undo(review=rejection, by=moderator)
    assert Article.objects.get().state == Article.State.EXTRACTED


def test_publishing_corrects_in_one_decision():
    decision = review.publish(incident=make_incident(), by=make_moderator(), changes={"weapon": "missile"})
    assert decision.changes == {"weapon": ["drone", "missile"]}
    assert Incident.objects.published().get().weapon == "missile"


def test_what_is_published_is_not_published_again():
    with pytest.raises(review.ReviewError, match="correct it instead"):
        review.publish(incident=make_incident(published=True), by=make_moderator())


def test_a_rejection_needs_a_reason():
    incident = make_incident()
    with pytest.raises(review.ReviewError, match="Say why"):
        review.reject(incident=incident, by=make_moderator(), reason="  ")
    review.reject(incident=incident, by=make_moderator(), reason="An exercise")
    assert (Incident.objects.get().status, Incident.objects.get().rejection_reason) == ("rejected", "An exercise")


def test_a_published_incident_can_be_taken_back_and_put_back():
    incident, moderator = make_incident(published=True), make_moderator()
    before = everything(incident)
    decision = review.reject(incident=incident, by=moderator, reason="A hoax")
    assert not Incident.objects.published().exists()
    review.undo(review=decision, by=moderator)
    assert everything(incident) == before


def test_concerns_name_what_is_missing_and_stop_nobody():
    bare = make_incident(date_start=None, time_precision="unknown", place_precision="country", place_name="Iraq")
    assert len(review.concerns(incident=bare)) == 3
    assert review.concerns(incident=make_incident(mentions=1)) == []
    review.publish(incident=bare, by=make_moderator())
    assert Incident.objects.published().unplaced().count() == 1


# Merging, splitting, undoing


def test_merging_moves_the_mentions_and_rolls_up_the_figures():
    moderator = make_moderator()
    into = make_incident(mentions=1)
    other = make_incident(killed_low=4, killed_high=4, killed_best=4, mentions=1, reported_on=date(2024, 1, 20))
    make_role(other, "Example Brigade")
    review.merge(incident=other, into=into, by=moderator)
    into, other = Incident.objects.get(pk=into.pk), Incident.objects.get(pk=other.pk)
    assert (other.status, other.merged_into, other.mentions.count()) == ("merged", into, 0)
    assert (into.killed_low, into.killed_high, into.mentions.count()) == (2, 4, 2)
    assert [role["name"] for role in changes.roles_of(into)] == ["Example Brigade"]
    assert into.reported_on == date(2024, 1, 20)


def test_an_undone_merge_leaves_both_as_they_were():
    moderator = make_moderator()
    into, other = make_incident(mentions=1), make_incident(killed_low=4, killed_best=4, mentions=2)
    make_role(other, "Example Brigade")
    make_role(into, "Example Army")
    before = everything(into), everything(other)
    decision = review.merge(incident=other, into=into, by=moderator)
    review.undo(review=decision, by=moderator)
    assert (everything(into), everything(other)) == before


def test_merging_refuses_what_makes_no_sense():
    moderator, one = make_moderator(), make_incident()
    gone = make_incident(status=Incident.Status.REJECTED)
    with pytest.raises(review.ReviewError, match="itself"):
        review.merge(incident=one, into=one, by=moderator)
    with pytest.raises(review.ReviewError, match="stands"):
        review.merge(incident=one, into=gone, by=moderator)
    merged, other = make_incident(), make_incident()
    review.merge(incident=merged, into=one, by=moderator)
    with pytest.raises(review.ReviewError, match="undo the merge first"):
        review.publish(incident=merged, by=moderator)
    with pytest.raises(review.ReviewError, match="stands"):
        review.merge(incident=other, into=merged, by=moderator)


def test_splitting_makes_a_candidate_of_the_chosen_mentions_and_undoing_joins_them_again():
    moderator = make_moderator()
    incident = make_incident(mentions=1)
    actors = [{"name": "Example Brigade", "role": "perpetrator", "says": ""}]
    other = make_mention(
        incident=incident, kind="shelling", killed_low=7, killed_high=7, place_name="Erbil", actors=actors
    )
    review.correct(incident=incident, by=moderator, version=1, changes={"killed_high": 7, "casualties_pinned": False})
    before = everything(incident)
    new = review.split(incident=incident, mentions=[other], by=moderator)
    assert (new.status, new.kind, new.killed_low, new.killed_best) == ("candidate", "shelling", 7, 7)
    assert new.title == "Artillery shelling in Erbil kills 7"
    assert (new.country, new.radius_m) == ("IQ", 12_000)
    assert list(new.mentions.all()) == [other]
    assert [role["name"] for role in changes.roles_of(new)] == ["Example Brigade"]
    assert Incident.objects.get(pk=incident.pk).killed_high is None
    review.undo(review=incident.reviews.get(decision="split"), by=moderator)
    assert everything(incident) == before
    assert not Incident.objects.filter(pk=new.pk).exists()


def test_a_split_leaves_a_mention_on_both_sides():
    incident = make_incident(mentions=1)
    for mentions in ([], list(incident.mentions.all()), [make_mention()]):
        with pytest.raises(review.ReviewError, match="leave at least one"):
            review.split(incident=incident, mentions=mentions, by=make_moderator())


def test_a_split_is_not_undone_over_a_decision():
    incident, moderator = make_incident(mentions=2), make_moderator()
    new = review.split(incident=incident, mentions=[incident.mentions.first()], by=moderator)
    review.publish(incident=new, by=moderator)
    with pytest.raises(review.ReviewError, match="decided since"):
        review.undo(review=incident.reviews.get(decision="split"), by=moderator)
    assert Incident.objects.published().get() == new


def test_decisions_are_undone_last_first():
    incident, moderator = make_incident(mentions=1), make_moderator()
    before = everything(incident)
    published = review.publish(incident=incident, by=moderator)
    corrected = review.correct(
        incident=incident, by=moderator, version=incident.version, changes={"killed_low": 5, "weapon": "missile"}
    )
    with pytest.raises(review.ReviewError, match="later decision"):
        review.undo(review=published, by=moderator)
    review.undo(review=corrected, by=moderator)
    review.undo(review=published, by=moderator)
    assert everything(incident) == before
    with pytest.raises(review.ReviewError, match="nothing to undo"):
        review.undo(review=published, by=moderator)
    assert list(incident.reviews.order_by("pk").values_list("decision", flat=True)) == [
        "publish",
        "correct",
        "undo",
        "undo",
    ]


# Figures


def test_figures_are_rolled_up_by_the_written_rule():
    incident, moderator = make_incident(), make_moderator()
    agency = make_source(reliability="A")
    rag = make_source(reliability="E")
    original = make_article(source=agency, published_at=datetime(2024, 1, 20, 8, tzinfo=UTC))
    later = make_article(source=agency, published_at=datetime(2024, 1, 21, 8, tzinfo=UTC))
    figures = [
        (original, 2, None, "reports"),
        (later, 3, 3, "reports"),
        (make_article(), 5, 6, "reports"),
        (make_article(source=rag), 90, 90, "reports"),
        (make_article(copy_of=original), 70, 70, "reports"),
        (make_article(), 0, 0, "denies"),
        (make_article(), None, None, "repeats"),
    ]
    told = [
        make_mention(incident=incident, article=article, killed_low=low, killed_high=high, stance=stance)
        for article, low, high, stance in figures
    ]
    stray = make_incident()
    make_mention(incident=stray)
    review.merge(incident=stray, into=incident, by=moderator)
    incident = Incident.objects.get(pk=incident.pk)
    assert (incident.killed_low, incident.killed_best, incident.killed_high) == (2, 3, 6)
    assert (incident.wounded_low, incident.wounded_best, incident.wounded_high) == (None, None, None)
    assert Mention.objects.filter(incident=incident).count() == len(told) + 1


def test_pinned_figures_stay():
    into = make_incident(killed_low=9, killed_best=9, killed_high=9, casualties_pinned=True, mentions=1)
    other = make_incident(killed_low=1, killed_best=1, killed_high=1, mentions=1)
    review.merge(incident=other, into=into, by=make_moderator())
    assert Incident.objects.get(pk=into.pk).killed_low == 9
