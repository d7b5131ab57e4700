from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def geocode(name: str) -> str:
    out = StringIO()
    call_command("geocode", name, stdout=out)
    return out.getvalue()


def test_geocode_shows_what_a_name_may_mean(settings, small_path):
    settings.GAZETTEER_PATH = small_path
    first, second = (line for line in geocode("Paris").splitlines() if "Paris" in line)
    assert "48.8530" in first
    assert "Texas, United States" in second


def test_geocode_of_an_unknown_name_fails_with_its_name(settings, small_path):
    settings.GAZETTEER_PATH = small_path
    with pytest.raises(CommandError, match="holds no 'Nowhereville'"):
        geocode("Nowhereville")


def test_geocode_without_a_gazetteer_names_the_command_to_type(settings, tmp_path):
    settings.GAZETTEER_PATH = tmp_path / "none.sqlite3"
    with pytest.raises(CommandError, match="load_gazetteer"):
        geocode("Paris")


def test_load_gazetteer_says_why_it_cannot_write(tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")
    with pytest.raises(CommandError, match="a file"):
        call_command("load_gazetteer", output=blocked / "gazetteer.sqlite3", stdout=StringIO())
