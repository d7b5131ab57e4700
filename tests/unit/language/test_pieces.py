from hypothesis import given
from hypothesis import strategies as st

from incidents.language.pieces import WINDOW, Case, windows


def cases_of(text):
    return [case for window in windows(text) for case in window.cases]


def test_every_word_is_in_one_window_once():
    text = "Rockets hit Mosul. Nobody was hurt.\n\nThe army said so.\n" * 60
    spans = [span for window in windows(text) for span in zip(window.starts, window.ends, strict=True)]
    assert spans == sorted(set(spans))
    assert "".join(text[start:end] for start, end in spans) == "".join(text.split())


def test_a_window_ends_with_a_sentence():
    text = "The convoy was hit near Gao at dawn. " * 40
    assert all(text[window.ends[-1] - 1] == "." for window in windows(text))


def test_pieces_know_how_their_word_is_written():
    assert cases_of("Gao said NATO saw McCoy") == [Case.CAPITALISED, Case.LOWER, Case.UPPER, Case.LOWER, Case.MIXED]


def test_capitals_say_nothing_in_a_text_of_capitals():
    assert set(cases_of("BOMB EXPLODES NEAR THE BRIDGE")) == {Case.SHOUTED}


def test_a_word_without_end_is_cut():
    assert all(len(window.ids) <= WINDOW for window in windows("kramatorsk" * 20_000))


@given(st.text(max_size=400))
def test_any_text_can_be_read(text):
    for window in windows(text):
        assert 0 < len(window.ids) == len(window.cases) == len(window.starts) == len(window.ends) <= WINDOW
        assert all(0 <= start <= end <= len(text) for start, end in zip(window.starts, window.ends, strict=True))
