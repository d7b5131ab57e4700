"""The people who check, and the two users that stand for a machine's decision."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, Group, Permission, User
from django.db import transaction
from django.utils.crypto import get_random_string

from incidents.apps import IncidentsConfig

MODERATORS = "Moderators"
# Trusted input that `ingest --publish` publishes, and the decisions that come with the samples: nobody can log in as these.
SYSTEM = "system"
SAMPLE_MODERATOR = "sample-moderator"
# 62^20 passwords: nobody guesses it, and it can still be typed.
_PASSWORD_LENGTH = 20
# What a moderator may do with each model: history, releases and what the extractor found are only read.
_RIGHTS = {
    "source": ("view", "add", "change"),
    "article": ("view", "add", "change"),
    "incident": ("view", "add", "change"),
    "incidentactor": ("view", "add", "change", "delete"),
    "actor": ("view", "add", "change"),
    "mention": ("view", "change"),
    "quote": ("view",),
    "review": ("view", "add", "change"),
    "localplace": ("view", "add", "change"),
    "savedmap": ("view", "add", "change"),
    "release": ("view",),
    "historicalincident": ("view",),
}


@transaction.atomic
def moderators_group() -> Group:
    """The group of moderators with exactly the rights above, made or mended."""
    group, _ = Group.objects.get_or_create(name=MODERATORS)
    wanted = [f"{action}_{model}" for model, actions in _RIGHTS.items() for action in actions]
    group.permissions.set(Permission.objects.filter(content_type__app_label=IncidentsConfig.name, codename__in=wanted))
    return group


def has_moderator() -> bool:
    """Whether anybody can log in to the admin and check candidates."""
    staff = User.objects.filter(is_staff=True, is_active=True)
    return staff.filter(is_superuser=True).exists() or staff.filter(groups__name=MODERATORS).exists()


@transaction.atomic
def create_moderator(*, username: str) -> tuple[User, str]:
    """A new moderator and the password, which is stored nowhere. ValueError when the name is taken."""
    if User.objects.filter(username=username).exists():
        raise ValueError(f"There is a user {username!r} already: choose another name.")
    password = get_random_string(_PASSWORD_LENGTH)
    user = User.objects.create_user(username, password=password, is_staff=True)
    user.groups.add(moderators_group())
    return user, password


def machine_user(name: str) -> User:
    """SYSTEM or SAMPLE_MODERATOR: a user that owns decisions and has no usable password."""
    user, _ = User.objects.get_or_create(username=name, defaults={"password": make_password(None)})
    return user


def named(user: AbstractBaseUser) -> str:
    """How a message calls somebody."""
    return user.get_full_name() or user.get_username() if isinstance(user, User) else user.get_username()
