"""The letters that call to a group meeting are kept with the seat they are about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0004_group_meetings_have_texts"),
        ("meetings", "0009_both_lines_meet"),
    ]
    operations = [
        migrations.AddField(
            model_name="enrolment",
            name="letters",
            field=models.ManyToManyField(
                blank=True,
                related_name="enrolments",
                to="letters.letter",
                verbose_name="letters",
            ),
        ),
    ]
