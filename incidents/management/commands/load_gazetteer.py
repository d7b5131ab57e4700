from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress

from incidents.gazetteer.build import build
from incidents.gazetteer.errors import GazetteerError


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # one of them asks for the file that this writes
    help = "Build the gazetteer (the file of place names) from the installed packages. Needs no network."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--output", type=Path, default=settings.GAZETTEER_PATH, help="the file to write (default: GAZETTEER_PATH)"
        )

    def handle(self, *args: Any, output: Path, **options: Any) -> None:
        started = perf_counter()
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("gazetteer", total=1.0)
            try:
                built = build(output, lambda step, share: bar.update(task, completed=share, description=step))
            except (GazetteerError, OSError) as error:
                raise CommandError(str(error)) from error
        for source, count in sorted(built.places.items()):
            self.stdout.write(f"{source:<14} {count:>8,} places")
        self.stdout.write(
            f"{built.names:,} names, {built.size / 1e6:.1f} MB in {perf_counter() - started:.0f} s: {output}"
        )
