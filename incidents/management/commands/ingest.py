"""Articles from files, folders, addresses or standard input, to candidates."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from incidents.gazetteer.errors import GazetteerMissing
from incidents.ingestion.errors import IngestionError
from incidents.ingestion.fetch import fetch
from incidents.ingestion.read import MAX_BYTES
from incidents.management.found import found_rows, found_table, plain, stored_rows
from incidents.management.ready import MigratedCommand
from incidents.models import Article, Incident
from incidents.workflows.ingest import UNEXPECTED, IngestResult, ingest_bytes, ingest_url, preview_bytes, publish_found
from incidents.workflows.moderators import SYSTEM, machine_user

logger = logging.getLogger(__name__)
_SUFFIXES = {".txt", ".html", ".htm", ".xhtml"}
# Wide enough for all columns where the output is a file or a pipe.
_PIPE_WIDTH = 160


@dataclass(frozen=True, slots=True)
class _Source:
    """A file, an address, or standard input (None)."""

    name: str
    file: Path | None = None
    url: str = ""

    def content(self) -> bytes:
        """One byte more than is allowed at most, so that the reader sees that it is too much. Raises OSError."""
        if self.file is None:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with self.file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)


class Command(MigratedCommand):
    help = "Read articles and store what they tell as candidates. The same article again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "sources",
            nargs="+",
            metavar="SOURCE",
            help="a file of plain text or HTML, a folder of them, an address, or - for standard input",
        )
        parser.add_argument("--publish", action="store_true", help="publish what is found: for trusted input only")
        parser.add_argument("--by", metavar="USERNAME", help=f"who answers for --publish (default: {SYSTEM})")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, only say what would be found")
        parser.add_argument("--sample", action="store_true", help="mark the articles as samples")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["publish"] and options["dry_run"]:
            raise CommandError("--publish writes and --dry-run does not: choose one.")
        by = self._publisher(options["by"]) if options["publish"] else None
        out = cast(IO[str], self.stdout)
        self.console = Console(file=out, width=None if self.stdout.isatty() else _PIPE_WIDTH, highlight=False)
        read: Callable[[_Source], bool]
        if options["dry_run"]:
            read = self._preview
        else:
            self.published: list[Incident] = []
            self.left: list[Incident] = []

            def read(source: _Source) -> bool:
                return self._ingest(source, by, is_sample=options["sample"])

        sources = list(_sources(options["sources"]))
        try:
            failures = self._read_all(sources, read)
        except GazetteerMissing as error:
            raise CommandError(str(error)) from error
        if not options["dry_run"]:
            self._say_where_to_look()
        if failures:
            raise CommandError(f"{failures} of {len(sources)} could not be read: the lines above say why.")

    def _publisher(self, username: str | None) -> User:
        if username is None:
            return machine_user(SYSTEM)
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user {username!r}: type manage.py create_moderator --username {username}")
        return user

    def _read_all(self, sources: list[_Source], read: Callable[[_Source], bool]) -> int:
        """How many could not be read."""
        failures = 0
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Reading", total=len(sources))
            for source in sources:
                progress.update(task, description=plain(Path(source.name).name or source.name).plain[:60])
                failures += not read(source)
                progress.advance(task)
        return failures

    def _ingest(self, source: _Source, by: User | None, *, is_sample: bool) -> bool:
        try:
            result = _ingested(source, is_sample=is_sample)
        except OSError as error:
            return self._failed(source, error.strerror or "it can not be read")
        except GazetteerMissing:
            raise
        except Exception:  # whatever the database refuses of one article, the others are read
            logger.exception("Storing %r failed", source.name)
            return self._failed(source, UNEXPECTED)
        if result.error or result.article is None:
            return self._failed(source, result.error)
        self._show(source, result)
        if by is not None:
            published, left = publish_found(article=result.article, by=by)
            self.published += published
            self.left += left
        return True

    def _preview(self, source: _Source) -> bool:
        try:
            if source.url:
                page = fetch(source.url, contact=settings.CONTACT, timeout=settings.FETCH_TIMEOUT)
                content, content_type, url = page.content, page.content_type, page.url
            else:
                content, content_type, url = source.content(), "", ""
            reading, found = preview_bytes(
                content=content, content_type=content_type, url=url, name=source.name, now=timezone.now()
            )
        except IngestionError as error:
            return self._failed(source, str(error))
        except OSError as error:
            return self._failed(source, error.strerror or "it can not be read")
        except GazetteerMissing:
            raise
        except Exception:  # one article of many
            logger.exception("Reading %r failed", source.name)
            return self._failed(source, UNEXPECTED)
        self._head(source, reading.title, reading.published, "not stored", reading.notes)
        self._table(found_rows(finding for finding in found if not finding.is_aggregate))
        self._aggregates(sum(finding.is_aggregate for finding in found))
        return True

    def _show(self, source: _Source, result: IngestResult) -> None:
        article = Article.objects.select_related("copy_of").get(pk=result.article.pk) if result.article else None
        if article is None:
            return
        state = "new" if result.created else "known already"
        if article.copy_of is not None:
            state += f", a copy of “{article.copy_of}”"
        self._head(source, article.title, article.published_at, state, article.notes)
        self._table(stored_rows(article.mentions.filter(is_aggregate=False).prefetch_related("quotes").order_by("pk")))
        self._aggregates(article.mentions.filter(is_aggregate=True).count())

    def _head(self, source: _Source, title: str, published: Any, state: str, notes: Iterable[str]) -> None:
        when = f"published {published:%Y-%m-%d %H:%M}" if published else "no date of publication"
        self.console.print(plain(f"{source.name}: {title or 'no title'}"), style="bold")
        self.console.print(plain(f"{when}; {state}"))
        for note in notes:
            self.console.print(plain(f"Note: {note}"))

    def _table(self, rows: list[Any]) -> None:
        if rows:
            self.console.print(found_table(rows))
        else:
            self.console.print("No incident found.")

    def _aggregates(self, number: int) -> None:
        if number:
            self.console.print(f"and {number} told as a sum or a habit, which no map shows")

    def _failed(self, source: _Source, error: str) -> bool:
        self.console.print(plain(f"{source.name}: {error}"), style="red")
        return False

    def _say_where_to_look(self) -> None:
        if self.left:
            codes = ", ".join(incident.code for incident in self.left)
            self.stdout.write(f"Left for a person, as they may be published already: {codes}")
        if self.published:
            codes = ",".join(incident.code for incident in self.published)
            self.stdout.write(f"{reverse('incidents:explorer')}?highlight={codes}")
        else:
            self.stdout.write(reverse("admin:incidents_incident_changelist"))


def _sources(names: Iterable[str]) -> Iterator[_Source]:
    """Folders stand for the files of text and HTML in them, hidden ones left out."""
    for name in names:
        if name == "-":
            yield _Source("standard input")
        elif name.lower().startswith(("http://", "https://")):
            yield _Source(name, url=name)
        elif Path(name).is_dir():
            yield from _files(Path(name))
        else:
            yield _Source(name, Path(name))


def _files(folder: Path) -> Iterator[_Source]:
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.suffix.lower() in _SUFFIXES and file.is_file() and not hidden:
            yield _Source(str(file), file)


def _ingested(source: _Source, *, is_sample: bool) -> IngestResult:
    if source.url:
        return ingest_url(url=source.url, now=timezone.now())
    name = source.file.name if source.file else ""
    return ingest_bytes(content=source.content(), name=name, fetched_at=timezone.now(), is_sample=is_sample)
