"""The fields of an incident that a person may change: cleaned, compared, and kept as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field

from incidents.extraction.types import PlacePrecision
from incidents.models import Actor, Incident, IncidentActor
from incidents.models.incident import UNPLACED

_FIGURES = ("killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high")
_POSITION = ("latitude", "longitude", "radius_m")
CORRECTABLE = (
    *("title", "summary", "kind", "weapon"),
    *("date_start", "date_end", "time_precision", "reported_on"),
    *("place_name", "country", "province", *_POSITION, "place_precision", "place_found_by"),
    *(*_FIGURES, "casualties_by_group", "casualties_pinned"),
    *("credibility", "credibility_reason", "sensitivity", "public_precision", "publish_after", "public_note"),
)
# A list of {"name", "role", "says"?, "kind"?, "country"?}: the whole list of the incident's actors.
ACTORS = "actors"
Changes = dict[str, list[Any]]


def apply(incident: Incident, changes: Mapping[str, Any]) -> Changes:
    """Set the fields without saving; the answer is {field: [before, after]} of those that differ, as JSON values.

    Follows what a change implies: a place without a point loses its position, a position that a person set says so,
    and figures that a person set are pinned. ValidationError for an unknown field and for a value that is none.
    """
    if unknown := sorted(set(changes) - {*CORRECTABLE, ACTORS}):
        raise ValidationError(f"No such field to correct: {', '.join(unknown)}.")
    before = state(incident)
    for field, value in changes.items():
        if field != ACTORS:
            setattr(incident, field, _cleaned(incident, field, value))
    _follow(incident, before, changes)
    _refuse_contradictions(incident)
    incident.validate_constraints()
    return {field: [before[field], now] for field, now in state(incident).items() if before[field] != now}


def state(incident: Incident, fields: Iterable[str] = CORRECTABLE) -> dict[str, Any]:
    """The fields as JSON values."""
    return {field: plain(getattr(incident, field)) for field in fields}


def restore(incident: Incident, values: Mapping[str, Any]) -> None:
    """Set fields from what `state` gave, without saving."""
    for name, value in values.items():
        setattr(incident, name, _field(name).to_python(value))


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _field(name: str) -> Field[Any, Any]:
    field = Incident._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"{name} is a relation to incidents, not a field of them")
    return field


def _cleaned(incident: Incident, field: str, value: Any) -> Any:
    model_field = _field(field)
    if value is None and not model_field.null:
        value = ""
    try:
        return model_field.clean(value, incident)
    except ValidationError as error:
        raise ValidationError(f"{model_field.verbose_name}: {' '.join(error.messages)}") from error


def _follow(incident: Incident, before: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    if PlacePrecision(incident.place_precision) in UNPLACED:
        incident.latitude = incident.longitude = incident.radius_m = None
    moved = any(before[field] != getattr(incident, field) for field in ("latitude", "longitude"))
    if moved and incident.latitude is not None and "place_found_by" not in changes:
        incident.place_found_by = "moderator"
    if any(before[field] != getattr(incident, field) for field in _FIGURES) and "casualties_pinned" not in changes:
        incident.casualties_pinned = True


def _refuse_contradictions(incident: Incident) -> None:
    """What the database would refuse by the name of a constraint, in words."""
    if (incident.latitude is None) != (incident.longitude is None):
        raise ValidationError("A position needs both latitude and longitude: fill in both or empty both.")
    for low, high in (("date_start", "date_end"), ("killed_low", "killed_high"), ("wounded_low", "wounded_high")):
        least, most = getattr(incident, low), getattr(incident, high)
        if least is not None and most is not None and least > most:
            raise ValidationError(f"{_field(low).verbose_name} is after {_field(high).verbose_name}: {least}, {most}.")


def roles_of(incident: Incident) -> list[dict[str, str]]:
    roles = incident.roles.select_related("actor").order_by("actor__name", "role")
    return [{"name": role.actor.name, "role": role.role, "says": role.says} for role in roles]


def set_roles(incident: Incident, actors: Iterable[Mapping[str, str]]) -> Changes:
    """Make these the incident's actors; the answer as of `apply`. An actor that nobody knows is made."""
    before = roles_of(incident)
    kept = []
    for stated in actors:
        role = add_role(incident, stated)
        kept.append(role.pk)
    incident.roles.exclude(pk__in=kept).delete()
    after = roles_of(incident)
    return {} if before == after else {ACTORS: [before, after]}


def add_role(incident: Incident, stated: Mapping[str, Any]) -> IncidentActor:
    """Give a stated actor ({"name", "role", "says"?, "kind"?, "country"?}) its role, once."""
    name = " ".join(str(stated.get("name", "")).split())[:200]
    if not name or stated.get("role") not in set(IncidentActor.Role):
        raise ValidationError(f"An actor needs a name and one of the roles {', '.join(IncidentActor.Role)}.")
    actor = Actor.objects.filter(name__iexact=name).order_by("pk").first()
    if actor is None:
        known = stated.get("kind") in Actor.Kind.values
        kind = Actor.Kind(stated["kind"]) if known else Actor.Kind.UNKNOWN
        actor, _ = Actor.objects.get_or_create(
            name=name, defaults={"kind": kind, "country": str(stated.get("country") or "")[:2]}
        )
    says = str(stated.get("says") or "")[:200]
    role, created = IncidentActor.objects.get_or_create(
        incident=incident, actor=actor, role=stated["role"], defaults={"says": says}
    )
    if not created and says and role.says != says:
        role.says = says
        role.save(update_fields=["says"])
    return role
