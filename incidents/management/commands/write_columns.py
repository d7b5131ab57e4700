"""The file of columns, for operators and for cron."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from incidents.management.ready import MigratedCommand
from incidents.workflows import bitmaps
from incidents.workflows.columns import write


class Command(MigratedCommand):
    help = "Write the published set as one Arrow file, if it changed since the last one (docs/columns.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="also when nothing changed, say after an upgrade")

    def handle(self, *args: Any, **options: Any) -> None:
        found = write(force=options["force"])
        bitmaps.refresh()
        if found is None:
            self.stdout.write("Another process writes the columns at this moment.")
        elif options["verbosity"]:
            self.stdout.write(f"{found.count} incidents in version {found.version}.")
