"""Decisions that stand on one another."""

from __future__ import annotations

import pytest

from incidents.models import Incident
from incidents.workflows import review
from tests.factories import make_incident, make_moderator

pytestmark = pytest.mark.django_db


def test_a_merge_is_undone_only_while_its_mentions_are_where_it_put_them():
    moderator = make_moderator()
    first, second, third = (make_incident(mentions=1) for _ in range(3))
    one = review.merge(incident=first, into=second, by=moderator)
    two = review.merge(incident=second, into=third, by=moderator)

    with pytest.raises(review.ReviewError, match="undo that first"):
        review.undo(review=one, by=moderator)
    assert Incident.objects.get(pk=first.pk).merged_into == second
    assert third.mentions.count() == 3

    review.undo(review=two, by=moderator)
    review.undo(review=one, by=moderator)
    assert [each.mentions.count() for each in (first, second, third)] == [1, 1, 1]
