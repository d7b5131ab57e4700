"""The file on disk: written whole before it gets its name, kept while a page may still ask for it."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from incidents.models import Incident
from incidents.publishing.columns.compression import by_brotli, by_gzip
from incidents.publishing.columns.pack import pack
from incidents.publishing.columns.table import read
from incidents.publishing.stamp import Stamp

if TYPE_CHECKING:
    from numpy.typing import NDArray

LATEST = "latest.json"
# The two forms of a version, each with what can be sent instead of the plain file, the smallest first. A browser takes
# the packed one; of the Arrow file Brotli makes no less than gzip.
FORMS = {"arrow": {"gzip": ".gz"}, "pack": {"br": ".br", "gzip": ".gz"}}
# A page that holds the version before this one still gets its changes.
KEPT = 2
METADATA = b"atlas"
_DIGEST_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Latest:
    """What latest.json says. `stamp` is where the set stood before the file was read; `seconds` is what writing took."""

    version: str
    built: str
    count: int
    bytes: int
    bounds: list[float] | None
    kinds: dict[str, int]
    first: str | None
    last: str | None
    stamp: Stamp
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__} | {"stamp": self.stamp.to_dict()}


def folder() -> Path:
    return Path(settings.VAR_DIR) / "columns"


def path(version: str, form: str = "arrow") -> Path | None:
    """The plain file of a version; None when there is none."""
    file = folder() / f"{version}.{form}"
    return file if file.is_file() else None


def latest() -> Latest | None:
    """The newest version; None when none has been written, or its file is gone."""
    try:
        facts = json.loads((folder() / LATEST).read_text(encoding="utf-8"))
        found = Latest(**facts | {"stamp": Stamp.from_dict(facts["stamp"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return found if all(path(found.version, form) for form in FORMS) else None


def write() -> Latest:
    """A new version of the published set as it is now, and latest.json. The caller sees that nobody else writes.

    A million incidents take some 15 s (docs/columns.md). What is published meanwhile is in the changes.
    """
    begun = monotonic()
    # Before the rows are read: what changes while they are is sent again as a change.
    stamp, built = Stamp.now(), timezone.now()
    published = Incident.objects.published()
    table, keys = read(published)
    data_of = published.aggregate(last=Max("updated_at"))["last"]
    # Of the rows as well: a version's address is kept for a year, so one word never means two files.
    digest = sha256(to_bytes(table, keys)).hexdigest()[:_DIGEST_LENGTH]
    version = f"{stamp}-{digest}"
    about = _about(table, keys, version, stamp, built, data_of)
    content = to_bytes(table, about)
    folder().mkdir(parents=True, exist_ok=True)
    _put_forms(version, content, table, about)
    found = Latest(
        version=version,
        built=built.isoformat(),
        count=len(table),
        bytes=len(content),
        bounds=_bounds(table),
        kinds=_kinds(table),
        first=_iso(pc.min(table["start"])),
        last=_iso(pc.max(table["end"])),
        stamp=stamp,
        seconds=round(monotonic() - begun, 2),
    )
    _put(LATEST, json.dumps(found.to_dict(), indent=1).encode())
    _tidy(version)
    return found


def _put_forms(version: str, arrow: memoryview, table: pa.Table, about: dict[str, Any]) -> None:
    """Both forms and all that can be sent instead. The compressors leave the interpreter to others: two cores work."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = {"arrow.gz": pool.submit(by_gzip, arrow)}
        pieces = pack(table, about)
        packed = b"".join(pieces)
        jobs |= {"pack.br": pool.submit(by_brotli, pieces), "pack.gz": pool.submit(by_gzip, packed)}
        made = {ending: job.result() for ending, job in jobs.items()} | {"pack": packed, "arrow": arrow.tobytes()}
    for ending, content in made.items():
        _put(f"{version}.{ending}", content)


def to_bytes(table: pa.Table, about: dict[str, Any]) -> memoryview:
    """An Arrow IPC file of one record batch, not compressed: a browser reads its columns where they lie."""
    schema = table.schema.with_metadata({METADATA: json.dumps(about, separators=(",", ":")).encode()})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, schema) as writer:
        writer.write_table(table.replace_schema_metadata(schema.metadata), max_chunksize=max(1, len(table)))
    return memoryview(sink.getvalue())


def about_and_ids(file: Path) -> tuple[dict[str, Any], NDArray[np.uint32]]:
    """What the schema's metadata says, and the keys of the rows; nothing else is read from the disk."""
    with pa.memory_map(str(file)) as source:
        reader = pa.ipc.open_file(source)
        return about_of(reader.schema), reader.read_all()["id"].to_numpy()


def about_of(schema: pa.Schema) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema.metadata[METADATA])
    return found


def _about(
    table: pa.Table, keys: dict[str, Any], version: str, stamp: Stamp, built: datetime, data_of: datetime | None
) -> dict[str, Any]:
    return {
        "version": version,
        "built": built.isoformat(),
        "count": len(table),
        "total": len(table),
        **keys,
        "newest": _iso(pc.max(table["end"])),
        "data_of": _iso(data_of),
        "stamp": stamp.to_dict(),
    }


def _put(name: str, content: bytes) -> None:
    """Under its name only when it is whole: a reader never sees half a file, a crash leaves the old one."""
    with NamedTemporaryFile(dir=folder(), prefix=".", suffix=".part", delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            os.chmod(part.name, 0o644)
            os.replace(part.name, folder() / name)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def _tidy(newest: str) -> None:
    """Removes versions older than the KEPT newest, and what a crashed writer left."""
    files = sorted(folder().glob("*.arrow"), key=lambda file: (file.stem == newest, file.stat().st_mtime), reverse=True)
    old = [each for file in files[KEPT:] for each in folder().glob(f"{file.stem}.*")]
    for file in (*old, *folder().glob(".*.part")):
        with suppress(OSError):
            file.unlink()


def _bounds(table: pa.Table) -> list[float] | None:
    """West, south, east, north of everything that has a point."""
    edges = [pc.min_max(table[name]).as_py() for name in ("longitude", "latitude")]
    if edges[0]["min"] is None:
        return None
    return [round(edge[side], 5) for side in ("min", "max") for edge in edges]


def _kinds(table: pa.Table) -> dict[str, int]:
    return {pair["values"]: pair["counts"] for pair in pc.value_counts(table["kind"]).to_pylist()}


def _iso(value: date | datetime | pa.Scalar | None) -> str | None:
    value = value.as_py() if isinstance(value, pa.Scalar) else value
    return None if value is None else value.isoformat()
