"""A newcomer's first map: the sample articles through the real pipeline, and a moderator's decisions on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from incidents.models import Article, Incident, Mention
from incidents.workflows.samples import load

SAMPLES = Path(settings.BASE_DIR) / "samples"
INDEX = json.loads((SAMPLES / "index.json").read_text(encoding="utf-8"))
DECISIONS = json.loads((SAMPLES / "decisions.json").read_text(encoding="utf-8"))


def test_every_article_is_listed_once_and_marked_as_a_sample():
    listed = [item["file"] for item in INDEX]
    assert sorted(listed) == sorted(f"articles/{path.name}" for path in (SAMPLES / "articles").iterdir())
    assert len({item["url"] for item in INDEX}) == len(listed) >= 15
    for file in listed:
        assert "Sample article written for Incident Atlas" in (SAMPLES / file).read_text(encoding="utf-8"), file


def test_every_decision_names_words_of_its_article():
    for decision in DECISIONS:
        text = " ".join((SAMPLES / decision["article"]).read_text(encoding="utf-8").split())
        for word in decision["match"].get("words", ()):
            assert word in text, (decision["article"], word)


@pytest.mark.django_db
def test_the_first_map_has_incidents_to_look_at_and_some_to_decide(gazetteer_path):
    first = load(folder=SAMPLES, now=timezone.now())
    assert first.failed == []
    assert Incident.objects.published().count() >= 40
    assert Incident.objects.waiting().count() >= 5
    assert Article.objects.filter(is_sample=True).count() == len(INDEX)
    (copy,) = Article.objects.exclude(copy_of=None)
    assert copy.source != copy.copy_of.source
    for mention in Mention.objects.filter(incident__status="published"):
        assert mention.quotes.exists(), mention

    def state():
        return {model.__name__: list(model.objects.order_by("pk").values()) for model in (Article, Incident, Mention)}

    before = state()
    second = load(folder=SAMPLES, now=timezone.now())
    assert second.articles == 0
    assert state() == before
