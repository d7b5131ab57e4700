from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from geopy.exc import GeopyError
from rich.console import Console
from rich.table import Table

from incidents.gazetteer.countries import country_name
from incidents.gazetteer.errors import GazetteerError
from incidents.gazetteer.geocoder import GazetteerGeocoder
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Candidate

# Columns of the table where the output is no terminal.
_WIDTH = 140


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # reads one file, touches neither database nor pages
    help = 'Show what a place name may mean, best first: manage.py geocode "Hit, Anbar".'

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="a place name, with what it lies in behind a comma")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        try:
            with Gazetteer(settings.GAZETTEER_PATH) as gazetteer:
                candidates = GazetteerGeocoder(gazetteer).candidates(name)
        except (GazetteerError, GeopyError) as error:
            raise CommandError(str(error)) from error
        if not candidates:
            raise CommandError(f"The gazetteer holds no {name!r}.")
        console = Console(width=None if self.stdout.isatty() else _WIDTH)
        with console.capture() as capture:
            console.print(_table(candidates))
        self.stdout.write(capture.get())


def _table(candidates: list[Candidate]) -> Table:
    table = Table("Name", "Score", "Level", "Lies in", "Latitude", "Longitude", "Radius", "People", "From")
    for candidate in candidates:
        place = candidate.place
        inside = dict.fromkeys(part for part in (place.province, country_name(place.country)) if part)
        table.add_row(
            place.name,
            f"{candidate.score:.2f}",
            place.level.value,
            ", ".join(inside),
            f"{place.latitude:.4f}",
            f"{place.longitude:.4f}",
            f"{place.radius_m / 1000:g} km",
            f"{place.population:,}" if place.population else "",
            place.source,
        )
    return table
