"""The room of an interview or a group meeting has its row among those who take part.

Rooms are kept from being in two meetings at once by the rows of participants. A meeting whose room
had no such row would be in nobody's way: a foreign key back to the row, looked at when the
transaction ends, forbids it from either side. Its unique index stands in for the plain one on the
meeting, so that a booking keeps up no more of them than before.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

# Only rows written past the acts can lack theirs; two that collide stop here and must be looked at.
SEAT_ROOMS = """
UPDATE meetings_participant p SET attendance = 'expected'
    WHERE p.role = 'room' AND p.attendance = 'excused';
UPDATE meetings_participant p SET room_id = m.room_id FROM {meetings} m
    WHERE p.{meeting} = m.id AND p.role = 'room' AND p.room_id <> m.room_id;
INSERT INTO meetings_participant ({meeting}, role, room_id, attendance, starts_at, ends_at, is_busy)
    SELECT m.id, 'room', m.room_id, 'expected', m.starts_at, m.ends_at, true FROM {meetings} m
    WHERE m.room_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM meetings_participant p
        WHERE p.{meeting} = m.id AND p.room_id = m.room_id);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
FORBID = """
ALTER TABLE {meetings} ADD CONSTRAINT {name} FOREIGN KEY (id, room_id)
    REFERENCES meetings_participant ({meeting}, room_id) DEFERRABLE INITIALLY DEFERRED;
"""
ALLOW = "ALTER TABLE {meetings} DROP CONSTRAINT {name};"
BOTH = [
    {
        "meetings": "meetings_meeting",
        "meeting": "meeting_id",
        "name": "the_room_of_an_interview_takes_part_in_it",
    },
    {
        "meetings": "meetings_groupmeeting",
        "meeting": "group_id",
        "name": "the_room_of_a_group_meeting_takes_part_in_it",
    },
]


def of(meeting: str, verbose_name: str) -> models.ForeignKey:
    """The key to a meeting, whose index is that of the constraint."""
    return models.ForeignKey(
        blank=True,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="participants",
        to=meeting,
        verbose_name=verbose_name,
    )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0014_a_video_link_says_where_one_joins")]
    operations = [
        *(migrations.RunSQL(SEAT_ROOMS.format(**one), migrations.RunSQL.noop) for one in BOTH),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                name="a_room_does_not_send_word",
                condition=~Q(role="room", attendance="excused"),
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                name="a_room_takes_part_once", fields=("meeting", "room")
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                name="a_room_takes_part_once_in_a_group_meeting", fields=("group", "room")
            ),
        ),
        migrations.AlterField("participant", "meeting", of("meetings.meeting", "interview")),
        migrations.AlterField("participant", "group", of("meetings.groupmeeting", "group meeting")),
        *(migrations.RunSQL(FORBID.format(**one), ALLOW.format(**one)) for one in BOTH),
    ]
