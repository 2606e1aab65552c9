"""The database refuses to change a hand-over sheet that was sent; retention alone deletes one."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION sent_sheets_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sent_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' AND current_setting('kontaktforloeb.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a hand-over sheet that was sent is never changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER sent_sheets_are_kept BEFORE UPDATE OR DELETE ON handovers_sheet
    FOR EACH ROW EXECUTE FUNCTION sent_sheets_are_kept();
"""
BACKWARDS = """
DROP TRIGGER sent_sheets_are_kept ON handovers_sheet;
DROP FUNCTION sent_sheets_are_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("handovers", "0001_a_course_is_handed_over_on_its_day")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
