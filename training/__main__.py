"""`make train GOLD=FOLDER`: every weight file anew, and how good it is on texts it has not seen.

1. The encoder learns place names from two thirds of the articles, then every head from these and from what tells of
   violence (training/events.py), of which a part is held out.
2. What it has not seen fits the judgement of incidents, and measures the heads.
3. It goes on with everything, and teaches a smaller one (training/distil.py), which is exported: its weights are committed.
4. The ranking is fitted to two thirds and measured on the last third, then to all.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from incidents.extraction import judgement as site_judgement
from incidents.gazetteer import ranking as site_ranking
from incidents.gazetteer.store import Gazetteer
from incidents.language import encoder
from incidents.language.casing import true_case
from incidents.language.english import is_common
from incidents.language.pieces import WEIGHTS, Window, windows
from training import corpus, events, gold, judgement, product, regression
from training.distil import distil
from training.exchange import names_of, varied
from training.export import export
from training.gold import Labelled, held_out, is_held
from training.places import Lessons, answers, lessons
from training.ranking import calibrate, fit, save
from training.tagger import LEARNING_RATE, Tagger, train
from training.targets import Example, examples

_FOLD = 2
# How firmly the weights of the judgement are held to 0.
_DECAY = 10.0
# Of the sentences of which only one verb's places are marked, so many an epoch.
_PARTLY_LABELLED = 1_000
_NAMES_EPOCHS, _ALL_HEADS_EPOCHS, _LAST_EPOCHS, _DISTIL_EPOCHS = 7, 6, 2, 6
# Of the reports that the teacher reads, all in capitals, so many stay so.
_SHOUTED_WIRES = 0.4
# What an epoch of all heads takes of each source: the rest would only make it longer.
_SHARES = {"places": 0.25, "verb_places": 0.4, "rams": 0.3}


def main() -> None:
    options = _options()
    torch.set_num_threads(options.threads)
    articles = gold.corpora(options.gold)
    if not options.only_ranking:
        told = _Told.of(options.gold)
        split = _train_split(articles, told, options)
        export(split, options.held_out_encoder)
        _fit_judgement(options)
        teacher = _train_all(split, articles, told, options)
        export(teacher, options.teacher)
        export(_distilled(teacher, articles, told, options), WEIGHTS / "encoder.onnx")
        product.write(WEIGHTS / "product.onnx")
    _train_ranking(articles, options.gazetteer)


@dataclass(frozen=True)
class _Told:
    """The texts that tell of violence, each source apart."""

    passages: list[Labelled]
    verb_places: list[Labelled]
    rams: list[Labelled]
    wikievents: list[Labelled]
    wires: list[str]
    """Reports without labels of words, for the teacher to read."""

    @classmethod
    def of(cls, folder: Path) -> _Told:
        return cls(
            events.passages(),
            list(events.verb_places(folder)),
            list(events.rams(folder)),
            list(events.wikievents(folder)),
            [row["text"] for row in gold.rows(folder / "incidents" / "muc4_train.jsonl")],
        )

    def without_held(self) -> _Told:
        """The part that is learned from first."""
        return replace(self, passages=[text for text in self.passages if not is_held(text.id)])

    def epoch(self, places: Sequence[Labelled], names: list[str], chance: random.Random) -> list[Example]:
        """Passages that tell of violence come three times: they are few, and each copy has other names."""
        texts = [
            *_some(places, "places", chance),
            *self.passages,
            *(text for text in self.passages if text.marks for _ in range(2)),
            *_some(self.verb_places, "verb_places", chance),
            *_some(self.rams, "rams", chance),
            *self.wikievents,
        ]
        return _examples([varied(text, names, chance) for text in texts])

    def taught(self, places: Sequence[Labelled], names: list[str], chance: random.Random) -> list[Window]:
        """What the teacher reads to the student in an epoch: every text, and half of the reports, most of these with the
        letter case of today's news."""
        marked = [text for text in self.passages if text.marks]
        texts = [*places, *self.passages, *marked, *marked, *self.verb_places, *self.rams, *self.wikievents]
        copies = [varied(text, names, chance).text for text in [*texts, *self.wikievents]]
        for wire in chance.sample(self.wires, len(self.wires) // 2):
            copies.append(wire if chance.random() < _SHOUTED_WIRES else true_case(wire, is_common))
        return [window for copy in copies for window in windows(copy)]


def _some(texts: Sequence[Labelled], source: str, chance: random.Random) -> list[Labelled]:
    return chance.sample(texts, round(len(texts) * _SHARES[source]))


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
    parser.add_argument(
        "--teacher", type=Path, default=Path("var/encoder-teacher.onnx"), help="where to write the teacher"
    )
    return parser.parse_args()


def _train_split(articles: dict[str, list[Labelled]], told: _Told, options: argparse.Namespace) -> Tagger:
    seen = [article for some in articles.values() for article in held_out(some, _FOLD)[0]]
    names = names_of(options.gazetteer)

    def epoch(number: int) -> list[Example]:
        chance = random.Random(f"epoch {number}")
        texts = seen + chance.sample(told.verb_places, _PARTLY_LABELLED)
        # The first epoch sees the texts as they are.
        return _examples([varied(text, names, chance) for text in texts] if number else texts)

    tagger = train([epoch(number) for number in range(_NAMES_EPOCHS)])
    first = told.without_held()
    later = [first.epoch(seen, names, random.Random(f"all heads {number}")) for number in range(_ALL_HEADS_EPOCHS)]
    return train(later, tagger=tagger, rate=LEARNING_RATE / 2)


def _train_all(split: Tagger, articles: dict[str, list[Labelled]], told: _Told, options: argparse.Namespace) -> Tagger:
    places = [article for some in articles.values() for article in some]
    names = names_of(options.gazetteer)
    epochs = [told.epoch(places, names, random.Random(f"everything {number}")) for number in range(_LAST_EPOCHS)]
    return train(epochs, tagger=split, rate=LEARNING_RATE / 2)


def _distilled(
    teacher: Tagger, articles: dict[str, list[Labelled]], told: _Told, options: argparse.Namespace
) -> Tagger:
    places = [article for some in articles.values() for article in some]
    names = names_of(options.gazetteer)
    epochs = [told.taught(places, names, random.Random(f"distil {number}")) for number in range(_DISTIL_EPOCHS)]
    return distil(options.teacher, teacher, epochs)


def _fit_judgement(options: argparse.Namespace) -> None:
    """With the encoder that has not seen these texts, in place of the committed one."""
    encoder.use(options.held_out_encoder)
    passages = [passage for passage in corpus.read(corpus.FOLDER) if is_held(passage.id)]
    with Gazetteer(options.gazetteer) as gazetteer:
        learned = [
            *judgement.of_wires(gold.rows(options.gold / "incidents" / "muc4_train.jsonl"), gazetteer),
            *judgement.of_passages(passages, gazetteer),
        ]
    regression.save(regression.fit(learned, site_judgement.QUESTIONS, _DECAY), site_judgement.WEIGHTS)
    encoder.use(WEIGHTS / "encoder.onnx")


def _examples(texts: Iterable[Labelled]) -> list[Example]:
    return [example for text in texts for example in examples(text)]


def _train_ranking(articles: dict[str, list[Labelled]], gazetteer: Path) -> None:
    with Gazetteer(gazetteer) as opened:
        learned = {name: list(lessons(corpus, opened)) for name, corpus in articles.items()}
    # Half and half, so that the scores are calibrated on articles that the network has not seen.
    everything = [one for some in learned.values() for one in some]
    unseen = [answer for half in (0, 1) for answer in answers(everything[half::2], *_fit(everything[1 - half :: 2]))]
    calibration = calibrate([evidence for evidence, _, _ in unseen], [right for _, right, _ in unseen])
    for name, own in learned.items():
        seen = [one for other in learned.values() for one in _fold(other)[0]]
        right = [right for _, right, named in answers(_fold(own)[1], *_fit(seen)) if named]
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
