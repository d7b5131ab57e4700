"""What can go wrong between an address and a read article. Every message says what to do."""

from __future__ import annotations


class IngestionError(Exception):
    """The root of all errors of this package; its text is fit for a person to read."""


class ReadError(IngestionError):
    """The content came but gives no article."""


class EmptyError(ReadError):
    """There is no text in the content."""


class UnreadableError(ReadError):
    """The content is not a text: a PDF, a picture, an archive, binary data."""


class TooLargeError(ReadError):
    """The content is longer than an article can be."""


class FetchError(IngestionError):
    """The content did not come."""


class AddressError(FetchError):
    """The address is not one that may be fetched: not http(s), or on a private network."""


class UnreachableError(FetchError):
    """No connection, no such name, or a broken answer."""


class SlowError(FetchError):
    """The answer was not complete in time."""


class TooManyRedirectsError(FetchError):
    """The address leads from one to the next without an end."""


class ResponseTooLargeError(FetchError):
    """The answer is larger than allowed, as sent or unpacked."""


class ContentTypeError(FetchError):
    """The server sends something that holds no article: a picture, a film, an archive."""


class StatusError(FetchError):
    """The server answered with an error; `status` is its number."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status
