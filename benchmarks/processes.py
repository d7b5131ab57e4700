"""How many articles one process and two processes read in a second, what one holds in memory, and where its time goes.

Two processes that share a clock speed, a cache and a memory are less than twice one, whatever they do: what the machine
gives to two of a plain loop of Python, and of matrix products alone, is measured beside them.

Every process keeps to a core of its own, where the system lets it. On a busy machine the figures by time of work are the
telling ones: waiting for a core is not in them. The article is one of a usual length made of the samples.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from incidents import pipeline
from incidents.gazetteer.store import Gazetteer
from incidents.ingestion.read import read_bytes
from incidents.language.heads import listen

ROOT = Path(__file__).resolve().parent.parent
# Some 820 words.
CHARACTERS = 5_300
SECONDS = 15.0
REFERENCE_SECONDS = 4.0
PUBLISHED = date(2024, 1, 25)


def article() -> str:
    texts = []
    for item in json.loads((ROOT / "samples" / "index.json").read_text(encoding="utf-8")):
        content = (ROOT / "samples" / item["file"]).read_bytes()
        texts.append(
            read_bytes(content, now=datetime.now(UTC), content_type=item["content_type"], url=item["url"]).text
        )
    text = "\n\n".join(texts)
    return text[: text.rfind(".", 0, CHARACTERS) + 1]


def read_alone(path: Path) -> None:
    """The work of one process: articles a second, milliseconds of each stage, memory, as a line of JSON."""
    text = article()
    with Gazetteer(path) as gazetteer:
        for _ in range(5):
            pipeline.read(text, published=PUBLISHED, gazetteer=gazetteer)
        print("ready", flush=True)
        sys.stdin.readline()
        rate, worth = _rates(lambda: pipeline.read(text, published=PUBLISHED, gazetteer=gazetteer), SECONDS)
        references = {name: _rates(work, REFERENCE_SECONDS)[0] for name, work in _references().items()}
        stages = _stages(text, gazetteer)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report = {"rate": rate, "worth": worth, "memory": memory, "stages": stages, "references": references}
    print(json.dumps(report), flush=True)


def _rates(work: Callable[[], object], seconds: float) -> tuple[float, float]:
    """How often a second it is done, by the clock and by time of work."""
    started, worked, count = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - started < seconds:
        work()
        count += 1
    return count / (time.perf_counter() - started), count / (time.process_time() - worked)


def _references() -> dict[str, Callable[[], object]]:
    """Work that nothing in this project slows down, some milliseconds each; the matrices fit a cache of a core."""
    # numpy counts its threads when it is first imported, and `incidents` must have set them before.
    import numpy as np

    left = np.random.default_rng(0).random((256, 256), dtype=np.float32)
    return {
        "a loop of Python": lambda: sum(number * number for number in range(50_000)),
        "matrix products": lambda: [left @ left for _ in range(20)],
    }


def _stages(text: str, gazetteer: Gazetteer) -> dict[str, float]:
    """Milliseconds of work, the median of 15; the parse holds the encoder, which is told apart by running it alone."""
    took: dict[str, list[float]] = {"encoder": [], "parse": [], "geoparse": [], "read": []}

    def note(stage: str, started: float) -> None:
        took[stage].append((time.process_time() - started) * 1000)

    for _ in range(15):
        started = time.process_time()
        listen(text)
        note("encoder", started)
        started = time.process_time()
        document = pipeline.parse(text)
        note("parse", started)
        started = time.process_time()
        pipeline.geoparse(document, gazetteer)
        note("geoparse", started)
        started = time.process_time()
        pipeline.read(text, published=PUBLISHED, gazetteer=gazetteer)
        note("read", started)
    encoder, parse, geoparse, read = (statistics.median(times) for times in took.values())
    return {"encoder": encoder, "parser": parse - encoder, "geoparse": geoparse, "extraction": read - parse - geoparse}


def together(processes: int, path: Path) -> list[dict[str, Any]]:
    """What so many processes report that read at the same time."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    running = []
    for index in range(processes):
        command = [sys.executable, "-m", "benchmarks.processes", "--alone", str(path)]
        if cores:
            command += ["--core", str(cores[index % len(cores)])]
        running.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT))
    for process in running:
        process.stdout.readline()
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    return [json.loads(process.communicate()[0]) for process in running]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gazetteer", type=Path, default=ROOT / "var" / "gazetteer.sqlite3")
    parser.add_argument("--alone", type=Path, help="be one of the processes, with this gazetteer")
    parser.add_argument("--core", type=int)
    asked = parser.parse_args()
    if asked.alone:
        if asked.core is not None:
            os.sched_setaffinity(0, {asked.core})
        read_alone(asked.alone)
        return
    (one,) = together(1, asked.gazetteer)
    two = together(2, asked.gazetteer)
    both = sum(report["rate"] for report in two)
    print(f"an article of {len(article()):,} characters, {len(article().split())} words")
    print(
        f"one process: {one['rate']:.1f} articles a second, {one['worth']:.1f} a second of work, {one['memory']:.0f} MB with everything loaded"
    )
    worth = sum(report["worth"] for report in two)
    print(f"two processes: {worth:.1f} in a second of work of each, {worth / one['worth']:.2f} times as many")
    print(f"two processes: {both:.1f} articles a second, {both / one['rate']:.2f} times as many")
    for name, alone in one["references"].items():
        gain = sum(report["references"][name] for report in two) / alone
        print(f"two processes of {name}: {gain:.2f} times as many by the clock")
    whole = sum(one["stages"].values())
    for stage, milliseconds in one["stages"].items():
        print(f"{stage:12} {milliseconds:6.1f} ms  {milliseconds / whole:4.0%}")


if __name__ == "__main__":
    main()
