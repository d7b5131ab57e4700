"""How long the way of an article takes, stage by stage, on one core: `make bench`.

Every figure is the median over the sample articles, each read several times in this one run.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from incidents.gazetteer.build import build
from incidents.gazetteer.geoparse import geoparse
from incidents.gazetteer.store import Gazetteer
from incidents.ingestion.read import read_bytes
from incidents.language import parse
from incidents.pipeline import read

ROOT = Path(__file__).resolve().parent.parent
T = TypeVar("T")


class Stopwatch:
    """Milliseconds by stage, one list entry a call."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, list[float]] = defaultdict(list)

    def time(self, stage: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        result = work()
        self.milliseconds[stage].append((time.perf_counter() - start) * 1000)
        return result


def _read_samples(watch: Stopwatch, gazetteer: Gazetteer) -> int:
    """One reading of every sample; how many characters of clean text they hold."""
    characters = 0
    for item in json.loads((ROOT / "samples" / "index.json").read_text(encoding="utf-8")):
        content = (ROOT / "samples" / item["file"]).read_bytes()
        article = watch.time(
            "ingestion: bytes to clean text",
            lambda content=content, item=item: read_bytes(
                content, now=datetime.now(UTC), content_type=item["content_type"], url=item["url"]
            ),
        )
        characters += len(article.text)
        published: date | None = article.published.date() if article.published else None
        document = watch.time("language: parse", lambda article=article: parse(article.text))
        watch.time("gazetteer: geoparse", lambda document=document: geoparse(document, gazetteer))
        watch.time(
            "pipeline: parse, geoparse, find",
            lambda article=article, published=published: read(
                article.text, published=published, gazetteer=gazetteer, title=article.title
            ),
        )
    return characters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often every sample is read")
    rounds = parser.parse_args().rounds
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.sqlite3"
        watch.time("gazetteer: build the file", lambda: build(path))
        print(f"gazetteer file: {path.stat().st_size / 1e6:.1f} MB")
        gazetteer = Gazetteer(path)
        parse("The first text loads the model.")
        for name in ("Baghdad", "Ain al-Asad", "Springfield", "San Jose") * 50:
            watch.time("gazetteer: look up a name", lambda name=name: gazetteer.lookup(name))
        for _ in range(rounds):
            characters = _read_samples(watch, gazetteer)
    print(f"characters of clean text in the samples: {characters:,}")
    print(f"most memory the process held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    for stage, values in watch.milliseconds.items():
        print(f"{stage:36} median {statistics.median(values):10.3f} ms   calls {len(values)}")


if __name__ == "__main__":
    main()
