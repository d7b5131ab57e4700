"""How geopy reaches a provider: one exchange with the host that the operator named, bounded in time and in size.

geopy's own adapters follow redirects to any host, read answers of any size and let a server drip for ever.
"""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Event, Timer
from typing import Any, NoReturn
from urllib.parse import urlsplit

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import (
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

# Five answers of Nominatim with their addresses are some 5 kB.
MOST_BYTES = 1_000_000
_OK = 200


class TooSlow(GeocoderTimedOut):  # type: ignore[misc]
    """The host was reached and did not answer in time: trying again costs the same time again."""


class BoundedAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """Follows no redirect, takes no proxy, reads MOST_BYTES at most, and ends `timeout` seconds after it connected."""

    def __init__(self, *, proxies: Any, ssl_context: ssl.SSLContext | None) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._ssl_context = ssl_context or ssl.create_default_context()

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            return json.loads(text, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise GeocoderParseError("the answer is not JSON") from error

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """The body of a 200; anything else raises one of geopy's errors, or AdapterHTTPError with the status."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        is_secure = parts.scheme == "https"
        connection = (
            HTTPSConnection(host, parts.port, context=self._ssl_context)
            if is_secure
            else HTTPConnection(host, parts.port)
        )
        sock = _connected(host, connection.port, timeout)
        try:
            if is_secure:
                sock = self._ssl_context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
            with _ended_after(timeout, sock):
                if isinstance(sock, ssl.SSLSocket):
                    sock.do_handshake()
                connection.sock = sock
                target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
                connection.request("GET", target, headers=headers)
                with connection.getresponse() as response:
                    return _body(response)
        finally:
            connection.close()
            sock.close()


def _connected(host: str, port: int, timeout: float) -> socket.socket:
    try:
        return socket.create_connection((host, port), timeout)
    except TimeoutError as error:
        raise TooSlow("no connection in time") from error
    except OSError as error:
        raise GeocoderUnavailable(f"no connection: {error}") from error


@contextmanager
def _ended_after(seconds: float, sock: socket.socket) -> Iterator[None]:
    """Breaks off whatever `sock` waits for after so many seconds: a timeout of a socket counts from its last byte."""
    expired = Event()

    def end() -> None:
        expired.set()
        with suppress(OSError):  # closed already
            # Not that of an SSLSocket, which takes the state from under the thread that reads.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, HTTPException) as error:
        if isinstance(error, AdapterHTTPError | GeocoderServiceError):
            raise
        if not expired.is_set() and not isinstance(error, TimeoutError):
            raise _broken(error) from error
        expired.set()
    finally:
        timer.cancel()
    # Also without an error: headers and bodies that are broken off read as whole ones.
    if expired.is_set():
        raise TooSlow(f"no whole answer within {seconds:g} s")


def _broken(error: Exception) -> GeocoderServiceError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return GeocoderInsufficientPrivileges(f"its certificate is not valid: {error.verify_message}")
    return GeocoderServiceError(f"the connection broke off: {type(error).__name__}")


def _body(response: HTTPResponse) -> str:
    body = response.read(MOST_BYTES + 1)
    if response.status != _OK:
        headers = {name.lower(): value for name, value in response.getheaders()}
        message = f"status {response.status}"
        if "location" in headers:
            message += f", a redirect to {headers['location'][:200]!r}, which is not followed"
        raise AdapterHTTPError(message, status_code=response.status, headers=headers, text=None)
    if len(body) > MOST_BYTES:
        raise GeocoderServiceError(f"the answer is larger than {MOST_BYTES:,} bytes")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise GeocoderParseError("the answer is not UTF-8") from error


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number in JSON")
