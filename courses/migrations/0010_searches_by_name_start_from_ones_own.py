"""A search by name starts from the courses of one's own organisation, read from an index alone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0009_front_pages_count_by_index_alone"),
        ("partnerships", "0004_mail_keeps_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="course",
            name="courses_of_a_jobcentre",
        ),
        migrations.RemoveIndex(
            model_name="course",
            name="running_courses_of_an_a_kasse",
        ),
        migrations.AddIndex(
            model_name="course",
            index=models.Index(
                fields=["jobcentre", "jobcentre_from", "id"],
                include=("a_kasse", "ends_on", "handover_on", "citizen", "registered_on"),
                name="courses_of_a_jobcentre",
            ),
        ),
        migrations.AddIndex(
            model_name="course",
            index=models.Index(
                fields=["a_kasse", "id"],
                include=("ends_on", "handover_on", "citizen", "registered_on"),
                name="running_courses_of_an_a_kasse",
            ),
        ),
    ]
