"""The sample articles, for a first map."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from incidents.gazetteer.errors import GazetteerMissing
from incidents.management.found import plain
from incidents.management.ready import MigratedCommand
from incidents.models import Article


class Command(MigratedCommand):
    help = "Read the sample articles through the pipeline and apply their moderator's decisions. Again, it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=Path(settings.BASE_DIR) / "samples")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is any article")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Article.objects.exists():
            return
        # The reader of texts takes seconds to load: a second `make run` ends before this line.
        from incidents.workflows.samples import SamplesError, load

        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Reading the samples", total=None)

            def step(what: str, of: int) -> None:
                progress.update(task, advance=1, total=of, description=plain(what).plain)

            try:
                loaded = load(folder=options["folder"], now=timezone.now(), step=step)
            except (SamplesError, GazetteerMissing) as error:
                raise CommandError(str(error)) from error
        self.stdout.write(
            f"{loaded.articles} new articles; {loaded.published} incidents published, {loaded.rejected} rejected, "
            f"{loaded.waiting} wait for a moderator."
        )
        if options["verbosity"] > 1:
            for line in loaded.unmatched:
                self.stdout.write(f"Not found as described: {line}")
        if loaded.failed:
            raise CommandError("Not read or not decided:\n" + "\n".join(loaded.failed))
