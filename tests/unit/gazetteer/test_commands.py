from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from incidents.gazetteer.build import Entry, write
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Level
from incidents.management.commands import load_gazetteer as load_gazetteer_command
from tests.unit.gazetteer.dumps import dump, packed, row


def test_load_gazetteer_says_why_it_cannot_write(tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")
    with pytest.raises(CommandError, match="a file"):
        call_command("load_gazetteer", output=blocked / "gazetteer.sqlite3", stdout=StringIO())


SYRIA = [Entry("Ar Raqqah", 35.95, 39.01, Level.TOWN, 6_000, "SY", "geonames", population=220_000, geonames_id=172955)]


@pytest.fixture
def load_gazetteer(monkeypatch, tmp_path):
    """The command, with one town for what the packages hold."""
    monkeypatch.setattr(load_gazetteer_command, "build", lambda path, progress: write(path, SYRIA))
    path = tmp_path / "var" / "gazetteer.sqlite3"

    def run(*dumps):
        out = StringIO()
        call_command("load_gazetteer", output=path, geonames=[str(dump) for dump in dumps], stdout=out)
        return out.getvalue()

    run.path = path
    return run


def names_in(path):
    with Gazetteer(path) as gazetteer:
        return {name for name in ("Ar Raqqah", "Kafr Dur", "Bir Dur") if gazetteer.lookup(name)}


def test_load_gazetteer_adds_dumps_to_what_the_packages_hold(load_gazetteer, tmp_path):
    first = packed(tmp_path, row(1, "Kafr Dur"), row(172955, "Raqqa"), "a broken row\n", row(2, "A school", "S.SCH"))
    printed = load_gazetteer(first, dump(tmp_path, row(3, "Bir Dur"), name="IQ.txt"))
    assert names_in(load_gazetteer.path) == {"Ar Raqqah", "Kafr Dur", "Bir Dur"}
    assert "4 rows of GeoNames: 2 new places, 1 that were there, 1 of kinds that are left out" in printed
    assert "broken rows left out: 1, such as\n  'a broken row'" in printed
    assert [file.name for file in load_gazetteer.path.parent.iterdir()] == ["gazetteer.sqlite3"]


def test_load_gazetteer_says_which_dump_a_plain_run_leaves_out(load_gazetteer, tmp_path):
    source = dump(tmp_path, row(1, "Kafr Dur"))
    load_gazetteer(source)
    assert f"The old file held {source}, this one does not" in load_gazetteer()
    assert names_in(load_gazetteer.path) == {"Ar Raqqah"}


def test_load_gazetteer_fetches_an_address_and_removes_what_it_fetched(load_gazetteer, tmp_path, folder_server):
    dump(tmp_path, row(1, "Kafr Dur"))
    load_gazetteer(f"{folder_server}/SY.txt")
    assert names_in(load_gazetteer.path) == {"Ar Raqqah", "Kafr Dur"}
    assert [file.name for file in load_gazetteer.path.parent.iterdir()] == ["gazetteer.sqlite3"]


@pytest.mark.parametrize(
    ("name", "message"),
    [("none.txt", "answered 404: check the address"), ("page.txt", "is no dump of GeoNames")],
)
def test_load_gazetteer_says_why_an_address_gives_no_dump(load_gazetteer, tmp_path, folder_server, name, message):
    dump(tmp_path, "<html>Log in first</html>\n", name="page.txt")
    load_gazetteer()
    with pytest.raises(CommandError, match=message):
        load_gazetteer(f"{folder_server}/{name}")
    assert names_in(load_gazetteer.path) == {"Ar Raqqah"}
    assert [file.name for file in load_gazetteer.path.parent.iterdir()] == ["gazetteer.sqlite3"]


def test_load_gazetteer_names_a_dump_that_is_not_there(load_gazetteer, tmp_path):
    with pytest.raises(CommandError, match=r"There is no file .*none\.zip: give a dump of GeoNames or its address"):
        load_gazetteer(tmp_path / "none.zip")


@pytest.fixture
def folder_server(tmp_path):
    """A web server of this machine with the files of the test's folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()
