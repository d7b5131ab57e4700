"""What stands where on the map: static/js/arrange.js, run by the Node.js that fetched the browser libraries."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import missing

MODULE = Path(__file__).resolve().parents[2] / "static" / "js" / "arrange.js"
# Incidents carry their pixels: `x`, `y` for the point and `reach` for how far it is uncertain.
_CALL = """
import {{ arrange }} from {module};
const incidents = JSON.parse(process.argv[1]);
const items = arrange(incidents, ({{ x, y }}) => ({{ x, y }}), ({{ reach }}) => reach, Number(process.argv[2]));
process.stdout.write(JSON.stringify(items));
"""


def _arrange(incidents, zoom):
    node = shutil.which("node") or missing("Node.js", "install it, version 18 or later")
    code = _CALL.format(module=json.dumps(MODULE.as_uri()))
    command = [node, "--input-type=module", "--eval", code, json.dumps(incidents), str(zoom)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _incident(x, y, **fields):
    given = {"x": x, "y": y, "latitude": y, "longitude": x, "radius": 1000, "reach": 4, "isArea": False}
    return given | {"precision": "town"} | fields


@pytest.mark.parametrize("zoom", [2, 6, 9, 12])
def test_every_incident_stands_in_exactly_one_item(zoom):
    incidents = [_incident(13 * (n % 17), 29 * (n % 11), code=n, isArea=n % 5 == 0, reach=n % 90) for n in range(120)]
    items = _arrange(incidents, zoom)
    assert sorted(member["code"] for item in items for member in item["members"]) == list(range(120))


def test_a_single_symbol_stands_exactly_on_its_point():
    (item,) = _arrange([_incident(123.25, 456.5)], 4)
    assert (item["x"], item["y"]) == (123.25, 456.5)


def test_incidents_at_one_point_share_a_ring_on_that_point_at_every_zoom():
    for zoom in (3, 12):
        (item,) = _arrange([_incident(10, 20), _incident(10, 20)], zoom)
        assert (item["x"], item["y"], item["together"], len(item["members"])) == (10, 20, True, 2)


def test_from_near_neighbours_no_longer_share_a_ring():
    incidents = [_incident(10, 20), _incident(14, 20)]
    assert len(_arrange(incidents, 5)) == 1
    assert len(_arrange(incidents, 9)) == 2


def test_rings_never_overlap():
    incidents = [_incident(63, 63), _incident(65, 65), _incident(63, 65), _incident(65, 63), _incident(300, 300)]
    assert len(_arrange(incidents, 3)) == 2


def test_an_area_is_drawn_as_itself_unless_it_is_smaller_than_a_ring():
    province = _incident(0, 0, isArea=True, precision="province", reach=200)
    town = _incident(5, 5)
    near = _arrange([province, town], 7)
    assert [(item["isArea"], item["radius"] == 200) for item in near] == [(True, True), (False, False)]
    (far,) = _arrange([province | {"reach": 6}, town], 2)
    assert len(far["members"]) == 2
    assert not far["isArea"]
