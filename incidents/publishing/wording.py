"""Dates, places and figures in words, with what is not known about them."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from incidents.extraction.types import PlacePrecision, TimePrecision
from incidents.ingestion.languages import UNDETERMINED
from incidents.publishing import public
from incidents.query import labels
from incidents.query.words import day, days

if TYPE_CHECKING:
    from incidents.models import Incident, Mention


def when(item: Incident | Mention) -> str:
    """Such as "20 January 2024", "some time in March 2024", "some time from 2 to 9 May 2024", "date not stated"."""
    first, last = item.date_start or item.date_end, item.date_end or item.date_start
    if first is None or last is None:
        return _("date not stated")
    if first == last:
        return day(first)
    if _is_month(first, last):
        return _("some time in %(month)s") % {"month": date_format(first, "YEAR_MONTH_FORMAT")}
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return _("some time in %(year)d") % {"year": first.year}
    if item.time_precision == TimePrecision.FEW_DAYS:
        return days(first, last)
    return _("some time from %(days)s") % {"days": days(first, last)}


def where(incident: Incident) -> str:
    """Such as "near Tokmak, within 25 km", from what the public may know. Without an article: names come as they are."""
    name = public.place(incident)
    if not name:
        return _("place not stated")
    precision = PlacePrecision(incident.public_place_precision)
    if precision is PlacePrecision.COUNTRY:
        name = labels.country(name)
    forms = {
        PlacePrecision.NEAR: _("near %(place)s"),
        PlacePrecision.DISTRICT: _("somewhere in %(place)s (district)"),
        PlacePrecision.PROVINCE: _("somewhere in %(place)s (province)"),
        PlacePrecision.AREA: _("%(place)s, exact place not known"),
        PlacePrecision.COUNTRY: _("somewhere in %(place)s"),
    }
    form = forms.get(precision, "%(place)s")
    # "130 km south-east of Aden" says already how it relates to its place.
    if name[0].isdigit():
        return name
    return form % {"place": name}


def within(incident: Incident) -> str:
    """ "within 25 km"; empty where there is no point or it is exact to the building."""
    radius = incident.public_radius_m
    if radius is None or incident.public_latitude is None or incident.public_place_precision == PlacePrecision.SITE:
        return ""
    if radius < 1000:
        return _("within %(metres)d m") % {"metres": radius}
    kilometres = radius / 1000
    return _("within %(km)s km") % {
        "km": f"{kilometres:.0f}" if kilometres >= 10 else f"{kilometres:.1f}".rstrip("0").rstrip(".")
    }


def far(km: float) -> str:
    """How far off a neighbour lies; below a kilometre two points of a report are the same place."""
    return _("%(km)d km away") % {"km": round(km)} if km >= 1 else _("the same place")


def count(low: int | None, best: int | None, high: int | None) -> str:
    """Such as "not stated", "none", "2 or more", "2 to 5", "about 3 (2 to 5)"."""
    if low is None and best is None and high is None:
        return _("not stated")
    if high is None:
        return _open(low if low is not None else best)
    floor = low if low is not None else best
    if floor is None or floor == high:
        return _("none") if high == 0 else _("up to %(high)d") % {"high": high} if floor is None else str(high)
    spread = _("%(low)d to %(high)d") % {"low": floor, "high": high}
    if best is None or best in (floor, high):
        return spread
    return _("about %(best)d (%(spread)s)") % {"best": best, "spread": spread}


def killed(incident: Incident) -> str:
    return count(incident.killed_low, incident.killed_best, incident.killed_high)


def wounded(incident: Incident) -> str:
    return count(incident.wounded_low, incident.wounded_best, incident.wounded_high)


def toll(incident: Incident) -> str:
    """One short line for lists: "2 or more killed, 5 wounded"; "" when nobody states a figure."""
    parts = []
    if _stated(incident.killed_low, incident.killed_best, incident.killed_high):
        parts.append(_("%(figure)s killed") % {"figure": killed(incident)})
    if _stated(incident.wounded_low, incident.wounded_best, incident.wounded_high):
        parts.append(_("%(figure)s wounded") % {"figure": wounded(incident)})
    return _(", ").join(parts)


def language(code: str) -> str:
    """Such as "French" for "fr"; a code that Django has no name for is given back."""
    if code == UNDETERMINED:
        return _("unknown language")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def sources(number: int) -> str:
    return ngettext("%(number)d source", "%(number)d sources", number) % {"number": number}


def _stated(low: int | None, best: int | None, high: int | None) -> bool:
    """Nothing known, and "none or more", say nothing that a list has room for."""
    return bool(low or best) or high is not None


def _open(low: int | None) -> str:
    """A lowest figure with nothing above it."""
    return _("number not stated") if not low else _("%(low)d or more") % {"low": low}


def _is_month(first: date, last: date) -> bool:
    return (
        (first.year, first.month) == (last.year, last.month)
        and first.day == 1
        and last.day == calendar.monthrange(last.year, last.month)[1]
    )
