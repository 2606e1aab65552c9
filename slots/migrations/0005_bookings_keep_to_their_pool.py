"""A slot is its pool's jobcentre's; who may book an unreserved one is for its pool to say; and an
interview that sits in a slot stays with its course and its party.
"""

from importlib import import_module

from django.db import migrations

before = import_module("slots.migrations.0003_a_seat_is_freed_without_waiting")

OF_THE_POOL = """
    IF s.a_kasse_id IS NULL AND NOT EXISTS (SELECT 1 FROM slots_pool p WHERE p.id = s.pool_id
        AND (p.model = 'shared' OR EXISTS (SELECT 1 FROM slots_reservation r
            WHERE r.slot_id = s.id AND r.released_why = 'unused'))
        AND (NOT EXISTS (SELECT 1 FROM slots_pool_a_kasser n WHERE n.pool_id = p.id)
            OR EXISTS (SELECT 1 FROM slots_pool_a_kasser n
                JOIN partnerships_organisation o ON o.id = of_a_kasse
                WHERE n.pool_id = p.id AND n.organisation_id IN (o.id, o.successor_id))))
    THEN
        RAISE EXCEPTION 'the pool is for others'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_booking_is_of_its_slots_parties';
    END IF;
    RETURN NEW;
END $$;
"""
LAST = "    RETURN NEW;\nEND $$;\n"
UNCHANGED = before.FUNCTION.replace("{LOCK}", before.UNLESS_FREEING)
FITS = UNCHANGED.removesuffix(LAST) + OF_THE_POOL
FORWARDS = """
CREATE FUNCTION slot_is_of_its_pool() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.jobcentre_id <> (SELECT p.jobcentre_id FROM slots_pool p WHERE p.id = NEW.pool_id) THEN
        RAISE EXCEPTION 'the pool is of another jobcentre'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_slot_is_of_its_pools_jobcentre';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER slot_is_of_its_pool BEFORE INSERT OR UPDATE OF pool_id, jobcentre_id ON slots_slot
    FOR EACH ROW EXECUTE FUNCTION slot_is_of_its_pool();

CREATE FUNCTION pool_with_slots_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM slots_slot s WHERE s.pool_id = NEW.id) THEN
        RAISE EXCEPTION 'the slots of the pool are of its jobcentre'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_slot_is_of_its_pools_jobcentre';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pool_with_slots_stays BEFORE UPDATE OF jobcentre_id ON slots_pool
    FOR EACH ROW WHEN (NEW.jobcentre_id <> OLD.jobcentre_id)
    EXECUTE FUNCTION pool_with_slots_stays();

CREATE FUNCTION meeting_in_a_slot_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM slots_slotbooking b WHERE b.meeting_id = NEW.id AND b.is_live) THEN
        RAISE EXCEPTION 'the interview sits in a slot'
            USING ERRCODE = 'check_violation',
                CONSTRAINT = 'an_interview_in_a_slot_stays_with_its_parties';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER meeting_in_a_slot_stays
    BEFORE UPDATE OF course_id, organisation_id ON meetings_meeting
    FOR EACH ROW WHEN ((NEW.course_id, NEW.organisation_id)
        IS DISTINCT FROM (OLD.course_id, OLD.organisation_id))
    EXECUTE FUNCTION meeting_in_a_slot_stays();
"""
BACKWARDS = """
DROP TRIGGER meeting_in_a_slot_stays ON meetings_meeting;
DROP FUNCTION meeting_in_a_slot_stays();
DROP TRIGGER pool_with_slots_stays ON slots_pool;
DROP FUNCTION pool_with_slots_stays();
DROP TRIGGER slot_is_of_its_pool ON slots_slot;
DROP FUNCTION slot_is_of_its_pool();
"""


class Migration(migrations.Migration):
    dependencies = [("slots", "0004_times_are_withdrawn_with_a_way_back")]
    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.RunSQL(FITS, UNCHANGED),
    ]
