"""Group meetings have texts of their own, beside the kinds of interview."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0003_paper_is_sent_when_posted_and_agreements_have_ways"),
    ]

    operations = [
        migrations.AlterField(
            model_name="lettertext",
            name="meeting_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("cv", "CV interview"),
                    ("job", "job interview"),
                    ("joint", "joint job interview"),
                    ("availability", "availability interview"),
                    ("sickness", "sickness follow-up talk"),
                    ("recruitment", "recruitment call"),
                    ("group", "group meeting"),
                ],
                help_text="Empty means every kind of interview.",
                max_length=12,
                verbose_name="interview",
            ),
        ),
    ]
