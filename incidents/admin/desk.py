"""What the first page of the desk says: what waits, who is at it, what was decided and how right the extractor was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from incidents.admin.queue import likely_known
from incidents.extraction.kinds import Kind
from incidents.models import Article, Incident, Review

# Long enough to show a habit, short enough that last year's extractor does not hide this month's.
LOOK_BACK = timedelta(days=30)
# The rows of each small table on the page.
ROWS = 8
# A share of fewer decisions than this says nothing.
FEWEST_DECISIONS = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    candidates: int
    in_review: int
    oldest: datetime | None
    unplaced: int
    maybe_known: int
    failed_articles: int
    unread_articles: int


@dataclass(frozen=True, slots=True)
class Share:
    """Of `decided` candidates a moderator published `published`."""

    name: str
    published: int
    decided: int

    @property
    def percent(self) -> int:
        return round(100 * self.published / self.decided)


def waiting() -> Waiting:
    """Three queries, over the waiting rows and the failed articles alone."""
    figures = Incident.objects.waiting().aggregate(
        candidates=Count("pk", filter=Q(status=Incident.Status.CANDIDATE)),
        in_review=Count("pk", filter=Q(status=Incident.Status.IN_REVIEW)),
        oldest=Min("created_at"),
        unplaced=Count("pk", filter=Q(cell=None)),
    )
    return Waiting(
        **figures,
        maybe_known=Incident.objects.waiting().filter(likely_known()).count(),
        **Article.objects.aggregate(
            failed_articles=Count("pk", filter=Q(state=Article.State.FAILED)),
            unread_articles=Count("pk", filter=Q(state=Article.State.READ)),
        ),
    )


def claims() -> QuerySet[Review]:
    """Who looks at what now."""
    return Review.objects.open_claims().select_related("reviewer", "incident").order_by("claimed_at")


def decisions_today() -> list[dict[str, Any]]:
    """Each: decision, reviewer's name, how many, most first. Undone ones count: they were work."""
    rows = (
        Review.objects.filter(decided_at__gte=timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0))
        .decided()
        .values("decision", who=F("reviewer__username"))
        .annotate(n=Count("pk"))
        .order_by("-n", "decision", "who")
    )
    names = dict(Review.Decision.choices)
    return [{"decision": names[row["decision"]], "who": row["who"], "n": row["n"]} for row in rows]


def rejection_reasons() -> list[dict[str, Any]]:
    """Why candidates of the last LOOK_BACK were rejected, most frequent first."""
    rejected = _standing().filter(decision=Review.Decision.REJECT)
    rows = rejected.values("reason").annotate(n=Count("pk")).order_by("-n", "reason")[:ROWS]
    return [dict(row) for row in rows]


def corrected_fields() -> list[tuple[str, int]]:
    """Which fields moderators change most: what the extractor gets wrong."""
    counts: dict[str, int] = {}
    for changes in _standing().exclude(changes={}).values_list("changes", flat=True):
        for field in changes:
            name = _field_name(field)
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:ROWS]


def _standing() -> QuerySet[Review]:
    """Decisions of the last LOOK_BACK that nobody took back: those have lost what it takes to undo them."""
    return Review.objects.decided().filter(decided_at__gte=timezone.now() - LOOK_BACK).exclude(undo={})


def _field_name(field: str) -> str:
    known = {each.name: str(each.verbose_name) for each in Incident._meta.fields}
    return known.get(field, field.replace("_", " "))


def precision_by_kind() -> list[Share]:
    labels = {str(kind): kind.label for kind in Kind}
    return [Share(labels.get(share.name, share.name), share.published, share.decided) for share in _shares("kind")]


def precision_by_source() -> list[Share]:
    """An incident of two sources counts for both."""
    return _shares("mentions__article__source__name")


def _shares(field: str) -> list[Share]:
    """Of what was published or rejected within LOOK_BACK. A merged candidate is counted with what it was merged into."""
    decided = [Review.Decision.PUBLISH, Review.Decision.REJECT]
    recent = Review.objects.filter(decision__in=decided, decided_at__gte=timezone.now() - LOOK_BACK)
    rows = (
        Incident.objects.filter(
            status__in=[Incident.Status.PUBLISHED, Incident.Status.REJECTED], pk__in=recent.values("incident")
        )
        .exclude(**{field: None})
        .values_list(field)
        .annotate(
            published=Count("pk", filter=Q(status=Incident.Status.PUBLISHED), distinct=True),
            decided=Count("pk", distinct=True),
        )
    )
    shares = [Share(*row) for row in rows]
    counted = [share for share in shares if share.decided >= FEWEST_DECISIONS]
    return sorted(counted, key=lambda share: (-share.decided, share.name))[:ROWS]
