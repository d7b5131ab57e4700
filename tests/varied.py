"""Incidents of every sort and queries by every key, the same ones in every run: what all doors must agree on."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole, PlacePrecision, TimePrecision
from incidents.models import Incident
from tests.factories import make_actor, make_article, make_incident, make_mention, make_role, make_source, make_user

NUMBER, ODD = 200, 80
_PLACES = [
    ("Málaga", "ES", "Andalucía", 36.72, -4.42, PlacePrecision.TOWN),
    ("Suva", "FJ", "Central", -18.14, 178.44, PlacePrecision.TOWN),
    ("Apia", "WS", "", -13.83, -171.76, PlacePrecision.SITE),
    ("Tokmak", "UA", "Zaporizhzhia", 47.25, 35.7, PlacePrecision.NEAR),
    ("Anbar", "IQ", "Anbar", 32.9, 41.6, PlacePrecision.PROVINCE),
    ("Red Sea", "", "", 18.5, 39.8, PlacePrecision.AREA),
    ("Iraq", "IQ", "", None, None, PlacePrecision.COUNTRY),
    ("", "", "", None, None, PlacePrecision.UNKNOWN),
    ("Nowhere on the list", "IQ", "", None, None, PlacePrecision.TOWN),
]
_SPANS = [
    (TimePrecision.HOUR, 0), (TimePrecision.WEEK, 6), (TimePrecision.MONTH, 30), (TimePrecision.LONGER, 364),
]  # fmt: skip
CHOICES = {
    "q": ["incident 1", "malaga", "Málaga", "brigade", "(", "fusee", "AND %"],
    "kind": [*map(str, Kind), "air-strike,drone-strike,bombing,shelling"],
    "actor": ["Example Brigade", "comité, région du nord", "999999"],
    "role": ["perpetrator", "victim", "target", "victim,claimed-by"],
    "weapon": ["drone", "fusee"],
    "source": ["t1.example.org", "Example Times 2", "0"],
    "from": ["2023-11-15", "2024", "2024-01", "2023-12-31"],
    "to": ["2024-01-15", "2024-02", "2023"],
    "time_precision": ["day", "unknown", "day,few-days", "hour,day", "longer"],
    "place": ["Málaga", "iraq", "IQ", "central", "Anbar"],
    "precision": ["town", "unplaced", "country,unknown", "province,area", "unplaced,near"],
    # The first edges lie on points, two boxes cross the 180th meridian.
    "bbox": ["-4.42,36.72,35.7,47.25", "170,-30,-160,0", "178.44,-18.14,-171.76,-13.83", "-180,-90,180,90"],
    "near": ["-18,179.9,3000", "33,43,500", "89,0,6000"],
    "area": ["0,30;0,50;60,50;60,30", "10,30;50,20;30,50;60,45;5,44"],
    "killed_min": ["0", "1", "6"],
    "credibility": ["1,2", "6", "3,4,5"],
    "added_since": ["2020-01-01", "2024-02-15", "2100-01-01"],
    "highlight": ["ABC"],
}


def random_queries(rounds: int, seed: int = 5) -> list[dict[str, str]]:
    """Nothing, every value alone, then `rounds` of one to four keys."""
    chance = random.Random(seed)
    queries: list[dict[str, str]] = [{}]
    queries += [{key: value} for key, values in CHOICES.items() for value in values]
    for _ in range(rounds):
        keys = chance.sample(sorted(CHOICES), chance.choice([1, 2, 2, 3, 4]))
        query = {key: chance.choice(CHOICES[key]) for key in keys}
        # A range that ends before it begins is refused.
        if query.get("from", "") > query.get("to", "9"):
            del query["to"]
        queries.append(query)
    return queries


def make_many() -> None:
    """NUMBER published incidents and a few that the public must not see."""
    chance = random.Random(20240512)
    reviewer = make_user()
    actors = [make_actor("Example Brigade"), make_actor("Comité, Région du Nord")]
    articles = [
        make_article(source=make_source(name=f"Example Times {n}", domain=f"t{n}.example.org")) for n in range(4)
    ]
    for number in range(NUMBER):
        incident = make_incident(published=True, reviewed_by=reviewer, mentions=0, **_random_fields(chance, number))
        for article in chance.sample(articles, chance.choice([1, 1, 2])):
            make_mention(incident=incident, article=article, quotes=[])
        if chance.random() < 0.5:
            make_role(incident, chance.choice(actors), chance.choice([ActorRole.PERPETRATOR, ActorRole.VICTIM]))
    for status in (Incident.Status.CANDIDATE, Incident.Status.IN_REVIEW):
        make_incident(status=status, title="Not for the public")


def make_odd() -> None:
    """ODD more: long and half-known ranges, capped and delayed ones, lowest figures without a best, actors twice."""
    chance = random.Random(20240513)
    reviewer = make_user()
    actors = [make_actor("Example Front, Southern Branch"), make_actor("الحركة")]
    article = make_article(source=make_source(name="Example Gazette", domain="gazette.example.org"))
    for number in range(ODD):
        fields = _random_fields(chance, NUMBER + number) | _odd_fields(chance)
        incident = make_incident(published=True, reviewed_by=reviewer, mentions=0, **fields)
        make_mention(incident=incident, article=article, quotes=[])
        make_mention(incident=incident, article=article, quotes=[])
        for actor in chance.sample(actors, chance.randrange(3)):
            for role in chance.sample(list(ActorRole), chance.choice([1, 2])):
                make_role(incident, actor, role)


def _random_fields(chance: random.Random, number: int) -> dict[str, Any]:
    name, country, province, latitude, longitude, precision = chance.choice(_PLACES)
    start = date(2023, 11, 1) + timedelta(days=chance.randrange(120))
    time_precision, end = chance.choice(
        [(TimePrecision.DAY, start), (TimePrecision.FEW_DAYS, start + timedelta(days=3)), (TimePrecision.UNKNOWN, None)]
    )
    low = chance.choice([None, 0, 1, 5])
    return {
        "title": f"Incident {number} at {name or 'an unnamed place'}",
        "kind": chance.choice(list(Kind)),
        "weapon": chance.choice(["", "drone", "fusée"]),
        "date_start": None if time_precision is TimePrecision.UNKNOWN else start,
        "date_end": end,
        "time_precision": time_precision,
        "place_name": name,
        "country": country,
        "province": province,
        "latitude": latitude,
        "longitude": longitude,
        "radius_m": None if latitude is None else 5000,
        "place_precision": precision,
        "killed_low": low,
        "killed_best": low,
        "credibility": chance.choice([1, 2, 6]),
    }


def _odd_fields(chance: random.Random) -> dict[str, Any]:
    day = date(2022, 12, 1) + timedelta(days=chance.randrange(700))
    precision, days = chance.choice(_SPANS)
    known = chance.choice(["both", "both", "start", "end"])
    added = datetime(2024, 2, 1, tzinfo=UTC) + timedelta(hours=chance.randrange(24 * 60))
    return {
        "date_start": None if known == "end" else day,
        "date_end": None if known == "start" else day + timedelta(days=days),
        "time_precision": precision,
        "killed_low": chance.choice([None, 0, 3, 8]),
        "killed_best": None,
        "credibility": chance.choice([3, 4, 5]),
        "public_precision": chance.choice(["", "", "", "town", "province", "country", "unknown"]),
        "publish_after": chance.choice([None, None, None, added, datetime(2100, 1, 1, tzinfo=UTC)]),
        "published_at": added,
    }
