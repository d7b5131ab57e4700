"""The weights of incidents/extraction/likeness.py: pairs of reports of one incident and of two, fitted and measured.

    python -m training.same_incident GOLD READ

READ holds what `manage.py extract --jsonl` wrote for the files of GOLD/incidents, as NAME.full.jsonl. Pairs of two
documents are told apart by the gold events that their findings match; docs/duplicates.md says what that is worth.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from incidents.extraction.kinds import Kind
from incidents.extraction.likeness import WEIGHTS, Report, distance_m, features, is_mixed_up, telling_words
from incidents.extraction.types import ActorRole
from training.gold import rows

SEED = 7
_SETS = ("ucdp_syria", "ucdp_world", "centcom_2014_2015", "coded", "strikes", "muc4_train", "muc4_dev")
_DOERS = {str(role) for role in (ActorRole.PERPETRATOR, ActorRole.ALLEGED, ActorRole.CLAIMED_BY)}
_KINDS = {kind.label: kind for kind in Kind}
# A finding is a gold event's where they lie this near.
_SAME_PLACE_M = 50_000
_DAY = timedelta(days=1)
# How firmly weights are held to PRIOR: what some ten pairs say.
_RIDGE = 5.0
# So far apart, two reports of one country tell of two incidents.
_ANOTHER_TIME = 10 * _DAY
# Pairs of one corpus and class.
_MOST_OF_ONE = 300
# What we held for likely before looking, in log-odds; the fit moves it where pairs say otherwise.
PRIOR = {
    "bias": -3.5,
    **{
        "place.fine": 2.0,
        "place.town": 1.5,
        "place.wide": 1.0,
        "place.area": 0.5,
        "place.edge": -1.0,
    },
    **{"place.named": 1.5, "day.same": 2.0, "day.next": 0.0, "day.two": -1.0, "days.overlap": 1.0},
    **{"kind.same": 1.0, "kind.family": 0.5, "kind.mixed": -0.5, "doer.shared": 1.0, "doer.differs": -1.0},
    **{"other.shared": 1.5, "killed.equal": 2.0, "killed.near": 0.5, "killed.far": -1.5},
    **{"wounded.equal": 2.0, "wounded.near": 0.5, "wounded.far": -1.5, "words.shared": 2.0},
}


@dataclass(frozen=True)
class Told:
    """A finding of one document and the gold event it matches."""

    report: Report
    document: str
    corpus: str
    event: dict[str, Any]
    text: str


@dataclass(frozen=True)
class Pair:
    one: Report
    other: Report
    same: bool
    corpus: str
    fold: int
    values: dict[str, float]

    def score(self, weights: dict[str, float]) -> float:
        total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in self.values.items())
        return float(1 / (1 + np.exp(-total)))


def told(gold: Path, read: Path) -> list[Told]:
    """Every finding that matches exactly one gold event of its document."""
    found = []
    for name in _SETS:
        events = {row["id"]: row for row in rows(gold / "incidents" / f"{name}.jsonl")}
        for row in rows(read / f"{name}.full.jsonl"):
            source = events[row["id"]]
            theirs = source.get("events") or ([source["event"]] if "event" in source else [])
            for finding in row.get("incidents") or []:
                report = _report(finding, source["text"])
                matching = [event for event in theirs if _matches(report, event)]
                if len(matching) == 1:
                    found.append(Told(report, row["id"], name, matching[0], source["text"]))
    return found


def _report(finding: dict[str, Any], text: str) -> Report:
    names: dict[bool, set[str]] = {True: set(), False: set()}
    for actor in finding["actors"]:
        names[actor["role"] in _DOERS].add(actor["name"])
    quotes = ((quote["field"], text[quote["start"] : quote["end"]]) for quote in finding["quotes"])
    return Report(
        kind=_KINDS[finding["kind"]],
        first=_day(finding["date_start"]),
        last=_day(finding["date_end"]),
        country=finding["country"] or "",
        place_name=finding["place"] or "",
        latitude=finding["latitude"],
        longitude=finding["longitude"],
        radius_m=finding["radius_m"] or 0,
        doers=frozenset(names[True]),
        others=frozenset(names[False]),
        killed=_figure(finding["killed"]),
        wounded=_figure(finding["wounded"]),
        words=telling_words(quotes),
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _figure(value: dict[str, Any] | None) -> tuple[int, int | None] | None:
    return (value["low"], value["high"]) if value and value["low"] is not None else None


def _days(event: dict[str, Any]) -> tuple[date, date] | None:
    first = event.get("date_low") or event.get("date")
    last = event.get("date_high") or event.get("date_end") or first
    try:
        return (date.fromisoformat(first), date.fromisoformat(last)) if first else None
    except ValueError:  # the gold has a 31st of February
        return None


def _matches(report: Report, event: dict[str, Any]) -> bool:
    days = _days(event)
    if days is None or report.first is None or report.last is None:
        return False
    if report.first - _DAY > days[1] or report.last + _DAY < days[0]:
        return False
    if event.get("lat") is not None and report.latitude is not None and report.longitude is not None:
        return distance_m(report.latitude, report.longitude, event["lat"], event["lon"]) <= _SAME_PLACE_M
    return bool(_name_words(report.place_name) & _name_words(event.get("place") or ""))


def _name_words(name: str) -> set[str]:
    generic = {"city", "town", "department", "province", "neighborhood", "village", "municipality", "district"}
    return {word for word in re.findall(r"[^\W\d_]{4,}", name.casefold()) if word not in generic}


def of_two_documents(found: list[Told]) -> Iterator[Pair]:
    """Real pairs of the window that is looked at; those whose label the gold leaves open are left out."""
    by_day: dict[date, list[Told]] = defaultdict(list)
    for each in found:
        for day in {each.report.first, each.report.last} - {None}:
            by_day[day].append(each)  # type: ignore[index]
    seen = set()
    for day in sorted(by_day):
        near = [each for other in range(3) for each in by_day.get(day + other * _DAY, [])]
        for one, other in combinations(near, 2):
            key = (id(one), id(other)) if id(one) < id(other) else (id(other), id(one))
            if one.document == other.document or key in seen or one.text == other.text:
                continue
            seen.add(key)
            label = _is_same(one, other)
            if label is not None:
                yield from _pair(one.report, other.report, label, one.corpus, _fold(one.document, other.document))


def _is_same(one: Told, other: Told) -> bool | None:
    """None where the gold does not tell: reports of one named victim and day are one, of other days and victims two."""
    if not (one.corpus.startswith("muc4") and other.corpus.startswith("muc4")):
        return False  # every row of these sets is an event of its own
    ours, theirs = _days(one.event), _days(other.event)
    if ours is None or theirs is None:
        return None
    apart = max((theirs[0] - ours[1]).days, (ours[0] - theirs[1]).days)
    names = _victims(one.event) & _victims(other.event)
    if names and apart <= 1:
        return True
    words = [{word for name in event["target"] or [] for word in name.split()} for event in (one.event, other.event)]
    places = _name_words(one.event["place"] or "") & _name_words(other.event["place"] or "")
    if not names and not (words[0] & words[1]) and (apart >= 1 or not places):
        return False
    return None


def _victims(event: dict[str, Any]) -> set[str]:
    """Names of two words and more, without figures: one of them on two days' reports is the same person."""
    return {name for name in event["target"] or [] if len(name.split()) >= 2 and not re.search(r"\d", name)}


def _fold(*documents: str) -> int:
    """0 or 1, by the documents' names: pairs of one document never stand on both sides."""
    return sum(map(ord, min(documents))) % 2


def perturbed(found: list[Told], pairs: list[Pair], chance: random.Random) -> Iterator[Pair]:
    """Each finding beside another report of it that we made up, and pairs of two incidents with one changed as much.

    The shares are those of `_differ`: what both classes have alike gets no weight.
    """
    by_kind: dict[Kind, list[Report]] = defaultdict(list)
    for each in found:
        by_kind[each.report.kind].append(each.report)
    for each in found:
        other = _differ(each.report, by_kind[each.report.kind], chance)
        yield from _pair(each.report, other, True, f"made up of {each.corpus}", _fold(each.document))
    for pair in pairs:
        if not pair.same:
            other = _differ(pair.other, by_kind[pair.other.kind], chance)
            yield from _pair(pair.one, other, False, f"made up of {pair.corpus}", pair.fold)


def shifted(found: list[Told], chance: random.Random) -> Iterator[Pair]:
    """Two incidents of other times in one place, one of them moved to within days of the other."""
    by_country: dict[str, list[Told]] = defaultdict(list)
    for each in found:
        by_country[each.report.country].append(each)
    for one in found:
        for other in chance.sample(by_country[one.report.country], min(30, len(by_country[one.report.country]))):
            if one.report.first is None or other.report.first is None or other.report.last is None:
                continue
            apart = one.report.first - other.report.first
            if abs(apart) < _ANOTHER_TIME:
                continue
            shift = apart + chance.choice((-2, -1, 0, 0, 0, 1, 2)) * _DAY
            moved = replace(other.report, first=other.report.first + shift, last=other.report.last + shift)
            yield from _pair(one.report, moved, False, f"shifted {one.corpus}", _fold(one.document, other.document))


def _pair(one: Report, other: Report, same: bool, corpus: str, fold: int) -> Iterator[Pair]:
    """Only what `compare` does not exclude."""
    if (shown := features(one, other)) is not None:
        yield Pair(one, other, same, corpus, fold, {each.name: each.value for each in shown})


def evened(pairs: list[Pair], chance: random.Random) -> list[Pair]:
    """No corpus outweighs the others."""
    by_corpus: dict[tuple[str, bool], list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_corpus[pair.corpus, pair.same].append(pair)
    return [pair for group in by_corpus.values() for pair in chance.sample(group, min(_MOST_OF_ONE, len(group)))]


def _differ(report: Report, alike: list[Report], chance: random.Random) -> Report:
    """As a second report may: later figures, a day off, the town for the village, another kind of the family.

    How often follows the reader itself: of two readings of the coded articles, one in three differs in the day, and
    half in the toll.
    """
    changes: dict[str, Any] = {}
    if report.first and report.last and chance.random() < 0.4:
        shift = chance.choice((-1, 1)) * _DAY
        widened = chance.random() < 0.35
        changes["first"] = min(report.first + shift, report.first) if widened else report.first + shift
        changes["last"] = max(report.last + shift, report.last) if widened else report.last + shift
    if report.latitude is not None and report.longitude is not None and chance.random() < 0.5:
        changes |= _moved(report.latitude, report.longitude, chance)
    if chance.random() < 0.3:
        family = [kind for kind in Kind if kind.family is report.kind.family]
        others = [kind for kind in Kind if is_mixed_up(kind, report.kind)] or family
        changes["kind"] = chance.choice([*family, Kind.UNKNOWN] if chance.random() < 0.6 else others)
    for name in ("doers", "others"):
        if chance.random() < 0.4:
            changes[name] = frozenset()
    for name in ("killed", "wounded"):
        figure = getattr(report, name)
        if chance.random() < 0.3:
            changes[name] = None
        elif figure and chance.random() < 0.5:
            changes[name] = (figure[0] + chance.choice((1, 1, 2, 3, 1 + figure[0], 2 + 2 * figure[0])), None)
    kept = {word for word in report.words if chance.random() < 0.5}
    foreign = chance.choice(alike).words
    changes["words"] = frozenset(kept | {word for word in foreign if chance.random() < 0.5})
    return replace(report, **changes)


def _moved(latitude: float, longitude: float, chance: random.Random) -> dict[str, Any]:
    """A quarter of the town, the town of the village, the middle of the district, or the country alone."""
    how = chance.random()
    if how < 0.1:
        return {"latitude": None, "longitude": None, "radius_m": 0, "place_name": "another name"}
    kilometres, radius = (3, 2_000) if how < 0.4 else (8, 12_000) if how < 0.7 else (20, 25_000)
    return {
        "latitude": latitude + chance.uniform(-1, 1) * kilometres / 111,
        "longitude": longitude + chance.uniform(-1, 1) * kilometres / 111,
        "radius_m": radius,
        "place_name": "another name",
    }


# Weights that are set by hand: no pair of ours shows what they are worth.
_BY_HAND = {"place.country", "article.one"}


def fit(pairs: list[Pair]) -> dict[str, float]:
    """The weights but those set by hand. Newton's method with a ridge around PRIOR; both classes weigh the same, so that a score of .5 is even odds."""
    names = list(PRIOR)
    pairs = [pair for pair in pairs if not _BY_HAND & pair.values.keys()]
    x = np.array([[1.0, *(pair.values.get(name, 0.0) for name in names[1:])] for pair in pairs])
    y = np.array([float(pair.same) for pair in pairs])
    importance = np.where(y == 1, 0.5 / max(y.sum(), 1), 0.5 / max((1 - y).sum(), 1)) * len(y)
    prior, ridge = np.array([PRIOR[name] for name in names]), np.full(len(names), _RIDGE)
    weights = prior.copy()
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (importance * (p - y)) + ridge * (weights - prior)
        curvature = (x * (importance * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        weights -= np.linalg.solve(curvature, gradient)
    return dict(zip(names, (round(float(w), 1) for w in weights), strict=True))


def table(pairs: list[Pair], weights: dict[str, float]) -> None:
    """At each threshold: precision, recall, proposals."""
    scored = [(pair.score(weights), pair) for pair in pairs]
    groups = {"all": scored, "real": [each for each in scored if " " not in each[1].corpus]}
    groups |= {name: [each for each in scored if each[1].corpus == name] for name in _SETS}
    groups["shifted"] = [each for each in scored if each[1].corpus.startswith("shifted")]
    groups["made up"] = [each for each in scored if each[1].corpus.startswith("made up")]
    for name, chosen in groups.items():
        same = sum(pair.same for _score, pair in chosen)
        line = f"{name:32s}{same:5d} same of{len(chosen):6d}"
        for threshold in (0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            proposed = [pair for score, pair in chosen if score >= threshold]
            right = sum(pair.same for pair in proposed)
            line += f"  {threshold}: {right / max(len(proposed), 1):.2f} {right / max(same, 1):.2f} ({len(proposed)})"
        print(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("read", type=Path)
    options = parser.parse_args()
    chance = random.Random(SEED)
    found = told(options.gold, options.read)
    real = list(of_two_documents(found))
    made = [*shifted(found, chance), *real]
    pairs = evened([*made, *perturbed(found, made, chance)], chance)
    print(f"{len(found)} findings, {len(pairs)} pairs; threshold: precision recall (proposals)")
    for fold in (0, 1):
        print(f"fitted without half {fold}, measured on it")
        fitted = fit([pair for pair in pairs if pair.fold != fold])
        table([pair for pair in pairs if pair.fold == fold], WEIGHTS | fitted)
    print("the committed table on all")
    table(pairs, WEIGHTS)
    print(json.dumps(fit(pairs), indent=4))


if __name__ == "__main__":
    main()
