"""Proposals that lists read are those that the review page finds, after every change of either incident."""

from datetime import UTC, date, datetime

import pytest

from incidents.models import Incident, Proposal
from incidents.workflows import review
from incidents.workflows.duplicates import possible_duplicates, propose
from tests.factories import make_article, make_incident, make_mention, make_moderator, make_role

pytestmark = pytest.mark.django_db


def kept(incident):
    return set(incident.proposals.values_list("other", flat=True))


def test_a_proposal_is_kept_from_both_sides_with_score_and_reasons():
    known, again = make_incident(published=True), make_incident(mentions=1)
    propose(again)
    (found,) = possible_duplicates(incident=again)
    ours, theirs = again.proposals.get(), known.proposals.get()
    assert (ours.other, ours.score, ours.reasons) == (known, found.score, list(found.reasons))
    assert (theirs.other, theirs.score) == (again, found.score)


def test_proposing_again_adds_nothing():
    one, other = make_incident(), make_incident()
    propose(one)
    propose(one, other, None)
    assert Proposal.objects.count() == 2


def test_a_correction_makes_and_takes_back_proposals():
    moderator = make_moderator()
    known, again = make_incident(published=True), make_incident(mentions=1)
    propose(again)
    review.correct(incident=again, by=moderator, version=again.version, changes={"date_start": None, "date_end": None})
    review.correct(
        incident=again,
        by=moderator,
        version=again.version,
        changes={"date_start": date(2024, 3, 1), "date_end": date(2024, 3, 1)},
    )
    assert kept(again) == kept(known) == set()
    review.undo(review=again.reviews.exclude(undo={}).latest("decided_at", "pk"), by=moderator)
    review.undo(review=again.reviews.exclude(undo={}).earliest("decided_at", "pk"), by=moderator)
    assert kept(again) == {known.pk}


def test_what_is_rejected_or_merged_is_proposed_no_more_until_that_is_undone():
    moderator = make_moderator()
    known, again = make_incident(published=True), make_incident(mentions=1)
    third = make_incident(mentions=1)
    propose(known, again, third)
    assert kept(known) == {again.pk, third.pk}
    rejected = review.reject(incident=third, by=moderator, reason="History told again")
    assert kept(known) == {again.pk}
    merged = review.merge(incident=again, into=known, by=moderator)
    assert kept(known) == kept(again) == set()
    review.undo(review=merged, by=moderator)
    review.undo(review=rejected, by=moderator)
    assert kept(known) == {again.pk, third.pk}


def test_what_is_split_off_is_compared_at_once():
    moderator = make_moderator()
    known = make_incident(published=True)
    both = make_incident(mentions=1, date_start=date(2024, 5, 1))
    away = make_mention(incident=both, date_start=date(2024, 1, 20), date_end=date(2024, 1, 20))
    new = review.split(incident=both, mentions=[away], by=moderator)
    assert kept(new) == {known.pk}


def test_the_next_report_is_another_mention_and_brings_its_figures():
    known, again = make_incident(published=True), make_incident(killed_low=5, killed_high=5, killed_best=5)
    make_mention(incident=again, article=make_article(published_at=datetime(2024, 1, 23, tzinfo=UTC)))
    review.merge(incident=again, into=known, by=make_moderator())
    known.refresh_from_db()
    assert known.mentions.count() == 2
    assert (known.killed_low, known.killed_best, known.killed_high) == (2, 5, 5)


def test_the_reader_proposes_and_merges_nothing_by_itself():
    known, again = make_incident(published=True, mentions=2), make_incident(mentions=1)
    make_role(known, "Example Brigade")
    make_role(again, "Example Brigade")
    propose(again)
    assert again.proposals.get().score > 0.9
    again.refresh_from_db()
    assert (again.status, again.merged_into) == (Incident.Status.CANDIDATE, None)


def test_far_more_neighbours_than_are_compared_in_full_hide_no_twin():
    twin = make_incident(killed_low=37, killed_best=37, killed_high=37)
    for number in range(45):
        make_incident(latitude=33.34 + 0.0001 * number, killed_low=1, killed_best=1, kind="shelling")
    again = make_incident(killed_low=37, killed_best=37, killed_high=37)
    assert possible_duplicates(incident=again)[0].incident == twin
