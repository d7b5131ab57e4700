"""A dump as it lies on the disk, a text or a zip with one in it, read in blocks of whole lines."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from incidents.gazetteer.errors import GazetteerDataError

# Bytes; some 10,000 rows. Larger blocks are no faster and hold more memory.
BLOCK = 1 << 20
# Bytes; the longest rows, with 10,000 characters of other names, have a tenth of it.
_LONGEST_LINE = 1 << 18
ADVICE = (
    "give a dump of GeoNames, such as UA.zip, cities500.zip or allCountries.zip from "
    "https://download.geonames.org/export/dump/ (a text of 19 columns parted by tabs, or a zip with it)"
)


def blocks(path: Path) -> Iterator[tuple[bytes, float]]:
    """Blocks of whole lines, each with the share of the file that is read when it is done, 0 to 1.

    Raises GazetteerDataError for a file that is missing, broken or no text, with what to do.
    """
    try:
        with _opened(path) as (file, size):
            rest, done = b"", 0
            while content := file.read(BLOCK):
                done += len(content)
                whole, end, rest_of_it = content.rpartition(b"\n")
                if not end and len(rest) + len(content) > _LONGEST_LINE:
                    raise GazetteerDataError(f"{path} is no table of lines; {ADVICE}")
                if end:
                    yield rest + whole + end, min(1.0, done / max(size, 1))
                    rest = rest_of_it
                else:
                    rest += content
            if rest:
                yield rest, 1.0
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise GazetteerDataError(f"{path} is a broken zip ({error}): fetch it again") from error
    except OSError as error:
        raise GazetteerDataError(f"{path} cannot be read ({error.strerror or error}); {ADVICE}") from error


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """The text of a dump and its length in bytes."""
    # A pipe, as a shell makes for <(…), can be read once only: it is not asked whether it is a zip.
    if not path.is_file() or not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            # A zip that breaks off has no table at its end, which is all that tells a zip.
            if file.peek(2)[:2] == b"PK":
                raise zipfile.BadZipFile("it breaks off")
            yield file, path.stat().st_size
        return
    with zipfile.ZipFile(path) as archive:
        texts = [entry for entry in archive.infolist() if _is_dump(entry.filename)]
        if len(texts) != 1:
            raise GazetteerDataError(f"{path} holds {len(texts)} tables and not one; {ADVICE}")
        with archive.open(texts[0]) as file:
            yield file, texts[0].file_size


def _is_dump(name: str) -> bool:
    return name.lower().endswith(".txt") and "readme" not in name.lower()
