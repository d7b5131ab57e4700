"""The search index anew, for operators."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from rich.console import Console
from rich.progress import Progress

from incidents.management.ready import MigratedCommand
from incidents.workflows import bitmaps
from incidents.workflows.search import index_all


class Command(MigratedCommand):
    help = (
        "Index every published incident for the search anew: after a restored copy, rows written past the site, or "
        "another gazetteer (docs/query.md)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        started = perf_counter()
        with Progress(console=Console(stderr=True), transient=True, disable=not options["verbosity"]) as bar:
            task = bar.add_task("search index", total=None)
            count = index_all(lambda done, whole: bar.update(task, completed=done, total=whole))
        bitmaps.refresh(anew=True)
        if options["verbosity"]:
            self.stdout.write(f"{count:,} incidents in {perf_counter() - started:.0f} s.")
