"""What pages count in the file of columns is what SQL counts, for random queries, with the file current and behind."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from incidents.extraction.kinds import Kind
from incidents.extraction.types import PlacePrecision
from incidents.models import Incident
from incidents.publishing import summary
from incidents.publishing.columns import changes, files
from incidents.publishing.columns.archive import current
from incidents.publishing.columns.found import Found, find
from incidents.publishing.timeline import timeline
from incidents.query import Query
from incidents.views.explorer import PAGE_SIZE
from tests.factories import make_article, make_incident, make_mention, make_role
from tests.varied import make_odd, random_queries
from tests.web.test_query_counts import _shown

pytestmark = pytest.mark.django_db

ROUNDS = 25


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def _change_some():
    """A bit of everything that can happen to a published incident."""
    incidents = list(Incident.objects.published().order_by("pk"))
    for incident in incidents[:10]:
        incident.kind = Kind.ARSON
        incident.killed_low = incident.killed_best = 9
        incident.save()
    for incident in incidents[10:15]:
        incident.status = Incident.Status.CANDIDATE
        incident.save()
    incidents[15].delete()
    make_mention(incident=incidents[16], article=make_article(), quotes=[])
    make_role(make_incident(published=True, place_name="Suva", latitude=-18.14, longitude=178.44), "A New Brigade")
    make_incident(published=True, publish_after=timezone.now() + timedelta(days=1))
    capped = incidents[17]
    capped.public_precision = PlacePrecision.COUNTRY
    capped.save()


def _by_label(choices):
    """The database has a country by its code and by its name."""
    found = Counter()
    for choice in choices:
        found[choice.label] += choice.count
    return found


def _same(query):
    found = find(query)
    assert found is not None
    assert asdict(summary.summarise(query, found)) | {"data_of": 0} == asdict(summary.summarise(query)) | {"data_of": 0}
    for choices in (
        summary.kind_choices,
        summary.precision_choices,
        summary.actor_choices,
        summary.source_choices,
    ):
        assert choices(query, found) == choices(query), choices
    assert _by_label(summary.unplaced(query, found)) == _by_label(summary.unplaced(query))
    assert timeline(query, found) == timeline(query)
    codes = query.apply(Incident.objects.published())
    assert set(found.keys("newest", 0, 1000)) == set(codes.values_list("pk", flat=True))


@pytest.mark.parametrize("behind", [False, True], ids=["current", "behind"])
def test_the_file_counts_as_sql_does(many, behind):
    make_odd()
    files.write()
    if behind:
        _change_some()
    for params in random_queries(ROUNDS):
        _same(Query.strict(params))


def test_after_a_change_the_very_next_page_shows_the_new_count(client, many):
    files.write()
    before = _shown(client.get("/").content.decode())
    make_incident(published=True)
    assert _shown(client.get("/").content.decode()) == before + 1
    Incident.objects.published().first().delete()
    Incident.objects.published().first().delete()
    assert _shown(client.get("/").content.decode()) == before - 1


def test_the_page_asks_a_fixed_number_of_times_whatever_the_query(client, many, django_assert_num_queries):
    files.write()
    client.get("/")
    for params in ({}, {"kind": "bombing,arson"}, {"bbox": "-20,20,60,60"}, {"from": "2024", "killed_min": "1"}):
        # Twice the stamp of the published set, one page of the list, its mentions.
        with django_assert_num_queries(10):
            client.get(f"/?{urlencode(params)}")


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("newest", lambda i: (-i.date_start.toordinal() if i.date_start else 1, -i.pk)),
        ("oldest", lambda i: (i.date_start.toordinal() if i.date_start else 10**9, i.pk)),
        ("killed", lambda i: (-1 if i.killed_best is None else -i.killed_best - 2, -i.pk)),
    ],
)
def test_every_page_of_the_list_is_in_order(client, many, sort, key):
    files.write()
    expected = [incident.pk for incident in sorted(Incident.objects.published(), key=key)]
    listed = []
    for number in range(1, math.ceil(len(expected) / PAGE_SIZE) + 1):
        page = client.get(f"{reverse('incidents:list')}?sort={sort}&page={number}").context["page"]
        listed += [incident.pk for incident in page]
    assert listed == expected


def test_a_page_beyond_the_last_is_the_last(client, many):
    files.write()
    last = math.ceil(Incident.objects.published().count() / PAGE_SIZE)
    assert client.get("/?page=999").context["page"].number == last > 1
    assert list(client.get("/?q=nothing+of+the+sort").context["page"]) == []


def test_an_archive_of_nothing(client):
    files.write()
    assert find(Query()).totals()["shown"] == 0
    assert client.get("/?kind=arson&actor=3&source=2&precision=unplaced").status_code == 200


def test_when_too_much_changed_sql_counts(client, many, monkeypatch):
    files.write()
    monkeypatch.setattr(changes, "MOST", 2)
    for _ in range(4):
        make_incident(published=True)
    assert current() is None
    assert _shown(client.get("/").content.decode()) == Incident.objects.published().count()


def test_the_date_of_the_data_follows_a_change(many):
    files.write()
    incident = Incident.objects.published().first()
    incident.save()
    incident.refresh_from_db()
    assert Found(current(), Query()).totals()["data_of"] == incident.updated_at


def test_a_file_that_cannot_be_read_leaves_the_page_to_sql(client, many, caplog):
    newest = files.write()
    files.path(newest.version).write_bytes(b"ARROW1 cut off")
    assert _shown(client.get("/").content.decode()) == Incident.objects.published().count()
