"""How many incidents a query finds, and how they divide: every count of the explorer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from incidents.extraction.kinds import Family, Kind
from incidents.extraction.types import PlacePrecision
from incidents.models import Incident, IncidentActor, Mention
from incidents.publishing.columns.found import Row
from incidents.query import labels
from incidents.query.filters import is_number

if TYPE_CHECKING:
    from incidents.publishing.columns.found import Found
    from incidents.query import Query

# As many as fit a panel without scrolling; the search finds the others.
CHOICES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Summary:
    """`first` and `last` are the days of the incidents found, `newest` is the last day of all that is published."""

    shown: int
    total: int
    unplaced: int
    undated: int
    first: date | None
    last: date | None
    newest: date | None
    data_of: datetime | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a key, as a control shows it."""

    value: str
    label: str
    count: int
    chosen: bool
    family: str = ""


@dataclass(frozen=True, slots=True)
class FamilyCount:
    """A line of the legend. `kinds` are those that its link asks for; `chosen` when the query asks for it."""

    family: Family
    label: str
    count: int
    chosen: bool
    kinds: tuple[Kind, ...]


def summarise(query: Query, found_in: Found | None = None) -> Summary:
    """Two queries without an archive, none with what was found in one; so do the others below."""
    if found_in is not None:
        return Summary(**found_in.totals())
    published = Incident.objects.published()
    first, last = Coalesce("date_start", "date_end"), Coalesce("date_end", "date_start")
    everything = published.aggregate(total=Count("pk"), newest=Max(last), data_of=Max("updated_at"))
    found = query.apply(published).aggregate(
        shown=Count("pk"),
        unplaced=Count("pk", filter=Q(cell=None)),
        undated=Count("pk", filter=Q(date_start=None, date_end=None)),
        first=Min(first),
        last=Max(last),
    )
    return Summary(**found, **everything)


def kind_choices(query: Query, found_in: Found | None = None, *, with_empty: bool = False) -> list[Choice]:
    """Kinds with at least one incident under the other filters, grouped by family; all of them `with_empty`."""
    counts = found_in.kinds() if found_in is not None else _counts(query.changed(kind=()), "kind")
    return [
        Choice(str(kind), labels.kind(kind), counts.get(str(kind), 0), kind in query.kind, str(kind.family))
        for family in Family
        for kind in Kind
        if kind.family is family and (with_empty or counts.get(str(kind)) or kind in query.kind)
    ]


def legend(query: Query, choices: Iterable[Choice]) -> list[FamilyCount]:
    """The families of `choices` with their counts; no query."""
    lines = []
    for family in Family:
        of_family = [choice for choice in choices if choice.family == family]
        kinds = tuple(kind for kind in Kind if kind.family is family)
        chosen = not query.kind or any(kind in query.kind for kind in kinds)
        if of_family:
            lines.append(
                FamilyCount(family, str(FAMILY_LABELS[family]), sum(c.count for c in of_family), chosen, kinds)
            )
    return lines


def precision_choices(query: Query, found_in: Found | None = None, *, with_empty: bool = False) -> list[Choice]:
    counts = (
        found_in.precisions()
        if found_in is not None
        else _counts(query.changed(precision=()), "public_place_precision")
    )
    return [
        Choice(str(level), labels.word(level), counts.get(str(level), 0), str(level) in query.precision)
        for level in PlacePrecision
        if with_empty or counts.get(str(level)) or str(level) in query.precision
    ]


def source_choices(query: Query, found_in: Found | None = None) -> list[Choice]:
    """The sources of most incidents, and those asked for."""
    if found_in is not None:
        return _most(found_in.sources(), query.source)
    found = query.changed(source=()).apply(Incident.objects.published())
    counts = Mention.objects.filter(incident__in=found, article__source__isnull=False)
    rows = counts.values(pk=F("article__source"), name=F("article__source__name")).annotate(
        number=Count("incident", distinct=True)
    )
    return _most([Row(**row) for row in rows], query.source)


def actor_choices(query: Query, found_in: Found | None = None) -> list[Choice]:
    """The actors of most incidents, in the roles asked for, and those asked for."""
    if found_in is not None:
        return _most(found_in.actors(), query.actor)
    found = query.changed(actor=()).apply(Incident.objects.published())
    roles = IncidentActor.objects.filter(incident__in=found)
    if query.role:
        roles = roles.filter(role__in=query.role)
    rows = roles.values(pk=F("actor"), name=F("actor__name")).annotate(number=Count("incident", distinct=True))
    return _most([Row(**row) for row in rows], query.actor)


def unplaced(query: Query, found_in: Found | None = None) -> list[Choice]:
    """Where the incidents are that no map can show: by country or by the name nobody could place."""
    if found_in is not None:
        return [
            Choice(name, labels.country(name), number, False) for name, number in found_in.unplaced()[:CHOICES_SHOWN]
        ]
    found = query.apply(Incident.objects.published()).unplaced()
    rows = found.order_by().values_list("public_place_name").annotate(number=Count("pk")).order_by("-number")
    return [Choice(name, labels.country(name), number, False) for name, number in rows[:CHOICES_SHOWN]]


def _counts(query: Query, column: str) -> dict[str, int]:
    found = query.apply(Incident.objects.published()).order_by()
    return dict(found.values_list(column).annotate(number=Count("pk")))


def _most(rows: list[Row], asked: tuple[str, ...]) -> list[Choice]:
    """The first CHOICES_SHOWN of `rows`, after those asked for, which are kept even when they find nothing."""
    numbers = {int(name) for name in asked if is_number(name)}
    ordered = sorted(rows, key=lambda row: (-row.number, row.name))
    found = [row for row in ordered if row.pk in numbers or row.name in asked]
    found += [row for row in ordered if row not in found][: max(0, CHOICES_SHOWN - len(found))]
    choices = [Choice(str(row.pk), row.name, row.number, row.pk in numbers or row.name in asked) for row in found]
    listed = {choice.value for choice in choices} | {choice.label for choice in choices}
    return choices + [Choice(name, name, 0, True) for name in asked if name not in listed]


FAMILY_LABELS = {
    Family.AIR: _("air or drone strike"),
    Family.MISSILE: _("missile, rocket, shell"),
    Family.EXPLOSIVE: _("bomb or mine"),
    Family.ARMED: _("armed attack, clash"),
    Family.ABDUCTION: _("abduction"),
    Family.SHIP: _("attack on a ship"),
    Family.OTHER: _("other"),
}
