"""Two hundred incidents of every sort, the same ones in every run."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole, PlacePrecision, TimePrecision
from incidents.models import Incident
from tests.factories import make_actor, make_article, make_incident, make_mention, make_role, make_source, make_user

NUMBER = 200
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


@pytest.fixture
def many(db):
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


def _random_fields(chance, number):
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
