"""What an interview leaves behind as rows: agreements to keep, questions, and how it was held."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0003_calendars_follow_interviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="began_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="began"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="held_form",
            field=models.CharField(
                blank=True,
                choices=[("in_person", "in person"), ("phone", "by phone"), ("video", "by video")],
                max_length=9,
                verbose_name="form as held",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="lasted_minutes",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="minutes held"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="min_plan_changed",
            field=models.BooleanField(blank=True, null=True, verbose_name="Min Plan changed"),
        ),
        migrations.CreateModel(
            name="Agreed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "who",
                    models.CharField(
                        choices=[
                            ("a_kasse", "a-kasse"),
                            ("jobcentre", "jobcentre"),
                            ("citizen", "citizen"),
                        ],
                        max_length=9,
                        verbose_name="who",
                    ),
                ),
                ("what", models.CharField(max_length=300, verbose_name="what")),
                ("by_day", models.DateField(blank=True, null=True, verbose_name="by")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ticked by",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreements",
                        to="meetings.meeting",
                        verbose_name="interview",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement at an interview",
                "verbose_name_plural": "agreements at interviews",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("who__in", ["a_kasse", "jobcentre", "citizen"])),
                        name="an_agreement_is_somebody_s_to_keep",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True),
                        name="an_agreement_says_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked_by",
                    models.CharField(
                        choices=[("a_kasse", "a-kasse"), ("jobcentre", "jobcentre")],
                        max_length=9,
                        verbose_name="asked by",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="question")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                (
                    "answerer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answerer",
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asker",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="meetings.meeting",
                        verbose_name="interview",
                    ),
                ),
            ],
            options={
                "verbose_name": "question between the parties",
                "verbose_name_plural": "questions between the parties",
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked_by__in", ["a_kasse", "jobcentre"])),
                        name="a_question_is_asked_by_a_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answerer", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answerer__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_answered_question_says_by_whom_and_when",
                    ),
                ],
            },
        ),
    ]
