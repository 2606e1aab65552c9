"""A hand-over says since when its day is known: nobody is late for a day that nobody foresaw."""

import django.utils.timezone
from django.db import migrations, models

KNOWN_WHEN_MADE = """
UPDATE handovers_handover SET known_on = (created_at AT TIME ZONE 'Europe/Copenhagen')::date;
"""


class Migration(migrations.Migration):
    dependencies = [("handovers", "0002_sent_sheets_are_never_changed")]
    operations = [
        migrations.AddField(
            model_name="handover",
            name="known_on",
            field=models.DateField(
                default=django.utils.timezone.localdate, verbose_name="day known since"
            ),
        ),
        migrations.RunSQL(KNOWN_WHEN_MADE, migrations.RunSQL.noop),
    ]
