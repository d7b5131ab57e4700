"""A server on this machine that speaks Nominatim's JSON, and behaves as badly as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


def answer(name: str = "Zarqan", latitude: Any = "33.50", longitude: Any = "43.20", **others: Any) -> dict[str, Any]:
    """One result as Nominatim gives it; other fields by their names, `class_` for class."""
    fields = {
        "place_id": 1,
        "licence": "Data (c) OpenStreetMap contributors",
        "lat": latitude,
        "lon": longitude,
        "class": others.pop("class_", "place"),
        "type": "village",
        "place_rank": 19,
        "importance": 0.3,
        "addresstype": "village",
        "name": name,
        "display_name": f"{name}, Al Anbar Governorate, Iraq",
        "address": {"village": name, "state": "Al Anbar Governorate", "country": "Iraq", "country_code": "iq"},
        "boundingbox": ["33.48", "33.52", "43.18", "43.22"],
    }
    return {**fields, **others}


class NominatimServer:
    """`behaviour` is done for every request; `asked` holds the queries and `agents` who asked, in their order."""

    def __init__(self) -> None:
        self.behaviour: Any = self.says([answer()])
        self.asked: list[dict[str, str]] = []
        self.agents: list[str | None] = []
        # Set at the end, for those who hang until then.
        self.done = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                query = parse_qs(urlsplit(self.path).query)
                server.asked.append({name: values[0] for name, values in query.items()})
                server.agents.append(self.headers["User-Agent"])
                server.behaviour(self)

            def log_message(self, *args: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.domain = f"127.0.0.1:{self._http.server_port}"

    @contextmanager
    def running(self) -> Iterator[NominatimServer]:
        thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.done.set()
            self._http.shutdown()
            self._http.server_close()
            thread.join()

    @staticmethod
    def sends(body: bytes, status: int = 200, **headers: str) -> Any:
        def behave(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content_Type": "application/json", **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        return behave

    @classmethod
    def says(cls, said: Any) -> Any:
        return cls.sends(json.dumps(said).encode())

    def hangs(self, handler: BaseHTTPRequestHandler) -> None:
        self.done.wait(20)

    def drips(self, handler: BaseHTTPRequestHandler) -> None:
        """One byte of a header after the other, each within any timeout."""
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.done.wait(0.05):
            try:
                handler.wfile.write(b"a")
            except OSError:
                return

    @staticmethod
    def closes(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    @staticmethod
    def breaks_off(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[{")
        handler.close_connection = True
