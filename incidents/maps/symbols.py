"""The shape of each family of kinds, one drawing for map, legend, list and print; the colours are in static/css/symbols.css.

Shapes differ so that nobody needs the colours. Each is an SVG path in a box of 20 by 20 around 0,0.
"""

from __future__ import annotations

from incidents.extraction.kinds import Family

SHAPES = {
    Family.AIR: "M0,-9 L9,7 L-9,7 Z",
    Family.MISSILE: "M0,-9.5 L8.5,0 L0,9.5 L-8.5,0 Z",
    Family.EXPLOSIVE: "M0,-9.5 L2.6,-4.6 L8.2,-4.8 L5.2,0 L8.2,4.8 L2.6,4.6 L0,9.5 L-2.6,4.6 L-8.2,4.8 L-5.2,0 L-8.2,-4.8 L-2.6,-4.6 Z",
    Family.ARMED: "M8,0 A8,8 0 1 1 -8,0 A8,8 0 1 1 8,0 Z",
    Family.ABDUCTION: "M-7.3,-7.3 H7.3 V7.3 H-7.3 Z",
    Family.SHIP: "M-9.5,-4 H9.5 L5.5,6.5 H-5.5 Z",
    Family.OTHER: "M-2.8,-8.5 H2.8 V-2.8 H8.5 V2.8 H2.8 V8.5 H-2.8 V2.8 H-8.5 V-2.8 H-2.8 Z",
}
