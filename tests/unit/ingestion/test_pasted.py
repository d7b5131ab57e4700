"""Pasted pages of our own words. Each line of pasted/*.txt begins with what becomes of it: "+" stays, "-" goes, "=" is
the title."""

from pathlib import Path

import pytest

from incidents.ingestion.text import clean

PASTED = sorted((Path(__file__).parent / "pasted").iterdir())


@pytest.mark.parametrize("path", PASTED, ids=lambda path: path.stem)
def test_of_a_pasted_page_the_news_stays_and_nothing_else(path):
    marked = path.read_text(encoding="utf-8").splitlines()
    lines = [line[2:] for line in marked]
    page = clean("\n".join(lines))
    starts = [sum(len(line) + 1 for line in lines[:index]) for index in range(len(lines))]
    kept = [(raw, raw + length) for _, raw, length in page.clean.pieces]
    stays = [
        line
        for start, line in zip(starts, lines, strict=True)
        if line and any(first <= start + len(line) - len(line.lstrip()) < last for first, last in kept)
    ]
    assert stays == [line[2:] for line in marked if line.startswith("+")]
    assert [page.title] == ([line[2:].strip() for line in marked if line.startswith("=")] or [""])


@pytest.mark.parametrize("path", PASTED, ids=lambda path: path.stem)
def test_every_word_of_the_clean_text_stands_where_it_stood(path):
    raw = "\n".join(line[2:] for line in path.read_text(encoding="utf-8").splitlines())
    page = clean(raw)
    for start, place, length in page.clean.pieces:
        assert page.clean.text[start : start + length].split() == raw[place : place + length].split()


def test_a_credit_behind_a_sentence_of_news_is_cut_off():
    text = "Shells killed three people in Oriv on Tuesday, police said. (Photo: Jo Lund/AFP)"
    assert clean(text).clean.text == "Shells killed three people in Oriv on Tuesday, police said."


def test_the_stamps_of_a_live_blog_of_several_days_stay_as_headings():
    text = (
        "22 January 2024 08:05 GMT\nGunners shelled a ferry near Oriv and wounded a sailor, the port said.\n\n"
        "21 January 2024 23:40 GMT\nA mine killed a farmer near Tarin on his field, the mayor said."
    )
    lines = clean(text).clean.text.split("\n\n")
    assert [lines[0], lines[2]] == ["22 January 2024 08:05 GMT", "21 January 2024 23:40 GMT"]
