"""What was found in an article, as a table for a terminal. Everything from outside is printed as it is: no markup, no
control characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Group
from rich.table import Table
from rich.text import Text

from incidents.extraction.kinds import Kind
from incidents.extraction.types import ActorRole, PlacePrecision, TimePrecision
from incidents.models import Mention
from incidents.workflows.findings import Finding

_WHO = {ActorRole.PERPETRATOR, ActorRole.ALLEGED, ActorRole.CLAIMED_BY}
_QUOTED_LENGTH = 500
_CELL_WIDTH = 30


def found_table(rows: Iterable[tuple[Mention, Sequence[str]]]) -> Group:
    """One numbered row for each mention, and under the table the words behind each."""
    table = Table(show_lines=True)
    table.add_column("", justify="right")
    for heading in ("kind", "when", "where", "who", "whom"):
        table.add_column(heading, overflow="fold", max_width=_CELL_WIDTH)
    for heading in ("killed", "wounded", "confidence"):
        table.add_column(heading, justify="right")
    behind = []
    for number, (mention, words) in enumerate(rows, 1):
        table.add_row(str(number), *(plain(cell) for cell in _cells(mention)))
        behind.append(plain(f"{number}  {_quoted(words)}"))
    return Group(table, *behind)


def stored_rows(mentions: Iterable[Mention]) -> list[tuple[Mention, list[str]]]:
    return [
        (mention, _outermost((quote.start, quote.end, quote.text) for quote in mention.quotes.all()))
        for mention in mentions
    ]


def found_rows(findings: Iterable[Finding]) -> list[tuple[Mention, list[str]]]:
    """The same for what is not stored."""
    return [
        (Mention(**finding.fields), _outermost((words.start, words.end, words.text) for words in finding.words))
        for finding in findings
    ]


def plain(text: str) -> Text:
    """Text that moves no cursor and is no markup."""
    return Text("".join(character if character.isprintable() else " " for character in text))


def _cells(mention: Mention) -> list[str]:
    who = [_actor(actor) for actor in mention.actors if actor["role"] in _WHO]
    whom = [_actor(actor) for actor in mention.actors if actor["role"] not in _WHO]
    return [
        Kind(mention.kind).label,
        _when(mention.date_start, mention.date_end, mention.time_precision),
        _where(mention),
        ", ".join(who) or "-",
        ", ".join(whom) or "-",
        _count(mention.killed_low, mention.killed_high),
        _count(mention.wounded_low, mention.wounded_high),
        f"{mention.confidence:.2f}",
    ]


def _actor(actor: dict[str, str]) -> str:
    if actor["role"] == ActorRole.ALLEGED:
        return f"{actor['name']} (alleged)"
    return f"{actor['name']} (claims it)" if actor["role"] == ActorRole.CLAIMED_BY else actor["name"]


def _when(start: date | None, end: date | None, precision: str) -> str:
    if start is None or end is None:
        return "not known"
    days = f"{start}" if start == end else f"{start} to {end}"
    return days if precision == TimePrecision.DAY else f"{days} ({precision})"


def _where(mention: Mention) -> str:
    if mention.place_precision == PlacePrecision.UNKNOWN and not mention.place_name:
        return "not known"
    return f"{mention.place_name} ({mention.place_precision})"


def _count(low: int | None, high: int | None) -> str:
    if low is None:
        return "-"
    if high is None:
        return f"{low}+"
    return str(low) if low == high else f"{low}-{high}"


def _quoted(words: Sequence[str]) -> str:
    return " … ".join(f"“{' '.join(word.split())}”" for word in words)[:_QUOTED_LENGTH]


def _outermost(spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """The texts of the spans that lie in no other, in their order."""
    kept: list[str] = []
    reached = -1
    for _start, end, text in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > reached:
            kept.append(text)
            reached = end
    return kept
