"""The ledger is only added to, and never binds more than was granted: the database sees to it.

Every entry locks its frame first, so that approvals at the same moment wait for each other; the
refusal says in its DETAIL by how much the frame would be exceeded, in kroner.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION frame_entry_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    f frames_frame;
    p frames_entry;
    granted numeric;
    taken numeric;
BEGIN
    SELECT * INTO f FROM frames_frame WHERE id = NEW.frame_id FOR UPDATE;
    IF f.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'the frame is closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_closed_frame_takes_no_entry';
    END IF;
    IF NEW.of_id IS NOT NULL THEN
        SELECT * INTO p FROM frames_entry WHERE id = NEW.of_id;
        IF p.frame_id <> NEW.frame_id OR NOT (
            (NEW.kind = 'committed' AND p.kind = 'reserved')
            OR (NEW.kind = 'used' AND p.kind IN ('reserved', 'committed'))
            OR (NEW.kind = 'released' AND p.kind IN ('reserved', 'committed'))
        ) THEN
            RAISE EXCEPTION 'a % entry does not continue a % one', NEW.kind, p.kind
                USING ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_moves_money_on';
        END IF;
        IF NEW.amount > p.amount
            - (SELECT coalesce(sum(e.amount), 0) FROM frames_entry e WHERE e.of_id = p.id)
        THEN
            RAISE EXCEPTION 'more than was left of the entry'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_moves_what_is_left';
        END IF;
        RETURN NEW;
    END IF;
    SELECT coalesce(sum(amount), 0) INTO granted FROM frames_grant WHERE frame_id = f.id;
    SELECT coalesce(sum(CASE WHEN kind = 'released' THEN -amount ELSE amount END), 0) INTO taken
        FROM frames_entry WHERE frame_id = f.id AND (of_id IS NULL OR kind = 'released');
    IF taken + NEW.amount > granted THEN
        RAISE EXCEPTION 'the frame is exceeded'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_frame_is_not_exceeded',
                DETAIL = (taken + NEW.amount - granted)::text;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frame_entry_fits BEFORE INSERT ON frames_entry
    FOR EACH ROW EXECUTE FUNCTION frame_entry_fits();

CREATE FUNCTION grant_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    f frames_frame;
BEGIN
    SELECT * INTO f FROM frames_frame WHERE id = NEW.frame_id FOR UPDATE;
    IF f.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'the frame is closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_closed_frame_takes_no_entry';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grant_fits BEFORE INSERT ON frames_grant
    FOR EACH ROW EXECUTE FUNCTION grant_fits();

CREATE FUNCTION ledger_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is only added to'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'the_ledger_is_only_added_to';
END $$;
CREATE TRIGGER ledger_stays BEFORE UPDATE OR DELETE ON frames_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_stays();
CREATE TRIGGER grants_stay BEFORE UPDATE OR DELETE ON frames_grant
    FOR EACH ROW EXECUTE FUNCTION ledger_stays();
"""
BACKWARDS = """
DROP TRIGGER grants_stay ON frames_grant;
DROP TRIGGER ledger_stays ON frames_entry;
DROP FUNCTION ledger_stays();
DROP TRIGGER grant_fits ON frames_grant;
DROP FUNCTION grant_fits();
DROP TRIGGER frame_entry_fits ON frames_entry;
DROP FUNCTION frame_entry_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("frames", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
