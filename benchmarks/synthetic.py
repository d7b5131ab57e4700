"""A SQLite database of many published incidents, clustered as news are: the same in every run.

    python -m benchmarks.synthetic 100000 var/100000.sqlite3

25 years, 35 countries, real places (Zipf), about 1.7 mentions and 1.5 actors an incident.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path


def make(count: int, file: Path) -> None:
    """Replaces `file`. Sets the process up for that database: once a process, before anything of Django's."""
    part = file.resolve().with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    os.environ["DATABASE_URL"] = f"sqlite:///{part}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mapsite.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.archive import Archive
    from incidents.workflows.search import index_all

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA cache_size = -400000")
    Archive().write(count)
    index_all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    part.replace(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    begin = time.perf_counter()
    make(options.count, options.file)
    size = options.file.stat().st_size / 1_000_000
    print(f"{options.count:,} incidents in {time.perf_counter() - begin:.0f} s, {size:.0f} MB: {options.file}")


if __name__ == "__main__":
    main()
