"""Indexes what was published before there was a search index."""

from django.db import migrations


def fill(apps, schema_editor):
    """The site's own words: it reads columns by name that all exist by now (publishing/search_text.py)."""
    from incidents.workflows.search import index_all

    index_all()


class Migration(migrations.Migration):
    dependencies = [("incidents", "0004_search")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
