"""Compressed once, when the file is written, and sent to whoever takes it."""

from __future__ import annotations

import gzip
from collections.abc import Sequence

import brotli

# Measured on a million incidents: quality 9 saves 1 % more and takes seven times as long.
_BROTLI_QUALITY = 5
_BROTLI_WINDOW = 24
# Level 6 saves 2 % more and takes twice as long.
_GZIP_LEVEL = 4


def by_brotli(pieces: Sequence[bytes]) -> bytes:
    """Each piece with statistics of its own: days are not compressed as if they were codes, which saves a twentieth."""
    packer = brotli.Compressor(quality=_BROTLI_QUALITY, lgwin=_BROTLI_WINDOW)
    return b"".join([part for piece in pieces for part in (packer.process(piece), packer.flush())] + [packer.finish()])


def by_gzip(content: bytes | memoryview) -> bytes:
    return gzip.compress(content, _GZIP_LEVEL, mtime=0)
