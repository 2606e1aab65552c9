"""A participant's times equal those of the interview or the group meeting it belongs to.

A seat of a group meeting is never beyond those it has, and the meeting keeps those that are taken.
"""

from django.db import migrations

FORWARDS = """
CREATE OR REPLACE FUNCTION participant_takes_times() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.meeting_id IS NOT NULL THEN
        SELECT m.starts_at, m.ends_at, m.state <> 'cancelled' AND NEW.attendance <> 'excused'
            INTO NEW.starts_at, NEW.ends_at, NEW.is_busy
            FROM meetings_meeting m WHERE m.id = NEW.meeting_id;
    ELSE
        SELECT g.starts_at, g.ends_at, g.state <> 'cancelled' AND NEW.attendance <> 'excused'
            INTO NEW.starts_at, NEW.ends_at, NEW.is_busy
            FROM meetings_groupmeeting g WHERE g.id = NEW.group_id;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION participants_follow_their_group() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE meetings_participant SET starts_at = NEW.starts_at WHERE group_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER participants_follow_their_group
    AFTER UPDATE OF starts_at, ends_at, state ON meetings_groupmeeting
    FOR EACH ROW EXECUTE FUNCTION participants_follow_their_group();

CREATE FUNCTION enrolment_has_a_seat_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seat > (SELECT g.seats FROM meetings_groupmeeting g WHERE g.id = NEW.group_id FOR SHARE)
    THEN
        RAISE EXCEPTION 'there is no seat %', NEW.seat
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_group_meeting_has_so_many_seats';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enrolment_has_a_seat_there BEFORE INSERT OR UPDATE OF seat ON meetings_enrolment
    FOR EACH ROW EXECUTE FUNCTION enrolment_has_a_seat_there();

CREATE FUNCTION group_keeps_taken_seats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seats < (SELECT max(e.seat) FROM meetings_enrolment e WHERE e.group_id = NEW.id) THEN
        RAISE EXCEPTION 'seat beyond % is taken', NEW.seats
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_group_meeting_has_so_many_seats';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER group_keeps_taken_seats BEFORE UPDATE OF seats ON meetings_groupmeeting
    FOR EACH ROW EXECUTE FUNCTION group_keeps_taken_seats();
"""
BACKWARDS = """
DELETE FROM meetings_participant WHERE meeting_id IS NULL;
DROP TRIGGER group_keeps_taken_seats ON meetings_groupmeeting;
DROP FUNCTION group_keeps_taken_seats();
DROP TRIGGER enrolment_has_a_seat_there ON meetings_enrolment;
DROP FUNCTION enrolment_has_a_seat_there();
DROP TRIGGER participants_follow_their_group ON meetings_groupmeeting;
DROP FUNCTION participants_follow_their_group();
CREATE OR REPLACE FUNCTION participant_takes_times() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT m.starts_at, m.ends_at, m.state <> 'cancelled' AND NEW.attendance <> 'excused'
        INTO NEW.starts_at, NEW.ends_at, NEW.is_busy
        FROM meetings_meeting m WHERE m.id = NEW.meeting_id;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0007_group_meetings_and_citizens_links")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
