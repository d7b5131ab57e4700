"""`make train GOLD=FOLDER`: every weight file anew, and how good it is on articles it has not seen.

1. The encoder learns from two thirds of the articles and is measured, in the whole chain, on the last third.
2. It goes on with all articles and our own corpus, and is exported: these are the committed weights.
3. The ranking is fitted to two thirds and measured on the last third, then to all.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import torch

from incidents.gazetteer import ranking as site_ranking
from incidents.gazetteer.store import Gazetteer
from incidents.language.pieces import WEIGHTS
from training import gold
from training.exchange import names_of, varied
from training.export import export
from training.gold import Labelled, held_out
from training.places import Lessons, answers, lessons
from training.ranking import calibrate, fit, save
from training.tagger import LEARNING_RATE, Example, Tagger, examples, train

_FOLD = 2
# Of the sentences of which only one verb's places are marked, so many an epoch.
_PARTLY_LABELLED = 1_000
_FIRST_EPOCHS, _LAST_EPOCHS = 7, 2


def main() -> None:
    options = _options()
    torch.set_num_threads(options.threads)
    articles = gold.corpora(options.gold)
    encoder = WEIGHTS / "encoder.onnx"
    if not options.only_ranking:
        split = _train_split(articles, options)
        export(split, options.held_out_encoder)
        export(_train_all(split, articles, options), encoder)
    _train_ranking(articles, options.gazetteer)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("gold", type=Path, help="the folder with places/lgl.jsonl and the others")
    parser.add_argument("--gazetteer", type=Path, default=Path("var/gazetteer.sqlite3"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only-ranking", action="store_true", help="keep the encoder as it is")
    parser.add_argument(
        "--held-out-encoder",
        type=Path,
        default=Path("var/encoder-held-out.onnx"),
        help="where to write the encoder that has not seen the last third, to measure with",
    )
    return parser.parse_args()


def _train_split(articles: dict[str, list[Labelled]], options: argparse.Namespace) -> Tagger:
    seen = [article for corpus in articles.values() for article in held_out(corpus, _FOLD)[0]]
    partly = gold.verb_places(options.gold)
    names = names_of(options.gazetteer)

    def epoch(number: int) -> list[Example]:
        chance = random.Random(f"epoch {number}")
        texts = seen + chance.sample(partly, _PARTLY_LABELLED)
        # The first epoch sees the texts as they are.
        return _examples([varied(text, names, chance) for text in texts] if number else texts)

    return train([epoch(number) for number in range(_FIRST_EPOCHS)])


def _train_all(split: Tagger, articles: dict[str, list[Labelled]], options: argparse.Namespace) -> Tagger:
    texts = [article for corpus in articles.values() for article in corpus] + gold.passages()
    names = names_of(options.gazetteer)

    def epoch(number: int) -> list[Example]:
        chance = random.Random(f"everything {number}")
        return _examples([varied(text, names, chance) for text in texts])

    return train([epoch(number) for number in range(_LAST_EPOCHS)], tagger=split, rate=LEARNING_RATE / 2)


def _examples(texts: Sequence[Labelled]) -> list[Example]:
    return [example for text in texts for example in examples(text)]


def _train_ranking(articles: dict[str, list[Labelled]], gazetteer: Path) -> None:
    with Gazetteer(gazetteer) as opened:
        learned = {name: list(lessons(corpus, opened)) for name, corpus in articles.items()}
    # Half and half, so that the scores are calibrated on articles that the network has not seen.
    everything = [one for corpus in learned.values() for one in corpus]
    unseen = [answer for half in (0, 1) for answer in answers(everything[half::2], *_fit(everything[1 - half :: 2]))]
    calibration = calibrate([evidence for evidence, _, _ in unseen], [right for _, right, _ in unseen])
    for name, corpus in learned.items():
        seen = [one for other in learned.values() for one in _fold(other)[0]]
        right = [right for _, right, named in answers(_fold(corpus)[1], *_fit(seen)) if named]
        print(
            json.dumps({"corpus": name, "held-out accuracy": round(sum(right) / len(right), 4), "mentions": len(right)})
        )
    save(site_ranking.WEIGHTS, *_fit(everything), calibration)


def _fold(learned: list[Lessons]) -> tuple[list[Lessons], list[Lessons]]:
    size = -(-len(learned) // gold.FOLDS)
    return learned[: _FOLD * size], learned[_FOLD * size :]


def _fit(learned: Sequence[Lessons]) -> tuple[site_ranking.Network, site_ranking.Network]:
    return fit([one.lesson for one in learned])


if __name__ == "__main__":
    main()
