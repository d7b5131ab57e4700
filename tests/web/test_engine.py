"""The browser's engine gives the counts of SQL: the server's own file, read by the very modules that the page loads."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings as project
from django.urls import reverse

from incidents.models import Incident
from incidents.publishing import summary
from incidents.publishing.columns import files
from incidents.publishing.timeline import timeline
from incidents.query import Query
from incidents.views.explorer import SORTS
from tests.conftest import missing
from tests.varied import make_odd, random_queries

pytestmark = pytest.mark.django_db

ROUNDS = 60
# These the server answers, by /columns/<version>/matches.
OF_THE_SERVER = {"q", "weapon", "place"}
EPOCH = date(1970, 1, 1).toordinal()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


def _answers(strings, *columns):
    """The engine's answer to each query string."""
    node = shutil.which("node")
    if not node:
        missing("Node.js", "type `sudo apt-get install nodejs`")
    script = Path(project.BASE_DIR) / "tests/js/answers.mjs"
    done = subprocess.run(
        [node, script, *columns], input="".join(f"{string}\n" for string in strings), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def _day(value):
    return None if value is None else value.toordinal() - EPOCH


def _queries():
    return [
        left
        for params in random_queries(ROUNDS)
        if (left := {k: v for k, v in params.items() if k not in OF_THE_SERVER})
    ]


def _agrees(answer, query, string):
    found = query.apply(Incident.objects.published())
    assert set(answer["list"]["codes"]) == set(found.values_list("code", flat=True)), string
    counts = summary.summarise(query)
    assert answer["count"] == counts.shown, string
    assert answer["total"] == counts.total, string
    assert answer["unplaced"] == counts.unplaced, string
    assert answer["undated"] == counts.undated, string
    assert answer["first"] == _day(counts.first), string
    assert answer["last"] == _day(counts.last), string


def _facets_agree(answer, query, string):
    facets = answer["facets"]
    for name, choices in (("kinds", summary.kind_choices(query)), ("precisions", summary.precision_choices(query))):
        expected = {choice.value: choice.count for choice in choices if choice.count}
        assert {value: count for value, count in facets[name].items() if count} == expected, (string, name)
    for name, choices in (("actors", summary.actor_choices(query)), ("sources", summary.source_choices(query))):
        expected = {choice.label: choice.count for choice in choices if choice.count}
        assert {c["name"]: c["count"] for c in facets[name] if c["count"]} == expected, (string, name)


def _histogram_agrees(answer, query, string):
    expected, given = timeline(query), answer["histogram"]
    if expected is None:
        assert given is None, string
        return
    assert given["unit"] == expected.unit, string
    assert given["starts"] == [_day(one.first) for one in expected.bins], string
    assert given["ends"] == [_day(one.last) for one in expected.bins], string
    assert given["peak"] == pytest.approx(expected.peak), string
    sums = [certain + guessed for certain, guessed in zip(given["certain"], given["guessed"], strict=True)]
    assert sums == pytest.approx([one.count for one in expected.bins], abs=1e-6), string


def test_the_engine_gives_what_sql_gives_for_random_queries(many):
    make_odd()
    queries = _queries()
    strings = [urlencode(params) for params in queries]
    answers = _answers(strings, files.path(files.write().version))
    assert len(answers) == len(queries)
    for params, string, answer in zip(queries, strings, answers, strict=True):
        query = Query.from_params(params)
        _agrees(answer, query, string)
        _facets_agree(answer, query, string)
        _histogram_agrees(answer, query, string)


def test_with_the_changes_it_gives_what_sql_gives_now(many, client, tmp_path):
    version = files.write().version
    make_odd()
    published = list(Incident.objects.published().order_by("pk"))
    for incident in published[::9]:
        incident.kind, incident.date_start, incident.date_end = "arson", date(2024, 1, 9), date(2024, 1, 12)
        incident.save()
    for incident in published[::13]:
        incident.status = Incident.Status.CANDIDATE
        incident.save()
    response = client.get(reverse("incidents:columns-changes", args=[version]))
    assert response.status_code == 200
    changes = tmp_path / "changes.arrow"
    changes.write_bytes(b"".join(response) if response.streaming else response.content)
    queries = _queries()
    strings = [urlencode(params) for params in queries]
    answers = _answers(strings, files.path(version), changes)
    for params, string, answer in zip(queries, strings, answers, strict=True):
        query = Query.from_params(params)
        _agrees(answer, query, string)
        _facets_agree(answer, query, string)


@pytest.mark.parametrize("sort", ["newest", "oldest", "killed"])
def test_the_list_is_in_the_order_of_the_server(many, sort):
    make_odd()
    (answer,) = _answers([f"sort={sort}"], files.path(files.write().version))
    ordered = Incident.objects.published().order_by(*SORTS[sort][1])
    # Where only the last possible day is known the database's index has nothing to sort by, the file has that day.
    unlike = set() if sort == "killed" else set(ordered.filter(date_start=None).values_list("code", flat=True))
    expected = [code for code in ordered.values_list("code", flat=True) if code not in unlike]
    assert [code for code in answer["list"]["codes"] if code not in unlike] == expected


HOSTILE = [
    {"kind": "war"}, {"kind": "bombing,war"}, {"from": "2024-13"}, {"from": "2024-02-30"}, {"to": "0000"},
    {"from": "2024-02-01", "to": "2024-01-01"}, {"bbox": "1,2,3"}, {"bbox": "-4.42,36.72,355.7,47.25"},
    {"bbox": "nan,0,1,1"}, {"bbox": "1_0, -2e1 ,+50.,60"}, {"near": "91,0,1"}, {"near": "0,0,20039"},
    {"near": "-90,0,20000"}, {"area": "1,1;2,2"}, {"area": "0,30;0,50;60,50;60,30;0,30"}, {"area": "0,0;0,1;0,2"},
    {"killed_min": "-1"}, {"killed_min": " 1 "}, {"killed_min": "99999999999"}, {"credibility": "0"}, {"role": "boss"},
    {"actor": "\x00"}, {"actor": "EXAMPLE BRIGADE"}, {"actor": "0001"}, {"source": "T1.EXAMPLE.ORG"}, {"actor": "x" * 201},
    {"precision": "everywhere"}, {"time_precision": ",", "unheard": "of"}, {"added_since": "2024"}, {"asof": "1"},
]  # fmt: skip


def test_what_cannot_be_read_is_dropped_as_the_page_drops_it(many):
    strings = [urlencode(params) for params in HOSTILE]
    answers = _answers(strings, files.path(files.write().version))
    for params, string, answer in zip(HOSTILE, strings, answers, strict=True):
        _agrees(answer, Query.from_params(params), string)
