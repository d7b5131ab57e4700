"""What the heads say of words of violence. The sentences are none that they have learned from."""

import pytest

from incidents.language.classes import KINDS, STATUSES
from incidents.language.heads import listen


def _status(text: str, word: str) -> dict[str, float]:
    _, signals = listen(text)
    start = text.index(word)
    return dict(zip(STATUSES, signals.status_of(start, start + len(word)).tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Two rockets struck the customs post at Rabia on Sunday and wounded a clerk.", "struck"),
        ("Gunmen killed four farmers near Bama at dawn on Friday, residents said.", "killed"),
        ("A roadside bomb exploded under a police van in Quetta on Tuesday, killing two.", "exploded"),
    ],
)
def test_news_reads_as_something_that_happened(text, word):
    status = _status(text, word)
    assert status["new"] + status["again"] > 0.5
    assert sum(status.values()) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The striker fired his team into the final with a late goal.", "fired"),
        ("The film bombed at the box office and the studio shut it down.", "bombed"),
        ("The general threatened to bomb the pipeline if the talks failed.", "bomb"),
    ],
)
def test_goals_failures_and_threats_do_not(text, word):
    status = _status(text, word)
    assert status["new"] + status["again"] < 0.5


def test_the_kind_is_read_from_the_sentence():
    text = "Warplanes bombed a grain store outside Kadugli on Monday."
    _, signals = listen(text)
    shares = signals.kind_of(text.index("bombed"), text.index("bombed") + 6)
    assert KINDS[int(shares.argmax())] == "air_strike"


def test_words_outside_what_was_read_have_no_reading():
    _, signals = listen("Shells fell on Gao.")
    assert signals.status_of(500, 510) is None
    assert signals.link(0, 500) is None
