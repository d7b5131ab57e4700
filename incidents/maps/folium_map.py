"""Maps composed with folium: view, controls, tiles, attribution and our own layer, for every page that has a map.

folium composes and never loops: there is no element per incident, and no scraped text goes through it (it would come
out as raw HTML). What the layer needs it reads from a `json_script` element of the page.

folium writes whole pages with inline styles and files of five foreign hosts. We take three parts of one instead: the
element, the script (which the page runs under its nonce) and the files, all of them ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import folium
from branca.element import CssLink, Figure, JavascriptLink, MacroElement
from django.templatetags.static import static
from folium.elements import JSCSSMixin
from folium.template import Template

from incidents.maps.basemap import tiles
from incidents.maps.modules import ENGINE, imported

# Leaflet shows the world once at 2 on a laptop. At 12 a town fills the screen: an outline has nothing finer to show.
MIN_ZOOM, OUTLINE_MAX_ZOOM, TILES_MAX_ZOOM = 1, 12, 18
# Where a map without incidents looks: all continents but Antarctica.
NOWHERE = (25.0, 15.0)


@dataclass(frozen=True, slots=True)
class Composed:
    """The parts of a map for a template: `html` and `script` are folium's own and safe to print unescaped."""

    html: str
    script: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    modules: tuple[str, ...]


class IncidentLayer(JSCSSMixin, MacroElement):
    """Hands the map to one of our modules: `start(map, config)`, config being the JSON in element `config_id`."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            import({{ this.module|tojson }}).then((module) => module.start(
                {{ this._parent.get_name() }},
                JSON.parse(document.getElementById({{ this.config_id|tojson }}).textContent)
            ));
        {% endmacro %}
        """
    )

    def __init__(self, module: str, config_id: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "IncidentLayer"
        self.module = module
        self.config_id = config_id


class OutlineMap(folium.Map):
    """folium's map with our files and without tiles of its own."""

    default_js = [("leaflet", "vendor/leaflet/leaflet.js")]
    default_css = [
        ("leaflet_css", "vendor/leaflet/leaflet.css"),
        ("atlas_map_css", "css/map.css"),
        ("atlas_outline_css", "css/outline.css"),
    ]


def compose(name: str, *, module: str, engine: bool = False, wheel_zoom: bool = True) -> Composed:
    """A map in element `map_<name>`, with `module` (a path in static/) started on the JSON in element `<name>-config`.

    With `engine` the worker's own modules stand before the page's: it is waited for longest.
    """
    return _composed(name, module, tiles(), engine=engine, wheel_zoom=wheel_zoom)


@cache
def _composed(name: str, module: str, layer: tuple[str, str] | None, *, engine: bool, wheel_zoom: bool) -> Composed:
    """Every visitor gets the same map; folium takes 4 ms for it."""
    chart = OutlineMap(
        location=NOWHERE,
        zoom_start=2,
        min_zoom=MIN_ZOOM,
        max_zoom=TILES_MAX_ZOOM if layer else OUTLINE_MAX_ZOOM,
        tiles=None,
        zoom_control="bottomright",
        scroll_wheel_zoom=wheel_zoom,
        world_copy_jump=True,
        zoom_snap=0.5,
        fade_animation=False,
    )
    # folium's own names are random; ours is the same every time, for styles and tests.
    chart._id = name
    if layer:
        address, attribution = layer
        folium.TileLayer(tiles=address, attr=attribution, max_zoom=TILES_MAX_ZOOM).add_to(chart)
    IncidentLayer(static(module), f"{name}-config").add_to(chart)
    # The worker's own script is named already where it is started (templates/incidents/_engine.html).
    modules = [*(imported(ENGINE)[1:] if engine else ()), *imported(module)]
    return _parts(cast(Figure, chart.get_root()), dict.fromkeys(modules))


def _parts(figure: Figure, modules: Iterable[str]) -> Composed:
    figure.render()
    links: list[Any] = list(figure.header._children.values())
    return Composed(
        html=figure.html.render().strip(),
        script=figure.script.render().strip(),
        scripts=tuple(static(link.url) for link in links if isinstance(link, JavascriptLink)),
        styles=tuple(static(link.url) for link in links if isinstance(link, CssLink)),
        modules=tuple(static(name) for name in modules),
    )
