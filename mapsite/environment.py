"""Settings from the environment: each helper fails with the fix in its message."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Collection
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def env_text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def env_bool(name: str, *, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in _TRUE:
        return True
    if value.strip().lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no: set {name}=1 or {name}=0.")


def env_int(name: str, default: int) -> int:
    value = env_text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name}={value!r} is not a whole number: set it to one, such as {default}."
        ) from error


def env_float(name: str, default: float, *, least: float = 0.0) -> float:
    value = env_text(name)
    try:
        number = float(value) if value else default
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < least:
        raise ImproperlyConfigured(
            f"{name}={value!r} is not a number of {least:g} or more: set it to one, such as {default:g}."
        )
    return number


def env_object(name: str) -> dict[str, object]:
    """A JSON object; an empty one when it is not set."""
    value = env_text(name)
    try:
        found = json.loads(value or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        # The value itself is not repeated: it may hold a key.
        raise ImproperlyConfigured(f'{name} is no JSON object: write one such as {{"api_key": "..."}}.')
    return found


def env_choice(name: str, default: str, among: Collection[str], *, such_as: str) -> str:
    value = env_text(name) or default
    if value not in among:
        raise ImproperlyConfigured(f"{name}={value!r} is not known: set it to one such as {such_as}.")
    return value


def env_list(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Values separated by commas."""
    value = env_text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else list(default)


def read_env_file(path: Path) -> None:
    """Set the variables that `path` names (lines of NAME=value) and that the environment has not set already."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, separator, value = line.partition("=")
        if not separator or not name.strip().isidentifier():
            raise ImproperlyConfigured(f"{path.name}, line {number}: write NAME=value, or start the line with #.")
        os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def database(url: str, *, default_file: Path) -> dict[str, object]:
    """Django's settings for DATABASE_URL; an empty one is SQLite in `default_file`."""
    form = "write postgresql://user:password@host:5432/name"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL cannot be read: {form}, special characters of the password as %40 and so on."
        ) from error
    if not url or parts.scheme == "sqlite":
        # sqlite:///relative and sqlite:////absolute, as everywhere else
        file = Path(parts.path[1:]) if url else default_file
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(file),
            # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at BEGIN, where the
            # busy timeout applies, so two writers wait for each other and do not fail half-way.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        if not parts.path.strip("/"):
            raise ImproperlyConfigured(f"DATABASE_URL names no database: {form}.")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(port or ""),
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}, **dict(parse_qsl(parts.query))},
        }
    raise ImproperlyConfigured(f"DATABASE_URL begins with {parts.scheme!r}: {form}, or leave it empty for SQLite.")
