"""The database keeps a participant's times equal to the interview's, so overlaps cannot slip by.

A cancelled interview keeps nobody busy, and neither does a no-show that is over; a participant
who sent word is free.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION participant_takes_times() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT m.starts_at, m.ends_at, m.state <> 'cancelled' AND NEW.attendance <> 'excused'
        INTO NEW.starts_at, NEW.ends_at, NEW.is_busy
        FROM meetings_meeting m WHERE m.id = NEW.meeting_id;
    RETURN NEW;
END $$;
CREATE TRIGGER participant_takes_times BEFORE INSERT OR UPDATE ON meetings_participant
    FOR EACH ROW EXECUTE FUNCTION participant_takes_times();

CREATE FUNCTION participants_follow_their_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE meetings_participant SET starts_at = NEW.starts_at WHERE meeting_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER participants_follow_their_meeting
    AFTER UPDATE OF starts_at, ends_at, state ON meetings_meeting
    FOR EACH ROW EXECUTE FUNCTION participants_follow_their_meeting();
"""
BACKWARDS = """
DROP TRIGGER participants_follow_their_meeting ON meetings_meeting;
DROP FUNCTION participants_follow_their_meeting();
DROP TRIGGER participant_takes_times ON meetings_participant;
DROP FUNCTION participant_takes_times();
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
