import json

import pytest

from incidents.extraction.judgement import QUESTIONS, WEIGHTS, judge, speaks
from incidents.extraction.regression import Regression


def test_every_question_has_a_probability():
    judged = judge({})
    assert tuple(judged) == QUESTIONS
    assert all(0 < share < 1 for share in judged.values())


def test_what_reads_as_something_else_is_less_probably_an_incident():
    assert judge({"read as something else": -2.0})["incident"] > judge({"read as something else": 2.0})["incident"]


def test_what_moves_the_answer_comes_first():
    moved = speaks({"lead": 1.0, "read as happened on the whole": -2.0})
    assert [abs(odds) for _, odds in moved] == sorted((abs(odds) for _, odds in moved), reverse=True)
    assert dict(moved)["read as happened on the whole"] < 0 < dict(moved)["lead"]


def test_evidence_that_is_missing_counts_as_its_mean(tmp_path):
    path = tmp_path / "weights.json"
    path.write_text(
        json.dumps(
            {"questions": ["a"], "names": ["x"], "mean": [2.0], "scale": [0.5], "weights": [[1.0]], "bias": [0.0]}
        )
    )
    fitted = Regression.load(path)
    assert fitted({})["a"] == fitted({"x": 2.0})["a"] == pytest.approx(0.5)
    assert fitted({"x": 3.0})["a"] > 0.8


def test_the_weights_answer_the_questions_that_are_asked():
    assert Regression.load(WEIGHTS).questions == QUESTIONS
