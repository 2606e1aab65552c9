"""Where the search for work stands is told item by item, and nothing told is overwritten."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0007_a_course_has_a_job_consultant"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JobSearchStatus",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "item",
                    models.CharField(
                        choices=[
                            ("cv", "CV"),
                            ("min_plan", "Min Plan"),
                            ("job_log", "job log"),
                            ("requirements", "requirements for the job search"),
                            ("applications", "two uploaded applications"),
                        ],
                        max_length=12,
                        verbose_name="item",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("done", "in order"),
                            ("needs_work", "needs work"),
                            ("missing", "missing"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("as_of", models.DateField(verbose_name="seen on")),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="recorded")),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="job_search",
                        to="courses.course",
                        verbose_name="contact course",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "status of the search for work",
                "verbose_name_plural": "statuses of the search for work",
                "indexes": [
                    models.Index(
                        fields=["course", "item", "-as_of", "-id"],
                        name="the_newest_word_on_an_item",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "item__in",
                                ["cv", "min_plan", "job_log", "requirements", "applications"],
                            )
                        ),
                        name="job_search_item_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["done", "needs_work", "missing"])),
                        name="job_search_state_is_known",
                    ),
                ],
            },
        ),
    ]
