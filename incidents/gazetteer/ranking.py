"""Which of the places of one name is meant: a small trained network over what speaks for each candidate.

Every name of the document is ranked once (one sense per name). Its candidates start from what is known of them alone:
how many people live there, what kind of place it is, how exactly the name matches. Then the names vote for one another:
a candidate gains from likely candidates of other names in its country, in its province and close by. The weights come
from `make train` (docs/training.md); a score is calibrated, so that of answers of .9 nine in ten are right.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from geopy.distance import great_circle

from incidents.gazetteer.board import Asked, Board, Floats, km_between
from incidents.gazetteer.store import Match, Named
from incidents.gazetteer.types import Candidate, Home, Level, Place

__all__ = ["Asked", "rank"]

WEIGHTS = Path(__file__).parent / "weights" / "ranking.json"
# A moderator sees this many, the best first.
MOST_CANDIDATES = 9
# More namesakes than this are tail: villages far smaller than the ones kept.
_MOST_NAMESAKES = 40
# Names are compared with one another in groups of so many, and so many candidates in all: time stays linear and
# memory below 100 MB for a text that is a list of ten thousand places. Articles have 10 to 60 names.
_GROUP = 200
_MOST_COMPARED = 2_000
ROUNDS = 2
# Candidates as close as this to the best one are the same place as far as a map can show.
SAME_POINT_KM = 25.0
# Shares nearer to 0 or 1 say no more.
_LEAST_SHARE = 1e-4
# What a source's own country is worth, in log odds: set by hand, no corpus says where its sources are at home.
_HOME = 1.5
# A local paper's own surroundings outweigh a metropolis elsewhere, and fall off by e at every 100 km. By hand as well.
_NEAR_HOME = 4.0
_HOME_KM = 100.0
# A moderator's place is always meant.
_LOCAL = 20.0


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer of tanh beside a linear path: (rows, inputs) -> (rows,)."""

    linear: Floats
    hidden: Floats
    bias: Floats
    output: Floats

    def __call__(self, inputs: Floats) -> Floats:
        return np.asarray(inputs @ self.linear + np.tanh(inputs @ self.hidden + self.bias) @ self.output)


@dataclass(frozen=True, slots=True)
class Weights:
    """`alone` sees the columns board.ALONE, `together` those and board.VOTES, `calibration` what `evidence` gives."""

    alone: Network
    together: Network
    calibration: Floats


@lru_cache(maxsize=1)
def weights() -> Weights:
    read = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    networks = {
        name: Network(*(np.array(read[name][part]) for part in ("linear", "hidden", "bias", "output")))
        for name in ("alone", "together")
    }
    return Weights(networks["alone"], networks["together"], np.array(read["calibration"]))


def rank(names: Sequence[Asked], home: Home | None = None) -> dict[str, tuple[Candidate, ...]]:
    """The candidates of each key, best first; a score is the probability that the name means that point."""
    ranked: dict[str, tuple[Candidate, ...]] = {}
    for first in range(0, len(names), _GROUP):
        ranked.update(_rank_together(names[first : first + _GROUP], home))
    return ranked


def _rank_together(names: Sequence[Asked], home: Home | None) -> dict[str, tuple[Candidate, ...]]:
    board = board_of(names)
    if board is None:
        return {}
    scores = _scores(board, weights(), home)
    shares = board.shares(scores)
    return {asked.key: _candidates(board, asked, part, scores[part], shares[part]) for asked, part in board.parts()}


def board_of(names: Sequence[Asked]) -> Board | None:
    """The candidates worth comparing; None when no name has any."""
    namesakes = min(_MOST_NAMESAKES, _MOST_COMPARED // max(1, len(names)))
    filled = [(asked, _pool(asked)[:namesakes]) for asked in names if asked.named]
    return Board(filled) if filled else None


def _scores(board: Board, weights: Weights, home: Home | None) -> Floats:
    first = np.array([_LOCAL * (place.id < 0) for place in board.places])
    if home is not None:
        first += [_at_home(place, home) for place in board.places]
    scores = first + weights.alone(board.alone)
    for _ in range(ROUNDS):
        votes = board.votes(board.shares(scores))
        scores = first + weights.together(np.column_stack([board.alone, votes]))
    return scores


def _at_home(place: Place, home: Home) -> float:
    """What speaks for a place because the source is at home in its country, or nearby."""
    score = _HOME * (home.country is not None and place.country == home.country)
    if home.latitude is not None and home.longitude is not None:
        away = great_circle((home.latitude, home.longitude), (place.latitude, place.longitude)).km
        score += _NEAR_HOME * math.exp(-away / _HOME_KM)
    return score


def _pool(asked: Asked) -> list[Named]:
    """The likeliest first: countries and our own lists, then by people; loose matches last."""

    def order(named: Named) -> tuple[bool, bool, int]:
        place = named.place
        known = place.level in {Level.COUNTRY, Level.PROVINCE} or place.source == "atlas" or place.id < 0
        return named.match > Match.ABBREVIATION, not known, -place.population

    return sorted(asked.named, key=order)


def _candidates(board: Board, asked: Asked, part: slice, scores: Floats, shares: Floats) -> tuple[Candidate, ...]:
    order = np.argsort(-scores, kind="stable")[:MOST_CANDIDATES]
    places = board.places[part]
    odds = evidence(board, asked, part, int(order[0]), shares) @ weights().calibration
    rest = [Candidate(places[index], round(float(shares[index]), 4)) for index in order[1:]]
    return Candidate(places[order[0]], round(1 / (1 + math.exp(-odds)), 4)), *rest


def evidence(board: Board, asked: Asked, part: slice, best: int, shares: Floats) -> Floats:
    """What says how sure the best candidate of a name is: log odds of its point and of the name being one, what it is."""
    places = board.places[part]
    # A town, its district and our own row for it are one answer: the score says how sure the point is.
    near = [km_between(place, places[best]) <= SAME_POINT_KM for place in places]
    return np.array([1.0, log_odds(float(shares[near].sum())), log_odds(asked.belief), *board.alone[part][best]])


def log_odds(share: float) -> float:
    return math.log(max(share, _LEAST_SHARE) / max(1 - share, _LEAST_SHARE))
