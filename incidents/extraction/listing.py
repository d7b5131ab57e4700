"""Lists of events: which lines tell of one each, and what their opening words and headers say of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from incidents.extraction.dates import TimeMention
from incidents.extraction.geometry import distance_km
from incidents.extraction.headline import is_headline
from incidents.extraction.line import COUNTED, Line
from incidents.extraction.linking import Places
from incidents.extraction.mentions import Mention
from incidents.extraction.modality import HAPPENED, UNCOUNTED_PLURAL, Status, Verdict
from incidents.extraction.types import PlacePrecision
from incidents.language.lists import Item, Style, find_items
from incidents.language.types import Document

# The words that open a line say where it happened, more surely than the parser can tell.
OPENER_LINK = 4.0
# The place of a line's own event is linked to it as firmly as this, and lies so near the label's capital.
_OWN_LINK = 2.5
_PROVINCE_KM = 150.0
# A total of ten and more is a count elsewhere; in a list it is that line's event.
_COUNTED = (UNCOUNTED_PLURAL, "ten or more of them")
_NOT_TOLD = (Status.THREAT, Status.HYPOTHETICAL, Status.DENIED)
_WIDE = (PlacePrecision.COUNTRY, PlacePrecision.AREA, PlacePrecision.PROVINCE)


class Listing:
    """The lists of a document that list events.

    `lines` has the line of every sentence in one. `telling` are the sentences with words of violence.
    """

    def __init__(
        self,
        document: Document,
        places: Places,
        times: Mapping[int, Sequence[TimeMention]],
        telling: Collection[int],
    ) -> None:
        self._document = document
        self._places = places
        self._times = times
        self._telling = telling
        self.lines: dict[int, Line] = {}
        # By a line's first sentence: a finer place than its label's, and the mentions that have the label's.
        self._finer: dict[int, int] = {}
        self._labelled: dict[int, list[Mention]] = {}
        # Lines of which an event has been told, whose dead and hurt come behind it.
        self._told: set[int] = set()
        # Lines with a day of their own, for what they tell later as well.
        self._dated: set[int] = set()
        # The sentences over lists, and whether they announce one.
        self._openers: dict[int, bool] = {}
        # What is threatened or denied over a list holds for its lines.
        self._moods: dict[int, Verdict] = {}
        for _, group in groupby(find_items(document), key=lambda item: item.group):
            items = list(group)
            if not any(self._is_glued(item) for item in items):
                self._add(items)

    def _is_glued(self, item: Item) -> bool:
        """Several headlines in one line ("Blast kills 3;Three dead in X") mostly tell of one event; so do a headline's clauses."""
        end = self._document.sentences[item.last - 1].end
        glued = self._document.text[end - 1 : end] == ";" and not self._document.text[end : end + 1].isspace()
        return glued or (item.style is Style.PART and is_headline(self._document, item.first))

    def _add(self, items: Sequence[Item]) -> None:
        lines = [(item, self._opening_place(item)) for item in items]
        header = items[0].headers[0] if items[0].headers else -1
        announced = self._announces(header)
        placed = sum(place is not None or self._has_place(item) for item, place in lines)
        if not announced and 2 * placed <= len(lines):
            return
        region = self._region(items[0])
        line: Line | None = None
        for item, place in lines:
            if line is not None and self._goes_on(item, place):
                self.lines.update(dict.fromkeys(range(item.first, item.last), line))
                continue
            if place is None and not self._has_place(item) and not (announced or self._heading(item) is not None):
                continue
            place = place if place is not None or self._has_place(item) else self._heading(item)
            line = Line(item.first, item.headers, place, region)
            self.lines.update(dict.fromkeys(range(item.first, item.last), line))
        self._openers[header] = announced

    def _goes_on(self, item: Item, place: int | None) -> bool:
        """ "X: three shellings; two wounded; ...": a part without a place of its own goes on with the one before it."""
        return item.style is Style.PART and place is None and not self._has_place(item)

    def _opening_place(self, item: Item) -> int | None:
        if item.opener is None:
            return None
        first, last = item.opener
        start, end = self._document.tokens[first].start, self._document.tokens[last - 1].end
        names = self._places.names
        numbers = [n for n in self._places.everywhere.get(item.first, ()) if start <= names[n].start < end]
        return min(numbers, key=lambda n: (names[n].precision in _WIDE, names[n].start), default=None)

    def _has_place(self, item: Item) -> bool:
        return any(self._places.by_sentence.get(sentence) for sentence in range(item.first, item.last))

    def _heading(self, item: Item) -> int | None:
        return next(iter(self._places.everywhere.get(item.headers[0], ())), None) if item.headers else None

    def _region(self, item: Item) -> int | None:
        """The wide place that the nearest header with any names."""
        for header in item.headers:
            for number in self._places.everywhere.get(header, ()):
                if self._places.names[number].country is not None:
                    return number
        return None

    def _announces(self, header: int) -> bool:
        """Whether a sentence ends in a colon and tells of violence, or where or when what follows happened."""
        if header < 0 or not (header in self._telling or header in self._times or header in self._places.everywhere):
            return False
        span = self._document.sentences[header]
        return self._document.text[span.start : span.end].endswith(":")

    def is_opened_by(self, mention: Mention) -> bool:
        """ "Jets carried out 14 strikes:": what stands over a list tells of all that is in it."""
        announces = self._openers.get(mention.sentence)
        if announces and mention.verdict.status in _NOT_TOLD:
            self._moods[mention.sentence] = mention.verdict
            return False
        return announces is not None and (announces or mention.plural)

    def complete(self, mention: Mention) -> None:
        """What the line's opening words and its headers tell of a mention in it."""
        line = self.lines.get(mention.sentence)
        if line is None:
            return
        mention.line = line
        if not (mention.harm_only and line.number in self._told):
            mention.notes.append("another")
        self._told.add(line.number)
        if mention.times:
            self._dated.add(line.number)
        elif line.number not in self._dated:
            mention.times = next(self._times_above(line), ())
        own = mention.place
        if line.place is not None and own is not None and self._is_finer(mention, own, line.place):
            self._share_finer(line, own)
        elif line.place is not None:
            mention.place, mention.link = self._finer.get(line.number, line.place), OPENER_LINK
            self._labelled.setdefault(line.number, []).append(mention)
        if mention.verdict.status is Status.AGGREGATE and mention.verdict.reason in _COUNTED:
            mention.verdict = Verdict(Status.NEW)
            mention.notes.append(COUNTED)
        if line.headers and mention.verdict.status in HAPPENED:
            mention.verdict = self._moods.get(line.headers[0], mention.verdict)

    def _share_finer(self, line: Line, place: int) -> None:
        """What the rest of the line tells happened there as well."""
        if line.number not in self._finer:
            self._finer[line.number] = place
            for mention in self._labelled.get(line.number, ()):
                mention.place = place

    def _is_finer(self, mention: Mention, own: int, label: int) -> bool:
        """ "Aleppo: ... by a mine near Maskanah": the label is the province, or its capital's name for it."""
        if own == label:
            return False
        if self._places.inside(own, label):
            return True
        one, other = self._places.names[own], self._places.names[label]
        labelled = self._document.text.startswith(":", other.end)
        unknown = one.precision is PlacePrecision.UNKNOWN
        near = (gap := distance_km(one, other)) is not None and gap <= _PROVINCE_KM
        return labelled and mention.link >= _OWN_LINK and one.precision not in _WIDE and (unknown or near)

    def _times_above(self, line: Line) -> Iterator[tuple[TimeMention, ...]]:
        for header in line.headers:
            if self._times.get(header):
                yield tuple(self._times[header])
