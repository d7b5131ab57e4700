from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from incidents.ingestion import download as module
from incidents.ingestion.download import download
from incidents.ingestion.errors import AddressError, SlowError, StatusError, UnreachableError

CONTENT = bytes(range(256)) * 400


class Mirror(BaseHTTPRequestHandler):
    """A mirror of dumps that can go on from the middle, breaks off, or does not tell its versions."""

    def do_HEAD(self):
        if self.path == "/no-head.zip":
            return self.send(405, b"")
        if self.path == "/gone.zip":
            return self.send(404, b"")
        return self.send(200, b"", length=len(CONTENT))

    def do_GET(self):
        self.server.asked.append(self.headers.get("Range"))
        if self.path == "/moved.zip":
            return self.send(302, b"", location="/dump.zip")
        if self.path == "/breaks.zip" and len(self.server.asked) <= self.server.breaks:
            return self.send(200, CONTENT[:30_000], length=len(CONTENT))
        if self.path == "/silent.zip":
            self.server.stop.wait(5)
            return None
        start = self.start()
        return self.send(206 if start else 200, CONTENT[start:])

    def start(self) -> int:
        if self.headers.get("Range") and self.headers.get("If-Range") == self.server.version:
            return int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        return 0

    def send(self, status, content, *, length=None, location=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        if self.server.version:
            self.send_header("ETag", self.server.version)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture
def mirror():
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    httpd.daemon_threads = True
    httpd.asked, httpd.version, httpd.breaks, httpd.stop = [], '"1"', 0, threading.Event()
    httpd.address = f"http://127.0.0.1:{httpd.server_port}"
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield httpd
    httpd.stop.set()
    httpd.shutdown()
    httpd.server_close()


def get(mirror, folder, name="dump.zip", **keywords):
    return download(f"{mirror.address}/{name}", folder, contact="atlas@example.org", **keywords)


def test_a_file_comes_whole_and_tells_how_far_it_is(mirror, tmp_path):
    told = []
    path = get(mirror, tmp_path / "new folder", progress=lambda done, whole: told.append((done, whole)))
    assert path.read_bytes() == CONTENT
    assert path.name.endswith("dump.zip")
    assert told[-1] == (len(CONTENT), len(CONTENT))


def test_a_fetch_that_was_cut_off_goes_on_where_it_was(mirror, tmp_path):
    path = get(mirror, tmp_path)
    path.write_bytes(CONTENT[:1_000])
    assert get(mirror, tmp_path).read_bytes() == CONTENT
    assert mirror.asked == [None, "bytes=1000-"]


def test_a_file_that_is_there_is_not_fetched_again(mirror, tmp_path):
    get(mirror, tmp_path)
    assert get(mirror, tmp_path).read_bytes() == CONTENT
    assert mirror.asked == [None]


def test_a_part_of_an_older_version_is_thrown_away(mirror, tmp_path):
    get(mirror, tmp_path).write_bytes(b"old")
    mirror.version = '"2"'
    path = get(mirror, tmp_path)
    assert path.read_bytes() == CONTENT
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("version", ["", 'W/"1"'])
def test_without_a_version_to_hold_it_to_a_file_is_fetched_anew(mirror, tmp_path, version):
    mirror.version = version
    get(mirror, tmp_path).write_bytes(b"old")
    assert get(mirror, tmp_path).read_bytes() == CONTENT
    assert mirror.asked == [None, None]


def test_a_connection_that_breaks_is_taken_up_again(mirror, tmp_path):
    mirror.breaks = 1
    assert get(mirror, tmp_path, "breaks.zip").read_bytes() == CONTENT
    assert mirror.asked == [None, "bytes=30000-"]


def test_one_that_breaks_again_and_again_says_how_to_go_on(mirror, tmp_path):
    mirror.breaks = 99
    with pytest.raises(UnreachableError, match="run the command again to go on"):
        get(mirror, tmp_path, "breaks.zip")


def test_a_server_that_falls_silent_is_given_up(mirror, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_TIMEOUT", 0.2)
    with pytest.raises(SlowError, match="stopped sending"):
        get(mirror, tmp_path, "silent.zip")


@pytest.mark.parametrize("name", ["no-head.zip", "moved.zip"])
def test_servers_differ(mirror, tmp_path, name):
    assert get(mirror, tmp_path, name).read_bytes() == CONTENT


def test_a_file_that_is_not_there_is_told(mirror, tmp_path):
    with pytest.raises(StatusError, match="404: check the address"):
        get(mirror, tmp_path, "gone.zip")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address", ["ftp://example.org/dump.zip", "https://user:word@example.org/dump.zip", "https://"]
)
def test_only_plain_web_addresses_are_fetched(tmp_path, address):
    with pytest.raises(AddressError):
        download(address, tmp_path, contact="")
