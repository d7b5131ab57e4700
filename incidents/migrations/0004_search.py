"""The words of each published incident, with an index over them in the way of the engine."""

import django.db.models.deletion
from django.db import migrations, models

# External content: the words are kept once, and triggers tell FTS5 what was there before. The words are folded by
# incidents/query/tokens.py, so that what is between two spaces is a token; where in a text it stands is not asked
# (detail=none). Beginnings of up to ten characters have lists of their own: "strike*" at a million incidents takes 9 ms
# by its list and 85 ms by the lists of all words that begin so (docs/query.md).
_SQLITE = (
    """
    CREATE VIRTUAL TABLE incidents_search USING fts5(
        words, content='incidents_searchtext', content_rowid='incident_id', detail=none,
        tokenize="ascii tokenchars ':'", prefix='2 3 4 5 6 7 8 9 10'
    )
    """,
    """
    CREATE TRIGGER incidents_search_added AFTER INSERT ON incidents_searchtext BEGIN
        INSERT INTO incidents_search(rowid, words) VALUES (new.incident_id, new.words);
    END
    """,
    """
    CREATE TRIGGER incidents_search_removed AFTER DELETE ON incidents_searchtext BEGIN
        INSERT INTO incidents_search(incidents_search, rowid, words) VALUES ('delete', old.incident_id, old.words);
    END
    """,
    """
    CREATE TRIGGER incidents_search_changed AFTER UPDATE ON incidents_searchtext BEGIN
        INSERT INTO incidents_search(incidents_search, rowid, words) VALUES ('delete', old.incident_id, old.words);
        INSERT INTO incidents_search(rowid, words) VALUES (new.incident_id, new.words);
    END
    """,
)
# Not in the language SQL, which would be taken apart: the cost says that a scan which makes the tokens of every row is
# slow. By its own reckoning PostgreSQL scans for a common word, in 2.1 s instead of 0.2 s at a million incidents.
_POSTGRESQL = (
    """
    CREATE FUNCTION incidents_tokens(words text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 500
    AS $$ BEGIN RETURN array_to_tsvector(string_to_array(words, ' ')); END $$
    """,
    "CREATE INDEX incidents_search ON incidents_searchtext USING gin (incidents_tokens(words))",
)
_MADE = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
_UNMADE = {
    "sqlite": (
        *(f"DROP TRIGGER incidents_search_{name}" for name in ("added", "removed", "changed")),
        "DROP TABLE incidents_search",
    ),
    "postgresql": ("DROP INDEX incidents_search", "DROP FUNCTION incidents_tokens(text)"),
}


def make(apps, schema_editor):
    for statement in _MADE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in _UNMADE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0003_proposals")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "incident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="incidents.incident",
                    ),
                ),
                ("words", models.TextField()),
            ],
        ),
        migrations.RunPython(make, unmake),
    ]
