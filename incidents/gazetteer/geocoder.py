"""The gazetteer behind geopy's geocoder contract, so that it and any provider of geopy are interchangeable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from incidents.gazetteer.errors import GazetteerError
from incidents.gazetteer.names import fold
from incidents.gazetteer.ranking import Asked, rank
from incidents.gazetteer.store import Gazetteer, Match, Named
from incidents.gazetteer.types import Candidate, Place

# A query is a name and what it lies in; more commas are an address, which a gazetteer does not hold.
_MOST_PARTS = 4
# The parts of a structured query that a gazetteer can use, as Nominatim calls them.
_STRUCTURE = ("city", "county", "state", "country")


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """Answers `geocode` and `reverse` from the gazetteer: offline, in under a millisecond.

    Every Location's `raw` holds the fields of its Place and, from `geocode`, the `score` between 0 and 1.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__()
        self.gazetteer = gazetteer

    def geocode(
        self,
        query: str | Mapping[str, str],
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int | None = None,
        country_codes: str | Sequence[str] | None = None,
        viewbox: Sequence[Any] | None = None,
        bounded: bool = False,
    ) -> Location | list[Location] | None:
        """The place that `query` names, such as "Hit" or "Hit, Anbar, Iraq"; None when there is none.

        A mapping is a structured query, such as {"city": "Hit", "country": "Iraq"}. `country_codes` (ISO 3166-1 alpha-2,
        a list or with commas between) leave out everything else; what lies in `viewbox` (two opposite corners, each a
        geopy point) comes first, and nothing else with `bounded`. `timeout` is taken for the contract's sake.
        """
        if limit is not None and int(limit) < 1:
            raise ValueError("Limit cannot be less than 1")  # as Nominatim has it
        candidates = self.candidates(_in_words(query))
        if country_codes:
            candidates = [each for each in candidates if each.place.country in _codes(country_codes)]
        if viewbox:
            inside = [each for each in candidates if _inside(each.place, viewbox)]
            candidates = inside if bounded else inside + [each for each in candidates if each not in inside]
        locations = [_location(each.place, each.score) for each in candidates[:limit]]
        return _answer(locations, exactly_one)

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """The nearest town, facility or site within 100 km of a point; None in the desert and at sea."""
        point = self._point(query)
        try:
            place = self.gazetteer.nearest(point.latitude, point.longitude)
        except GazetteerError as error:
            raise GeocoderServiceError(str(error)) from error
        return _answer([_location(place)] if place else [], exactly_one)

    def candidates(self, query: str) -> list[Candidate]:
        """What `query` may mean, best first, ranked like a name in a text with its containers behind commas."""
        parts = [part for part in (part.strip() for part in query.split(",", _MOST_PARTS)) if part]
        if not parts:
            raise GeocoderQueryError("The query is empty: give a place name.")
        try:
            found = self.gazetteer.find([*parts, query])
        except GazetteerError as error:
            raise GeocoderServiceError(str(error)) from error
        whole = _places(found[query])
        if whole and len(parts) > 1:
            return list(rank([Asked(fold(query), whole)]).get(fold(query), ()))
        names = [Asked(fold(part), _places(found[part])) for part in dict.fromkeys(parts)]
        names[0].containers.update(asked.key for asked in names[1:])
        return list(rank(names).get(names[0].key, ()))

    def _point(self, query: Any) -> Point:
        try:
            return Point(query)
        except (TypeError, ValueError) as error:
            raise GeocoderQueryError(f"Not a point: {query!r}. Write latitude, longitude.") from error


def _in_words(query: str | Mapping[str, str]) -> str:
    if isinstance(query, str):
        return query
    return ", ".join(query[part] for part in _STRUCTURE if query.get(part))


def _codes(country_codes: str | Sequence[str]) -> set[str]:
    each = country_codes.split(",") if isinstance(country_codes, str) else country_codes
    return {code.strip().upper() for code in each}


def _places(named: Sequence[Named]) -> list[Named]:
    return [each for each in named if each.match is not Match.DEMONYM]


def _answer(locations: list[Location], exactly_one: bool) -> Location | list[Location] | None:
    if not locations:
        return None
    return locations[0] if exactly_one else locations


def _location(place: Place, score: float | None = None) -> Location:
    parts = dict.fromkeys(part for part in (place.name, place.province, place.country) if part)
    raw = {
        "id": place.id,
        "name": place.name,
        "level": place.level.value,
        "radius_m": place.radius_m,
        "country": place.country,
        "province": place.province,
        "population": place.population,
        "geonames_id": place.geonames_id,
        "source": place.source,
    }
    if score is not None:
        raw["score"] = score
    return Location(", ".join(parts), (place.latitude, place.longitude), raw)


def _inside(place: Place, viewbox: Sequence[Any]) -> bool:
    """Whether a place lies in the box of two opposite corners."""
    try:
        one, other = (Point(corner) for corner in viewbox)
    except (TypeError, ValueError) as error:
        raise GeocoderQueryError("viewbox: give two corners, each latitude and longitude.") from error
    south, north = sorted((one.latitude, other.latitude))
    west, east = sorted((one.longitude, other.longitude))
    return bool(south <= place.latitude <= north and west <= place.longitude <= east)
