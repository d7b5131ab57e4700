"""What the evaluators say of our extraction on the labelled articles, in one table, and how well its confidence is calibrated.

    python -m benchmarks.quality FOLDER [--keep ANSWERS] [--plot CALIBRATION.svg]

FOLDER holds `measure/incidenteval.py` and `gold/`. Some 12 minutes on one core for all sets; `--keep` writes what was
extracted to a folder, and takes what is there already from it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from benchmarks.calibration import Judged, bins, plot

ROOT = Path(__file__).resolve().parent.parent
SETS = (
    "seed/seed",
    *(f"incidents/{name}" for name in ("coded", "strikes", "muc4_dev", "centcom_2014_2015", "ucdp_syria")),
)
# Each text tells of one incident; its best answer is scored.
_NOTES = "incidents/ucdp_syria"
_SURE = 0.8

Document = dict[str, Any]


class Row(NamedTuple):
    """A measure: what was reached, of how many, what must be reached and what is aimed at."""

    name: str
    right: int
    asked: int
    must: float
    aim: float

    def __str__(self) -> str:
        share = self.right / self.asked if self.asked else 0.0
        told = f"{share:.3f}"
        told = f"**{told}**" if share < self.must else f"{told} *" if share >= self.aim else told
        return f"| {self.name} | {told} | {self.right} of {self.asked} | {self.must:g} / {self.aim:g} |"


class Answers:
    """Gold and what was extracted, set by set."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.evaluator = _evaluator(folder / "measure" / "incidenteval.py")
        self.gold = {name: _lines(folder / "gold" / f"{name}.jsonl") for name in SETS}
        self.found = {name: _lines(_extracted(folder / "gold" / f"{name}.jsonl", kept)) for name in SETS}

    def evaluate(self, *names: str) -> dict[str, Any]:
        gold = [document for name in names for document in self.gold[name]]
        found = [document for name in names for document in self.found[name]]
        result: dict[str, Any] = self.evaluator.evaluate(gold, found, _NOTES in names)
        return result

    def judged(self, *names: str) -> Iterator[Judged]:
        """The confidence of each incident found, and whether it is strictly right; optional ones count as right."""
        for name in names:
            found = {document["id"]: document["events"] for document in self.found[name]}
            for document in self.gold[name]:
                events = found.get(document["id"], [])
                pairs = self.evaluator.assign(self.evaluator.evs(document), events)
                right = {given for _, given, _, strict in pairs if strict}
                yield from (Judged(event["confidence"], index in right) for index, event in enumerate(events))


def rows(answers: Answers) -> Iterator[Row]:
    seed = answers.evaluate("seed/seed")
    yield Row("seed, strict: F1 (x 1,000)", *_f1(seed, "strict"), 1, 1)
    modern = answers.evaluate("incidents/coded", "incidents/strikes")
    yield Row("coded and strikes, strict F1 (x 1,000)", *_f1(modern, "strict"), 0.6, 0.75)
    yield Row("their articles without incident, left empty", *_empty(modern), 0.8, 0.95)
    reports = answers.evaluate("incidents/muc4_dev")
    yield Row("muc4_dev, strict F1 (x 1,000)", *_f1(reports, "strict"), 0.35, 0.45)
    yield Row("muc4_dev, loose F1 (x 1,000)", *_f1(reports, "loose"), 0.62, 0.7)
    yield Row("its reports without incident, left empty", *_empty(reports), 0.7, 0.8)
    yield Row(
        "centcom, strict F1 (x 1,000)", *_f1(answers.evaluate("incidents/centcom_2014_2015"), "strict"), 0.93, 0.97
    )
    notes = answers.evaluate(_NOTES)["slots"]
    yield Row("ucdp_syria, date exact", *_slot(notes, "date_exact"), 0.93, 0.95)
    yield Row("ucdp_syria, place within 25 km", *_slot(notes, "place_25km"), 0.55, 0.65)
    both = answers.evaluate("incidents/coded", "incidents/muc4_dev")["slots"]
    yield Row("killed exact where stated (coded, muc4_dev)", *_slot(both, "killed_exact"), 0.75, 0.85)
    yield Row("wounded exact where stated", *_slot(both, "wounded_exact"), 0.7, 0.8)
    sure = [each.right for each in answers.judged("incidents/coded", "incidents/muc4_dev") if each.confidence >= _SURE]
    yield Row(f"of incidents at {_SURE} and more, strictly right", sum(sure), len(sure), 0.8, 0.9)


def _f1(result: dict[str, Any], which: str) -> tuple[int, int]:
    return round(1000 * result[f"incident_{which}"]["F1"]), 1000


def _empty(result: dict[str, Any]) -> tuple[int, int]:
    return result["empty_gold_docs_left_empty"], result["empty_gold_docs"]


def _slot(slots: dict[str, Any], name: str) -> tuple[int, int]:
    return slots[name]["correct"], slots[name]["gold"]


def _evaluator(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("incidenteval", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _lines(path: Path) -> list[Document]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _extracted(gold: Path, kept: Path) -> Path:
    answer = kept / gold.name
    if not answer.exists():
        command = [sys.executable, "manage.py", "extract", "--format", "incidents", "--jsonl", str(gold), str(answer)]
        subprocess.run(command, cwd=ROOT, check=True)
    return answer


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--plot", type=Path)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        kept = asked.keep or Path(scratch)
        kept.mkdir(parents=True, exist_ok=True)
        answers = Answers(asked.folder.resolve(), kept.resolve())
    print("| measure | reached | | must / aim |\n|---|---|---|---|")
    for row in rows(answers):
        print(row)
    judged = list(answers.judged("incidents/coded", "incidents/strikes", "incidents/muc4_dev"))
    print("\n| confidence | incidents | mean | strictly right |\n|---|---|---|---|")
    for part in bins(judged):
        print(f"| {part.low:.1f} to {part.high:.1f} | {part.count} | {part.mean:.2f} | {part.right:.2f} |")
    if asked.plot:
        asked.plot.write_text(plot(bins(judged)), encoding="utf-8")


if __name__ == "__main__":
    main()
