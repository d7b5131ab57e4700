"""The public's words for kinds, precisions, roles and grades, in the reader's language.

The libraries have no Django and the models mix these words with the desk's, so neither is searched for texts to
translate: MARKED names them once more for makemessages, and a test holds it against the enums.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from incidents.extraction.kinds import Kind
from incidents.models import Incident
from incidents.query.countries import country_label

MARKED = (
    # Kind
    gettext_noop("air strike"),
    gettext_noop("drone strike"),
    gettext_noop("missile or rocket attack"),
    gettext_noop("artillery shelling"),
    gettext_noop("bombing or IED"),
    gettext_noop("suicide bombing"),
    gettext_noop("landmine"),
    gettext_noop("shooting or armed attack"),
    gettext_noop("armed clash"),
    gettext_noop("assassination"),
    gettext_noop("abduction"),
    gettext_noop("stabbing or vehicle attack"),
    gettext_noop("arson or destruction"),
    gettext_noop("attack on a ship"),
    gettext_noop("chemical attack"),
    gettext_noop("riot or mob violence"),
    gettext_noop("other"),
    gettext_noop("unknown"),
    # TimePrecision
    gettext_noop("hour"),
    gettext_noop("day"),
    gettext_noop("few days"),
    gettext_noop("week"),
    gettext_noop("month"),
    gettext_noop("longer"),
    # PlacePrecision
    gettext_noop("site"),
    gettext_noop("facility"),
    gettext_noop("neighbourhood"),
    gettext_noop("town"),
    gettext_noop("near"),
    gettext_noop("district"),
    gettext_noop("province"),
    gettext_noop("area"),
    gettext_noop("country"),
    # ActorRole
    gettext_noop("perpetrator"),
    gettext_noop("alleged perpetrator"),
    gettext_noop("claimed by"),
    gettext_noop("target"),
    gettext_noop("victim"),
    # Fields of quotes
    gettext_noop("kind"),
    gettext_noop("date"),
    gettext_noop("place"),
    gettext_noop("weapon"),
    gettext_noop("killed"),
    gettext_noop("wounded"),
    # Groups of casualties
    gettext_noop("civilians"),
    gettext_noop("fighters"),
    # Incident.Credibility
    gettext_noop("1: confirmed by independent sources"),
    gettext_noop("2: probably true"),
    gettext_noop("3: possibly true"),
    gettext_noop("4: doubtful"),
    gettext_noop("5: improbable"),
    gettext_noop("6: cannot be judged"),
    # Actor.Kind
    gettext_noop("state forces"),
    gettext_noop("rebel group"),
    gettext_noop("political militia"),
    gettext_noop("identity militia"),
    gettext_noop("rioters"),
    gettext_noop("protesters"),
    gettext_noop("external forces"),
    # Source.Kind
    gettext_noop("news agency"),
    gettext_noop("newspaper"),
    gettext_noop("broadcaster"),
    gettext_noop("official"),
    gettext_noop("non-governmental organisation"),
    gettext_noop("social media"),
    # Source.Reliability
    gettext_noop("A: completely reliable"),
    gettext_noop("B: usually reliable"),
    gettext_noop("C: fairly reliable"),
    gettext_noop("D: not usually reliable"),
    gettext_noop("E: unreliable"),
    gettext_noop("F: cannot be judged"),
)


def kind(value: str) -> str:
    """Such as "missile or rocket attack" for "missile-rocket"."""
    return _(Kind(value).label)


def word(value: str) -> str:
    """A precision, a role or a quote's field: "alleged perpetrator" for "alleged-perpetrator"; unknown words come back."""
    return _(str(value).replace("-", " ")) if value else ""


def country(name: str) -> str:
    """A country's name or code in the reader's language; any other name as it is."""
    return country_label(name, get_language() or settings.LANGUAGE_CODE)


def credibility(value: int) -> str:
    """Without its number: "probably true"."""
    return str(Incident.Credibility(value).label).partition(": ")[2]
