"""What the ranking learns from: the names that recognition finds in articles whose places are known, and their candidates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geopy.distance import great_circle

from incidents.gazetteer.board import Floats
from incidents.gazetteer.geoparse import name_key, names_asked
from incidents.gazetteer.ranking import ROUNDS, Network, board_of, evidence
from incidents.gazetteer.reading import Reading
from incidents.gazetteer.recognise import recognise
from incidents.gazetteer.store import Gazetteer
from incidents.language.parse import parse
from training.gold import Labelled
from training.ranking import RIGHT_KM, Lesson, lesson, together

Positions = dict[str, list[tuple[float, float]]]


@dataclass(frozen=True)
class Lessons:
    """One article: its lesson, and the gold positions of each of its names, one a mention."""

    lesson: Lesson
    positions: Positions
    mistaken: dict[str, int]
    """How often each name was found where the gold has none."""


def lessons(articles: Iterable[Labelled], gazetteer: Gazetteer) -> Iterator[Lessons]:
    """Costs a tenth of a second an article; articles without any known name are left out."""
    for article in articles:
        reading = Reading(parse(article.text), gazetteer)
        spans = recognise(reading)
        board = board_of(names_asked(reading, spans, gazetteer))
        if board is None:
            continue
        positions: Positions = defaultdict(list)
        mistaken: Counter[str] = Counter()
        for span in spans:
            start, end = reading.tokens[span.first].start, reading.tokens[span.last - 1].end
            positions[name_key(span)] += [
                (latitude, longitude)
                for first, last, latitude, longitude in article.positions
                if first < end and last > start
            ]
            mistaken[name_key(span)] += not any(first < end and last > start for first, last, _ in article.names)
        yield Lessons(lesson(board, positions), dict(positions), dict(mistaken))


def answers(learned: Iterable[Lessons], alone: Network, joint: Network) -> Iterator[tuple[Floats, bool, bool]]:
    """For each mention: the evidence for the best candidate, whether it is right, and whether the gold has the name."""
    for one in learned:
        board = one.lesson.board
        scores = alone(board.alone)
        for _ in range(ROUNDS):
            scores = joint(together(board, scores))
        shares = board.shares(scores)
        for name, part in board.parts():
            index = int(scores[part].argmax())
            best = board.places[part][index]
            seen = evidence(board, name, part, index, shares[part])
            for position in one.positions.get(name.key, ()):
                yield seen, great_circle((best.latitude, best.longitude), position).km <= RIGHT_KM, True
            if not name.key.endswith("(people)"):
                yield from [(seen, False, False)] * one.mistaken.get(name.key, 0)
