"""A booking sits in a seat, at the time and of the parties of its slot; an interview that is
cancelled or moved away frees its seat; a slot that is in use stays as it is.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION slot_booking_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    s slots_slot;
    m meetings_meeting;
    of_a_kasse bigint;
BEGIN
    SELECT * INTO s FROM slots_slot WHERE id = NEW.slot_id FOR SHARE;
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
CREATE TRIGGER slot_booking_fits BEFORE INSERT OR UPDATE ON slots_slotbooking
    FOR EACH ROW EXECUTE FUNCTION slot_booking_fits();

CREATE FUNCTION slot_bookings_follow_their_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE slots_slotbooking SET is_live = is_live WHERE meeting_id = NEW.id AND is_live;
    RETURN NULL;
END $$;
CREATE TRIGGER slot_bookings_follow_their_meeting
    AFTER UPDATE OF starts_at, ends_at, state ON meetings_meeting
    FOR EACH ROW EXECUTE FUNCTION slot_bookings_follow_their_meeting();

CREATE FUNCTION slot_in_use_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM slots_slotbooking b WHERE b.slot_id = NEW.id AND b.is_live) THEN
        RETURN NEW;
    END IF;
    IF (NEW.starts_at, NEW.ends_at, NEW.jobcentre_id, NEW.state)
            IS DISTINCT FROM (OLD.starts_at, OLD.ends_at, OLD.jobcentre_id, OLD.state)
        OR NEW.seats < (SELECT max(b.seat) FROM slots_slotbooking b
            WHERE b.slot_id = NEW.id AND b.is_live)
        OR (NEW.a_kasse_id IS DISTINCT FROM OLD.a_kasse_id AND NEW.a_kasse_id IS NOT NULL
            AND EXISTS (SELECT 1 FROM slots_slotbooking b
                JOIN meetings_meeting m ON m.id = b.meeting_id
                JOIN courses_course c ON c.id = m.course_id
                JOIN partnerships_organisation o ON o.id = c.a_kasse_id
                WHERE b.slot_id = NEW.id AND b.is_live
                    AND NEW.a_kasse_id NOT IN (o.id, coalesce(o.successor_id, o.id))))
    THEN
        RAISE EXCEPTION 'the slot is in use'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_slot_in_use_stays_as_it_is';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER slot_in_use_stays BEFORE UPDATE ON slots_slot
    FOR EACH ROW EXECUTE FUNCTION slot_in_use_stays();
"""
BACKWARDS = """
DROP TRIGGER slot_in_use_stays ON slots_slot;
DROP FUNCTION slot_in_use_stays();
DROP TRIGGER slot_bookings_follow_their_meeting ON meetings_meeting;
DROP FUNCTION slot_bookings_follow_their_meeting();
DROP TRIGGER slot_booking_fits ON slots_slotbooking;
DROP FUNCTION slot_booking_fits();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("slots", "0001_initial"),
        ("meetings", "0008_group_meetings_keep_people_busy"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
