"""The site's settings for the tests: everything that they write goes into a folder of their own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_HERE = Path(__file__).resolve().parent.parent
_var = tempfile.mkdtemp(prefix="incident-atlas-tests-")
atexit.register(shutil.rmtree, _var, ignore_errors=True)
os.environ.update(
    DEBUG="0",
    SECRET_KEY="tests",
    VAR_DIR=_var,
    TILE_URL="",
    TILE_ATTRIBUTION="",
    HTTPS="0",
    CONTACT="desk@example.org",
    GEOCODER_PROVIDER="",
    EMBED_ANCESTORS="*",
    COLUMNS_BACKGROUND="0",
    COLUMNS_AT_ONCE="0",
)
os.environ.setdefault("GAZETTEER_PATH", str(_HERE / "var" / "gazetteer.sqlite3"))

from mapsite.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file: requests still running when a browser's test ends do not share its connection.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}  # noqa: F405
