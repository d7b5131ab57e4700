"""One page of the public web, within a size and a time; only this folder goes out to other machines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpcore
import httpx

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
from incidents.ingestion.network import Deadline, PublicTransport
from incidents.ingestion.types import Fetched

# Seconds for everything together: name, connection, redirects, body. News sites answer within two or three.
TIMEOUT = 20.0
# Bytes after unpacking. The largest news pages, live blogs with their scripts, have 3 to 5 MB.
MAX_BYTES = 10_000_000
# A shortened link, http to https, without www to www, consent and back.
MAX_REDIRECTS = 6
# Formats that can be unpacked piece by piece, so that a bomb is noticed in time.
_ENCODINGS = "gzip, deflate"
# One layer only: of two nested ones, 64 kB could unpack to gigabytes at once.
_UNPACKED_HERE = ("", "identity", "gzip", "x-gzip", "deflate")
_TEXT_TYPES = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom")
_PLAIN_BINARY = "application/octet-stream"  # sent by servers that do not know the type; the content decides

_ADVICE = {
    401: "the page needs a login: open it in a browser and paste its text",
    402: "the page must be paid for: open it in a browser and paste its text",
    403: "the site refuses automatic reading: open the page in a browser and paste its text",
    404: "there is no such page: check the address, or look for the page in a web archive",
    410: "the page was taken down: look for it in a web archive",
    429: "the site was asked too often: try again in an hour",
    451: "the page is withheld for legal reasons: look for it in a web archive",
}


def fetch(
    url: str,
    *,
    contact: str,
    timeout: float = TIMEOUT,
    max_bytes: int = MAX_BYTES,
    allow_private: bool = False,
) -> Fetched:
    """The bytes at an address, unpacked, with the address they came from in the end.

    `contact` (a mail address or a page) tells the site who reads it; `timeout` is in seconds for everything together.
    `allow_private` is for tests against a server on this machine. Raises FetchError.
    """
    address = checked_address(url)
    deadline = Deadline(timeout)
    transport = PublicTransport(deadline, allow_private=allow_private)
    headers = {
        "User-Agent": user_agent(contact),
        "Accept-Encoding": _ENCODINGS,
        "Accept": "text/html,text/plain,*/*;q=0.5",
    }
    with (
        _our_errors(address.host),
        httpx.Client(transport=transport, headers=headers, trust_env=False, timeout=timeout) as client,
    ):
        client.max_redirects = MAX_REDIRECTS
        with client.stream("GET", address, follow_redirects=True) as response:
            _check_response(response, max_bytes)
            content = _read(response, max_bytes, deadline)
            return Fetched(
                content=content,
                content_type=response.headers.get("content-type", ""),
                url=str(response.url),
                headers={name: value for name, value in response.headers.items() if name != "set-cookie"},
                fetched_at=datetime.now(UTC),
            )


def checked_address(url: str) -> httpx.URL:
    """An http or https address without a password. Raises AddressError."""
    try:
        address = httpx.URL(url.strip())
    except (httpx.InvalidURL, UnicodeError) as error:
        raise AddressError("This is not an address of a web page: it should begin with https://.") from error
    if address.scheme not in ("http", "https") or not address.host:
        raise AddressError("Only http and https addresses are fetched: the address should begin with https://.")
    if address.userinfo:
        raise AddressError("The address holds a user name or password: leave them out, or paste the text instead.")
    return address


def user_agent(contact: str) -> str:
    """What a site is told of who reads it."""
    visible = "".join(character for character in contact if character.isascii() and character.isprintable())
    return f"IncidentAtlas (+{visible})" if visible else "IncidentAtlas"


def _check_response(response: httpx.Response, max_bytes: int) -> None:
    status = response.status_code
    if status != httpx.codes.OK:
        advice = _ADVICE.get(
            status, "try again later" if status >= 500 else "open the page in a browser and paste its text"
        )
        raise StatusError(f"{response.url.host} answered {status}: {advice}.", status)
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and not kind.startswith(_TEXT_TYPES) and kind != _PLAIN_BINARY:
        raise ContentTypeError(
            f"The address leads to {kind}, not to a page of text: paste the text of the article instead."
        )
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in _UNPACKED_HERE:
        raise ContentTypeError(
            f"The page is packed as {packing}, which was not asked for: paste the text of the article instead."
        )
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > max_bytes:
        raise _too_large(max_bytes)


def _read(response: httpx.Response, max_bytes: int, deadline: Deadline) -> bytes:
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > max_bytes:
            raise _too_large(max_bytes)
        deadline.remaining()
    return bytes(content)


def _too_large(max_bytes: int) -> ResponseTooLargeError:
    return ResponseTooLargeError(
        f"The page is larger than {max_bytes / 1_000_000:g} MB: paste the text of the article instead."
    )


@contextmanager
def _our_errors(host: str) -> Iterator[None]:
    """Errors of the HTTP libraries as errors of ours."""
    try:
        yield
    except FetchError:
        raise
    except httpx.TooManyRedirects as error:
        raise TooManyRedirectsError(
            f"{host} sends from one address to the next without an end: open the page in a browser and paste its text."
        ) from error
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise SlowError(f"{host} did not answer in time: try again later, or paste the text of the article.") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise AddressError(f"{host} leads on to something that is no address of a web page.") from error
    except (httpx.HTTPError, httpcore.ProtocolError, httpcore.NetworkError, OSError) as error:
        raise UnreachableError(
            f"{host} broke off its answer: try again later, or paste the text of the article."
        ) from error
