"""The incident page: what the sources disagree on, neighbours, and how it is cited."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.factories import make_incident, make_mention

BAGHDAD = {"place_name": "Baghdad", "latitude": 33.34, "longitude": 44.4}
DAY = date(2024, 3, 5)


def _at(day: date, **fields):
    return make_incident(published=True, **BAGHDAD | {"date_start": day, "date_end": day} | fields)


def _page(client, incident) -> str:
    response = client.get(incident.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_sources_that_differ_stand_side_by_side_and_those_that_agree_do_not(client, db):
    incident = _at(DAY)
    make_mention(incident=incident, kind="drone-strike", killed_low=2, killed_high=2)
    make_mention(incident=incident, kind="drone-strike", killed_low=5, killed_high=5)
    table = _page(client, incident).partition('id="disagree"')[2].partition("</section>")[0]
    assert ">2<" in table
    assert ">5<" in table
    assert "killed" in table
    assert "drone strike" not in table


def test_without_a_difference_there_is_no_table(client, db):
    incident = _at(DAY)
    make_mention(incident=incident)
    assert 'id="disagree"' not in _page(client, incident)


def test_neighbours_are_the_nearest_in_time_and_space_and_say_how_far(client, db):
    incident = _at(DAY)
    _at(DAY + timedelta(days=1), title="The day after", latitude=33.5)
    _at(DAY + timedelta(days=40), title="Long after")
    _at(DAY, title="Far away", latitude=36.2)
    page = _page(client, incident).partition('id="neighbours"')[2].partition("</section>")[0]
    assert "The day after" in page
    assert "18 km" in page
    assert "Long after" not in page
    assert "Far away" not in page


def test_the_incidents_before_and_after_are_linked_in_the_order_of_days(client, db):
    before, incident, after = (_at(DAY + timedelta(days=days), title=f"Day {days}") for days in (-100, 0, 100))
    steps = _page(client, incident).partition('class="steps"')[2].partition("</nav>")[0]
    assert steps.index(before.get_absolute_url()) < steps.index(after.get_absolute_url())


def test_a_candidate_is_nobodys_neighbour(client, db):
    incident = _at(DAY)
    make_incident(**BAGHDAD, date_start=DAY, title="Not checked")
    assert "Not checked" not in _page(client, incident)


@pytest.mark.parametrize("ending", ["bib", "ris"])
def test_no_title_ends_its_field_in_a_citation(client, db, ending):
    incident = _at(DAY, title="Strike}, note={forged}\r\nTI  - forged")
    response = client.get(f"{incident.get_absolute_url()}cite.{ending}")
    words = response.content.decode()
    assert response["Content-Disposition"].endswith(f'"incident-{incident.code}.{ending}"')
    if ending == "bib":
        assert r"Strike\}, note=\{forged\} TI - forged" in words
    else:
        assert [line for line in words.split("\r\n") if line.startswith("TI")] == [
            "TI  - Strike}, note={forged} TI - forged"
        ]


def test_what_is_not_published_cannot_be_cited(client, db):
    assert client.get(f"{make_incident().get_absolute_url()}cite.bib").status_code == 404


def test_a_shared_link_shows_a_picture_of_the_place(client, db):
    incident = _at(DAY)
    address = f"/incidents/{incident.code}/picture.png"
    assert f'<meta property="og:image" content="http://testserver{address}">' in _page(client, incident)
    answer = client.get(address)
    assert answer["Content-Type"] == "image/png"
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_what_is_known_by_country_only_has_no_picture(client, db):
    incident = make_incident(published=True, place_name="Iraq", place_precision="country", country="IQ")
    assert "og:image" not in _page(client, incident)
    assert client.get(f"/incidents/{incident.code}/picture.png").status_code == 404


def test_a_candidate_has_no_picture(client, db):
    assert client.get(f"/incidents/{make_incident(**BAGHDAD).code}/picture.png").status_code == 404


def test_what_no_quoted_words_stand_behind_says_so(client, db):
    incident = _at(DAY, mentions=0, kind="drone-strike", killed_low=2, wounded_low=None)
    make_mention(incident=incident, quotes=[("kind", 12, 17), ("place", 0, 7), ("date", 60, 68)])
    page = _page(client, incident).partition('id="known"')[2].partition("</dl>")[0]
    told = dict(re.findall(r"<dt[^>]*>(\w+)</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL))
    unquoted = "no words are quoted"
    assert {name for name, words in told.items() if unquoted in words} == {"Killed"}
    assert "not stated" in told["Wounded"]


def test_a_capped_incident_says_nothing_of_words_that_are_held_back(client, db):
    assert "no words are quoted" not in _page(client, _at(DAY, public_precision="country"))
