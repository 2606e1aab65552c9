"""Times that were withdrawn together, and how they were, so that it can be undone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0010_an_enrolment_has_its_letters"),
        ("partnerships", "0005_terms_release_reservations"),
        ("slots", "0003_a_seat_is_freed_without_waiting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(editable=False, verbose_name="key")),
                ("reason", models.CharField(max_length=200, verbose_name="why")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "jobcentre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.organisation",
                        verbose_name="jobcentre",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawal of times",
                "verbose_name_plural": "withdrawals of times",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="WithdrawnTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("to_starts_at", models.DateTimeField(null=True, verbose_name="starts")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("done", "done"),
                            ("skipped", "skipped"),
                            ("refused", "refused"),
                            ("undone", "undone"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="outcome",
                    ),
                ),
                ("said", models.JSONField(default=dict, verbose_name="what became of it")),
                (
                    "guest",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="a-kasse's worker",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.meeting",
                        verbose_name="interview",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="slots.reservation",
                        verbose_name="reservation",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="slots.slot",
                        verbose_name="slot",
                    ),
                ),
                (
                    "to_slot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="slots.slot",
                        verbose_name="moved to",
                    ),
                ),
                (
                    "to_worker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="with",
                    ),
                ),
                (
                    "withdrawal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="slots.withdrawal",
                        verbose_name="withdrawal of times",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="held by",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawn time",
                "verbose_name_plural": "withdrawn times",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.UniqueConstraint(
                fields=("by", "key"), name="a_page_sent_twice_is_one_withdrawal"
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawntime",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["waiting", "done", "skipped", "refused", "undone"])
                ),
                name="withdrawn_time_outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawntime",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_slot", None),
                    models.Q(("meeting__isnull", False), ("to_starts_at__isnull", False)),
                    _connector="OR",
                ),
                name="only_an_interview_goes_to_another_time",
            ),
        ),
    ]
