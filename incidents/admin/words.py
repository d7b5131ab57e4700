"""Days and figures as a moderator reads them. Unknown is a dash, never 0."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from incidents.extraction.types import TimePrecision
from incidents.models import Incident, Mention

UNKNOWN = "\N{EN DASH}"


def days(record: Incident | Mention) -> str:
    """The day or range with its precision, such as "20 Jan 2024" or "1 to 31 Jan 2024, month"."""
    start, end = record.date_start, record.date_end
    if start is None and end is None:
        return UNKNOWN
    words = [date_format(day, "j M Y") if day else "?" for day in dict.fromkeys((start, end))]
    if start and end and start != end and start.year == end.year:
        words[0] = date_format(start, "j" if start.month == end.month else "j M")
    text = gettext(" to ").join(words)
    if record.time_precision in {TimePrecision.DAY, TimePrecision.HOUR}:
        return text
    return f"{text}, {record.get_time_precision_display()}"


def figures(record: Incident | Mention, figure: str) -> str:
    """Of "killed" or "wounded": "3", "2 to 5", "at least 2", or a dash."""
    low, high = getattr(record, f"{figure}_low"), getattr(record, f"{figure}_high")
    best = getattr(record, f"{figure}_best", None)
    if low is None and high is None:
        return UNKNOWN if best is None else str(best)
    if low == high:
        text = str(low)
    elif high is None:
        text = gettext("at least %(low)s") % {"low": low}
    elif low is None:
        text = gettext("at most %(high)s") % {"high": high}
    else:
        text = gettext("%(low)s to %(high)s") % {"low": low, "high": high}
    if best is None or best in {low, high}:
        return text
    return gettext("%(range)s, best %(best)s") % {"range": text, "best": best}


def age(since: datetime) -> str:
    """In the largest whole unit: "12 min", "3 h", "5 d"."""
    seconds = max(int((timezone.now() - since).total_seconds()), 0)
    if seconds < 3600:
        return gettext("%(n)s min") % {"n": seconds // 60}
    if seconds < 86_400:
        return gettext("%(n)s h") % {"n": seconds // 3600}
    return ngettext("%(n)s day", "%(n)s days", seconds // 86_400) % {"n": f"{seconds // 86_400:,}"}


def percent(share: float) -> str:
    return f"{round(100 * share)} %"
