"""How to cite one incident: a line of text, BibTeX and RIS. Titles are hostile: none can end its field."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.query.words import day

if TYPE_CHECKING:
    from incidents.models import Incident

# What TeX reads as a command; the backslash comes first by being replaced in the same pass.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "{}$&#_%"},
    }
)


def text(incident: Incident, url: str) -> str:
    """In the reader's language, with the day of the version that is cited."""
    return _("%(site)s, “%(title)s”, incident %(code)s, as of %(day)s. %(url)s") % {
        "site": settings.SITE_NAME,
        "title": _line(incident.title),
        "code": incident.code,
        "day": day(_version(incident)),
        "url": url,
    }


def bibtex(incident: Incident, url: str) -> str:
    version = _version(incident)
    fields = {
        "author": f"{{{_line(settings.SITE_NAME).translate(_TEX)}}}",
        "title": f"{{{_line(incident.title).translate(_TEX)}}}",
        "year": str(version.year),
        "month": str(version.month),
        "note": f"Incident {incident.code}, as of {version.isoformat()}",
        "url": url,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{incident-{incident.code},", *lines, "}", ""])


def ris(incident: Incident, url: str) -> str:
    version = _version(incident)
    fields = (
        ("TY", "ELEC"),
        ("TI", _line(incident.title)),
        ("PB", _line(settings.SITE_NAME)),
        ("PY", str(version.year)),
        ("DA", f"{version:%Y/%m/%d}"),
        ("AN", incident.code),
        ("UR", url),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def _line(words: str) -> str:
    """On one line: a line break would begin a new field."""
    return " ".join(words.split())


def _version(incident: Incident) -> date:
    return timezone.localdate(incident.updated_at)
