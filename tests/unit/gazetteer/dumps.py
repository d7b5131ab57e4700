"""Invented rows in the format of GeoNames' dumps."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

# The order of GeoNames' readme.
COLUMNS = (
    "number", "name", "ascii_name", "others", "latitude", "longitude", "group", "code", "country", "cc2", "admin1",
    "admin2", "admin3", "admin4", "people", "elevation", "dem", "timezone", "changed",
)  # fmt: skip


def row(number: int, name: str, kind: str = "P.PPL", **columns: Any) -> str:
    """One line; by default a village in Syria without people or other names."""
    group, code = kind.split(".")
    values = {
        "number": number, "name": name, "ascii_name": name, "latitude": 35.5, "longitude": 38.5, "group": group,
        "code": code, "country": "SY", "people": 0, "timezone": "Asia/Damascus", "changed": "2024-01-01", **columns,
    }  # fmt: skip
    return "\t".join(str(values.get(column, "")) for column in COLUMNS) + "\n"


def dump(folder: Path, *rows: str, name: str = "SY.txt") -> Path:
    path = folder / name
    path.write_text("".join(rows), encoding="utf-8")
    return path


def packed(folder: Path, *rows: str, name: str = "SY.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "What the columns are.")
        archive.writestr(f"{path.stem}.txt", "".join(rows))
    return path
