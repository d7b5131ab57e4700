"""What the reader of a text gives to every library above it. Offsets are characters into the text that was parsed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidents.language.signals import Signals


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `head` is the index of its governor (its own index for a root), `entity` an OntoNotes label or ""."""

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (exclusive) of the document; `paragraph` counts blocks between blank lines from 0."""

    index: int
    first: int
    last: int
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: an OntoNotes label over tokens `first` to `last` (exclusive)."""

    label: str
    first: int
    last: int
    start: int
    end: int
    text: str


class NameLabel(StrEnum):
    PLACE = "PLACE"
    DEMONYM = "DEMONYM"


@dataclass(frozen=True, slots=True)
class Name:
    """Characters `start` to `end` that the encoder takes for a name with `probability`, between 0 and 1."""

    label: NameLabel
    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read. `names` holds also the improbable ones: who asks decides what is enough."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    names: tuple[Name, ...] = ()
    signals: Signals | None = None
    """What the encoder says of words of violence; None for a text that it has not read."""
