"""A room that is a video link has an address that the summons can tell."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0013_a_seat_is_one_of_its_group_meeting")]
    operations = [
        migrations.AddField(
            model_name="room",
            name="link",
            field=models.URLField(
                blank=True,
                help_text="Where people join a video interview. The summons to one says it.",
                verbose_name="link",
            ),
        )
    ]
