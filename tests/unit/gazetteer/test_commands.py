from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def test_load_gazetteer_says_why_it_cannot_write(tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")
    with pytest.raises(CommandError, match="a file"):
        call_command("load_gazetteer", output=blocked / "gazetteer.sqlite3", stdout=StringIO())
