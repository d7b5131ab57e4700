"""Pieces that several models share."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

# Crockford's base 32 without letters: I, L, O and U, so that a code read aloud or copied by hand stays itself.
_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8


def new_code() -> str:
    """A short public code, 40 random bits: among a million codes the next one collides with a chance of one in a million."""
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(CODE_LENGTH))


def latitude_field() -> models.FloatField[float | None, float | None]:
    return models.FloatField(null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])


def longitude_field() -> models.FloatField[float | None, float | None]:
    return models.FloatField(null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)])


def position_constraints(name: str) -> list[models.BaseConstraint]:
    """A position is whole (both numbers or none) and on the globe."""
    return [
        models.CheckConstraint(
            name=f"{name}_position_is_whole",
            condition=Q(latitude__isnull=True, longitude__isnull=True)
            | Q(
                latitude__isnull=False,
                longitude__isnull=False,
                latitude__range=(-90, 90),
                longitude__range=(-180, 180),
            ),
        )
    ]


def ordered_constraint(name: str, low: str, high: str) -> models.BaseConstraint:
    """`low` is not above `high` where both are known."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True}) | Q(**{f"{low}__lte": F(high)}),
    )


def choices(members: Iterable[object]) -> list[tuple[str, str]]:
    """Choices of a StrEnum of the libraries: its label where it has one, else its value in words."""
    return [(str(member), getattr(member, "label", str(member).replace("-", " "))) for member in members]
