"""No seat beyond those agreed on; no activity of phase 2 without law, budget and signed addendum;
who paid is neither who referred nor who answered.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION referral_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    a activities_activity;
BEGIN
    IF NEW.state NOT IN ('accepted', 'started') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state IN ('accepted', 'started')
        AND OLD.activity_id = NEW.activity_id
    THEN
        RETURN NEW;
    END IF;
    SELECT * INTO a FROM activities_activity WHERE id = NEW.activity_id FOR UPDATE;
    IF a.state NOT IN ('approved', 'running') THEN
        RAISE EXCEPTION 'the activity is not approved'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_sits_in_what_was_not_approved';
    END IF;
    IF a.seats IS NOT NULL AND a.seats <= (
        SELECT count(*) FROM activities_referral r
        WHERE r.activity_id = a.id AND r.state IN ('accepted', 'started', 'done')
            AND r.id IS DISTINCT FROM NEW.id
    ) THEN
        RAISE EXCEPTION 'all seats are taken'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_activity_has_so_many_seats';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referral_fits BEFORE INSERT OR UPDATE ON activities_referral
    FOR EACH ROW EXECUTE FUNCTION referral_fits();

CREATE FUNCTION activity_may_start() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.phase = 2 AND NEW.state = 'running' AND (TG_OP = 'INSERT' OR OLD.state <> 'running')
        AND NOT EXISTS (
            SELECT 1 FROM activities_activity_agreements l
            JOIN partnerships_phasetwo p ON p.agreement_id = l.agreement_id
            JOIN partnerships_agreement d ON d.id = p.addendum_id
            WHERE l.activity_id = NEW.id AND p.law_in_force_on IS NOT NULL
                AND p.budget_in_place_on IS NOT NULL
                AND d.state IN ('signed', 'active')
                AND NOT EXISTS (SELECT 1 FROM partnerships_agreementparty s
                    WHERE s.agreement_id = d.id AND s.signed_on IS NULL)
        )
    THEN
        RAISE EXCEPTION 'phase 2 is not open'
            USING ERRCODE = 'check_violation',
                CONSTRAINT = 'phase_two_needs_law_budget_and_addendum';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER activity_may_start BEFORE INSERT OR UPDATE OF state, phase ON activities_activity
    FOR EACH ROW EXECUTE FUNCTION activity_may_start();

CREATE FUNCTION payer_is_a_third() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.paid_by_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM activities_invoiceline l JOIN activities_referral r ON r.id = l.referral_id
        WHERE l.invoice_id = NEW.id AND NEW.paid_by_id IN (r.referred_by_id, r.answered_by_id)
    ) THEN
        RAISE EXCEPTION 'the payer referred or approved'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'the_payer_is_a_third_person';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payer_is_a_third BEFORE UPDATE OF paid_by_id, state ON activities_invoice
    FOR EACH ROW EXECUTE FUNCTION payer_is_a_third();
"""
BACKWARDS = """
DROP TRIGGER payer_is_a_third ON activities_invoice;
DROP FUNCTION payer_is_a_third();
DROP TRIGGER activity_may_start ON activities_activity;
DROP FUNCTION activity_may_start();
DROP TRIGGER referral_fits ON activities_referral;
DROP FUNCTION referral_fits();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0002_referrals_and_what_hangs_on_them"),
        ("partnerships", "0006_agreements_have_a_life"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
