"""Fetching, against a real server on this machine that behaves as badly as the web does."""

import gzip
import ipaddress
import socket
import threading
import time
import zlib
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from incidents.ingestion import network
from incidents.ingestion.errors import (
    AddressError,
    ContentTypeError,
    FetchError,
    ResponseTooLargeError,
    SlowError,
    StatusError,
    TooManyRedirectsError,
    UnreachableError,
)
from incidents.ingestion.fetch import fetch

PAGE = b"<html><body><p>A mine killed a farmer near Kherson.</p></body></html>"


class BadServer(BaseHTTPRequestHandler):
    seen_agents: list[str] = []

    def do_GET(self):
        name, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"send_{name}")(rest)

    def answer(self, body, status=200, **headers):
        self.send_response(status)
        for key, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_page(self, rest):
        self.seen_agents.append(self.headers["User-Agent"])
        self.answer(PAGE, Set_Cookie="id=1", ETag='"7"')

    def send_status(self, rest):
        self.answer(b"no", status=int(rest))

    def send_packed(self, rest):
        self.answer(gzip.compress(PAGE), Content_Encoding="gzip")

    def send_bomb(self, rest):
        self.answer(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")

    def send_nested(self, rest):
        self.answer(gzip.compress(gzip.compress(PAGE)), Content_Encoding="gzip, gzip")

    def send_broken(self, rest):
        self.answer(zlib.compress(PAGE)[:20], Content_Encoding="gzip")

    def send_image(self, rest):
        self.answer(b"\x89PNG", Content_Type="image/png")

    def send_announced(self, rest):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "999999999")
        self.end_headers()

    def send_endless(self, rest):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.drip(b"<p>more</p>" * 10_000, 0)

    def send_slow(self, rest):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.drip(b"<p>", 0.1)

    def send_crawl(self, rest):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.drip(b"a", 0.1)

    def drip(self, piece, pause):
        for _ in range(300):
            try:
                self.wfile.write(piece)
            except OSError:
                return
            time.sleep(pause)

    def send_to(self, rest):
        self.answer(b"", status=302, Location=rest)

    def send_away(self, rest):
        self.answer(b"", status=302, Location=f"http://127.0.0.2:{self.server.server_port}/page")

    def send_file(self, rest):
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def send_round(self, rest):
        self.answer(b"", status=302, Location="/round")

    def send_cut(self, rest):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\nhalf")

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def server():
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), BadServer)
    httpd.daemon_threads = True
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def get(url, **keywords):
    return fetch(url, **{"contact": "atlas@example.org", "allow_private": True, "timeout": 5.0, **keywords})


@pytest.fixture
def only_first_is_public(monkeypatch):
    """127.0.0.1 stands for the public web, everything else of this machine for the inside of a network."""
    monkeypatch.setattr(network, "is_public", lambda address: address == ipaddress.ip_address("127.0.0.1"))


def test_a_page_comes_with_its_address_type_and_time(server):
    before = datetime.now(UTC)
    fetched = get(f"{server}/page")
    assert fetched.content == PAGE
    assert fetched.content_type == "text/html; charset=utf-8"
    assert fetched.url == f"{server}/page"
    assert fetched.headers["etag"] == '"7"'
    assert "set-cookie" not in fetched.headers
    assert before <= fetched.fetched_at <= datetime.now(UTC)


def test_the_site_is_told_who_reads_it(server):
    get(f"{server}/page", contact="atlas@example.org\r\nX-Evil: 1")
    assert BadServer.seen_agents[-1] == "IncidentAtlas (+atlas@example.orgX-Evil: 1)"


def test_a_redirect_is_followed_and_the_last_address_kept(server):
    assert get(f"{server}/to//page").url == f"{server}/page"


def test_a_packed_page_is_unpacked(server):
    assert get(f"{server}/packed").content == PAGE


@pytest.mark.parametrize(
    ("path", "error", "advice"),
    [
        ("status/404", StatusError, "check the address"),
        ("status/403", StatusError, "paste its text"),
        ("status/503", StatusError, "try again later"),
        ("status/204", StatusError, "paste its text"),
        ("image", ContentTypeError, "image/png"),
        ("nested", ContentTypeError, "packed"),
        ("bomb", ResponseTooLargeError, "larger than 1 MB"),
        ("endless", ResponseTooLargeError, "larger than 1 MB"),
        ("announced", ResponseTooLargeError, "larger than 1 MB"),
        ("round", TooManyRedirectsError, "without an end"),
        ("file", AddressError, "http"),
        ("broken", UnreachableError, "try again"),
        ("cut", UnreachableError, "try again"),
    ],
)
def test_a_bad_answer_gives_an_error_that_says_what_to_do(server, path, error, advice):
    with pytest.raises(error, match=advice):
        get(f"{server}/{path}", max_bytes=1_000_000)


@pytest.mark.parametrize("path", ["slow", "crawl"])
def test_an_answer_that_drips_ends_at_the_deadline(server, path):
    begun = time.monotonic()
    with pytest.raises(SlowError, match="try again later"):
        get(f"{server}/{path}", timeout=0.6)
    assert time.monotonic() - begun < 2


def test_a_name_that_takes_too_long_to_resolve_ends_at_the_deadline(monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **keywords: release.wait(5))
    begun = time.monotonic()
    with pytest.raises(SlowError):
        get("http://slow.example/", timeout=0.3)
    release.set()
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "example.org/a", "", "http://", "http://[::1",
        "http://user:secret@example.org/", "http://exa mple.org/", "http://a\x00b/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused(url):
    with pytest.raises(FetchError):
        get(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "224.0.0.1",  # noqa: S104
        "100.64.0.1", "[::1]", "[fe80::1]", "[fc00::1]", "[ff02::1]", "[::ffff:127.0.0.1]", "[64:ff9b::a00:1]",
        "[2002:7f00:1::]", "2130706433", "0x7f.1",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_however_they_are_written(host):
    with pytest.raises(AddressError, match="public web"):
        get(f"http://{host}/", allow_private=False)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_recognised(address):
    assert network.is_public(ipaddress.ip_address(address))


def test_a_redirect_into_a_private_network_is_refused(server, only_first_is_public):
    assert get(f"{server}/page", allow_private=False).content == PAGE
    with pytest.raises(AddressError, match="public web"):
        get(f"{server}/away", allow_private=False)


def test_a_name_that_changes_its_address_is_asked_only_once(server, only_first_is_public, monkeypatch):
    answers = iter(["127.0.0.1", "127.0.0.2"])
    real = socket.getaddrinfo

    def changing(host, port, *args, **keywords):
        return real(next(answers) if host == "rebinding.example" else host, port, *args, **keywords)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    port = server.rpartition(":")[2]
    assert get(f"http://rebinding.example:{port}/page", allow_private=False).content == PAGE
    assert next(answers) == "127.0.0.2"


def test_a_name_with_a_public_and_a_private_address_reaches_the_public_one_only(
    server, only_first_is_public, monkeypatch
):
    real = socket.getaddrinfo

    def both(host, port, *args, **keywords):
        if host != "mixed.example":
            return real(host, port, *args, **keywords)
        return [*real("127.0.0.2", port, *args, **keywords), *real("127.0.0.1", port, *args, **keywords)]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    port = server.rpartition(":")[2]
    assert get(f"http://mixed.example:{port}/page", allow_private=False).content == PAGE


def test_a_name_that_does_not_exist_and_a_closed_port_say_so():
    with pytest.raises(UnreachableError, match="typing errors"):
        get("http://no-such-name.invalid/")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(UnreachableError, match="No connection"):
            get(f"http://127.0.0.1:{closed.getsockname()[1]}/")
