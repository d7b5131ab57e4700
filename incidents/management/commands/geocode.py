from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError, CommandParser
from geopy.exc import GeopyError
from geopy.location import Location
from rich.console import Console
from rich.table import Table

from incidents.gazetteer.chain import ChainGeocoder
from incidents.gazetteer.countries import country_name
from incidents.gazetteer.errors import GazetteerError
from incidents.management.found import plain
from incidents.management.ready import MigratedCommand
from incidents.workflows.geocoding import provider
from incidents.workflows.places import gazetteer

# Columns of the table where the output is no terminal.
_WIDTH = 140
_MOST_SHOWN = 10


class Command(MigratedCommand):
    requires_system_checks: list[str] = []  # shows no page
    help = 'Show what a place name may mean, best first: manage.py geocode "Hit, Anbar".'

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="a place name, with what it lies in behind a comma")
        parser.add_argument("--country", default="", help="only in these countries: ISO codes such as IQ,SY")
        parser.add_argument("--limit", type=int, default=_MOST_SHOWN, help=f"at most so many (default: {_MOST_SHOWN})")
        parser.add_argument("--json", action="store_true", help="a JSON list in place of the table")

    def handle(self, *args: Any, name: str, country: str, limit: int, json: bool, **options: Any) -> None:
        try:
            asked = provider()
            found = ChainGeocoder(gazetteer(), asked).geocode(
                name, exactly_one=False, country_codes=country, limit=limit
            )
        except (GazetteerError, GeopyError, ImproperlyConfigured, ValueError) as error:
            raise CommandError(str(error)) from error
        locations = found if isinstance(found, list) else []
        if asked is not None and asked.trouble:
            self.stderr.write(f"{asked.name} gave no answer: {asked.trouble}")
        if json:
            self.stdout.write(_json(locations))
        if not locations:
            raise CommandError(_nothing(name, country, asked.name if asked else ""))
        if not json:
            console = Console(width=None if self.stdout.isatty() else _WIDTH)
            with console.capture() as capture:
                console.print(_table(locations))
            self.stdout.write(capture.get())


def _nothing(name: str, country: str, asked: str) -> str:
    where = f" in {country.upper()}" if country else ""
    nor = f" nor {asked}" if asked else ""
    return f"No place is known as {name!r}{where}: neither the moderators nor the gazetteer{nor} have it."


def _json(locations: list[Location]) -> str:
    rows = [{"latitude": each.latitude, "longitude": each.longitude, **each.raw} for each in locations]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _table(locations: list[Location]) -> Table:
    table = Table("Name", "Level", "Country", "Province")
    for heading in ("Latitude", "Longitude", "Radius", "People", "Score"):
        table.add_column(heading, justify="right")
    table.add_column("Source")
    for location in locations:
        place = location.raw
        cells = (
            place["name"],
            place["level"],
            country_name(place["country"]) or "",
            place["province"] or "",
            f"{location.latitude:.4f}",
            f"{location.longitude:.4f}",
            f"{place['radius_m'] / 1000:g} km",
            f"{place['population']:,}" if place["population"] else "",
            f"{place['score']:.2f}",
            place["source"],
        )
        table.add_row(*map(plain, cells))
    return table
