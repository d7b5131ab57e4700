"""A first person who can log in and check candidates."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from incidents.management.ready import MigratedCommand
from incidents.workflows.moderators import create_moderator, has_moderator

_FIRST = "moderator"


class Command(MigratedCommand):
    help = (
        "Create a moderator with a random password, which is printed once. "
        "Without --username nothing happens when there is somebody who can log in already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", help=f"the name to log in with (default: {_FIRST})")

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"]
        if username is None and has_moderator():
            self.stdout.write("There is a moderator already. Another one: manage.py create_moderator --username NAME")
            return
        try:
            user, password = create_moderator(username=username or _FIRST)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Moderator: {user.username}   password: {password}   (shown this once, change it in the admin)"
        )
