"""What the judgement learns from a report and from a passage, of the pipeline's own reading."""

import pytest

from incidents.gazetteer.store import Gazetteer
from training.corpus import Passage, parse_marks
from training.judgement import of_passages, of_wires

REPORT = {
    "text": (
        "LIMA, 3 MAR 90 -- A BOMB EXPLODED IN A BANK IN TRUJILLO YESTERDAY AND KILLED THREE PERSONS. POLICE BLAMED"
        " THE REBELS.\n\nTHE MINISTER SAID THAT GUNMEN KILLED A JUDGE IN PUNO ON 1 MARCH."
    ),
    "published": "1990-03-03",
    "events": [
        {
            "type": "bombing", "type_ok": ["bombing"], "date_low": "1990-03-02", "date_high": "1990-03-02",
            "place": "Trujillo", "actors": ["REBELS"], "target": ["BANK"], "killed_low": 3, "killed_high": 3,
        },
    ],
}  # fmt: skip


@pytest.fixture
def gazetteer(gazetteer_path):
    with Gazetteer(gazetteer_path) as opened:
        yield opened


@pytest.fixture
def lessons(gazetteer):
    return list(of_wires([REPORT], gazetteer))


def test_what_a_template_tells_is_right_and_the_rest_is_not(lessons):
    by_answer = {lesson.answers["incident"]: lesson for lesson in lessons}
    assert set(by_answer) == {True, False}
    right = by_answer[True].answers
    assert (right["right"], right["kind"], right["date"], right["place"], right["killed"]) == (True,) * 5


def test_a_day_that_no_calendar_has_decides_nothing(gazetteer):
    event = {**REPORT["events"][0], "date_low": "1990-02-30", "date_high": "1990-02-31"}
    told = [lesson for lesson in of_wires([{**REPORT, "events": [event]}], gazetteer) if lesson.answers["incident"]]
    assert len(told) == 1
    assert "date" not in told[0].answers


def test_a_passage_says_which_words_tell_of_an_incident(gazetteer):
    text, marks = parse_marks(
        "{attacker: Gunmen} {trigger.shooting.new: killed} {killed: two teachers} in {place.town: Maiduguri} {date: on Monday}."
    )
    (lesson,) = of_passages([Passage("z-0001", "wire", "Nigeria", text, marks)], gazetteer)
    assert lesson.answers["incident"]
    assert (lesson.answers["killed"], lesson.answers["doer"]) == (True, True)
