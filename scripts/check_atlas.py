"""Compares our own lists of places with the built gazetteer and with the outlines of countries.

    python -m scripts.check_atlas [--write] [LIST ...]

A row's `checked` may name the town it is at or near ("neighbour: Hit"); --write adds the distance to the nearest town
of that name ("neighbour: Hit, 5 km"). A row without a country says in whose outline its point lies ("outline: IQ").
Printed is what looks wrong: a row outside its country, no such town within reach, a name that leads to two of our
rows, and a name that a town elsewhere bears, which our row would outrank.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from geopy.distance import great_circle

from incidents.gazetteer.build import DATA, LISTS, VILLAGES
from incidents.gazetteer.names import fold
from incidents.gazetteer.store import Gazetteer, Match
from incidents.gazetteer.types import Level
from scripts.outlines import km_inland, km_outside

Row = dict[str, str]

# A shore is drawn so coarsely, and harbours are built out into the sea.
COAST_KM = 10.0
# Where the outlines draw who holds the land, and our rows say whose it is.
HELD_BY = {
    "Crimea": "RU", "Sevastopol naval base": "RU", "Feodosia oil terminal": "RU", "Golan Heights": "IL",
}  # fmt: skip
# Islands too small or too young for the outlines, and the one that goes round the pole.
NOT_DRAWN = frozenset(["Antarctica", "Chagos Islands", "Snake Island", "Zubair Islands"])
NEIGHBOUR_KM = 25.0
# A town of so many people elsewhere is in the news by its own name.
KNOWN_TOWN = 5_000
_NEIGHBOUR = re.compile(r"neighbour: (?P<town>[^,]+)(?:, \d+ km)?")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lists", nargs="*", default=[*LISTS, VILLAGES])
    parser.add_argument("--write", action="store_true", help="write the distance to the neighbour into the list")
    parser.add_argument("--gazetteer", type=Path, default=Path("var/gazetteer.sqlite3"))
    options = parser.parse_args()
    with Gazetteer(options.gazetteer) as gazetteer:
        for name in options.lists:
            rows = read(name)
            for row in rows:
                for doubt in doubts(row, gazetteer):
                    print(f"{name}: {row['name']}: {doubt}")
            if options.write:
                write(name, rows)
    for key, owners in shared_names().items():
        print(f"{key!r} leads to {' and '.join(owners)}")


def read(name: str) -> list[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(name: str, rows: list[Row]) -> None:
    with (DATA / f"{name}.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def names(row: Row) -> list[str]:
    return [row["name"], *(alias for alias in row["aliases"].split("|") if alias)]


def doubts(row: Row, gazetteer: Gazetteer) -> Iterator[str]:
    """What looks wrong about a row; writes the distance to its neighbour into `checked` on the way."""
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    country = HELD_BY.get(row["name"], row["country"])
    if country and row["name"] not in NOT_DRAWN and (out := km_outside(latitude, longitude, country)) > COAST_KM:
        yield f"{out:.0f} km outside {country}"
    inland, holder = (0.0, None) if row["country"] else km_inland(latitude, longitude)
    if row["level"] == Level.SEA and inland > COAST_KM:
        yield f"{inland:.0f} km inside {holder}"
    elif not row["country"] and row["checked"].startswith("outline"):
        row["checked"] = f"outline: {holder}" if holder else "atlas"
    if found := _NEIGHBOUR.fullmatch(row["checked"]):
        near = _km_to_town(found["town"], latitude, longitude, gazetteer)
        if near is None or near > max(NEIGHBOUR_KM, int(row["radius_m"]) / 1000):
            yield f"{found['town']} is {'no town' if near is None else f'{near:.0f} km away'}"
        else:
            row["checked"] = f"neighbour: {found['town']}, {near:.0f} km"
    yield from _outranked(row, gazetteer)


def shared_names() -> dict[str, list[str]]:
    """The names that lead to more than one row of our lists."""
    owners: dict[str, list[str]] = defaultdict(list)
    for name in LISTS:
        for row in read(name):
            for key in sorted({fold(alias) for alias in names(row)}):
                owners[key].append(row["name"])
    return {key: rows for key, rows in owners.items() if len(rows) > 1}


def _km_to_town(town: str, latitude: float, longitude: float, gazetteer: Gazetteer) -> float | None:
    distances = [
        great_circle((latitude, longitude), (place.latitude, place.longitude)).km
        for place in gazetteer.lookup(town)
        if place.source == "geonames" and place.level is Level.TOWN
    ]
    return min(distances, default=None)


def _outranked(row: Row, gazetteer: Gazetteer) -> Iterator[str]:
    reach = NEIGHBOUR_KM + int(row["radius_m"]) / 1000
    for alias in names(row):
        for named in gazetteer.find([alias])[alias]:
            place = named.place
            if place.source != "geonames" or place.population < KNOWN_TOWN or named.match > Match.ALIAS:
                continue
            far = great_circle((row["latitude"], row["longitude"]), (place.latitude, place.longitude)).km
            if far > reach:
                yield f"{alias!r} is also {place.name}, {place.country} ({place.population:,} people, {far:.0f} km away)"


if __name__ == "__main__":
    main()
