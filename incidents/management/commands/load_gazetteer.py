from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress

from incidents.gazetteer.build import Built, build
from incidents.gazetteer.errors import GazetteerError
from incidents.gazetteer.fresh import scratch
from incidents.gazetteer.geonames_load import Loaded, dumps_in, load
from incidents.ingestion.download import download, is_address
from incidents.ingestion.errors import FetchError


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # one of them asks for the file that this writes
    help = (
        "Build the gazetteer (the file of place names) from the installed packages, which needs no network, and with "
        "--geonames from dumps of GeoNames too."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--output", type=Path, default=settings.GAZETTEER_PATH, help="the file to write (default: GAZETTEER_PATH)"
        )
        parser.add_argument(
            "--geonames",
            nargs="+",
            default=[],
            metavar="FILE_OR_URL",
            help="dumps of GeoNames to add: UA.zip, cities500.zip, allCountries.zip, or the text in one",
        )

    def handle(self, *args: Any, output: Path, geonames: list[str], **options: Any) -> None:
        started = perf_counter()
        left_out = None if geonames else dumps_in(output)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            try:
                built, loaded = _with_dumps(output, geonames, bar) if geonames else (_packaged(output, bar), None)
            except (GazetteerError, FetchError, OSError) as error:
                raise CommandError(str(error)) from error
        for source, count in sorted(built.places.items()):
            self.stdout.write(f"{source:<14} {count:>10,} places")
        if loaded:
            self._tell(loaded)
        if left_out:
            self.stdout.write(f"The old file held {left_out}, this one does not; add it again with --geonames.")
        self.stdout.write(
            f"{built.names:,} names, {built.size / 1e6:.1f} MB in {perf_counter() - started:.0f} s: {output}"
        )

    def _tell(self, loaded: Loaded) -> None:
        self.stdout.write(
            f"{loaded.read:,} rows of GeoNames: {loaded.kept:,} new places, {loaded.known:,} that were there, "
            f"{loaded.skipped:,} of kinds that are left out"
        )
        if loaded.bad:
            self.stdout.write(f"broken rows left out: {loaded.bad:,}, such as")
            for line in loaded.examples:
                self.stdout.write(f"  {line!r}")


def _packaged(path: Path, bar: Progress) -> Built:
    task = bar.add_task("gazetteer", total=1.0)
    return build(path, lambda step, share: bar.update(task, completed=share, description=step))


def _with_dumps(output: Path, geonames: list[str], bar: Progress) -> tuple[Built, Loaded]:
    dumps = {text: _fetched(text, output.parent, bar) if is_address(text) else Path(text) for text in geonames}
    for dump in dumps.values():
        if not dump.exists() or dump.is_dir():
            raise CommandError(f"There is no file {dump}: give a dump of GeoNames or its address (https://…)")
    with scratch(output) as packaged, _without(dump for text, dump in dumps.items() if is_address(text)):
        _packaged(packaged, bar)
        task = bar.add_task("GeoNames", total=1.0)
        return load(packaged, dumps, output, lambda step, share: bar.update(task, completed=share, description=step))


@contextmanager
def _without(fetched: Iterable[Path]) -> Iterator[None]:
    """Remove what was fetched when it is read, or cannot be; a run that was stopped goes on with it."""
    try:
        yield
    except GazetteerError:
        _remove(fetched)
        raise
    _remove(fetched)


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _fetched(url: str, folder: Path, bar: Progress) -> Path:
    task = bar.add_task(f"fetching {url.rpartition('/')[2]}", total=None)
    return download(
        url,
        folder,
        contact=settings.CONTACT,
        progress=lambda done, whole: bar.update(task, completed=done, total=whole),
    )
