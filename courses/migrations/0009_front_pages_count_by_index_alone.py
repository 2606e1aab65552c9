"""What a front page counts is read from indexes alone: its rows lie far apart in the tables."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0008_search_for_work_is_followed"),
        ("partnerships", "0004_mail_keeps_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="course",
            name="courses_of_a_jobcentre",
        ),
        migrations.RemoveIndex(
            model_name="duty",
            name="worklist_of_a_jobcentre",
        ),
        migrations.RemoveIndex(
            model_name="duty",
            name="worklist_of_an_a_kasse",
        ),
        migrations.AddIndex(
            model_name="course",
            index=models.Index(
                fields=["jobcentre", "jobcentre_from", "id"],
                include=("a_kasse", "ends_on", "handover_on"),
                name="courses_of_a_jobcentre",
            ),
        ),
        migrations.AddIndex(
            model_name="course",
            index=models.Index(
                fields=["a_kasse", "id"],
                include=("ends_on", "handover_on"),
                name="running_courses_of_an_a_kasse",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("outcome", "pending")),
                fields=["jobcentre", "due_on", "id"],
                include=(
                    "course",
                    "late_from",
                    "soon_from",
                    "exempt_from",
                    "exempt_to",
                    "responsible",
                    "with_party",
                    "kind",
                ),
                name="worklist_of_a_jobcentre",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("outcome", "pending")),
                fields=["a_kasse", "due_on", "id"],
                include=(
                    "course",
                    "late_from",
                    "soon_from",
                    "exempt_from",
                    "exempt_to",
                    "responsible",
                    "with_party",
                    "kind",
                ),
                name="worklist_of_an_a_kasse",
            ),
        ),
    ]
