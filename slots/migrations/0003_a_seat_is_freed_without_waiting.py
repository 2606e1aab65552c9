"""An interview that is cancelled or moved frees its seat without locking the slot.

Whoever cancels holds the interview, whoever moves one into a slot holds the slot and then wants
the interview: a lock on the slot here would let the two wait for each other. None is needed: a
slot with a live booking stays as it is, and a seat that becomes free breaks nothing.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION slot_booking_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    s slots_slot;
    m meetings_meeting;
    of_a_kasse bigint;
BEGIN
    {LOCK}
    SELECT * INTO m FROM meetings_meeting WHERE id = NEW.meeting_id;
    NEW.is_live := m.state <> 'cancelled' AND m.starts_at = s.starts_at AND m.ends_at <= s.ends_at;
    IF TG_OP = 'UPDATE' AND NOT (NEW.is_live AND NOT OLD.is_live) AND NEW.slot_id = OLD.slot_id
        AND NEW.seat = OLD.seat AND NEW.meeting_id = OLD.meeting_id
    THEN
        RETURN NEW;
    END IF;
    IF NOT NEW.is_live THEN
        RAISE EXCEPTION 'the interview is not at the time of the slot'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_booking_is_at_its_slots_time';
    END IF;
    IF s.state <> 'open' THEN
        RAISE EXCEPTION 'the slot is withdrawn'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_withdrawn_slot_is_not_booked';
    END IF;
    IF NEW.seat > s.seats THEN
        RAISE EXCEPTION 'there is no seat %', NEW.seat
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_slot_has_so_many_seats';
    END IF;
    SELECT c.a_kasse_id INTO of_a_kasse FROM courses_course c WHERE c.id = m.course_id;
    IF NOT EXISTS (SELECT 1 FROM partnerships_organisation o
            WHERE o.id = m.organisation_id AND s.jobcentre_id IN (o.id, o.successor_id))
        OR (s.a_kasse_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM partnerships_organisation o
            WHERE o.id = of_a_kasse AND s.a_kasse_id IN (o.id, o.successor_id)))
    THEN
        RAISE EXCEPTION 'the slot belongs to others'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_booking_is_of_its_slots_parties';
    END IF;
    RETURN NEW;
END $$;
"""
UNLESS_FREEING = """IF TG_OP = 'UPDATE' AND OLD.is_live AND NEW.slot_id = OLD.slot_id
        AND NEW.seat = OLD.seat AND NEW.meeting_id = OLD.meeting_id
    THEN
        SELECT * INTO s FROM slots_slot WHERE id = NEW.slot_id;
    ELSE
        SELECT * INTO s FROM slots_slot WHERE id = NEW.slot_id FOR SHARE;
    END IF;"""
ALWAYS = "SELECT * INTO s FROM slots_slot WHERE id = NEW.slot_id FOR SHARE;"


class Migration(migrations.Migration):
    dependencies = [("slots", "0002_bookings_fit_their_slots")]
    operations = [
        migrations.RunSQL(
            FUNCTION.replace("{LOCK}", UNLESS_FREEING), FUNCTION.replace("{LOCK}", ALWAYS)
        )
    ]
