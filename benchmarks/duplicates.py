"""How long it takes to find what may be the same as one incident, in a database of many: `make bench`.

    python -m benchmarks.duplicates [--incidents 100000] [--dense]
    python -m tests.postgres python -m benchmarks.duplicates

Works in a database of its own, which it makes and drops: the test database of the configured engine.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from datetime import date, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mapsite.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from incidents.extraction.kinds import Kind  # noqa: E402
from incidents.models import Article, Incident, Mention, Proposal, Quote  # noqa: E402
from incidents.workflows.duplicates import _pool, possible_duplicates, propose  # noqa: E402

_SEED = 7
_BATCH = 2_000
_ASKED = 60
# Where news of attacks comes from, roughly: country, latitude, longitude.
_WARS = (("UA", 48.5, 36.5), ("SY", 35.5, 37.5), ("IQ", 34.0, 43.5), ("AF", 34.0, 66.0), ("SD", 14.0, 30.0))


def fill(number: int, *, dense: bool, chance: random.Random) -> None:
    """Ten years of five wars; `dense` is one year of one war: 270 incidents a day."""
    user, now = User.objects.create(username="bench"), timezone.now()
    days, wars = (365, _WARS[:1]) if dense else (3650, _WARS)
    for begin in range(0, number, _BATCH):
        rows = [_row(chance, days, chance.choice(wars), user, now) for _ in range(min(_BATCH, number - begin))]
        made = Incident.objects.bulk_create(rows)
        articles = Article.objects.bulk_create(
            Article(title=f"Story {begin + n}", text="A story.", text_sha256="", fetched_at=now)
            for n in range(len(made))
        )
        mentions = Mention.objects.bulk_create(
            Mention(article=article, incident=incident, key=str(incident.pk), kind=incident.kind)
            for article, incident in zip(articles, made, strict=True)
        )
        Quote.objects.bulk_create(
            Quote(mention=mention, field="kind", start=0, end=9, text="shells hit a market") for mention in mentions
        )


def _row(chance: random.Random, days: int, war: tuple[str, float, float], user: User, now: datetime) -> Incident:
    country, latitude, longitude = war
    start = date(2015, 1, 1) + timedelta(days=chance.randrange(days))
    length = chance.choice((0,) * 8 + (3, 30))
    incident = Incident(
        title="An incident",
        kind=chance.choice(list(Kind)),
        date_start=None if chance.random() < 0.05 else start,
        date_end=start + timedelta(days=length),
        reported_on=start + timedelta(days=1),
        country=country,
        place_name=f"Town {chance.randrange(500)}",
        latitude=latitude + chance.gauss(0, 1.5),
        longitude=longitude + chance.gauss(0, 2),
        radius_m=chance.choice((2_000, 8_000, 12_000, 25_000)),
        place_precision="town",
        killed_low=chance.choice((None, 0, 1, 2, 3, 7)),
        status=Incident.Status.PUBLISHED if chance.random() < 0.9 else Incident.Status.CANDIDATE,
        reviewed_by=user,
        published_at=now,
    )
    if incident.date_start is None:
        incident.date_end = None
    incident._cap_place()
    return incident


def measure(chance: random.Random) -> None:
    """Milliseconds and queries of finding, and of finding and keeping, for incidents drawn at random."""
    keys = list(Incident.objects.values_list("pk", flat=True))
    chosen = [Incident.objects.get(pk=pk) for pk in chance.sample(keys, _ASKED)]
    possible_duplicates(incident=chosen[0])
    for name, work in (("find", lambda each: possible_duplicates(incident=each)), ("find and keep", propose)):
        taken, worked, queries = [], [], 0
        for incident in chosen:
            reset_queries()
            connection.force_debug_cursor = True
            begin, at_work = time.perf_counter(), time.process_time()
            work(incident)
            worked.append((time.process_time() - at_work) * 1000)
            taken.append((time.perf_counter() - begin) * 1000)
            queries = max(queries, len(connection.queries))
        worst = sorted(taken)[-max(len(taken) // 20, 1)]
        print(
            f"  {name:14s} median {statistics.median(taken):6.1f} ms  19 of 20 within {worst:6.1f} ms  {queries} queries"
        )
    compared = [_pool(incident).count() for incident in chosen]
    print(f"  compared by day and place: median {statistics.median(compared):.0f}, most {max(compared)}")
    print(f"  kept: {Proposal.objects.count()} rows for {_ASKED} incidents")
    plan = _pool(chosen[0]).values("pk").explain()
    print("  " + "\n  ".join(plan.splitlines()[:6]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--dense", action="store_true", help="one year of one war in place of ten years of five")
    options = parser.parse_args()
    chance = random.Random(_SEED)  # noqa: S311  (no secret)
    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        fill(options.incidents, dense=options.dense, chance=chance)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{connection.vendor}, {options.incidents:,} incidents, {'dense' if options.dense else 'spread'}")
        measure(chance)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
