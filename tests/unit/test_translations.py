"""Every public text has a translation in every language, and the compiled catalogues are those of the texts."""

from __future__ import annotations

import gettext
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole, PlacePrecision, TimePrecision
from incidents.models import Actor, Incident, Source
from incidents.query.labels import MARKED

LANGUAGES = {"ar": 6, "es": 2, "fr": 2}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?strong>")
_LINE = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d+\])?)? ?"(.*)"$')


def _file(language: str, ending: str) -> Path:
    return Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / f"django.{ending}"


def _entries(language: str) -> list[dict[str, str]]:
    """What each entry of a .po file says under msgid, msgid_plural, msgstr ..., without the head."""
    found = []
    for block in _file(language, "po").read_text(encoding="utf-8").split("\n\n"):
        entry: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if match := _LINE.match(line):
                name = match[1] or name
                entry[name] = entry.get(name, "") + json.loads(f'"{match[2]}"')
        assert "#, fuzzy" not in block
        if entry.get("msgid"):
            found.append(entry)
    return found


def _told(entry: dict[str, str]) -> list[str]:
    return [words for name, words in entry.items() if name.startswith("msgstr")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_left_without_its_translation_or_its_plurals(language):
    for entry in _entries(language):
        assert all(_told(entry)), entry["msgid"]
        assert len(_told(entry)) == (LANGUAGES[language] if "msgid_plural" in entry else 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_what_is_filled_in(language):
    for entry in _entries(language):
        wanted = sorted(_PLACEHOLDER.findall(entry.get("msgid_plural", entry["msgid"])))
        assert sorted(_PLACEHOLDER.findall(_told(entry)[-1])) == wanted, entry["msgid"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_texts(language):
    with _file(language, "mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    texts = {entry["msgid"] for entry in _entries(language)}
    known = {key if isinstance(key, str) else key[0] for key in compiled._catalog if key}
    assert known == texts
    for entry in _entries(language):
        if "msgid_plural" not in entry:
            assert compiled.gettext(entry["msgid"]) == entry["msgstr"]


def test_all_languages_translate_the_same_texts():
    ids = [{entry["msgid"] for entry in _entries(language)} for language in LANGUAGES]
    assert ids[0] == ids[1] == ids[2]


def test_all_texts_of_the_public_templates_are_in_the_catalogues():
    known = {entry["msgid"] for entry in _entries("fr")}
    root = Path(settings.BASE_DIR) / "templates"
    for file in [*root.glob("*.html"), *root.glob("incidents/*.html")]:
        for _quote, words in re.findall(r"\{% translate (['\"])(.*?)\1", file.read_text(encoding="utf-8")):
            assert words in known, (file.name, words)


def test_every_label_that_the_public_reads_is_marked():
    values = {str(value).replace("-", " ") for value in (*TimePrecision, *PlacePrecision, *ActorRole)}
    labels = {kind.label for kind in Kind} | values
    with translation.override("en"):
        for choices in (Actor.Kind, Source.Kind, Source.Reliability, Incident.Credibility):
            labels |= {str(label) for label in choices.labels}
    assert labels <= set(MARKED)
