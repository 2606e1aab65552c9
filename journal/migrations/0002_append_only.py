"""The database refuses to change or delete what stands in the journal.

The one way out is retention: a session that sets `kontaktforloeb.retention` to `on` may delete
(never change); docs/operations.md says who does so and how it is itself journalled.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION rows_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('kontaktforloeb.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER entries_are_append_only BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION rows_are_append_only();
CREATE TRIGGER looks_are_append_only BEFORE UPDATE OR DELETE ON journal_look
    FOR EACH ROW EXECUTE FUNCTION rows_are_append_only();
"""
BACKWARDS = """
DROP TRIGGER looks_are_append_only ON journal_look;
DROP TRIGGER entries_are_append_only ON journal_entry;
DROP FUNCTION rows_are_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
