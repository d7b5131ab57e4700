"""How time grows with the length of texts that were written to be slow: `make bench`.

Each text is read at one length and at four times that length; a linear reader takes four times as long.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from incidents import pipeline
from incidents.gazetteer.store import Gazetteer
from incidents.ingestion.text import clean

LENGTH = 20_000
TEXTS = {
    "one word": "a",
    "brackets": "(",
    "bylines": "By ",
    "figures": "killed 3 men and wounded at least 5 or 6 and ",
    "dates": "On 5 January at 10 and since May 3 ago. ",
    "places": "Port Hope, San Juan, New York, Mosul, ",
    "attacks": "A shell hit a house in Mosul on Monday. Gunmen attacked a bus in Kirkuk. ",
    "right to left and emoji": "\u202e\u200f\U0001f642 ",
}


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    path = Path(__file__).resolve().parent.parent / "var" / "gazetteer.sqlite3"
    with Gazetteer(path) as gazetteer:
        pipeline.read("The first text loads the model.", published=None, gazetteer=gazetteer)
        print(f"{'text':26} {'clean':>24} {'pipeline':>24}   seconds at {LENGTH:,} and {4 * LENGTH:,} characters")
        for name, piece in TEXTS.items():
            figures = []
            for length in (LENGTH, 4 * LENGTH):
                text = (piece * length)[:length]
                figures.append(_seconds(lambda text=text: clean(text)))
                figures.append(
                    _seconds(lambda text=text: pipeline.read(text, published=date(2024, 1, 23), gazetteer=gazetteer))
                )
            print(f"{name:26} {figures[0]:11.2f} {figures[2]:12.2f} {figures[1]:11.2f} {figures[3]:12.2f}")


if __name__ == "__main__":
    main()
