"""The bitmaps of common words on PostgreSQL: always what the words say, whatever changed since they were made."""

from __future__ import annotations

import random
from threading import Event, Thread

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from incidents.models import SearchText
from incidents.query import holders as reading
from incidents.query.holders import holders
from incidents.query.search import Term, expression, wanted
from incidents.workflows import bitmaps
from tests.factories import make_incident

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has an index of beginnings instead"),
]

WORDS = ["strike", "strikes", "struck", "st", "s", "in", "p:syria", "p:aleppo", "w:drone", "c:sy", "حلب", "東京"]
RARE = ["zegoua", "convoy", "p:zegoua"]


@pytest.fixture
def from_three_on(monkeypatch):
    """A word is common when three incidents hold it, and each change is worth writing."""
    monkeypatch.setattr(bitmaps, "MANY", 3)
    monkeypatch.setattr(bitmaps, "_STILL_MANY", 2)
    monkeypatch.setattr(bitmaps, "FEW_CHANGES", 0)


def _indexed(words):
    incident = make_incident(mentions=0)
    return SearchText.objects.create(incident=incident, words=words)


def _refresh():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE incidents_searchtext")
    bitmaps.refresh()


def _kept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT array(SELECT term FROM incidents_search_bitmap)")
        return set(cursor.fetchone()[0])


def _log():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM incidents_search_changed")
        return cursor.fetchone()[0]


def _found(groups):
    return set(np.flatnonzero(holders(groups)).tolist())


def _said(groups):
    """The rule, read in Python over the rows."""

    def holds(tokens, term):
        return any(token == term.token or (term.prefix and token.startswith(term.token)) for token in tokens)

    return {
        row.incident_id
        for row in SearchText.objects.all()
        if all(any(all(holds(row.words.split(), term) for term in either) for either in group) for group in groups)
    }


def _some_words(chance):
    return " ".join(chance.sample(WORDS, chance.randint(0, 6)) + chance.sample(RARE, chance.choice([0, 0, 0, 1])))


def _some_groups(chance):
    def term():
        token = chance.choice([*WORDS, *WORDS, *RARE])
        return Term(token[: chance.randint(1, len(token))], prefix=chance.random() < 0.8)

    def alternative():
        return tuple(term() for _ in range(chance.choice([1, 1, 2])))

    return [
        tuple(alternative() for _ in range(chance.choice([1, 1, 2, 3]))) for _ in range(chance.choice([1, 1, 2, 3]))
    ]


def test_whatever_changes_the_words_found_are_those_of_now(db, from_three_on):
    chance = random.Random(5)
    for _ in range(40):
        _indexed(_some_words(chance))
    _refresh()
    assert {"'strike':*", "'st':*", "'p:syria'", "'حلب':*"} <= _kept()
    for _ in range(6):
        for row in chance.sample(list(SearchText.objects.all()), 8):
            SearchText.objects.filter(pk=row.pk).update(words=_some_words(chance))
        for row in chance.sample(list(SearchText.objects.all()), 2):
            row.delete()
        for _ in range(3):
            _indexed(_some_words(chance))
        assert _log()
        for groups in [_some_groups(chance) for _ in range(60)]:
            assert _found(groups) == _said(groups), expression(groups, "postgresql")
        _refresh()
        assert _log() == 0
        for groups in [_some_groups(chance) for _ in range(60)]:
            assert _found(groups) == _said(groups), expression(groups, "postgresql")


def test_a_common_word_is_not_asked_of_the_index(db, from_three_on, monkeypatch):
    keys = {_indexed(f"in strike n{number}").pk for number in range(4)}
    _refresh()
    monkeypatch.setattr(reading, "by_index", None)
    assert _found(wanted(q="strike in")) == keys
    other = _indexed("strike rare")
    assert _found(wanted(q="strike")) == keys | {other.pk}
    assert _found(wanted(q="strike rare")) == {other.pk}
    assert _found(wanted(q="strike none")) == set()


def test_a_rare_word_and_a_small_site_are_the_indexs(db, from_three_on):
    row = _indexed("strike rare")
    _refresh()
    assert _kept() == set()
    assert _log() == 0
    assert _found(wanted(q="strike")) == _found(wanted(q="rare")) == {row.pk}


def test_with_many_changes_the_index_answers_until_they_are_followed(db, from_three_on, monkeypatch):
    keys = {_indexed("strike").pk for _ in range(4)}
    _refresh()
    monkeypatch.setattr(reading, "MOST_CHANGED", 1)
    keys |= {_indexed("strike").pk for _ in range(2)}
    assert reading._kept_terms(wanted(q="strike")) == set()
    assert _found(wanted(q="strike")) == keys
    monkeypatch.setattr(bitmaps, "_TOO_MANY_CHANGES", 1)
    _refresh()
    assert reading._kept_terms(wanted(q="strike")) == {"'strike':*"}
    assert _found(wanted(q="strike")) == keys


def test_a_bitmap_that_goes_between_two_statements_is_done_without(db, from_three_on, monkeypatch):
    keys = {_indexed("strike").pk for _ in range(4)}
    monkeypatch.setattr(reading, "_kept_terms", lambda _groups: {"'strike':*"})
    assert _found(wanted(q="strike")) == keys


def test_bitmaps_of_words_that_became_rare_are_dropped(db, from_three_on):
    keys = [_indexed("strike in").pk for _ in range(4)]
    _refresh()
    SearchText.objects.filter(pk__in=keys[1:]).update(words="in")
    _refresh()
    assert ("'strike':*" in _kept(), "'in':*" in _kept()) == (False, True)
    assert _found(wanted(q="strike")) == {keys[0]}


def test_few_changes_are_not_written_at_once(db, from_three_on, monkeypatch):
    for _ in range(4):
        _indexed("strike")
    _refresh()
    monkeypatch.setattr(bitmaps, "FEW_CHANGES", 2)
    row = _indexed("strike")
    _refresh()
    assert _log() == 1
    assert row.pk in _found(wanted(q="strike"))


@pytest.mark.parametrize("command", ["index_search", "write_columns"])
def test_the_commands_bring_the_bitmaps_up_to_date(db, from_three_on, settings, tmp_path, command):
    settings.VAR_DIR = tmp_path
    for _ in range(4):
        make_incident(published=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE incidents_searchtext")
    call_command(command, verbosity=0)
    assert _kept()
    assert _log() == 0


def test_index_search_trusts_no_bitmap(db, from_three_on):
    for _ in range(4):
        make_incident(published=True, title="Strike")
    _refresh()
    keys = _found(wanted(q="strike"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE incidents_search_bitmap SET bits = %s", [b""])
    assert _found(wanted(q="strike")) != keys
    call_command("index_search", verbosity=0)
    assert _found(wanted(q="strike")) == keys


def test_an_emptied_table_leaves_no_bitmap(db, from_three_on):
    for _ in range(4):
        _indexed("strike")
    _refresh()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE incidents_searchtext")
    assert (_kept(), _log()) == (set(), 0)
    assert _found(wanted(q="strike")) == set()


@pytest.mark.django_db(transaction=True)
def test_what_is_written_while_the_bitmaps_are_is_found_afterwards(from_three_on):
    """A transaction that was open when the log was read: its words are in no bitmap, its changes stay in the log."""
    keys = [_indexed("strike").pk for _ in range(5)]
    written, refreshed = Event(), Event()

    def write():
        try:
            with transaction.atomic():
                SearchText.objects.filter(pk=keys[0]).update(words="attack")
                written.set()
                refreshed.wait(30)
        finally:
            connection.close()

    writer = Thread(target=write)
    writer.start()
    assert written.wait(30)
    try:
        _refresh()
    finally:
        refreshed.set()
        writer.join(30)
    assert "'strike':*" in _kept()
    assert _log() == 1
    assert _found(wanted(q="strike")) == set(keys[1:])
    assert _found(wanted(q="attack")) == {keys[0]}
    _refresh()
    assert _log() == 0
    assert _found(wanted(q="strike")) == set(keys[1:])


@pytest.mark.django_db(transaction=True)
def test_what_is_written_once_the_log_was_read_stays_in_it(from_three_on, monkeypatch):
    keys = [_indexed("strike").pk for _ in range(5)]
    take = bitmaps._take_changes

    def write():
        SearchText.objects.filter(pk__in=keys[:2]).update(words="attack")
        connection.close()

    def take_then_write(cursor):
        taken = take(cursor)
        writer = Thread(target=write)
        writer.start()
        writer.join(30)
        return taken

    monkeypatch.setattr(bitmaps, "_take_changes", take_then_write)
    _refresh()
    assert _log() == 2
    assert _found(wanted(q="strike")) == set(keys[2:])
