"""Which of our scripts a page's module imports, so that a browser fetches all of them at once and not one after another."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

ENGINE = "js/engine/worker.js"
# As biome writes our modules, and the minified ones of npm theirs.
_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^;"']*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)


@cache
def imported(module: str) -> tuple[str, ...]:
    """The module and all that it imports, as paths in static/. Read once: a changed import needs a restart."""
    found = {module: None}
    for name in (waiting := [module]):
        file = finders.find(name)
        if not file:
            continue
        for relative in _IMPORT.findall(Path(file).read_text(encoding="utf-8")):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), relative))
            if path not in found:
                found[path] = None
                waiting.append(path)
    return tuple(found)
