"""The corpus can be read, and a slip in it is told with its line."""

from pathlib import Path

import pytest

from training.corpus import FOLDER, CorpusError, main, parse_marks, read


def _file(folder: Path, text: str) -> Path:
    path = folder / "passages.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_marks_may_be_nested_and_leave_the_text_without_braces():
    text, marks = parse_marks("{attacker: {demonym: Malian} jets} {trigger.air_strike.new: hit} {place.town: Gao}.")
    assert text == "Malian jets hit Gao."
    assert [(mark.label, text[mark.start : mark.end]) for mark in marks] == [
        ("attacker", "Malian jets"),
        ("demonym", "Malian"),
        ("trigger.air_strike.new", "hit"),
        ("place.town", "Gao"),
    ]
    assert [mark.name for mark in marks] == ["attacker", "demonym", "trigger", "place"]


def test_passages_stand_between_blank_lines_and_may_have_several(tmp_path):
    path = _file(tmp_path, "## a-0001 | wire | Sahel\nOne\ntwo.\n\n\n## a-0002 | local | USA\n{loc.town: Paris}\n")
    first, second = read(path)
    assert (first.id, first.register, first.region, first.text) == ("a-0001", "wire", "Sahel", "One\ntwo.")
    assert [(mark.start, mark.end) for mark in second.marks] == [(0, 5)]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("One {loc.town: Gao", 2, "not closed"),
        ("One\nGao} two", 3, "closes no mark"),
        ("{loc.city: Gao}", 2, "unknown label loc.city"),
        ("{loc: Gao}", 2, "unknown label loc"),
        ("{trigger.shooting.old: shot}", 2, "unknown label"),
        ("{person: Amadou }", 2, "space"),
        ("One\n{Gao}", 3, "{label: words}"),
        ("One {person: }", 2, "empty"),
    ],
)
def test_a_broken_mark_is_told_with_its_line(tmp_path, text, line, message):
    path = _file(tmp_path, f"## a-0001 | wire | Sahel\n{text}\n")
    with pytest.raises(CorpusError) as error:
        list(read(path))
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("No header", "begins with"),
        ("## a-0001 | novel | Sahel\nGao", "unknown register novel"),
        ("## a-0001 | wire | Sahel", "no text"),
    ],
)
def test_a_broken_header_is_told_with_its_line(tmp_path, text, message):
    with pytest.raises(CorpusError, match=message):
        list(read(_file(tmp_path, text)))


def test_roles_and_places_belong_to_the_first_event_or_to_the_one_of_their_number(tmp_path):
    text = (
        "{attacker: Rebels} {trigger.clash.new: raided} {place.town: Gao}; {killed: two} died in the"
        " {trigger.clash.again: raid}. {date.2: In May} {weapon.2: a mine} {trigger.landmine.background: hit} a bus"
        " near {place.town.2: Kidal}."
    )
    (passage,) = read(_file(tmp_path, f"## a-0001 | wire | Sahel\n{text}\n"))
    assert [(mark.name, mark.event) for mark in passage.marks if mark.name in ("place", "killed", "weapon")] == [
        ("place", 1),
        ("killed", 1),
        ("weapon", 2),
        ("place", 2),
    ]
    assert [mark.label for mark in passage.events] == ["trigger.clash.new", "trigger.landmine.background"]


def test_a_role_needs_the_event_of_its_number(tmp_path):
    path = _file(tmp_path, "## a-0001 | wire | Sahel\nRebels {trigger.clash.new: raided} {place.town.2: Gao}.\n")
    with pytest.raises(CorpusError, match="event 2, and 1 events"):
        list(read(path))


def test_an_id_comes_once(tmp_path):
    with pytest.raises(CorpusError, match=r":4: a-0001 comes twice"):
        list(read(_file(tmp_path, "## a-0001 | wire | Sahel\nOne\n\n## a-0001 | wire | Sahel\nTwo\n")))


def test_every_file_of_the_corpus_can_be_read(capsys):
    assert main(FOLDER) == 0
    assert "triggers by kind and modality" in capsys.readouterr().out


def test_the_triggers_are_counted_by_kind_and_modality(tmp_path, capsys):
    text = "Two {trigger.clash.new: clashes} after a {trigger.clash.denied: clash} that was none; {trigger.mob.new: riots}."
    main(_file(tmp_path, f"## a-0001 | wire | Sahel\n{text}\n"))
    printed = capsys.readouterr().out.splitlines()
    assert "| clash | 1 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 2 |" in printed
    assert "| all | 2 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 3 |" in printed
