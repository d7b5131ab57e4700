"""Indexes in the orders of the list, and of embargoes."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

# The list has what is unknown last. PostgreSQL holds nulls to be the greatest and reads an index that begins with them
# for no other order; SQLite holds them to be the least, and has no other way to say it.
_NULLS_LAST = {
    "incident_by_day": "status, date_start DESC NULLS LAST, id DESC",
    "incident_by_toll": "status, (COALESCE(killed_best, killed_low)) DESC NULLS LAST, id DESC",
    "incident_by_added": "status, published_at DESC NULLS LAST, id DESC",
}


def nulls_last(apps, schema_editor):
    _remake(schema_editor, _NULLS_LAST)


def nulls_first(apps, schema_editor):
    _remake(schema_editor, {name: columns.replace(" NULLS LAST", "") for name, columns in _NULLS_LAST.items()})


def _remake(schema_editor, indexes):
    if schema_editor.connection.vendor == "postgresql":
        for name, columns in indexes.items():
            schema_editor.execute(f"DROP INDEX {name}")
            schema_editor.execute(f"CREATE INDEX {name} ON incidents_incident ({columns})")


class Migration(migrations.Migration):
    dependencies = [("incidents", "0005_fill_search")]

    operations = [
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                fields=["status", "date_start", "id", "date_end", "publish_after"], name="incident_oldest"
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                F("status"),
                Coalesce("killed_best", "killed_low").desc(),
                F("id").desc(),
                name="incident_by_toll",
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["status", "-published_at", "-id"], name="incident_by_added"),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                fields=["publish_after"], condition=Q(publish_after__isnull=False), name="incident_embargo"
            ),
        ),
        migrations.RunPython(nulls_last, nulls_first),
    ]
