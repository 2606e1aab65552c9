"""A seat may be billed in parts, never above its price; what is paid stays as it was paid.

An order is answered by those who are referred to its own event.
"""

from django.db import migrations, models
from django.db.models import Q

FORWARDS = """
CREATE FUNCTION invoice_is_paid_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    over bigint;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state = 'paid' THEN
        RAISE EXCEPTION 'the invoice is paid'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_paid_invoice_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.state <> 'paid' THEN
        RETURN NEW;
    END IF;
    IF NEW.amount <> (
        SELECT coalesce(sum(amount), 0) FROM activities_invoiceline WHERE invoice_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'the seats do not come to the invoice'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_invoice_is_paid_for_its_seats';
    END IF;
    SELECT r.id INTO over FROM activities_referral r
        WHERE r.id IN (SELECT referral_id FROM activities_invoiceline WHERE invoice_id = NEW.id)
        AND r.price < (
            SELECT sum(l.amount) FROM activities_invoiceline l
            JOIN activities_invoice i ON i.id = l.invoice_id
            WHERE l.referral_id = r.id AND (i.state = 'paid' OR i.id = NEW.id)
        ) LIMIT 1;
    IF over IS NOT NULL THEN
        RAISE EXCEPTION 'a seat is billed above its price'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_seat_costs_what_was_agreed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoice_is_paid_once BEFORE INSERT OR UPDATE OR DELETE ON activities_invoice
    FOR EACH ROW EXECUTE FUNCTION invoice_is_paid_once();

CREATE FUNCTION paid_lines_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bill bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.invoice_id ELSE NEW.invoice_id END;
BEGIN
    IF EXISTS (
        SELECT 1 FROM activities_invoice i WHERE i.state = 'paid'
            AND (i.id = bill OR (TG_OP = 'UPDATE' AND i.id = OLD.invoice_id))
    ) THEN
        RAISE EXCEPTION 'the invoice is paid'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_paid_invoice_stays';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER paid_lines_stay BEFORE INSERT OR UPDATE OR DELETE ON activities_invoiceline
    FOR EACH ROW EXECUTE FUNCTION paid_lines_stay();

CREATE FUNCTION order_is_of_the_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.order_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM activities_employerorder o
        WHERE o.id = NEW.order_id AND o.activity_id = NEW.activity_id
    ) THEN
        RAISE EXCEPTION 'the order is of another event'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_order_is_of_the_same_activity';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER order_is_of_the_event BEFORE INSERT OR UPDATE OF order_id, activity_id
    ON activities_referral FOR EACH ROW EXECUTE FUNCTION order_is_of_the_event();
"""
BACKWARDS = """
DROP TRIGGER order_is_of_the_event ON activities_referral;
DROP FUNCTION order_is_of_the_event();
DROP TRIGGER paid_lines_stay ON activities_invoiceline;
DROP FUNCTION paid_lines_stay();
DROP TRIGGER invoice_is_paid_once ON activities_invoice;
DROP FUNCTION invoice_is_paid_once();
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0005_activities_are_evaluated_and_some_have_more_beside")]
    operations = [
        migrations.AddField(
            model_name="invoiceline",
            name="more_to_come",
            field=models.BooleanField(
                default=False,
                help_text="The rest of the price stays bound in the frame.",
                verbose_name="more bills to come",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=Q(state="paid", paid_by__isnull=False, paid_at__isnull=False)
                | (~Q(state="paid") & Q(paid_by__isnull=True, paid_at__isnull=True)),
                name="exactly_paid_invoices_say_who_paid",
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
