import random

import pytest

from incidents.language.classes import CLASSES, ROLE_TAGS, STATUSES
from training.corpus import Passage, parse_marks
from training.events import _passage, passages
from training.exchange import varied
from training.gold import Labelled
from training.targets import examples

MARKED = (
    "{attacker: Rebels} {trigger.shelling.new: shelled} {place.town: Gao} {date: on Monday}, killing {killed: 12 people}."
    " {metonym.town: Bamako} vowed {trigger.air_strike.threat: to bomb} them."
)


def _labelled() -> Labelled:
    text, marks = parse_marks(MARKED)
    return _passage(Passage("z-0001", "wire", "Mali", text, marks))


def _words(text: Labelled) -> set[tuple[str, str]]:
    return {(text.text[start:end], label) for start, end, label in text.marks}


def test_a_passage_tells_what_each_head_shall_say():
    text = _labelled()
    assert ("shelled", "status.new") in _words(text)
    assert ("to bomb", "kind.air_strike") in _words(text)
    assert ("Rebels", "role.attacker") in _words(text)
    links = {
        (text.text[trigger:].split()[0], text.text[place:].split()[0], right) for trigger, place, right in text.links
    }
    assert links == {("shelled", "Gao", True), ("shelled", "Bamako", False)}


def test_what_is_told_moves_with_the_words_when_names_and_numbers_are_exchanged():
    names = ["Ndélé", "Bab el-Mandeb", "Ko"]
    for seed in range(30):
        copy = varied(_labelled(), names, random.Random(seed))
        marks = {word.casefold() for word, label in _words(copy) if label.startswith("status")}
        assert marks == {"shelled", "to bomb"}
        assert all(copy.text[start:end].strip() for start, end, _ in copy.marks)
        (killed,) = [word for word, label in _words(copy) if label == "role.killed"]
        assert killed.casefold().endswith("people")
        assert [copy.text[trigger : trigger + 7].casefold() for trigger, _, _ in copy.links] == ["shelled", "shelled"]


def test_each_piece_has_the_classes_that_its_mark_allows():
    (example,) = examples(_labelled())
    words = {_labelled().text[start:end]: index for index, (start, end) in enumerate(
        zip(example.window.starts, example.window.ends, strict=True)
    )}  # fmt: skip
    status, roles = example.allowed["status"], example.allowed["roles"]
    assert [STATUSES[index] for index in status[words["killing"]].nonzero()[0]] == ["outside"]
    assert [ROLE_TAGS[index] for index in roles[words["people"]].nonzero()[0]] == ["I-killed"]
    assert all(
        allowed.shape == (len(example.window.ids), len(CLASSES[name])) for name, allowed in example.allowed.items()
    )


@pytest.mark.parametrize(
    ("label", "open_classes"),
    [
        ("status.violent", set(STATUSES) - {"outside", "none"}),
        ("status.none", {"outside", "none"}),
    ],
)
def test_a_source_that_says_less_leaves_classes_open_and_other_words_unlabelled(label, open_classes):
    text = Labelled(
        "a", "Rockets hit Hama.", (), marks=((8, 11, label),), unmarked=frozenset(["names", "status", "roles"])
    )
    (example,) = examples(text)
    labelled = [row for row in example.allowed["status"] if row.any()]
    assert [{STATUSES[index] for index in row.nonzero()[0]} for row in labelled] == [open_classes]
    assert not example.allowed["names"].any()
    assert not example.allowed["roles"].any()


def test_the_corpus_lies_in_its_texts():
    read = passages()
    assert len(read) > 1_000
    assert all(0 <= start < end <= len(text.text) for text in read for start, end, _ in (*text.names, *text.marks))
    assert sum(label == "status.new" for text in read for _, _, label in text.marks) > 400
