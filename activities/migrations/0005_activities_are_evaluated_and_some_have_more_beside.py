"""An activity is evaluated, or cancelled for a reason; a hand has a template, staff turn out."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0004_a_referral_waits_for_a_party"),
        ("partnerships", "0006_agreements_have_a_life"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FlowTemplateStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="step")),
                ("what", models.CharField(max_length=200, verbose_name="what")),
                (
                    "party",
                    models.CharField(
                        choices=[("a_kasse", "a-kasse"), ("jobcentre", "jobcentre")],
                        max_length=9,
                        verbose_name="whose step",
                    ),
                ),
                (
                    "after_days",
                    models.PositiveSmallIntegerField(verbose_name="due: days after the start"),
                ),
            ],
            options={
                "verbose_name": "step of a flow's template",
                "verbose_name_plural": "steps of flows' templates",
                "ordering": ["activity", "order"],
            },
        ),
        migrations.CreateModel(
            name="Turnout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("people", models.PositiveSmallIntegerField(verbose_name="people")),
            ],
            options={
                "verbose_name": "turnout of staff",
                "verbose_name_plural": "turnouts of staff",
                "ordering": ["activity", "organisation__sort_key"],
            },
        ),
        migrations.AddField(
            model_name="activity",
            name="evaluation",
            field=models.TextField(blank=True, verbose_name="evaluation"),
        ),
        migrations.AddField(
            model_name="activity",
            name="why_cancelled",
            field=models.CharField(blank=True, max_length=200, verbose_name="why cancelled"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), ("why_cancelled__gt", "")),
                    models.Q(
                        models.Q(("state", "cancelled"), _negated=True), ("why_cancelled", "")
                    ),
                    _connector="OR",
                ),
                name="exactly_cancelled_activities_say_why",
                violation_error_message="Write why the activity is cancelled.",
            ),
        ),
        migrations.AddField(
            model_name="flowtemplatestep",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="flow_template",
                to="activities.activity",
                verbose_name="activity",
            ),
        ),
        migrations.AddField(
            model_name="turnout",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="turnouts",
                to="activities.activity",
                verbose_name="activity",
            ),
        ),
        migrations.AddField(
            model_name="turnout",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partnerships.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="flowtemplatestep",
            constraint=models.UniqueConstraint(
                fields=("activity", "order"), name="a_template_has_a_step_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="flowtemplatestep",
            constraint=models.CheckConstraint(
                condition=models.Q(("party__in", ["a_kasse", "jobcentre"])),
                name="a_step_is_a_partys",
            ),
        ),
        migrations.AddConstraint(
            model_name="turnout",
            constraint=models.UniqueConstraint(
                fields=("activity", "organisation"), name="an_organisation_turns_out_once"
            ),
        ),
    ]
