#!/usr/bin/env python
"""Django's command line. Says what to type when the dependencies are not installed."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mapsite.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            f"{error}: the dependencies are not installed here. Type `make run`, or"
            " `python -m pip install -r requirements.txt` inside a virtual environment."
        ) from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
