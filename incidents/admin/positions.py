"""A position as a moderator types it, and whether its two numbers look exchanged."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from geopy.point import Point

from incidents.gazetteer.errors import GazetteerMissing
from incidents.gazetteer.store import Gazetteer
from incidents.gazetteer.types import Place
from incidents.workflows.places import packaged

_NUMBERS = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)")
# Degrees, minutes and seconds with their marks, such as 33°20'30"N 44°23'E.
_MARKS = r"[\d\s.,;°'\"\u2032\u2033\u2019\u201dNSEW+-]*"
_MARKED = re.compile(rf"{_MARKS}[°NSEW]{_MARKS}", re.IGNORECASE)


def read_position(text: str) -> tuple[float, float] | None:
    """Latitude and longitude, or None for what is no position but a name. ValueError says what is wrong with the numbers."""
    text = text.strip()
    if match := _NUMBERS.fullmatch(text):
        latitude, longitude = float(match[1]), float(match[2])
    elif _MARKED.fullmatch(text) and any(letter.isdigit() for letter in text):
        try:
            point = Point(text)
        except ValueError as error:
            raise ValueError(_("This is no position: write it like 33.34, 44.40.")) from error
        latitude, longitude = point.latitude, point.longitude
    else:
        return None
    if problem := out_of_range(latitude, longitude):
        raise ValueError(problem)
    return latitude, longitude


def out_of_range(latitude: float, longitude: float) -> str:
    """Why two numbers are no position, with the guess that they are exchanged; "" when they are one."""
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        return ""
    if abs(latitude) <= 180 and abs(longitude) <= 90:
        return _(
            "Latitude lies between -90 and 90 and comes first. Exchanged? %(latitude)s, %(longitude)s is a position."
        ) % {
            "latitude": longitude,
            "longitude": latitude,
        }
    return _("Latitude lies between -90 and 90, longitude between -180 and 180.")


def look_exchanged(latitude: float, longitude: float, country: str) -> str:
    """Why the two numbers of a position said to lie in `country` look exchanged; "" when they do not, or nobody can tell."""
    if not country or abs(longitude) > 90:
        return ""
    try:
        known = packaged()
    except GazetteerMissing:
        return ""
    here, there = known.nearest(latitude, longitude), known.nearest(longitude, latitude)
    if there is None or there.country != country.upper() or (here is not None and here.country == there.country):
        return ""
    return _("This is %(here)s. With latitude and longitude exchanged it is near %(there)s, %(country)s.") % {
        "here": _("near %(name)s, %(country)s") % {"name": here.name, "country": here.country or "–"}
        if here
        else _("far from any town"),
        "there": there.name,
        "country": there.country,
    }


def nearest_town(latitude: float, longitude: float) -> Place | None:
    """What a position is said to be near to; None in the desert, at sea and without a gazetteer."""
    try:
        known: Gazetteer = packaged()
    except GazetteerMissing:
        return None
    return known.nearest(latitude, longitude)
