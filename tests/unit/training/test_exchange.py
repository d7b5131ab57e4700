import random

from training.exchange import varied
from training.gold import PLACE, Labelled, held_out

TEXT = "Shells fell on Kramatorsk. Kramatorsk had been quiet, and so had Izium."
SPANS = tuple(
    (start, start + len(name), PLACE) for start, name in ((15, "Kramatorsk"), (27, "Kramatorsk"), (65, "Izium"))
)


def test_a_name_is_exchanged_alike_wherever_it_stands():
    for seed in range(40):
        copy = varied(Labelled("a", TEXT, SPANS), ["Ndélé", "Bab el-Mandeb"], random.Random(seed))
        first, second, third = (copy.text[start:end] for start, end, _ in copy.names)
        assert first == second
        assert copy.text.casefold() == f"Shells fell on {first}. {first} had been quiet, and so had {third}.".casefold()


def test_articles_are_held_out_whole_and_once():
    articles = [Labelled(str(number), "", ()) for number in range(7)]
    tested = [article.id for fold in range(3) for article in held_out(articles, fold)[1]]
    assert tested == [str(number) for number in range(7)]
    assert all(not set(held_out(articles, fold)[0]) & set(held_out(articles, fold)[1]) for fold in range(3))
