"""The search index follows the incidents, within the transaction that changes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.signals import post_delete, post_save

from incidents.models import Actor, Incident, IncidentActor, Mention, Quote, SearchText
from incidents.publishing.search_text import search_texts

# SQLite takes 999 parameters in every build.
_CHUNK = 900


def index(keys: Iterable[int]) -> None:
    """Make these incidents findable by what they say now; those that are not published are found no longer."""
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        texts = dict(search_texts(chunk))
        known = dict(SearchText.objects.filter(pk__in=chunk).values_list("pk", "words"))
        changed = [SearchText(pk=pk, words=words) for pk, words in texts.items() if known.get(pk) != words]
        if gone := known.keys() - texts.keys():
            SearchText.objects.filter(pk__in=gone).delete()
        SearchText.objects.bulk_create(
            changed, update_conflicts=True, update_fields=["words"], unique_fields=["incident"]
        )


def index_all(progress: Callable[[int, int], None] = lambda done, whole: None) -> int:
    """Every incident anew, chunk by chunk; the answer is how many can be found. `progress` is given keys done and all.

    Minutes for a million. For loaders that write past the models, too.
    """
    _analyse()
    last = Incident.objects.aggregate(last=Max("pk"))["last"] or 0
    for start in range(0, last, _CHUNK):
        with transaction.atomic():
            index(range(start + 1, min(start + _CHUNK, last) + 1))
        progress(min(start + _CHUNK, last), last)
    _settle()
    return SearchText.objects.count()


def _analyse() -> None:
    """A restored copy has no statistics yet, and PostgreSQL plans for small tables."""
    if connection.vendor == "postgresql":
        tables = [model._meta.db_table for model in (Incident, IncidentActor, Actor, Mention, Quote, SearchText)]
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(tables)}")


def _settle() -> None:
    """One segment for many, and fresh statistics: searches are then as fast as they get."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO incidents_search(incidents_search) VALUES ('optimize')")
        else:
            cursor.execute("ANALYZE incidents_searchtext")


def follow() -> None:
    """Connect to every save and deletion of what a search finds. Writes past the models call `index` themselves.

    The words of a deleted incident go with it, and once more after it: its mentions, deleted in between, bring them back.
    """
    for model, keys in _TOUCHED.items():
        for signal in (post_save, post_delete):
            signal.connect(_receiver(keys), sender=model, dispatch_uid="search", weak=False)


def _receiver(keys: Callable[[Any], Iterable[int | None]]) -> Callable[..., None]:
    def reindex(instance: Any, *, raw: bool = False, **_signal: Any) -> None:
        touched = [key for key in keys(instance) if key is not None]
        # Most are candidates: one query tells. A fixture's rows (raw) come in any order: index_search afterwards.
        if touched and not raw and (_published(touched) or SearchText.objects.filter(pk__in=touched).exists()):
            index(touched)

    return reindex


def _published(keys: list[int]) -> bool:
    return Incident.objects.filter(pk__in=keys[:_CHUNK], status=Incident.Status.PUBLISHED).exists()


_TOUCHED: dict[Any, Callable[[Any], Iterable[int | None]]] = {
    Incident: lambda incident: [incident.pk],
    IncidentActor: lambda role: [role.incident_id],
    Mention: lambda mention: [mention.incident_id],
    Quote: lambda quote: Mention.objects.filter(pk=quote.mention_id).values_list("incident", flat=True),
    Actor: lambda actor: actor.roles.values_list("incident", flat=True) if actor.pk else [],
}
