"""How time grows with the length of texts that were written to be slow: `make bench`, or with names of texts for these.

Each text is cleaned, and read for incidents, at doubling lengths. A linear reader takes twice as long each time; the last
column is the worst of these ratios among those that took long enough to be measured. The pipeline reads
MOST_CHARACTERS at most, so that longer texts cost it no more.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from incidents import pipeline
from incidents.gazetteer.store import Gazetteer
from incidents.ingestion.languages import detect_language
from incidents.ingestion.text import clean
from incidents.language.parse import MOST_CHARACTERS

CLEANED = (250_000, 500_000, 1_000_000)
READ = (MOST_CHARACTERS // 4, MOST_CHARACTERS // 2, MOST_CHARACTERS)
# Seconds; below this a ratio tells of the clock and of what is loaded once.
MEASURABLE = 0.2
TEXTS = {
    "one word": "a",
    "one letter a word": "a ",
    "blanks": " ",
    "line breaks": "\n",
    "brackets": "(",
    "digits": "7",
    "numbers": "7 ",
    "full stops": ". ",
    "zero bytes": "\x00",
    "combining marks": "e\u0301\u0300\u0302",
    "right to left and emoji": "\u202e\u200f\U0001f642 ",
    "arabic": "قصف في بغداد ",
    "table": "| Mosul | 12 | killed |\n",
    "code": "if (x[i] == '\\n') { return f(x, y); }\n",
    "bylines": "By ",
    "time stamps": "12 Jan 2024 14:32 GMT\n",
    "figures": "killed 3 men and wounded at least 5 or 6 and ",
    "dates": "On 5 January at 10 and since May 3 ago. ",
    "relative dates": "two days ago and last week and three months earlier ",
    "places": "Port Hope, San Juan, New York, Mosul, ",
    "actors": "the Islamic State, Hezbollah, the Iraqi army, al-Shabaab and ",
    "words of attack": "bombing shelling attack strike raid ",
    "attacks": "A shell hit a house in Mosul on Monday. Gunmen attacked a bus in Kirkuk. ",
    "one sentence of attacks": "Gunmen killed and shelled and bombed and attacked and ",
    "an attack a paragraph": "A bomb killed 3 in Mosul on Monday.\n\n",
    "upper case": "TERRORISTS BOMBED A BRIDGE IN LIMA TODAY. ",
}


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _ratio(seconds: Sequence[float]) -> str:
    ratios = [later / before for before, later in pairwise(seconds) if before >= MEASURABLE]
    return f"{max(ratios):.1f}" if ratios else "-"


def _row(seconds: Sequence[float]) -> str:
    return " ".join(f"{each:6.2f}" for each in seconds) + f" {_ratio(seconds):>5}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="which texts (default: all)")
    names = parser.parse_args().names
    path = Path(__file__).resolve().parent.parent / "var" / "gazetteer.sqlite3"
    with Gazetteer(path) as gazetteer:
        pipeline.read("The first text loads the model.", published=None, gazetteer=gazetteer)
        detect_language("Der erste Text lädt das Modell der Sprachen, und zwar dieses hier.")
        print(f"seconds: cleaned and its language told at {CLEANED} characters, read at {READ}")
        for name in names or TEXTS:
            texts = [(TEXTS[name] * length)[:length] for length in (*CLEANED, *READ)]
            cleaned = [_seconds(lambda text=text: detect_language(clean(text).clean.text)) for text in texts[:3]]
            read = [
                _seconds(lambda text=text: pipeline.read(text, published=date(2024, 1, 23), gazetteer=gazetteer))
                for text in texts[3:]
            ]
            print(f"{name:26} {_row(cleaned)}   {_row(read)}", flush=True)


if __name__ == "__main__":
    main()
