import random

import numpy as np

from training.regression import Lesson, fit, logistic


def test_a_regression_finds_what_decides():
    chance = random.Random(3)
    rows = [[chance.gauss(0, 1), chance.gauss(0, 1)] for _ in range(400)]
    right = [first + 0.1 * chance.gauss(0, 1) > 0.5 for first, _ in rows]
    first, second, bias = logistic(np.array(rows), np.array(right), decay=1.0)
    assert first > 2
    assert abs(second) < first / 5
    assert bias < 0


def test_evidence_that_a_text_lacks_counts_as_the_mean():
    lessons = [
        Lesson({"own day": float(number % 2), **({"read": 1.0} if number % 3 else {})}, {"incident": number % 2 == 1})
        for number in range(60)
    ]
    fitted = fit(lessons, ["incident"], decay=1.0)
    assert fitted["names"] == ["own day", "read"]
    ((own_day, read),) = fitted["weights"]
    assert own_day > 1
    assert abs(read) < 0.1
