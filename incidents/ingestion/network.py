"""A transport for httpx that connects to public addresses only, and never past its deadline.

The check stands at the connection itself: a name is resolved once, and the address that was checked is the address
that is connected to. A second answer of the name server cannot slip in between, and every redirect passes here again.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpcore
import httpx

from incidents.ingestion.errors import AddressError, SlowError, UnreachableError

# IPv6 addresses that a NAT64 gateway turns into the IPv4 address of their last 32 bits (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
SocketOptions = Iterable[Any] | None


class Deadline:
    """The moment by which everything must be done, in seconds from now."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self.seconds = seconds

    def remaining(self) -> float:
        """Seconds left; SlowError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise SlowError(
                f"The site took longer than {self.seconds:g} seconds: try again later, or paste the text of the article."
            )
        return left

    def limit(self, timeout: float | None) -> float:
        left = self.remaining()
        return left if timeout is None else min(timeout, left)


class PublicTransport(httpx.BaseTransport):
    """HTTP and HTTPS to public addresses. `allow_private` is for tests against a server on this machine."""

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            network_backend=_PublicBackend(deadline, allow_private=allow_private),
            max_connections=1,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.scheme not in ("http", "https"):
            raise AddressError(f"Only http and https addresses are fetched, not {request.url.scheme or 'this one'}.")
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _PublicBackend(httpcore.NetworkBackend):
    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._sockets = httpcore.SyncBackend()
        self._deadline = deadline
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the name's public addresses that answers."""
        failure: Exception | None = None
        for address in self._addresses(host, port):
            try:
                stream = self._sockets.connect_tcp(
                    str(address), port, self._deadline.limit(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise UnreachableError(f"No connection to {host}: check the address, or try again later.") from failure

    def _addresses(self, host: str, port: int) -> list[IPAddress]:
        addresses = resolve(host, port, self._deadline.remaining())
        allowed = [address for address in addresses if self._allow_private or is_public(address)]
        if not allowed:
            raise AddressError(f"{host} is an address of a private network: only pages of the public web are fetched.")
        return allowed

    def sleep(self, seconds: float) -> None:
        time.sleep(min(seconds, self._deadline.remaining()))


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every read and write ends with the deadline, however slowly the bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.limit(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.limit(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.limit(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def resolve(host: str, port: int, timeout: float) -> list[IPAddress]:
    """The addresses of a name, asked once. The system's resolver knows no time limit, so a thread of its own waits."""
    asker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="resolve")
    try:
        found = asker.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(timeout)
    except TimeoutError as error:
        raise SlowError(f"The name {host} was not found in time: try again later.") from error
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"There is no site named {host}: check the address for typing errors.") from error
    finally:
        asker.shutdown(wait=False)
    return list(dict.fromkeys(ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


def is_public(address: IPAddress) -> bool:
    """Whether an address belongs to the public internet, also the IPv4 address that an IPv6 address may carry."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour is not None or address.teredo is not None:
            return False  # tunnels of the past; no site is reached by them alone
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
