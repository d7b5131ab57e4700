"""What can go wrong with a gazetteer; a name that it does not hold is no error but an empty answer."""

from __future__ import annotations


class GazetteerError(Exception):
    """The root of this package's errors."""


class GazetteerMissing(GazetteerError):  # noqa: N818 - the name says what to do
    """There is no gazetteer file, or it was built by another version of this program."""


class GazetteerDataError(GazetteerError):
    """A source of the gazetteer cannot be read as expected."""
