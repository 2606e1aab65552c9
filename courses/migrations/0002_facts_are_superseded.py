"""The database refuses to edit a fact: a later one supersedes it, or it is taken back, once."""

from django.db import migrations

TABLES = ["registration", "absence", "reportedhours", "heldmeeting", "choice"]

FUNCTION = """
CREATE FUNCTION facts_are_superseded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('kontaktforloeb.retention', true) = 'on' THEN
            RETURN OLD;
        END IF;
    ELSIF to_jsonb(NEW) - 'superseded_at' - 'superseded_by_id'
            = to_jsonb(OLD) - 'superseded_at' - 'superseded_by_id'
        AND (OLD.superseded_at IS NULL OR NEW.superseded_at = OLD.superseded_at)
        AND (OLD.superseded_by_id IS NULL OR NEW.superseded_by_id = OLD.superseded_by_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'facts are superseded, not edited: %', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
FORWARDS = FUNCTION + "".join(
    f"CREATE TRIGGER facts_are_superseded BEFORE UPDATE OR DELETE ON courses_{table}\n"
    "    FOR EACH ROW EXECUTE FUNCTION facts_are_superseded();\n"
    for table in TABLES
) + (
    "CREATE TRIGGER moves_are_append_only BEFORE UPDATE OR DELETE ON courses_datemove\n"
    "    FOR EACH ROW EXECUTE FUNCTION rows_are_append_only();\n"
)
BACKWARDS = (
    "DROP TRIGGER moves_are_append_only ON courses_datemove;\n"
    + "".join(f"DROP TRIGGER facts_are_superseded ON courses_{table};\n" for table in TABLES)
    + "DROP FUNCTION facts_are_superseded();\n"
)


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
