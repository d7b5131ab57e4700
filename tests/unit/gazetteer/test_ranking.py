import json

import numpy as np
import pytest

from incidents.gazetteer import ranking
from incidents.gazetteer.board import ALONE, VOTES, Asked, Board
from incidents.gazetteer.ranking import rank
from incidents.gazetteer.store import Match, Named
from incidents.gazetteer.types import Level, Place


def place(number, name, latitude, longitude, people=10_000, level=Level.TOWN, country="US", province=None):
    return Place(number, name, latitude, longitude, level, 5_000, country, province, people)


PARIS = [
    Named(place(1, "Paris", 48.85, 2.35, 2_100_000, country="FR"), Match.PRIMARY),
    Named(place(2, "Paris", 33.66, -95.56, 25_000, province="Texas"), Match.PRIMARY),
]
TEXAS = [Named(place(3, "Texas", 31.0, -99.0, 29_000_000, Level.PROVINCE, province="Texas"), Match.PRIMARY)]
DALLAS = [Named(place(4, "Dallas", 32.78, -96.8, 1_300_000, province="Texas"), Match.PRIMARY)]


def test_alone_a_name_means_the_largest_of_its_places():
    (best, other) = rank([Asked("paris", PARIS)])["paris"]
    assert (best.place.country, other.place.country) == ("FR", "US")
    assert 0 < other.score < best.score < 1


def test_what_the_text_says_it_lies_in_decides():
    names = [Asked("paris", PARIS, containers={"texas"}), Asked("texas", TEXAS)]
    assert rank(names)["paris"][0].place.id == 2


def test_the_other_names_of_the_text_vote():
    alone = rank([Asked("paris", PARIS)])["paris"]
    among = rank([Asked("paris", PARIS), Asked("dallas", DALLAS, 4), Asked("texas", TEXAS, 3)])["paris"]
    score = {each.place.id: each.score for each in among}
    assert score[2] > {each.place.id: each.score for each in alone}[2]


def test_a_doubtful_name_has_a_lower_score():
    sure, doubtful = (rank([Asked("dallas", DALLAS, belief=belief)])["dallas"][0].score for belief in (0.99, 0.5))
    assert doubtful < sure


def test_a_moderators_place_is_always_meant():
    local = Named(place(-1, "Paris", 10.0, 10.0, 0, country="NG"), Match.LOCAL)
    assert rank([Asked("paris", [*PARIS, local])])["paris"][0].place.id == -1


def test_a_name_that_nobody_knows_has_no_candidates():
    assert rank([Asked("xyzzyville", [])]) == {}


def test_the_weights_fit_the_columns():
    columns = json.loads(ranking.WEIGHTS.read_text(encoding="utf-8"))["columns"]
    assert columns == {"alone": list(ALONE), "votes": list(VOTES)}


@pytest.mark.parametrize("count", [1, 3])
def test_a_board_has_a_row_for_each_candidate(count):
    board = Board([(Asked(f"paris {number}", PARIS), PARIS) for number in range(count)])
    shares = board.shares(np.zeros(len(board.places)))
    assert board.alone.shape == (2 * count, len(ALONE))
    assert board.votes(shares).shape == (2 * count, len(VOTES))
    assert shares.sum() == pytest.approx(count)
