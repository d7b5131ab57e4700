"""Loading a GeoNames dump, and what looking a name up costs afterwards: `make bench`, or with `--rows 3000000` alone.

The dump is made here, of invented names in GeoNames' format and in about its mix of kinds; every run makes the same.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from incidents.gazetteer.geonames_load import load
from incidents.gazetteer.store import Gazetteer

ROOT = Path(__file__).resolve().parent.parent
PACKAGED = ROOT / "var" / "gazetteer.sqlite3"
# Shares of allCountries, in percent; schools, hotels and most streams and hills are left out by the loader.
KINDS = {
    "P.PPL": 39, "P.PPLX": 1, "H.STM": 9, "H.LK": 4, "H.WAD": 1, "H.SPNG": 2, "S.SCH": 5, "S.CH": 3, "S.HTL": 4, "S.FRM": 5,
    "S.BDG": 2, "S.HSP": 1, "S.AIRF": 1, "T.MT": 5, "T.HLL": 4, "T.ISL": 1, "T.VAL": 2, "L.LCTY": 3, "L.PRK": 1,
    "A.ADM3": 1, "A.ADM4": 3, "V.FRST": 1, "R.RD": 1, "U.SMU": 1,
}  # fmt: skip
COUNTRIES = ("US", "CN", "IN", "NO", "MX", "ID", "RU", "IR", "UA", "SY", "NG", "FR", "IQ", "YE")
SYLLABLES = ("ba", "dor", "kel", "mi", "san", "tur", "va", "zhe", "lo", "qar", "nú", "shi", "wen", "ål", "ri", "gos")
ARABIC = ("بير", "دور", "كفر", "تل", "مين", "سان", "قار", "عين")
CYRILLIC = ("бор", "град", "ново", "лес", "кам", "дон", "рів", "село")  # noqa: RUF001 - that is the script


def _words(syllables: tuple[str, ...], chance: random.Random) -> list[str]:
    return ["".join(chance.choices(syllables, k=chance.randint(2, 4))).capitalize() for _ in range(60_000)]


def rows(count: int) -> Iterator[str]:
    """The lines of a dump of `count` rows."""
    chance = random.Random(12)  # noqa: S311 - invented names, not secrets
    latin, arabic, cyrillic = (_words(syllables, chance) for syllables in (SYLLABLES, ARABIC, CYRILLIC))
    kinds = chance.choices([kind.split(".") for kind in KINDS], list(KINDS.values()), k=10_000)
    for number in range(count):
        group, code = kinds[number % len(kinds)]
        name = chance.choice(latin) if number % 3 else f"{chance.choice(latin)} {chance.choice(latin)}"
        others = []
        if number % 3 == 0:
            others = chance.choices(latin, k=1 + number % 2)
            others += [chance.choice(arabic)] if number % 4 == 0 else [chance.choice(cyrillic)] * (number % 5 == 0)
        country = COUNTRIES[number % len(COUNTRIES)]
        columns = (
            20_000_000 + number, name, name, ",".join(others), round(chance.uniform(-60, 70), 5),
            round(chance.uniform(-180, 180), 5), group, code, country, "", f"{number % 12:02d}", "", "", "",
            number % 900 if number % 7 == 0 else 0, "", 120, "Etc/UTC", "2024-01-01",
        )  # fmt: skip
        yield "\t".join(map(str, columns)) + "\n"


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _resident_mb() -> float:
    """What the process holds now; the peak where there is no /proc (it also counts what a parent held)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return _peak_mb()
    return pages * resource.getpagesize() / 1e6


def _load(dump: Path, path: Path) -> None:
    before = _peak_mb()
    started, worked = time.perf_counter(), time.process_time()
    built, loaded = load(PACKAGED, {"made.txt": dump}, path)
    seconds, work = time.perf_counter() - started, time.process_time() - worked
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"loading a dump: {loaded.read:,} rows in {seconds:.1f} s ({work:.1f} s of work, {children.ru_utime + children.ru_stime:.1f} s in the second process): "
        f"{loaded.read / seconds:,.0f} rows/s; {loaded.kept:,} places kept; {built.names:,} names; "
        f"{built.size / 1e6:.0f} MB; memory {_peak_mb():.0f} MB ({before:.0f} MB before)"
    )


def _look_up(path: Path) -> None:
    """Names in a shuffled order, each once, one in five unknown; the pages are in the system's cache, as on a site."""
    with sqlite3.connect(path) as connection:
        (most,) = connection.execute("SELECT max(id) FROM place").fetchone()
    before = _resident_mb()
    gazetteer = Gazetteer(path)
    chance = random.Random(12)  # noqa: S311 - a sample, not a secret
    places = [gazetteer.place(chance.randint(1, most)) for _ in range(5_000)]
    names = list(dict.fromkeys(place.name for place in places if place))
    names = [f"No {name}" if index % 5 == 0 else name for index, name in enumerate(names)]
    for round_ in ("first", "again"):
        took = []
        for name in names:
            started = time.perf_counter()
            gazetteer.find([name])
            took.append(time.perf_counter() - started)
        print(
            f"looking up {len(names):,} names, {round_}, of {most:,} places: median {statistics.median(took) * 1000:.4f} ms, "
            f"95 % {statistics.quantiles(took, n=20)[-1] * 1000:.4f} ms; memory +{_resident_mb() - before:.1f} MB"
        )


def _alone(*words: str) -> None:
    """This program again in a process of its own, so that memory is told apart."""
    sys.stdout.flush()
    subprocess.run([sys.executable, "-m", "benchmarks.geonames", *words], check=True, cwd=ROOT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=300_000, help="how long the dump is")
    parser.add_argument("--look-up", type=Path, help="only look names up in this gazetteer")
    parser.add_argument("--load", type=Path, nargs=2, help="only load this dump into this gazetteer")
    asked = parser.parse_args()
    if asked.look_up:
        return _look_up(asked.look_up)
    if asked.load:
        return _load(*asked.load)
    with tempfile.TemporaryDirectory() as folder:
        dump, path = Path(folder) / "made.txt", Path(folder) / "gazetteer.sqlite3"
        with dump.open("w", encoding="utf-8") as file:
            file.writelines(rows(asked.rows))
        _alone("--load", str(dump), str(path))
        for store in (PACKAGED, path):
            _alone("--look-up", str(store))
    return None


if __name__ == "__main__":
    main()
