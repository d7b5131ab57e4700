"""A large file at an address that an operator typed, fetched to the disk; a fetch that was cut off goes on later.

Other than `fetch.fetch`, which reads addresses that strangers give, this follows the operator to private networks too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path, PurePosixPath

import httpx

from incidents.ingestion.errors import FetchError, SlowError, StatusError, UnreachableError
from incidents.ingestion.fetch import checked_address, user_agent

Progress = Callable[[int, int | None], None]
"""Called with the bytes that are there and the bytes of the whole, None where the server does not say."""

# Seconds without a byte.
_TIMEOUT = 30.0
# How often a connection that breaks is taken up again before a person is asked to.
_TRIES = 3


def is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def download(url: str, folder: Path, *, contact: str, progress: Progress | None = None) -> Path:
    """Fetch `url` into `folder`; the caller removes the file when it is done with it.

    What an earlier call left of the same version of the file is not fetched again; what it left of an older version is
    removed. Raises FetchError, and OSError for a full disk.
    """
    address = checked_address(url)
    tell = progress or (lambda done, whole: None)
    headers = {"User-Agent": user_agent(contact), "Accept-Encoding": "identity"}
    folder.mkdir(parents=True, exist_ok=True)
    with httpx.Client(headers=headers, timeout=_TIMEOUT, follow_redirects=True) as client:
        for attempt in range(1, _TRIES + 1):
            try:
                return _fetch(client, address, folder, tell)
            except httpx.TimeoutException as error:
                failure: FetchError = SlowError(f"{address.host} stopped sending: run the command again to go on.")
                cause: Exception = error
            except httpx.HTTPError as error:
                failure = UnreachableError(f"{address.host} broke off ({error}): run the command again to go on.")
                cause = error
            if attempt == _TRIES:
                raise failure from cause
    raise AssertionError("the loop returns or raises")


def _fetch(client: httpx.Client, address: httpx.URL, folder: Path, tell: Progress) -> Path:
    version, whole = _version(client, address)
    part = _part(folder, address, version)
    have = part.stat().st_size if version and part.exists() else 0
    if whole is not None and have == whole:
        return part
    asked = {"Range": f"bytes={have}-", "If-Range": version} if have and version else {}
    with closing(client.send(client.build_request("GET", address, headers=asked), stream=True)) as response:
        if response.status_code not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
            if have:
                part.unlink()  # a part that the server knows nothing of: begin anew the next time
            raise _refused(response)
        goes_on = response.status_code == httpx.codes.PARTIAL_CONTENT
        done = have if goes_on else 0
        with part.open("ab" if goes_on else "wb") as file:
            for piece in response.iter_raw():
                file.write(piece)
                done += len(piece)
                tell(done, whole)
    return part


def _version(client: httpx.Client, address: httpx.URL) -> tuple[str, int | None]:
    """What tells this version of the file from the next, empty where the server does not say; and its bytes."""
    response = client.head(address)
    if response.status_code == httpx.codes.METHOD_NOT_ALLOWED:
        return "", None
    if response.status_code != httpx.codes.OK:
        raise _refused(response)
    length = response.headers.get("content-length", "")
    tag = response.headers.get("etag", "")
    # A weak tag may not be used to go on with a file.
    version = tag if tag and not tag.startswith("W/") else response.headers.get("last-modified", "")
    return version, int(length) if length.isdecimal() else None


def _part(folder: Path, address: httpx.URL, version: str) -> Path:
    """The file to fetch into. Its name tells the address and the version, so that two never mix."""
    name = PurePosixPath(address.path).name or "download"
    stem = f".{hashlib.sha256(str(address).encode()).hexdigest()[:12]}"
    part = folder / f"{stem}-{hashlib.sha256(version.encode()).hexdigest()[:12]}-{name}"
    for other in folder.glob(f"{stem}-*"):
        if other != part:
            other.unlink()
    return part


def _refused(response: httpx.Response) -> StatusError:
    status = response.status_code
    advice = "check the address" if status < 500 else "try again later"
    return StatusError(f"{response.url.host} answered {status}: {advice}.", status)
