"""A picture of where an incident was, drawn without a browser: the image that shared links show (Open Graph).

It says what the small map on the incident's page says, by the same rules: how far the incident may lie from its point is
a circle, and what is known by district, province or area only has no symbol. The only module that knows resvg.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from incidents.extraction.kinds import Family
from incidents.maps.outline import View, path, project
from incidents.maps.symbols import SHAPES

# What the networks that show such pictures ask for.
WIDTH, HEIGHT = 1200, 630
MEDIA_TYPE = "image/png"
_EQUATOR_M = 40_075_017
# The view of a town: the countries around it tell where it is. Pixels of the whole world's side, as at a web map's zoom 6.
_NEAREST = 256 * 2**6
# The picture's height in radii of the circle, at least.
_ROOM = 4
_SYMBOL_SCALE = 2.4
_AREAS = frozenset({"district", "province", "area"})
_COLOUR_FILES = ("css/map.css", "css/symbols.css")
_COLOUR = re.compile(r"--((?:map|family)-\w+):\s*(#[0-9a-f]{3,8});")


@dataclass(frozen=True, slots=True)
class Spot:
    """What is public of an incident's place: degrees, metres of uncertainty."""

    latitude: float
    longitude: float
    radius_m: float | None
    precision: str
    family: Family
    hollow: bool


def png(spot: Spot) -> bytes:
    """WIDTH by HEIGHT pixels, some 150 ms. Raises outline.OutlineMissingError."""
    # 3 MB that only this view needs.
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=svg(spot), skip_system_fonts=True))


def svg(spot: Spot) -> str:
    view = _view(spot)
    colours = _colours()
    return render_to_string(
        "incidents/picture.svg",
        {
            "spot": spot,
            "view": view,
            "middle": (view.width / 2, view.height / 2),
            "outline": path(view),
            "reach": round(_share(spot) * view.world, 1),
            "shape": "" if spot.precision in _AREAS else SHAPES[spot.family],
            "scale": _SYMBOL_SCALE,
            "family": colours[f"family-{spot.family}"],
            "colours": {name: colours[f"map-{name}"] for name in ("sea", "land", "border", "edge", "hollow")},
        },
    )


def _view(spot: Spot) -> View:
    ((x, y),) = project(np.array([[spot.longitude, spot.latitude]]))
    room = HEIGHT / (_ROOM * _share(spot)) if spot.radius_m else _NEAREST
    return View(float(x), float(y), min(_NEAREST, room), WIDTH, HEIGHT)


def _share(spot: Spot) -> float:
    """The radius in sides of the world; Web Mercator stretches with the latitude."""
    return (spot.radius_m or 0) / (_EQUATOR_M * math.cos(math.radians(spot.latitude)))


@cache
def _colours() -> dict[str, str]:
    """The page's custom properties in the light theme: a rule for the dark one comes later in a file and is left out."""
    found: dict[str, str] = {}
    for name in _COLOUR_FILES:
        file = finders.find(name)
        for colour, value in _COLOUR.findall(Path(str(file)).read_text(encoding="utf-8")):
            found.setdefault(colour, value)
    return found
