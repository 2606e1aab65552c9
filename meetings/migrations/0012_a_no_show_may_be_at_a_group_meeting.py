"""Who stays away from a group meeting has a no-show and a notification like any other."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

PROTECT = django.db.models.deletion.PROTECT
# A notification says of which course it is and who sent it, whatever was missed.
SAY_WHOSE = """
UPDATE meetings_notification n SET course_id = m.course_id, sender_id = m.organisation_id
    FROM meetings_meeting m WHERE m.id = n.meeting_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""
FORGET = """
DELETE FROM meetings_notification WHERE meeting_id IS NULL;
DELETE FROM meetings_noshow WHERE meeting_id IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""
OF_ONE = Q(meeting__isnull=False, enrolment=None) | Q(meeting=None, enrolment__isnull=False)


def course(*, may_lack: bool) -> models.ForeignKey:
    """The course of a notification, before and after each has one."""
    return models.ForeignKey(
        null=may_lack,
        on_delete=PROTECT,
        related_name="notifications",
        to="courses.course",
        verbose_name="contact course",
    )


def sender(*, may_lack: bool) -> models.ForeignKey:
    """The sender of a notification, before and after each has one."""
    return models.ForeignKey(
        null=may_lack,
        on_delete=PROTECT,
        related_name="+",
        to="partnerships.organisation",
        verbose_name="sender",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0010_searches_by_name_start_from_ones_own"),
        ("meetings", "0011_group_meetings_have_versions_and_enrolling_is_undone"),
        ("partnerships", "0005_terms_release_reservations"),
    ]
    operations = [
        migrations.AlterField(
            model_name="noshow",
            name="meeting",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=PROTECT,
                related_name="no_show",
                to="meetings.meeting",
                verbose_name="interview",
            ),
        ),
        migrations.AddField(
            model_name="noshow",
            name="enrolment",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=PROTECT,
                related_name="no_show",
                to="meetings.enrolment",
                verbose_name="enrolment",
            ),
        ),
        migrations.AddConstraint(
            model_name="noshow",
            constraint=models.CheckConstraint(condition=OF_ONE, name="a_no_show_is_of_one_meeting"),
        ),
        migrations.AlterField(
            model_name="notification",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=PROTECT,
                related_name="notifications",
                to="meetings.meeting",
                verbose_name="interview",
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="enrolment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=PROTECT,
                related_name="notifications",
                to="meetings.enrolment",
                verbose_name="enrolment",
            ),
        ),
        migrations.AddField(model_name="notification", name="course", field=course(may_lack=True)),
        migrations.AddField(model_name="notification", name="sender", field=sender(may_lack=True)),
        migrations.RunSQL(SAY_WHOSE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="notification", name="course", field=course(may_lack=False)
        ),
        migrations.AlterField(
            model_name="notification", name="sender", field=sender(may_lack=False)
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(
                condition=Q(withdrawn_at=None),
                fields=("enrolment",),
                name="one_notification_of_an_enrolment_stands",
                violation_error_message="The a-kasse has already been notified.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=OF_ONE, name="a_notification_is_of_one_meeting"
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, FORGET),
    ]
