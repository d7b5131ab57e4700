"""The benchmark's database: made by the command, read by the models."""

from __future__ import annotations

import json
import os
import subprocess
import sys

COUNT = 600
# In a process of its own: another database, no test settings.
_ASKED = """
import json, django
django.setup()
from incidents.models import Incident
rows = list(Incident.objects.published())
before = [(r.public_place_name, r.public_place_precision, r.public_latitude, r.public_longitude, r.cell) for r in rows]
for row in rows:
    row._cap_place()
after = [(r.public_place_name, r.public_place_precision, r.public_latitude, r.public_longitude, r.cell) for r in rows]
placed = [r for r in rows if r.cell]
print(json.dumps({
    "codes": len({r.code for r in rows}),
    "same_public_place": before == after,
    "precisions": len({r.place_precision for r in rows}),
    "points": len({(r.latitude, r.longitude) for r in placed}),
    "placed": len(placed),
    "capped": sum(bool(r.public_precision) for r in rows),
    "silent": sum(r.killed_low is None for r in rows),
    "quotes": all(q.text == q.mention.article.text[q.start:q.end] for r in rows for m in r.mentions.all() for q in m.quotes.all()),
    "sourced": all(r.mentions.exists() and r.roles.exists() for r in rows),
}))
"""


def test_the_synthetic_database_keeps_the_rules_of_the_models(tmp_path, gazetteer_path):
    file = tmp_path / "made.sqlite3"
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "GAZETTEER_PATH": str(gazetteer_path),
        "DATABASE_URL": f"sqlite:///{file}",
        "DJANGO_SETTINGS_MODULE": "mapsite.settings",
    }
    subprocess.run([sys.executable, "-m", "benchmarks.synthetic", str(COUNT), str(file)], env=environment, check=True)
    asked = subprocess.run([sys.executable, "-c", _ASKED], env=environment, check=True, capture_output=True)
    found = json.loads(asked.stdout)
    assert found["codes"] == COUNT
    assert found["same_public_place"]
    assert found["quotes"]
    assert found["sourced"]
    assert found["precisions"] == 10
    assert 0 < found["capped"] < COUNT / 20
    assert 0 < found["silent"] < COUNT
    assert found["points"] < found["placed"] < COUNT
