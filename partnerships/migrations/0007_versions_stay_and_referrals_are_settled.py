"""Versions and steps of agreements are never edited; open referrals are settled by a choice.

A draft that never took a step may go with its versions.
"""

from django.db import migrations, models
from django.db.models import Q

FORWARDS = """
CREATE FUNCTION agreement_versions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND (
        current_setting('kontaktforloeb.retention', true) = 'on'
        OR EXISTS (SELECT 1 FROM partnerships_agreement a
            WHERE a.id = OLD.agreement_id AND a.state = 'draft'
                AND NOT EXISTS (SELECT 1 FROM partnerships_step s WHERE s.agreement_id = a.id))
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a version of an agreement is never edited'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER agreement_versions_stay BEFORE UPDATE OR DELETE ON partnerships_agreementversion
    FOR EACH ROW EXECUTE FUNCTION agreement_versions_stay();
CREATE TRIGGER agreement_steps_are_append_only BEFORE UPDATE OR DELETE ON partnerships_step
    FOR EACH ROW EXECUTE FUNCTION rows_are_append_only();
"""
BACKWARDS = """
DROP TRIGGER agreement_steps_are_append_only ON partnerships_step;
DROP TRIGGER agreement_versions_stay ON partnerships_agreementversion;
DROP FUNCTION agreement_versions_stay();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0006_agreements_have_a_life"),
        ("journal", "0002_append_only"),
    ]
    operations = [
        migrations.AddField(
            model_name="agreement",
            name="for_referrals",
            field=models.CharField(
                blank=True,
                choices=[
                    ("run_on", "go on to their own end"),
                    ("revoke", "revoked where they have not started"),
                ],
                default="",
                max_length=6,
                verbose_name="open referrals at the end",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=Q(for_referrals__in=["", "run_on", "revoke"]),
                name="agreement_says_what_becomes_of_open_referrals",
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
