"""The corpus: short passages with marks in braces, `{label: words}`, which may be nested (corpus/README.md).

`python -m training.corpus` checks every file and counts what the marks say.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FOLDER = Path(__file__).with_name("corpus")
REGISTERS = _words(
    "wire local official liveblog headline translated upper analysis ngo court sport business culture history other"
    " note blotter sitrep statement"
)
TOPONYMS = _words("place loc metonym dateline inname")
LEVELS = _words("country province district town village neighbourhood facility area sea")
KINDS = _words(
    "air_strike drone_strike missile shelling bombing suicide_bombing landmine shooting clash assassination"
    " abduction stabbing arson ship_attack chemical mob other"
)
MODALITIES = _words("new again background aggregate threat denied hypothetical none")
ROLES = _words("attacker claimed alleged target victim weapon date killed wounded")
PLAIN = _words("person org demonym")

HEADER = re.compile(r"## (?P<id>[a-z]-\d{4}) \| (?P<register>\w+) \| (?P<region>\S.*)")
OPENING = re.compile(r"\{(?P<label>[a-z_.0-9]+): ?(?=\S)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on `text[start:end]` of its passage."""

    label: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The label without level, kind, modality or number: `place`, `trigger`, `killed`."""
        return self.label.partition(".")[0]

    @property
    def event(self) -> int:
        """Of a role or an incident's place: which of the passage's `events` it belongs to, from 1."""
        number = self.label.rpartition(".")[2]
        return int(number) if number.isdigit() else 1


@dataclass(frozen=True, slots=True)
class Passage:
    id: str
    register: str
    region: str
    text: str
    marks: tuple[Mark, ...]

    @property
    def events(self) -> list[Mark]:
        """The triggers that tell of one incident for the first time in the passage."""
        return [mark for mark in self.marks if mark.name == "trigger" and mark.label.endswith((".new", ".background"))]


class CorpusError(ValueError):
    """A file breaks the format; the message begins with file and line."""


def read(path: Path) -> Iterator[Passage]:
    """The passages of one file, or of every .txt file of a folder; an ID that comes twice is an error."""
    seen: set[str] = set()
    for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
        for line, block in _blocks(file):
            try:
                passage = _passage(block)
            except _BrokenMarkError as error:
                # The header is the block's first line, the text begins on the next.
                raise CorpusError(f"{file}:{line + 1 + error.line}: {error}") from error
            except ValueError as error:
                raise CorpusError(f"{file}:{line}: {error}") from error
            if passage.id in seen:
                raise CorpusError(f"{file}:{line}: {passage.id} comes twice")
            seen.add(passage.id)
            yield passage


def parse_marks(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without its braces, and the marks in the order in which they begin, the outer first."""
    text = ""
    at = 0
    open_marks: list[tuple[str, int]] = []
    marks: list[Mark] = []
    for brace in re.finditer(r"[{}]", marked):
        # An opening's label reaches past its brace; no brace stands inside it.
        text += marked[at : brace.start()]
        line = marked.count("\n", 0, brace.start())
        if brace[0] == "{":
            opening = OPENING.match(marked, brace.start())
            if opening is None:
                raise _BrokenMarkError("a mark reads {label: words}", line)
            if not is_label(opening["label"]):
                raise _BrokenMarkError(f"unknown label {opening['label']}", line)
            open_marks.append((opening["label"], len(text)))
            at = opening.end()
        else:
            if not open_marks:
                raise _BrokenMarkError("a brace closes no mark", line)
            label, start = open_marks.pop()
            if not text[start:].strip() or text[start:] != text[start:].strip():
                raise _BrokenMarkError(f"{label} begins or ends with a space, or is empty", line)
            marks.append(Mark(label, start, len(text)))
            at = brace.end()
    if open_marks:
        raise _BrokenMarkError(f"{open_marks[-1][0]} is not closed", text.count("\n", 0, open_marks[-1][1]))
    return text + marked[at:], tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def is_label(label: str) -> bool:
    name, *rest = label.split(".")
    if name == "place" and len(rest) == 2:
        return rest[0] in LEVELS and rest[1].isdigit()
    if name in TOPONYMS:
        return len(rest) == 1 and rest[0] in LEVELS
    if name == "trigger":
        return len(rest) == 2 and rest[0] in KINDS and rest[1] in MODALITIES
    if name in ROLES:
        return not rest or (len(rest) == 1 and rest[0].isdigit())
    return name in PLAIN and not rest


class _BrokenMarkError(ValueError):
    """`line` is the mark's line in its text, from 0."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def _blocks(file: Path) -> Iterator[tuple[int, list[str]]]:
    """The blocks between blank lines, with the number of their first line."""
    first, block = 1, list[str]()
    for number, line in enumerate([*file.read_text(encoding="utf-8").splitlines(), ""], start=1):
        if line.strip():
            first = first if block else number
            block.append(line.rstrip())
        elif block:
            yield first, block
            block = []


def _passage(block: list[str]) -> Passage:
    header = HEADER.fullmatch(block[0])
    if header is None:
        raise ValueError("a passage begins with ## ID | register | region")
    if header["register"] not in REGISTERS:
        raise ValueError(f"unknown register {header['register']}")
    if len(block) == 1:
        raise ValueError(f"{header['id']} has no text")
    text, marks = parse_marks("\n".join(block[1:]))
    passage = Passage(header["id"], header["register"], header["region"], text, marks)
    last = max((mark.event for mark in marks), default=1)
    if last > max(1, len(passage.events)):
        raise ValueError(f"{passage.id} has roles or places of event {last}, and {len(passage.events)} events")
    return passage


def _counts(passages: Iterable[Passage]) -> dict[str, Counter[str]]:
    counts = {name: Counter[str]() for name in ("label", "register", "region", "trigger")}
    for passage in passages:
        counts["register"][passage.register] += 1
        counts["region"][passage.region] += 1
        for mark in passage.marks:
            counts["label"][mark.name] += 1
            if mark.name == "trigger":
                counts["trigger"][mark.label.removeprefix("trigger.")] += 1
    return counts


def _triggers_table(counts: Counter[str]) -> Iterator[str]:
    """Lines of a Markdown table of kinds by modality, the commonest kind first."""
    modalities = ("new", "again", "background", "aggregate", "threat", "denied", "hypothetical", "none")
    rows = {kind: [counts[f"{kind}.{modality}"] for modality in modalities] for kind in KINDS}
    yield f"| kind | {' | '.join(modalities)} | all |"
    yield "|---" * (len(modalities) + 2) + "|"
    for kind, row in sorted(rows.items(), key=lambda item: -sum(item[1])):
        yield f"| {kind} | {' | '.join(map(str, row))} | {sum(row)} |"
    totals = [sum(column) for column in zip(*rows.values(), strict=True)]
    yield f"| all | {' | '.join(map(str, totals))} | {sum(totals)} |"


def main(path: Path = FOLDER) -> int:
    try:
        counts = _counts(read(path))
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{counts['register'].total()} passages")
    print("\ntriggers by kind and modality\n")
    print(*_triggers_table(counts.pop("trigger")), sep="\n")
    for name, counter in counts.items():
        print(f"\n{name}")
        for value, count in counter.most_common():
            print(f"{count:7} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
