"""Place names in a document and what they mean: the one door of this package for texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

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
from incidents.gazetteer.types import Candidate, Home, Level, Place, Role, Toponym
from incidents.language.types import Document

# What may stand between a place and what it lies in, behind the word for what the place is ("X district, Y").
_CONTAINING = frozenset([",", "(", "in", ", in"])
_CONTAINING_OF = frozenset(["district of", "province of"])
_IS_A = words.SETTLEMENTS.union(
    ["county", "district", "province", "township", "subdistrict", "sub-district", "tehsil", "area", "ward", "island"]
)
# Of "A, B, C, D" so many are looked at for what holds A: a text may be one list of names.
_MOST_AROUND = 3
_MOST_BETWEEN = 5
# What follows "Solhan, Burkina Faso" where the second part says where the first lies.
_AFTER_APPOSITION = frozenset(
    [
        ",",
        "(",
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
# A country's radius is that of a circle of its size: in three of them lie its farthest corner and its neighbours; a
# province's neighbours have names of their own.
_FAR_RADII = 3
_FAR_RADII_OF_PROVINCES = 2
# "Diwaniyah, south of Baghdad" lies 160 km from it.
_FAR_KM = 300.0
# Some provinces are drawn no larger than their city.
_FAR_OF_AREAS_KM = 100.0
_BESIDE = re.compile(
    r"(?: (?:area|camp|district|suburb|town|village))?,? (?:(?:about|around|just|some) )?(?:[\d.]{1,5} ?(?:km|kms|kilomet(?:er|re)s?|miles?) )?"
    r"(?:(?:to the )?(?:north|south)?[- ]?(?:east|west)? ?(?:of|from)|near|outside)(?: the (?:city|town|village|capital) of)? ",
    re.IGNORECASE,
)
_AREAS = frozenset([Level.COUNTRY, Level.PROVINCE, Level.AREA])


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
    told = dict(_around(reading, spans))
    asked = names_asked(reading, spans, gazetteer, held)
    meanings = rank(asked, home)
    origin = datelines(document)
    toponyms = []
    for span in spans:
        candidates = meanings.get(name_key(span), ())
        countries = countries_of(meanings, held.get(span.first, ()))
        opens = openers.is_opener(span)
        candidates = _under(candidates, countries, opens=opens)
        around, holders = _holder(told, span.first, meanings)
        if around and holders and not _may_be_called(candidates, around.key):
            candidates = _where_told(candidates, holders[0].place, beside=around.beside)
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


def _under(candidates: tuple[Candidate, ...], countries: frozenset[str], *, opens: bool) -> tuple[Candidate, ...]:
    """What a line opens with lies in the country over its list, unless it is another country; what else it names does if
    it can."""
    if not countries or (candidates and candidates[0].place.level is Level.COUNTRY):
        return candidates
    return within(candidates, lambda place: place.country in countries) or (() if opens else candidates)


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
    return between in _CONTAINING_OF or _behind_its_kind(between) in _CONTAINING


def _behind_its_kind(between: str) -> str:
    """ "Nyaung Kone village, Kanbalu" as "Nyaung Kone, Kanbalu"."""
    what, _, rest = between.partition(" ")
    return rest if what in _IS_A else between


def _owns(reading: Reading, outer: Span, inner: Span) -> bool:
    """Whether `inner` lies in the `outer` before it: "Iraq's Anbar", "the Iraqi city of Hit", "Iraqi Kurdistan"."""
    between = _between(reading, outer, inner)
    if outer.demonym:
        return not between or between.endswith(" of")
    return between == "'s"


class _Around(NamedTuple):
    """The key of the name that the text gives as round or `beside` another, and its first token."""

    key: str
    beside: bool
    first: int


def _around(reading: Reading, spans: Sequence[Span]) -> Iterator[tuple[int, _Around]]:
    """The first token of each name that stands as "Solhan, Burkina Faso", "Solhan in Yagha" or "Solhan, south of Sebba"
    does, and its second part.

    Where that is no apposition ("In Geneva, Iran said"), what follows is a verb or "'s".
    """
    text = reading.document.text
    for inner, outer in pairwise(spans):
        if inner.demonym or outer.demonym:
            continue
        between = _between(reading, inner, outer)
        joint = _behind_its_kind(between)
        if joint != "in" and _what_follows(reading, outer) not in _AFTER_APPOSITION:
            continue
        gap = text[reading.tokens[inner.last - 1].end : reading.tokens[outer.first].start]
        # "The village of X, Y" lies near Y, whatever Y is.
        beside = _BESIDE.fullmatch(gap) is not None or joint != between
        if beside or joint in {",", "(", "in"}:
            yield inner.first, _Around(name_key(outer), beside, outer.first)


def _what_follows(reading: Reading, span: Span) -> str:
    """The word behind a name and the one for what it is: "(" of "Kanbalu Township (Sagaing)"."""
    behind = [token.text.lower() for token in reading.tokens[span.last : span.last + 2]]
    if behind and behind[0] in _IS_A | words.DESIGNATORS.keys():
        behind = behind[1:]
    return behind[0] if behind else "."


def _holder(
    told: Mapping[int, _Around], first: int, meanings: Mapping[str, tuple[Candidate, ...]]
) -> tuple[_Around | None, tuple[Candidate, ...]]:
    """The first country, province or region of those that the text gives as round the name that begins at token `first`, or
    the first known place: of "Kilo, Poso Pesisir, Central Sulawesi" the last, as the second may be of a list of towns."""
    around = told.get(first)
    known: tuple[_Around | None, tuple[Candidate, ...]] = (None, ())
    for _ in range(_MOST_AROUND):
        if around is None:
            break
        holders = meanings.get(around.key, ())
        if holders and (around.beside or holders[0].place.level in _AREAS):
            return around, holders
        if holders and known[0] is None:
            known = around, holders
        around = None if around.beside else told.get(around.first)
    return known


def _may_be_called(candidates: Sequence[Candidate], container: str) -> bool:
    """Whether the country of the first has that word in its name: "Goma in Congo" lies in either of two."""
    country = country_name(candidates[0].place.country) if candidates else None
    return bool(container) and country is not None and container in fold(country).split()


def _where_told(candidates: tuple[Candidate, ...], told: Place, *, beside: bool) -> tuple[Candidate, ...]:
    """Those in the country, province or region that the text gives, or near the town: none rather than a namesake at the
    other end of the world, or of the country.

    A country in a list of countries stays, a province in one of provinces, and so does what is not far: borders are
    disputed ("Sevastopol, Russia").
    """
    if not candidates or candidates[0].place.level is Level.COUNTRY:
        return candidates
    best = candidates[0].place
    listed = best.level in (told.level, Level.AREA, Level.SEA)
    if not beside and (listed or told.level not in _AREAS or not told.country):
        return candidates
    if _lies_in(best, told):
        return candidates
    return within(candidates, lambda place: _lies_in(place, told)) or (() if _is_far(best, told) else candidates)


def _lies_in(place: Place, told: Place) -> bool:
    """In a country by name; in a province or region also what is not far from it, whatever its row says."""
    if told.level is Level.COUNTRY or (told.country and place.country != told.country):
        return place.country == told.country
    return (told.level is Level.PROVINCE and place.province == told.province) or not _is_far(place, told)


def _is_far(place: Place, told: Place) -> bool:
    radii = _FAR_RADII_OF_PROVINCES if told.level is Level.PROVINCE else _FAR_RADII
    reach = max(_FAR_OF_AREAS_KM, radii * (told.radius_m or 0) / 1000) if told.level in _AREAS else _FAR_KM
    return km_between(place, told) > reach


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
