"""Letters on paper are sent when somebody posts them; an agreement can have a way of its own."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARDS = """
UPDATE letters_letter SET sent_at = batch.printed_at FROM letters_printbatch batch
    WHERE batch.id = batch_id AND channel = 'print' AND state = 'sent'
        AND batch.printed_at IS NOT NULL;
UPDATE letters_letter SET state = 'to_print', sent_at = NULL
    WHERE channel = 'print' AND state = 'sent' AND (batch_id IS NULL OR batch_id IN (
        SELECT id FROM letters_printbatch WHERE printed_at IS NULL));
"""
BACKWARDS = """
UPDATE letters_letter SET state = 'sent', sent_at = send_after WHERE state = 'to_print';
"""
ONE_WAY_EACH = "DELETE FROM letters_route WHERE agreement_id IS NOT NULL;"


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0010_searches_by_name_start_from_ones_own'),
        ('letters', '0002_texts_are_never_changed'),
        ('partnerships', '0004_mail_keeps_hours'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='letter',
            name='letter_state_is_known',
        ),
        migrations.RemoveIndex(
            model_name='letter',
            name='letters_to_print',
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.AddField(
            model_name='route',
            name='agreement',
            field=models.ForeignKey(blank=True, help_text="Empty: all letters of the organisation. With an agreement: only the letters in courses under it, and there this way counts before the organisation's own.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='routes', to='partnerships.agreement', verbose_name='agreement'),
        ),
        migrations.AlterField(
            model_name='letter',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting'), ('sending', 'being sent'), ('to_print', 'waits for the printer'), ('sent', 'sent'), ('failed', 'not sent'), ('taken_back', 'taken back')], default='waiting', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='route',
            name='cvr',
            field=models.CharField(blank=True, help_text="Digital Post names the sender by it. Empty for an agreement: the organisation's own.", max_length=8, validators=[django.core.validators.RegexValidator('^\\d{8}$', 'A CVR number has eight digits.')], verbose_name='CVR number'),
        ),
        migrations.AlterField(
            model_name='route',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='routes', to='partnerships.organisation', verbose_name='organisation'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('batch', None), ('state', 'to_print')), fields=['sender'], name='letters_to_print'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sending', 'to_print', 'sent', 'failed', 'taken_back'])), name='letter_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'to_print'), _negated=True), ('channel', 'print'), _connector='OR'), name='only_paper_waits_for_the_printer'),
        ),
        migrations.AddConstraint(
            model_name='route',
            constraint=models.UniqueConstraint(fields=('organisation', 'agreement'), name='one_way_of_letters_for_an_agreement', nulls_distinct=False, violation_error_message='There is such a way already. Change that one.'),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, ONE_WAY_EACH),
    ]
