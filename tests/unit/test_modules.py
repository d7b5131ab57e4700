"""What collectstatic needs of our JavaScript: it gives up on modules that name each other in a circle."""

from __future__ import annotations

import os
import re
from graphlib import TopologicalSorter
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent.parent / "static" / "js"
# Types in comments count: to the storage they are imports, and it writes the hash of the file into them.
_NAMED = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")


def test_no_module_names_itself_by_way_of_others():
    named = {}
    for file in STATIC.rglob("*.js"):
        found = _NAMED.findall(file.read_text(encoding="utf-8"))
        named[str(file)] = {os.path.normpath(file.parent / path) for path in found}
    assert len(named) > 20
    TopologicalSorter(named).prepare()
