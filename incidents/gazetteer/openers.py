"""Places that lines of a list open with ("Near X, ...", "X district: ..."), and the country that stands over the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from incidents.gazetteer import words
from incidents.gazetteer.reading import Reading, Span, is_capitalised
from incidents.gazetteer.types import Candidate, Level, Place
from incidents.language.lists import NEARNESS, Item, find_items

# From which probability on the encoder takes a word for a place, so that it speaks for the lines beside it.
_BELIEVED = 0.5
# What may stand inside the name of a place that no gazetteer holds.
_INSIDE = words.ARTICLES | words.POSSESSIVES | {"-", "abu", "bin", "de", "del", "la"}
# A country over a list follows one of these, or opens its line ("Syria:").
_WITHIN = frozenset(["in", "inside", "across", "within", "throughout", "over", "and", ",", ":", "\u2013", "\u2014"])


class Openers:
    """What the lists of a document open their lines with, as far as it names places."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.spans: list[Span] = []
        self._opening: set[int] = set()
        self._headers: dict[int, tuple[int, ...]] = {}
        for _, group in groupby(find_items(reading.document), key=lambda item: item.group):
            items = list(group)
            trusted = self._are_places(items)
            for item in items:
                self._headers.update(dict.fromkeys(range(item.first, item.last), item.headers))
                if item.opener is not None and (trusted or self._is_near(item.opener)):
                    self._add(*item.opener)

    def _are_places(self, items: Sequence[Item]) -> bool:
        """Whether most lines of a list open with what the encoder takes for a place."""
        opened = [item.opener for item in items if item.opener is not None]
        belief = self._reading.belief
        believed = sum(any(belief.get(index, 0.0) >= _BELIEVED for index in range(*opener)) for opener in opened)
        return 2 * believed >= len(items) and believed > 1

    def _is_near(self, opener: tuple[int, int]) -> bool:
        first = opener[0] - 1
        return first >= 0 and self._reading.tokens[first].text.lower() in NEARNESS

    def _add(self, first: int, last: int) -> None:
        start = first
        while start < last:
            end = self._end(start, last)
            if end > start:
                self.spans.append(Span(start, end, self._reading.text(start, end)))
                self._opening.add(start)
            start = max(end, start + 1)

    def _end(self, start: int, last: int) -> int:
        """Where the name that begins at `start` ends: with a known name, unless more capitals follow it directly."""
        run = self._run_end(start, last)
        known = next((end for end in range(last, start, -1) if self._reading.places(start, end)), start)
        rest = self._reading.tokens[known:run]
        return known if all(token.text.lower() in words.GROUND for token in rest) and known > start else run

    def _run_end(self, start: int, last: int) -> int:
        """Where a run of capitalised words ends; the start where there is none."""
        end = start
        for index in range(start, last):
            if self._is_named(index):
                end = index + 1
            elif self._reading.tokens[index].text.lower() not in _INSIDE:
                break
        return end

    def _is_named(self, index: int) -> bool:
        token = self._reading.tokens[index]
        return is_capitalised(token.text) and token.text.lower() not in words.DESIGNATORS

    def is_opener(self, span: Span) -> bool:
        return any(index in self._opening for index in range(span.first, span.last))

    def headers(self, sentence: int) -> tuple[int, ...]:
        """The sentences over the list that a sentence stands in, the nearest first."""
        return self._headers.get(sentence, ())


def areas(reading: Reading, spans: Sequence[Span]) -> dict[int, list[Span]]:
    """By sentence, the names in it that say where something is, and not who does it. Cost: linear."""
    found: dict[int, list[Span]] = {}
    for span in spans:
        token = reading.tokens[span.first]
        before = span.first - 1
        opens = span.first == reading.document.sentences[token.sentence].first
        if not span.demonym and (opens or reading.tokens[before].text.lower() in _WITHIN):
            found.setdefault(token.sentence, []).append(span)
    return found


def within(candidates: Sequence[Candidate], lies_in: Callable[[Place], bool]) -> tuple[Candidate, ...]:
    """Those whose place lies where it is told to; the first of them as sure as it is among its own."""
    kept = [candidate for candidate in candidates if lies_in(candidate.place)]
    total = sum(candidate.score for candidate in kept)
    if not kept or not total:
        return tuple(kept)
    return replace(kept[0], score=max(kept[0].score, round(kept[0].score / total, 4))), *kept[1:]


def countries_of(meanings: Mapping[str, Sequence[Candidate]], keys: Sequence[str]) -> frozenset[str]:
    """The countries that names mean, or where their provinces are, by their first candidates."""
    best = [meanings[key][0].place for key in keys if meanings.get(key)]
    wide = [place for place in best if place.level in (Level.COUNTRY, Level.PROVINCE)]
    return frozenset(place.country for place in wide if place.country)
