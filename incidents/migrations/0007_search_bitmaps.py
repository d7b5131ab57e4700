"""PostgreSQL: bitmaps of the words that many incidents hold, and which incidents' words changed since they were made."""

from django.db import migrations

# docs/adr/0011-bitmaps-of-common-words.md. A term is a tsquery; bit i % 8 of byte i // 8, the least significant first, is
# the incident of key i. EXTERNAL: random bits are not made smaller by trying.
_MADE = (
    "CREATE TABLE incidents_search_bitmap (term text PRIMARY KEY, bits bytea NOT NULL)",
    "ALTER TABLE incidents_search_bitmap ALTER bits SET STORAGE EXTERNAL",
    # A log without a key: two transactions never wait for each other here, and may both name an incident.
    "CREATE TABLE incidents_search_changed (incident_id bigint NOT NULL)",
    """
    CREATE FUNCTION incidents_search_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO incidents_search_changed VALUES (COALESCE(NEW.incident_id, OLD.incident_id));
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER incidents_search_changes AFTER INSERT OR UPDATE OR DELETE ON incidents_searchtext
    FOR EACH ROW EXECUTE FUNCTION incidents_search_changes()
    """,
    # Emptied tables call no trigger for their rows.
    """
    CREATE FUNCTION incidents_search_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        DELETE FROM incidents_search_bitmap;
        DELETE FROM incidents_search_changed;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER incidents_search_emptied AFTER TRUNCATE ON incidents_searchtext
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_search_emptied()
    """,
)
_UNMADE = (
    "DROP TRIGGER incidents_search_emptied ON incidents_searchtext",
    "DROP TRIGGER incidents_search_changes ON incidents_searchtext",
    "DROP FUNCTION incidents_search_emptied()",
    "DROP FUNCTION incidents_search_changes()",
    "DROP TABLE incidents_search_changed",
    "DROP TABLE incidents_search_bitmap",
)


def make(apps, schema_editor):
    _on_postgresql(schema_editor, _MADE)


def unmake(apps, schema_editor):
    _on_postgresql(schema_editor, _UNMADE)


def _on_postgresql(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0006_list_orders")]

    operations = [migrations.RunPython(make, unmake)]
