"""From words to the incidents that hold them, on both engines, side by side: `make bench`.

    python -m benchmarks.search [--incidents 1000000] [--folder var/bench]

The words of the synthetic archive go into a PostgreSQL server of its own, once with its default settings and once with more
memory and without compiled queries. "Index" is the GIN index alone, "bitmaps" what the site does. Medians; what is measured is the whole of
what the site does between the words and an array of the incidents, the other names of places included.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.site import archive
from tests.postgres import server

ROUNDS = 9
ASKED = (
    {"q": "zégoua"}, {"q": "Kiev"}, {"q": "Halab"}, {"q": "drone aleppo"}, {"q": "strike kills syria"}, {"q": "strike in aleppo"},
    {"q": "strike"}, {"q": "st"}, {"q": "air strike in syria"}, {"place": "Syria"}, {"place": "Aleppo"}, {"weapon": "drone"},
    {"q": "in"}, {"q": "market"}, {"q": "mob"}, {"q": "dir"},
)  # fmt: skip
TUNED = ("shared_buffers=1GB", "jit=off")
CHANGES = (500, 2_000)
# What an import leaves: the bitmaps follow, or are made anew.
IMPORTED = 100_000
_CHANGE = """
    UPDATE incidents_searchtext SET words = words || ' other' WHERE incident_id IN
        (SELECT incident_id FROM incidents_searchtext ORDER BY md5(incident_id::text) LIMIT %s OFFSET %s)
"""


def measure() -> dict[str, Any]:
    """In a process of its own, with the engine of DATABASE_URL."""
    from django.db import connection

    from incidents.query import search
    from incidents.query.holders import by_index, holders

    found: dict[str, Any] = {}
    for asked in ASKED:

        def whole(asked: dict[str, str] = asked) -> Any:
            return holders(search.wanted(**asked))

        def index(asked: dict[str, str] = asked) -> Any:
            return by_index(search.expression(search.wanted(**asked), connection.vendor))

        count = int(whole().sum())
        if count != int(index().sum()):
            raise SystemExit(f"{asked}: the bitmaps find {count:,}, the index {int(index().sum()):,}.")
        found[_label(asked)] = {"found": count, "whole": _median(whole), "index": _median(index)}
    return found


def measure_postgresql(words: Path) -> dict[str, Any]:
    """The words put in, the bitmaps made, searched; then once more with changes that the bitmaps do not know yet."""
    from django.core.management import call_command
    from django.db import connection

    from incidents.query import search
    from incidents.query.holders import holders
    from incidents.workflows import bitmaps

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        with (
            sqlite3.connect(words) as source,
            cursor.copy("COPY incidents_searchtext (incident_id, words) FROM STDIN") as copy,
        ):
            for row in source.execute("SELECT incident_id, words FROM incidents_searchtext"):
                copy.write_row(row)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE incidents_searchtext")
        made = _seconds(bitmaps.refresh)
        cursor.execute("SELECT count(*), sum(length(bits)) FROM incidents_search_bitmap")
        bitmap_count, size = cursor.fetchone()
        result: dict[str, Any] = {"made": made, "bitmaps": bitmap_count, "MB": int(size or 0) / 1e6, "words": measure()}
        done = 0
        for changes in CHANGES:
            cursor.execute(_CHANGE, [changes - done, done])
            done = changes
            result[f"after {changes}"] = _median(lambda: holders(search.wanted(q="strike")))
        result["followed"] = _seconds(bitmaps.refresh)
        cursor.execute(_CHANGE, [IMPORTED, done])
        result["import followed"] = _seconds(bitmaps.refresh)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("var/bench"))
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        _report(options.measure)
        return
    file = archive(options.incidents, options.folder).resolve()
    figures = {"SQLite": _run(f"sqlite:///{file}", file)}
    for name, settings in (("PostgreSQL", ()), ("tuned", TUNED)):
        with server(settings) as url:
            figures[name] = _run(url, file)
    _print(figures)


def _report(words: Path) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mapsite.settings")
    django.setup()
    from django.db import connection

    figures = {"words": measure()} if connection.vendor == "sqlite" else measure_postgresql(words)
    print(json.dumps(figures))


def _run(url: str, words: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.search", "--measure", str(words)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env={**os.environ, "DATABASE_URL": url})
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _print(figures: dict[str, dict[str, Any]]) -> None:
    print(
        "| words | found | SQLite | PostgreSQL: index | bitmaps | tuned: index | bitmaps |\n|---|---|---|---|---|---|---|"
    )
    for words, sqlite in figures["SQLite"]["words"].items():
        columns = [sqlite["whole"]]
        for name in ("PostgreSQL", "tuned"):
            columns += [figures[name]["words"][words][way] for way in ("index", "whole")]
        print(f"| {words} | {sqlite['found']:,} | " + " | ".join(f"{ms:.1f}" for ms in columns) + " |")
    for name in ("PostgreSQL", "tuned"):
        facts = figures[name]
        print(f"{name}: {facts['bitmaps']} bitmaps, {facts['MB']:.0f} MB, made in {facts['made']:.0f} s;", end=" ")
        print(
            *(f"`strike` with {changes:,} changes {facts[f'after {changes}']:.0f} ms," for changes in CHANGES), end=" "
        )
        print(f"which are in the bitmaps after {facts['followed']:.1f} s, {IMPORTED:,} after", end=" ")
        print(f"{facts['import followed']:.0f} s")


def _label(asked: dict[str, str]) -> str:
    return ", ".join(f"`{text}`" if key == "q" else f"`{key}={text}`" for key, text in asked.items())


def _median(work: Callable[[], Any]) -> float:
    return statistics.median(_seconds(work) for _ in range(ROUNDS)) * 1_000


def _seconds(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
