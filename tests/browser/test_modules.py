"""Every module of a page is asked for at once, not one after another: their names are in the page's head."""

from __future__ import annotations

import pytest

from tests.browser.elements import expect_painted
from tests.factories import make_incident

BAGHDAD = (33.3406, 44.4009)
_LOADED = """() => {
  const scripts = new Set([...document.scripts].map(({ src }) => src));
  const modules = performance.getEntriesByType("resource").map(({ name }) => name);
  return modules.filter((name) => name.endsWith(".js") && !scripts.has(name)).map((name) => new URL(name).pathname);
}"""
_PRELOADED = (
    """() => [...document.querySelectorAll("link[rel=modulepreload]")].map(({ href }) => new URL(href).pathname)"""
)


@pytest.mark.parametrize(("path", "name"), [("/", "map_explorer"), ("/embed/", "map_embed")])
def test_a_page_names_the_modules_that_it_imports_and_no_others(page, live_server, path, name):
    make_incident(published=True)
    page.goto(path)
    expect_painted(page, BAGHDAD, map_name=name)
    named = page.evaluate(_PRELOADED)
    assert named[0] == "/static/js/engine/worker.js"
    first = named.index(f"/static/js/{name.removeprefix('map_')}.js")
    assert first > 1
    assert all(path.startswith("/static/js/engine/") for path in named[:first])
    assert len(named) == len(set(named))
    loaded = set(page.evaluate(_LOADED))
    assert set(named) <= loaded
    # The rest is the worker's own.
    assert all(path.startswith(("/static/js/engine/", "/static/vendor/@uwdata/")) for path in loaded - set(named))
