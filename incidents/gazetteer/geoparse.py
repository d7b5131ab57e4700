"""Place names in a document and what they mean: the one door of this package for texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from incidents.gazetteer import chain, words
from incidents.gazetteer.board import km_between
from incidents.gazetteer.countries import country_name
from incidents.gazetteer.names import fold
from incidents.gazetteer.openers import Openers, areas, countries_of, within
from incidents.gazetteer.providers import Provider
from incidents.gazetteer.ranking import Asked, rank
from incidents.gazetteer.reading import Reading, Span, fitting_buildings, fitting_capitals
from incidents.gazetteer.recognise import recognise
from incidents.gazetteer.roles import datelines, role
from incidents.gazetteer.store import Gazetteer, Match, Named
from incidents.gazetteer.structured import structured
from incidents.gazetteer.types import Candidate, Home, Level, Role, Toponym
from incidents.language.types import Document

# What may stand between a place and what it lies in.
_CONTAINING = frozenset(
    [",", "(", "in", ", in", "county ,", "district ,", "province ,", "district in", "district of", "province of"]
)
_MOST_BETWEEN = 5
# What follows "Solhan, Burkina Faso" where the second part says where the first lies.
_AFTER_APPOSITION = frozenset(
    [
        ",",
        ".",
        ")",
        ";",
        ":",
        "-",
        "\u2013",
        "\u2014",
        "on",
        "in",
        "at",
        "when",
        "after",
        "late",
        "early",
        "by",
        "where",
    ]
)
# A country's radius is that of a circle of its size: in three of them lie its farthest corner and its neighbours.
_FAR_RADII = 3


def geoparse(
    document: Document, gazetteer: Gazetteer, *, home: Home | None = None, geocoder: Provider | None = None
) -> tuple[Toponym, ...]:
    """The place names of a document in order, with role and candidates; `home` is its source's, if known.

    Costs some milliseconds on top of the parse, linear in the length of the text. A `geocoder` is asked for the places
    of events that the gazetteer does not hold (see chain.ask for what that may cost).
    """
    reading = Reading(document, gazetteer)
    openers = Openers(reading)
    spans = recognise(reading, openers.spans)
    held = _headed(reading, spans, openers)
    told = dict(_in_countries(reading, spans))
    asked = names_asked(reading, spans, gazetteer, held)
    meanings = rank(asked, home)
    origin = datelines(document)
    toponyms = []
    for span in spans:
        candidates = meanings.get(name_key(span), ())
        countries = countries_of(meanings, held.get(span.first, ()))
        opens = openers.is_opener(span)
        # What a line opens with lies in the country over its list; what else it names does if it can.
        candidates = (within(candidates, countries) or (() if opens else candidates)) if countries else candidates
        container = told.get(span.first, "")
        if not _may_be_called(candidates, container):
            candidates = _in_its_country(candidates, next(iter(meanings.get(container, ())), None))
        toponym = _toponym(document, span, candidates, origin)
        opens = opens and toponym.role is not Role.DATELINE
        toponyms.append(replace(toponym, role=Role.EVENT) if opens else toponym)
    if geocoder is not None:
        answers = _answers(spans, toponyms, geocoder, home)
        toponyms = [
            _toponym(document, span, answers.get(span.name, ()), origin) if _is_unknown(toponym) else toponym
            for span, toponym in zip(spans, toponyms, strict=True)
        ]
    return structured(document.text, tuple(toponyms), gazetteer.areas_in)


def _headed(reading: Reading, spans: Sequence[Span], openers: Openers) -> dict[int, list[str]]:
    """For the first token of a name in a line of a list, the keys of the names that the list stands under."""
    above = areas(reading, spans)
    found: dict[int, list[str]] = {}
    for span in spans:
        headers = openers.headers(reading.tokens[span.first].sentence)
        header = next((header for header in headers if header in above), None)
        if header is not None:
            found[span.first] = [name_key(area) for area in above[header] if name_key(area) != name_key(span)]
    return found


def _answers(
    spans: Sequence[Span], toponyms: Sequence[Toponym], geocoder: Provider, home: Home | None
) -> dict[str, tuple[Candidate, ...]]:
    unknown = [span.name for span, toponym in zip(spans, toponyms, strict=True) if _is_unknown(toponym)]
    countries = {toponym.best.place.country for toponym in toponyms if toponym.best} | {home.country if home else None}
    return chain.ask(unknown, geocoder, countries={country for country in countries if country})


def _is_unknown(toponym: Toponym) -> bool:
    return toponym.role is Role.EVENT and not toponym.candidates


def name_key(span: Span) -> str:
    """One sense per name; "Anbar province" and "New York state" are other names than "Anbar" and "New York"."""
    asked = "people" if span.demonym else " or ".join(sorted(span.levels))
    return f"{fold(span.name)} ({asked})" if asked else fold(span.name)


def names_asked(
    reading: Reading, spans: Sequence[Span], gazetteer: Gazetteer, held: Mapping[int, Sequence[str]] | None = None
) -> list[Asked]:
    """`held` has, by first token, the keys of the names that a span lies in although they stand elsewhere."""
    found = gazetteer.find({span.name for span in spans})
    names: dict[str, Asked] = {}
    for span in spans:
        wanted = [named for named in found[span.name] if (named.match is Match.DEMONYM) == span.demonym]
        wanted = fitting_buildings(span.name, fitting_capitals(span.name, wanted))
        asked = names.setdefault(name_key(span), Asked(name_key(span), _fitting(wanted), mentions=0))
        asked.mentions += 1
        asked.belief = max(span.belief, asked.belief) if asked.mentions > 1 else span.belief
        asked.levels |= span.levels
        asked.containers.update(held.get(span.first, ()) if held else ())
    for inner, outer in pairwise(spans):
        if _contains(reading, inner, outer):
            names[name_key(inner)].containers.add(name_key(outer))
        elif _owns(reading, inner, outer):
            names[name_key(outer)].containers.add(name_key(inner))
    return list(names.values())


def _fitting(named: Sequence[Named]) -> list[Named]:
    """Loose matches only where nothing matches exactly, or in the same country: a town that lends a province its name."""
    countries = {each.place.country for each in named if each.match is not Match.LOOSE}
    return [each for each in named if each.match is not Match.LOOSE or not countries or each.place.country in countries]


def _contains(reading: Reading, inner: Span, outer: Span) -> bool:
    """Whether the text says that `inner` lies in `outer`: "Paris, Texas", "Hit in Anbar", "Hit (Iraq)"."""
    if inner.demonym or outer.demonym:
        return False
    between = _between(reading, inner, outer)
    return between in _CONTAINING


def _owns(reading: Reading, outer: Span, inner: Span) -> bool:
    """Whether `inner` lies in the `outer` before it: "Iraq's Anbar", "the Iraqi city of Hit", "Iraqi Kurdistan"."""
    between = _between(reading, outer, inner)
    if outer.demonym:
        return not between or between.endswith(" of")
    return between == "'s"


def _in_countries(reading: Reading, spans: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """The first token of each name that stands as "Solhan, Burkina Faso" or "Kuriga in Nigeria" does, and the key of its
    second part.

    Where that is no apposition ("In Geneva, Iran said"), what follows is a verb or "'s".
    """
    for inner, outer in pairwise(spans):
        if not _contains(reading, inner, outer):
            continue
        between = _between(reading, inner, outer)
        if between == "in":
            yield inner.first, name_key(outer)
        elif between in {",", "("}:
            follows = reading.tokens[outer.last].text.lower() if outer.last < len(reading.tokens) else "."
            if follows in _AFTER_APPOSITION:
                yield inner.first, name_key(outer)


def _may_be_called(candidates: Sequence[Candidate], container: str) -> bool:
    """Whether the country of the first has that word in its name: "Goma in Congo" lies in either of two."""
    country = country_name(candidates[0].place.country) if candidates else None
    return bool(container) and country is not None and container in fold(country).split()


def _in_its_country(candidates: tuple[Candidate, ...], told: Candidate | None) -> tuple[Candidate, ...]:
    """Those in the country or province that the text gives: none rather than a namesake at the other end of the world.

    A country in a list of countries stays, and so does what is not far: borders are disputed ("Sevastopol, Russia").
    """
    if told is None or not candidates or candidates[0].place.level is Level.COUNTRY:
        return candidates
    area, best = told.place, candidates[0].place
    if area.level not in (Level.COUNTRY, Level.PROVINCE) or not area.country or best.country == area.country:
        return candidates
    far = km_between(best, area) > _FAR_RADII * (area.radius_m or 0) / 1000
    return within(candidates, frozenset([area.country])) or (() if far else candidates)


def _between(reading: Reading, one: Span, other: Span) -> str:
    """The few words between two names without articles and directions; "-" when there are too many to matter."""
    if other.first - one.last > _MOST_BETWEEN:
        return "-"
    texts = [token.text.lower().replace("\u2019", "'") for token in reading.tokens[one.last : other.first]]
    return " ".join(text for text in texts if text not in words.DIRECTIONS | {"the"})


def _toponym(
    document: Document, span: Span, candidates: tuple[Candidate, ...], origin: Sequence[tuple[int, int]]
) -> Toponym:
    start, end = document.tokens[span.first].start, document.tokens[span.last - 1].end
    place = candidates[0].place if candidates else None
    which = role(document, span, place, origin)
    return Toponym(start, end, document.text[start:end], which, candidates)
