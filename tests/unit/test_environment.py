"""Settings from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from mapsite.environment import (
    database,
    env_bool,
    env_choice,
    env_float,
    env_int,
    env_list,
    env_object,
    read_env_file,
)


def test_a_boolean_that_is_none_names_the_fix(monkeypatch):
    monkeypatch.setenv("DEBUG", "maybe")
    with pytest.raises(ImproperlyConfigured, match="set DEBUG=1 or DEBUG=0"):
        env_bool("DEBUG", default=False)


def test_a_number_that_is_none_names_the_fix(monkeypatch):
    monkeypatch.setenv("FETCH_TIMEOUT", "soon")
    with pytest.raises(ImproperlyConfigured, match="such as 20"):
        env_int("FETCH_TIMEOUT", 20)


def test_a_word_that_is_not_known_names_the_variable_and_an_example(monkeypatch):
    assert env_choice("ATLAS_ZONE", "UTC", {"UTC"}, such_as="Europe/Paris") == "UTC"
    monkeypatch.setenv("ATLAS_ZONE", "Mars")
    with pytest.raises(ImproperlyConfigured, match=r"ATLAS_ZONE='Mars'.*such as Europe/Paris"):
        env_choice("ATLAS_ZONE", "UTC", {"UTC"}, such_as="Europe/Paris")


def test_a_list_is_split_at_commas(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example, b.example,")
    assert env_list("ALLOWED_HOSTS") == ["a.example", "b.example"]


@pytest.mark.parametrize(
    "url", ["mysql://host/name", "postgresql://host", "postgresql://me@host:port/name", "postgresql://me@[::1/name"]
)
def test_an_unusable_database_names_the_form(url):
    with pytest.raises(ImproperlyConfigured, match=r"postgresql://user:password@host:5432/name"):
        database(url, default_file=Path("db.sqlite3"))


def test_postgresql_gets_its_parts_and_a_pool():
    settings = database("postgresql://me:p%40ss@db.example:5433/atlas?sslmode=require", default_file=Path("x"))
    assert (settings["NAME"], settings["USER"], settings["PASSWORD"]) == ("atlas", "me", "p@ss")
    assert (settings["HOST"], settings["PORT"]) == ("db.example", "5433")
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert settings["OPTIONS"]["pool"]["max_size"] > 0


def test_without_a_url_it_is_the_file():
    assert database("", default_file=Path("var/db.sqlite3"))["NAME"] == "var/db.sqlite3"


def test_the_env_file_does_not_override_the_environment(tmp_path, monkeypatch):
    file = tmp_path / ".env"
    file.write_text("# comment\nATLAS_A=file\nATLAS_B='quoted'\n", encoding="utf-8")
    monkeypatch.setenv("ATLAS_A", "shell")
    monkeypatch.delenv("ATLAS_B", raising=False)
    read_env_file(file)
    import os

    assert (os.environ["ATLAS_A"], os.environ["ATLAS_B"]) == ("shell", "quoted")
    monkeypatch.delenv("ATLAS_B")


def test_a_broken_line_of_the_env_file_is_named(tmp_path):
    file = tmp_path / ".env"
    file.write_text("GOOD=1\nno equals sign\n", encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="line 2"):
        read_env_file(file)


def test_a_fraction_is_a_finite_number_that_is_large_enough(monkeypatch):
    assert env_float("GEOCODER_MIN_DELAY_SECONDS", 1.5) == 1.5
    monkeypatch.setenv("GEOCODER_MIN_DELAY_SECONDS", "0.25")
    assert env_float("GEOCODER_MIN_DELAY_SECONDS", 1.5) == 0.25
    for wrong in ("soon", "-1", "inf", "nan"):
        monkeypatch.setenv("GEOCODER_MIN_DELAY_SECONDS", wrong)
        with pytest.raises(ImproperlyConfigured, match=r"0 or more.*such as 1\.5"):
            env_float("GEOCODER_MIN_DELAY_SECONDS", 1.5)


def test_an_object_that_is_none_names_the_form_and_keeps_the_key_to_itself(monkeypatch):
    assert env_object("GEOCODER_OPTIONS") == {}
    monkeypatch.setenv("GEOCODER_OPTIONS", '{"api_key": "k"}')
    assert env_object("GEOCODER_OPTIONS") == {"api_key": "k"}
    for wrong in ("secret", '["secret"]'):
        monkeypatch.setenv("GEOCODER_OPTIONS", wrong)
        with pytest.raises(ImproperlyConfigured, match="JSON object") as raised:
            env_object("GEOCODER_OPTIONS")
        assert "secret" not in str(raised.value)
