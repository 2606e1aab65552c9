"""A group meeting has a version for calendars, and enrolling several in it is one act."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

# On the way back what was enrolled stays; that it was one act is forgotten.
FORGET = """
DELETE FROM meetings_batchrow WHERE batch_id IN (SELECT id FROM meetings_batch WHERE act = 'enrol');
DELETE FROM meetings_batch WHERE act = 'enrol';
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0010_an_enrolment_has_its_letters")]
    operations = [
        migrations.AddField(
            model_name="groupmeeting",
            name="changed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="changed"),
        ),
        migrations.AddField(
            model_name="groupmeeting",
            name="sequence",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="changes"),
        ),
        migrations.AddField(
            model_name="batch",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.groupmeeting",
                verbose_name="group meeting",
            ),
        ),
        migrations.AddField(
            model_name="batchrow",
            name="enrolment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.enrolment",
                verbose_name="enrolment",
            ),
        ),
        migrations.AlterField(
            model_name="batch",
            name="act",
            field=models.CharField(
                choices=[
                    ("book", "book"),
                    ("summon", "summon"),
                    ("assign", "assign"),
                    ("enrol", "enrol"),
                ],
                max_length=6,
                verbose_name="act",
            ),
        ),
        migrations.RemoveConstraint(model_name="batch", name="batch_act_is_known"),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=Q(act__in=["book", "summon", "assign", "enrol"]),
                name="batch_act_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=Q(act="enrol", group__isnull=False) | (~Q(act="enrol") & Q(group=None)),
                name="exactly_who_enrols_several_names_a_group_meeting",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, FORGET),
    ]
