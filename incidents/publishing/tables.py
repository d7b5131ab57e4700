"""The published set as a table: one list of columns for CSV, GeoJSON properties and their documentation."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from incidents.extraction.types import PlacePrecision, TimePrecision
from incidents.models import Incident, Mention
from incidents.publishing import codings, public

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from incidents.models import Article

# Rows fetched at a time: some hundred keep the memory of an export flat and its queries few.
CHUNK = 500
# A spreadsheet runs a cell that begins with one of these (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001  (full-width forms count too)

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    meaning: str
    read: Callable[[Incident], Cell]


def rows(incidents: QuerySet[Incident]) -> Iterator[Incident]:
    """Incidents with all that a row needs, by code: a fixed number of queries for every CHUNK of them."""
    return with_sources(incidents.order_by("code").prefetch_related("roles__actor")).iterator(chunk_size=CHUNK)


def with_sources(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Prefetches who tells of each incident, in one query and without the articles' texts."""
    wanted = ("incident_id", "article__url", "article__archive_url", "article__copy_of_id", "article__source__name")
    mentions = Mention.objects.select_related("article__source").only(*wanted)
    return incidents.prefetch_related(Prefetch("mentions", mentions.order_by("article__published_at", "pk")))


def csv_lines(incidents: Iterable[Incident], address: Callable[[str], str]) -> Iterator[str]:
    """The table line by line; `address` makes a path absolute."""
    writer = csv.writer(_Line())
    yield writer.writerow([column.name for column in COLUMNS] + ["url"])
    for incident in incidents:
        cells = [guarded(column.read(incident)) for column in COLUMNS]
        yield writer.writerow([*cells, address(incident.get_absolute_url())])


def properties(incident: Incident) -> dict[str, Cell]:
    """A row as a mapping, without its position."""
    return {column.name: column.read(incident) for column in COLUMNS if column.name not in {"latitude", "longitude"}}


def guarded(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front, which shows it as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


class _Line:
    """What csv writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def _actors(incident: Incident) -> str:
    return "; ".join(
        f"{role.actor.name} ({role.role}, {role.says})" if role.says else f"{role.actor.name} ({role.role})"
        for role in incident.roles.all()
    )


def _articles(incident: Incident) -> list[Article]:
    return list(dict.fromkeys(mention.article for mention in incident.mentions.all()))


def source_names(incident: Incident) -> list[str]:
    """Independent sources: a syndicated copy is not one."""
    originals = (article for article in _articles(incident) if article.copy_of_id is None)
    return list(dict.fromkeys(article.source.name for article in originals if article.source))


def _links(incident: Incident) -> str:
    return " ".join(filter(None, (public.standing(article) for article in _articles(incident))))


COLUMNS = (
    Column("code", "The incident's public code, never used again.", lambda i: i.code),
    Column("title", "What happened, in a sentence.", lambda i: i.title),
    Column("kind", "Our kind of incident.", lambda i: i.kind),
    Column("family", "Its family on the map.", lambda i: str(i.kind_enum.family)),
    Column("acled_event_type", "ACLED's event type for the kind.", lambda i: i.kind_enum.acled[0]),
    Column("acled_sub_event_type", "ACLED's sub-event type for the kind.", lambda i: i.kind_enum.acled[1]),
    Column("date_start", "First possible day (ISO 8601); empty when nobody states one.", lambda i: _iso(i.date_start)),
    Column("date_end", "Last possible day.", lambda i: _iso(i.date_end)),
    Column("time_precision", "hour, day, few-days, week, month, longer or unknown.", lambda i: i.time_precision),
    Column(
        "acled_time_precision",
        "1 day, 2 week, 3 month or longer.",
        lambda i: codings.ACLED_TIME.get(TimePrecision(i.time_precision)),
    ),
    Column(
        "ucdp_date_prec",
        "1 day, 2 to six days, 3 week, 4 month, 5 longer.",
        lambda i: codings.UCDP_DATE.get(TimePrecision(i.time_precision)),
    ),
    Column("place", "Name of the place, as precisely as the public may know it.", public.place),
    Column("province", "First-level division; empty when not known or not public.", public.province),
    Column("country", "ISO 3166-1 alpha-2; empty at sea and when not known.", public.country),
    Column("latitude", "Degrees north, WGS 84; empty without a point.", lambda i: i.public_latitude),
    Column("longitude", "Degrees east.", lambda i: i.public_longitude),
    Column("radius_m", "The place lies within this many metres of the point.", lambda i: i.public_radius_m),
    Column("place_precision", "site ... unknown: see the method page.", lambda i: i.public_place_precision),
    Column(
        "acled_geo_precision",
        "1 exact or town, 2 near, 3 region.",
        lambda i: codings.ACLED_PLACE.get(PlacePrecision(i.public_place_precision)),
    ),
    Column(
        "ucdp_where_prec",
        "1 exact, 2 near, 3 district, 4 province, 5 area, 6 country.",
        lambda i: codings.UCDP_PLACE.get(PlacePrecision(i.public_place_precision)),
    ),
    Column("killed_low", "Lowest credible figure; empty when nobody states one, never 0.", lambda i: i.killed_low),
    Column("killed_best", "Best figure.", lambda i: i.killed_best),
    Column("killed_high", "Highest credible figure; empty also for an open end.", lambda i: i.killed_high),
    Column("wounded_low", "As for killed.", lambda i: i.wounded_low),
    Column("wounded_best", "As for killed.", lambda i: i.wounded_best),
    Column("wounded_high", "As for killed.", lambda i: i.wounded_high),
    Column("weapon", "As the sources name it.", lambda i: i.weapon),
    Column("actors", "Name (role, who says so), separated by semicolons.", _actors),
    Column("credibility", "1 confirmed ... 5 improbable, 6 cannot be judged.", lambda i: i.credibility),
    Column("sources", "Independent sources, separated by semicolons.", lambda i: "; ".join(source_names(i))),
    Column("source_urls", "Addresses of all articles, separated by spaces.", _links),
    Column("published_at", "When it came to the public set (ISO 8601, UTC).", lambda i: _iso(i.published_at)),
    Column("updated_at", "When it last changed.", lambda i: _iso(i.updated_at)),
)


def _iso(value: object) -> str | None:
    return value.isoformat() if hasattr(value, "isoformat") else None
