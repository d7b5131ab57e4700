"""Each order of the list is read from an index: at a million incidents a sort takes a second."""

from __future__ import annotations

import pytest
from django.db import connection

from incidents.models import Incident
from incidents.views.explorer import SORTS

pytestmark = pytest.mark.django_db

_INDEX = {
    "newest": ("incident_by_day", "incident_oldest"),  # backwards, where the unknown is the least
    "oldest": ("incident_oldest",),
    "killed": ("incident_by_toll",),
    "added": ("incident_by_added",),
}


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_of_the_list_is_read_from_an_index_in_its_order(sort):
    _prefer_indexes()
    plan = Incident.objects.published().order_by(*SORTS[sort][1])[:50].explain().lower()
    assert any(name in plan for name in _INDEX[sort]), plan
    assert "temp b-tree" not in plan, plan
    assert "sort" not in plan, plan


def test_the_last_embargo_is_read_from_an_index():
    _prefer_indexes()
    embargoes = Incident.objects.filter(publish_after__lte="2024-01-01T00:00Z").order_by("-publish_after")
    assert "incident_embargo" in embargoes.values("publish_after")[:1].explain()


def _prefer_indexes():
    """An empty table is read whole otherwise, which says nothing of a full one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
