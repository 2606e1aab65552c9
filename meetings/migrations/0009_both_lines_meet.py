"""Indexes of the front pages and group meetings were made side by side."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0007_front_pages_count_by_indexes"),
        ("meetings", "0008_group_meetings_keep_people_busy"),
    ]
    operations = []
