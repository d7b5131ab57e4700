"""The numbers that a visitor sees: the engine in the page counts, orders and shows what the server does."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from incidents.extraction.kinds import Family
from incidents.models import Incident
from incidents.publishing import summary
from incidents.publishing.timeline import timeline
from incidents.query import Query
from incidents.views.explorer import SORTS
from incidents.workflows.columns import write
from tests.browser.elements import open_explorer
from tests.varied import make_many, make_odd, random_queries

ROUNDS = 150
SIZE, WHOLE = 20, 1000
_EPOCH = date(1970, 1, 1).toordinal()
# Asks as the page does: one message, one answer.
_OPEN = """async ({module, open}) => {
  const worker = new Worker(module, {type: "module"});
  let last = 0;
  globalThis.engine = (message) => new Promise((resolve, reject) => {
    const id = ++last;
    const heard = ({data}) => {
      if (data.id !== id) return;
      worker.removeEventListener("message", heard);
      if (data.type === "failed") reject(new Error(`${message.type}: ${data.reason}`));
      else resolve(data);
    };
    worker.addEventListener("message", heard);
    worker.addEventListener("error", (event) => reject(new Error(event.message)));
    worker.postMessage({id, ...message});
  });
  return engine({type: "open", ...open});
}"""
_ASK = """async (message) => {
  const answer = await engine({type: "ask", view: null, facets: true, aim: true, ...message});
  const {histogram, list} = answer;
  const plain = (array) => [...array].map(Number);
  return {
    ...answer,
    histogram: histogram && {
      ...histogram,
      ...Object.fromEntries(["starts", "ends", "ghost", "certain", "guessed"].map((key) => [key, plain(histogram[key])])),
    },
    list: list && {...list, ids: plain(list.ids)},
  };
}"""


@pytest.fixture
def ask(page: Page, live_server) -> Iterator[Any]:
    """Asks the real worker of the explorer's page, which has the columns of some hundred varied incidents."""
    make_many()
    make_odd()
    write(force=True)
    open_explorer(page)
    config = json.loads(page.locator("#explorer-config").text_content())
    page.evaluate(_OPEN, {"module": config["worker"], "open": config["columns"]})
    return lambda search, **message: page.evaluate(
        _ASK, {"search": search, "histogram": {"domain": None}, "list": None, **message}
    )


def test_the_engine_counts_what_the_server_counts_for_random_queries(ask):
    queries = random_queries(ROUNDS)
    assert len(queries) > ROUNDS
    found_some = 0
    for number, params in enumerate(queries):
        query = Query.strict(params)
        sort = list(SORTS)[number % len(SORTS)]
        answer = ask(urlencode(params), list={"sort": sort, "page": 1, "size": WHOLE})
        _same_figures(answer, query, params)
        _same_list(answer["list"], query, sort, params)
        _same_facets(answer["facets"], query, params)
        _same_histogram(answer["histogram"], query, params)
        found_some += 0 < answer["count"] < answer["total"]
    assert found_some > len(queries) / 2


def test_every_door_gives_the_number_of_the_engine(ask, client):
    for params in random_queries(30, seed=8)[-30:]:
        string = urlencode(params)
        count = ask(string)["count"]
        table = b"".join(client.get(f"{reverse('incidents:export-csv')}?{string}").streaming_content).decode()
        assert table.count("\r\n") - 1 == count, string
        features = b"".join(client.get(f"{reverse('incidents:export-geojson')}?{string}").streaming_content)
        assert len(json.loads(features)["features"]) == count, string


def _same_figures(answer: dict[str, Any], query: Query, params: object) -> None:
    found = summary.summarise(query)
    shown = {
        "count": found.shown,
        "total": found.total,
        "unplaced": found.unplaced,
        "undated": found.undated,
        "first": found.first and found.first.toordinal() - _EPOCH,
        "last": found.last and found.last.toordinal() - _EPOCH,
    }
    assert {name: answer[name] for name in shown} == shown, params


def _same_list(page: dict[str, Any], query: Query, sort: str, params: object) -> None:
    """The whole list. What has a last day only lies there for the engine, and among the undated for the server, whose
    index has first days; of those added on one day the engine does not know the hour.
    """
    incidents = query.apply(Incident.objects.published()).order_by(*SORTS[sort][1])
    found = {incident.code: incident for incident in incidents}
    assert sorted(page["codes"]) == sorted(found), (params, sort)
    if sort == "added":
        assert [found[code].published_at.date() for code in page["codes"]] == [
            incident.published_at.date() for incident in found.values()
        ], params
        return
    compared = {code for code, incident in found.items() if incident.date_start or not incident.date_end}
    assert [code for code in page["codes"] if code in compared] == [code for code in found if code in compared], (
        params,
        sort,
    )


def test_pages_of_the_list_are_cut_from_the_whole(ask):
    whole = ask("", list={"sort": "newest", "page": 1, "size": WHOLE})["list"]["codes"]
    for number in range(1, 5):
        page = ask("", list={"sort": "newest", "page": number, "size": SIZE})["list"]
        assert page["codes"] == whole[(number - 1) * SIZE : number * SIZE]
        assert page["pages"] == math.ceil(len(whole) / SIZE)
    assert ask("", list={"sort": "newest", "page": 99, "size": SIZE})["list"]["page"] == math.ceil(len(whole) / SIZE)


def _same_facets(facets: dict[str, Any], query: Query, params: object) -> None:
    kinds = {choice.value: choice.count for choice in summary.kind_choices(query)}
    assert {kind: count for kind, count in facets["kinds"].items() if count or kind in kinds} == kinds, params
    for name, choices in (("actors", summary.actor_choices(query)), ("sources", summary.source_choices(query))):
        expected = {choice.label: choice.count for choice in choices if choice.count}
        assert {one["name"]: one["count"] for one in facets[name] if one["count"]} == expected, (name, params)


def _same_histogram(histogram: dict[str, Any] | None, query: Query, params: object) -> None:
    drawn = timeline(query)
    if drawn is None:
        assert histogram is None, params
        return
    assert histogram is not None, params
    assert histogram["unit"] == drawn.unit, params
    starts = [bin_.first.toordinal() - _EPOCH for bin_ in drawn.bins]
    assert histogram["starts"] == starts, params
    assert histogram["ends"] == [bin_.last.toordinal() - _EPOCH for bin_ in drawn.bins], params
    width = len(Family)
    sums = [
        sum(histogram["certain"][index * width : (index + 1) * width])
        + sum(histogram["guessed"][index * width : (index + 1) * width])
        for index in range(len(starts))
    ]
    assert sums == pytest.approx([bin_.count for bin_ in drawn.bins], abs=0.01), params
    assert histogram["peak"] == pytest.approx(drawn.peak), params
